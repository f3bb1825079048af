"""The connection to Redis or Valkey. Every key starts with `parley:`.

Every problem with it is one failure, `Away`: Redis is stopped, hangs, fails over ("READONLY"), loads its data, is out
of memory or refuses our login. A command waits at most two seconds. After one that waited in vain, others fail at once
until Redis answers again.
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from redis import asyncio as driver
from redis.asyncio.client import Pipeline, PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import (
    AuthenticationError,
    BusyLoadingError,
    ClusterDownError,
    MasterDownError,
    MovedError,
    NoScriptError,
    ReadOnlyError,
    RedisError,
)
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from kit import errors, logs, patience

__all__ = ["Away", "PubSub", "Redis", "connect", "reach", "told"]

COMMAND_SECONDS = 2.0
_PAUSE_SECONDS = 0.5  # before the next trial; twice as long after each failed one
_LONGEST_PAUSE_SECONDS = 2.0
_DRIVER_SECONDS = 5.0
_UNREACHABLE = (RedisConnectionError, RedisTimeoutError, OSError, TimeoutError)
_REFUSED = (AuthenticationError, BusyLoadingError)  # lost connections to the driver, yet the server answered
_ELSEWHERE = (ReadOnlyError, MasterDownError, ClusterDownError, MovedError)  # another server is the master now
# The same in a script, by a Redis before 7.
_SCRIPT_ELSEWHERE = re.compile(r"Error running script .*-(READONLY|MASTERDOWN|CLUSTERDOWN|MOVED) ")
_UNBLOCKED = "UNBLOCKED"  # of a command that waited meanwhile; the driver has no type for it
_log = logs.get(__name__)

Command = Callable[..., Awaitable[Any]]


class Away(errors.Failure):
    """Redis did not execute a command: kind UNAVAILABLE. `why` is for logs."""

    def __init__(self, why: str) -> None:
        message = "A part of the server cannot be reached. Try again shortly."
        super().__init__(errors.Kind.UNAVAILABLE, "unavailable", message, retry_after=3)
        self.why = why


class Breaker:
    """A circuit breaker: lets commands through, or fails them at once; then from time to time one command is a
    trial."""

    def __init__(self) -> None:
        self._open_until: float | None = None
        self._pause = _PAUSE_SECONDS

    async def through(self, command: Command, *args: Any, **options: Any) -> Any:
        """What the command answers. Raises Away."""
        if patience.used_up():  # a connection of which nothing is wrong would be closed
            raise Away("no time is left")
        began = time.monotonic()
        trial: float | None = None
        if self._open_until is not None:
            if began < self._open_until:
                raise Away("does not answer")
            trial = began + COMMAND_SECONDS + self._pause  # this command is the trial; the others do not wait for it
            self._open_until = trial
        try:
            answer = await _in_time(command, args, options)
        except NoScriptError:  # the driver sends the script, then
            self._close()
            raise
        except _UNREACHABLE as error:
            if isinstance(error, _REFUSED):
                self._close()
            elif not isinstance(error, TimeoutError) or time.monotonic() - began >= COMMAND_SECONDS:
                self._break(time.monotonic(), error)  # a caller with less time than that proves nothing about Redis
            raise _away(error) from error
        except RedisError as error:
            self._close()
            raise _away(error) from error
        else:
            self._close()
            return answer
        finally:
            patience.waited(began)
            if trial is not None and self._open_until == trial:  # cancelled, or a caller with a shorter allowance
                self._open_until = time.monotonic()  # nothing was learned: let the next one try

    def _break(self, now: float, error: Exception) -> None:
        if self._open_until is None:
            _log.warning("redis_away", error=type(error).__name__)
        self._open_until = now + self._pause
        self._pause = min(_LONGEST_PAUSE_SECONDS, 2 * self._pause)

    def _close(self) -> None:
        if self._open_until is not None:
            _log.info("redis_answers_again")
        self._open_until = None
        self._pause = _PAUSE_SECONDS


async def _in_time(command: Command, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(None) as limit:
        alarm = patience.Alarm(COMMAND_SECONDS, lambda: limit.reschedule(loop.time()))
        try:
            return await command(*args, **options)
        finally:
            alarm.stop()


@contextmanager
def told() -> Iterator[None]:
    """Turns the driver's errors in this block into Away, for subscriptions, which have their own connection."""
    try:
        yield
    except (RedisError, *_UNREACHABLE) as error:
        raise _away(error) from error


