"""Access to live sessions for OpenAI clients, and errors in the shape of that API.

The key a client is configured with is an access token, or an API key (`xntr-…`) or integration token with the scope
`live:write`.
"""

from aiohttp import web

from kit.caller import Caller
from kit.errors import Failure
from kit.http import failures, v1
from kit.http.gate import Gate, bearer_or_key
from kit.http.operation import Access, Entry
from kit.storable import JsonObject

ENTRY = Entry(Access.BEARER_OR_KEY, ("live:write",), "heavy")
HANG_UP = Entry(Access.BEARER_OR_KEY, ("live:write",), "write")
"""Not as costly as what it ends, or who has begun too much could not stop it."""


async def admit(gate: Gate, request: web.Request, token: str | None, entry: Entry = ENTRY) -> Caller:
    """Counted as a costly request, unless `entry` says otherwise. Failures as of the gate."""
    return await gate.admit(entry, bearer_or_key(token) if token else None, gate.knock(request))


def error(failure: Failure) -> JsonObject:
    """A failure as that API writes it."""
    return v1.error(failure, failures.STATUS[failure.kind])
