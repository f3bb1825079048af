"""What administrators do with accounts."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.auth import links, session_store, store, usernames
from api.auth.admin import store as people
from api.auth.admin.models import Wanted
from api.auth.attempts import Attempts
from api.auth.letters import Letters
from api.auth.models import UNSET_PASSWORD, Link, Newcomer, Plan, User
from api.auth.ports import Disabling
from api.auth.service import Accounts, taken
from kit import audit, emails, errors, ids, passwords
from kit.audit import Action, Actor
from kit.clock import Clock
from kit.database import Connection, Database
from kit.storable import JsonObject


@dataclass(frozen=True, slots=True)
class Opened:
    """A new account, and how its owner sets the first password, if none was given."""

    user_id: str
    link: Link | None
    path: str | None


@dataclass(frozen=True, slots=True)
class Letter:
    """That a link is mailed, in which language (BCP 47)."""

    language: str | None


class Administration:
    """`disabling` is called for each account that is disabled. An actor without an id is the operator; everybody else
    has to be an administrator still when it is done, or it is `forbidden`."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        accounts: Accounts,
        tries: Attempts,
        letters: Letters,
        disabling: Sequence[Disabling] = (),
    ) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._links = letters.links
        self._tries = tries
        self._letters = letters
        self._disabling = disabling

    async def create(self, who: Wanted, password: str | None, actor: Actor) -> Opened:
        """Failures `email_taken`, `username_taken`."""
        hashed = await passwords.hash(password) if password is not None else UNSET_PASSWORD
        async with self._database.transaction() as tx:
            await insist_administrator(tx, actor)
            return await self.add(tx, who, hashed, actor)

    async def add(self, tx: Connection, who: Wanted, hashed: str, actor: Actor) -> Opened:
        """`create` inside a transaction, by somebody who may."""
        now = self._clock.now()
        for username in [who.username] if who.username is not None else usernames.made_of(who.email):
            newcomer = Newcomer(who.email, username, who.full_name, who.timezone, who.native_language, who.plan)
            user = newcomer.account(ids.new_id(), now)
            if await store.add_user(tx, user, hashed):
                break
            if who.username is not None or await store.email_taken(tx, who.email):
                raise await taken(tx, who.email)
        else:
            raise errors.conflict("username_taken", "Choose a user name.")
        await self._note(tx, actor, "account.created", user.id)
        if hashed != UNSET_PASSWORD:
            return Opened(user.id, None, None)
        link, path = await self._links.to_set_password(tx, user, links.FIRST, mailed=False, created_by=actor.user_id)
        return Opened(user.id, link, path)

    async def set_plan(self, user_id: str, plan: Plan, actor: Actor) -> None:
        """Failure `not_found`."""
        async with self._database.transaction() as tx:
            await self._held(tx, user_id, actor)
            await people.set_plan(tx, user_id, plan, self._clock.now())
            await self._note(tx, actor, "account.plan_set", user_id, {"plan": plan})

    async def reset(self, user_id: str, actor: Actor) -> tuple[Link, str]:
        """A link with which the owner sets a new password, and its path. The old password stays good until then.

        Failures `not_found`, `not_possible` for a guest and a disabled account.
        """
        async with self._database.transaction() as tx:
            user = await self._held(tx, user_id, actor)
            if user.is_guest:
                raise errors.conflict("not_possible", "Guests have no password, so there is none to reset.")
            if user.disabled_at is not None:
                raise errors.conflict("not_possible", "Enable the account first.")
            made = await self._links.to_set_password(
                tx, user, links.HANDED_OVER, mailed=False, created_by=actor.user_id
            )
            await self._note(tx, actor, "account.reset_link_made", user_id)
        return made

    async def disable(self, user_id: str, actor: Actor) -> None:
        """Nothing opens the account any more, at any door; what it holds stays. Failures `not_found`, `yourself`."""
        now = self._clock.now()
        async with self._database.transaction() as tx:
            user = await self._held(tx, user_id, actor)
            _insist_other(user_id, actor)
            if user.disabled_at is not None:
                return
            await people.set_disabled(tx, user_id, now, now)
            await session_store.revoke_all_sessions(tx, user_id, "account disabled", now)
            await self._links.void(tx, user_id)
            for told in self._disabling:
                await told(tx, user_id)
            await self._note(tx, actor, "account.disabled", user_id)

    async def enable(self, user_id: str, actor: Actor) -> None:
        """The account can be signed in to again. Failure `not_found`."""
        async with self._database.transaction() as tx:
            user = await self._held(tx, user_id, actor)
            if user.disabled_at is not None:
                await people.set_disabled(tx, user_id, None, self._clock.now())
                await self._note(tx, actor, "account.enabled", user_id)

    async def erase(self, user_id: str, actor: Actor) -> None:
        """Delete everything that is theirs; what organizations own stays. Failures `not_found`, `yourself`, and what
        stops it (`last_owner`)."""
        async with self._database.transaction() as tx:
            await self._held(tx, user_id, actor)
            _insist_other(user_id, actor)
            await self._accounts.erase(tx, user_id, actor)

    async def exporting(self, user_id: str, actor: Actor) -> None:
        """Note that everything of a person is exported. Failure `not_found`."""
        async with self._database.transaction() as tx:
            await self._held(tx, user_id, actor)
            await self._note(tx, actor, "account.exported", user_id)

    async def invite(
        self, email: str | None, full_name: str | None, plan: Plan, actor: Actor, *, letter: Letter | None = None
    ) -> tuple[Link, str]:
        """An invitation to open an account, and its path, which nobody else may see when it is mailed.

        Failures `email_taken`, `invalid_request`, `mail_not_configured`.
        """
        if letter is not None:
            self._letters.insist()
            if email is None:
                raise errors.invalid("A field is not valid.", [("/email", "name the address to mail to")])
        mailed = letter is not None
        async with self._database.transaction() as tx:
            await insist_administrator(tx, actor)
            if email is not None and await store.email_taken(tx, email):
                raise await taken(tx, email)
            made = await self._links.to_join(tx, email, full_name, plan, mailed=mailed, created_by=actor.user_id)
            if letter is not None:
                await self._letters.enqueue(tx, *made, letter.language)
            await self._note(tx, actor, "account.invited", made[0].id)
        return made

    async def withdraw(self, link_id: str, actor: Actor) -> None:
        """An invitation opens nothing any more. Failure `not_found`."""
        async with self._database.transaction() as tx:
            await insist_administrator(tx, actor)
            await self._links.withdraw(tx, link_id)
            await self._note(tx, actor, "account.invitation_withdrawn", link_id)

    async def clear_guard(self, account: str | None, address: str | None, actor: Actor) -> int:
        """Forget failed sign-ins of an account (id, e-mail address or user name) and of an IP address; how many."""
        forgotten = 0
        async with self._database.transaction() as tx:
            if account is not None:
                name = emails.or_name(account)
                found = await people.named(tx, name) or name.lower()
                forgotten += await self._tries.forget_account(tx, found)
            if address is not None:
                forgotten += await self._tries.forget_address(tx, address)
            await self._note(tx, actor, "sign_in_guard.cleared", found if account is not None else address or "")
        return forgotten

    async def _held(self, tx: Connection, user_id: str, actor: Actor) -> User:
        await insist_administrator(tx, actor, user_id)
        user = await store.lock_user(tx, user_id)
        if user is None:
            raise errors.not_found("Account")
        return user

    async def _note(
        self, tx: Connection, actor: Actor, action: str, target: str, details: JsonObject | None = None
    ) -> None:
        deed = Action(action, "user", target, details={"by": "administrator", **(details or {})})
        await audit.record(tx, self._clock.now(), actor, deed)


async def insist_administrator(tx: Connection, actor: Actor, *others: str) -> None:
    """Locks the actor, and the others with it. Failure `forbidden`."""
    if actor.user_id is not None and not await people.hold_administrator(tx, actor.user_id, *others):
        raise errors.forbidden("Only administrators may do this.")


def _insist_other(user_id: str, actor: Actor) -> None:
    if user_id == actor.user_id:
        raise errors.conflict("yourself", "Another administrator has to do this to your account.")
