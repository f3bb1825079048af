"""Fits the scale: python -m speech.pronunciation.training.calibrate --corpus DIR --whisper DIR --natives DIR ...

Learners are the speakers with sentence scores; their phone scores are by models/whisper-100, their sentence scores by
sentence models of the other four fifths of them: nothing has heard them. Native readers come from `--natives`, folders
with a manifest.json (id, file, text), and are judged by models/whisper; every second speaker is fitted on, the others
are only measured. What was judged is kept in --work, so that fitting again takes seconds. Needs the extra "training".
"""

import argparse
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from sklearn.model_selection import GroupKFold

from speech.pronunciation import assess, judge, prosody, scale, sentence
from speech.pronunciation.parts import raw
from speech.pronunciation.training import corpus, extract, sentences
from speech.pronunciation.training.scale import Judged, fit, word_means, write

RATE = 16000


def learners(root: Path, whisper: Path, work: Path) -> list[Judged]:
    """Every utterance with sentence scores that is not refused."""
    assessor = assess.Assessor.load("whisper-100")
    utterances = corpus.load(root)
    extract.run(extract.Encoder(whisper).view, utterances, "clean", work / "whisper")
    data, offsets = extract.read(work / "whisper", "clean")
    rows, background = [], []
    for u, one in enumerate(utterances):
        if one.part == "train" and u % 4:
            continue
        x, frames = one.audio(), np.asarray(data[offsets[u] : offsets[u + 1]], np.float32)
        heard, loudness = assessor.nets.hear(frames), prosody.melody(x).loudness
        plan = assessor.plan(" ".join("word" for _ in one.words), {i: (w.phones,) for i, w in enumerate(one.words)})
        j = judge.judge(assessor.nets, heard, plan.spoken, loudness[: len(heard)], plain=True)
        if j is None or j.refused:
            continue
        told = sentence.encoder(frames, j.evidence.alignment)
        if one.part == "train":
            background.append(told)
        else:
            plain = sentence.plain(j.evidence, j.score, assessor.nets.durations)
            rows.append((one, j.score, j.evidence.alignment.chain.word, np.concatenate([plain, told])))
    return _folded(rows, np.array(background))


def _folded(rows: list[Any], background: sentences.Floats) -> list[Judged]:
    """Sentence scores by models of the other speakers."""
    x = np.array([row[3] for row in rows])
    y = np.array([[float(row[0].sentence[k]) for k in sentences.ASPECTS] for row in rows])
    speakers = np.array([row[0].speaker for row in rows])
    guess = np.zeros_like(y)
    for some, test in GroupKFold(sentences.FOLDS).split(x, y, speakers):
        guess[test] = np.clip(sentences.fit(x[some], y[some], speakers[some], background)(x[test]), 0, 10)
    return [
        Judged(one.speaker, score, word, dict(zip(sentences.ASPECTS, g, strict=True)), one.sentence)
        for (one, score, word, _), g in zip(rows, guess.tolist(), strict=True)
    ]


def natives(folders: list[Path], whisper: Path) -> list[Judged]:
    """Native readers; those of a corpus of learners are left out."""
    assessor, encoder, found = assess.Assessor.load("whisper"), extract.Encoder(whisper), []
    for folder in folders:
        for row in json.loads((folder / "manifest.json").read_text(encoding="utf-8")):
            if row["id"].startswith("so762"):
                continue
            x, _ = soundfile.read(folder / row["file"], dtype="float32")
            frames = encoder.plain(x).astype(np.float32)
            heard, loudness = assessor.nets.hear(frames), prosody.melody(x).loudness
            j = judge.judge(assessor.nets, heard, assessor.plan(row["text"]).spoken, loudness[: len(heard)])
            if j is not None and not j.refused:
                speaker = row["id"].split("-")[0].rstrip("0123456789") or row["id"].split("-")[0]
                word = j.evidence.alignment.chain.word
                found.append(Judged(speaker, j.score, word, raw(assessor.nets, j, frames), None))
    return found


def _kept(path: Path, make: Callable[[], list[Judged]]) -> list[Judged]:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(make()))
    found: list[Judged] = pickle.loads(path.read_bytes())
    return found


def _measure(name: str, some: list[Judged], curves: dict[str, scale.Curve]) -> None:
    """Print what the scale does to some utterances."""
    words = np.array([word_means(one).mean() for one in some])
    parts = {
        part: np.array([curves[part](one.raw[aspect]) for one in some])
        for part, aspect in (("accuracy", "accuracy"), ("fluency", "fluency"), ("prosody", "prosodic"))
    }
    accuracy = np.array([scale.accuracy(a, w) for a, w in zip(parts["accuracy"], words, strict=True)])
    overall = sum(weight * ({**parts, "accuracy": accuracy}[part]) for part, weight in scale.WEIGHTS.items())
    low, median = np.percentile(overall, (0, 50))
    print(
        f"{name}: {len(some)}, overall median {median:.1f}, least {low:.1f}, words within 8 points of accuracy:",
        end=" ",
    )
    print(f"{(np.abs(accuracy - words) <= 8).mean():.3f}")


def main() -> None:
    """Parse the command line, fit, write and measure."""
    parser = argparse.ArgumentParser(prog="speech.pronunciation.training.calibrate", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder with labels.jsonl, or speechocean762 itself")
    parser.add_argument("--whisper", type=Path, required=True, help="CTranslate2 folder of Whisper base")
    parser.add_argument("--natives", type=Path, nargs="+", default=[Path("tests/data/audio")])
    parser.add_argument("--work", type=Path, default=Path("build/pronunciation"), help="what was judged is kept here")
    parser.add_argument("--out", type=Path, default=Path("speech/pronunciation/models/whisper/scale.json"))
    options = parser.parse_args()
    read = _kept(options.work / "learners.pkl", lambda: learners(options.corpus, options.whisper, options.work))
    known = _kept(options.work / "natives.pkl", lambda: natives(options.natives, options.whisper))
    half = set(sorted({one.speaker for one in known})[::2])
    curves = fit(read, [one for one in known if one.speaker in half])
    write(options.out, curves)
    _measure("learners", read, curves)
    _measure("natives, fitted on", [one for one in known if one.speaker in half], curves)
    _measure("natives, kept apart", [one for one in known if one.speaker not in half], curves)


if __name__ == "__main__":
    main()
