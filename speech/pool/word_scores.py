"""Scores of words as events, beside the words that were recognised."""

from speech import events
from speech.assessment import ScoredWord, WordScore


def live_word(turn: int, word: WordScore) -> events.WordScored:
    """A word of the reference, scored while it is read."""
    index = word.index if word.index is not None else -1
    return events.WordScored(
        turn, f"r{index}", index, word.text, word.score, word.error, word.phonemes, word.provisional
    )


def scored_word(turn: int, word: events.Word, scored: ScoredWord) -> events.WordScored:
    """A scored word as an event."""
    score, error, phonemes = scored["score"], scored["error"], scored["phonemes"]
    index = -1 if scored["index"] is None else scored["index"]
    return events.WordScored(turn, word.id, index, word.text, score, error, phonemes, provisional=False)


def paired(final: events.Final, scored: list[ScoredWord]) -> list[tuple[events.Word, ScoredWord]]:
    """Recognised words and their scores: the text that was scored is the final's, so places agree."""
    by_index = {word["index"]: word for word in scored if word.get("index") is not None}
    return [(word, by_index[place]) for place, word in enumerate(final.words) if place in by_index]
