"""The database and Redis of a command: those named by DATABASE_URL and REDIS_URL, else the embedded ones."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from server.bootstrap.terminal import Stop
from server.config import Settings
from server.embedded import stack as embedded
from server.embedded.stack import EmbeddedStack, Endpoints


@dataclass(frozen=True, slots=True)
class Servers:
    """`stack` is None when nothing is embedded, or when another process runs it."""

    endpoints: Endpoints
    stack: EmbeddedStack | None


def expect_data(settings: Settings) -> None:
    """For commands that work on what is there: Stop when the data folder, where the database would be embedded, holds
    none, so that a slip in --data makes no new server."""
    if not settings.database_url and not (settings.data_dir / embedded.DATABASE).is_dir():
        raise Stop(f"{settings.data_dir} is no data folder of a server that ran: name the right one with --data.")


@contextmanager
def opened(
    settings: Settings,
    say: Callable[[str], None],
    *,
    share: bool = False,
    while_waiting: Callable[[], None] = lambda: None,
) -> Iterator[Servers]:
    """The servers, for the length of the block. Call it from the main thread.

    `share` uses what a running Parley has on the data folder; without it that is an error (EmbeddedProblem).
    `while_waiting` is called while embedded servers start.
    """
    database, redis_url = settings.database_url, settings.redis_url
    if database and redis_url:
        yield Servers(Endpoints(database, redis_url), None)
        return
    if share and (found := embedded.running(settings.data_dir)) is not None:
        yield Servers(Endpoints(database or found.database_url, redis_url or found.redis_url), None)
        return
    stack = EmbeddedStack(settings.data_dir, database=not database, redis=not redis_url)
    try:
        made = stack.start(say, while_waiting)
        yield Servers(Endpoints(database or made.database_url, redis_url or made.redis_url), stack)
    finally:
        stack.stop()


@contextmanager
def database(settings: Settings, say: Callable[[str], None], *, share: bool) -> Iterator[str]:
    """The address of the database alone, for the length of the block. Call it from the main thread.

    `share` uses that of a running Parley; without it that is an error (EmbeddedProblem).
    """
    if settings.database_url:
        yield settings.database_url
        return
    if share and (found := embedded.running(settings.data_dir)) is not None and found.database_url:
        yield found.database_url
        return
    stack = EmbeddedStack(settings.data_dir, redis=False)
    try:
        yield stack.start(say).database_url
    finally:
        stack.stop()


async def prepare(endpoints: Endpoints, say: Callable[[str], None]) -> list[str]:
    """Migrate the database and check that Redis answers; returns the names of applied migrations. Stop with one
    sentence otherwise."""
    from kit import redis
    from server import migrate

    try:
        applied = await migrate.prepare(endpoints.database_url, lambda name: say(f"Migrating the database: {name}"))
    except migrate.MigrationError as error:
        raise Stop(str(error)) from error
    try:
        await redis.reach(endpoints.redis_url)
    except redis.Away as away:
        raise Stop(f"Redis (REDIS_URL) cannot be reached: {away.__cause__}") from away
    except ValueError as error:
        raise Stop(f"Redis (REDIS_URL) cannot be reached: {error}") from error
    return applied
