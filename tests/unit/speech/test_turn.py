"""What leaves a window and what the next turn hears again: always words in a row, whatever their times.

The times of a turn's words come from several passes, so a later word may seem to be said before an earlier one.
"""

from speech.audio import pcm
from speech.transcription.agreement import Rules
from speech.transcription.turn import Turn, ending
from speech.transcription.types import HeardWord


def words(*heard: tuple[str, float, float]) -> list[HeardWord]:
    return [HeardWord(text, start, end, 0.9) for text, start, end in heard]


def texts(heard: "list[HeardWord] | tuple[HeardWord, ...]") -> str:
    return " ".join(word.text for word in heard)


def turn(promised: list[HeardWord], heard_to: float) -> Turn:
    made = Turn(1, 0, Rules())
    made.window.agreement.promised = promised
    made.window.heard_to = pcm.samples(heard_to * 1000)
    return made


def test_the_next_turn_hears_words_in_a_row() -> None:
    """The first four words were promised while the sound was cut behind them; the last pass placed the rest before."""
    said = words(
        ("ask", 0.0, 0.56), ("not", 1.04, 2.64), ("what", 2.64, 2.76), ("your", 2.76, 3.06), ("country", 1.4, 1.4),
        ("can", 1.4, 1.4), ("do", 1.4, 1.4), ("for", 1.84, 3.44), ("you", 3.44, 3.46),
    )  # fmt: skip
    context = ending(said, pcm.samples(3432), pcm.samples(8096), 3.0)
    assert context is not None
    assert texts(context.words) == "what your country can do for you"
    assert all(word.start >= 0 and word.end >= 0 for word in context.words)
    assert context.start == pcm.samples(3432 + 2640), "where the word before them ends"


def test_words_leave_a_long_window_in_a_row() -> None:
    long = turn(words(("a", 0.5, 1.0), ("b", 1.0, 9.5), ("c", 1.5, 2.0), ("d", 9.6, 10.0), ("e", 12.0, 13.0)), 14.0)
    long.trim(12.0, 5.0)
    assert (texts(long.done), long.window.start) == ("a", pcm.samples(1000))
    assert texts(long.window.own) == "b c d e"


def test_a_window_is_cut_between_words_in_a_row() -> None:
    cut = turn([], 28.0)
    cut.cut(pcm.samples(10_000), 2.0, words(("a", 0.5, 1.0), ("b", 1.0, 9.0), ("c", 1.5, 2.0)))
    assert texts(cut.done) == "a", "the others are heard again"
    assert cut.window.start == pcm.samples(1000)
