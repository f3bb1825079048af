"""Every kind of task: right, partly right and wrong."""

import pytest

from api.english.catalog import frame, options, schema
from api.english.tasks import closed, spoken, typed
from api.english.tasks.spoken import Heard
from speech import assessment
from tests.support import reports

CHOICE = schema.ChoiceVariant(
    passage="Ana lives in London.",
    questions=[
        schema.ChoiceQuestion(ask="Where?", right="In London", wrong=["In Rome", "In Paris"], why="She lives there."),
        schema.ChoiceQuestion(ask="Who?", right="Ana", wrong=["Tom", "Mei"], why="The text is about Ana."),
    ],
)
ORDER = schema.OrderingVariant(order="I / always / have / tea / at six.", why="Adverbs go before the verb.")
MATCH = schema.MatchingVariant(
    pairs=[("one", "1"), ("two", "2"), ("three", "3"), ("four", "4")], extra=["5"], why="Count."
)
GAP = schema.GapVariant(text='She {works#Add -s.} here and {doesn\'t|does not#Use "does".} drive a {lorry}.')
DICTATION = schema.DictationVariant(text="She isn't my sister, she's my friend.")


class TestChoice:
    def test_each_question_counts_alike_and_a_wrong_one_is_explained(self) -> None:
        right = options.choice_ids(CHOICE, "k", 1)["In London"]
        graded = closed.choice(CHOICE, "k", [right, "z"])
        assert graded.score == 50 and not graded.passed
        assert "2: The text is about Ana." in graded.feedback and "1:" not in graded.feedback

    def test_options_are_shuffled_the_same_way_every_time_and_differently_by_variant(self) -> None:
        orders = {tuple(options.choice_ids(CHOICE, f"task/{n}", 1)) for n in range(12)}
        assert len(orders) > 1
        assert options.choice_ids(CHOICE, "k", 1) == options.choice_ids(CHOICE, "k", 1)


class TestOrdering:
    def ids(self, *parts: str) -> list[str]:
        table = options.part_ids(ORDER, "k")
        return [table[part] for part in parts]

    def test_the_shown_order_is_never_the_answer(self) -> None:
        for n in range(50):
            assert list(options.part_ids(ORDER, str(n))) != ["I", "always", "have", "tea", "at six."]

    def test_neighbours_that_belong_together_earn_credit(self) -> None:
        assert closed.ordering(ORDER, "k", self.ids("I", "always", "have", "tea", "at six.")).score == 100
        assert closed.ordering(ORDER, "k", self.ids("at six.", "I", "always", "have", "tea")).score == 75
        assert closed.ordering(ORDER, "k", self.ids("at six.", "tea", "have", "always", "I")).score == 0

    def test_a_part_given_twice_earns_nothing(self) -> None:
        assert closed.ordering(ORDER, "k", self.ids("I", "always", "have", "tea", "tea")).score == 0

    def test_another_right_order_counts(self) -> None:
        variant = ORDER.model_copy(update={"also": ["at six. / I / always / have / tea"]})
        table = options.part_ids(variant, "k")
        given = [table[part] for part in ("at six.", "I", "always", "have", "tea")]
        assert closed.ordering(variant, "k", given).score == 100


class TestMatching:
    def test_each_pair_counts_and_the_author_explains(self) -> None:
        ids = options.match_ids(MATCH, "k")
        graded = closed.matching(MATCH, "k", [ids["1"], ids["2"], ids["4"], ids["3"]])
        assert graded.score == 50 and graded.feedback.endswith("Count.")
        assert [part.verdict for part in graded.parts] == ["right", "right", "wrong", "wrong"]


class TestGap:
    def test_contractions_and_slips(self) -> None:
        graded = typed.gap(GAP, "k", ["works", "does not", "lorrry"])
        assert graded.score == 93
        assert [(c.item, c.original, c.suggestion, c.kind) for c in graded.corrections] == [
            ("3", "lorrry", "lorry", "spelling")
        ]

    def test_a_wrong_form_is_explained_and_remembered(self) -> None:
        graded = typed.gap(GAP, "k", ["work", "doesn't"])
        assert graded.score == 33
        assert "1: Add -s." in graded.feedback and "3: No answer." in graded.feedback
        assert graded.missed == ("works", "lorry") and graded.mastered == ("doesn't",)

    def test_a_word_from_the_box_may_be_sent_by_id_or_text(self) -> None:
        variant = schema.GapVariant(text="{Although} it rained, we went.", extra=["Despite", "Because"])
        ids = options.bank_ids(variant, "k")
        assert ids is not None and set(ids) == {"Although", "Despite", "Because"}
        assert typed.gap(variant, "k", [ids["Although"]]).score == 100
        assert typed.gap(variant, "k", "although").score == 100
        assert typed.gap(variant, "k", [ids["Despite"]]).score == 0


class TestDictation:
    @pytest.mark.parametrize(
        "given",
        [
            "she isn't my sister she's my friend",
            "She is not my sister, she is my friend.",
            "SHE ISNT MY SISTER SHES MY FRIEND",
        ],
    )
    def test_case_punctuation_and_contractions_do_not_count(self, given: str) -> None:
        assert typed.dictation(DICTATION, given).score == 100

    def test_every_word_is_judged_with_its_span(self) -> None:
        given = "She isn't my sester, she's very my frend"
        graded = typed.dictation(DICTATION, given)
        assert 70 <= graded.score <= 85
        for correction in graded.corrections:
            assert given[correction.start : correction.end] == correction.original
        assert {(c.original, c.kind) for c in graded.corrections} == {
            ("sester", "spelling"),
            ("very", "extra_word"),
            ("frend", "spelling"),
        }
        assert graded.missed == ("sister", "friend")

    def test_nothing_or_anything_earns_nothing(self) -> None:
        assert typed.dictation(DICTATION, "").score == 0
        assert typed.dictation(DICTATION, "my friend " * 40).score == 0


