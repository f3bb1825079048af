"""Signing in by the provider: who may come in, and to which account.

The provider decides who somebody is. What an e-mail address decides is little: it leads to an account that
was here before only when the provider proved it, and when nobody else can have been in that account with another proof.
"""

import hmac
import re
from datetime import timedelta

import orjson

from api.auth import link_store, store, usernames
from api.auth.entrance import Entrance
from api.auth.models import UNSET_PASSWORD, Newcomer, Tokens, User
from api.auth.oidc import arrivals
from api.auth.oidc import store as identities
from api.auth.oidc.models import Arrival, Attempt, Identity
from api.auth.oidc.provider import Provider, Refused
from api.auth.sessions import SignIns
from kit import audit, errors, ids, logs, pkce
from kit.audit import Action, Actor
from kit.clock import Clock
from kit.database import Connection, Database
from kit.secrets import Sealer

ATTEMPT_LIFETIME = timedelta(minutes=10)
_SECRET = re.compile(r"[\w-]{43}", re.ASCII)  # as `ids.secret` makes it
_log = logs.get(__name__)


class ProviderSignIns:
    """`provider` is None where none is configured."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        sealer: Sealer,
        sign_ins: SignIns,
        entrance: Entrance,
        provider: Provider | None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._sealer = sealer
        self._sign_ins = sign_ins
        self._entrance = entrance
        self._provider = provider

    @property
    def name(self) -> str | None:
        """What people call the provider; None without one."""
        return self._provider.settings.name if self._provider is not None else None

    async def start(self, browser: str | None) -> tuple[str, str]:
        """Where to send the browser, and what it has to bring back: what it has from another tab, or a new one.

        Failures `provider_not_configured`, `provider_unavailable`.
        """
        provider = self._configured()
        if browser is None or not _SECRET.fullmatch(browser):
            browser = ids.secret()
        state, nonce, verifier = ids.secret(), ids.secret(), ids.secret(pkce.VERIFIER_BYTES)
        url = await provider.authorization_url(state, nonce, verifier)
        hashed = ids.hashed(state)
        sealed = self._sealer.seal(orjson.dumps([nonce, verifier]), _context(hashed))
        attempt = Attempt(ids.hashed(browser), sealed, self._clock.now() + ATTEMPT_LIFETIME)
        async with self._database.connection() as cx:
            await identities.add_attempt(cx, hashed, attempt)
        return url, browser

    async def finish(
        self, state: str, browser: str | None, code: str | None, issuer: str | None, user_agent: str, actor: Actor
    ) -> Tokens:
        """A session of a page for who came back. `code` is None when they declined; `issuer` is who says that it
        sent them, if it says so (RFC 9207).

        Failures `invalid_state` when this browser did not begin it, or too long ago, or came back already;
        `sign_in_declined`, `provider_refused`, `provider_unavailable`, and those of `_account`.
        """
        provider = self._configured()
        hashed = ids.hashed(state)
        async with self._database.transaction() as tx:
            attempt = await identities.take_attempt(tx, hashed)
        same_browser = attempt is not None and hmac.compare_digest(attempt.browser_hash, ids.hashed(browser or ""))
        if attempt is None or not same_browser or attempt.expires_at <= self._clock.now():
            message = "This sign-in was not started in this browser, or too long ago. Start again."
            raise errors.forbidden(message, "invalid_state")
        if issuer is not None and issuer != provider.settings.issuer:
            raise _refused("another issuer sent the browser")
        if code is None:
            raise errors.forbidden("The provider did not sign you in.", "sign_in_declined")
        nonce, verifier = orjson.loads(self._sealer.open(attempt.secrets_sealed, _context(hashed)))
        try:
            said = await provider.exchange(code, verifier, nonce)
        except Refused as why:
            raise _refused(str(why)) from why
        arrival = arrivals.read(said, trusting=provider.settings.trusts_addresses)
        async with self._database.transaction() as tx:
            user_id = await self._account(tx, arrival, actor)
            entering = Actor(user_id, actor.address, actor.request_id)
            return await self._sign_ins.begin(tx, user_id, user_agent, entering)

    async def sweep(self) -> None:
        """Forget sign-ins that were begun and not finished."""
        async with self._database.connection() as cx:
            await identities.sweep(cx, self._clock.now())

    async def _account(self, tx: Connection, arrival: Arrival, actor: Actor) -> str:
        """The account of the person who arrived, locked: their own, one with their address, or a new one.

        Failures `account_disabled`, `address_not_proved`, `address_taken`, `registration_closed`.
        """
        now = self._clock.now()
        await identities.lock_subject(tx, arrival.issuer, arrival.subject)
        known = await identities.owner(tx, arrival.issuer, arrival.subject)
        if known is not None:
            user = await store.lock_user(tx, known)
            if user is None:  # deleted at this moment, and the identity with it
                raise errors.forbidden("This account was deleted. Start again.", "invalid_state")
            _insist_enabled(user)
            await identities.use(tx, arrival.issuer, arrival.subject, now)
            return known
        if arrival.email is None:
            message = "The provider does not say that your e-mail address is proved, which is needed here."
            raise errors.forbidden(message, "address_not_proved")
        user = await store.lock_user_with(tx, arrival.email)
        if user is None:
            user = await self._open(tx, arrival, arrival.email, actor)
        else:
            await self._insist_theirs(tx, user, arrival)
            await store.set_verified(tx, user.id, arrival.email, now)
            await link_store.void(tx, user.id)
        await identities.add(tx, Identity(arrival.issuer, arrival.subject, user.id, now, now))
        owner = Actor(user.id, actor.address, actor.request_id)
        deed = Action("account.identity_joined", "user", user.id, details={"issuer": arrival.issuer})
        await audit.record(tx, now, owner, deed)
        return user.id

    async def _insist_theirs(self, tx: Connection, user: User, arrival: Arrival) -> None:
        """That an account with the address is really that of the person who proved the address at the provider.

        Anybody may have registered with an address of others, so a password counts only where the address was proved
        here as well. Addresses are given to new people, so who came as somebody else of the provider stays apart. And
        an administrator's account is not opened by an address at all.
        """
        _insist_enabled(user)
        proved = user.email_verified if user.has_password else True
        joined = any(one.issuer == arrival.issuer for one in await identities.of_users(tx, [user.id]))
        if user.is_guest or user.role == "admin" or joined or not proved:
            message = "There is an account with your e-mail address already. Sign in to it with its password."
            raise errors.conflict("address_taken", message)

    async def _open(self, tx: Connection, arrival: Arrival, email: str, actor: Actor) -> User:
        """A new account, without a password."""
        await self._entrance.insist_registration(tx)
        now = self._clock.now()
        for username in usernames.made_of(arrival.username or email):
            newcomer = Newcomer(email, username, arrival.full_name, arrival.timezone or "UTC")
            user = newcomer.account(ids.new_id(), now, verified=True, has_password=False)
            if await store.add_user(tx, user, UNSET_PASSWORD):
                owner = Actor(user.id, actor.address, actor.request_id)
                deed = Action("account.registered", "user", user.id, details={"issuer": arrival.issuer})
                await audit.record(tx, now, owner, deed)
                return user
        raise errors.conflict("address_taken", "There is an account with your e-mail address already.")

    def _configured(self) -> Provider:
        if self._provider is None:
            message = "No sign-in provider is set up on this server: it needs PARLEY_OIDC_ISSUER."
            raise errors.conflict("provider_not_configured", message)
        return self._provider


def _insist_enabled(user: User) -> None:
    if user.disabled_at is not None:
        raise errors.forbidden("This account is disabled. Ask those who run this server.", "account_disabled")


def _refused(why: str) -> errors.Failure:
    _log.warning("sign_in_provider_refused", reason=why)
    return errors.forbidden("What the provider said is not believed. Start again.", "provider_refused")


def _context(state_hash: bytes) -> str:
    return f"identity attempt:{state_hash.hex()}"
