"""What `run.py docs` writes into the Python client: its models, events and operations, from the two documents.

Schemas are TypedDicts, because an answer is then what `json` made of it and an unknown member does no harm; events are
dataclasses, so that `match` tells them apart.
"""

import keyword
import re
import textwrap
from collections.abc import Iterator

from kit.storable import JsonObject

FOLDER = "clients/python/parley_client"
_HEAD = '"""{about}\n\nWritten by run.py docs from the documents of the server: do not edit.\n"""\n\n'
_SIMPLE = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
    "object": "JsonObject",
}
_TYPING = ("Any", "Literal", "NotRequired", "TypeAlias", "TypedDict")
_MOST_VALUES = 40  # of an enumeration that is written out
_SOUND = "response.audio"
_SUCCESS = ("200", "201", "202")


def modules(operations: JsonObject, events: JsonObject) -> dict[str, str]:
    """The text of each module by its name."""
    return {
        "models.py": models(operations, events),
        "events.py": event_classes(events),
        "operations.py": operation_methods(operations),
    }


def models(operations: JsonObject, events: JsonObject) -> str:
    """The source of `models.py`: one class for each shape."""
    schemas = {**events["components"]["schemas"], **operations["components"]["schemas"]}
    aliases = {name: schema for name, schema in schemas.items() if "properties" not in schema}
    lines = [f"{name}: TypeAlias = {_quoted(shape(schema))}\n" for name, schema in sorted(aliases.items())]
    for name, schema in sorted(schemas.items()):
        if name not in aliases:
            lines.append(_typed_dict(name, schema))
    body = "".join(lines).lstrip("\n")
    imported = [name for name in _TYPING if re.search(rf"\b{name}\b", body)]
    head = _HEAD.format(about="The shapes of requests, answers and events, as TypedDicts.")
    head += f"from __future__ import annotations\n\nfrom typing import {', '.join(imported)}\n\n"
    head += "from ._json import JsonObject\nfrom ._upload import Upload\n"
    return head + ("\n" if aliases else "\n\n") + body


def _quoted(text: str) -> str:
    return f'"{text}"' if '"' not in text else f"'{text}'"


def _typed_dict(name: str, schema: JsonObject) -> str:
    required = set(schema.get("required", ()))
    body = _docstring(schema.get("description", ""), "    ")
    given = {
        member: shape(inner) if member in required else f"NotRequired[{shape(inner)}]"
        for member, inner in schema["properties"].items()
    }
    if not all(member.isidentifier() and not keyword.iskeyword(member) for member in given):
        rows = "".join(f"    {_literal(member)}: {_quoted(said)},\n" for member, said in given.items())
        return f'\n\n{name} = TypedDict(\n    "{name}",\n    {{\n{textwrap.indent(rows, "    ")}    }},\n)\n'
    for member, inner in schema["properties"].items():
        body += f"    {member}: {given[member]}\n"
        body += _docstring(inner.get("description", ""), "    ")
    return f"\n\nclass {name}(TypedDict):\n{body or '    pass' + chr(10)}"


def _docstring(text: str, indent: str) -> str:
    """Escaped, and wrapped where it is long; nothing for an empty text."""
    text = " ".join(text.replace("\\", "\\\\").replace('"', "'").split())
    if not text:
        return ""
    if len(text) + len(indent) <= 113:
        return f'{indent}"""{text}"""\n'
    wrapped = textwrap.wrap(f'"""{text}', 119 - len(indent))
    return "\n".join([*(indent + line for line in wrapped), f'{indent}"""\n'])


def shape(schema: JsonObject, prefix: str = "") -> str:
    """The annotation for a schema. `prefix` stands before the names of models."""
    if "$ref" in schema:
        return prefix + str(schema["$ref"].rsplit("/", 1)[1])
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " | ".join(dict.fromkeys(shape(one, prefix) for one in schema[several]))
    if "const" in schema:
        return f"Literal[{_literal(schema['const'])}]"
    if 0 < len(schema.get("enum", ())) <= _MOST_VALUES:
        return f"Literal[{', '.join(map(_literal, schema['enum']))}]"
    if "x-media-types" in schema:
        return f"{prefix and 'm.'}Upload"
    return _of_kind(schema, prefix)


