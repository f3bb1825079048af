"""Kinds of task that train one thing: each right answer counts, each wrong one is explained, nothing else is."""

import pytest
from pydantic import ValidationError

from api.english.catalog import drills, frame, markup, options, schema
from api.english.tasks import drill_check, exchange, free, hunt, sounds, typed
from api.english.tasks.spoken import Heard
from tests.support import reports

HUNT = drills.ErrorHuntVariant(
    text="Yesterday I {go=>went#“Yesterday” needs the past.} to {=>the#We know which one.} shop with {informations=>"
    "information#No plural.} and discussed {about=>#Discuss something.} the price. She {don't=>doesn't#She does.} care."
)
PAIRS = drills.MinimalPairsVariant(
    pairs=[
        drills.HeardPair(said="ship", other="sheep", sentence="Look at that {}!"),
        drills.HeardPair(said="live", other="leave"),
        drills.HeardPair(said="bad", other="bed"),
    ]
)
SAY = drills.SayPairsVariant(pairs=[("ship", "sheep"), ("think", "sink")])
GAP = drills.InformationGapVariant(
    situation="You want to go to York. Ask the clerk.",
    card="To: York\nBack: Sunday",
    turns=[
        drills.AskTurn(
            ask="Find out when the train leaves.",
            words="when|what time",
            reply="It leaves at 7:15.",
            model="When does the train leave?",
        ),
        drills.AskTurn(
            ask="Find out how much a ticket costs.",
            words="how much|price|cost*",
            reply="It's £34.",
            model="How much is a ticket?",
        ),
        drills.TellTurn(
            partner="When are you coming back?",
            accept=["(on) Sunday"],
            why="Your card says Sunday.",
            model="I'm coming back on Sunday.",
        ),
    ],
)


class TestErrorHunt:
    mended = "Yesterday I went to the shop with information and discussed the price. She doesn't care."

    def test_the_learner_sees_the_errors_and_their_correction_earns_everything(self) -> None:
        assert markup.faulty(HUNT.text) == (
            "Yesterday I go to shop with informations and discussed about the price. She don't care."
        )
        assert markup.mended(HUNT.text) == self.mended
        assert hunt.errors(HUNT, self.mended).score == 100
        assert hunt.errors(HUNT, "yesterday i went to the shop with information and discussed the price."
                                 " She does not care").score == 100  # fmt: skip

    @pytest.mark.parametrize("given", ["", " ", markup.faulty(HUNT.text), "x", "the " * 500])
    def test_nothing_corrected_earns_nothing(self, given: str) -> None:
        assert hunt.errors(HUNT, given).score == 0

    def test_each_error_counts_by_its_place_and_is_explained(self) -> None:
        graded = hunt.errors(HUNT, self.mended.replace("went", "go").replace("information", "informations"))
        assert [part.credit for part in graded.parts] == [0, 1, 0, 1, 1] and graded.score == 60
        assert "“Yesterday” needs the past." in graded.feedback
        assert [(one.original, one.suggestion) for one in graded.corrections] == [
            ("go", "went"), ("informations", "information")]  # fmt: skip

    def test_an_error_that_is_found_but_not_corrected_earns_a_part(self) -> None:
        graded = hunt.errors(HUNT, self.mended.replace("went", "gone"))
        assert graded.parts[0].credit == hunt.FOUND and graded.score == 88

    def test_right_words_that_were_changed_cost(self) -> None:
        graded = hunt.errors(HUNT, self.mended.replace("Yesterday", "Today").replace("care", "care at all"))
        assert graded.score == 70 and all(part.credit == 1 for part in graded.parts)
        assert "other words were right" in graded.feedback
        assert ("Today", "Yesterday") in [(one.original, one.suggestion) for one in graded.corrections]

    def test_several_tries_at_one_place_are_no_choice(self) -> None:
        for tries in ("gone went", "went gone", "gone goes went", "go went"):
            assert hunt.errors(HUNT, self.mended.replace("went", tries)).score < 100, tries
        assert hunt.errors(HUNT, self.mended.replace("the shop", "a the shop")).score < 100
        assert hunt.errors(HUNT, self.mended.replace("the shop", "a shop")).score == 80

    def test_leaving_out_what_is_wrong_is_no_correction(self) -> None:
        assert hunt.errors(HUNT, "Yesterday I to shop with and discussed the price. She care.").score < 60

    def test_a_text_without_its_errors_has_none_of_another_notation(self) -> None:
        with pytest.raises(ValidationError):
            drills.ErrorHuntVariant(text="I {go|went} {to=>#x} {a=>b#c} {d=>e#f}.")
        with pytest.raises(ValidationError):
            drills.ErrorHuntVariant(text="I {go=>went#Past.} home.")


