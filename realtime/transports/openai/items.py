"""Turns of a session as items of the OpenAI Realtime API: speech events go in, that API's events come out.

With turn detection each turn is an item. Without it the client says by `input_audio_buffer.commit` what belongs
together, and the turns since the commit before are one item.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kit import ids
from kit.storable import JsonObject
from realtime.transports.openai.order import ItemOrder

Event = JsonObject
LOST_SECONDS = 15.0
"""After this time the silence behind a turn means that there were no words in it."""


def new_id(kind: str) -> str:
    """An id as that API's look: `item_…`, `resp_…`, `event_…`, `sess_…`."""
    return f"{kind}_{ids.secret()}"


def identified(event: Event) -> Event:
    """The event with an id of its own, as it is sent."""
    return {"event_id": new_id("event"), **event}


@dataclass
class _Turn:
    start_ms: int
    end_ms: int | None = None
    text: str = ""
    stable: int = 0
    final: bool = False
    stopped_at: float | None = None


@dataclass
class _Item:
    id: str
    turns: dict[str, _Turn] = field(default_factory=dict)
    sent: str = ""
    before: str | None = None
    committed: bool = False
    dropped: bool = False

    @property
    def text(self) -> str:
        return " ".join(turn.text for turn in self.turns.values() if turn.text)

    def stable_text(self) -> str:
        """The words that will not change: whole turns, and the stable start of the first one that is not final."""
        parts = []
        for turn in self.turns.values():
            parts.append(turn.text if turn.final else turn.text[: turn.stable])
            if not turn.final:
                break
        return " ".join(part for part in parts if part)

    @property
    def seconds(self) -> float:
        return sum((turn.end_ms or turn.start_ms) - turn.start_ms for turn in self.turns.values()) / 1000


class Items:
    """The items of a transcription session, from turns of recognition."""

    def __init__(self, new_id: Callable[[], str], order: ItemOrder) -> None:
        self._new_id = new_id
        self._order = order
        self._items: dict[str, _Item] = {}  # by turn
        self._gathered: _Item | None = None
        self.detects_turns = True
        self.commits = 0
        """How many items were committed."""

    @property
    def is_waiting(self) -> bool:
        """Whether there is speech, now or before, without its text; without turn detection only what was committed."""
        return any(not item.dropped and (item.committed or self.detects_turns) for item in self._items.values())

    @property
    def has_committed(self) -> bool:
        """Whether something was committed whose text is not told yet."""
        return any(item.committed and not item.dropped for item in self._items.values())

    @property
    def is_speaking(self) -> bool:
        """Whether somebody speaks whose turn is not committed."""
        return any(not item.dropped and not item.committed for item in self._items.values())

    def started(self, turn_id: str, start_ms: int) -> list[Event]:
        """A turn began at `start_ms` of the audio."""
        if self.detects_turns:
            item = _Item(self._new_id())
        else:
            item = self._gathered = self._gathered or _Item(self._new_id())
        item.turns[turn_id] = _Turn(start_ms)
        self._items[turn_id] = item
        return self._told(item, "input_audio_buffer.speech_started", audio_start_ms=start_ms)

    def stopped(self, turn_id: str, end_ms: int, now: float) -> list[Event]:
        """A turn's voice ended at `end_ms` of the audio."""
        if (item := self._items.get(turn_id)) is None:
            return []
        turn = item.turns[turn_id]
        turn.end_ms, turn.stopped_at = end_ms, now
        told = self._told(item, "input_audio_buffer.speech_stopped", audio_end_ms=end_ms)
        return told + (self._commit(item) if self.detects_turns else [])

    def partial(self, turn_id: str, text: str, stable: int) -> list[Event]:
        """Text so far; its first `stable` characters stay."""
        if (item := self._items.get(turn_id)) is None:
            return []
        turn = item.turns[turn_id]
        turn.text, turn.stable = text, stable
        return self._delta(item)

    def final(self, turn_id: str, text: str) -> list[Event]:
        """The text of a turn is whole."""
        if (item := self._items.pop(turn_id, None)) is None:
            return []
        turn = item.turns[turn_id]
        turn.text, turn.final = text, True
        return self._delta(item) + self._completed(item)

    def commit(self) -> list[Event]:
        """The client's own commit, after everything that was heard before it."""
        item, self._gathered = self._gathered or _Item(self._new_id()), None
        return self._commit(item) + self._completed(item)

    def clear(self) -> None:
        """Drop what was said since the last commit."""
        for item in self._items.values():
            item.dropped = item.dropped or not item.committed
        self._gathered = None

    def drop(self, item_id: str) -> frozenset[str]:
        """Tell no more of an item. The turns of it whose words are not known yet."""
        turn_ids = frozenset(turn_id for turn_id, item in self._items.items() if item.id == item_id)
        for turn_id in turn_ids:
            self._items[turn_id].dropped = True
        return turn_ids

    def expire(self, now: float) -> list[Event]:
        """Close turns in which there was nothing."""
        silent = [
            turn_id
            for turn_id, item in self._items.items()
            if (at := item.turns[turn_id].stopped_at) is not None and now - at > LOST_SECONDS
        ]
        return [event for turn_id in silent for event in self.final(turn_id, "")]

    def _commit(self, item: _Item) -> list[Event]:
        if item.committed or item.dropped:
            return []
        item.committed = True
        self.commits += 1
        item.before = before = self._order.append(item.id, "user")
        return [
            {"type": "input_audio_buffer.committed", "item_id": item.id, "previous_item_id": before},
            {"type": "conversation.item.added", "previous_item_id": before, "item": _message(item, "in_progress")},
        ]

    def _delta(self, item: _Item) -> list[Event]:
        stable = item.stable_text()
        if item.dropped or not stable.startswith(item.sent) or stable == item.sent:
            return []
        added, item.sent = stable[len(item.sent) :], stable
        kind = "conversation.item.input_audio_transcription.delta"
        return [{"type": kind, "item_id": item.id, "content_index": 0, "delta": added}]

    def _completed(self, item: _Item) -> list[Event]:
        if item.dropped or not item.committed or not all(turn.final for turn in item.turns.values()):
            return []
        return [
            {
                "type": "conversation.item.input_audio_transcription.completed",
                "item_id": item.id,
                "content_index": 0,
                "transcript": item.text,
                "usage": {"type": "duration", "seconds": round(item.seconds, 1)},
            },
            {"type": "conversation.item.done", "previous_item_id": item.before, "item": _message(item, "completed")},
        ]

    def _told(self, item: _Item, kind: str, **members: Any) -> list[Event]:
        return [{"type": kind, "item_id": item.id, **members}] if self.detects_turns else []


def _message(item: _Item, status: str) -> JsonObject:
    said = {"type": "input_audio", "transcript": item.text if status == "completed" else None}
    return {
        "id": item.id,
        "object": "realtime.item",
        "type": "message",
        "status": status,
        "role": "user",
        "content": [said],
    }
