"""What other parts may know of who belongs to which organization, inside transactions of their own."""

from kit.database import Connection


class Memberships:
    async def of(self, tx: Connection, user_id: str) -> list[str]:
        """The organizations that a user belongs to."""
        rows = await tx.fetch("select organization_id from organization_members where user_id = $1", user_id)
        return [row["organization_id"] for row in rows]
