"""Redis that is away, hangs, or is there and refuses: one failure, at once from the second time on."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from kit.http.limits import Limits, Policy
from kit.redis import COMMAND_SECONDS, Away, Redis, connect
from realtime.node import log as event_log
from realtime.node.leases import Lease, Leases
from realtime.node.log import EventLog
from server.embedded import runtime
from server.embedded.stack import EmbeddedStack
from tests.support.gate import Gate

REFUSALS = (
    "READONLY You can't write against a read only replica.",
    "OOM command not allowed when used memory > 'maxmemory'.",
    "MISCONF Errors writing to the AOF file: No space left on device",
    "LOADING Redis is loading the dataset in memory",
    "NOAUTH Authentication required.",
    "NOPERM User default has no permissions to run the 'set' command",
    "CLUSTERDOWN The cluster is down",
    "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
    "TRYAGAIN Multiple keys request during rehashing of slot",
    "BUSY Redis is busy running a script.",
    "ERR something that nobody knew",
)


@pytest.mark.parametrize("said", REFUSALS, ids=lambda said: said.split()[0])
async def test_whatever_it_refuses_is_one_failure(said: str) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while await reader.read(4096):
                writer.write(f"-{said}\r\n".encode() * 3)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    client = connect(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    try:
        with pytest.raises(Away):
            await client.set("parley:x", 1)
        with pytest.raises(Away):
            await Leases(client, "here").renew([Lease("x", 1, None)])
        verdict = await Limits(client, {"read": Policy(1, 60)}).take("read", "somebody")
        assert verdict == (None, None)  # nobody is limited
    finally:
        await client.aclose()
        server.close()
        await server.wait_closed()


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[EmbeddedStack]:
    made = EmbeddedStack(tmp_path / "data", database=False)
    yield made
    made.stop()


async def test_without_memory_no_event_is_said_to_be_logged(stack: EmbeddedStack) -> None:
    client = connect(stack.start().redis_url)
    log = EventLog(client, "session", 1)
    await log.append([log.number("text", {}, 0)])
    await client.config_set("maxmemory", 1)
    await log.append([log.number("text", {}, 0)])
    assert log.degraded
    with pytest.raises(Away):
        await client.set("parley:x", 1)
    await client.config_set("maxmemory", 0)
    await log.rebuild()
    assert [entry.seq for entry in await event_log.read(client, "session") or []] == [1, 2]
    await client.aclose()


async def test_a_read_only_replica_is_away_for_writers(stack: EmbeddedStack) -> None:
    client = connect(stack.start().redis_url)
    await client.replicaof("127.0.0.1", 1)
    with pytest.raises(Away):
        await client.set("parley:x", 1)
    await client.replicaof("NO", "ONE")
    await client.set("parley:x", 1)
    await client.aclose()


@pytest.mark.parametrize("write", [lambda client: client.set("parley:x", 1), lambda client: _renewed(client)])
async def test_after_a_fail_over_connections_are_made_anew(
    stack: EmbeddedStack, redis_url: str, write: Callable[[Redis], Awaitable[object]]
) -> None:
    """Those that stand lead to a server that only reads from now on, whichever way a command is sent."""
    url = stack.start().redis_url
    old, gate = connect(url), Gate(url)
    client = connect(await gate.open())
    await write(client)
    await old.replicaof("127.0.0.1", 1)
    gate.lead_to(redis_url)
    with pytest.raises(Away):
        await write(client)
    await write(client)
    await client.aclose()
    await old.aclose()
    await gate.close()


@pytest.mark.parametrize("word", ["READONLY You can't write against a read only replica.", "MOVED 1 127.0.0.1:1"])
async def test_what_a_script_of_an_older_redis_says_is_a_fail_over_too(word: str) -> None:
    """Before version 7 the script's error is an ERR that has the other one in it."""
    script = "ERR Error running script (call to f_1): @user_script:1: @user_script: 1: "
    said, peers = f"{script}some words about -OOM", set[asyncio.StreamWriter]()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peers.add(writer)
        with contextlib.suppress(OSError):
            while data := await reader.read(4096):
                greetings = data.count(b"HELLO\r\n") + data.count(b"CLIENT\r\n")
                writer.write((f"-{said}\r\n" if b"EVAL" in data else "+OK\r\n" * greetings).encode())
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    client = connect(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    try:
        for trial in (said, f"{script}-{word}", said):
            said = trial
            with pytest.raises(Away):
                await client.eval("return 1", 0)
        assert len(peers) == 2  # the second answer has closed the connection
    finally:
        await client.aclose()
        server.close()
        await server.wait_closed()


async def _renewed(client: Redis) -> list[str]:
    return await Leases(client, "here").renew([Lease("x", 1, None)])


async def test_a_server_that_hangs_is_asked_once_and_then_left_alone(stack: EmbeddedStack, tmp_path: Path) -> None:
    client = connect(stack.start().redis_url)
    await client.ping()
    record = runtime.load(tmp_path / "data")
    assert record is not None
    loop = asyncio.get_running_loop()
    os.kill(record.pids["valkey"], signal.SIGSTOP)
    try:
        with pytest.raises(Away):
            await client.ping()
        waits = [await _wait(client, loop) for _ in range(200)]
        assert sorted(waits)[150] < COMMAND_SECONDS  # most did not wait for it
    finally:
        os.kill(record.pids["valkey"], signal.SIGCONT)
    async with asyncio.timeout(60):
        while not await _answers(client):  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.05)
    await client.aclose()


async def test_a_script_that_was_lost_is_sent_again_and_lost_connections_are_made_anew(redis: Redis) -> None:
    limits = Limits(redis, {"read": Policy(10, 60)})
    await limits.take("read", "somebody")
    await redis.script_flush()
    verdict, _ = await limits.take("read", "somebody")
    assert verdict is not None and verdict.remaining == 8


async def test_a_connection_that_broke_while_nobody_used_it_costs_nothing(redis_url: str) -> None:
    gate = Gate(redis_url)
    client = connect(await gate.open())
    await client.ping()
    await gate.close()
    await gate.open()
    await client.ping()
    await client.aclose()
    await gate.close()


async def _wait(client: Redis, loop: asyncio.AbstractEventLoop) -> float:
    began = loop.time()
    with pytest.raises(Away):
        await client.get("parley:x")
    return loop.time() - began


async def _answers(client: Redis) -> bool:
    try:
        return bool(await client.ping())
    except Away:
        return False
