"""What is made of a teacher's text: only what the text itself makes certain."""

import pytest

from api.english.catalog import schema
from api.english.own import making
from api.english.tasks import grade, key
from kit import errors

TEXT = """Maria lives in a small house near the river. Every morning she walks to the bakery and buys fresh bread.
Last Sunday her brother Tom visited her with his two dogs. They ran through the garden and broke an old flower pot.
Then Maria laughed, because she had never liked it. Tom wanted to pay for the damage. He offered her twenty pounds,
but she refused. Later they had lunch under the apple tree. Oxford has many old libraries. Tom told a hilarious
anecdote about his boss. It was a wonderful afternoon, and they promised to meet again in March."""


def made(text: str = TEXT, **more: object) -> making.Made:
    return making.make("own-x", "A visit", text, more.get("level"))  # type: ignore[arg-type]


def task(kind: str) -> schema.Task:
    return next(one for one in made().module.tasks if one.kind == kind)


def test_a_text_trains_reading_listening_and_speaking() -> None:
    found = made()
    assert found.module.skills == ["reading", "listening", "speaking"] and found.module.level == "A1"
    kinds = ["short_answer", "ordering", "cloze", "gap", "dictation", "read_aloud"]
    assert [one.kind for one in found.module.tasks] == kinds
    assert {"Maria", "Tom", "Oxford", "March"} <= set(found.module.names)


def test_the_key_of_every_task_is_right() -> None:
    for one in made().module.tasks:
        for number in range(1, len(one.variants) + 1):
            graded = grade.objective(one, "own-x", number, key.perfect(one, "own-x", number))
            assert graded is None or graded.score == 100, (one.id, number)


def test_questions_ask_for_names_and_point_at_nothing_else() -> None:
    shown = task("short_answer").variants[0]
    assert isinstance(shown, schema.ShortVariant)
    asked = {question.ask: question.accept for question in shown.questions}
    assert asked["Who or what lives in a small house near the river?"] == ["Maria"]
    assert asked["Who or what has many old libraries?"] == ["Oxford"]
    assert not any(" he " in ask or " his " in ask or " her " in ask for ask in asked)


def test_only_sentences_that_point_back_are_put_in_order() -> None:
    (shown,) = task("ordering").variants
    assert isinstance(shown, schema.OrderingVariant)
    assert shown.order.startswith("Maria lives in") and "Oxford" not in shown.order


def test_half_a_word_is_there_and_what_is_heard_is_not() -> None:
    half, heard = task("cloze").variants[0], task("gap").variants[0]
    assert isinstance(half, schema.ClozeVariant) and isinstance(heard, schema.GapVariant)
    assert "{sma…>small}" in half.text
    assert heard.script is not None and heard.script.startswith("Maria lives in a small house")


def test_words_above_the_level_are_named_the_hardest_first() -> None:
    found = made(level="A2")
    assert [(one.word, one.level) for one in found.above] == [("anecdote", "C1"), ("hilarious", "B2")]
    assert sum(found.by_level.values()) == found.words and made(level="C1").above == ()


@pytest.mark.parametrize(
    "text",
    [
        "Too short.",
        "word " * 2000,
        "Das ist ein deutscher Text, der hier nichts zu suchen hat, weil niemand ihn verstehen wird. " * 5,
        "a heading without an end\n" * 20,
        "{a} | b # c > d [e] (f). " * 20,
    ],
)
def test_what_gives_nothing_is_refused(text: str) -> None:
    with pytest.raises(errors.Failure) as caught:
        made(text)
    assert caught.value.code == "invalid_request"


@pytest.mark.parametrize("mark", ["{", "}", "|", "#", ">", " / ", "[", ")"])
def test_signs_of_our_notation_stay_out_of_tasks(mark: str) -> None:
    found = made(f"{TEXT} This sentence has{mark}a sign of ours in it.")
    assert all("sign of ours" not in str(one.variants) for one in found.module.tasks if one.kind != "short_answer")


def test_a_long_document_is_cut_behind_a_sentence() -> None:
    text, is_cut = making.beginning("This is one sentence. " * 500)
    assert is_cut and len(text) <= making.MOST_CHARACTERS and text.endswith("sentence.")
    assert making.beginning(TEXT) == (TEXT, False)


EASY = """My sister has a big house by the river with a long garden and a lot of trees. In the morning she and her dog
go to the park and they walk there for an hour before she has to go to work. Her school is a big house in the town and
she has many good friends there who come to see her in the evening. I want to go there in the summer with my
brother and my mother and eat with them."""


def test_long_sentences_of_easy_words_lift_a_text_by_one_level_only() -> None:
    found = made(EASY)
    assert found.words / 4 > 16 and found.by_level["A1"] >= 0.95 * found.words
    assert found.module.level == "A2"
    assert made(EASY.replace(" and ", ". And ").replace(" before ", ". Before ")).module.level == "A1"
