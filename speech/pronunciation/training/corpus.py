"""The corpus as records: from the folder form (labels.jsonl, sentences.jsonl) or from speechocean762 as published.

Source of the data: speechocean762, J. Zhang et al., Interspeech 2021, CC BY 4.0 (https://www.openslr.org/101).
"""

# mypy: disable-error-code="misc,no-any-return,untyped-decorator,arg-type,union-attr,unused-ignore"

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray


@dataclass(frozen=True)
class Word:
    """One read word: phones in ARPAbet with stress digits, experts' scores 0 to 2 a phone."""

    text: str
    phones: tuple[str, ...]
    scores: tuple[float, ...]


@dataclass(frozen=True)
class Utterance:
    """One recording. `part` is "train" or "sentences"; sentence scores (0 to 10) only where the experts' are known."""

    id: str
    part: str
    speaker: str
    age: int
    gender: str
    path: Path
    words: tuple[Word, ...]
    sentence: dict[str, float] | None

    def audio(self) -> NDArray[np.float32]:
        """Mono samples at 16 kHz, -1 to 1."""
        samples, rate = soundfile.read(self.path, dtype="int16")
        if rate != 16000 or samples.ndim != 1:
            raise ValueError(f"{self.path}: expected mono audio at 16 kHz")
        return (samples / 32768).astype(np.float32)


def load(folder: Path) -> list[Utterance]:
    """All utterances, train part first, in a fixed order. Raises FileNotFoundError for a folder of neither form."""
    if (folder / "labels.jsonl").exists():
        return [*_lines(folder, "labels.jsonl", "train"), *_lines(folder, "sentences.jsonl", "sentences")]
    if (folder / "resource" / "scores.json").exists():
        return list(_published(folder))
    raise FileNotFoundError(f"{folder} has neither labels.jsonl nor resource/scores.json")


def holdout(folder: Path, utterances: list[Utterance]) -> set[str]:
    """Speakers to keep out: those of holdout.txt, or every fifth of the train speakers by mean score."""
    listed = folder / "holdout.txt"
    if listed.exists():
        return set(listed.read_text().split())
    means: dict[str, list[float]] = {}
    for utterance in utterances:
        if utterance.part == "train":
            means.setdefault(utterance.speaker, []).extend(s for w in utterance.words for s in w.scores)
    return set(sorted(means, key=lambda speaker: (np.mean(means[speaker]), speaker))[2::5])


def _lines(folder: Path, name: str, part: str) -> Iterator[Utterance]:
    if not (folder / name).exists():
        return
    for line in (folder / name).read_text().splitlines():
        row = json.loads(line)
        words = tuple(Word(w["text"], tuple(w["phones"]), tuple(w["phone_scores"])) for w in row["words"])
        yield Utterance(
            row["id"],
            part,
            row["speaker"],
            row["age"],
            row["gender"],
            folder / row["audio"],
            words,
            row.get("sentence_scores"),
        )


def _table(path: Path) -> dict[str, str]:
    return dict(line.split(maxsplit=1) for line in path.read_text().splitlines() if line.strip())


def _published(folder: Path) -> Iterator[Utterance]:
    scores = json.loads((folder / "resource" / "scores.json").read_text())
    for split, part in (("train", "train"), ("test", "sentences")):
        base = folder / split
        waves, speakers = _table(base / "wav.scp"), _table(base / "utt2spk")
        ages, genders = _table(base / "spk2age"), _table(base / "spk2gender")
        for key in sorted(waves):
            row, speaker = scores[key], speakers[key].strip()
            words = tuple(Word(w["text"], tuple(w["phones"]), tuple(w["phones-accuracy"])) for w in row["words"])
            sentence = {k: float(row[k]) for k in ("accuracy", "completeness", "fluency", "prosodic", "total")}
            yield Utterance(
                key,
                part,
                speaker,
                int(ages[speaker]),
                genders[speaker].strip(),
                folder / waves[key].strip(),
                words,
                sentence,
            )
