"""Signing in and staying signed in."""

import asyncio
from collections.abc import Collection
from datetime import datetime, timedelta

from api.auth import attempts, rotation, session_store, store
from api.auth.attempts import Attempts
from api.auth.models import NO_PASSWORD, UNSET_PASSWORD, Lifetimes, Session, SignedIn, Tokens
from api.auth.rotation import Meaning
from kit import audit, emails, errors, ids, passwords
from kit.audit import Action, Actor
from kit.batches import Batches
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Connection, Database
from kit.jwt import Signer
from kit.secrets import Sealer

ADDRESS_KNOWN_FOR = timedelta(days=90)
_OF_PAGE = "page."  # begins the refresh tokens of pages


class SignIns:
    """Sign-ins and their tokens."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        signer: Signer,
        sealer: Sealer,
        tries: Attempts,
        lifetimes: Lifetimes,
    ) -> None:
        self._database = database
        self._clock = clock
        self._signer = signer
        self._sealer = sealer
        self._tries = tries
        self._lifetimes = lifetimes
        self._nobodys_hash: str | None = None
        self._making_nobody = asyncio.Lock()
        self._callers = Batches(self._look_up)

    async def login(
        self, name: str, password: str, *, device: str | None, user_agent: str, actor: Actor, by_page: bool = False
    ) -> SignedIn:
        """A new session for the account with this `name` (user name or e-mail address). `by_page`: see `refresh`.

        Failures `invalid_credentials`, whether it is the name or the password, `rate_limited`, `account_disabled`.
        """
        address = actor.address or "unknown"
        name = emails.or_name(name)
        async with self._database.connection() as cx:
            found = await store.credentials(cx, name)
            known = found is not None and await self._knows(cx, found[0], address)
        user_id, stored = found or (None, await self._hash_of_nobody())
        nonce = self._device_of(device, user_id) if user_id else None
        shared = address in self._tries.shared
        filled = attempts.buckets(user_id or name.lower(), address, nonce, known, address_shared=shared)
        attempt = await self._tries.begin(filled)
        signing_in = Actor(user_id, actor.address, actor.request_id)
        tokens = None
        while tokens is None:
            # Who has no password takes as long as who has one.
            checked = await self._hash_of_nobody() if stored in (NO_PASSWORD, UNSET_PASSWORD) else stored
            if not await passwords.verify(checked, password) or user_id is None:
                raise errors.unauthenticated("invalid_credentials", "The name or the password is wrong.")
            renewed = await passwords.renewed(stored, password)
            async with self._database.transaction() as tx:
                current = await store.lock_password(tx, user_id)
                barred = current == stored and bool(await store.disabled(tx, [user_id]))
                if current == stored and not barred:
                    if renewed is not None:
                        await store.set_password(tx, user_id, renewed, self._clock.now())
                    tokens = await self._open(tx, user_id, address, user_agent, signing_in, by_page=by_page)
            if barred:  # only the owner learns it
                await self._tries.forgive(attempt)
                raise errors.forbidden("This account is disabled. Ask those who run this server.", "account_disabled")
            # The password was changed, or the account deleted, while this one was looked at.
            stored = current or await self._hash_of_nobody()
        await self._tries.forgive(attempt)
        return SignedIn(tokens, self._device_token(user_id or "", nonce or ids.secret(16)))

    async def begin(self, tx: Connection, user_id: str, user_agent: str, actor: Actor) -> Tokens:
        """A session of a page, for an account that was made or locked in `tx`."""
        return await self._open(tx, user_id, actor.address or "unknown", user_agent, actor, by_page=True)

    async def refresh(self, refresh_token: str, actor: Actor, *, by_page: bool = False) -> Tokens:
        """The next pair. A token used twice ends its session, because one of the two holders has stolen it.

        `by_page`: a browser keeps it where no script reads it, and may be closed before any answer arrives, so that
        one may be lost as long as nobody has used what was in it. Only tokens that were given to a page are taken from
        one, and from nobody else. Failure `not_authenticated`.
        """
        if refresh_token.startswith(_OF_PAGE) != by_page:
            raise _not_valid()
        now = self._clock.now()
        hashed = ids.hashed(refresh_token)
        lost = self._lifetimes.lost_page if by_page else self._lifetimes.lost_reply
        async with self._database.transaction() as tx:
            token = await session_store.lock_refresh(tx, hashed)
            meaning = rotation.judge(token, now, lost) if token else Meaning.DEAD
            if token is not None and meaning is Meaning.ROTATE:
                successor = await self._rotate(tx, hashed, token.session_id, now, by_page)
            elif token is not None and meaning is Meaning.REPEAT and token.successor_sealed is not None:
                successor = self._sealer.open(token.successor_sealed, _context(hashed)).decode()
            elif token is not None and meaning is Meaning.THEFT:
                await session_store.revoke_session(tx, token.user_id, token.session_id, "refresh token reused", now)
                deed = Action("session.refresh_reused", "session", token.session_id)
                await audit.record(tx, now, Actor(token.user_id, actor.address, actor.request_id), deed)
        if token is None or meaning in (Meaning.DEAD, Meaning.THEFT):
            raise _not_valid()
        return self._tokens(token.user_id, token.session_id, successor)

    async def authenticate(self, access_token: str) -> Caller:
        """Failure `token_expired` or `not_authenticated`, the latter also as soon as the session was ended."""
        claims = self._signer.read(access_token)
        if claims.get("use") != "access":
            raise errors.unauthenticated("not_authenticated", "The access token is not valid.")
        caller = await self._callers(claims["sid"])
        if caller is None or caller.user_id != claims["sub"]:
            raise errors.unauthenticated("not_authenticated", "This session has ended. Sign in again.")
        return caller

    async def alive(self, session_ids: Collection[str]) -> set[str]:
        """The ids of those sessions that were not ended and have not expired."""
        async with self._database.connection() as cx:
            return set(await session_store.session_callers(cx, list(session_ids), self._clock.now()))

    async def logout(self, caller: Caller, refresh_token: str | None, actor: Actor) -> int:
        """End the caller's session, and that of `refresh_token` if it is another one of theirs; how many ended."""
        now = self._clock.now()
        ended = 0
        async with self._database.transaction() as tx:
            doomed = {caller.credential_id}
            if refresh_token is not None:
                same = await session_store.refresh_session(tx, ids.hashed(refresh_token), caller.user_id)
                doomed |= {same} if same else set()
            for session_id in sorted(doomed):
                ended += await self._revoke(tx, actor, caller.user_id, session_id, "logged out", now)
        return ended

    async def leave(self, refresh_token: str, everywhere: bool, actor: Actor) -> int:
        """End the session of a refresh token, or all of its account; how many ended."""
        now = self._clock.now()
        async with self._database.transaction() as tx:
            token = await session_store.lock_refresh(tx, ids.hashed(refresh_token))
            if token is None or token.session_revoked:
                return 0
            leaving = Actor(token.user_id, actor.address, actor.request_id)
            if not everywhere:
                return int(await self._revoke(tx, leaving, token.user_id, token.session_id, "logged out", now))
            ended = await session_store.revoke_all_sessions(tx, token.user_id, "logged out everywhere", now)
            deed = Action("session.ended_everywhere", "user", token.user_id, details={"sessions": ended})
            await audit.record(tx, now, leaving, deed)
        return ended

    async def listing(self, user_id: str, before: str | None, limit: int) -> list[Session]:
        """The user's sign-ins that have not ended, newest first."""
        async with self._database.connection() as cx:
            return await session_store.sessions(cx, user_id, self._clock.now(), before, limit)

    async def revoke(self, user_id: str, session_id: str, actor: Actor) -> None:
        """Failure `not_found` when the user has no such living session."""
        async with self._database.transaction() as tx:
            if not await self._revoke(tx, actor, user_id, session_id, "revoked", self._clock.now()):
                raise errors.not_found("Session")

    async def confirm(self, caller: Caller, password: str) -> str:
        """Check the password of a signed-in person again; the returned hash is for `hold`.

        Failures `invalid_credentials`, `rate_limited`.
        """
        async with self._database.connection() as cx:
            stored = await store.password_hash(cx, caller.user_id)
        attempt = await self._tries.begin([attempts.session_bucket(caller.credential_id)])
        if stored is None or not await passwords.verify(stored, password):
            raise _wrong_password()
        await self._tries.forgive(attempt)
        return stored

    async def hold(self, tx: Connection, caller: Caller, confirmed: str) -> None:
        """Make sure until `tx` ends that the password is the confirmed one and that the caller's session was not ended.

        Failures `invalid_credentials`, `not_authenticated`.
        """
        if await store.lock_password(tx, caller.user_id) != confirmed:
            raise _wrong_password()
        if not await session_store.session_callers(tx, [caller.credential_id], self._clock.now()):
            raise errors.unauthenticated("not_authenticated", "This session has ended. Sign in again.")

    async def sweep(self) -> None:
        """Delete expired rows."""
        await self._tries.sweep()
        async with self._database.connection() as cx:
            await session_store.sweep(cx, self._clock.now(), ADDRESS_KNOWN_FOR)

    async def _look_up(self, session_ids: list[str]) -> list[Caller | None]:
        """Every request checks its session; concurrent checks share a query."""
        async with self._database.connection() as cx:
            found = await session_store.session_callers(cx, session_ids, self._clock.now())
        return [found.get(session_id) for session_id in session_ids]

    async def _open(
        self, tx: Connection, user_id: str, address: str, user_agent: str, actor: Actor, *, by_page: bool
    ) -> Tokens:
        now = self._clock.now()
        ends = now + self._lifetimes.refresh
        session = Session(ids.new_id(), user_id, now, now, ends, address, user_agent)
        refresh_token = _new_refresh(by_page)
        await session_store.add_session(tx, session)
        await session_store.add_refresh(tx, ids.hashed(refresh_token), session.id, now, ends)
        await audit.record(tx, now, actor, Action("session.opened", "session", session.id))
        return self._tokens(user_id, session.id, refresh_token)

    async def _rotate(self, tx: Connection, used: bytes, session_id: str, now: datetime, by_page: bool) -> str:
        successor = _new_refresh(by_page)
        ends = now + self._lifetimes.refresh
        await session_store.add_refresh(tx, ids.hashed(successor), session_id, now, ends)
        sealed = self._sealer.seal(successor.encode(), _context(used))
        await session_store.use_refresh(tx, used, ids.hashed(successor), sealed, now)
        await session_store.extend_session(tx, session_id, ends, now)
        return successor

    async def _revoke(
        self, tx: Connection, actor: Actor, user_id: str, session_id: str, reason: str, now: datetime
    ) -> bool:
        ended = await session_store.revoke_session(tx, user_id, session_id, reason, now)
        if ended:
            await audit.record(
                tx, now, actor, Action("session.ended", "session", session_id, details={"reason": reason})
            )
        return ended

    def _tokens(self, user_id: str, session_id: str, refresh_token: str) -> Tokens:
        claims = {"use": "access", "sub": user_id, "sid": session_id}
        access = self._signer.issue(claims, self._lifetimes.access)
        return Tokens(access, refresh_token, int(self._lifetimes.access.total_seconds()))

    def _device_token(self, user_id: str, nonce: str) -> str:
        return self._signer.issue({"use": "device", "sub": user_id, "nonce": nonce}, self._lifetimes.device)

    def _device_of(self, device: str | None, user_id: str) -> str | None:
        """The nonce of a device token for this very account."""
        if device is None:
            return None
        try:
            claims = self._signer.read(device)
        except errors.Failure:
            return None
        return str(claims["nonce"]) if claims.get("use") == "device" and claims.get("sub") == user_id else None

    async def _knows(self, cx: Connection, user_id: str, address: str) -> bool:
        past = await session_store.addresses(cx, user_id, self._clock.now() - ADDRESS_KNOWN_FOR)
        return attempts.network(address) in {attempts.network(each) for each in past}

    async def _hash_of_nobody(self) -> str:
        """Checked for unknown names, so that those take as long as known ones."""
        async with self._making_nobody:
            if self._nobodys_hash is None:
                self._nobodys_hash = await passwords.hash(ids.secret())
        return self._nobodys_hash


def _new_refresh(by_page: bool) -> str:
    return f"{_OF_PAGE}{ids.secret()}" if by_page else ids.secret()


def _not_valid() -> errors.Failure:
    return errors.unauthenticated("not_authenticated", "The refresh token is not valid. Sign in again.")


def _wrong_password() -> errors.Failure:
    return errors.unauthenticated("invalid_credentials", "The password is wrong.")


def _context(used: bytes) -> str:
    return f"refresh token:{used.hex()}"
