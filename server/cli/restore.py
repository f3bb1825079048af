"""`run.py restore FILE`: a backup brought into an empty data folder or an empty database."""

import argparse
import asyncio
from pathlib import Path

from server import migrate
from server.backup import archive, database
from server.backup.archive import Backup, BackupProblem
from server.backup.keys import FromBackup
from server.bootstrap import terminal
from server.cli import servers
from server.cli import settings as configuration
from server.embedded import clients


def main(arguments: argparse.Namespace) -> int:
    """`run.py restore`: bring a backup into an empty database."""
    settings = configuration.read(arguments)
    with archive.opened(Path(arguments.file).expanduser().absolute()) as backup:
        _check_version(backup)
        key = FromBackup(backup, settings)
        with servers.database(settings, terminal.say, share=False) as url:
            asyncio.run(_check_target(url))
            terminal.say("Restoring the database")
            try:
                # Before the rows: without the key, sealed rows could never be read again.
                key.put()
                clients.load(clients.target(url, embedded=not settings.database_url), backup.script())
            except BaseException:
                key.take_away()
                raise
            asyncio.run(_finish(url, backup))
    print(f"Restored as of {backup.manifest.made_at}: {sum(backup.manifest.rows.values())} rows. Start the server.")
    return 0


def _check_version(backup: Backup) -> None:
    """A newer version reads what an older one wrote, never the reverse."""
    known = {one.name: one.checksum for one in migrate.load()}
    done = backup.manifest.migrations
    if set(done.items()) - set(known.items()):
        raise BackupProblem(
            f"The backup is of another version of Parley ({backup.manifest.parley}) that this one does not know: "
            "restore it with that version, or a newer one."
        )


async def _check_target(url: str) -> None:
    try:
        await migrate.reach(url)
    except migrate.MigrationError as error:
        raise BackupProblem(str(error)) from error
    if not await database.is_empty(url):
        raise BackupProblem("The database is not empty: restore into a new one, or into an empty data folder (--data).")


async def _finish(url: str, backup: Backup) -> None:
    """Check that all rows arrived, and migrate the tables to this version."""
    found, expected = await database.counted(url), backup.manifest.rows
    if found != expected:
        different = sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))
        raise BackupProblem(f"The restored tables differ from the backup: {', '.join(different)}. Do not use them.")
    await database.add_optional(url)
    try:
        await migrate.prepare(url)
    except migrate.MigrationError as error:
        raise BackupProblem(str(error)) from error
