"""Accounts: making, changing and deleting them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from api.auth import store
from api.auth.models import User
from api.auth.ports import Leaving
from api.auth.sessions import SignIns
from kit import audit, errors, ids, passwords
from kit.audit import Action, Actor
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Database


class Accounts:
    """`leaving` is called for each account that is deleted; rows that reference users(id) are deleted by the
    database."""

    def __init__(self, database: Database, clock: Clock, sign_ins: SignIns, leaving: Sequence[Leaving] = ()) -> None:
        self._database = database
        self._clock = clock
        self._sign_ins = sign_ins
        self._leaving = leaving

    async def register(
        self,
        *,
        email: str,
        username: str,
        password: str,
        full_name: str | None,
        timezone: str,
        native_language: str | None,
        actor: Actor,
    ) -> User:
        """Failure `email_taken` or `username_taken`."""
        hashed = await passwords.hash(password)
        now = self._clock.now()
        user = User(
            id=ids.new_id(),
            email=email,
            username=username,
            full_name=full_name,
            nickname=None,
            avatar_url=None,
            timezone=timezone,
            native_language=native_language,
            cefr_level=None,
            role="user",
            plan="free",
            created_at=now,
        )
        async with self._database.transaction() as tx:
            if not await store.add_user(tx, user, hashed):
                if await store.email_taken(tx, email):
                    raise errors.conflict("email_taken", "There is an account with this e-mail address already.")
                raise errors.conflict("username_taken", "This user name is taken.")
            registered = Actor(user.id, actor.address, actor.request_id)
            await audit.record(tx, now, registered, Action("account.registered", "user", user.id))
        return user

    async def profile(self, user_id: str) -> User:
        async with self._database.connection() as cx:
            user = await store.user(cx, user_id)
        if user is None:
            raise errors.not_found("Account")
        return user

    async def update(self, user_id: str, changes: dict[str, Any]) -> User:
        """`changes` may hold full_name, nickname, avatar_url, timezone and native_language."""
        async with self._database.transaction() as tx:
            user = await store.lock_user(tx, user_id)
            if user is None:
                raise errors.not_found("Account")
            changed = replace(user, **changes)
            await store.update_user(tx, changed, self._clock.now())
        return changed

    async def change_password(self, caller: Caller, current: str, new: str, actor: Actor) -> None:
        """The caller's other sessions end. Failures `invalid_credentials`, `rate_limited`."""
        confirmed = await self._sign_ins.confirm(caller, current)
        hashed = await passwords.hash(new)
        now = self._clock.now()
        async with self._database.transaction() as tx:
            await self._sign_ins.hold(tx, caller, confirmed)
            await store.set_password(tx, caller.user_id, hashed, now)
            await store.revoke_other_sessions(tx, caller.user_id, caller.credential_id, "password changed", now)
            await audit.record(tx, now, actor, Action("account.password_changed", "user", caller.user_id))

    async def delete(self, caller: Caller, password: str, actor: Actor) -> None:
        """Delete the caller's account and everything that belongs to it.

        Failures `invalid_credentials`, `rate_limited`, and what stops the deletion (`last_owner`).
        """
        confirmed = await self._sign_ins.confirm(caller, password)
        async with self._database.transaction() as tx:
            await self._sign_ins.hold(tx, caller, confirmed)
            for told in self._leaving:
                await told(tx, caller.user_id)
            await store.delete_user(tx, caller.user_id)
            await audit.record(tx, self._clock.now(), actor, Action("account.deleted", "user", caller.user_id))
            await audit.forget(tx, caller.user_id)
