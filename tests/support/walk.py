"""What a test needs to walk over every operation: requests made from the rows, and things that somebody owns."""

import asyncio
import re
from dataclasses import dataclass
from typing import Any

from aiohttp import FormData

from kit.http.operation import Operation
from tests.support import school
from tests.support.node import Account, Parley

UNKNOWN_ID = "0199e0a4-0000-7000-8000-000000000000"

# Which thing an id stands for, where its name alone does not say so.
_MEANINGS = (
    (r"^/api/auth/sessions", "session_id", "sign_in"),
    (r"^/api/live", "session_id", "live_session"),
    (r"^/api/learn/english", "session_id", "english_session"),
    (r"^/api/learn/english/texts", "organization_id", "org_id"),
    (r"^/api/organizations", "organization_id", "org_id"),
    (r"^/api/api-keys", "organization_id", "org_id"),
    (r"^/api/webhooks", "organization_id", "org_id"),
)
_TRANSCRIPT = {
    "session_started_at": "2026-03-02T09:00:00Z",
    "session_ended_at": "2026-03-02T09:01:00Z",
    "transcripts": [{"role": "user", "text": "hello", "timestamp": "2026-03-02T09:00:00Z"}],
}
_WRITING = {"skill": "writing", "text": "I has a dog. It is brown and it like to run in the park every day."}


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    options: dict[str, Any]


def meaning(path: str, name: str) -> str:
    """The kind of thing that the id `name` refers to in an operation at `path`."""
    return next((kind for pattern, of, kind in _MEANINGS if of == name and re.match(pattern, path)), name)


def filled_path(row: Operation, things: dict[str, str]) -> str:
    path = row.path
    for name in row.shapes.path:
        path = path.replace(f"{{{name}}}", things.get(meaning(row.path, name), UNKNOWN_ID))
    return path


def example_body(row: Operation, document: dict[str, Any], things: dict[str, str]) -> dict[str, Any] | None:
    """A valid body from the examples of the document; ids of `things` go wherever a field can name one."""
    described = document["paths"][row.path][row.method.lower()]
    content = described.get("requestBody", {}).get("content", {})
    schema: dict[str, Any] | None = next((one.get("schema") for one in content.values()), None)
    if schema is None:
        return None
    schema = _resolved(schema, document)
    body = {}
    for name, shape in schema.get("properties", {}).items():
        kind = meaning(row.path, name)
        if kind in things:
            body[name] = things[kind]
        elif name in schema.get("required", []):
            body[name] = _example(shape, document)
    return body


def request(row: Operation, document: dict[str, Any], things: dict[str, str]) -> Request:
    """A well-formed request that speaks of `things`."""
    body = example_body(row, document, things)
    options: dict[str, Any] = {}
    if body is not None and "json" in row.accepts:
        options["json"] = body
    elif body is not None:
        options["data"] = FormData({name: str(value) for name, value in body.items()})
    query = [
        parameter
        for parameter in document["paths"][row.path][row.method.lower()]["parameters"]
        if parameter["in"] == "query" and parameter["required"]
    ]
    options["params"] = {parameter["name"]: str(_example(parameter["schema"], document)) for parameter in query}
    return Request(row.method, filled_path(row, things), options)


