"""The gate: decides for every transport who is let in.

REST, Socket.IO, the plain WebSocket, WHIP, observers and the OpenAI doors differ in how a credential is sent. What it
is worth (scopes, web origin, organization, rate class) is decided here and nowhere else.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from aiohttp import hdrs, web

from kit import errors, patience
from kit.caller import SAME_ORIGIN, Caller
from kit.clock import Clock
from kit.errors import Failure, Kind
from kit.http.addresses import TrustedProxies
from kit.http.limits import Limits
from kit.http.operation import Access, Entry
from kit.http.origins import Origins
from kit.http.requests import NOTES, Notes

API_KEY_HEADER = "X-API-Key"
SERVICE_KEY_HEADER = "X-Service-Key"
KEY_PREFIX = "xntr-"


class Authenticator(Protocol):
    """Looks up credentials. Each method raises Failure `not_authenticated` or `token_expired`."""

    async def bearer(self, token: str) -> Caller:
        """Who an access token or an integration token stands for. Failures `not_authenticated`, `token_expired`."""

    async def key(self, key: str, address: str) -> Caller:
        """Who an API key stands for, if it may be used from `address`."""

    async def service(self, key: str) -> Caller:
        """The service that a key of the operator stands for."""

    async def ended(self, callers: Sequence[Caller]) -> set[str]:
        """The `credential_id`s of those that were signed out, deleted or revoked since."""
        ...


Credential = Callable[[Authenticator, str], Awaitable[Caller]]
"""A credential as it was presented: called with an authenticator and the client's address. Failure `not_authenticated`,
…"""


def bearer(token: str) -> Credential:
    """A credential in an Authorization header."""
    return lambda known, _: known.bearer(token)


def bearer_or_key(token: str) -> Credential:
    """Many clients have one field for both."""
    return _key(token) if token.startswith(KEY_PREFIX) else bearer(token)


def _key(key: str) -> Credential:
    return lambda known, address: known.key(key, address)


def _service(key: str) -> Credential:
    return lambda known, _: known.service(key)


@dataclass(frozen=True, slots=True)
class Knock:
    """Where a request or a connection comes from."""

    address: str
    headers: Mapping[str, str]
    notes: Notes | None = None

    @property
    def origin(self) -> str | None:
        """The page's origin; None if no page asks."""
        return self.headers.get(hdrs.ORIGIN)

    @property
    def host(self) -> str | None:
        """The host that the client named."""
        return self.headers.get(hdrs.HOST)

    @property
    def forwarded_host(self) -> str | None:
        """The host that the client named to a proxy."""
        return self.headers.get(hdrs.X_FORWARDED_HOST)


class Gate:
    """Who may come in, for every transport: credential, scope, origin and rate limit."""

    def __init__(
        self, authenticator: Authenticator, limits: Limits, proxies: TrustedProxies, origins: Origins, clock: Clock
    ) -> None:
        self._authenticator = authenticator
        self._limits = limits
        self._proxies = proxies
        self._origins = origins
        self._clock = clock

    def knock(self, request: web.Request) -> Knock:
        """What of an HTTP request the gate looks at."""
        return Knock(self._proxies.client(request), request.headers, request.get(NOTES))

    async def admit(self, entry: Entry, credential: Credential | None, knock: Knock) -> Caller:
        """The caller, if the entry admits them; counted against their limit of the entry's class.

        Failure `not_authenticated`, `token_expired`, `forbidden`, `INSUFFICIENT_API_KEY_SCOPE`, `rate_limited`.
        """
        if patience.limited():
            return await self._admit(entry, credential, knock)
        with patience.within():
            return await self._admit(entry, credential, knock)

    async def _admit(self, entry: Entry, credential: Credential | None, knock: Knock) -> Caller:
        try:
            if credential is None:
                raise errors.unauthenticated()
            caller = await credential(self._authenticator, knock.address)
            self._check(entry, caller, knock)
        except Failure as failure:
            # Failed credentials are counted by address, so that guessing is limited.
            if failure.kind in (Kind.UNAUTHENTICATED, Kind.FORBIDDEN):
                await self.count("public", f"ip:{knock.address}", knock)
            raise
        await self.count(entry.rate_class, caller.limited_as, knock)
        return caller

    async def again(self, caller: Caller, *, lapsed: bool = False) -> None:
        """Check the credential of an open connection again, before something new begins on it. With `lapsed` a
        credential that has reached its planned end is still good. Failure `not_authenticated`, `token_expired`."""
        if not lapsed and caller.ends_at is not None and caller.ends_at <= self._clock.now():
            raise errors.unauthenticated("token_expired", "The credential of this connection has expired.")
        if await self._authenticator.ended([caller]):
            raise errors.unauthenticated("not_authenticated", "The credential of this connection was ended.")

    async def ended(self, callers: Sequence[Caller]) -> set[str]:
        """The credential ids among those of `callers` that are no longer good."""
        return await self._authenticator.ended(callers)

    def may_connect(self, knock: Knock) -> bool:
        """Whether the client is no web page, or a page of our own or of a configured origin."""
        return self._origins.may_connect(knock.origin, knock.host, knock.forwarded_host)

    def check_page(self, knock: Knock) -> None:
        """Failure `forbidden` for a page that may not connect."""
        if not self.may_connect(knock):
            raise errors.forbidden("Pages of this origin may not connect.")

    async def count(self, rate_class: str, subject: str, knock: Knock) -> None:
        """Failure `rate_limited`."""
        if rate_class == "unlimited":
            return
        verdict, refusal = await self._limits.take(rate_class, subject)
        if verdict is not None and knock.notes is not None:
            knock.notes.extra_headers = verdict.headers()
        if refusal is not None:
            raise refusal

    def _check(self, entry: Entry, caller: Caller, knock: Knock) -> None:
        if not self._from_its_origin(caller, knock):
            raise errors.forbidden("This token is bound to another web origin.")
        if caller.via == "key" and entry.access is not Access.BEARER_OR_KEY:
            raise errors.forbidden("This operation takes no API keys and no integration tokens: sign in instead.")
        if entry.access is Access.ADMIN and not caller.is_admin:
            raise errors.forbidden("Only administrators may do this.")
        caller.require(*entry.scopes)

    def _from_its_origin(self, caller: Caller, knock: Knock) -> bool:
        """Browsers send a script's origin: always to another origin, sometimes to its own."""
        if caller.web_origin is None:
            return True
        if caller.web_origin != SAME_ORIGIN:
            return knock.origin == caller.web_origin
        return knock.origin is None or self._origins.ours(knock.origin, knock.host, knock.forwarded_host)


def shown(access: Access, headers: Mapping[str, str]) -> Credential | None:
    """The credential in a request's headers. A key is read even where none is accepted, so that the answer can say
    so."""
    if (token := bearer_token(headers)) is not None:
        return bearer_or_key(token)
    if access is Access.BEARER_OR_SERVICE and (key := headers.get(SERVICE_KEY_HEADER)):
        return _service(key)
    if key := headers.get(API_KEY_HEADER):
        return _key(key)
    return None


def bearer_token(headers: Mapping[str, str]) -> str | None:
    """The token of an Authorization header; None if there is none."""
    scheme, _, token = headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None