def _away(error: Exception) -> Away:
    if not isinstance(error, _UNREACHABLE) or isinstance(error, _REFUSED):
        _log.warning("redis_refuses", error=type(error).__name__, message=str(error)[:200])
    return Away(type(error).__name__)


async def _leave(pool: driver.ConnectionPool, away: Away) -> None:
    """Close the pool's connections when the server is no master any more: new ones may reach the new master, the
    existing ones never will."""
    cause = away.__cause__
    said = str(cause)
    if isinstance(cause, _ELSEWHERE) or said.startswith(_UNBLOCKED) or _SCRIPT_ELSEWHERE.search(said):
        await pool.disconnect(inuse_connections=False)


class _Together(Pipeline):
    """Commands in one exchange, behind the same breaker."""

    breaker: Breaker

    async def execute(self, raise_on_error: bool = True) -> list[Any]:
        try:
            return cast(list[Any], await self.breaker.through(super().execute, raise_on_error))
        except Away as away:
            await _leave(self.connection_pool, away)
            raise


class _Pool(driver.ConnectionPool):
    """Once it is closed nothing connects any more: the driver itself would, for a command that comes late, or that was
    under way and lost its connection by the closing."""

    closed = False

    def make_connection(self) -> Any:
        connection: Any = cast(Any, super()).make_connection()
        connection.register_connect_callback(self._let_stand)
        return connection

    async def _let_stand(self, connection: Any) -> None:
        if self.closed:
            await connection.disconnect()
            raise RedisConnectionError("The client is closed.")

    async def aclose(self) -> None:
        self.closed = True
        await super().aclose()


class Redis(driver.Redis):
    """A client that answers in bytes and raises nothing but Away."""

    breaker: Breaker

    async def execute_command(self, *args: Any, **options: Any) -> Any:
        """Send a command. Raises Away while the server cannot be reached."""
        try:
            return await self.breaker.through(super().execute_command, *args, **options)
        except Away as away:
            await _leave(self.connection_pool, away)
            raise

    def pipeline(self, transaction: bool = True, shard_hint: str | None = None) -> Pipeline:
        """Commands that go together, behind the same breaker."""
        made = _Together(self.connection_pool, self.response_callbacks, transaction, shard_hint)
        made.breaker = self.breaker
        return made


def connect(url: str, *, max_connections: int = 50) -> Redis:
    """A client for `url` (redis://, rediss:// or unix://). It connects on first use."""
    pool = _Pool.from_url(
        url,
        max_connections=max_connections,
        socket_timeout=_DRIVER_SECONDS,
        socket_connect_timeout=_DRIVER_SECONDS,
        retry=Retry(NoBackoff(), 1, (RedisConnectionError,)),  # a connection that was lost while it was idle
    )
    client = Redis.from_pool(pool)
    assert isinstance(client, Redis)
    client.breaker = Breaker()
    return client


async def reach(url: str) -> None:
    """Check that a server answers there. Away, with its cause, if not; nothing is logged. ValueError for an invalid
    address."""
    client = driver.Redis.from_url(url, socket_timeout=COMMAND_SECONDS, socket_connect_timeout=COMMAND_SECONDS)
    try:
        await client.ping()
    except (RedisError, *_UNREACHABLE) as error:
        raise Away(type(error).__name__) from error
    finally:
        await client.aclose()
