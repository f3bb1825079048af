"""Texts that say the same get the same scores, and a text need not be all that was said."""

import numpy as np
import pytest

from speech.pronunciation import assess, matching, report
from tests.unit.pronunciation.test_assess import DROPPED, clip

TEXT = "She dropped only nine points in the second set."
HEARD = tuple((word, 200 + 500 * i, 600 + 500 * i) for i, word in enumerate(TEXT.split()))


@pytest.fixture(scope="module")
def assessor() -> assess.Assessor:
    return assess.Assessor.load("whisper")


def _report(
    assessor: assess.Assessor, text: str, heard: tuple[tuple[str, int, int], ...] | None = HEARD
) -> report.Report:
    samples, frames, _ = clip(DROPPED)
    return assessor.score(samples, frames, assessor.plan(text), heard)


def _scores(found: report.Report) -> list[object]:
    sides = [found.overall, found.accuracy, found.fluency, found.completeness, found.prosody]
    return [*sides, *((w.index, w.score, w.error, len(w.phonemes)) for w in found.words)]


SAME = {
    "soft hyphen": "She drop\u00adped only nine points in the sec\u00adond set.",
    "zero width": "She dro\u200bpped\u200c only\u200d nine\u2060 points in the second set.",
    "byte order mark": "\ufeffShe dropped only nine points in the second set.\ufeff",
    "directions": "\u202aShe\u202c \u200edropped\u200f \u2066only\u2069 nine points in the second set.",
    "no-break spaces": TEXT.replace(" ", "\u00a0"),
    "narrow spaces": TEXT.replace(" ", "\u202f"),
    "line separators": TEXT.replace(" ", "\u2028"),
    "curly quotes": f"“{TEXT}”",
    "guillemets": f"« {TEXT} »",
    "low quotes": f"„{TEXT}“",
    "single quotes": f"‘{TEXT}’",
    "corner brackets": f"「{TEXT}」",
    "em dash": "She dropped only nine points—in the second set.",
    "en dash": "She dropped only nine points – in the second set.",
    "ellipsis": "She dropped only nine points…in the second set…",
    "trade mark": "She dropped only nine points in the second set™.",
    "footnote": "She dropped† only nine points* in the second set.",
    "bullet": f"• {TEXT}",
    "loose mark": "She dropped only nine po\u0301ints in the second set.",
    "variation selectors": "She\ufe0f dropped only nine points\ufe0e in the second set.",
    "an unseen word": "She dropped \u200b only nine \u00ad points in the second set.",
    "control": "She dropped\x07 only nine points in the second set.",
    "precomposed mark": "Shé drópped önly níne póints ín thé sécond sét.",
    "mark on a word": "She\u0301 dropped o\u0301nly nine points in the se\u0301cond set.",
    "Cyrillic look-alikes": "Sh\u0435 dr\u043epped \u043enly nine p\u043eints in th\u0435 sec\u043end s\u0435t.",
    "Greek look-alike": "She dr\u03bfpped only nine points in the second set.",
    "wide letters": "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in TEXT),
}


@pytest.mark.parametrize("kind", SAME)
def test_marks_that_are_not_said_change_no_score(assessor: assess.Assessor, kind: str) -> None:
    assert _scores(_report(assessor, SAME[kind])) == _scores(_report(assessor, TEXT))


def test_words_are_given_back_as_the_text_shows_them(assessor: assess.Assessor) -> None:
    plan = assessor.plan("“Don’t” ques\u00adtion O’Neil’s cafe\u0301\u200b—“yes”.")
    assert [w.text for w in plan.words] == ["Don’t", "question", "O’Neil’s", "cafe\u0301", "yes"]
    plain = assessor.plan('"Don\'t" question O\'Neil\'s café - "yes".')
    assert [w.variants for w in plan.words] == [w.variants for w in plain.words]
    assert [w.stress(0) for w in plan.words] == [w.stress(0) for w in plain.words]


