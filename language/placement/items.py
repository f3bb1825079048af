"""The questions of the placement, written for Parley, with their difficulties from A1 to C1.

A difficulty is a place on the scale of `model`: 2.5 is the middle of B1, where half of the learners know the answer.
Each is its author's estimate; `benchmarks/placement.py` shows what wrong ones cost.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Skill = Literal["use", "reading", "listening", "writing", "speaking"]
Kind = Literal["choice", "gap", "writing", "reading_aloud"]
SKILLS: tuple[Skill, ...] = ("use", "reading", "listening", "writing", "speaking")
_FILE = Path(__file__).parent / "bank.json"


@dataclass(frozen=True)
class Item:
    """`text` is the question, the sentence with its gap (`___`), the topic, or what is read aloud.

    A choice has `right` and `wrong`, a gap `accept` (the first is the model), writing `min_words`. `script` is heard
    and never shown.
    """

    id: str
    skill: Skill
    difficulty: float
    text: str
    passage: str | None = None
    script: str | None = None
    right: str | None = None
    wrong: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    min_words: int | None = None

    @property
    def kind(self) -> Kind:
        """How the item is answered."""
        if self.skill == "writing":
            return "writing"
        if self.skill == "speaking":
            return "reading_aloud"
        return "choice" if self.right is not None else "gap"


@cache
def bank() -> dict[str, Item]:
    """All questions by id."""
    rows = json.loads(_FILE.read_text(encoding="utf-8"))
    items = [_item(skill, row) for skill in SKILLS for row in rows[skill]]
    return {one.id: one for one in items}


def _item(skill: Skill, row: dict[str, object]) -> Item:
    lists = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Item(skill=skill, **lists)  # type: ignore[arg-type]
