"""Slips of beginners in conversation: `python -m tests.support.conversation_slips` prints how many are corrected."""

import re
from collections import Counter
from pathlib import Path

from language.correction import applied
from language.grammar import check

FOLDER = Path(__file__).parents[1] / "data" / "writing"


def lines(name: str) -> list[str]:
    """The lines of a file of sentences, without remarks."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and line[0] != "#"]


def judged(name: str) -> Counter[str]:
    """How many slips of a file are put right, changed into something else ("wrong"), or missed."""
    return Counter(outcome(line) for line in lines(name))


def outcome(line: str) -> str:
    """What becomes of one slip: "right", "wrong" or "missed"."""
    slip, _, accepted = line.partition(" > ")
    made = _plain(applied(slip, check.of_text(slip)))
    if made == _plain(slip):
        return "missed"
    return "right" if made in {_plain(one) for one in accepted.split(" | ")} else "wrong"


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w' ]", " ", text.lower()).split())


def main() -> None:
    """Print the figures of docs/writing.md."""
    for name in ("conversation", "conversation_held_out"):
        found = judged(name)
        print(f"{name}: {found.total()} slips, {dict(found)}")
    right = lines("conversation_right")
    print(f"conversation_right: {len(right)} sentences, {sum(bool(check.of_text(one)) for one in right)} corrected")


if __name__ == "__main__":
    main()