class TestMinimalPairs:
    def right(self) -> list[str]:
        return [options.pair_ids(pair, "k", n)[pair.said] for n, pair in enumerate(PAIRS.pairs, 1)]

    def test_each_pair_counts_and_the_sounds_are_named(self) -> None:
        assert sounds.told_apart(PAIRS, "k", self.right()).score == 100
        assert sounds.told_apart(PAIRS, "k", ["ship", "live", "bad"]).score == 100
        graded = sounds.told_apart(PAIRS, "k", ["sheep", *self.right()[1:]])
        assert graded.score == 67 and "“ship” has /ɪ/, “sheep” has /i/." in graded.feedback
        assert sounds.told_apart(PAIRS, "k", "").score == 0

    @pytest.mark.parametrize(
        ("one", "other", "found"),
        [("ship", "sheep", ("IH", "IY")), ("think", "sink", ("TH", "S")), ("ship", "shape", ("IH", "EY")),
         ("ship", "chops", None), ("ship", "ship", None), ("zzgx", "ship", None)],
    )  # fmt: skip
    def test_words_differ_in_one_sound_or_are_no_pair(
        self, one: str, other: str, found: tuple[str, str] | None
    ) -> None:
        assert sounds.contrast(one, other) == found

    def said(self, *scores: tuple[float, str | None]) -> Heard:
        names = [["SH", "IH", "P"], ["SH", "IY", "P"], ["TH", "IH", "NG", "K"], ["S", "IH", "NG", "K"]]
        places = [1, 1, 0, 0]
        found = []
        for index, (phones, place, (score, heard)) in enumerate(zip(names, places, scores, strict=True)):
            made = [reports.phone(name, 95) for name in phones]
            made[place]["score"] = score
            if heard is not None:
                made[place]["heard"] = heard
            found.append({**reports.word("word", 90, "none", *made), "index": index})
        return Heard("ship sheep think sink", reports.report(90, *found), 4.0)  # type: ignore[arg-type]

    def test_what_is_said_is_judged_by_the_sound_that_differs(self) -> None:
        assert sounds.said(SAY, self.said((100, None), (100, None), (100, None), (100, None))).score == 100
        graded = sounds.said(SAY, self.said((50, "IY"), (90, None), (40, "S"), (90, None)))
        assert [part.credit for part in graded.parts] == [0, 0.9, 0, 0.9] and not graded.passed
        assert "“think” sounded like /s/" in graded.feedback and graded.missed == ("ship", "think")

    def test_a_word_that_was_left_out_earns_nothing(self) -> None:
        heard = self.said((100, None), (100, None), (100, None), (100, None))
        assert heard.pronunciation is not None
        heard.pronunciation["words"][3]["error"] = "omission"
        assert sounds.said(SAY, heard).score == 75

    def test_without_a_scorer_the_words_heard_count_up_to_eighty(self) -> None:
        assert sounds.said(SAY, Heard("Ship, sheep. Think, sink.", None, 4.0)).score == 80
        assert sounds.said(SAY, Heard("Sheep, sheep. Sink, sink.", None, 4.0)).score == 40


