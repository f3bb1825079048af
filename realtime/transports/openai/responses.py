"""Replies of the tutor as responses of the OpenAI Realtime API: session events go in, that API's events come out, with
its current names or those of its beta."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kit import errors
from kit.errors import Failure
from kit.storable import JsonObject
from realtime.reply.ports import CallPiece, CutShort
from realtime.transports.openai.access import error
from realtime.transports.openai.functions import Call, Functions
from realtime.transports.openai.order import ItemOrder
from realtime.transports.openai.outputs import Calling, Message, Output

Event = JsonObject

_BETA_NAMES = {
    "response.output_audio.": "response.audio.",
    "response.output_audio_transcript.": "response.audio_transcript.",
    "response.output_text.": "response.text.",
    "conversation.item.added": "conversation.item.created",
}
_BROKEN = errors.unavailable("provider_unavailable", "The language model broke off its answer.")
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
    spoken: bool
    metadata: JsonObject | None
    outputs: list[Output] = field(default_factory=list)
    played: bool = False

    @property
    def message(self) -> Message | None:
        return next((one for one in self.outputs if isinstance(one, Message)), None)

    @property
    def calling(self) -> Calling | None:
        """The call whose arguments are under way."""
        last = self.outputs[-1] if self.outputs else None
        return last if isinstance(last, Calling) and not last.complete else None


class Responses:
    """`spoken`: whether answers are sound with its transcript, or text. One response at a time."""

    def __init__(self, new_id: Callable[[str], str], order: ItemOrder, functions: Functions, *, old: bool) -> None:
        self._new_id = new_id
        self._order = order
        self._functions = functions
        self._old = old
        self._current: _Response | None = None
        self._stopped_by_client = False
        self._short: CutShort | Failure | None = None
        self.spoken = True
        self.metadata: JsonObject | None = None  # of the next one
        self.conversation_id: str | None = new_id("conv")

    @property
    def is_active(self) -> bool:
        """Whether a response is being made."""
        return self._current is not None

    def names(self, response_or_item_id: object) -> bool:
        """Whether this is the id of the response that is under way, or of one of its items."""
        current = self._current
        return current is not None and response_or_item_id in (current.id, *(one.id for one in current.outputs))

    def cancelled(self) -> None:
        """The client wants the response to end; otherwise it is the learner who began to speak."""
        self._stopped_by_client = True

    @property
    def is_cancelled(self) -> bool:
        """Whether the client wanted the response to end."""
        return self._stopped_by_client

    def cut_short(self, why: CutShort | Failure | None) -> None:
        """Why the response ends before its end, whatever was said of it, if it does."""
        self._short = why

    def begin(self) -> list[Event]:
        """Tell of a response before its first word."""
        return self._begun()

    def said(self, text: str) -> list[Event]:
        """More text of the response."""
        told, message = self._speaking()
        message.text += text
        kind = "output_audio_transcript" if message.spoken else "output_text"
        return [*told, self._part(message, f"response.{kind}.delta", delta=text)]

    def sounded(self, encoded: str, ms: float) -> list[Event]:
        """More sound of the response: `encoded` in base64, `ms` long."""
        told, message = self._speaking()
        if not message.spoken:
            return told
        self._order.add_sound(message.id, ms)
        return [*told, self._part(message, "response.output_audio.delta", delta=encoded)]

    def played(self, ms: float) -> list[Event]:
        """So much of it is played on a track, beside these events."""
        told, message = self._speaking()
        response = self._now()
        self._order.add_sound(message.id, ms)
        if not response.played:
            response.played = True
            told.append({"type": "output_audio_buffer.started", "response_id": response.id})
        return told

    def called(self, piece: CallPiece) -> list[Event]:
        """More of a call; one that has a name begins here."""
        told = self._begun()
        response = self._now()
        if piece.id is not None and piece.name is not None:
            told += [*self._call_ends(), *self._calls(self._functions.begun(piece.id, piece.name))]
        calling = response.calling
        if calling is None or not piece.arguments:
            return told
        calling.call.arguments += piece.arguments
        kind = "response.function_call_arguments.delta"
        return [
            *told,
            {"type": kind, **_place(response, calling), "call_id": calling.call.id, "delta": piece.arguments},
        ]

    def calls_end(self) -> list[Event]:
        """The reply calls no more, although it may still be heard."""
        return self._call_ends() if self._current is not None else []

    def done(self, text: str, *, complete: bool) -> list[Event]:
        """`text` is what was heard of it; `complete` unless it was cut off there."""
        told, whole = self._begun(), complete and self._short is None
        response = self._now()
        if not response.outputs:
            told += self._speaking()[0]
        for calling in (one for one in response.outputs if isinstance(one, Calling) and not one.complete):
            told += self._item_done(calling, "incomplete")  # it was cut off in the middle of its arguments
        if (message := response.message) is not None:
            message.text = text
            told += self._message_ends(message, "completed" if whole else "incomplete")
        items = [one.item("completed" if whole else "incomplete") for one in response.outputs]
        ended = self._ended(complete=complete)
        told.append({"type": "response.done", "response": self._response(items, *ended)})
        if response.played:
            kind = "output_audio_buffer.stopped" if complete else "output_audio_buffer.cleared"
            told.append({"type": kind, "response_id": response.id})
        self._current, self._stopped_by_client, self._short = None, False, None
        return told

    def _ended(self, *, complete: bool) -> tuple[str, JsonObject | None]:
        """The status of the response, and why it is not complete."""
        short = None if self._stopped_by_client else self._short
        if isinstance(short, CutShort) and complete:
            short = _BROKEN if short.reason == "broken" else short
        if isinstance(short, Failure):
            told = error(short)
            return "failed", {"type": "failed", "error": {name: told[name] for name in ("type", "code", "message")}}
        if complete:
            return _incomplete(short) if short is not None else ("completed", None)
        why = "client_cancelled" if self._stopped_by_client else "turn_detected"
        return "cancelled", {"type": "cancelled", "reason": why}

    def _now(self) -> _Response:
        assert self._current is not None
        return self._current

    def _begun(self) -> list[Event]:
        if self._current is not None:
            return []
        self._current = _Response(self._new_id("resp"), self.spoken, self.metadata)
        return [{"type": "response.created", "response": self._response(None)}]

    def _speaking(self) -> tuple[list[Event], Message]:
        """The message of the response, begun if it is not yet."""
        told = self._begun()
        response = self._now()
        if (message := response.message) is None:
            item_id = self._new_id("item")
            before = self._order.append(item_id, "assistant")
            message = Message(item_id, before, len(response.outputs), response.spoken, self._old)
            told += self._added(message, {**message.item("in_progress"), "content": []})
            told.append(self._part(message, "response.content_part.added", part=message.part()))
        return told, message

    def _calls(self, call: Call) -> list[Event]:
        item_id = self._new_id("item")
        calling = Calling(item_id, self._order.append(item_id, "function"), len(self._now().outputs), call)
        return self._added(calling, calling.item("in_progress"))

    def _added(self, output: Output, item: JsonObject) -> list[Event]:
        response = self._now()
        response.outputs.append(output)
        place = {"response_id": response.id, "output_index": output.index}
        return [
            {"type": "response.output_item.added", **place, "item": item},
            {"type": "conversation.item.added", "previous_item_id": output.before, "item": item},
        ]

    def _call_ends(self) -> list[Event]:
        response = self._now()
        if (calling := response.calling) is None:
            return []
        calling.complete = True
        self._functions.complete(calling.call)
        call = {"call_id": calling.call.id, "name": calling.call.name, "arguments": calling.call.arguments}
        told = {"type": "response.function_call_arguments.done", **_place(response, calling), **call}
        return [told, *self._item_done(calling, "completed")]

    def _message_ends(self, message: Message, status: str) -> list[Event]:
        if message.spoken:
            ends = [
                self._part(message, "response.output_audio.done"),
                self._part(message, "response.output_audio_transcript.done", transcript=message.text),
            ]
        else:
            ends = [self._part(message, "response.output_text.done", text=message.text)]
        ends.append(self._part(message, "response.content_part.done", part=message.part()))
        return [*ends, *self._item_done(message, status)]

    def _item_done(self, output: Output, status: str) -> list[Event]:
        item, place = output.item(status), {"response_id": self._now().id, "output_index": output.index}
        return [
            {"type": "response.output_item.done", **place, "item": item},
            {"type": "conversation.item.done", "previous_item_id": output.before, "item": item},
        ]

    def _part(self, message: Message, kind: str, **members: Any) -> Event:
        return {"type": kind, **_place(self._now(), message), "content_index": 0, **members}

    def _response(
        self, items: list[JsonObject] | None, status: str = "in_progress", details: JsonObject | None = None
    ) -> JsonObject:
        """Under way without items."""
        response = self._now()
        modality = "audio" if response.spoken else "text"
        modalities = (["audio", "text"] if response.spoken else ["text"]) if self._old else [modality]
        tokens = {"total_tokens": 0, "input_tokens": 0, "output_tokens": 0}
        return {
            "id": response.id,
            "object": "realtime.response",
            "status": status,
            "status_details": details,
            "output": items or [],
            "modalities" if self._old else "output_modalities": modalities,
            "usage": None if items is None else tokens,
            "metadata": response.metadata,
            "conversation_id": self.conversation_id,
        }


def _incomplete(short: CutShort) -> tuple[str, JsonObject]:
    reason = "max_output_tokens" if short.reason == "length" else "content_filter"
    return "incomplete", {"type": "incomplete", "reason": reason}


def _place(response: _Response, output: Output) -> JsonObject:
    return {"response_id": response.id, "item_id": output.id, "output_index": output.index}
