"""The shape of a module file in `api/english/content/`: what an author may write, and nothing else.

docs/content.md explains each field to authors. These models are for the server only; what a learner
sees is made from them in `catalog/present.py`, which leaves answers, scripts and rubrics out.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from api.english.catalog import drills, markup
from api.english.catalog.frame import SKILLS, Level, Point, Skill, Slug, Strict, TaskFrame, Text, Variant


class ChoiceQuestion(Strict):
    ask: Text
    right: Text
    wrong: Annotated[list[Text], Field(min_length=2, max_length=4)]
    why: Text


class ChoiceVariant(Variant):
    questions: Annotated[list[ChoiceQuestion], Field(min_length=1, max_length=5)]


class GapVariant(Variant):
    """`text` has gaps such as `{went|did go#The past of "go" is irregular.}`; `extra` makes a word bank."""

    text: Text
    extra: list[Text] = Field(default_factory=list)

    @model_validator(mode="after")
    def has_gaps(self) -> Self:
        """A gap text has 1 to 10 gaps."""
        if not 1 <= len(markup.gaps(self.text)) <= 10:
            raise ValueError("a gap text has 1 to 10 gaps")
        return self


class ClozeVariant(GapVariant):
    """A whole text with a gap every few words. Without `extra` it is open: any right word counts."""

    @model_validator(mode="after")
    def has_gaps(self) -> Self:
        """A cloze has 5 to 15 gaps."""
        if not 5 <= len(markup.gaps(self.text)) <= 15:
            raise ValueError("a cloze has 5 to 15 gaps")
        return self


class WordFormationVariant(GapVariant):
    """Gaps with the word to make the answer from: `{HAPPY>happiness#A noun is needed.}`."""

    extra: Annotated[list[Text], Field(max_length=0)] = Field(default_factory=list)

    @model_validator(mode="after")
    def has_gaps(self) -> Self:
        """A word formation has 3 to 10 gaps."""
        found = markup.gaps(self.text)
        if not 3 <= len(found) <= 10:
            raise ValueError("a word formation has 3 to 10 gaps")
        if any(gap.base is None or gap.why is None for gap in found):
            raise ValueError("a gap of a word formation is {WORD>answer#why}")
        return self


class OrderingVariant(Variant):
    """`order` is the right order, parts separated by ` / `; `also` holds other right orders of the same parts."""

    order: Text
    also: list[Text] = Field(default_factory=list)
    why: Text

    @model_validator(mode="after")
    def same_parts(self) -> Self:
        """Every accepted order has the same 3 to 10 parts."""
        parts = sorted(markup.parts(self.order))
        if not 3 <= len(parts) <= 10:
            raise ValueError("an ordering has 3 to 10 parts")
        if any(sorted(markup.parts(other)) != parts for other in self.also):
            raise ValueError("another order must have the same parts")
        return self


class MatchingVariant(Variant):
    pairs: Annotated[list[tuple[Text, Text]], Field(min_length=3, max_length=8)]
    extra: list[Text] = Field(default_factory=list)
    why: Text | None = None


class ShortQuestion(Strict):
    """`accept` holds patterns: `(the) bus|coach stop` (see `tasks/answers.py`)."""

    ask: Text
    accept: Annotated[list[Text], Field(min_length=1)]
    articles: Literal["free", "strict"] = "free"
    why: Text


class ShortVariant(Variant):
    questions: Annotated[list[ShortQuestion], Field(min_length=1, max_length=5)]


class DictationVariant(Strict):
    text: Text


class WritingVariant(Variant):
    ask: Text
    min_words: Annotated[int, Field(ge=10, le=250)]
    points: Annotated[list[Point], Field(min_length=2, max_length=6)]
    model: Text


class SummaryVariant(WritingVariant):
    """What was read (`passage`) or heard (`script`) in the learner's words, `max_words` at most."""

    max_words: Annotated[int, Field(ge=15, le=250)]

    @model_validator(mode="after")
    def has_a_source(self) -> Self:
        """A summary is of a passage or of a listening text, not of both."""
        if (self.passage is None) == (self.script is None):
            raise ValueError("a summary has a passage or a script")
        if self.min_words >= self.max_words:
            raise ValueError("min_words must be below max_words")
        return self


class ReadAloudVariant(Strict):
    text: Text


class RepeatVariant(Strict):
    text: Text


class AnswerAloudVariant(Variant):
    ask: Text
    max_seconds: Annotated[int, Field(ge=10, le=300)]
    points: Annotated[list[Point], Field(min_length=2, max_length=6)]
    model: Text


