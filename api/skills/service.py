"""Connecting a learner's calendar, using it, and letting go of it."""

import base64
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta

from api.skills import returning, store
from api.skills.google import Google, Refused
from api.skills.models import GOOGLE_CALENDAR, Attempt, Authorization, CalendarEvent, Connection, Lesson, TokenSet
from kit import audit, errors, ids, pkce
from kit.audit import Action, Actor
from kit.clock import Clock
from kit.database import Connection as Cx
from kit.database import Database
from kit.jobs import Jobs
from kit.secrets import Sealer

REVOKE_JOB = "google_calendar_revoke"
_ATTEMPT_LIFETIME = timedelta(minutes=10)
_RENEW_BEFORE = timedelta(minutes=1)


class Skills:
    """`google` is None where no client id and secret are configured."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        sealer: Sealer,
        jobs: Jobs,
        google: Google | None,
        return_origins: Sequence[str],
    ) -> None:
        self._database = database
        self._clock = clock
        self._sealer = sealer
        self._jobs = jobs
        self._google = google
        self._return_origins = tuple(return_origins)
        jobs.register(REVOKE_JOB, self._revoke_at_provider)

    async def start(self, user_id: str, redirect_to: str | None) -> Authorization:
        """Where to send the user. Failures `integration_not_configured`, and `forbidden` for an address that
        users may not be sent back to."""
        google = self._configured()
        if redirect_to is not None and not returning.may_return_to(redirect_to, self._return_origins):
            why = "must be a path of this server, or begin with a configured origin"
            raise errors.forbidden(f"redirect_to {why}.")
        state, browser, verifier = ids.secret(), ids.secret(), ids.secret(pkce.VERIFIER_BYTES)
        expires_at = self._clock.now() + _ATTEMPT_LIFETIME
        sealed = self._sealer.seal(verifier.encode(), f"pkce:{user_id}")
        async with self._database.transaction() as tx:
            await store.add_attempt(
                tx, ids.hashed(state), Attempt(user_id, ids.hashed(browser), sealed, redirect_to, expires_at)
            )
        return Authorization(google.authorization_url(state, verifier), state, browser, expires_at)

    async def finish(
        self, state: str, browser: str | None, code: str | None, actor: Actor
    ) -> tuple[Connection | None, str | None]:
        """The connection (None when the user declined) and where the user wants to go next.

        Failure `invalid_state` when this browser did not begin it, or too long ago, or finished it already.
        """
        google = self._configured()
        async with self._database.transaction() as tx:
            attempt = await store.take_attempt(tx, ids.hashed(state))
        same_browser = attempt is not None and hmac.compare_digest(attempt.browser_hash, ids.hashed(browser or ""))
        if attempt is None or not same_browser or attempt.expires_at <= self._clock.now():
            raise errors.forbidden(
                "This connection was not started in this browser, or too long ago. Start again.", code="invalid_state"
            )
        if code is None:
            return None, attempt.redirect_to
        verifier = self._sealer.open(attempt.verifier_sealed, f"pkce:{attempt.user_id}").decode()
        try:
            tokens = await google.exchange(code, verifier)
            account = await google.account(tokens.access_token)
        except Refused as error:
            raise errors.invalid("Google refused the connection. Begin again.", code="invalid_grant") from error
        return await self._save(attempt.user_id, account, tokens, actor), attempt.redirect_to

    async def listing(self, user_id: str, before: str | None, limit: int) -> list[Connection]:
        """The user's connections, newest first."""
        async with self._database.connection() as cx:
            return await store.of_user(cx, user_id, before, limit)

    async def disconnect(self, user_id: str, connection_id: str, actor: Actor) -> None:
        """Forget the tokens now; the permission at the provider is ended by a job that is repeated until it listens.
        `not_found`."""
        async with self._database.transaction() as tx:
            deleted = await store.delete(tx, user_id, connection_id)
            if deleted is None:
                raise errors.not_found("Integration")
            await self._enqueue_revocation(tx, deleted)
            await audit.record(tx, self._clock.now(), actor, Action("connection.deleted", "connection", connection_id))

    async def leaving(self, tx: Cx, user_id: str) -> None:
        """An account goes: its permissions at the provider go too."""
        for connection in await store.of_user(tx, user_id, None, 100):
            await self._enqueue_revocation(tx, connection)

    async def add_lesson(self, user_id: str, lesson: Lesson) -> CalendarEvent:
        """Put a lesson in the user's calendar. Failures `not_connected`, `provider_unavailable`."""
        google = self._configured()
        async with self._database.connection() as cx:
            connection = await store.usable(cx, user_id, GOOGLE_CALENDAR)
        if connection is None or connection.status == "revoked":
            raise _not_connected()
        event_id = ids.new_id().replace("-", "")
        try:
            if connection.access_expires_at - _RENEW_BEFORE > self._clock.now():
                try:
                    return await google.add_event(self._access_token(connection), event_id, lesson)
                except Refused:
                    pass  # it may have died early: once more with a fresh one
            return await google.add_event(await self._renewed(google, connection), event_id, lesson)
        except Refused as error:
            async with self._database.connection() as cx:
                await store.set_status(cx, connection.id, "revoked")
            raise _not_connected() from error

    async def sweep(self) -> None:
        """Delete attempts whose time is over."""
        async with self._database.connection() as cx:
            await store.sweep(cx, self._clock.now())

    async def _renewed(self, google: Google, connection: Connection) -> str:
        """A fresh access token."""
        if connection.refresh_token_sealed is None:
            async with self._database.connection() as cx:
                await store.set_status(cx, connection.id, "expired")
            raise _not_connected()
        refresh_token = self._sealer.open(connection.refresh_token_sealed, _context(connection.user_id)).decode()
        tokens = await google.refresh(refresh_token)
        sealed = self._sealer.seal(tokens.access_token.encode(), _context(connection.user_id))
        async with self._database.connection() as cx:
            await store.renew(cx, connection.id, sealed, self._expiry(tokens))
        return tokens.access_token

    async def _save(self, user_id: str, account: str, tokens: TokenSet, actor: Actor) -> Connection:
        context = _context(user_id)
        refresh = tokens.refresh_token
        connection = Connection(
            id=ids.new_id(),
            user_id=user_id,
            provider=GOOGLE_CALENDAR,
            account=account,
            scopes=tokens.scopes,
            status="active",
            access_token_sealed=self._sealer.seal(tokens.access_token.encode(), context),
            refresh_token_sealed=self._sealer.seal(refresh.encode(), context) if refresh else None,
            access_expires_at=self._expiry(tokens),
            connected_at=self._clock.now(),
        )
        async with self._database.transaction() as tx:
            saved_id = await store.save(tx, connection)
            deed = Action("connection.made", "connection", saved_id, details={"provider": GOOGLE_CALENDAR})
            await audit.record(tx, self._clock.now(), Actor(user_id, actor.address, actor.request_id), deed)
        return connection

    async def _enqueue_revocation(self, tx: Cx, connection: Connection) -> None:
        sealed = connection.refresh_token_sealed or connection.access_token_sealed
        payload = {"token": base64.b64encode(sealed).decode(), "context": _context(connection.user_id)}
        if connection.status == "active" and self._google is not None:
            await self._jobs.enqueue(tx, REVOKE_JOB, payload)

    async def _revoke_at_provider(self, payload: dict[str, str]) -> None:
        token = self._sealer.open(base64.b64decode(payload["token"]), payload["context"]).decode()
        await self._configured().revoke(token)

    def _access_token(self, connection: Connection) -> str:
        return self._sealer.open(connection.access_token_sealed, _context(connection.user_id)).decode()

    def _expiry(self, tokens: TokenSet) -> datetime:
        return self._clock.now() + timedelta(seconds=tokens.expires_in)

    def _configured(self) -> Google:
        if self._google is None:
            message = "Google Calendar is not set up on this server: it needs PARLEY_GOOGLE_CLIENT_ID and its secret."
            raise errors.unavailable("integration_not_configured", message, 3600)
        return self._google


def _not_connected() -> errors.Failure:
    return errors.conflict("not_connected", "Connect your Google Calendar first.")


def _context(user_id: str) -> str:
    return f"connection:{user_id}"
