"""The trained parts of one kind of evidence, as files: classifier and scorer (ONNX), numbers (npz), card (json)."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kit.storable import JsonObject
from speech import inference
from speech.pronunciation import features, miscue
from speech.pronunciation.scale import Scale

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SentenceModel:
    """Linear in the standardised sentence features, which count as far as `limit` deviations from the mean."""

    aspects: tuple[str, ...]
    mean: Floats
    deviation: Floats
    limit: float
    weights: Floats
    offset: Floats

    def __call__(self, x: Floats) -> dict[str, float]:
        """Scores 0 to 10."""
        z = np.clip((x - self.mean) / self.deviation, -self.limit, self.limit)
        y = z @ self.weights.T + self.offset
        return {k: float(np.clip(v, 0, 10)) for k, v in zip(self.aspects, y, strict=True)}


@dataclass(frozen=True)
class Nets:
    """Everything that was trained for one kind of evidence."""

    kind: str
    card: JsonObject
    prior: features.Rows
    durations: features.Durations
    sentence: SentenceModel
    unread: miscue.Dense
    inserted: miscue.Dense
    unsaid: miscue.Dense
    scale: Scale
    _classifier: onnxruntime.InferenceSession
    _scorer: onnxruntime.InferenceSession

    @classmethod
    def load(cls, folder: Path, kind: str) -> "Nets":
        """From models/<kind>. Raises FileNotFoundError when a file is missing."""
        base = folder / kind
        card = json.loads((base / "card.json").read_text(encoding="utf-8"))
        with np.load(base / "numbers.npz") as z:
            durations = features.Durations(z["duration_mean"], z["duration_deviation"])
            sentence = SentenceModel(
                tuple(card["aspects"]),
                z["sentence_mean"].astype(float),
                z["sentence_deviation"].astype(float),
                float(z["sentence_limit"]),
                z["sentence_weights"].astype(float),
                z["sentence_offset"].astype(float),
            )
            prior = z["prior"]
        settings = inference.steady()
        return cls(
            str(card["evidence"]),
            card,
            prior,
            durations,
            sentence,
            miscue.Dense.load(base / "miscue.npz", "word"),
            miscue.Dense.load(base / "miscue.npz", "gap"),
            miscue.Dense.load(base / "miscue.npz", "phone"),
            Scale.load(folder / str(card["evidence"]) / "scale.json"),
            inference.opened(str(base / "classifier.onnx"), settings),
            inference.opened(str(base / "scorer.onnx"), settings),
        )

    def hear(self, frames: features.Rows) -> features.Rows:
        """Log posteriors and, with Whisper, the sound of acoustic frames. [T, 40 + sound]"""
        (heard,) = self._classifier.run(None, {"frames": np.ascontiguousarray(frames, np.float32)})
        result: features.Rows = heard
        return result

    def phone_scores(self, e: features.Evidence) -> Floats:
        """Scores 0 to 2 of the aligned phones."""
        phone = e.alignment.chain.phone[None]
        (score,) = self._scorer.run(None, {"rows": e.rows[None], "phone": phone})
        result: Floats = np.clip(score[0].astype(np.float64), 0, 2)
        return result
