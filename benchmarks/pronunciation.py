"""Pronunciation against the experts, on speakers the models have not heard: one table.

    python3 run.py bench pronunciation --corpus DIR --whisper DIR

Phone scores, robustness, live settling and cost are measured with the models in models/whisper-100, which were trained
on 100 speakers, on the 25 hold-out speakers. `--models whisper --speakers FILE` measures the shipped models on other
speakers instead. `--free` measures only which words of a transcript are judged in free speech. Scores folded over all
speakers, sentence scores and miscues were measured in training (cross-validated, hold-out): they are read from the
models' card.
"""

import argparse
import json
import resource
import sys
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import _pronunciation_free as free
from benchmarks import _pronunciation_serving as serving
from benchmarks import _pronunciation_slips as slips
from speech.pronunciation import assess, judge, prosody, quality
from speech.pronunciation.lexicon.plan import Plan
from speech.pronunciation.training import augment, corpus

CONDITIONS = ("opus 16 kb/s", "telephone band", "babble 10 dB", "white 10 dB", "reverberation 0.5 s", "5 % loss")
HOP = 0.2
MARGIN = 0.5


@dataclass
class Setting:
    """What a measurement needs."""

    assessor: assess.Assessor
    encode: Any
    utterances: list[corpus.Utterance]
    talkers: list[corpus.Utterance]


def given(assessor: assess.Assessor, utterance: corpus.Utterance) -> Plan:
    """A plan with the experts' reference phones."""
    return slips.given(assessor, utterance, tuple(tuple(w.phones) for w in utterance.words))


def scores(s: Setting, utterance: corpus.Utterance, x: augment.Samples) -> NDArray[np.float64] | None:
    """Phone scores (0 to 2) of the reference phones, before any word is taken out as not read."""
    frames = s.assessor.frames(x, s.encode(x))
    heard, words = s.assessor.nets.hear(frames), given(s.assessor, utterance).spoken
    j = judge.judge(s.assessor.nets, heard, words, prosody.melody(x).loudness[: len(heard)], plain=True)
    return None if j is None else j.score


def condition(s: Setting, utterance: corpus.Utterance, name: str) -> augment.Samples:
    """The utterance under a condition; the same each time."""
    x = utterance.audio()
    rng = np.random.default_rng(zlib.crc32(f"{name}/{utterance.id}".encode()))
    if name == "babble 10 dB":
        others = [s.talkers[int(i)].audio() for i in rng.choice(len(s.talkers), 5, replace=False)]
        return augment.babble(x, rng, others, 10)
    make = {
        "opus 16 kb/s": augment.opus,
        "telephone band": augment.telephone,
        "white 10 dB": augment.white,
        "reverberation 0.5 s": augment.reverb,
        "5 % loss": augment.loss,
    }
    return make[name](x, rng) if name in make else x


def agreement(s: Setting, name: str, step: int) -> dict[str, Any]:
    """PCC and MSE with the experts, by group, and how many learners are told about the recording."""
    guess: list[NDArray[np.float64]] = []
    truth: list[NDArray[np.float64]] = []
    groups: dict[str, list[NDArray[np.bool_]]] = {}
    told = 0
    for utterance in s.utterances[::step]:
        x = condition(s, utterance, name)
        found = scores(s, utterance, x)
        if found is None:
            continue
        told += bool(quality.measure(x).codes)
        expert = np.array([v for w in utterance.words for v in w.scores])
        guess.append(found)
        truth.append(expert)
        mean = float(expert.mean())
        for key, value in (
            ("children", utterance.age <= 15),
            ("adults", utterance.age > 15),
            ("female", utterance.gender == "f"),
            ("male", utterance.gender == "m"),
            ("weaker half", mean < 1.9),
            ("stronger half", mean >= 1.9),
        ):
            groups.setdefault(key, []).append(np.full(len(expert), value))
    x_, y_ = np.concatenate(guess), np.concatenate(truth)
    out: dict[str, Any] = {"utterances": len(guess), "told": told / max(1, len(guess)), "all": _figures(x_, y_)}
    for key, masks in groups.items():
        mask = np.concatenate(masks)
        if mask.sum() > 50:
            out[key] = _figures(x_[mask], y_[mask])
    return out


