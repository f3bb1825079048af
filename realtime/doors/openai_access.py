"""Who may use the OpenAI doors, and errors in the shape of that API.

The key a client is configured with is an access token or an API key (`xntr-…`) with the scope `live:write`.
"""

from typing import Any

from aiohttp import hdrs, web

from server.kit import errors
from server.kit.caller import Caller
from server.kit.errors import Failure
from server.kit.http import failures
from server.kit.http.addresses import TrustedProxies
from server.kit.http.authenticate import Authenticator
from server.kit.http.limits import Limits

SCOPE = "live:write"
_KEY_PREFIX = "xntr-"
_TYPES = {400: "invalid_request_error", 401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}


class Access:
    def __init__(self, authenticator: Authenticator, limits: Limits, proxies: TrustedProxies) -> None:
        self._authenticator = authenticator
        self._limits = limits
        self._proxies = proxies

    async def admit(self, request: web.Request, token: str | None) -> Caller:
        """Counted as a costly request. Failure `not_authenticated`, `INSUFFICIENT_API_KEY_SCOPE`, `rate_limited`."""
        address = self._proxies.client(request)
        try:
            caller = await self._caller(token, address)
        except Failure:
            await self._count("public", f"ip:{address}")  # whoever tries credentials is counted by address
            raise
        await self._count("heavy", caller.limited_as)
        return caller

    async def _caller(self, token: str | None, address: str) -> Caller:
        if not token:
            raise errors.unauthenticated()
        known = self._authenticator
        caller = await (known.key(token, address) if token.startswith(_KEY_PREFIX) else known.bearer(token))
        if caller.web_origin is not None or not caller.may(SCOPE):
            raise errors.forbidden(f"The key lacks the scope {SCOPE}.", code="INSUFFICIENT_API_KEY_SCOPE")
        return caller

    async def _count(self, name: str, subject: str) -> None:
        _, refusal = await self._limits.take(name, subject)
        if refusal is not None:
            raise refusal


def bearer(request: web.Request) -> str | None:
    scheme, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def error(failure: Failure) -> dict[str, Any]:
    """A failure as that API writes it."""
    status = failures.STATUS[failure.kind]
    return {
        "message": failure.message,
        "type": _TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error"),
        "param": None,
        "code": failure.code,
    }


def refusal(failure: Failure) -> web.Response:
    headers = {} if failure.retry_after is None else {hdrs.RETRY_AFTER: str(max(1, round(failure.retry_after)))}
    return web.json_response({"error": error(failure)}, status=failures.STATUS[failure.kind], headers=headers)
