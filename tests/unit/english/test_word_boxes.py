"""A word of a box that is right in a second gap is accepted there or not in the box; right answers are not refused."""

import pytest

from api.english.catalog import frame, load, markup, schema
from api.english.tasks import answers


def variant(place: str) -> frame.Strict:
    module_id, task_id, number = place.split("/")
    module = next(one for one in load.catalog().modules if one.id == module_id)
    task = next(one for one in module.tasks if one.id == task_id)
    return task.variants[int(number) - 1]


def gap_text(place: str) -> schema.GapVariant:
    shown = variant(place)
    assert isinstance(shown, schema.GapVariant)
    return shown


# Each was read in its sentence and found to be right English there: (variant, gap, word).
ALSO_RIGHT = [
    ("a1-around-town/prepositions/1", 1, "at"),
    ("a1-around-town/prepositions/2", 3, "opposite"),
    ("a1-around-town/prepositions/2", 3, "by"),
    ("a1-around-town/prepositions/3", 2, "by"),
    ("a1-around-town/prepositions/3", 3, "under"),
    ("a1-around-town/prepositions/3", 4, "by"),
    ("a1-around-town/prepositions/3", 4, "over"),
    ("a2-travel-plans/travel-words/3", 4, "suitcase"),
    ("a2-feeling-better/should-have-to/1", 1, "can"),
    ("a2-feeling-better/should-have-to/1", 3, "shouldn't"),
    ("a2-feeling-better/should-have-to/2", 1, "must"),
    ("a2-feeling-better/should-have-to/2", 1, "should"),
    ("a2-feeling-better/should-have-to/2", 2, "mustn't"),
    ("a2-feeling-better/should-have-to/3", 1, "ought to"),
    ("a2-feeling-better/should-have-to/3", 2, "shouldn't"),
    ("a2-feeling-better/should-have-to/3", 4, "must"),
    ("b1-when-things-go-wrong/must-might-cant/1", 4, "must see"),
    ("b1-when-things-go-wrong/must-might-cant/3", 4, "don't have to"),
    ("b2-putting-your-case/linking-words/1", 2, "Moreover"),
    ("b2-putting-your-case/linking-words/2", 2, "Therefore"),
    ("c1-weighing-the-evidence/hedging/1", 1, "prove"),
    ("c1-weighing-the-evidence/hedging/3", 2, "belief"),
    ("b2-striking-a-deal/conditions/3", 3, "compromise"),
    ("c1-saying-it-right/idioms/3", 1, "strings"),
    ("c1-at-the-edge-of-knowledge/hold-it-together/2", 3, "that"),
]


@pytest.mark.parametrize(("place", "gap", "word"), ALSO_RIGHT)
def test_no_box_has_two_right_words_for_one_gap(place: str, gap: int, word: str) -> None:
    shown = gap_text(place)
    holes = markup.gaps(shown.text)
    box = {hole.accept[0] for hole in holes} | set(shown.extra)
    assert word not in box or word in holes[gap - 1].accept


@pytest.mark.parametrize(
    ("place", "gap", "answer"),
    [
        ("a1-at-the-cafe/some-any/1", 4, "some"),
        ("a1-at-the-cafe/some-any/1", 1, "one"),
        ("a1-at-the-cafe/some-any/2", 1, "some"),
        ("a2-work-and-study/now-or-usually/2", 5, "has got"),
        ("a2-work-and-study/now-or-usually/3", 2, "hasn't got"),
        ("b1-have-you-ever/perfect-or-past/1", 3, "stayed"),
        ("b1-have-you-ever/perfect-or-past/2", 1, "lost"),
        ("b1-have-you-ever/perfect-or-past/2", 4, "ran"),
        ("b1-when-things-go-wrong/passive/1", 4, "is going to be replaced"),
        ("b1-when-things-go-wrong/passive/3", 4, "was served"),
        ("b1-small-changes/conditionals/3", 1, "are going to miss"),
        ("b2-the-right-candidate/past-tenses/3", 3, "had joined"),
        ("b1-a-story-worth-telling/past-perfect/1", 2, "forgot"),
        ("b1-a-story-worth-telling/past-perfect/3", 2, "met"),
        ("b2-machines-and-us/open-cloze/3", 1, "neither"),
        ("c1-hard-choices/open-cloze/1", 7, "but"),
    ],
)
def test_right_answers_are_not_refused(place: str, gap: int, answer: str) -> None:
    hole = markup.gaps(gap_text(place).text)[gap - 1]
    assert answers.match(answer, hole.accept, articles_free=False).credit == 1


@pytest.mark.parametrize(
    ("place", "question", "answer"),
    [
        ("a1-home-and-family/possessives/1", 1, "It is Tom's."),
        ("a1-around-town/can-you/3", 1, "Would you help me, please?"),
        ("a2-bigger-better-cheaper/say-it-differently/1", 2, "dearer than the bag"),
        ("a2-bigger-better-cheaper/say-it-differently/2", 2, "the longest in the country"),
        ("b1-emails-that-work/indirect-questions/2", 2, "what it costs"),
        ("b1-emails-that-work/indirect-questions/3", 1, "why the order was cancelled"),
        ("b1-have-you-ever/for-since/3", 1, "ago did you buy that car"),
        ("b1-have-you-ever/for-since/3", 2, "have ever watched"),
        ("b1-small-changes/explain-it/1", 1, "If I had a car, I could drive to work."),
        ("b1-small-changes/explain-it/1", 2, "come late, we'll go without you"),
        ("b1-small-changes/explain-it/3", 1, "weren't too expensive, we would take it"),
        ("b2-reading-the-news/reported-speech/1", 2, "where I live"),
        ("b1-he-said-she-said/reported-speech/1", 1, "she's very tired"),
        ("c1-hard-choices/concede-and-insist/1", 2, "was kept secret"),
        ("c1-hard-choices/concede-and-insist/2", 2, "is heard"),
        ("c1-the-letter-of-the-law/participles/1", 2, "wishing to appeal must do so within one month"),
        ("c1-never-have-i/inversion/1", 1, "had we sat down before the phone rang"),
    ],
)
def test_right_short_answers_are_not_refused(place: str, question: int, answer: str) -> None:
    shown = variant(place)
    assert isinstance(shown, schema.ShortVariant)
    asked = shown.questions[question - 1]
    found = answers.match(answer, tuple(asked.accept), articles_free=asked.articles == "free", question=asked.ask)
    assert found.credit == 1
