"""The frame classifier: which of 39 phones or silence a frame holds; trained on an alignment of canonical phones."""

# mypy: disable-error-code="misc,no-any-return,untyped-decorator,arg-type,union-attr,unused-ignore"

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from torch import nn

from speech.pronunciation import align, phones
from speech.pronunciation.training import corpus

HIDDEN = 1024
EPOCHS = 6
SOUND = 64
"""Principal components of the frames that the scorer hears; 320 numbers were no better on the hold-out."""
Views = list[tuple[NDArray[np.float16], NDArray[np.int64]]]
"""Per view: all frames, and the offset of each utterance in them."""


class Frame(nn.Module):
    """Standardise, one hidden layer, 40 logits. `hear` gives what the assessor wants of a frame."""

    def __init__(self, width: int, sound: "Sound", hidden: int = HIDDEN) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(width))
        self.register_buffer("deviation", torch.ones(width))
        self.register_buffer("centre", torch.from_numpy(sound.centre))
        self.register_buffer("basis", torch.from_numpy(sound.basis))
        self.layers = nn.Sequential(
            nn.Dropout(0.1), nn.Linear(width, hidden), nn.GELU(), nn.Dropout(0.4), nn.Linear(hidden, phones.COUNT + 1)
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Logits of frames."""
        return self.layers((x - self.mean) / self.deviation)

    def hear(self, x: torch.Tensor) -> torch.Tensor:
        """Log posteriors, and the frame's place along the directions of `sound`. [T, 40 + sound]"""
        return torch.cat([torch.log_softmax(self(x), -1), (x - self.centre) @ self.basis], -1)


@dataclass
class Sound:
    """Directions [width, n] about a centre [width]. One for all nets of a course, so that their evidence is alike."""

    centre: NDArray[np.float32]
    basis: NDArray[np.float32]

    @classmethod
    def none(cls, width: int) -> "Sound":
        """No directions."""
        return cls(np.zeros(width, np.float32), np.zeros((width, 0), np.float32))

    @classmethod
    def principal(cls, views: "Views", labels: list["Labels | None"], chosen: list[int]) -> "Sound":
        """The principal components of the phones' mean frames in the first view."""
        data, offsets = views[0]
        means = []
        for u in chosen:
            row = labels[u]
            if row is not None:
                edges = np.flatnonzero(np.diff(row.phone, prepend=-1))
                x = np.asarray(data[offsets[u] : offsets[u] + len(row.phone)], np.float32)
                sizes = np.diff(edges, append=len(row.phone))[:, None]
                means.append((np.add.reduceat(x, edges) / sizes)[row.phone[edges] != phones.SILENCE])
        found = PCA(SOUND, random_state=0).fit(np.concatenate(means))
        return cls(found.mean_.astype(np.float32), np.ascontiguousarray(found.components_.T, np.float32))


@dataclass
class Labels:
    """Phone of every frame of an utterance and its weight in training: score / 2, so that slips teach nothing."""

    phone: NDArray[np.int8]
    weight: NDArray[np.float16]


def flat(utterance: corpus.Utterance, frames: int, audio: NDArray[np.float32]) -> Labels:
    """A first guess: the phones share the loud frames evenly; pauses of 100 ms and more are silence."""
    n = min(frames, len(audio) // 320)
    level = np.log((audio[: n * 320].reshape(n, 320).astype(np.float64) ** 2).mean(1) + 1e-9)
    quiet = level < np.percentile(level, 95) - 5
    edges = np.flatnonzero(np.diff(quiet.astype(int), prepend=0, append=0))
    phone, weight = np.full(frames, phones.SILENCE, np.int8), np.ones(frames, np.float16)
    loud = np.ones(n, bool)
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        loud[a:b] = b - a < 5 and a > 0 and b < n
    where = np.flatnonzero(loud)
    flow = [(phones.INDEX[phones.bare(p)], s) for w in utterance.words for p, s in zip(w.phones, w.scores, strict=True)]
    for (p, s), part in zip(flow, np.array_split(where, len(flow)), strict=True):
        phone[part], weight[part] = p, s / 2
    return Labels(phone, weight)


def aligned(utterance: corpus.Utterance, found: align.Alignment, frames: int) -> Labels:
    """Labels from an alignment of the reference phones; foreign stretches get no weight."""
    phone, weight = np.full(frames, phones.SILENCE, np.int8), np.ones(frames, np.float16)
    scores = [s for w in utterance.words for s in w.scores]
    for p, s, a, b in zip(found.chain.phone, scores, found.start, found.end, strict=True):
        phone[a:b], weight[a:b] = p, s / 2
    for span in found.foreign:
        if span:
            weight[span[0] : span[1]] = 0
    return Labels(phone, weight)


def reference(utterance: corpus.Utterance) -> list[list[int]]:
    """The experts' reference phones as indices, word by word."""
    return [[phones.INDEX[phones.bare(p)] for p in w.phones] for w in utterance.words]


def fit(views: Views, labels: list[Labels | None], chosen: list[int], seed: int, sound: Sound) -> Frame:
    """A net on the utterances `chosen`; each epoch hears each utterance under one random view."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    data, offsets = views[0]
    net = Frame(data.shape[1], sound)
    some = np.concatenate([np.asarray(data[offsets[u] : offsets[u + 1]], np.float32) for u in chosen[::10]])
    net.mean[:] = torch.from_numpy(some.mean(0))
    net.deviation[:] = torch.from_numpy(some.std(0) + 1e-3)
    usable = [u for u in chosen if labels[u] is not None]
    steps = EPOCHS * (sum(_kept(labels[u], rng).sum() for u in usable) // 512 + 2)
    optimizer = torch.optim.AdamW(net.parameters(), 2e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=int(steps * 1.02) + 8)
    net.train()
    for _ in range(EPOCHS):
        xs, ys, ws = [], [], []
        for u in usable:
            data, offsets = views[rng.integers(len(views))]
            if u + 1 >= len(offsets):
                data, offsets = views[0]
            keep = _kept(labels[u], rng)
            xs.append(np.asarray(data[offsets[u] : offsets[u + 1]])[keep])
            ys.append(labels[u].phone[keep])
            ws.append(labels[u].weight[keep])
        x, y, w = np.concatenate(xs), np.concatenate(ys).astype(np.int64), np.concatenate(ws).astype(np.float32)
        order = rng.permutation(len(x))
        for i in range(0, len(order), 512):
            rows = order[i : i + 512]
            logits = net(torch.from_numpy(x[rows].astype(np.float32)))
            loss = nn.functional.cross_entropy(
                logits, torch.from_numpy(y[rows]), reduction="none", label_smoothing=0.02
            )
            optimizer.zero_grad()
            (loss * torch.from_numpy(w[rows])).mean().backward()
            optimizer.step()
            schedule.step()
    return net.eval()


def _kept(labels: Labels | None, rng: np.random.Generator) -> NDArray[np.bool_]:
    assert labels is not None
    return (labels.weight > 0) & ((labels.phone != phones.SILENCE) | (rng.random(len(labels.phone)) < 0.15))


def log_prior(labels: list[Labels | None], chosen: list[int]) -> NDArray[np.float32]:
    """Log prior of the 40 classes; silence's is lowered, as most of it was left out of training."""
    counts = np.ones(phones.COUNT + 1)
    for u in chosen:
        row = labels[u]
        if row is not None:
            counts += np.bincount(row.phone, minlength=phones.COUNT + 1)
    counts[phones.SILENCE] *= 0.15
    return np.log(counts / counts.sum()).astype(np.float32)


@torch.no_grad()
def hear(net: Frame, x: NDArray[np.float16]) -> NDArray[np.float32]:
    """Log posteriors and sound. [T, 40 + sound]"""
    return net.hear(torch.from_numpy(np.asarray(x, np.float32))).numpy()


def realign(
    net: Frame, prior: NDArray[np.float32], x: NDArray[np.float16], utterance: corpus.Utterance
) -> align.Alignment | None:
    """The reference phones aligned to the net's posteriors."""
    words = reference(utterance)
    c = align.chain(words, len(x))
    return None if c is None else align.align(align.emissions(hear(net, x), prior), c)
