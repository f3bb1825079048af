"""From operation rows to routes."""

import hashlib
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, get_args, get_origin

from aiohttp import hdrs, web
from multidict import CIMultiDict
from pydantic import BaseModel

from kit import errors, ids, logs, patience
from kit.errors import Failure
from kit.http import bodies, idempotency, requests
from kit.http.gate import Gate, shown
from kit.http.idempotency import Idempotency, Replayed, Saved
from kit.http.operation import Access, Call, Operation, Reply
from kit.http.wire import NoQuery

Endpoint = Callable[[web.Request], Awaitable[web.StreamResponse]]

_JSON_HEADERS = CIMultiDict({hdrs.CONTENT_TYPE: "application/json"})
_log = logs.get(__name__)
_MADE_ANEW = frozenset({hdrs.CONTENT_LENGTH, hdrs.DATE, hdrs.SERVER})


class Binder:
    """Checks access, limits and shapes before a handler sees a request, and renders what it returns."""

    def __init__(self, gate: Gate, repeats: Idempotency | None) -> None:
        self._gate = gate
        self._repeats = repeats

    def routes(self, operations: Iterable[Operation]) -> list[web.RouteDef]:
        """One aiohttp route for each row."""
        return [web.route(row.method, row.path, self._endpoint(row)) for row in operations]

    def _endpoint(self, row: Operation) -> Endpoint:
        shapes, entry = row.shapes, row.entry
        query_model = shapes.query or NoQuery
        lists = _list_fields(query_model)

        async def endpoint(request: web.Request) -> web.StreamResponse:
            patience.begin()  # aiohttp answers each request in a task of its own
            knock = self._gate.knock(request)
            call = Call(request, request[requests.NOTES].id, knock.address, row.max_bytes)
            if row.access is not Access.PUBLIC:
                call.identity = await self._gate.admit(entry, shown(row.access, request.headers), knock)
            else:
                await self._gate.count(row.rate_class, f"ip:{knock.address}", knock)
            arguments: dict[str, Any] = {}
            for name in shapes.path:
                value = request.match_info[name]
                if "\0" in value or (name in shapes.ids and not ids.is_id(value)):
                    raise errors.not_found()
                arguments[name] = value
            if shapes.query is not None or request.query_string:
                arguments["query"] = bodies.validate(_query(request, lists), query_model)
                if shapes.query is None:
                    del arguments["query"]
            if shapes.body is not None:
                arguments["body"] = await _body(row, request, shapes.body)
            if (
                self._repeats is not None
                and row.idempotent
                and (key := request.headers.get(idempotency.HEADER)) is not None
            ):
                return await self._once(self._repeats, row, call, key, arguments)
            return _render(row, await row.handler(call, **arguments))

        return endpoint

    async def _once(
        self, repeats: Idempotency, row: Operation, call: Call, key: str, arguments: dict[str, Any]
    ) -> web.StreamResponse:
        if not 1 <= len(key) <= 255 or not key.isprintable():
            raise errors.invalid("An Idempotency-Key has 1 to 255 printable characters.")
        turn: idempotency.RunRight | None = None

        async def content_known(content: bytes) -> None:
            nonlocal turn
            digest = hashlib.sha256(call.http.path_qs.encode() + b"\n" + content).hexdigest()
            begun = await repeats.begin(owner=_owner(call), operation=row.name, key=key, digest=digest)
            if isinstance(begun, Saved):
                raise Replayed(begun)
            turn = begun

        try:
            await self._tell_content(row, call, arguments, content_known)
            response = _render(row, await row.handler(call, **arguments))
        except Replayed as before:
            return _again(before.saved, {idempotency.REPLAYED_HEADER: "true"})
        except BaseException:
            if turn is not None:
                await _given_up(turn)
            raise
        if turn is None:
            raise RuntimeError(f"{row.name} did not say what was sent to it")
        return await _kept(turn, response)

    async def _tell_content(self, row: Operation, call: Call, arguments: dict[str, Any], told: bodies.Note) -> None:
        """Report the content now, or when the handler has read the body itself."""
        if row.multipart is not None or row.json is not None:
            call.http[bodies.CONTENT_KNOWN] = told
        else:
            body = arguments.get("body")
            await told(bodies.digest_of(body) if isinstance(body, BaseModel) else b"")


async def _given_up(turn: idempotency.RunRight) -> None:
    """Give up the turn. If that fails the answer still goes out, and a repetition waits until the lease ends."""
    try:
        with patience.within():
            await turn.give_up()
    except Failure as failure:
        _log.warning("idempotency_turn_not_given_up", reason=failure.code)


async def _kept(turn: idempotency.RunRight, response: web.StreamResponse) -> web.StreamResponse:
    """Keep the response for repetitions. A stream is not kept: it went to this client only."""
    if not isinstance(response, web.Response) or response.prepared:
        await _given_up(turn)
        return response
    body = response.body if isinstance(response.body, bytes) else b""
    headers = {str(name): value for name, value in response.headers.items() if name not in _MADE_ANEW}
    saved = Saved(response.status, body, headers)
    with patience.within():  # even when no time is left: what was done must not be done twice
        await turn.finish(saved)
    return _again(saved, {})


def _again(saved: Saved, more: dict[str, str]) -> web.Response:
    return web.Response(body=saved.body or None, status=saved.status, headers={**saved.headers, **more})


def _owner(call: Call) -> str:
    """Whose Idempotency-Keys these are. Keys bound to an organization never see the answers of others."""
    if call.identity is None:
        return f"ip:{call.address}"
    return f"{call.identity.user_id}:{call.identity.organization_id or ''}"


async def _body(row: Operation, request: web.Request, model: type[BaseModel]) -> BaseModel:
    if row.consumes == "form":
        return await bodies.read_form(request, model, row.max_bytes)
    return await bodies.read_json(request, model, row.max_bytes)


def _render(row: Operation, answer: Any) -> web.StreamResponse:
    if isinstance(answer, web.StreamResponse):
        return answer
    if answer is None:
        return web.Response(status=204)
    status, headers = row.status, _JSON_HEADERS
    if isinstance(answer, Reply):
        headers = CIMultiDict(_JSON_HEADERS)
        headers.update(answer.headers)
        answer, status = answer.view, answer.status
    body = type(answer).__pydantic_serializer__.to_json(answer, by_alias=True)
    return web.Response(body=body, status=status, headers=headers)


def _query(request: web.Request, lists: frozenset[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in request.query:
        values = request.query.getall(name)
        if name in lists:
            found[name] = values
        elif len(values) > 1:
            raise errors.invalid("A query parameter was given twice.", [(f"/{name}", "give it once")])
        else:
            found[name] = values[0]
    return found


def _list_fields(model: type[BaseModel]) -> frozenset[str]:
    def is_list(hint: Any) -> bool:
        return get_origin(hint) is list or any(map(is_list, get_args(hint)))

    return frozenset(name for name, field in model.model_fields.items() if is_list(field.annotation))