class TestInformationGap:
    def test_every_turn_counts_and_the_partner_answers(self) -> None:
        graded = exchange.written(GAP, ["When does the train leave?", "How much is a ticket?", "On Sunday."])
        assert graded.score == 100 and "It leaves at 7:15." in graded.parts[0].message
        assert exchange.written(GAP, ["What time does the train leave", "how much is it", "sunday"]).score == 100

    def test_what_is_missing_is_named(self) -> None:
        graded = exchange.written(GAP, ["Hello!", "", "On Monday."])
        assert graded.score == 0 and "Your card says Sunday." in graded.feedback
        assert "When does the train leave?" in graded.feedback and "£34" not in graded.feedback

    def test_naming_is_not_asking_and_the_goal_is_no_question(self) -> None:
        graded = exchange.written(GAP, ["Find out when the train leaves.", "The price, thank you.", "Sunday"])
        assert [part.credit for part in graded.parts] == [0, 0.5, 1]

    def test_errors_in_a_question_cost_a_fifth(self) -> None:
        graded = exchange.written(GAP, ["When does the train leaves?", "How much is a ticket?", "Sunday"])
        assert graded.parts[0].credit == exchange.FAULTY and graded.corrections[0].item == "1"

    def test_a_recording_is_heard_as_a_whole(self) -> None:
        said = "When does the train leave? And how much is a ticket, please? I want to come back on Sunday evening."
        assert exchange.aloud(GAP, "A1", Heard(said, None, 9.0)).score == 80
        typed = exchange.aloud(GAP, "A1", Heard(said, None, 0.0, typed=True), said.split("? "))
        assert typed.score <= 60

    def test_something_is_asked_and_something_told(self) -> None:
        with pytest.raises(ValidationError):
            drills.InformationGapVariant(situation="x", card="y", turns=[*GAP.turns[:2], GAP.turns[0]])


class TestGapTexts:
    formed = schema.WordFormationVariant(
        text="Her {KIND>kindness#A noun.} is {USUAL>unusual|not usual#un-} and {HAPPY>happily#An adverb.} shown."
    )

    def test_the_word_to_form_is_shown_beside_its_gap(self) -> None:
        assert markup.blanked(self.formed.text) == "Her (1) ____ (KIND) is (2) ____ (USUAL) and (3) ____ (HAPPY) shown."
        assert markup.filled(self.formed.text) == "Her kindness is unusual and happily shown."
        graded = typed.gap(self.formed, "k", ["kindness", "usual", "hapily"])
        assert [part.credit for part in graded.parts] == [1, 0, 0.8] and "un-" in graded.feedback

    @pytest.mark.parametrize("text", ["A {kindness#x} {B>b#x} {C>c#x}.", "A {A>b} {B>c#x} {C>d#x}.", "{A>b#x} {C>d#x}"])
    def test_another_notation_is_refused(self, text: str) -> None:
        with pytest.raises(ValidationError):
            schema.WordFormationVariant(text=text)

    def test_a_cloze_has_gaps_enough_and_words_enough(self) -> None:
        with pytest.raises(ValidationError):
            schema.ClozeVariant(text="{a} {b} {c} {d}")
        short = schema.ClozeVariant(text="{a} {b c} {d} {e} {f}")
        found = list(drill_check.faults(short))
        assert any("too short" in one for one in found) and any("more than a word" in one for one in found)


class TestSummary:
    shown = schema.SummaryVariant(
        passage="A long text.", ask="Sum it up.", min_words=10, max_words=15, model="x",
        points=[frame.Point(say="cats", words="cat*"), frame.Point(say="dogs", words="dog*")],
    )  # fmt: skip

    def test_what_is_behind_the_limit_makes_no_point_and_costs(self) -> None:
        short = "one two three cats and dogs"
        long = "word " * 14 + "cats " + "and dogs " * 8 + "here."
        assert free.counted(self.shown, short) == short and free.within(self.shown, short) == (1.0, "")
        assert free.counted(self.shown, long).endswith("cats")
        share, said = free.within(self.shown, long)
        assert share == pytest.approx(15 / 32) and "15 are allowed" in said

    def test_limits_and_source_are_checked(self) -> None:
        with pytest.raises(ValidationError):
            schema.SummaryVariant.model_validate(self.shown.model_dump() | {"passage": None})
        with pytest.raises(ValidationError):
            schema.SummaryVariant.model_validate(self.shown.model_dump() | {"min_words": 15})


def test_a_picture_must_be_there_and_say_how_it_is_answered() -> None:
    points = [frame.Point(say="a", words="a"), frame.Point(say="b", words="b")]
    with pytest.raises(ValidationError, match="no picture"):
        drills.PictureVariant(picture="nowhere", alt="x", ask="y", min_words=20, points=points, model="z")
