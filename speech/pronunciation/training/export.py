"""Writes trained parts as the files that ship: ONNX graphs with standardisation inside, npz numbers, the card."""

# mypy: disable-error-code="misc,no-any-return,untyped-decorator,arg-type,union-attr,unused-ignore"
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from kit.storable import JsonObject
from speech.pronunciation import drift, features, miscue, phones
from speech.pronunciation.training import scorer, sentences
from speech.pronunciation.training.classifier import Frame
from speech.pronunciation.training.evidence import Bench, Columns
from speech.pronunciation.training.scale import PHONE


class _Hear(nn.Module):
    def __init__(self, net: Frame) -> None:
        super().__init__()
        self.net = net

    def forward(self, frames: torch.Tensor) -> torch.Tensor:
        return self.net.hear(frames)


class _Mean(nn.Module):
    """The mean of several scorers on raw rows."""

    def __init__(self, nets: list[scorer.Net], columns: Columns) -> None:
        super().__init__()
        self.nets = nn.ModuleList(nets)
        self.register_buffer("mean", torch.from_numpy(columns.mean))
        self.register_buffer("scale", torch.from_numpy(1 / columns.deviation))

    def forward(self, rows: torch.Tensor, phone: torch.Tensor) -> torch.Tensor:
        x = (rows - self.mean) * self.scale
        return torch.stack([net(x, phone).clamp(0, 2) for net in self.nets]).mean(0)


def classifier(net: Frame, path: Path) -> None:
    """frames [T, width] to log posteriors and sound [T, 40 + sound]."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        _Hear(net).eval(),
        (torch.zeros(9, len(net.mean)),),
        str(path),
        input_names=["frames"],
        output_names=["heard"],
        dynamic_axes={"frames": {0: "t"}},
        dynamo=False,
    )


def scorers(nets: list[scorer.Net], columns: Columns, path: Path) -> None:
    """rows [1, n, columns] and phones [1, n] to scores [1, n]."""
    module = _Mean(nets, columns).eval()
    example = (torch.zeros(1, 9, len(columns.mean)), torch.zeros(1, 9, dtype=torch.long))
    torch.onnx.export(
        module,
        example,
        str(path),
        input_names=["rows", "phone"],
        output_names=["score"],
        dynamic_axes={"rows": {1: "n"}, "phone": {1: "n"}},
        dynamo=False,
    )


def numbers(path: Path, prior: np.ndarray, norm: features.Durations, fitted: sentences.Fitted) -> None:
    """Prior, durations and the sentence model."""
    np.savez(
        path,
        prior=prior,
        duration_mean=norm.mean,
        duration_deviation=norm.deviation,
        sentence_mean=fitted.mean.astype(np.float32),
        sentence_deviation=fitted.deviation.astype(np.float32),
        sentence_limit=sentences.LIMIT,
        sentence_weights=fitted.weights.astype(np.float32),
        sentence_offset=fitted.offset,
    )


def miscues(path: Path, word: miscue.Dense, gap: miscue.Dense, phone: miscue.Dense) -> None:
    """The three miscue networks."""
    out: dict[str, np.ndarray] = {}
    for name, net in (("word", word), ("gap", gap), ("phone", phone)):
        out[f"{name}_mean"], out[f"{name}_deviation"] = net.mean, net.deviation
        for i, (w, b) in enumerate(net.layers):
            out[f"{name}_w{i}"], out[f"{name}_b{i}"] = w.astype(np.float32), b.astype(np.float32)
    np.savez(path, **out)


def distribution(path: Path, bench: Bench, guess: dict[int, np.ndarray]) -> None:
    """Phone scores of speakers that were not trained on, as drift.golden reads them."""
    found = drift.Distribution()
    for u, scores in guess.items():
        flow = [phones.bare(p) for w in bench.utterances[u].words for p in w.phones]
        for phone, score in zip(flow, scores, strict=True):
            found.add(phone, PHONE(float(score)))
    path.write_text(json.dumps(found.as_dict()) + "\n", encoding="utf-8")


def card(path: Path, kind: str, version: str, found: dict[str, float], metrics: JsonObject) -> None:
    """What the assessor needs to know, and what was measured."""
    body = {
        "name": f"parley-{kind}",
        "evidence": kind.split("-")[0],
        "version": version,
        "aspects": list(sentences.ASPECTS),
        **{f"{kind}_threshold": found[f"{kind}_threshold"] for kind in ("unread", "inserted", "told", "marked")},
        "metrics": metrics,
    }
    path.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")
