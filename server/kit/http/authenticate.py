"""From the request's headers to a caller that the operation admits."""

from typing import Protocol

from aiohttp import hdrs, web

from server.kit import errors
from server.kit.caller import SAME_ORIGIN, Caller
from server.kit.http.operation import Access, Operation

API_KEY_HEADER = "X-API-Key"
SERVICE_KEY_HEADER = "X-Service-Key"


class Authenticator(Protocol):
    """Who knows credentials. Each method raises Failure `not_authenticated` or `token_expired`."""

    async def bearer(self, token: str) -> Caller: ...

    async def key(self, key: str, address: str) -> Caller: ...

    async def service(self, key: str) -> Caller: ...


async def admit(authenticator: Authenticator, operation: Operation, request: web.Request, address: str) -> Caller:
    """The caller, if the operation is open to them. Failure 401 or 403 otherwise."""
    caller = await _identify(authenticator, operation.access, request, address)
    if not _from_its_origin(caller, request):
        raise errors.forbidden("This token is bound to another web origin.")
    if caller.via == "key" and operation.access is not Access.BEARER_OR_KEY:
        raise errors.forbidden("This operation takes no API keys and no integration tokens.")
    if operation.access is Access.ADMIN and not caller.is_admin:
        raise errors.forbidden("Only administrators may do this.")
    if not caller.may(operation.scope):
        raise errors.forbidden(
            f"The API key lacks the scope {operation.scope}.",
            code="INSUFFICIENT_API_KEY_SCOPE",
            required_scope=operation.scope,
            granted_scopes=sorted(caller.scopes or ()),
        )
    return caller


def _from_its_origin(caller: Caller, request: web.Request) -> bool:
    """Browsers say where a script comes from: always for another origin, and perhaps for our own pages."""
    if caller.web_origin is None:
        return True
    given = request.headers.get(hdrs.ORIGIN)
    if caller.web_origin != SAME_ORIGIN:
        return given == caller.web_origin
    return given is None or given.partition("://")[2] == request.host


async def _identify(authenticator: Authenticator, access: Access, request: web.Request, address: str) -> Caller:
    kind, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    if kind.lower() == "bearer" and token.strip():
        return await authenticator.bearer(token.strip())
    if access is Access.BEARER_OR_KEY and (key := request.headers.get(API_KEY_HEADER)):
        return await authenticator.key(key, address)
    if access is Access.BEARER_OR_SERVICE and (key := request.headers.get(SERVICE_KEY_HEADER)):
        return await authenticator.service(key)
    raise errors.unauthenticated()
