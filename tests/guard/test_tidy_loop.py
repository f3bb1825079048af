"""The loop of the tests tells what a test leaves open."""

import asyncio
import socket

import pytest

from tests.support.loops import TidyLoop


def _opened(*, closed: bool) -> tuple[TidyLoop, socket.socket, asyncio.StreamWriter]:
    """A line on which something is still unsent."""
    loop = TidyLoop()
    there = socket.create_server(("127.0.0.1", 0))
    _, writer = loop.run_until_complete(asyncio.open_connection(*there.getsockname()))
    writer.write(bytes(64 * 1024 * 1024))
    assert writer.transport.get_write_buffer_size() > 0
    if closed:
        writer.close()
    return loop, there, writer


def test_a_closed_line_ends_with_its_loop_whatever_is_unsent() -> None:
    loop, there, writer = _opened(closed=True)
    with there:
        loop.close()
    assert loop.is_closed() and writer.transport.get_write_buffer_size() == 0
    loop.close()


def test_a_forgotten_line_is_told_and_closed() -> None:
    loop, there, writer = _opened(closed=False)
    with there, pytest.raises(ResourceWarning, match=r"left open: .*127\.0\.0\.1"):
        loop.close()
    assert loop.is_closed() and writer.transport.is_closing()


async def test_tests_run_on_it() -> None:
    assert type(asyncio.get_running_loop()) is TidyLoop
