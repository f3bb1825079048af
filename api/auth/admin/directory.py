"""Who has an account here, for administrators."""

from collections.abc import Sequence
from dataclasses import replace

from api.auth.admin import store
from api.auth.admin.models import Kind, Person, Subject
from api.auth.oidc import store as identities
from api.auth.ports import Subjects
from kit import emails, errors
from kit.database import Connection, Database


class Directory:
    """Accounts as administrators see them."""

    def __init__(self, database: Database, subjects: Subjects) -> None:
        self._database = database
        self._subjects = subjects

    async def listing(
        self, search: str | None, kind: Kind | None, before: str | None, limit: int
    ) -> list[tuple[Person, Subject | None]]:
        """The newest first."""
        async with self._database.connection() as cx:
            also = await self._subjects.named(cx, search) if search else []
            return await self._with_subjects(cx, await store.listed(cx, search, also, kind, before, limit))

    async def person(self, user_id: str) -> tuple[Person, Subject | None]:
        """Failure `not_found`."""
        async with self._database.connection() as cx:
            found = await store.person(cx, user_id)
            if found is None:
                raise errors.not_found("Account")
            return (await self._with_subjects(cx, [found]))[0]

    async def named(self, name: str) -> str:
        """The id of the account with this id, e-mail address, user name or organization's name. Failure `not_found`,
        also when an organization's name means several."""
        async with self._database.connection() as cx:
            if (found := await store.named(cx, emails.or_name(name))) is not None:
                return found
            meant = await self._subjects.named(cx, name)
        if len(meant) != 1:
            raise errors.not_found("Account")
        return meant[0]

    async def _with_subjects(self, cx: Connection, people: Sequence[Person]) -> list[tuple[Person, Subject | None]]:
        ids = [person.id for person in people]
        found = await self._subjects.of(cx, ids)
        known = await identities.of_users(cx, ids)
        people = [
            replace(person, identities=tuple(one for one in known if one.user_id == person.id)) for person in people
        ]
        return [(person, Subject(*found[person.id]) if person.id in found else None) for person in people]
