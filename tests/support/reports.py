"""A pronunciation report as scorers make them, for tests that only hand it on or read its main scores."""

from speech.assessment import Miscue, Phone, Report, ScoredWord


def report(overall: float, *words: ScoredWord) -> Report:
    return {
        "overall": overall,
        "accuracy": overall,
        "fluency": overall,
        "completeness": 100.0,
        "prosody": overall,
        "words": list(words),
        "scorer": {"name": "test", "version": "1"},
    }


def word(text: str, score: float | None, error: Miscue = "none", *phones: Phone) -> ScoredWord:
    return {
        "word": text,
        "index": 0,
        "start_ms": 0,
        "end_ms": 500,
        "score": score,
        "error": error,
        "phonemes": list(phones),
    }


def phone(name: str, score: float) -> Phone:
    return {"phoneme": name, "ipa": name, "start_ms": 0, "end_ms": 100, "score": score}
