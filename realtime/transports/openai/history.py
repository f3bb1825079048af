"""Items that a client of the OpenAI Realtime API adds to its conversation, takes away and cuts."""

from kit import errors
from kit.storable import JsonObject
from realtime.transports.openai import context
from realtime.transports.openai.functions import Functions
from realtime.transports.openai.items import Event, new_id
from realtime.transports.openai.order import SHOWN_ID, ItemOrder

_LONGEST_TEXT = 4000
_LONGEST_NOTE = 20_000
_TEXTS = {"user": "input_text", "system": "input_text", "assistant": "output_text"}


class History:
    """What the client did with the items of one conversation."""

    def __init__(self, order: ItemOrder, functions: Functions) -> None:
        self._order = order
        self._functions = functions
        self._texts: dict[str, str] = {}
        self.has_outputs = False
        """Whether functions gave something that no answer has used."""
        self.has_notes = False
        """The same of system messages."""

    @property
    def text(self) -> str:
        """What the learner typed since the last answer."""
        return "\n".join(self._texts.values())

    def answered(self) -> None:
        """An answer to all that is here is asked for."""
        self._texts.clear()
        self.has_outputs = self.has_notes = False

    def create(self, event: JsonObject) -> list[Event]:
        """A message, or what a function gave. The client may name it; without a name it gets ours."""
        wanted = event.get("item")
        item: JsonObject = wanted if isinstance(wanted, dict) else {}
        item_id = item.get("id")
        before = self._order.place_of(item_id, event.get("previous_item_id"))
        if item.get("type") == "function_call_output":
            said, role = self._functions.give(item), "function"
            self.has_outputs = True
        else:
            said = _message(item)
            role = said["role"]
        item_id = item_id or new_id("item")
        if role != "function":
            self._note(item_id, role, said["content"][0]["text"], newest=before == self._order.last)
        self._order.insert(item_id, role, before)
        item = {"id": item_id, "object": "realtime.item", "status": "completed", **said}
        return [
            {"type": f"conversation.item.{step}", "previous_item_id": before, "item": item}
            for step in ("added", "done")
        ]

    def _note(self, item_id: str, role: str, text: str, *, newest: bool) -> None:
        """What the learner typed last is said in this session, and answered; the rest is only known."""
        if role == "system":
            self.has_notes = True
        elif role == "assistant" and newest:
            self._texts.clear()  # somebody has answered them
        elif role == "user" and newest:
            if len("\n".join([*self._texts.values(), text])) > _LONGEST_TEXT:
                raise errors.conflict("too_many_items", "Ask for a response first.")
            self._texts[item_id] = text

    def delete(self, event: JsonObject) -> str:
        """Forget an item. Its id. Failure with that API's code for an unknown one."""
        item_id = event.get("item_id")
        if not isinstance(item_id, str) or not self._order.has(item_id):
            shown = item_id[:SHOWN_ID] if isinstance(item_id, str) else ""
            why = f"Error deleting item: the item with id '{shown}' does not exist."
            raise errors.invalid(why, [("/item_id", "an item")], "item_delete_invalid_item_id")
        if (item := self._order.item(item_id)) is not None:
            self._functions.deleted(item)
        self._texts.pop(item_id, None)
        self._order.remove(item_id)
        return item_id

    def truncate(self, event: JsonObject) -> Event:
        """Cut an answer off. What is told of it."""
        item_id, part, end_ms = event.get("item_id"), event.get("content_index", 0), event.get("audio_end_ms")
        if not isinstance(item_id, str) or type(end_ms) is not int or end_ms < 0:
            raise errors.invalid("item_id and audio_end_ms are needed.", [("/audio_end_ms", "milliseconds")])
        if type(part) is not int or part != 0:
            raise errors.invalid("An answer has one part.", [("/content_index", "0")])
        self._order.check_truncation(item_id, end_ms)
        self._order.truncate(item_id, end_ms)
        told = {"item_id": item_id, "content_index": part, "audio_end_ms": end_ms}
        return {"type": "conversation.item.truncated", **told}


def _message(item: JsonObject) -> JsonObject:
    """A message of text, checked. Failure `invalid_request`."""
    role = item.get("role")
    if item.get("type", "message") != "message" or not isinstance(role, str) or role not in _TEXTS:
        wrong = [("/item", "a message of user, assistant or system, or what a function gave")]
        raise errors.invalid("Only messages and what functions gave can be added.", wrong)
    longest = _LONGEST_TEXT if role == "user" else _LONGEST_NOTE
    parts = item.get("content")
    if isinstance(parts, list) and all(isinstance(one, dict) and "text" in str(one.get("type")) for one in parts):
        text = context.text_of(item, "item")
        if 0 < len(text) <= longest:
            return {"type": "message", "role": role, "content": [{"type": parts[0]["type"], "text": text}]}
    why = f"Only {_TEXTS[role]} of 1 to {longest:,} characters is taken."
    raise errors.invalid(why, [("/item/content", "text")])
