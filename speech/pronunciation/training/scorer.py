"""The phone scorer: a two-layer BiGRU over the phones of an utterance that reads their evidence and gives 0 to 2."""

# mypy: disable-error-code="misc,no-any-return,untyped-decorator,arg-type,union-attr,unused-ignore"

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from speech.pronunciation import features, phones

Floats = NDArray[np.float32]


@dataclass
class Sample:
    """One utterance under one view: rows [n, F] (standardised), phones [n], experts' scores [n]."""

    rows: Floats
    phone: NDArray[np.int64]
    score: Floats


class Net(nn.Module):
    """Phone embedding beside the evidence; an utterance head that only helps training.

    The sound, the columns behind the named ones, passes a narrow place first, with half of it left out in training:
    else it would tell the speakers apart.
    """

    def __init__(self, width: int, hidden: int = 64, embedding: int = 24, drop: float = 0.3, through: int = 32) -> None:
        super().__init__()
        self.named = len(features.NAMES)
        self.embedding = nn.Embedding(phones.COUNT + 1, embedding)
        self.sound = None
        if width > self.named:
            self.sound = nn.Sequential(
                nn.Dropout(0.5), nn.Linear(width - self.named, through), nn.ReLU(), nn.Dropout(drop)
            )
            width = self.named + through
        self.inner = nn.Sequential(nn.Linear(width + embedding, 2 * hidden), nn.ReLU(), nn.Dropout(drop))
        self.walk = nn.GRU(2 * hidden, hidden, 2, batch_first=True, bidirectional=True, dropout=drop)
        self.out = nn.Sequential(
            nn.Dropout(drop), nn.Linear(2 * hidden + embedding, hidden), nn.ReLU(), nn.Linear(hidden, 1)
        )
        self.whole = nn.Linear(2 * hidden, 1)

    def states(self, x: torch.Tensor, phone: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Hidden states and scores of phones."""
        e = self.embedding(phone)
        if self.sound is not None:
            x = torch.cat([x[..., : self.named], self.sound(x[..., self.named :])], -1)
        y, _ = self.walk(self.inner(torch.cat([x, e], -1)))
        return y, 2 - nn.functional.softplus(self.out(torch.cat([y, e], -1)).squeeze(-1))

    def forward(self, x: torch.Tensor, phone: torch.Tensor) -> torch.Tensor:
        """Scores of phones."""
        return self.states(x, phone)[1]


_EPOCHS, _BATCH, _HIDDEN = 16, 32, 64
_NOISE, _DECAY = 0.1, 0.05


def fit(draws: list[list[Sample]], seed: int) -> Net:
    """A net on utterances that each have one sample per view (a random one is heard each epoch)."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = Net(draws[0][0].rows.shape[1], _HIDDEN)
    steps = _EPOCHS * -(-len(draws) // _BATCH)
    optimizer = torch.optim.AdamW(net.parameters(), 2e-3, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=steps)
    sizes = np.array([len(d[0].phone) for d in draws])
    net.train()
    for _ in range(_EPOCHS):
        order = np.argsort(sizes + rng.uniform(0, 6, len(sizes)))
        batches = [order[i : i + _BATCH] for i in range(0, len(order), _BATCH)]
        rng.shuffle(batches)  # type: ignore[arg-type]
        for rows in batches:
            x, p, s, m = _padded([draws[u][rng.integers(len(draws[u]))] for u in rows])
            y, out = net.states(x + _NOISE * torch.randn_like(x), p)
            whole = net.whole((y * m[..., None]).sum(1) / m.sum(1, keepdim=True)).squeeze(-1)
            target = (s * m).sum(1) / m.sum(1)
            loss = ((out - s) ** 2 * m).sum() / m.sum() + ((whole - target) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return net.eval()


def _padded(samples: list[Sample]) -> tuple[torch.Tensor, ...]:
    longest = max(len(s.phone) for s in samples)
    x = np.zeros((len(samples), longest, samples[0].rows.shape[1]), np.float32)
    p = np.full((len(samples), longest), phones.COUNT)
    y, m = np.zeros((len(samples), longest), np.float32), np.zeros((len(samples), longest), np.float32)
    for i, s in enumerate(samples):
        n = len(s.phone)
        x[i, :n], p[i, :n], y[i, :n], m[i, :n] = s.rows, s.phone, s.score, 1
    return tuple(torch.from_numpy(v) for v in (x, p, y, m))


@torch.no_grad()
def predict(net: Net, samples: list[Sample]) -> list[Floats]:
    """Scores 0 to 2 of every sample."""
    out: list[Floats] = []
    for i in range(0, len(samples), 64):
        part = samples[i : i + 64]
        x, p, _, _ = _padded(part)
        y = net(x, p).clamp(0, 2).numpy()
        out += [row[: len(s.phone)] for row, s in zip(y, part, strict=True)]
    return out
