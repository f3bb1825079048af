"""Trains "was this word read" and "was something else said here" on simulated slips and on other sounds.

Skipped and inserted words, and wrong texts, are made by changing the text; repeated words by repeating frames.
"""

# mypy: disable-error-code="misc,no-any-return,untyped-decorator,arg-type,union-attr,unused-ignore"

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from speech.pronunciation import features, miscue, prosody
from speech.pronunciation.training import classifier, corpus
from speech.pronunciation.training.evidence import Bench, Columns, measure
from speech.pronunciation.training.scorer import Net, Sample, predict

Floats = NDArray[np.float64]
WORDS_ACCUSED = 0.005
GAPS_ACCUSED = 0.007
"""Shares of read words and clean gaps that the shipped thresholds accuse (the evaluation also gives 2 %)."""


@dataclass
class Cases:
    """Rows of one kind of trial: words and gaps with what is true of them (1: not read, or inserted)."""

    word: list[Floats] = field(default_factory=list)
    word_truth: list[Floats] = field(default_factory=list)
    gap: list[Floats] = field(default_factory=list)
    gap_truth: list[Floats] = field(default_factory=list)

    def add(self, found: tuple[Floats, Floats], word_truth: Floats, gap_truth: Floats) -> None:
        """Rows of the words and of the gaps of one text, with their truth."""
        self.word.append(found[0])
        self.word_truth.append(word_truth)
        self.gap.append(found[1])
        self.gap_truth.append(gap_truth)


@dataclass
class Judge:
    """What is needed to see a text in frames as the assessor would."""

    net: classifier.Frame
    prior: NDArray[np.float32]
    norm: features.Durations
    scorer: Net
    columns: Columns

    def seen(self, frames: NDArray[np.float16], words: list[list[int]]) -> tuple[features.Evidence, Floats] | None:
        """Evidence of a text and its emissions."""
        return measure(self.net, self.prior, self.norm, frames, words)

    def scores(self, e: features.Evidence) -> Floats:
        """Phone scores, 0 to 2."""
        sample = Sample(self.columns(e.rows), e.alignment.chain.phone, np.zeros(len(e.rows), np.float32))
        return predict(self.scorer, [sample])[0].astype(float)


def rows(
    judge: Judge, frames: NDArray[np.float16], loudness: Floats, words: list[list[int]]
) -> tuple[Floats, Floats] | None:
    """Word rows and gap rows of a text."""
    seen = judge.seen(frames, words)
    if seen is None:
        return None
    score = judge.scores(seen[0])
    return miscue.word_rows(seen[0], score, loudness), miscue.gap_rows(*seen, score, loudness)


def readings(
    bench: Bench, judges: Mapping[int, Judge], chosen: list[int], view: str, salt: str = ""
) -> Iterator[tuple[int, NDArray[np.float16], Judge, np.random.Generator]]:
    """The utterances that a view has: frames, the judge that has not heard the speaker, chance of its own."""
    for u in chosen:
        frames = bench.frames(view, u)
        if frames is not None:
            seed = zlib.crc32(f"{salt}{view}/{bench.utterances[u].id}".encode())
            yield u, frames, judges[int(bench.fold[u])], np.random.default_rng(seed)


def trials(bench: Bench, judges: Mapping[int, Judge], chosen: list[int], view: str) -> dict[str, Cases]:
    """Each utterance with its text, another text, a word too many in the text, and a word too few."""
    out = {kind: Cases() for kind in ("right", "wrong", "skipped", "inserted", "repeated")}
    texts = [classifier.reference(u) for u in bench.utterances]
    sizes = np.array([sum(map(len, text)) for text in texts])
    for u, frames, judge, rng in readings(bench, judges, chosen, view):
        loudness = prosody.melody(bench.utterances[u].audio()).loudness[: len(frames)]
        for kind, words, word_truth, gap_truth in _claims(texts, sizes, u, rng):
            if found := rows(judge, frames, loudness, words):
                out[kind].add(found, word_truth, gap_truth)
        again = _again(judge, frames, texts[u], rng)
        if again:
            order, gaps = again
            found = rows(judge, frames[order], loudness[np.minimum(order, len(loudness) - 1)], texts[u])
            if found:
                _repeat(out["repeated"], found, gaps)
    return out


