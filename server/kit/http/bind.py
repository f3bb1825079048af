"""From operation rows to routes."""

import hashlib
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, get_args, get_origin

from aiohttp import hdrs, web
from pydantic import BaseModel

from server.kit import errors, ids
from server.kit.errors import Failure, Kind
from server.kit.http import addresses, authenticate, bodies, idempotency, requests
from server.kit.http.authenticate import Authenticator
from server.kit.http.idempotency import Idempotency, Saved
from server.kit.http.limits import Limits
from server.kit.http.operation import Access, Call, Operation, Reply
from server.kit.http.wire import NoQuery

Endpoint = Callable[[web.Request], Awaitable[web.StreamResponse]]

_JSON = "application/json"
_MADE_ANEW = frozenset({hdrs.CONTENT_LENGTH, hdrs.DATE, hdrs.SERVER})


class Binder:
    """Checks access, limits and shapes before a handler sees a request, and renders what it returns."""

    def __init__(
        self,
        authenticator: Authenticator,
        limits: Limits,
        repeats: Idempotency | None,
        proxies: addresses.TrustedProxies,
    ) -> None:
        self._authenticator = authenticator
        self._limits = limits
        self._repeats = repeats
        self._proxies = proxies

    def routes(self, operations: Iterable[Operation]) -> list[web.RouteDef]:
        return [web.route(row.method, row.path, self._endpoint(row)) for row in operations]

    def _endpoint(self, row: Operation) -> Endpoint:
        shapes = row.shapes
        query_model = shapes.query or NoQuery
        lists = _list_fields(query_model)

        async def endpoint(request: web.Request) -> web.StreamResponse:
            call = Call(request, request[requests.REQUEST_ID], self._proxies.client(request), row.max_bytes)
            await self._admit(row, call)
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
            if self._repeats is not None and row.idempotent and (key := request.headers.get(idempotency.HEADER)):
                return await self._once(self._repeats, row, call, key, arguments)
            return _render(row, await row.handler(call, **arguments))

        return endpoint

    async def _admit(self, row: Operation, call: Call) -> None:
        if row.access is not Access.PUBLIC:
            try:
                call.identity = await authenticate.admit(self._authenticator, row, call.http, call.address)
            except Failure as failure:
                # Whoever tries credentials is counted by address, so that guessing costs more than the database.
                if failure.kind is Kind.UNAUTHENTICATED:
                    await self._count(call, "public", f"ip:{call.address}")
                raise
        if row.rate_class != "unlimited":
            subject = call.identity.limited_as if call.identity else f"ip:{call.address}"
            await self._count(call, row.rate_class, subject)

    async def _count(self, call: Call, rate_class: str, subject: str) -> None:
        verdict, refusal = await self._limits.take(rate_class, subject)
        if verdict is not None:
            call.http[requests.EXTRA_HEADERS] = verdict.headers()
        if refusal is not None:
            raise refusal

    async def _once(
        self, repeats: Idempotency, row: Operation, call: Call, key: str, arguments: dict[str, Any]
    ) -> web.StreamResponse:
        async def act() -> Saved:
            response = _render(row, await row.handler(call, **arguments))
            if not isinstance(response, web.Response) or response.prepared:
                raise idempotency.NotRepeatable(response)
            body = response.body if isinstance(response.body, bytes) else b""
            kept = {str(name): value for name, value in response.headers.items() if name not in _MADE_ANEW}
            return Saved(response.status, body, kept)

        if not 1 <= len(key) <= 255 or not key.isprintable():
            raise errors.invalid("An Idempotency-Key has 1 to 255 printable characters.")
        try:
            saved, replayed = await repeats.once(
                owner=_owner(call), operation=row.name, key=key, digest=_digest(call.http, arguments), act=act
            )
        except idempotency.NotRepeatable as sent:
            return sent.response
        headers = {**saved.headers, **({idempotency.REPLAYED_HEADER: "true"} if replayed else {})}
        return web.Response(body=saved.body or None, status=saved.status, headers=headers)


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
    status, headers = row.status, None
    if isinstance(answer, Reply):
        answer, status, headers = answer.view, answer.status, answer.headers
    body = type(answer).__pydantic_serializer__.to_json(answer, by_alias=True)
    return web.Response(body=body, status=status, content_type=_JSON, headers=headers)


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


def _digest(request: web.Request, arguments: dict[str, Any]) -> str:
    """Tells two requests apart: the whole address and the validated body; of an upload, its length."""
    body = arguments.get("body")
    content = body.model_dump_json() if isinstance(body, BaseModel) else str(request.content_length)
    return hashlib.sha256(f"{request.path_qs}\n{content}".encode()).hexdigest()
