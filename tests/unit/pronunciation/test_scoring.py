"""Scores of phones, syllables and words."""

from typing import Any

import numpy as np

from speech.engines import scoring
from speech.pool import jobs
from speech.transcription.types import Request


def test_rows_of_the_turn_before_are_not_kept() -> None:
    nobody: Any = None
    kept = scoring.Scoring(nobody, lambda samples: np.zeros((0, 4), np.float32))
    rows = np.arange(30, dtype=np.float32)[:, None] * np.ones((1, 4), np.float32)
    job = jobs.Recognise("s", 2, start=16_000 - 20 * 320, pcm=b"", request=Request(), turn_start=16_000)
    assert kept.hear(job, np.zeros(30 * 320, np.float32), rows) == ([], False, False)
    heard = kept._turns["s", 2]
    assert heard.rows is not None and heard.rows[:, 0].tolist() == list(range(20, 30))
    assert heard.heard_to == 16_000 + 10 * 320