def _claims(
    texts: list[list[list[int]]], sizes: NDArray[np.int64], u: int, rng: np.random.Generator
) -> Iterator[tuple[str, list[list[int]], Floats, Floats]]:
    """Kind, text, and the truth of its words and gaps (NaN: not known) for what utterance `u` is claimed to say;
    `sizes` are the numbers of phones of the texts."""
    text, n = texts[u], len(texts[u])
    yield "right", text, np.zeros(n), np.zeros(n + 1)
    near = np.flatnonzero((np.abs(sizes - sizes[u]) <= 4) & (sizes != 0))
    other = texts[int(rng.choice(near))]
    if other != text:
        yield "wrong", other, np.ones(len(other)), np.full(len(other) + 1, np.nan)
    extra = _random_word(texts, rng)
    k = int(rng.integers(0, n + 1))
    yield "skipped", [*text[:k], extra, *text[k:]], np.eye(n + 1)[k], np.zeros(n + 2)
    if n > 2:
        k = int(rng.integers(0, n))
        yield "inserted", [*text[:k], *text[k + 1 :]], np.zeros(n - 1), np.eye(n)[k]


def _again(
    judge: Judge, frames: NDArray[np.float16], text: list[list[int]], rng: np.random.Generator
) -> tuple[NDArray[np.int64], tuple[int, int]] | None:
    """An order of frames in which one or two words, or the beginning of one, come twice, and the gaps it may fill."""
    seen = judge.seen(frames, text)
    if seen is None:
        return None
    a = seen[0].alignment
    k = int(rng.integers(len(text)))
    m = min(k + int(rng.integers(2)), len(text) - 1)
    start, end = int(a.start[a.chain.first[k]]), int(a.end[a.chain.last[m]])
    begun = rng.random() < 0.3
    if begun:
        end = start + max(6, round((end - start) * rng.uniform(0.4, 0.8)))
    if end - start < 6:
        return None
    at = np.arange(len(frames))
    return np.concatenate([at[:end], at[start:end], at[end:]]), (k, k if begun else m + 1)


def _repeat(cases: Cases, found: tuple[Floats, Floats], gaps: tuple[int, int]) -> None:
    """A repetition lies before or after the words it repeats: where foreign speech explains more."""
    truth = np.zeros(len(found[1]))
    truth[list(gaps)] = np.nan
    truth[max(gaps, key=lambda g: found[1][g, 0])] = 1
    cases.add(found, np.zeros(len(found[0])), truth)


def silence(
    judges: dict[int, Judge], sounds: list[tuple[NDArray[np.float16], Floats]], texts: list[list[list[int]]], seed: int
) -> Cases:
    """Sounds that are no speech of the learner, with texts claimed for them."""
    rng = np.random.default_rng(seed)
    cases = Cases()
    for i, (frames, loudness) in enumerate(sounds):
        text = texts[int(rng.integers(len(texts)))]
        found = rows(judges[i % 3], frames, loudness, text)
        if found:
            cases.word.append(found[0])
            cases.word_truth.append(np.ones(len(text)))
    return cases


def loudness(x: NDArray[np.float32]) -> Floats:
    """Loudness in dB per 20 ms."""
    return prosody.melody(x).loudness


def sounds(count: int, utterances: list[corpus.Utterance], seed: int) -> list[NDArray[np.float32]]:
    """Noises, hums, chords, melodies, clicks, babble and silence of 2 to 6 s."""
    rng = np.random.default_rng(seed)
    out = []
    for i in range(count):
        n = int(rng.uniform(2, 6) * 16000)
        t = np.arange(n) / 16000
        kind = i % 6
        if kind == 0:
            x = np.cumsum(rng.normal(0, 1, n)) if rng.random() < 0.3 else rng.normal(0, 1, n)
            x = x - x.mean()
        elif kind == 1:
            hz = rng.uniform(45, 400)
            x = np.sum([np.sin(2 * np.pi * hz * k * t) / k for k in range(1, int(rng.integers(2, 9)))], 0)
        elif kind in (2, 3):
            x = _music(rng, t)
        elif kind == 4:
            x = np.zeros(n)
            for other in rng.choice(len(utterances), int(rng.integers(4, 9)), replace=False):
                voice = utterances[int(other)].audio()
                x += np.roll(np.resize(voice / (np.sqrt(np.mean(voice**2)) + 1e-9), n), rng.integers(n))
        else:
            x = (rng.random(n) < 0.001) * rng.normal(0, 1, n) + rng.normal(0, 10 ** rng.uniform(-6, -1), n)
        level = 10 ** rng.uniform(-3, -0.7)
        out.append((x / (np.abs(x).max() + 1e-9) * level).astype(np.float32))
    return out


def _music(rng: np.random.Generator, t: Floats) -> Floats:
    x = np.zeros(len(t))
    scale = np.array([0, 2, 4, 5, 7, 9, 11, 12])
    beat = int(16000 * rng.uniform(0.15, 0.6))
    root = rng.uniform(110, 330)
    for start in range(0, len(t), beat):
        length = min(int(beat * rng.uniform(1, 2)), len(t) - start)
        for note in rng.choice(scale, int(rng.integers(1, 4))):
            hz = root * 2 ** (note / 12)
            wave = sum(np.sin(2 * np.pi * hz * k * t[:length]) / k**1.3 for k in range(1, 7))
            x[start : start + length] += wave * np.exp(-3 * t[:length])
        if rng.random() < 0.4:
            hit = min(2000, len(t) - start)
            x[start : start + hit] += rng.normal(0, 1, hit) * np.exp(-np.arange(hit) / 300)
    return x


