"""What was said in a session, kept up to date by its events."""

from dataclasses import dataclass, field

from . import models as m
from .events import (
    PronunciationFinal,
    ResponseDelta,
    ResponseDone,
    ServerEvent,
    SessionSnapshot,
    SessionState,
    TranscriptFinal,
    TranscriptPartial,
)

_NEEDED = {"turn_id", "role", "text"}  # a turn of a snapshot without them is left out


@dataclass
class Turn:
    """`final` is False while it is spoken. `role` is "user" for the learner, "ai" for the tutor."""

    turn_id: str
    role: str
    text: str = ""
    words: list[m.Word] = field(default_factory=list)
    pronunciation: m.Report | None = None
    final: bool = False


class Transcript:
    """Give it every event; it drops turns that became void, and begins again with a snapshot."""

    def __init__(self) -> None:
        self._turns: dict[str, Turn] = {}

    @property
    def turns(self) -> list[Turn]:
        """In order, also those that are not final. Turns in which nothing was said are left out."""
        return [turn for turn in self._turns.values() if turn.text]

    @property
    def text(self) -> str:
        """What the learner said, as far as it is final."""
        return " ".join(turn.text for turn in self.turns if turn.final and turn.role == "user")

    def take(self, event: ServerEvent) -> None:
        """Take an event in."""
        match event:
            case TranscriptPartial():
                turn = self._turn(event.turn_id, "user")
                turn.text, turn.words = event.text, event.words
            case TranscriptFinal():
                turn = self._turn(event.turn_id, event.role)
                turn.text, turn.words, turn.final = event.text, event.words, True
            case PronunciationFinal():
                self._turn(event.turn_id, "user").pronunciation = event.pronunciation
            case ResponseDelta():
                self._turn(event.turn_id, "ai").text += event.text
            case ResponseDone():
                turn = self._turn(event.turn_id, "ai")
                turn.text, turn.final = event.text, True
            case SessionState():
                for turn_id in event.void_turn_ids or ():
                    self._turns.pop(turn_id, None)
            case SessionSnapshot():
                self._turns = {turn["turn_id"]: _of_snapshot(turn) for turn in event.turns if turn.keys() >= _NEEDED}

    def _turn(self, turn_id: str, role: str) -> Turn:
        return self._turns.setdefault(turn_id, Turn(turn_id, role))


def _of_snapshot(turn: m.SnapshotTurn) -> Turn:
    words, report = turn.get("words") or [], turn.get("pronunciation")
    return Turn(turn["turn_id"], turn["role"], turn["text"], words, report, True)
