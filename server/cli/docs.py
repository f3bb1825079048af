"""`run.py docs`: writes the tables of docs/contract.md and the types of both clients from the OpenAPI and the AsyncAPI
document.

What is between a line `<!-- NAME: written by run.py docs -->` and the next `<!-- end -->` is generated; the rest of the
file is written by hand.
"""

import argparse
import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

from kit.http import openapi
from kit.storable import JsonObject
from realtime import asyncapi
from server import compose, resources
from server.bootstrap import terminal
from server.bootstrap.environment import ROOT
from server.cli import python_client, servers, typescript
from server.cli import settings as configuration
from server.config import VERSION, Settings
from server.embedded.stack import Endpoints

CONTRACT = Path("docs") / "contract.md"
_URL = "http://localhost:8080"
_BLOCK = re.compile(r"(<!-- (\w+): written by run\.py docs -->\n).*?(<!-- end -->)", re.DOTALL)
_WHO = {
    "public": "anybody",
    "bearer": "person",
    "bearer,key": "person, key",
    "admin": "administrator",
    "bearer,service": "person, service",
    "ticket": "ticket",
}


def main(arguments: argparse.Namespace) -> int:
    """`run.py docs`: write every generated document and type again."""
    settings = configuration.read(arguments)
    with servers.opened(settings, terminal.say, share=True) as started:
        described = asyncio.run(_described(settings, started.endpoints))
    for path, after in texts(described, asyncapi.document(version=VERSION, url=_URL)).items():
        before = (ROOT / path).read_text() if (ROOT / path).exists() else ""
        if after != before:
            (ROOT / path).write_text(after)
        print(f"{path} {'was as it should be' if after == before else 'was written anew'}.")
    return 0


def texts(operations: JsonObject, events: JsonObject) -> dict[Path, str]:
    """Every generated document as it should be, by its path in the repository."""
    client = python_client.modules(operations, events)
    contract = {CONTRACT: written((ROOT / CONTRACT).read_text(), operations, events)}
    python = {Path(python_client.FOLDER) / name: text for name, text in client.items()}
    javascript = typescript.modules(operations, events)
    return contract | python | {Path(typescript.FOLDER) / name: text for name, text in javascript.items()}


async def _described(settings: Settings, endpoints: Endpoints) -> JsonObject:
    """The OpenAPI document of a node that is put together and never started."""
    database_url, redis_url = endpoints.database_url, endpoints.redis_url
    async with resources.opened(settings, database_url=database_url, redis_url=redis_url) as opened:
        part = compose.compose(opened).part
        return openapi.document(part.operations, version=VERSION, url=_URL, doors=part.doors, webhooks=part.webhooks)


def written(text: str, operations: JsonObject, events: JsonObject) -> str:
    """`text` with its generated parts as the two documents have them. KeyError for a part of an unknown name."""
    parts = {
        "operations": "\n".join(_operations(operations)).rstrip(),
        "client_events": "\n".join(_events(events, "receive")),
        "server_events": "\n".join(_events(events, "send")),
    }
    return _BLOCK.sub(lambda found: f"{found[1]}\n{parts[found[2]]}\n\n{found[3]}", text)


def _operations(document: JsonObject) -> Iterator[str]:
    """A table for each tag."""
    rows: dict[str, list[str]] = {tag["name"]: [] for tag in document["tags"]}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            rows[operation["tags"][0]].append(_operation(f"{method.upper()} {path}", operation))
    for tag, lines in rows.items():
        yield from (f"### {tag}", "", "| operation | for | body | answer |", "|---|---|---|---|", *lines, "")


def _operation(name: str, operation: JsonObject) -> str:
    scope = f" `{operation['x-scope']}`" if "x-scope" in operation else ""
    body = _shape(operation.get("requestBody", {}).get("content", {}))
    status, success = next(iter(operation["responses"].items()))
    again = ", repeatable" if any(one["name"] == "Idempotency-Key" for one in operation["parameters"]) else ""
    answer = f"{status} {_shape(success.get('content', {}))}".strip()
    return f"| `{name}` {operation['summary']} | {_WHO[operation['x-access']]}{scope} | {body} | {answer}{again} |"


def _shape(content: JsonObject) -> str:
    """The names of the schemas, or the media type of what has none."""
    found = {_name(one["schema"]) or media: media for media, one in content.items()}
    return ", ".join(f"`{name}`" if name == media else f"{name}{_media(media)}" for name, media in found.items())


def _media(media: str) -> str:
    return "" if media == "application/json" else " (form)" if "form" in media else f" (`{media}`)"


def _events(document: JsonObject, action: str) -> Iterator[str]:
    """The events that the server receives, with their acknowledgements, or those that it sends."""
    yield f"| event | in | members | {'acknowledged with' if action == 'receive' else 'numbered'} |"
    yield "|---|---|---|---|"
    where: dict[str, list[str]] = {}
    for operation_id, operation in document["operations"].items():
        if operation["action"] == action and _is_row(operation_id):
            name = operation["messages"][0]["$ref"].rsplit("/", 1)[1]
            where.setdefault(name, []).append(f"`{operation['channel']['$ref'].rsplit('/', 1)[1]}`")
    schemas = document["components"]["schemas"]
    for name, channels in where.items():
        message = document["components"]["messages"][name]
        if action == "receive":
            last = _members(schemas[_name(message["x-ack"]["oneOf"][0])], without="ok")
        else:
            last = "yes" if message["x-numbered"] else "no"
        payload = message["payload"]
        members = _members(schemas[_name(payload["allOf"][1] if "allOf" in payload else payload)])
        members += ", and bytes" if "x-binary" in message else ""
        summary = message["summary"].rstrip(".")
        yield f"| `{name}` {summary} | {', '.join(channels)} | {members} | {last} |"


def _is_row(operation_id: str) -> bool:
    """Whether it is an event over Socket.IO: the other transports carry the same ones."""
    channel, _, name = operation_id.partition(".")
    return not channel.endswith("_websocket") and name != asyncapi.OBSERVE


def _members(schema: JsonObject, without: str = "") -> str:
    required = set(schema.get("required", ()))
    listed = [name for name in schema.get("properties", {}) if name != without]
    names = [f"`{name}`" if name in required else f"`{name}?`" for name in listed]
    return ", ".join(names) or "none"


def _name(schema: JsonObject) -> str:
    name: str = schema.get("$ref", "").rsplit("/", 1)[-1]
    return name