def _figures(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[float, float, float]:
    return float(np.corrcoef(x, y)[0, 1]), float(((x - y) ** 2).mean()), float((x - y).mean())


def scale(s: Setting, step: int) -> dict[str, float]:
    """As reported: how far accuracy is from the mean of the words."""
    apart = []
    for utterance in s.utterances[::step]:
        x = utterance.audio()
        found = s.assessor.score(x, s.encode(x), given(s.assessor, utterance))
        words = [w.score for w in found.words if w.score is not None]
        if found.accuracy is not None and words:
            apart.append(abs(found.accuracy - float(np.mean(words))))
    return {
        "utterances": len(apart),
        "within 8 points": float((np.array(apart) <= serving.NEAR).mean()),
        "p50": float(np.median(apart)),
        "p95": float(np.percentile(apart, 95)),
    }


def live(s: Setting, step: int) -> dict[str, float]:
    """Words followed on cut audio, an encoder pass every 0.2 s: when they settle, and what the scores become."""
    lag: list[float] = []
    early: list[float] = []
    late: list[float] = []
    missed = words = 0
    for utterance in s.utterances[::step]:
        x = utterance.audio()
        plan = given(s.assessor, utterance)
        final = {w.index: w for w in s.assessor.score(x, s.encode(x), plan).words if w.index is not None}
        follower = s.assessor.follow(plan)
        first: dict[int, tuple[float, float]] = {}
        hops = list(range(int(HOP * 16000), len(x), int(HOP * 16000)))
        silence = np.zeros(int(1.0 * 16000), np.float32)
        padded = np.concatenate([x, silence])
        for end in [*hops, *range(len(x), len(padded), int(HOP * 16000))]:
            for w in follower.update(padded[:end], s.encode(padded[:end])):
                if w.index is not None and w.index not in first and w.score is not None:
                    first[w.index] = (end / 16000, w.score)
        for index, w in final.items():
            if w.error == "omission" or w.score is None:
                continue
            words += 1
            if index in first:
                lag.append(first[index][0] - w.end_ms / 1000)
                early.append(first[index][1])
                late.append(w.score)
            else:
                missed += 1
    return {
        "words": words,
        "never settled": missed / max(1, words),
        "p50": float(np.percentile(lag, 50)),
        "p95": float(np.percentile(lag, 95)),
        "PCC provisional with final": float(np.corrcoef(early, late)[0, 1]),
        "mean change": float(np.abs(np.array(early) - late).mean()),
    }


def cost(s: Setting, step: int) -> dict[str, float]:
    """CPU seconds per second of audio of the encoder pass and of everything after it; memory."""
    encoder = rest = seconds = 0.0
    for utterance in s.utterances[::step]:
        x = utterance.audio()
        plan = s.assessor.plan(" ".join(w.text for w in utterance.words))
        began = time.process_time()
        frames = s.encode(x)
        middle = time.process_time()
        s.assessor.score(x, frames, plan)
        encoder += middle - began
        rest += time.process_time() - middle
        seconds += len(x) / 16000
    return {
        "encoder": encoder / seconds,
        "beyond the encoder": rest / seconds,
        "memory MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _encoder(folder: Path | None) -> Any:
    if folder is None:
        return lambda x: None
    from speech.engines.whisper import WhisperEngine

    engine = WhisperEngine.load(folder)
    return lambda x: engine.encode(x, len(x) / 16000 + MARGIN)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table. Returns 2 when the corpus or the model is absent."""
    parser = argparse.ArgumentParser(prog="run.py bench pronunciation", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="speechocean762, as published or with labels.jsonl")
    parser.add_argument("--whisper", type=Path, help="CTranslate2 folder of Whisper base; without it: PocketSphinx")
    parser.add_argument("--models", default=None, help="models to measure: whisper-100 (default), whisper, sphinx")
    parser.add_argument("--speakers", type=Path, help="file of speaker ids to measure on (default: the hold-out)")
    parser.add_argument("--every", type=int, default=5, help="use every n-th utterance for conditions, live and cost")
    parser.add_argument("--only", default="phones,conditions,scale,live,cost,slips,serving", help="parts to run")
    parser.add_argument("--free", action="store_true", help="free speech: which words of a transcript are judged")
    options = parser.parse_args(argv)
    if options.corpus is None or not options.corpus.exists():
        print("bench pronunciation needs --corpus, a folder of speechocean762 (https://www.openslr.org/101).")
        return 2
    kind = options.models or ("whisper-100" if options.whisper else "sphinx")
    if kind.startswith("whisper") and (options.whisper is None or not options.whisper.exists()):
        print("bench pronunciation needs --whisper, a CTranslate2 folder of Whisper base, for these models.")
        return 2
    assessor = assess.Assessor.load(kind)
    everyone = corpus.load(options.corpus)
    held = set(options.speakers.read_text().split()) if options.speakers else corpus.holdout(options.corpus, everyone)
    chosen = [u for u in everyone if u.speaker in held]
    if options.free:
        return _free(assessor, options.whisper, chosen[:: options.every])
    talkers = [u for u in everyone if u.speaker not in held]
    s = Setting(assessor, _encoder(options.whisper if assessor.evidence == "whisper" else None), chosen, talkers)
    parts = options.only.split(",")
    _table(s, kind, options.every, parts)
    if "slips" in parts:
        for name, shares in slips.told(s.assessor, s.encode, chosen).items():
            print(name, json.dumps({k: round(v, 3) for k, v in shares.items()}), flush=True)
    if "serving" in parts:
        _serving(s, kind, options.whisper)
    _from_training(s)
    return 0


def _free(assessor: assess.Assessor, whisper: Path | None, utterances: list[corpus.Utterance]) -> int:
    recognise = free.recogniser(whisper if assessor.evidence == "whisper" else None)
    for name, found in free.judged(assessor, recognise, utterances).items():
        print(f"free speech, {name:18s} {int(found['words']):5d} words, {found['unjudged']:.3f} unjudged", flush=True)
    return 0


def _serving(s: Setting, kind: str, whisper: Path | None) -> None:
    sounds = [
        (x, " ".join(w.text for w in u.words)) for u in s.utterances[:160] if 2.7 <= len(x := u.audio()) / 16000 <= 3.3
    ][:20]
    rows = (
        ("native clips", serving.native(s.assessor, s.encode)),
        ("answer to 3 s, ms", serving.answer(s.assessor, s.encode, sounds)),
        ("start", serving.start(kind)),
        ("many at once", serving.crowd(whisper, sounds)),
    )
    for name, found in rows:
        print(name, json.dumps({k: round(float(v), 3) for k, v in found.items()}), flush=True)


def _table(s: Setting, kind: str, every: int, parts: list[str]) -> None:
    print(
        f"models {kind} {s.assessor.scorer['version']}; {len({u.speaker for u in s.utterances})} speakers, "
        f"{len(s.utterances)} utterances"
    )
    if "phones" in parts:
        found = agreement(s, "clean", 1)
        for key in ("all", "children", "adults", "female", "male", "weaker half", "stronger half"):
            if key in found:
                print(
                    f"phones, clean, {key:14s} PCC {found[key][0]:.3f}  MSE {found[key][1]:.4f}  "
                    f"bias {found[key][2]:+.3f}",
                    flush=True,
                )
    if "conditions" in parts:
        base = agreement(s, "clean", every)
        print(f"phones, {'clean (same sample)':22s} PCC {base['all'][0]:.3f}", flush=True)
        for name in CONDITIONS:
            found = agreement(s, name, every)
            print(
                f"phones, {name:22s} PCC {found['all'][0]:.3f}  loss {base['all'][0] - found['all'][0]:+.3f}  "
                f"told {found['told']:.2f}",
                flush=True,
            )
    if "scale" in parts:
        apart = scale(s, every)
        print("accuracy and words", json.dumps({k: round(v, 3) for k, v in apart.items()}), flush=True)
    if "live" in parts:
        print("live", json.dumps({k: round(v, 3) for k, v in live(s, every * 2).items()}), flush=True)
    if "cost" in parts:
        print("cost", json.dumps({k: round(v, 4) for k, v in cost(s, every).items()}), flush=True)


def _from_training(s: Setting) -> None:
    metrics = s.assessor.nets.card.get("metrics", {})
    for key in ("five_fold_over_all", "sentences_cross_validated", "miscues_holdout"):
        if key in metrics:
            print(f"from training: {key} {json.dumps(metrics[key])}")


if __name__ == "__main__":
    sys.exit(main())
