"""Functions of a client of the OpenAI Realtime API: what it offers, what the model called, and what that gave."""

import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kit import errors, ids
from kit.errors import Failure
from kit.storable import JsonObject
from realtime.reply.ports import CallPiece
from realtime.transports.openai import config

_MOST_TOOLS = 128
_MOST_CALLS = 1000  # of one conversation
_LONGEST_OUTPUT = 100_000
_MOST_KEPT = 1_000_000  # characters of a conversation's calls and what they gave
_NAME = re.compile(r"[a-zA-Z0-9_.-]{1,64}")
_DEFINITION = ("name", "description", "parameters")
_CHOICES = ("auto", "none", "required")


def tools(given: object, where: str) -> tuple[JsonObject, ...]:
    """The functions that a session or a response (`where`) offers. Failure `invalid_request` names the member."""
    if not isinstance(given, list) or len(given) > _MOST_TOOLS:
        raise config.wrong(f"{where}.tools", f"a list of at most {_MOST_TOOLS} functions")
    for number, one in enumerate(given):
        place = f"{where}.tools.{number}"
        if not isinstance(one, dict) or one.get("type") != "function":
            raise config.wrong(f"{place}.type", "function")
        if not isinstance(name := one.get("name"), str) or not _NAME.fullmatch(name):
            raise config.wrong(f"{place}.name", "1 to 64 letters, digits, dots, dashes and underscores")
        if not isinstance(one.get("description") or "", str):
            raise config.wrong(f"{place}.description", "a text")
        if not isinstance(one.get("parameters") or {}, dict):
            raise config.wrong(f"{place}.parameters", "a JSON Schema")
    return tuple(given)


def choice(given: object, where: str) -> object:
    """How the model chooses among them. Failure `invalid_request`."""
    named = isinstance(given, dict) and given.get("type") == "function" and isinstance(given.get("name"), str)
    if given in _CHOICES or named:
        return given
    raise config.wrong(f"{where}.tool_choice", "auto, none, required or a function")


def members(offered: tuple[JsonObject, ...], chosen: object) -> JsonObject:
    """The same as a chat completion names it."""
    if not offered or chosen == "none":
        return {}
    written = [
        {"type": "function", "function": {name: value for name, value in one.items() if name in _DEFINITION and value}}
        for one in offered
    ]
    choice = {"type": "function", "function": {"name": chosen["name"]}} if isinstance(chosen, dict) else chosen
    return {"tools": written, "tool_choice": choice}


def no_functions(where: str) -> Failure:
    """The refusal of functions where there is no language model; `where` points to them."""
    why = "The built-in tutor calls no functions: a language model is needed."
    return errors.invalid(why, [(where, "leave them out")], "tools_unsupported")


@dataclass
class Call:
    """`output` is None until the client gave it."""

    id: str
    name: str
    arguments: str = ""
    output: str | None = None

    def written(self) -> JsonObject:
        function = {"name": self.name, "arguments": self.arguments or "{}"}
        return {"id": self.id, "type": "function", "function": function}


class Functions:
    """Those of one conversation. `tell` is called with the pieces of calls as they come."""

    def __init__(self, tell: Callable[[str, CallPiece | None], None]) -> None:
        self._tell = tell
        self._members: JsonObject = {}
        self._calls: dict[str, Call] = {}
        self._behind: dict[str, list[list[Call]]] = {}
        self._under_way: list[Call] = []
        self._given: deque[Call] = deque()
        self._kept = 0
        self._last_turn: tuple[str, str] = ("", "")  # what is answered, and what was said last behind it
        self.has_news = False
        """Whether something was given that no response has used."""

    @property
    def members(self) -> Mapping[str, object]:
        """`tools` and `tool_choice` of a chat completion; empty when nothing is offered."""
        return self._members

    def offer(self, offered: tuple[JsonObject, ...], chosen: object) -> None:
        """From the next reply on: functions as a session names them, and how the model chooses among them."""
        self._members = members(offered, chosen)

    def behind(self, turn_id: str) -> list[JsonObject]:
        """Calls without a result are left out: no language model takes them."""
        messages: list[JsonObject] = []
        for calls in self._behind.get(turn_id, ()):
            answered = [call for call in calls if call.output is not None]
            if answered:
                told = [call.written() for call in answered]
                messages.append({"role": "assistant", "content": None, "tool_calls": told})
            messages += [{"role": "tool", "tool_call_id": call.id, "content": call.output} for call in answered]
        return messages

    def called(self, turn_id: str, piece: CallPiece | None) -> None:
        """A reply calls: more of a call, or None at the end of them."""
        self._tell(turn_id, piece)

    def begun(self, call_id: str, name: str) -> Call:
        """The reply that is under way makes this call. Not every server's ids differ from one answer to the next."""
        taken = call_id in self._calls or any(call.id == call_id for call in self._under_way)
        call = Call(f"call_{ids.secret(16)}" if taken else call_id, name)
        self._under_way.append(call)
        return call

    def ended(self, turn_id: str, text: str) -> None:
        """That reply is over; `text` is what was heard of it."""
        answered = turn_id.removeprefix("a").partition(".")[0]
        last = self._last_turn[1] if self._last_turn[0] == answered else answered
        self._last_turn = (answered, turn_id if text else last)
        if self._under_way:
            self._behind.setdefault(self._last_turn[1], []).append(self._under_way)
            self._under_way = []

    def complete(self, call: Call) -> None:
        """All its arguments are there: from now on it may be answered."""
        if len(self._calls) >= _MOST_CALLS:
            del self._calls[next(iter(self._calls))]
        self._calls[call.id] = call

    def give(self, item: JsonObject) -> JsonObject:
        """What a function gave: an item of the type `function_call_output`. Its members, checked. Failure
        `invalid_request`."""
        call_id, output = item.get("call_id"), item.get("output")
        call = self._calls.get(call_id) if isinstance(call_id, str) else None
        if call is None:
            raise errors.invalid("There is no such function call.", [("/item/call_id", "a call of this session")])
        if not isinstance(output, str) or len(output) > _LONGEST_OUTPUT:
            wrong = [("/item/output", f"a text of at most {_LONGEST_OUTPUT:,} characters")]
            raise errors.invalid("output is what the function gave.", wrong)
        if call.output is not None:
            raise errors.conflict("function_call_answered", "This call was answered before.")
        call.output = output
        self._keep(call, output)
        self.has_news = True
        return {"type": "function_call_output", "call_id": call.id, "output": output}

    def _keep(self, call: Call, output: str) -> None:
        """The oldest are forgotten beyond a length that no language model reads; the newest never is."""
        self._given.append(call)
        self._kept += len(call.arguments) + len(output)
        while self._kept > _MOST_KEPT and len(self._given) > 1:
            oldest = self._given.popleft()
            self._kept -= len(oldest.arguments) + len(oldest.output or "")
            self._calls.pop(oldest.id, None)
            oldest.arguments, oldest.output = "", None
