"""Tokens of Whisper as words."""

from speech.transcription import tokens
from tests.support import speech as support

VOCABULARY = tokens.Vocabulary.load(support.CLIPS_MODEL / "tokenizer.json", multilingual=False)


def test_tokens_become_words_and_keep_their_counts() -> None:
    ids = VOCABULARY.encode("And so, my fellow Americans")
    groups = VOCABULARY.words(ids, "en")
    assert [text for text, _ in groups] == ["And", "so,", "my", "fellow", "Americans"]
    assert sum(count for _, count in groups) == len(ids)


def test_languages_without_spaces_are_split_at_characters() -> None:
    groups = VOCABULARY.words(VOCABULARY.encode("今日は。"), "ja")
    assert [text for text, _ in groups] == ["今", "日", "は。"]


def test_times_follow_the_attention() -> None:
    groups = [("Hello", 2), ("you.", 1)]
    path = [(0, 5), (0, 8), (1, 20), (2, 40), (2, 45), (3, 60)]
    heard = tokens.timed(groups, path, [0.9, 0.4, 1.0], 1.5)
    assert [(word.text, round(word.start, 2), round(word.end, 2)) for word in heard] == [
        ("Hello", 0.1, 0.8),
        ("you.", 0.8, 1.2),
    ]
    assert round(heard[0].confidence, 2) == 0.6


def test_tokens_that_the_attention_skipped_end_with_the_sound() -> None:
    heard = tokens.timed([("a", 1), ("b", 1)], [(0, 10)], [0.5, 0.5], 0.6)
    assert [(word.start, word.end) for word in heard] == [(0.2, 0.6), (0.6, 0.6)]
