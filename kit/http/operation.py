"""Operations are data: one row tells the router, the OpenAPI document and the tests what an operation is.

The shapes come from the handler's signature, so they are in one place only:

    async def rename(self, call: Call, note_id: Id, body: NoteUpdate) -> NoteResponse

`call` is first; `body` and `query` are pydantic models; every other parameter is a path parameter.
"""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin, get_type_hints

from aiohttp import web
from pydantic import BaseModel

from kit import errors
from kit.caller import Caller
from kit.http import bodies, requests
from kit.http.wire import Id

V = TypeVar("V")
M = TypeVar("M", bound=BaseModel)

Consumes = Literal["json", "form", "multipart", "raw"]
Rate = Literal["read", "write", "heavy", "login", "public", "unlimited"]

MEBIBYTE = 1024 * 1024


class Access(Enum):
    """Whose credential opens an operation."""

    PUBLIC = "public"
    BEARER = "bearer"
    BEARER_OR_KEY = "bearer,key"
    ADMIN = "admin"
    BEARER_OR_SERVICE = "bearer,service"


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entrance requires: one of `scopes` is enough; with none, no scope opens it."""

    access: Access
    scopes: tuple[str, ...]
    rate_class: Rate


@dataclass(slots=True)
class Call:
    """One request on its way through a handler."""

    http: web.Request
    request_id: str
    address: str
    max_bytes: int
    identity: Caller | None = None

    @property
    def caller(self) -> Caller:
        """The caller. Public operations have none."""
        if self.identity is None:
            raise errors.unauthenticated()
        return self.identity

    @property
    def https(self) -> bool:
        """Whether the client came over TLS, so that cookies may insist on it."""
        return self.http[requests.NOTES].https

    async def json(self, model: type[M]) -> M:
        """The JSON body as `model`, for handlers that take several content types."""
        parsed = await bodies.read_json(self.http, model, self.max_bytes)
        await bodies.note(self.http, bodies.digest_of(parsed))
        return parsed


@dataclass(frozen=True, slots=True)
class Reply(Generic[V]):
    """A response whose status or headers differ from the row's."""

    view: V
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Shapes:
    """What an operation takes and gives, read from its handler's signature."""

    body: type[BaseModel] | None
    query: type[BaseModel] | None
    path: tuple[str, ...]
    ids: frozenset[str]
    response: type[BaseModel] | None


@dataclass(frozen=True)
class Operation:
    """One operation of the API.

    `title` and `tag` name it in the documents. `also` are scopes that open it as well as `scope`. `errors` lists
    statuses that it may answer besides the usual ones. `idempotent` honours the Idempotency-Key header. `multipart`
    documents the parts of an upload, `json` a JSON body that the handler reads itself, `views` the JSON answers of a
    handler that writes them itself, `events` what a stream sends, with the events' names ("" for data without one).
    `added` marks operations that the platform whose API this is does not have (docs/guides/moving.md).
    """

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    handler: Callable[..., Awaitable[object]]
    title: str
    tag: str
    access: Access
    scope: str | None = None
    status: int = 200
    rate: Rate | None = None
    errors: tuple[int, ...] = ()
    idempotent: bool = False
    consumes: Consumes | tuple[Consumes, ...] = "json"
    multipart: type[BaseModel] | None = None
    json: type[BaseModel] | None = None
    produces: tuple[str, ...] = ()
    views: tuple[type[BaseModel], ...] = ()
    events: tuple[tuple[str, type[BaseModel]], ...] = ()
    max_bytes: int = MEBIBYTE
    added: bool = False
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.access is Access.BEARER_OR_KEY) != (self.scope is not None):
            raise ValueError(f"{self.name}: a scope is needed exactly where API keys are accepted")

    @cached_property
    def name(self) -> str:
        """Method and path: what logs and metrics call it."""
        return f"{self.method} {self.path}"

    @cached_property
    def entry(self) -> Entry:
        """What the gate asks for."""
        return Entry(self.access, self.scopes, self.rate_class)

    @property
    def scopes(self) -> tuple[str, ...]:
        """One of them is enough."""
        return () if self.scope is None else (self.scope, *self.also)

    @cached_property
    def rate_class(self) -> Rate:
        """The limit that a request counts against; by access and method where the row names none."""
        if self.rate is not None:
            return self.rate
        if self.access is Access.PUBLIC:
            return "public"
        return "read" if self.method == "GET" else "write"

    @property
    def accepts(self) -> tuple[Consumes, ...]:
        """Media kinds of the body."""
        return (self.consumes,) if isinstance(self.consumes, str) else self.consumes

    @property
    def description(self) -> str:
        """The handler's docstring, which the document shows."""
        return inspect.getdoc(self.handler) or ""

    @cached_property
    def shapes(self) -> Shapes:
        """What the handler's signature says. TypeError when it does not fit the path."""
        hints = get_type_hints(self.handler, include_extras=True)
        names = [name for name in inspect.signature(self.handler).parameters if name != "call"]
        path = tuple(name for name in names if name not in ("body", "query"))
        unknown = {name for name in path if f"{{{name}}}" not in self.path}
        if unknown or self.path.count("{") != len(path):
            raise TypeError(f"{self.name}: the path and the handler's parameters {path} differ")
        return Shapes(
            body=hints.get("body"),
            query=hints.get("query"),
            path=path,
            ids=frozenset(name for name in path if hints[name] == Id),
            response=_response(hints.get("return")),
        )


def _response(hint: Any) -> Any:
    """The model in a return annotation, or None for 204, streams and files."""
    if get_origin(hint) is Reply:
        hint = get_args(hint)[0]
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint
    for option in get_args(hint):
        if (found := _response(option)) is not None:
            return found
    return None
