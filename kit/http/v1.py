"""Errors below `/v1`, in the shape that clients of the OpenAI API read: {"error": {message, type, param, code}}."""

import re

from kit.errors import Failure
from kit.storable import JsonObject

_TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}
_INDEX = re.compile(r"\.(\d+)(?=\.|$)")


def covers(path: str) -> bool:
    """Whether the path belongs to the API that is compatible with OpenAI's."""
    return path == "/v1" or path.startswith("/v1/")


def error(failure: Failure, status: int) -> JsonObject:
    """`param` is the first field that is wrong, written as that API does: `messages[0].content`."""
    fields = failure.details.get("fields") or [{"path": ""}]
    return {
        "message": failure.message,
        "type": _TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error"),
        "param": _INDEX.sub(r"[\1]", fields[0]["path"].strip("/").replace("/", ".")) or None,
        "code": failure.code,
    }
