"""Trains the letters-to-phones network on the dictionary of the PocketSphinx wheel."""

# mypy: disable-error-code="misc,no-any-return,untyped-decorator,arg-type,union-attr,unused-ignore"

import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch import nn

from speech.pronunciation.lexicon.dictionary import wheel_folder
from speech.pronunciation.lexicon.spelling import ALPHABET

Pair = tuple[str, tuple[str, ...]]
LONGEST = 3


def pairs() -> list[Pair]:
    """Words and their first pronunciations."""
    folder = wheel_folder()
    if folder is None:
        raise FileNotFoundError("the pocketsphinx wheel is not installed")
    out: list[Pair] = []
    for line in (folder / "cmudict-en-us.dict").read_text(encoding="utf-8").splitlines():
        word, *phones = line.split()
        if re.fullmatch(r"[a-z']+", word):
            out.append((word, tuple(phones)))
    return out


def chunked(data: list[Pair], rounds: int = 4) -> list[tuple[str, list[tuple[str, ...]]]]:
    """Each letter with the phones it stands for, by expectation-maximisation with best paths."""
    cost: dict[tuple[str, tuple[str, ...]], float] = {}
    out: list[tuple[str, list[tuple[str, ...]]]] = []
    for _ in range(rounds):
        out = [(w, path) for w, p in data if (path := _best(w, p, cost)) is not None]
        counts = Counter((c, chunk) for w, path in out for c, chunk in zip(w, path, strict=True))
        letters = Counter(c for w, _ in out for c in w)
        cost = {k: -float(np.log(n / letters[k[0]])) for k, n in counts.items()}
    return out


def _best(
    word: str, phones: tuple[str, ...], cost: dict[tuple[str, tuple[str, ...]], float]
) -> list[tuple[str, ...]] | None:
    n, m = len(word), len(phones)
    best = np.full((n + 1, m + 1), np.inf)
    back = np.zeros((n + 1, m + 1), int)
    best[0, 0] = 0
    for i in range(1, n + 1):
        for j in range(m + 1):
            for k in range(min(LONGEST, j) + 1):
                chunk = phones[j - k : j]
                price = cost.get((word[i - 1], chunk), 12.0 + 2 * k) if cost else (0.7 if k == 0 else 1.5 * k - 1.4)
                if best[i - 1, j - k] + price < best[i, j]:
                    best[i, j], back[i, j] = best[i - 1, j - k] + price, k
    if not np.isfinite(best[n, m]):
        return None
    path: list[tuple[str, ...]] = []
    j = m
    for i in range(n, 0, -1):
        k = int(back[i, j])
        path.append(phones[j - k : j])
        j -= k
    return path[::-1]


class Net(nn.Module):
    """Letters [B, L] to scores of phone chunks [B, L, chunks]."""

    def __init__(self, chunks: int, hidden: int = 128) -> None:
        super().__init__()
        self.embedding = nn.Embedding(len(ALPHABET), 48)
        self.walk = nn.GRU(48, hidden, 2, batch_first=True, bidirectional=True, dropout=0.2)
        self.out = nn.Linear(2 * hidden, chunks)

    def forward(self, letters: torch.Tensor) -> torch.Tensor:
        """Logits of phones for letters."""
        return self.out(self.walk(self.embedding(letters))[0])


def train(out: Path, epochs: int = 6, seed: int = 0) -> dict[str, float]:
    """Writes spelling.onnx and spelling.json; returns the error rates on 2,000 held-out words."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    data = pairs()
    words = sorted({w for w, _ in data})
    held = set(rng.choice(words, 2000, replace=False))
    lines = chunked([p for p in data if p[0] not in held])
    common = [c for c, n in Counter(c for _, path in lines for c in path).items() if n >= 8]
    index = {c: i for i, c in enumerate(sorted(common))}
    coded = [
        ([ALPHABET.index(c) for c in w], [index[c] for c in path]) for w, path in lines if all(c in index for c in path)
    ]
    net = _fit(Net(len(index)), coded, epochs, rng)
    chunks = sorted(common)
    out.mkdir(parents=True, exist_ok=True)
    (out / "spelling.json").write_text(json.dumps([" ".join(c) for c in chunks]))
    torch.onnx.export(
        net,
        (torch.ones(1, 7, dtype=torch.long),),
        str(out / "spelling.onnx"),
        input_names=["letters"],
        output_names=["chunks"],
        dynamic_axes={"letters": {1: "n"}},
        dynamo=False,
    )
    return _judge(net, chunks, data, held)


def _fit(net: Net, coded: list[tuple[list[int], list[int]]], epochs: int, rng: np.random.Generator) -> Net:
    sizes = np.array([len(x) for x, _ in coded])
    batch = 256
    steps = epochs * -(-len(coded) // batch)
    optimizer = torch.optim.AdamW(net.parameters(), 3e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps)
    for epoch in range(epochs):
        order = np.argsort(sizes + rng.uniform(0, 1, len(sizes)))
        batches = [order[i : i + batch] for i in range(0, len(order), batch)]
        rng.shuffle(batches)  # type: ignore[arg-type]
        for rows in batches:
            longest = sizes[rows].max()
            x, y = np.zeros((len(rows), longest), np.int64), np.full((len(rows), longest), -100)
            for i, u in enumerate(rows):
                x[i, : sizes[u]], y[i, : sizes[u]] = coded[u]
            scores = net(torch.from_numpy(x))
            target = torch.from_numpy(y).flatten()
            loss = nn.functional.cross_entropy(scores.flatten(0, 1), target, label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        print("spelling epoch", epoch, f"loss {loss.item():.3f}", flush=True)
    return net.eval()


@torch.no_grad()
def _judge(net: Net, chunks: list[tuple[str, ...]], data: list[Pair], held: set[str]) -> dict[str, float]:
    known: dict[str, list[tuple[str, ...]]] = {}
    for word, phones in data:
        if word in held:
            known.setdefault(word, []).append(phones)
    wrong = edits = length = 0
    for word, right in sorted(known.items()):
        scores = net(torch.tensor([[ALPHABET.index(c) for c in word]]))[0].argmax(-1).tolist()
        flow = [p for k in scores for p in chunks[k]]
        read = [p for i, p in enumerate(flow) if not i or p != flow[i - 1]]
        distance, near = min((_distance(read, r), len(r)) for r in right)
        edits, length, wrong = edits + distance, length + near, wrong + (distance > 0)
    return {"phone_error": edits / length, "word_error": wrong / len(known)}


def _distance(a: list[str], b: tuple[str, ...]) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (x != y))
    return row[-1]