def _random_word(texts: list[list[list[int]]], rng: np.random.Generator) -> list[int]:
    text = texts[int(rng.integers(len(texts)))]
    return text[int(rng.integers(len(text)))]


def fit(x: Floats, y: Floats, weight: Floats, seed: int = 0, epochs: int = 14) -> miscue.Dense:
    """A network of two hidden layers for the probability of y."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    mean, deviation = x.mean(0), x.std(0) + 1e-3
    z = np.clip((x - mean) / deviation, -8, 8).astype(np.float32)
    net = nn.Sequential(
        nn.Linear(x.shape[1], 48), nn.ReLU(), nn.Dropout(0.1), nn.Linear(48, 24), nn.ReLU(), nn.Linear(24, 1)
    )
    steps = epochs * -(-len(z) // 256)
    optimizer = torch.optim.AdamW(net.parameters(), 3e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 5e-3, total_steps=steps)
    target, w = torch.from_numpy(y.astype(np.float32)), torch.from_numpy(weight.astype(np.float32))
    for _ in range(epochs):
        order = rng.permutation(len(z))
        for i in range(0, len(z), 256):
            rows = order[i : i + 256]
            logits = net(torch.from_numpy(z[rows])).squeeze(-1)
            loss = nn.functional.binary_cross_entropy_with_logits(logits, target[rows], w[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    linear = [layer for layer in net if isinstance(layer, nn.Linear)]
    layers = tuple((m.weight.detach().numpy().astype(float), m.bias.detach().numpy().astype(float)) for m in linear)
    return miscue.Dense(mean, deviation, layers)


def train(cases: list[Cases]) -> tuple[miscue.Dense, miscue.Dense]:
    """The word network and the gap network."""
    x = np.vstack([r for c in cases for r in c.word])
    y = np.concatenate([t for c in cases for t in c.word_truth])
    bad = np.isnan(y)
    g = np.vstack([r for c in cases for r in c.gap])
    t = np.concatenate([v for c in cases for v in c.gap_truth])
    keep = ~np.isnan(t)
    return fit(x[~bad], y[~bad], np.ones((~bad).sum())), fit(g[keep], t[keep], np.where(t[keep] > 0, 4.0, 1.0))


def caught(word: miscue.Dense, gap: miscue.Dense, test: dict[str, Cases], nothing: Cases) -> dict[str, float]:
    """The share of slips caught at 2 % false accusation, and the thresholds that ship, which accuse less."""
    read = np.concatenate([word(r) for r in test["right"].word])
    edge, strict = np.quantile(read, 0.98), np.quantile(read, 1 - WORDS_ACCUSED)
    clean = np.concatenate([gap(r) for r in test["right"].gap])
    gap_edge, gap_strict = np.quantile(clean, 0.98), np.quantile(clean, 1 - GAPS_ACCUSED)

    def hits(kind: str) -> Floats:
        c = test[kind]
        return np.concatenate([word(r)[t > 0] for r, t in zip(c.word, c.word_truth, strict=True)])

    wrong = np.array([word(r).mean() for r in test["wrong"].word])
    good = np.array([word(r).mean() for r in test["right"].word])
    refused = float(np.quantile(good, 0.98))
    inserted = np.concatenate(
        [gap(r)[t > 0] for r, t in zip(test["inserted"].gap, test["inserted"].gap_truth, strict=True)]
    )
    out = {
        "unread_threshold": float(strict),
        "inserted_threshold": float(gap_strict),
        "skipped_as_shipped": float((hits("skipped") > strict).mean()),
        "inserted_as_shipped": float((inserted > gap_strict).mean()),
        "skipped": float((hits("skipped") > edge).mean()),
        "inserted": float((inserted > gap_edge).mean()),
        "wrong_words": float((hits("wrong") > edge).mean()),
        "wrong_sentence": float((wrong > refused).mean()),
        "wrong_sentence_as_shipped": float((wrong > miscue.REFUSED).mean()),
        "right_refused_as_shipped": float((good > miscue.REFUSED).mean()),
    }
    twice = [gap(r)[t > 0].max() for r, t in zip(test["repeated"].gap, test["repeated"].gap_truth, strict=True)]
    out["repeated"] = float((np.array(twice) > gap_edge).mean())
    out["repeated_as_shipped"] = float((np.array(twice) > gap_strict).mean())
    out["no_speech_refused"] = float(np.mean([word(r).mean() > miscue.REFUSED for r in nothing.word]))
    return out
