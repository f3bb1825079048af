"""What other parts may know of the learners of organizations' own sites, inside transactions of their own."""

from api.integration import store
from kit.database import Connection


class Subjects:
    """The accounts of a tenant's learners."""

    async def of(self, cx: Connection, user_ids: list[str]) -> dict[str, tuple[str, str]]:
        """Account → (organization, its name for the learner), for those who are such learners."""
        return await store.subjects_of(cx, user_ids)

    async def named(self, cx: Connection, name: str) -> list[str]:
        """The accounts that an organization knows by this name."""
        return await store.subjects_named(cx, name)
