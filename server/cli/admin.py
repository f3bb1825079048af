"""`run.py admin grant|revoke EMAIL`: the only role that the API does not give."""

import argparse
import asyncio

from api.auth.models import Role
from api.auth.roles import Roles
from kit.clock import SystemClock
from kit.database import Database
from kit.errors import Failure
from server.bootstrap import terminal
from server.bootstrap.terminal import Stop
from server.cli import servers
from server.cli import settings as configuration
from server.embedded.stack import Endpoints

_ROLES: dict[str, Role] = {"grant": "admin", "revoke": "user"}


def main(arguments: argparse.Namespace) -> int:
    settings = configuration.read(arguments)
    role = _ROLES[arguments.action]
    with servers.opened(settings, terminal.say, share=True) as started:
        try:
            asyncio.run(_set_role(started.endpoints, arguments.email, role))
        except Failure as failure:
            if failure.code == "not_found":
                raise Stop(f"Nobody is registered as {arguments.email}.") from failure
            raise Stop(failure.message) from failure
    print(f"{arguments.email} now has the role “{role}”.")
    return 0


async def _set_role(endpoints: Endpoints, email: str, role: Role) -> None:
    await servers.prepare(endpoints, terminal.say)
    database = await Database.open(endpoints.database_url)
    try:
        await Roles(database, SystemClock()).set(email, role)
    finally:
        await database.close()
