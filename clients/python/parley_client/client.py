"""A Parley server, as a person or another server uses it."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import aiohttp

from . import models as m
from ._http import Http
from .errors import Lost, NotSignedIn
from .operations import Operations
from .session import Session

_EARLY_SECONDS = 60.0  # before its end a token is renewed
_REQUEST_SECONDS = 60.0
_WAIT_SECONDS = 30.0
_CLOSE_SECONDS = 10.0


@dataclass(frozen=True)
class Tokens:
    """Of one sign-in. `expires_at` is a Unix time in seconds. Keep `refresh` secret: it signs in for 30 days."""

    access: str
    refresh: str
    expires_at: float


class Parley:
    """Use it as `async with Parley(url) as parley`. `rest` has every operation; a person signs in, a server has an API
    key. Of several addresses sessions use all, REST the first."""

    def __init__(
        self,
        url: str | Sequence[str],
        *,
        api_key: str | None = None,
        tokens: Tokens | None = None,
        on_tokens: Callable[[Tokens | None], None] | None = None,
    ) -> None:
        """`tokens` of an earlier sign-in go on with it; `on_tokens` gets each new pair, to keep it, and None at the
        end."""
        self._urls = [one.rstrip("/") for one in ([url] if isinstance(url, str) else url)]
        self._key = api_key
        self._tokens = tokens
        self._on_tokens = on_tokens
        self._renewing: asyncio.Task[None] | None = None
        self._renewed_pair: Tokens | None = None
        timeout = aiohttp.ClientTimeout(total=_REQUEST_SECONDS)
        self._session = aiohttp.ClientSession(timeout=timeout)
        self._http = Http(self._urls[0], self._headers, self._session)
        self.rest = Operations(self._http.ask)

    @property
    def tokens(self) -> Tokens | None:
        """None for one who is not signed in."""
        return self._tokens

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """The sign-in stays valid."""
        if self._renewing is not None:  # its answer has the only token that is worth something from now on
            await asyncio.wait([self._renewing], timeout=_CLOSE_SECONDS)
        await self._session.close()

    # Who we are.

    async def register(self, email: str, username: str, password: str) -> m.UserProfile:
        """A new account, signed in. For more members of it see `rest.post_auth_register`."""
        account: m.RegisterRequest = {"email": email, "username": username, "password": password}
        profile = await self.rest.post_auth_register(account)
        await self.sign_in(username, password)
        return profile

    async def sign_in(self, username: str, password: str) -> None:
        """`username` may be the e-mail. NotSignedIn for a wrong one."""
        form = {"username": username, "password": password}
        self._keep(await self._http.ask("POST", "/api/auth/login", body=form, form=True, signed=False))

    async def refresh(self) -> None:
        """Another pair of tokens. It is done by itself when one is needed. NotSignedIn when the sign-in was ended."""
        await self._renew(self._tokens)

    async def sign_out(self) -> None:
        """The tokens are void at once."""
        tokens = self._tokens
        if tokens is not None:
            await self.rest.post_auth_logout({"refresh_token": tokens.refresh})
            self._forget()

    async def access_token(self, refused: bool = False) -> str:
        """One that is valid for a minute at least; another one when the last was `refused`. NotSignedIn."""
        if self._key is not None:
            return self._key
        tokens = self._tokens
        if tokens is not None and (refused or tokens.expires_at - time.time() < _EARLY_SECONDS):
            await self._renew(tokens)
        if self._tokens is None:
            raise NotSignedIn({"error": "not_authenticated", "message": "Sign in first."})
        return self._tokens.access

    async def _headers(self, refused: bool) -> dict[str, str]:
        if self._key is not None:
            return {"X-API-Key": self._key}
        return {"Authorization": f"Bearer {await self.access_token(refused)}"} if self._tokens is not None else {}

    async def _renew(self, old: Tokens | None) -> None:
        """Once for all that found the same pair worn out. It goes on when those who wait are cancelled: the server has
        taken the old token, and a second use of it would end the sign-in."""
        if self._tokens is not old or old is None:
            return
        if self._renewing is None or self._renewed_pair is not old:  # that of an earlier sign-in may be under way
            self._renewed_pair = old
            self._renewing = asyncio.create_task(self._exchange(old))
            self._renewing.add_done_callback(self._renewed)
        await asyncio.shield(self._renewing)

    async def _exchange(self, old: Tokens) -> None:
        body = {"refresh_token": old.refresh}
        try:  # a lost answer may be asked for again
            answer = await self._http.ask("POST", "/api/auth/refresh", body=body, signed=False, again=True)
        except NotSignedIn:
            if self._tokens is old:
                self._forget()
            raise
        if self._tokens is old:
            self._keep(answer)

    def _renewed(self, task: asyncio.Task[None]) -> None:
        if self._renewing is task:
            self._renewing = None
        if not task.cancelled():
            task.exception()  # read here, because nobody may be left who waits for it

    def _keep(self, answer: m.TokenResponse) -> None:
        if not isinstance(answer, dict) or "access_token" not in answer:
            raise Lost("Something else answered in place of the server.")
        expires_at = time.time() + answer["expires_in"]
        self._tokens = Tokens(answer["access_token"], answer["refresh_token"], expires_at)
        if self._on_tokens is not None:
            self._on_tokens(self._tokens)

    def _forget(self) -> None:
        self._tokens = None
        if self._on_tokens is not None:
            self._on_tokens(None)

    # Sessions.

    def session(self, namespace: str, *, ticket: str | None = None) -> Session:
        """One that is not begun: for what the three below do not do. Close it."""
        return Session(self._urls, namespace, token=None if ticket else self.access_token, ticket=ticket)

    @asynccontextmanager
    async def speaking(
        self,
        *,
        reference_text: str | None = None,
        language: str = "en",
        patience_ms: int | None = None,
        takeover: bool = False,
        wait_seconds: float = _WAIT_SECONDS,
    ) -> AsyncIterator[Session]:
        """A scored reading of `reference_text`, or free speech. It ends with the block; after an exception it is left,
        and ends by itself within minutes. For `wait_seconds` it waits for a server that is full or away."""
        session = self.session("/speaking")
        try:
            await session.start_speaking(
                reference_text=reference_text,
                language=language,
                patience_ms=patience_ms,
                takeover=takeover,
                wait_seconds=wait_seconds,
            )
            yield session
            await session.end()
        finally:
            await session.close()

    @asynccontextmanager
    async def conversation(
        self, order: m.LiveStartSessionRequest | None = None, *, wait_seconds: float = _WAIT_SECONDS
    ) -> AsyncIterator[Session]:
        """A conversation with the tutor, as `order` says; otherwise as `speaking`."""
        started = await self.rest.post_live_session_start(order or {"session_type": "voice"})
        async with self.joined(started["session_id"], wait_seconds=wait_seconds) as session:
            yield session
            await session.end()

    @asynccontextmanager
    async def joined(
        self,
        session_id: str,
        namespace: str = "/live",
        *,
        last_seq: int | None = 0,
        wait_seconds: float = _WAIT_SECONDS,
    ) -> AsyncIterator[Session]:
        """A session that runs already, taken over from the device that has it. It goes on after the block. With 0 as
        `last_seq` all its events come again, with None only new ones."""
        session = self.session(namespace)
        try:
            await session.join(session_id, last_seq=last_seq, wait_seconds=wait_seconds)
            yield session
        finally:
            await session.close()
