"""What all tasks of a module are made of, whatever their kind."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Level = Literal["A1", "A2", "B1", "B2", "C1"]
Skill = Literal["reading", "writing", "listening", "speaking"]
LEVELS: tuple[Level, ...] = ("A1", "A2", "B1", "B2", "C1")
SKILLS: tuple[Skill, ...] = ("reading", "writing", "listening", "speaking")

Text = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Strict(BaseModel):
    """Parts are checked with the whole module, whose validator is built when one is read, or by `server.warmup`."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Variant(Strict):
    """What every variant may have: a text to read, or a script that is heard and never shown."""

    passage: Text | None = None
    script: Text | None = None


class Point(Strict):
    """One thing the learner has to say, and word stems (`price|cost|expens*`) that show it was said."""

    say: Text
    words: Text


class TaskFrame(Strict):
    id: Slug
    skill: Skill
    title: Text
    prompt: Text