REPORT = reports.report(80, reports.word("phone", 95), reports.word("anything", 41, "mispronunciation")) | {
    "fluency": 70
}
ALOUD = schema.AnswerAloudVariant(
    ask="Who are you and where do you live?",
    max_seconds=30,
    points=[frame.Point(say="your name", words="name|i'm"), frame.Point(say="where you live", words="live*|town")],
    model="My name is Ana and I live in Lisbon.",
)


class TestSpoken:
    def test_reading_needs_the_right_words_as_well_as_a_good_sound(self) -> None:
        text = "Here is my phone number if you ever need anything."
        good = spoken.reading(text, Heard(text, REPORT, 4.0))
        other = spoken.reading(text, Heard("Something completely different was said.", REPORT, 4.0))
        assert good.score >= 80 and good.missed == ("anything",) and "“anything”" in good.feedback
        assert other.score < 40

    def test_an_answer_counts_content_amount_and_sound(self) -> None:
        full = spoken.answer(ALOUD, "A1", Heard("My name is Pedro and I live in a small flat in Madrid", REPORT, 6.0))
        half = spoken.answer(ALOUD, "A1", Heard("I'm Pedro", REPORT, 2.0))
        silent = spoken.answer(ALOUD, "A1", Heard("", REPORT, 2.0))
        assert full.score >= 85 > half.score > silent.score == 0
        assert "where you live" in half.feedback

    def test_an_answer_whose_words_were_all_doubtful_is_graded_as_one_that_nobody_scored(self) -> None:
        said = "My name is Pedro and I live in a small flat in Madrid"
        doubtful: assessment.Report = {**REPORT, "overall": None, "fluency": None, "refused": "not_understood"}
        nobody, unsure = (spoken.answer(ALOUD, "A1", Heard(said, one, 6.0)) for one in (None, doubtful))
        assert unsure.score == nobody.score > 50
        assert "Pronunciation 0" not in unsure.feedback

    def test_a_typed_answer_earns_at_most_sixty(self) -> None:
        graded = spoken.answer(
            ALOUD, "A1", Heard("My name is Pedro and I live in a small flat in Madrid", None, 0, typed=True)
        )
        assert graded.score == 60

    def test_repeating_the_question_is_not_an_answer(self) -> None:
        graded = spoken.answer(
            ALOUD, "A1", Heard("Who are you and where do you live you live you live you live", REPORT, 6.0)
        )
        assert graded.score < 30

    def test_role_play_turns_are_judged_in_their_own_turn(self) -> None:
        variant = schema.RolePlayVariant(
            situation="At a shop.",
            turns=[
                schema.RoleTurn(
                    partner="Hello!", goal="Ask the price.", words="how much|price", model="How much is it?"
                ),
                schema.RoleTurn(partner="Ten euros.", goal="Say thank you.", words="thank*", model="Thanks a lot."),
            ],
        )
        right = spoken.role(variant, "A1", Heard("How much is that blue shirt? Thank you very much.", REPORT, 5), None)
        swapped = spoken.role(
            variant,
            "A1",
            Heard("Thanks. How much is that?", None, 0, typed=True),
            ["Thank you very much.", "How much is that shirt?"],
        )
        assert right.score >= 80
        assert swapped.score == 0 and "Ask the price." in swapped.feedback


def test_digits_heard_for_words_and_words_for_digits_count_as_understood() -> None:
    for text, heard in [
        ("two eight nine one", "2891."),
        ("2891", "two eight nine one"),
        ("It is half past three.", "It is 3:30."),
        ("Born in nineteen eighty four.", "Born in 1984."),
        ("three dollars and fifty cents", "$3.50"),
        ("the twenty-first of May", "the 21st of May"),
        ("Call 555-1212.", "Call five five five one two one two."),
    ]:
        assert spoken.word_share(text, heard) == 1, text
    assert spoken.word_share("two eight nine one", "2892.") == 0


def test_a_dictation_takes_numbers_and_marks_as_they_are_written() -> None:
    said = DICTATION.model_copy(update={"text": "My number is two eight nine one, and I don't know yours."})
    given = "“My num\u00adber is 2891—and I\u00a0don’t kno\u200bw yours…”"
    graded = typed.dictation(said, given)
    assert graded.score == 100 and not graded.corrections
    wrong = typed.dictation(said, given.replace("num\u00adber", "num\u00adbre"))
    assert [(one.start, one.end, one.suggestion) for one in wrong.corrections] == [(4, 11, "number")]


def test_what_is_said_around_a_text_costs_nothing_and_what_is_said_within_it_does() -> None:
    whole = "Let us know if you have any other questions."
    for part in ("Let us know", "if you have", "any other questions", "know", whole):
        assert spoken.word_share(part, whole) == 1, part
    assert spoken.word_share("for your country", "what you can do for you ask for your country now") == 1
    assert spoken.word_share("Let us know", "Let us all please know") == pytest.approx(2 / 3)
    assert spoken.word_share("one two", "so one or two") == 0.75
    assert spoken.word_share("Let us know", "") == spoken.word_share("Let us know", "nothing of it") == 0
