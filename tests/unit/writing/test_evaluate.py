"""Texts from words to scores."""

import random
import time
from itertools import pairwise

import pytest

from api.english.writing import evaluate
from language.correction import applied
from tests.support import writing_texts

PROMPT = "Write about your last holiday. Where did you go, and what did you do there? Write at least 40 words."
GOOD = (
    "Last summer I went to Portugal with two friends. We stayed in a small hotel near the beach, where we swam every "
    "morning. In the afternoon we visited old towns, although it was very hot. The food was cheap and delicious. "
    "On the last day we took a boat trip and saw dolphins, which was the best moment of the whole holiday."
)


def overall(text: str, prompt: str | None = PROMPT, level: str = "A2") -> int:
    return evaluate.evaluate(text, prompt, level, 40).overall


def test_a_good_text_scores_well_and_is_explained() -> None:
    report = evaluate.evaluate(GOOD, PROMPT, "A2", 40)
    assert report.overall >= 90
    assert report.corrections == ()
    assert [one.name for one in report.criteria] == ["task", "grammar", "vocabulary", "organisation", "mechanics"]
    assert all(0 <= one.score <= 100 and one.comment for one in report.criteria)
    assert report.cefr_level in {"A2", "B1", "B2"}
    assert report.feedback
    assert report.engine == {"name": "parley-writing-rules", "version": "1"}


def test_the_same_text_gives_the_same_report() -> None:
    text = writing_texts.load("held_out")[6].text
    assert evaluate.evaluate(text, PROMPT, "A2", 40) == evaluate.evaluate(text, PROMPT, "A2", 40)


def test_corrections_name_the_very_characters() -> None:
    text = "She don’t like it. Yesterday I goed home, becouse it was to late.  He have two cat."
    for one in evaluate.corrections(text):
        assert text[one.start : one.end] == one.original
        assert one.suggestion != one.original
        assert one.message


def test_corrections_do_not_overlap_and_can_all_be_applied() -> None:
    for text in writing_texts.load("development"):
        found = evaluate.corrections(text.text)
        assert all(left.end <= right.start for left, right in pairwise(found))
        again = evaluate.corrections(applied(text.text, found))
        assert len(again) <= max(1, len(found) // 3), (text.name, again)


@pytest.mark.parametrize(
    ("name", "text", "most"),
    [
        ("nothing", "", 0),
        ("blank", " \n\t ", 0),
        ("one word", "Portugal.", 20),
        ("the prompt pasted", PROMPT, 15),
        ("the prompt twice", f"{PROMPT} {PROMPT}", 15),
        ("one sentence again and again", "I went to the beach with my family. " * 12, 20),
        ("one word again and again", "holiday " * 60, 15),
        ("German", "Letzten Sommer bin ich mit meinen Freunden nach Portugal gefahren, wo wir am Strand waren.", 10),
        ("Spanish", "El verano pasado fui a la playa con mi familia y comimos mucho pescado en el pueblo.", 10),
        ("Russian", "Прошлым летом мы с друзьями ездили в Португалию и жили в маленькой гостинице.", 10),
        ("Chinese", "去年夏天我和两个朋友去了葡萄牙,我们住在海边的一家小旅馆里。", 10),
        ("letters", "asdf qwer zxcv hjkl poiu asdf qwer zxcv hjkl poiu asdf qwer", 15),
        ("nouns only", "holiday beach hotel sun family friends food boat summer town trip plane water sand " * 3, 15),
    ],
)
def test_gaming_does_not_pay(name: str, text: str, most: int) -> None:
    assert overall(text) <= most


def test_shuffled_words_do_not_pay() -> None:
    chance = random.Random(5)
    caught = 0
    for _ in range(20):
        words = GOOD.replace(".", "").replace(",", "").lower().split()
        chance.shuffle(words)
        caught += overall(" ".join(words) + ".") <= 55
    assert caught >= 18


def test_a_pasted_prompt_before_a_real_answer_costs_but_does_not_kill() -> None:
    assert overall(GOOD) - 35 <= overall(f"{PROMPT} {GOOD}") <= overall(GOOD) - 5


def test_a_text_about_something_else_loses_its_points_for_the_task() -> None:
    other = (
        "My new computer is very fast. It has a large screen and a good keyboard. I use it for programming and for "
        "games. It was expensive, but I am happy with it because the old one was broken and slow."
    )
    on_topic, off_topic = evaluate.evaluate(GOOD, PROMPT), evaluate.evaluate(other, PROMPT)
    assert off_topic.criteria[0].score <= 50 < on_topic.criteria[0].score
    assert off_topic.overall < on_topic.overall


def test_a_text_that_is_too_short_loses_points() -> None:
    scores = [overall(" ".join(GOOD.split()[:count]) + ".") for count in (8, 16, 30, 60)]
    assert scores == sorted(scores)
    assert scores[0] <= 80


def test_a_harder_aim_asks_for_more() -> None:
    simple = (
        "I have a cat. It is black. It likes milk. I play with it every day. It sleeps in my room. I love my cat. " * 1
    )
    scores = [evaluate.evaluate(simple, level=level).overall for level in ("A1", "A2", "B1", "B2", "C1")]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] - scores[-1] >= 20


def test_the_estimate_follows_the_level_of_the_texts() -> None:
    order = ["A1", "A2", "B1", "B2", "C1", "C2"]
    means = {}
    for level in order[:5]:
        texts = [text for name in ("development", "held_out", "unseen") for text in writing_texts.load(name)]
        ranks = [order.index(evaluate.evaluate(text.right).cefr_level) for text in texts if text.level == level]
        means[level] = sum(ranks) / len(ranks)
    assert list(means.values()) == sorted(means.values())
    assert means["A1"] < 1.0 < 2.0 < means["C1"]


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "the ",
        ".",
        "word,word",
        "“",
        "a@",
        "a.",
        "don't ",
        "\n",
        "he and I my wife who people the number of ",
    ],
)
def test_a_text_eight_times_as_long_does_not_take_much_over_eight_times_as_long(piece: str) -> None:
    def cost(length: int) -> float:
        begun = time.thread_time()
        report = evaluate.evaluate((piece * length)[:length], PROMPT, "B1", 100)
        assert report.overall <= 30
        return time.thread_time() - begun

    cost(100)
    assert min(cost(20_000) for _ in range(2)) < 24 * max(cost(2_500) for _ in range(2))


def test_what_cannot_be_seen_changes_nothing_and_corrections_stand_in_the_own_text() -> None:
    text = "He go to school every day. I am agree with you, because it is importent."
    plain = evaluate.evaluate(text)
    hidden = (
        text.replace("school", "scho\u00adol")
        .replace(" every", "\u200b\u00a0every")
        .replace("importent", "im\u200bportent")
    )
    found = evaluate.evaluate(hidden)
    assert [(one.suggestion, one.kind) for one in found.corrections] == [
        (one.suggestion, one.kind) for one in plain.corrections
    ]
    assert (found.overall, found.cefr_level) == (plain.overall, plain.cefr_level)
    for one in found.corrections:
        assert hidden[one.start : one.end] == one.original
    assert "im\u200bportent" in [one.original for one in found.corrections]
