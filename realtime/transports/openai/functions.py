"""Functions of a client of the OpenAI Realtime API: what it offers, what the model called, and what was answered."""

import re
from dataclasses import dataclass
from typing import Literal

from kit import errors, ids
from kit.errors import Failure
from kit.storable import JsonObject
from realtime.transports.openai import config

_MOST_TOOLS = 128
_MOST_CALLS = 1000  # of one conversation
_LONGEST_OUTPUT = 100_000
_NAME = re.compile(r"[a-zA-Z0-9_.-]{1,64}")
_DEFINITION = ("name", "description", "parameters")
_State = Literal["begun", "complete", "answered"]
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
    """`output` is what the function gave, once it is known."""

    id: str
    name: str
    arguments: str = ""
    output: str | None = None

    def written(self) -> JsonObject:
        function = {"name": self.name, "arguments": self.arguments or "{}"}
        return {"id": self.id, "type": "function", "function": function}


class Functions:
    """The calls of one conversation by their ids; the conversation's items hold the rest. The oldest of very many are
    forgotten."""

    def __init__(self) -> None:
        self._calls: dict[str, _State] = {}

    def begun(self, call_id: str, name: str) -> Call:
        """The reply that is under way makes this call. Not every server's ids differ from one answer to the next."""
        call = Call(f"call_{ids.secret(16)}" if call_id in self._calls else call_id, name)
        if len(self._calls) >= _MOST_CALLS:
            del self._calls[next(iter(self._calls))]
        self._calls[call.id] = "begun"
        return call

    def complete(self, call: Call) -> None:
        """All its arguments are there: from now on it may be answered."""
        if call.id in self._calls:  # deleted meanwhile, it may not be
            self._calls[call.id] = "complete"

    def give(self, item: JsonObject) -> JsonObject:
        """What a function gave: an item of the type `function_call_output`. Its members, checked. Failure
        `invalid_request`."""
        call_id, output = item.get("call_id"), item.get("output")
        state = self._calls.get(call_id) if isinstance(call_id, str) else None
        if state is None or state == "begun":
            raise errors.invalid("There is no such function call.", [("/item/call_id", "a call of this session")])
        if not isinstance(output, str) or len(output) > _LONGEST_OUTPUT:
            wrong = [("/item/output", f"a text of at most {_LONGEST_OUTPUT:,} characters")]
            raise errors.invalid("output is what the function gave.", wrong)
        if state == "answered":
            raise errors.conflict("function_call_answered", "This call was answered before.")
        self._calls[str(call_id)] = "answered"
        return {"type": "function_call_output", "call_id": call_id, "output": output}

    def deleted(self, item: JsonObject) -> None:
        """An item of the conversation is gone: what the function gave may be given again, a call may not be
        answered."""
        if item["type"] == "function_call":
            self._calls.pop(item["call_id"], None)
        elif item["type"] == "function_call_output" and item["call_id"] in self._calls:
            self._calls[item["call_id"]] = "complete"
