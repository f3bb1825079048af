"""`run.py backup FILE`: the database and the key in one file, while the server runs or not. Models are left out."""

import argparse
import asyncio
from pathlib import Path

from server import keys, migrate
from server.backup import archive, database
from server.backup.archive import BackupProblem, Manifest
from server.backup.keys import key_sum
from server.bootstrap import terminal
from server.cli import servers
from server.cli import settings as configuration
from server.config import VERSION, Settings
from server.embedded import clients


def main(arguments: argparse.Namespace) -> int:
    """`run.py backup`: write the database and the key into one file."""
    settings = configuration.read(arguments)
    path = Path(arguments.file).expanduser().absolute()
    in_folder = settings.data_dir / keys.FILE
    if settings.secret_key is None and not in_folder.exists():
        raise BackupProblem(
            f"{settings.data_dir} is no data folder of a server that ran: name the right one with --data"
            + (", or set PARLEY_SECRET_KEY." if settings.database_url else ".")
        )
    key = keys.secret_key(settings)
    # The file first: if it exists already, the user need not wait for a database.
    with archive.written(path) as draft, servers.database(settings, terminal.say, share=True) as url:
        if settings.secret_key is None:
            draft.add(archive.KEY, [key.encode()])
        try:
            made = asyncio.run(_save(draft, url, key, embedded=not settings.database_url))
        except migrate.MigrationError as error:
            raise BackupProblem(str(error)) from error
    print(f"{path}: {sum(made.rows.values())} rows of {len(made.rows)} tables, as of {made.made_at}.{_note(settings)}")
    return 0


async def _save(draft: archive.Draft, url: str, key: str, *, embedded: bool) -> Manifest:
    await migrate.reach(url)
    async with database.held(url) as moment:
        with clients.dumped(clients.target(url, embedded=embedded), moment.snapshot) as pieces:
            draft.add(archive.DATABASE, pieces)
    return draft.finish(
        parley=VERSION,
        made_at=moment.at.isoformat(timespec="seconds"),
        postgresql=moment.server,
        migrations=moment.migrations,
        rows=moment.rows,
        key_sum=key_sum(key),
    )


def _note(settings: Settings) -> str:
    if settings.secret_key is None:
        return " It holds the server's key: keep it safe."
    return " PARLEY_SECRET_KEY is not in it: keep it safe elsewhere."
