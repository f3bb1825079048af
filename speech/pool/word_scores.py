"""Scores of words as events, beside the words that were recognised."""

from typing import Any

from speech import events
from speech.pool import jobs


def live_word(turn: int, word: jobs.WordReport) -> events.WordScored:
    """A word of the reference, scored while it is read."""
    index = word.index if word.index is not None else -1
    return events.WordScored(
        turn, f"r{index}", index, word.text, word.score, word.error, word.phonemes, word.provisional
    )


def scored_word(turn: int, word: events.Word, scored: dict[str, Any]) -> events.WordScored:
    score, error, phonemes = scored["score"], scored["error"], scored["phonemes"]
    return events.WordScored(turn, word.id, scored["index"], word.text, score, error, phonemes, provisional=False)


def paired(final: events.Final, scored: list[dict[str, Any]]) -> list[tuple[events.Word, dict[str, Any]]]:
    """Recognised words and their scores: the text that was scored is the final's, so places agree."""
    by_index = {word["index"]: word for word in scored if word.get("index") is not None}
    return [(word, by_index[place]) for place, word in enumerate(final.words) if place in by_index]
