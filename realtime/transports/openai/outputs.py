"""What a response consists of: a message of the tutor, and calls of functions. Each is an item of the conversation."""

from dataclasses import dataclass

from kit.storable import JsonObject
from realtime.transports.openai.functions import Call


@dataclass
class Message:
    """`before` is the item before it, `index` its place in the response."""

    id: str
    before: str | None
    index: int
    spoken: bool
    old: bool
    text: str = ""

    def content(self) -> JsonObject:
        if self.spoken:
            return {"type": "audio" if self.old else "output_audio", "transcript": self.text}
        return {"type": "text" if self.old else "output_text", "text": self.text}

    def part(self) -> JsonObject:
        """The content as events of parts have it: their types kept the beta's names."""
        return {**self.content(), "type": "audio" if self.spoken else "text"}

    def item(self, status: str) -> JsonObject:
        return {
            "id": self.id,
            "object": "realtime.item",
            "type": "message",
            "status": status,
            "role": "assistant",
            "content": [self.content()],
        }


@dataclass
class Calling:
    """As `Message`; `complete` when all arguments are there."""

    id: str
    before: str | None
    index: int
    call: Call
    complete: bool = False

    def item(self, status: str) -> JsonObject:
        """A call is complete although the message beside it was cut off."""
        return {
            "id": self.id,
            "object": "realtime.item",
            "type": "function_call",
            "status": "completed" if self.complete else status,
            "name": self.call.name,
            "call_id": self.call.id,
            "arguments": self.call.arguments,
        }


Output = Message | Calling
