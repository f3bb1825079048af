"""`run.py admin grant|revoke EMAIL`: the one role that cannot be had over the API."""

import argparse
import asyncio

from server.bootstrap import terminal
from server.bootstrap.terminal import Stop
from server.cli import servers
from server.cli import settings as configuration
from server.embedded.stack import Endpoints
from server.kit.database import Database

_ROLES = {"grant": "admin", "revoke": "user"}


def main(arguments: argparse.Namespace) -> int:
    settings = configuration.read(arguments)
    role = _ROLES[arguments.action]
    with servers.opened(settings, terminal.say, share=True) as started:
        if not asyncio.run(_set_role(started.endpoints, arguments.email, role)):
            raise Stop(f"Nobody is registered as {arguments.email}.")
    print(f"{arguments.email} now has the role “{role}”.")
    return 0


async def _set_role(endpoints: Endpoints, email: str, role: str) -> bool:
    await servers.prepare(endpoints, terminal.say)
    database = await Database.open(endpoints.database_url)
    try:
        async with database.transaction() as tx:
            changed = await tx.fetchval(
                "update users set role = $2 where lower(email) = lower($1) returning id", email, role
            )
    finally:
        await database.close()
    return changed is not None
