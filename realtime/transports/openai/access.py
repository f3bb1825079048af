"""Access to live sessions for OpenAI clients, and errors in the shape of that API.

The key a client is configured with is an access token, or an API key (`xntr-…`) or integration token with the scope
`live:write`.
"""

from kit.errors import Failure
from kit.http import failures, v1
from kit.http.operation import Access, Entry
from kit.storable import JsonObject

ENTRY = Entry(Access.BEARER_OR_KEY, ("live:write",), "heavy")
CONTROL = Entry(Access.BEARER_OR_KEY, ("live:write",), "write")
"""Of what runs already. Not as costly as beginning it, or who has begun too much could not stop it."""


def error(failure: Failure) -> JsonObject:
    """A failure as that API writes it."""
    return v1.error(failure, failures.STATUS[failure.kind])
