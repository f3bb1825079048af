"""`run.py migrate`: the database brought up to date, and nothing else."""

import argparse
import asyncio

from server import migrate
from server.bootstrap import terminal
from server.cli import servers
from server.cli import settings as configuration


def main(arguments: argparse.Namespace) -> int:
    """`run.py migrate`: bring the database up to date and stop."""
    settings = configuration.read(arguments)
    with servers.opened(settings, terminal.say, share=True) as started:
        try:
            applied = asyncio.run(migrate.prepare(started.endpoints.database_url, terminal.say))
        except migrate.MigrationError as error:
            raise terminal.Stop(str(error)) from error
    count = f"{len(applied)} {'migration' if len(applied) == 1 else 'migrations'}"
    print(f"{count} applied." if applied else "The database is up to date.")
    return 0
