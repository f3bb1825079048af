"""Replies of the tutor as responses of the OpenAI Realtime API: session events go in, that API's events come out, with
its current names or those of its beta."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kit.storable import JsonObject
from realtime.transports.openai.order import ItemOrder

Event = JsonObject

_BETA_NAMES = {
    "response.output_audio.": "response.audio.",
    "response.output_audio_transcript.": "response.audio_transcript.",
    "response.output_text.": "response.text.",
    "conversation.item.added": "conversation.item.created",
}
_NOT_IN_BETA = frozenset({"conversation.item.done"})


def in_beta(event: Event) -> Event | None:
    """The event in the beta's form; None for events that the beta did not have."""
    name = event["type"]
    if name in _NOT_IN_BETA:
        return None
    for new, old in _BETA_NAMES.items():
        if name.startswith(new):
            return {**event, "type": old + name[len(new) :]}
    return event


@dataclass
class _Response:
    id: str
    item_id: str
    spoken: bool
    before: str | None
    text: str = ""


class Responses:
    """`spoken`: whether answers are sound with its transcript, or text. One response at a time."""

    def __init__(self, new_id: Callable[[str], str], order: ItemOrder, *, old: bool) -> None:
        self._new_id = new_id
        self._order = order
        self._old = old
        self._current: _Response | None = None
        self._stopped_by_client = False
        self.spoken = True

    @property
    def is_active(self) -> bool:
        """Whether a response is being made."""
        return self._current is not None

    def names(self, response_or_item_id: object) -> bool:
        """Whether this is the id of the response that is under way, or of its item."""
        current = self._current
        return current is not None and response_or_item_id in (current.id, current.item_id)

    def cancelled(self) -> None:
        """The client wants the response to end; otherwise it is the learner who began to speak."""
        self._stopped_by_client = self.is_active

    def said(self, text: str) -> list[Event]:
        """More text of the response."""
        told = self._begun()
        response = self._now()
        response.text += text
        kind = "output_audio_transcript" if response.spoken else "output_text"
        return [*told, self._part(f"response.{kind}.delta", delta=text)]

    def sounded(self, encoded: str, ms: float) -> list[Event]:
        """More sound of the response: `encoded` in base64, `ms` long."""
        told = self._begun()
        response = self._now()
        if not response.spoken:
            return told
        self._order.add_sound(response.item_id, ms)
        return [*told, self._part("response.output_audio.delta", delta=encoded)]

    def done(self, text: str, *, complete: bool) -> list[Event]:
        """`text` is what was heard of it."""
        told = self._begun()
        response = self._now()
        response.text = text
        item = self._item("completed" if complete else "incomplete")
        if response.spoken:
            ends = [
                self._part("response.output_audio.done"),
                self._part("response.output_audio_transcript.done", transcript=text),
            ]
        else:
            ends = [self._part("response.output_text.done", text=text)]
        told += [
            *ends,
            self._part("response.content_part.done", part=self._content()),
            {"type": "response.output_item.done", "response_id": response.id, "output_index": 0, "item": item},
            {"type": "conversation.item.done", "previous_item_id": response.before, "item": item},
            {"type": "response.done", "response": self._response(item, complete=complete)},
        ]
        self._current, self._stopped_by_client = None, False
        return told

    def _now(self) -> _Response:
        assert self._current is not None
        return self._current

    def _begun(self) -> list[Event]:
        if self._current is not None:
            return []
        item_id = self._new_id("item")
        before = self._order.append(item_id, "assistant")
        response = self._current = _Response(self._new_id("resp"), item_id, self.spoken, before)
        item = {**self._item("in_progress"), "content": []}
        return [
            {"type": "response.created", "response": self._response(None)},
            {"type": "response.output_item.added", "response_id": response.id, "output_index": 0, "item": item},
            {"type": "conversation.item.added", "previous_item_id": before, "item": item},
            self._part("response.content_part.added", part=self._content()),
        ]

    def _part(self, kind: str, **members: Any) -> Event:
        response = self._now()
        place = {"response_id": response.id, "item_id": response.item_id, "output_index": 0, "content_index": 0}
        return {"type": kind, **place, **members}

    def _content(self) -> JsonObject:
        response = self._now()
        if response.spoken:
            return {"type": "audio" if self._old else "output_audio", "transcript": response.text}
        return {"type": "text" if self._old else "output_text", "text": response.text}

    def _item(self, status: str) -> JsonObject:
        return {
            "id": self._now().item_id,
            "object": "realtime.item",
            "type": "message",
            "status": status,
            "role": "assistant",
            "content": [self._content()],
        }

    def _response(self, item: JsonObject | None, *, complete: bool = True) -> JsonObject:
        """Under way without an item."""
        response = self._now()
        status = "in_progress" if item is None else "completed" if complete else "cancelled"
        why = "client_cancelled" if self._stopped_by_client else "turn_detected"
        modality = "audio" if response.spoken else "text"
        modalities = (["audio", "text"] if response.spoken else ["text"]) if self._old else [modality]
        tokens = {"total_tokens": 0, "input_tokens": 0, "output_tokens": 0}
        return {
            "id": response.id,
            "object": "realtime.response",
            "status": status,
            "status_details": {"type": "cancelled", "reason": why} if status == "cancelled" else None,
            "output": [] if item is None else [item],
            "modalities" if self._old else "output_modalities": modalities,
            "usage": None if item is None else tokens,
            "metadata": None,
        }
