"""The shape of a module file in `api/english/content/`: what an author may write, and nothing else.

docs/content.md explains each field to authors. These models are for the server only; what a learner
sees is made from them in `catalog/present.py`, which leaves answers, scripts and rubrics out.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.english.catalog import markup

Level = Literal["A1", "A2", "B1", "B2", "C1"]
Skill = Literal["reading", "writing", "listening", "speaking"]
LEVELS: tuple[Level, ...] = ("A1", "A2", "B1", "B2", "C1")
SKILLS: tuple[Skill, ...] = ("reading", "writing", "listening", "speaking")

Text = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Variant(Strict):
    """What every variant may have: a text to read, or a script that is heard and never shown."""

    passage: Text | None = None
    script: Text | None = None


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
    extra: list[Text] = []

    @model_validator(mode="after")
    def has_gaps(self) -> Self:
        if not 1 <= len(markup.gaps(self.text)) <= 10:
            raise ValueError("a gap text has 1 to 10 gaps")
        return self


class OrderingVariant(Variant):
    """`order` is the right order, parts separated by ` / `; `also` holds other right orders of the same parts."""

    order: Text
    also: list[Text] = []
    why: Text

    @model_validator(mode="after")
    def same_parts(self) -> Self:
        parts = sorted(markup.parts(self.order))
        if not 3 <= len(parts) <= 10:
            raise ValueError("an ordering has 3 to 10 parts")
        if any(sorted(markup.parts(other)) != parts for other in self.also):
            raise ValueError("another order must have the same parts")
        return self


class MatchingVariant(Variant):
    pairs: Annotated[list[tuple[Text, Text]], Field(min_length=3, max_length=8)]
    extra: list[Text] = []
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


class Point(Strict):
    """One thing the learner has to say, and word stems (`price|cost|expens*`) that show it was said."""

    say: Text
    words: Text


class WritingVariant(Variant):
    ask: Text
    min_words: Annotated[int, Field(ge=10, le=250)]
    points: Annotated[list[Point], Field(min_length=2, max_length=6)]
    model: Text


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


class TaskFrame(Strict):
    id: Slug
    skill: Skill
    title: Text
    prompt: Text


class ChoiceTask(TaskFrame):
    kind: Literal["multiple_choice"]
    variants: Annotated[list[ChoiceVariant], Field(min_length=3)]


class GapTask(TaskFrame):
    kind: Literal["gap"]
    variants: Annotated[list[GapVariant], Field(min_length=3)]


class OrderingTask(TaskFrame):
    kind: Literal["ordering"]
    variants: Annotated[list[OrderingVariant], Field(min_length=3)]


class MatchingTask(TaskFrame):
    kind: Literal["matching"]
    variants: Annotated[list[MatchingVariant], Field(min_length=3)]


class ShortTask(TaskFrame):
    kind: Literal["short_answer"]
    variants: Annotated[list[ShortVariant], Field(min_length=3)]


class DictationTask(TaskFrame):
    kind: Literal["dictation"]
    variants: Annotated[list[DictationVariant], Field(min_length=3)]


class WritingTask(TaskFrame):
    kind: Literal["free_writing"]
    variants: Annotated[list[WritingVariant], Field(min_length=3)]


class ReadAloudTask(TaskFrame):
    kind: Literal["read_aloud"]
    variants: Annotated[list[ReadAloudVariant], Field(min_length=3)]


class RepeatTask(TaskFrame):
    kind: Literal["repeat"]
    variants: Annotated[list[RepeatVariant], Field(min_length=3)]


class AnswerAloudTask(TaskFrame):
    kind: Literal["answer_aloud"]
    variants: Annotated[list[AnswerAloudVariant], Field(min_length=3)]


class RolePlayTask(TaskFrame):
    kind: Literal["role_play"]
    variants: Annotated[list[RolePlayVariant], Field(min_length=3)]


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
    | RolePlayTask,
    Field(discriminator="kind"),
]


class Word(Strict):
    """A word the module teaches, with a short meaning in easy English."""

    word: Text
    meaning: Text


class Module(Strict):
    """One module file. `order` places it in its level; `requires` names modules to complete first."""

    id: Slug
    level: Level
    order: Annotated[int, Field(ge=1)]
    title: Text
    description: Text
    objectives: Annotated[list[Text], Field(min_length=2, max_length=6)]
    requires: list[Slug] = []
    names: list[Text] = []
    vocabulary: list[Word] = []
    tasks: Annotated[list[Task], Field(min_length=8)]

    @property
    def skills(self) -> list[Skill]:
        return [skill for skill in SKILLS if any(task.skill == skill for task in self.tasks)]
