"""Teams that were stored before names had one form get it, and can be named again."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import server
from kit import ids, typography
from kit.database import Database
from tests.support.learners import add_learner

SQL = (Path(server.__file__).parent / "migrations" / "0213_tidy_teams.sql").read_text()
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ADD = {
    "organization_members": "insert into organization_members values ($1, $2, 'member', $3, $4)",
    "organization_invitations": "insert into organization_invitations (id, organization_id, addressee, role, team, "
    "invited_by, created_at, expires_at) values ($1, $1, 'x', 'member', $3, $2, $4, $4)",
    "organization_links": "insert into organization_links (id, organization_id, secret_hash, role, team, invited_by, "
    "created_at, expires_at) values ($1, $1, uuid_send($1), 'member', $3, $2, $4, $4)",
    "assignments": "insert into assignments (id, organization_id, module_id, audience, team, created_by, due_at, "
    "created_at) values ($1, $1, 'm', 'team', $3, $2, $4, $4)",
}


@pytest.mark.parametrize(
    "stored",
    ["Klasse  A", "A ", "\u2003E\u0301quipe\tA\n", "Équipe\x1b\u00a0A", "Team\u200bA", "Te\u00adam A\u2060",
     "\u202eAmaet", "A\u200d", "می\u200cخواهم", "👩\u200d🎓", "e\u00ad\u0301", " \u200b", "A", None],
)  # fmt: skip
async def test_stored_teams_get_the_form_of_requests(database: Database, stored: str | None) -> None:
    organization, member = ids.new_id(), await add_learner(database)
    tables = [table for table in ADD if stored is not None or table != "assignments"]
    async with database.transaction() as tx:
        made = "insert into organizations values ($1, 'x', $2, null, $3, $3)"
        await tx.execute(made, organization, organization, NOW)
        for table in tables:
            await tx.execute(ADD[table], organization, member, stored, NOW)
        await tx.execute(SQL)
        found = {table: await tx.fetchval(f"select team from {table}") for table in tables}  # noqa: S608
    assert found == dict.fromkeys(tables, stored and (typography.tidy(stored) or stored))
