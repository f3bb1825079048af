"""What can go wrong. Everything that this package raises by itself is a `ParleyError`."""

from ._json import JsonObject


class ParleyError(Exception):
    """Any failure of a request or a session."""


class Lost(ParleyError):
    """The server could not be reached, or the connection broke before the answer came."""


class Refused(ParleyError):
    """The server refused. `code` is stable, the text is for people, `body` has the rest, `status` the HTTP status (None
    for a refusal on a socket)."""

    def __init__(self, body: JsonObject, status: int | None = None) -> None:
        super().__init__(str(body.get("message", "The server refused.")))
        self.code = str(body.get("error", "refused"))
        self.body = body
        self.status = status

    def __str__(self) -> str:
        return f"{self.args[0]} ({self.code})"

    @property
    def retry_after(self) -> float | None:
        """Seconds after which another try may succeed; None where the server does not say."""
        wait = self.body.get("retry_after")
        return float(wait) if isinstance(wait, int | float) else None


class NotSignedIn(Refused):
    """No valid credential, or it has expired and there is none to take its place."""


class Forbidden(Refused):
    """The credential does not allow it. For API keys `body` has `required_scope`."""


class NotFound(Refused):
    """It is not there, or it belongs to another person."""


class Invalid(Refused):
    """What was sent does not fit: `fields` says where, as `[{"path": "/email", "message": "…"}]`."""

    @property
    def fields(self) -> list[dict[str, str]]:
        """What is wrong, by field."""
        fields = self.body.get("fields")
        return fields if isinstance(fields, list) else []


class SessionActive(Refused):
    """Another session of this person runs: join it by `session_id`, or start with `takeover=True`."""

    @property
    def session_id(self) -> str | None:
        """The session that runs already."""
        return self.body.get("session_id")


class QuotaExceeded(Refused):
    """No live minutes are left in this month."""


class RateLimited(Refused):
    """Too many requests: see `retry_after`."""


class Unavailable(Refused):
    """All places are taken, or a needed part is away: see `retry_after`."""


class Replaced(Refused):
    """Another device of the same person joined the session. Do not come back without being asked."""


class SessionEndedError(Refused):
    """The session is over and takes nothing more."""


_KINDS: dict[str, type[Refused]] = {
    "not_authenticated": NotSignedIn,
    "token_expired": NotSignedIn,
    "invalid_credentials": NotSignedIn,
    "forbidden": Forbidden,
    "INSUFFICIENT_API_KEY_SCOPE": Forbidden,
    "not_found": NotFound,
    "invalid_request": Invalid,
    "session_active": SessionActive,
    "live_quota_exceeded": QuotaExceeded,
    "rate_limited": RateLimited,
    "unavailable": Unavailable,
    "replaced": Replaced,
    "session_ended": SessionEndedError,
}


def refusal(body: JsonObject, status: int | None = None) -> Refused:
    """The exception of the class for this error body."""
    return _KINDS.get(str(body.get("error")), Refused)(body, status)
