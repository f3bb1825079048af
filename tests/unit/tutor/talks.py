"""Scripted dialogues with the tutor, kept as transcripts in `transcripts/`.

`python -m tests.unit.tutor.talks` plays every one again and writes what the tutor says now: read the difference.
"""

from dataclasses import dataclass
from pathlib import Path

from language.tutor.turns import ChatTurn
from language.tutor.tutor import Tutor

FOLDER = Path(__file__).parent / "transcripts"


@dataclass(frozen=True)
class Talk:
    """`lines` are pairs of what the learner and the tutor say."""

    name: str
    level: str
    lines: tuple[tuple[str, str], ...]


def read(path: Path) -> Talk:
    """A file: the level, then for each turn “> ” with the learner's words, and a line with the tutor's."""
    level, *rest = path.read_text(encoding="utf-8").splitlines()
    said = [line for line in rest if line]
    pairs = zip(said[::2], said[1::2], strict=True)
    return Talk(path.stem, level, tuple((one.removeprefix("> "), other) for one, other in pairs))


def play(level: str, said: list[str]) -> list[str]:
    """What the tutor answers to each message."""
    history: list[ChatTurn] = []
    for line in said:
        history.append(ChatTurn("user", line))
        history.append(ChatTurn("assistant", Tutor().answer(history, level, None, "en")))
    return [turn.content for turn in history[1::2]]


def all_talks() -> list[Talk]:
    return [read(path) for path in sorted(FOLDER.glob("*.txt"))]


def written(level: str, said: list[str], answers: list[str]) -> str:
    return "\n".join([level, *(f"> {line}\n{answer}\n" for line, answer in zip(said, answers, strict=True))])


if __name__ == "__main__":
    for talk in all_talks():
        words = [line for line, _ in talk.lines]
        text = written(talk.level, words, play(talk.level, words))
        (FOLDER / f"{talk.name}.txt").write_text(text, encoding="utf-8")
