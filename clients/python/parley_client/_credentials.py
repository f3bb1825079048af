"""With what a session shows who it is, over many lines."""

from collections.abc import Awaitable, Callable

from ._json import JsonObject

TokenSource = Callable[[bool], Awaitable[str]]
"""Gives an access token; with True, the last one was refused and another is wanted. After Lost it is
asked again; any other error ends the session with that error."""

_WORN_OUT = ("token_expired", "not_authenticated")


class Credentials:
    """A token, or a source of tokens, or a ticket. When a token is refused the source is asked for another, and when
    that is refused too, the ticket of the last join opens the session: a lesson may be longer than a sign-in."""

    def __init__(self, token: str | TokenSource | None, ticket: str | None) -> None:
        self._token = token
        self._ticket = ticket
        self._refusals = 0

    async def next(self) -> JsonObject:
        """The data of the `auth` event."""
        last_resort = self._refusals > (1 if callable(self._token) else 0)
        if self._ticket is not None and (self._token is None or last_resort):
            return {"ticket": self._ticket}
        token = await self._token(self._refusals > 0) if callable(self._token) else self._token
        return {"token": token or ""}

    def refused(self, code: str) -> bool:
        """Whether there is another one to try."""
        if code not in _WORN_OUT or self._token is None:
            return False
        self._refusals += 1
        last = 1 if callable(self._token) else 0
        return self._refusals <= last or (self._refusals == last + 1 and self._ticket is not None)

    def joined(self, ticket: str | None) -> None:
        """The session was joined; the ticket brings us back."""
        self._refusals = 0
        if ticket:
            self._ticket = ticket