class RoleTurn(Strict):
    """The partner's line, what the learner should do next, stems that show it was done, and one good line."""

    partner: Text
    goal: Text
    words: Text
    model: Text


class RolePlayVariant(Strict):
    situation: Text
    turns: Annotated[list[RoleTurn], Field(min_length=2, max_length=6)]


class ChoiceTask(TaskFrame):
    kind: Literal["multiple_choice"]
    variants: Annotated[list[ChoiceVariant], Field(min_length=1)]


class GapTask(TaskFrame):
    kind: Literal["gap"]
    variants: Annotated[list[GapVariant], Field(min_length=1)]


class ClozeTask(TaskFrame):
    kind: Literal["cloze"]
    variants: Annotated[list[ClozeVariant], Field(min_length=1)]


class WordFormationTask(TaskFrame):
    kind: Literal["word_formation"]
    variants: Annotated[list[WordFormationVariant], Field(min_length=1)]


class OrderingTask(TaskFrame):
    kind: Literal["ordering"]
    variants: Annotated[list[OrderingVariant], Field(min_length=1)]


class MatchingTask(TaskFrame):
    kind: Literal["matching"]
    variants: Annotated[list[MatchingVariant], Field(min_length=1)]


class ShortTask(TaskFrame):
    kind: Literal["short_answer"]
    variants: Annotated[list[ShortVariant], Field(min_length=1)]


class DictationTask(TaskFrame):
    kind: Literal["dictation"]
    variants: Annotated[list[DictationVariant], Field(min_length=1)]


class WritingTask(TaskFrame):
    kind: Literal["free_writing"]
    variants: Annotated[list[WritingVariant], Field(min_length=1)]


class SummaryTask(TaskFrame):
    kind: Literal["summary"]
    skill: Literal["writing"]
    variants: Annotated[list[SummaryVariant], Field(min_length=1)]


class ReadAloudTask(TaskFrame):
    kind: Literal["read_aloud"]
    variants: Annotated[list[ReadAloudVariant], Field(min_length=1)]


class RepeatTask(TaskFrame):
    kind: Literal["repeat"]
    variants: Annotated[list[RepeatVariant], Field(min_length=1)]


class AnswerAloudTask(TaskFrame):
    kind: Literal["answer_aloud"]
    variants: Annotated[list[AnswerAloudVariant], Field(min_length=1)]


class RolePlayTask(TaskFrame):
    kind: Literal["role_play"]
    variants: Annotated[list[RolePlayVariant], Field(min_length=1)]


Task = Annotated[
    ChoiceTask
    | GapTask
    | OrderingTask
    | MatchingTask
    | ShortTask
    | DictationTask
    | WritingTask
    | ReadAloudTask
    | RepeatTask
    | AnswerAloudTask
    | RolePlayTask
    | ClozeTask
    | WordFormationTask
    | SummaryTask
    | drills.MinimalPairsTask
    | drills.SayPairsTask
    | drills.InformationGapTask
    | drills.ErrorHuntTask
    | drills.PictureTask,
    Field(discriminator="kind"),
]


class Word(Strict):
    """A word the module teaches, with a short meaning in easy English."""

    word: Text
    meaning: Text


class Module(Strict):
    """Tasks on one subject. `order` places it in its level; `requires` names modules to complete first."""

    id: Slug
    level: Level
    order: Annotated[int, Field(ge=1)]
    title: Text
    description: Text
    objectives: Annotated[list[Text], Field(min_length=2, max_length=6)]
    requires: list[Slug] = Field(default_factory=list)
    names: list[Text] = Field(default_factory=list)
    vocabulary: list[Word] = Field(default_factory=list)
    tasks: Annotated[list[Task], Field(min_length=1)]

    @property
    def skills(self) -> list[Skill]:
        """Skills that its tasks train."""
        return [skill for skill in SKILLS if any(task.skill == skill for task in self.tasks)]

    def task(self, task_id: str) -> Task | None:
        """None when it has no such task."""
        return next((task for task in self.tasks if task.id == task_id), None)


class CourseModule(Module):
    """A module file of the course: large enough for all skills, and to be done again with other content."""

    tasks: Annotated[list[Task], Field(min_length=8)]

    @model_validator(mode="after")
    def can_be_repeated(self) -> Self:
        """Every task has at least 3 variants."""
        for task in self.tasks:
            if len(task.variants) < 3:
                raise ValueError(f"{task.id} has fewer than 3 variants")
        return self