def _literal(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _of_kind(schema: JsonObject, prefix: str) -> str:
    kind = schema.get("type")
    if kind == "array":
        return f"list[{shape(schema.get('items', {}), prefix)}]"
    if kind == "object" and isinstance(inner := schema.get("additionalProperties"), dict) and inner:
        return f"dict[str, {shape(inner, prefix)}]"
    return _SIMPLE.get(str(kind), "Any")


def _sent(events: JsonObject) -> Iterator[tuple[JsonObject, str]]:
    """The messages of the server, each with the name of its schema."""
    for message in events["components"]["messages"].values():
        if "x-numbered" in message:
            payload = message["payload"]
            reference = payload["allOf"][1] if "allOf" in payload else payload
            yield message, reference["$ref"].rsplit("/", 1)[1]


def event_classes(events: JsonObject) -> str:
    """The source of `events.py`: one class for each event."""
    lines = [
        _HEAD.format(about="The events of the server, one class each."),
        "from __future__ import annotations\n\n",
        "from dataclasses import dataclass\nfrom typing import Literal, TypeAlias\n\n",
        "from . import models as m\nfrom ._event import Event, Numbered, ResponseAudio, UnknownEvent\n",
    ]
    names = {_SOUND: "ResponseAudio"}
    for message, schema in _sent(events):
        if message["name"] not in names:
            names[message["name"]] = "ErrorEvent" if message["name"] == "error" else schema
            lines.append(_event_class(message, names[message["name"]], events["components"]["schemas"][schema]))
    every = [*names.values(), "UnknownEvent"]
    lines.append(f'\n\nServerEvent: TypeAlias = (\n    {" | ".join(every)}\n)\n"""Any of them."""\n')
    rows = "".join(f'    "{name}": {kind},\n' for name, kind in names.items() if name != _SOUND)
    lines.append(f"\nKINDS: dict[str, type[Event]] = {{\n{rows}}}\n")
    return "".join(lines)


def _event_class(message: JsonObject, name: str, schema: JsonObject) -> str:
    base = "Numbered" if message["x-numbered"] else "Event"
    body = _docstring(message["summary"], "    ")
    body += f'\n    name: Literal["{message["name"]}"] = "{message["name"]}"\n'
    required = set(schema.get("required", ()))
    for member, inner in schema["properties"].items():
        said = shape(inner, "m.")
        if member not in required:
            said += " = None" if "None" in said else f" | None = {inner.get('default')!r}"
        body += f"    {member}: {said}\n" + _docstring(inner.get("description", ""), "    ")
    return f"\n\n@dataclass(frozen=True, kw_only=True)\nclass {name}({base}):\n{body}"


def operation_methods(document: JsonObject) -> str:
    """The source of `operations.py`: one method for each operation."""
    lines = [
        _HEAD.format(about="Every operation of the REST API as a method, named as its operationId."),
        "from __future__ import annotations\n\n",
        "from typing import Any, Literal, Protocol\nfrom urllib.parse import quote\n\n",
        "from . import models as m\nfrom ._json import JsonObject\n\n\n",
        "class Asked(Protocol):\n",
        '    """Sends a request and gives the answer: what its JSON says, bytes of other media, None of 204."""\n\n',
        "    async def __call__(\n        self,\n        method: str,\n        path: str,\n        *,\n",
        "        query: JsonObject | None = None,\n        body: object = None,\n        form: bool = False,\n",
        "        key: str | None = None,\n        repeatable: bool = False,\n    ) -> Any: ...\n\n\n",
        "class Operations:\n",
        '    """Errors are `Refused` with the code of the server, and `Lost` when it cannot be reached."""\n\n',
        "    def __init__(self, ask: Asked) -> None:\n        self._ask = ask\n",
    ]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if _is_plain(operation):
                lines.append(_method(method.upper(), path, operation))
    return "".join(lines)


def _is_plain(operation: JsonObject) -> bool:
    """Neither a stream, nor a WebSocket, nor a description of media (SDP)."""
    streams = set(_answers(operation)) == {"text/event-stream"} or "101" in operation["responses"]
    bodies = operation.get("requestBody", {}).get("content", {})
    return not streams and all(kind.endswith(("json", "form-data", "form-urlencoded")) for kind in bodies)


def _method(method: str, path: str, operation: JsonObject) -> str:
    taken, given = ["self"], [f'"{method}"', _path(path)]
    for one in _parameters(operation, "path"):
        taken.append(f"{one['name']}: {shape(one['schema'], 'm.')}")
    if body := operation.get("requestBody"):
        kinds = " | ".join(shape(one["schema"], "m.") for one in body["content"].values())
        taken.append(f"body: {kinds}" if body["required"] else f"body: {kinds} | None = None")
        given.append("body=body" if body["required"] else "body=body or {}")
        if list(body["content"]) == ["application/x-www-form-urlencoded"]:
            given.append("form=True")
    query = list(_parameters(operation, "query"))
    repeatable = any(one["name"] == "Idempotency-Key" for one in operation["parameters"])
    if query or repeatable:
        taken.append("*")
    for one in query:
        said = shape(one["schema"], "m.")
        taken.append(f"{_argument(one)}: {said if one.get('required') else _optional(said)}")
    if query:
        pairs = ", ".join(f"{_literal(one['name'])}: {_argument(one)}" for one in query)
        given.append(f"query={{{pairs}}}")
    if repeatable:
        taken.append("idempotency_key: str | None = None")
        given += ["key=idempotency_key", "repeatable=True"]
    return _written(operation, taken, given)


def _written(operation: JsonObject, taken: list[str], given: list[str]) -> str:
    answer = _answer(operation)
    text = f"\n    async def {operation['operationId']}({', '.join(taken)}) -> {answer}:\n"
    text += _docstring(operation["summary"] + ".", "        ")
    call = f"await self._ask({', '.join(given)})"
    if answer == "None":
        return f"{text}        {call}\n"
    return f"{text}        answer: {answer} = {call}\n        return answer\n"


def _optional(said: str) -> str:
    return f"{said if 'None' in said.split(' | ') else f'{said} | None'} = None"


def _argument(parameter: JsonObject) -> str:
    name: str = parameter["name"]
    return f"{name}_" if keyword.iskeyword(name) else name


def _parameters(operation: JsonObject, where: str) -> Iterator[JsonObject]:
    """Those that are needed first."""
    found = [one for one in operation["parameters"] if one["in"] == where]
    yield from sorted(found, key=lambda one: not one.get("required", False))


def _path(path: str) -> str:
    if "{" not in path:
        return f'"{path}"'
    return 'f"' + path.replace("{", "{quote(").replace("}", ", safe='')}") + '"'


def _answers(operation: JsonObject) -> JsonObject:
    """What a success holds, by media type."""
    responses = operation["responses"]
    found: JsonObject = next((responses[one].get("content", {}) for one in _SUCCESS if one in responses), {})
    return found


def _answer(operation: JsonObject) -> str:
    content = _answers(operation)
    if "application/json" not in content:
        return "bytes" if content else "None"
    schema = content["application/json"]["schema"]
    return "Any" if schema.get("type") == "string" else shape(schema, "m.")  # the request chooses between several