@pytest.mark.parametrize(("first", "end"), [(0, 3), (0, 5), (2, 5), (3, 6), (4, 9), (6, 9), (3, 4)])
def test_a_text_that_is_part_of_what_was_said_is_scored(assessor: assess.Assessor, first: int, end: int) -> None:
    words = TEXT.split()
    whole = {w.index: w.score for w in _report(assessor, TEXT).words}
    found = _report(assessor, " ".join(words[first:end]))
    assert found.refused is None
    own = [w for w in found.words if w.index is not None]
    assert [w.error for w in own] == ["none"] * (end - first)
    assert all(abs((w.score or 0) - (whole[first + i] or 0)) < 6 for i, w in enumerate(own))
    assert found.completeness == 100
    places = [w.error for w in found.words]
    assert (places[0] == "insertion") == (first > 0) and (places[-1] == "insertion") == (end < len(words))


def test_a_part_that_nobody_heard_is_not_found_by_its_sounds_alone(assessor: assess.Assessor) -> None:
    other = (("My", 200, 600), ("brother", 700, 1100), ("will", 1200, 1600))
    assert _report(assessor, "His points were", other).refused == "not_the_text"
    assert _report(assessor, "My brother will visit Australia after graduation.").refused == "not_the_text"


@pytest.mark.parametrize("place", range(9))
def test_a_doubled_word_that_was_said_once_is_one_omission(assessor: assess.Assessor, place: int) -> None:
    words = TEXT.split()
    found = _report(assessor, " ".join([*words[: place + 1], *words[place:]]))
    assert [w.error for w in found.words if w.error != "none"] == ["omission"]
    assert found.words[place + 1].error == "omission"
    once = [w.score for w in _report(assessor, TEXT).words]
    assert [w.score for w in found.words if w.error == "none"] == once
    assert found.completeness == 90


def test_a_doubled_word_that_was_said_twice_is_read(assessor: assess.Assessor) -> None:
    samples, frames, _ = clip(DROPPED)
    nine = _report(assessor, TEXT).words[3]
    start, end = nine.start_ms // 20, nine.end_ms // 20
    twice = np.concatenate([np.arange(end), np.arange(start, len(frames))])
    sound = np.concatenate([samples[: end * 320], samples[start * 320 :]])
    found = assessor.score(sound, frames[twice], assessor.plan(TEXT.replace("nine", "nine nine")))
    assert [w.error for w in found.words] == ["none"] * 10


def test_a_text_of_one_word_many_times_costs_no_time(assessor: assess.Assessor) -> None:
    assert _report(assessor, "set " * 1200).refused is not None


SAID = [
    ("two eight nine one", "2891."),
    ("five five five, one two one two", "555-1212"),
    ("nineteen eighty-four", "1984."),
    ("twenty oh five", "2005"),
    ("two thousand and five", "2005."),
    ("three dollars and fifty cents", "$3.50"),
    ("half past three", "3:30"),
    ("a quarter to four", "3:45"),
    ("the twenty-first of May", "the 21st of May."),
    ("May twenty first", "May 21"),
    ("three point one four", "3.14"),
    ("one hundred and five", "105"),
    ("a thousand", "1,000"),
    ("fifty percent", "50%"),
    ("minus five", "-5"),
    ("the nineteen nineties", "the 1990s"),
    ("2,891", "2891"),
    ("I am here", "I’m here"),
]


@pytest.mark.parametrize(("words", "digits"), SAID)
def test_numbers_in_digits_and_in_words_are_the_same(words: str, digits: str) -> None:
    assert matching.share(words.split(), digits.split()) == 1
    assert matching.share(digits.split(), words.split()) == 1


def test_other_numbers_are_not_the_same() -> None:
    assert matching.share(["two", "eight", "nine", "one"], ["2892."]) == 0
    assert matching.share(["it", "was", "nineteen", "eighty", "four"], ["it", "was", "1985"]) == 0.4


def test_words_out_of_digits_are_no_insertion() -> None:
    assert matching.matched(["only", "nine", "points"], ["only", "9", "points"]) == [(0, 0), (1, 1), (2, 2)]
    assert matching.matched(["two", "eight", "three"], ["28", "three"]) == [(0, 0), (1, 0), (2, 1)]


@pytest.mark.parametrize("word", ["y\u00f3u", "yo\u0301u", "y\u043eu", "\u0443\u043eu"])
def test_a_word_is_heard_whatever_marks_and_letters_write_it(word: str) -> None:
    assert matching.matched(["for", word], ["for", "you"]) == [(0, 0), (1, 1)]
