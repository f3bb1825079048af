"""The shapes of the kinds of task that train one thing: a sound, a question, a correction, a picture."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from api.english.catalog import markup
from api.english.catalog.frame import Point, Slug, Strict, TaskFrame, Text

PICTURES = Path(__file__).parents[3] / "static" / "pictures"


class HeardPair(Strict):
    """Two words that differ in one sound. `said` is heard, in `sentence` (at `{}`) when there is one."""

    said: Text
    other: Text
    sentence: Text | None = None

    @model_validator(mode="after")
    def has_one_place(self) -> Self:
        """The sentence has one place for the word."""
        if self.sentence is not None and self.sentence.count("{}") != 1:
            raise ValueError("the sentence of a pair has one {}")
        if self.said.lower() == self.other.lower():
            raise ValueError("a pair has two words")
        return self

    @property
    def heard(self) -> str:
        """What is said aloud."""
        return self.sentence.format(self.said) if self.sentence else f"{self.said.capitalize()}."


class MinimalPairsVariant(Strict):
    pairs: Annotated[list[HeardPair], Field(min_length=3, max_length=8)]


class SayPairsVariant(Strict):
    """Pairs of words to say one after the other; the sound in which they differ is what counts."""

    pairs: Annotated[list[tuple[Text, Text]], Field(min_length=2, max_length=5)]

    @property
    def text(self) -> str:
        """What is read aloud."""
        return " ".join(f"{one.capitalize()}, {other}." for one, other in self.pairs)


class AskTurn(Strict):
    """Something to find out: stems that show it was asked for, the partner's reply, and one good question."""

    ask: Text
    words: Text
    reply: Text
    model: Text


class TellTurn(Strict):
    """The partner's question, whose answer is on the learner's card (`accept` as in short answers)."""

    partner: Text
    accept: Annotated[list[Text], Field(min_length=1)]
    why: Text
    model: Text


class InformationGapVariant(Strict):
    """`card` is the learner's half of the information; the other half is in the replies, shown afterwards."""

    situation: Text
    card: Text
    turns: Annotated[list[AskTurn | TellTurn], Field(min_length=3, max_length=8)]

    @model_validator(mode="after")
    def goes_both_ways(self) -> Self:
        """The learner both asks and answers."""
        if len({type(turn) for turn in self.turns}) < 2:
            raise ValueError("an information gap has something to ask and something to tell")
        return self


class ErrorHuntVariant(Strict):
    """`text` has errors such as `{go=>went|had gone#“Yesterday” needs the past.}`; either side may be empty."""

    text: Text

    @model_validator(mode="after")
    def has_errors(self) -> Self:
        """A text to hunt errors in has 3 to 10."""
        if not 3 <= len(markup.mistakes(self.text)) <= 10:
            raise ValueError("an error hunt has 3 to 10 errors")
        if any(one.wrong in one.accept for one in markup.mistakes(self.text)):
            raise ValueError("an error is its own correction")
        return self


class PictureVariant(Strict):
    """A picture of static/pictures (`market-day`: the file without `.svg`) to write or to talk about.

    `alt` tells those who cannot see it what is in it.
    """

    picture: Slug
    alt: Text
    ask: Text
    min_words: Annotated[int, Field(ge=10, le=250)] | None = None
    max_seconds: Annotated[int, Field(ge=10, le=300)] | None = None
    points: Annotated[list[Point], Field(min_length=2, max_length=6)]
    model: Text

    @model_validator(mode="after")
    def is_there(self) -> Self:
        """The picture is in the folder."""
        if not (PICTURES / f"{self.picture}.svg").is_file():
            raise ValueError(f"no picture {self.picture}.svg")
        if (self.min_words is None) == (self.max_seconds is None):
            raise ValueError("a picture has min_words (to write) or max_seconds (to speak)")
        return self


class MinimalPairsTask(TaskFrame):
    kind: Literal["minimal_pairs"]
    skill: Literal["listening"]
    variants: Annotated[list[MinimalPairsVariant], Field(min_length=1)]


class SayPairsTask(TaskFrame):
    kind: Literal["say_pairs"]
    skill: Literal["speaking"]
    variants: Annotated[list[SayPairsVariant], Field(min_length=1)]


class InformationGapTask(TaskFrame):
    kind: Literal["information_gap"]
    skill: Literal["writing", "speaking"]
    variants: Annotated[list[InformationGapVariant], Field(min_length=1)]


class ErrorHuntTask(TaskFrame):
    kind: Literal["error_hunt"]
    skill: Literal["writing"]
    variants: Annotated[list[ErrorHuntVariant], Field(min_length=1)]


class PictureTask(TaskFrame):
    kind: Literal["picture_description"]
    skill: Literal["writing", "speaking"]
    variants: Annotated[list[PictureVariant], Field(min_length=1)]

    @model_validator(mode="after")
    def fits_the_skill(self) -> Self:
        """Written descriptions ask for words, spoken ones do not."""
        if any((one.min_words is None) != (self.skill == "speaking") for one in self.variants):
            raise ValueError("a picture to write about has min_words, one to talk about max_seconds")
        return self
