"""Who may use the OpenAI doors, and errors in the shape of that API.

The key a client is configured with is an access token, or an API key (`xntr-…`) or integration token with the scope
`live:write`.
"""

from typing import Any

from aiohttp import hdrs, web

from kit.caller import Caller
from kit.errors import Failure
from kit.http import failures
from kit.http.gate import Gate, bearer_or_key
from kit.http.operation import Access, Entry

_ENTRY = Entry(Access.BEARER_OR_KEY, ("live:write",), "heavy")
_TYPES = {400: "invalid_request_error", 401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}


async def admit(gate: Gate, request: web.Request, token: str | None) -> Caller:
    """Counted as a costly request. Failures as of the gate."""
    return await gate.admit(_ENTRY, bearer_or_key(token) if token else None, gate.knock(request))


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
