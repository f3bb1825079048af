"""What an answer is made from: items of the OpenAI Realtime API as lines of a conversation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kit.storable import JsonObject
from realtime.reply.ports import ConversationTurn
from realtime.transports.openai import config
from realtime.transports.openai.functions import Call
from realtime.transports.openai.order import ItemOrder

_MOST_ITEMS = 1000
_MOST_CHARACTERS = 200_000
PARTS = {
    "user": ("input_text", "input_audio"),
    "assistant": ("output_text", "text", "output_audio", "audio"),
    "system": ("input_text",),
}
"""The parts of a message, by its role."""


@dataclass
class Context:
    """`lines` of both sides, what the client's system messages say beside them, and what functions gave behind a line:
    `Functions` of one answer."""

    lines: list[ConversationTurn] = field(default_factory=list)
    system: list[str] = field(default_factory=list)
    members: Mapping[str, object] = field(default_factory=dict)
    opening: str = ""
    """What was asked of an answer that came before the first message."""
    _behind: dict[str, list[list[Call]]] = field(default_factory=dict)
    _open: dict[str, Call] = field(default_factory=dict)
    _together: list[Call] = field(default_factory=list)  # calls of one answer

    @property
    def notes(self) -> str:
        """What the system messages say."""
        return "\n\n".join(self.system)

    def behind(self, turn_id: str) -> list[JsonObject]:
        """Messages of a chat completion: the calls that were made behind a line, with what they gave. Calls without a
        result are left out: no language model takes them."""
        messages: list[JsonObject] = []
        for calls in self._behind.get(turn_id, ()):
            if answered := [call for call in calls if call.output is not None]:
                written = [call.written() for call in answered]
                messages.append({"role": "assistant", "content": None, "tool_calls": written})
            messages += [{"role": "tool", "tool_call_id": call.id, "content": call.output} for call in answered]
        return messages

    @property
    def asks(self) -> bool:
        """Whether there is something to answer: the last word is the learner's, or what a function gave."""
        return bool(self.lines) and (self.lines[-1].role == "user" or bool(self.behind(self.lines[-1].turn_id)))

    def say(self, role: str, text: str) -> None:
        """A message; `role` as that API names it."""
        self._together = []
        if role == "system":
            self.system.append(text)
        else:
            self.lines.append(ConversationTurn("user" if role == "user" else "ai", text, str(len(self.lines))))

    def call(self, call_id: str, name: str, arguments: str) -> None:
        """Told to the language model together with what it gave."""
        if not self.lines and self.opening:
            self.say("user", self.opening)
        if not self.lines:
            return
        self._open[call_id] = call = Call(call_id, name, arguments)
        if not self._together:
            self._behind.setdefault(self.lines[-1].turn_id, []).append(self._together)
        self._together.append(call)

    def give(self, call_id: str, output: str) -> bool:
        """False for what belongs to no call, or to one without a line before it."""
        if (call := self._open.pop(call_id, None)) is None:
            return False
        call.output = output
        self._together = []
        return True


def of_conversation(order: ItemOrder, opening: str = "") -> Context:
    """What was said so far: the newest of it, where that is very much. `opening`: see `Context`."""
    context = Context(opening=opening)
    for item in _newest(order.kept()):
        if item["type"] == "message":
            if text := text_of(item, "item"):
                context.say(item["role"], text)
        elif item["type"] == "function_call":
            context.call(item["call_id"], item["name"], item["arguments"])
        else:
            context.give(item["call_id"], item["output"])
    return context


def _newest(items: list[JsonObject]) -> list[JsonObject]:
    """As many of the last ones as an answer is made from, as a client may give."""
    found: list[JsonObject] = []
    characters = 0
    for item in reversed(items[-_MOST_ITEMS:]):
        characters += _length(item)
        if characters > _MOST_CHARACTERS:
            break
        found.append(item)
    return found[::-1]


def _length(item: JsonObject) -> int:
    if item["type"] == "message":
        return len(text_of(item, "item"))
    return sum(len(item.get(name) or "") for name in ("call_id", "name", "arguments", "output"))


def of_input(given: object, order: ItemOrder) -> Context:
    """The items of a `response.create`, or references to those of the conversation. Failure `invalid_request` names the
    one that is wrong."""
    if not isinstance(given, list) or len(given) > _MOST_ITEMS:
        raise config.wrong("response.input", f"a list of at most {_MOST_ITEMS:,} items")
    context, characters = Context(), 0
    for number, item in enumerate(given):
        place = f"response.input.{number}"
        if not isinstance(item, dict):
            raise config.wrong(place, "an item")
        if item.get("type") == "item_reference":
            item = _referred(item.get("id"), order, place)
        characters += _add(context, item, place)
        if characters > _MOST_CHARACTERS:
            raise config.wrong("response.input", f"at most {_MOST_CHARACTERS:,} characters")
    return context


def _referred(item_id: object, order: ItemOrder, place: str) -> JsonObject:
    item = order.item(item_id) if isinstance(item_id, str) else None
    if item is None:
        raise config.wrong(f"{place}.id", "an item of this conversation")
    return item


def _add(context: Context, item: JsonObject, place: str) -> int:
    """Its length in characters."""
    kind = item.get("type", "message")
    if kind == "message":
        text = text_of(item, place)
        if text:
            context.say(str(item["role"]), text)
        return len(text)
    if kind == "function_call":
        texts = _texts(item, ("call_id", "name", "arguments"), place)
        context.call(*texts)
    elif kind == "function_call_output":
        texts = _texts(item, ("call_id", "output"), place)
        if not context.give(*texts):
            raise config.wrong(f"{place}.call_id", "a function_call before it, behind a message")
    else:
        raise config.wrong(f"{place}.type", "message, function_call, function_call_output or item_reference")
    return sum(map(len, texts))


def _texts(item: JsonObject, names: Iterable[str], place: str) -> list[str]:
    found = []
    for name in names:
        if not isinstance(value := item.get(name), str):
            raise config.wrong(f"{place}.{name}", "a text")
        found.append(value)
    return found


def text_of(item: JsonObject, place: str) -> str:
    """What a message says. Sound counts by its transcript. Failure `invalid_request` names what is wrong below
    `place`."""
    role = item.get("role")
    if not isinstance(role, str) or role not in PARTS:
        raise config.wrong(f"{place}.role", "user, assistant or system")
    content = item.get("content")
    if not isinstance(content, list):
        raise config.wrong(f"{place}.content", "a list")
    texts = []
    for number, part in enumerate(content):
        where = f"{place}.content.{number}"
        if not isinstance(part, dict) or part.get("type") not in PARTS[role]:
            raise config.wrong(f"{where}.type", f"one of {', '.join(PARTS[role])}")
        if part.get("audio") is not None:
            raise config.wrong(f"{where}.audio", "a transcript in its place")
        said = part.get("transcript" if "audio" in part["type"] else "text")
        if not isinstance(said or "", str):
            raise config.wrong(where, "a text")
        texts.append(said or "")
    return "\n".join(one for one in texts if one).strip()