def _resolved(shape: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in shape:
        found: dict[str, Any] = document["components"]["schemas"][shape["$ref"].rsplit("/", 1)[1]]
        return found
    return shape


def _example(shape: dict[str, Any], document: dict[str, Any]) -> Any:
    shape = {**_resolved(shape, document), **{k: v for k, v in shape.items() if k != "$ref"}}
    if "examples" in shape:
        return shape["examples"][0]
    if "enum" in shape:
        return shape["enum"][0]
    if "anyOf" in shape:
        return _example(shape["anyOf"][0], document)
    if shape.get("type") == "object":
        required = shape.get("required", [])
        return {name: _example(inner, document) for name, inner in shape["properties"].items() if name in required}
    if shape.get("type") == "array":
        return [_example(shape["items"], document)] if shape.get("minItems") else []
    return {"string": "x", "integer": 1, "number": 1.0, "boolean": True}.get(shape.get("type", ""))


async def belongings(node: Parley, who: Account) -> dict[str, str]:
    """One of everything that a user can own, made over the public API: kind of thing → id."""
    async with node.client.get("/api/auth/sessions", headers=who.headers) as response:
        sign_in = (await response.json())["items"][0]["id"]
    things = {"sign_in": sign_in, "target_user_id": who.user_id}
    things["conversation_id"] = await _made(node, who, "/api/core/conversations", {"title": "Mine"})
    things["note_id"] = await _made(node, who, "/api/core/notes", {"title": "Mine", "content": "secret"})
    things["key_id"] = await _made(node, who, "/api/api-keys", {"name": "mine", "scopes": ["live:read"]})
    voice = {"session_type": "voice"}
    things["live_session"] = await _made(node, who, "/api/live/session/start", voice, at="session_id")
    things["transcript_id"] = await _made(node, who, "/api/live/transcripts", _TRANSCRIPT)
    english = "/api/learn/english"
    things["english_session"] = await _made(node, who, f"{english}/sessions/start", {}, at="session_id")
    evaluation = await _made(node, who, f"{english}/evaluate", _WRITING, at="evaluation_id", status=200)
    upload = FormData({"title": "Mine"})
    upload.add_field("file", b"a secret text", filename="mine.txt", content_type="text/plain")
    things["document_id"] = await _made(node, who, "/api/rag/documents", upload, at="document.id")
    await _read(node, things["document_id"])
    things["audio_id"] = await _recording(node, who, evaluation)
    things["integration_id"] = await _connection(node, who)
    return things | await _organization(node, who) | await _webhook(node, who)


async def _organization(node: Parley, who: Account) -> dict[str, str]:
    """An organization, an invitation, a link and an assignment."""
    org_id = await _made(node, who, "/api/organizations", {"name": "Mine", "slug": "mine"})
    path = f"/api/organizations/{org_id}"
    invited = {"user": "nobody@example.com"}
    return {
        "org_id": org_id,
        "invitation_id": await _made(node, who, f"{path}/members", invited, at="invitation_id"),
        "link_id": await _made(node, who, f"{path}/invitation-links", {}),
        "assignment_id": await _made(node, who, f"{path}/assignments", school.order()),
    }


async def _made(node: Parley, who: Account, path: str, body: Any, *, at: str = "id", status: int = 0) -> str:
    """The value `at` a dotted path of the response; `status` is accepted beside 201 and 202."""
    sent = {"data": body} if isinstance(body, FormData) else {"json": body}
    async with node.client.post(path, headers=who.headers, **sent) as response:
        assert response.status in (201, 202, status), (path, await response.text())
        found = await response.json()
        for name in at.split("."):
            found = found[name]
        return str(found)


async def _read(node: Parley, document_id: str) -> None:
    """Wait until the document was read in the background: later changes are not its own."""
    for _ in range(1200):
        async with node.resources.database.connection() as cx:
            if await cx.fetchval("select status <> 'processing' from documents where id = $1", document_id):
                return
        await asyncio.sleep(0.05)
    raise AssertionError("the document was never read")


async def _webhook(node: Parley, who: Account) -> dict[str, str]:
    """A webhook to nobody, and a delivery that is not tried again."""
    hook = {"url": "https://receiver.invalid/hook", "events": ["quota.low"]}
    async with node.client.post("/api/webhooks", json=hook, headers=who.headers) as response:
        webhook_id = (await response.json())["id"]
    path = f"/api/webhooks/{webhook_id}"
    async with node.client.post(f"{path}/test", headers=who.headers) as response:
        delivery_id = (await response.json())["id"]
    async with node.client.patch(path, json={"enabled": False}, headers=who.headers) as response:
        assert response.status == 200
    return {"webhook_id": webhook_id, "delivery_id": delivery_id}


async def _recording(node: Parley, who: Account, evaluation: str) -> str:
    """A recording kept with consent, as the evaluation of speech would have stored it."""
    async with node.resources.database.connection() as cx:
        await cx.execute(
            """insert into english_recordings (id, user_id, media_type, content, seconds, created_at)
               values ($1, $2, 'audio/wav', 'secret', 1.0, now())""",
            evaluation,
            who.user_id,
        )
    return evaluation


async def _connection(node: Parley, who: Account) -> str:
    """A connected calendar, as the callback would have stored it."""
    async with node.resources.database.connection() as cx:
        return str(
            await cx.fetchval(
                """insert into connections (id, user_id, provider, account, scopes, status, access_token_sealed,
                                            access_expires_at, connected_at)
                   values (gen_random_uuid(), $1, 'google-calendar', 'mine', '{}', 'active', '', now(), now())
                   returning id""",
                who.user_id,
            )
        )
