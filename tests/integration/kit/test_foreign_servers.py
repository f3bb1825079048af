"""Calls to servers that users name: where they may lead, whatever a name says, and how long they may take."""

import asyncio
import ipaddress
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from kit import public_addresses
from kit.foreign_servers import ForeignServers, Reach, Unreached, look_up
from tests.support.receivers import Receiver, receiving

HERE = Reach((ipaddress.ip_network("127.0.0.0/8"),), plain=True)
OUTSIDE = Reach((), plain=True)

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as one:
        yield one


@asynccontextmanager
async def calls(reach: Reach, lookup: Callable[[str, int], list[tuple[socket.AddressFamily, str]]] = look_up):  # type: ignore[no-untyped-def]
    servers = ForeignServers(reach, lookup)
    try:
        yield servers
    finally:
        await servers.close()


async def reason(servers: ForeignServers, url: str) -> str:
    with pytest.raises(Unreached) as raised:
        await servers.post(url, b"{}", {})
    return raised.value.reason


def test_which_addresses_are_public() -> None:
    public = ("93.184.215.14", "8.8.8.8", "2606:4700::1111", "2001:4860:4860::8888")
    private = (
        "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 100.100.100.200 0.0.0.0 0.1.2.3 "
        "168.63.129.16 192.0.0.192 192.88.99.1 198.18.0.1 203.0.113.7 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 "
        ":: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2001::1 "
        "2001:db8::1 fe80::1 fe80::1%eth0 fec0::1 fc00::1 fd00:ec2::254 ff02::1 localhost"
    )
    assert all(public_addresses.is_allowed(one, ()) for one in public)
    assert [one for one in private.split() if public_addresses.is_allowed(one, ())] == []
    home = (ipaddress.ip_network("127.0.0.0/8"),)
    assert public_addresses.is_allowed("::ffff:127.0.0.1", home) and not public_addresses.is_allowed("::1", home)


async def test_a_receiver_gets_the_body_and_an_answer_is_its_status(receiver: Receiver) -> None:
    receiver.status = 204
    async with calls(HERE) as servers:
        assert (await servers.post(receiver.url, b"{}", {"webhook-id": "1"})).status == 204
    assert (receiver.taken[0].body, receiver.taken[0].id) == (b"{}", "1")


async def test_nothing_of_this_machine_is_reached_by_any_name(receiver: Receiver) -> None:
    port = receiver.server.port

    def rebound(_host: str, _port: int) -> list[tuple[socket.AddressFamily, str]]:
        return [(socket.AF_INET, "127.0.0.1")]

    async with calls(OUTSIDE) as servers, calls(OUTSIDE, rebound) as tricked:
        for host in (
            "localhost",
            "127.0.0.1",
            "127.1",
            "0x7f000001",
            "2130706433",
            "0.0.0.0",
            "[::1]",
            "[::ffff:7f00:1]",
        ):
            assert await reason(servers, f"http://{host}:{port}/") == "address_refused", host
        assert await reason(tricked, f"http://receiver.example:{port}/") == "address_refused"
    assert receiver.taken == []


async def test_a_socket_is_not_even_made_for_what_slipped_through() -> None:
    """The second check, behind the look-up."""
    servers = ForeignServers(OUTSIDE)
    with pytest.raises(OSError, match="Internet"):
        servers._socket(socket.AF_INET, "127.0.0.1")
    await servers.close()


async def test_of_a_name_with_several_addresses_only_the_allowed_ones_are_called(receiver: Receiver) -> None:
    def both(_host: str, _port: int) -> list[tuple[socket.AddressFamily, str]]:
        return [(socket.AF_INET, "10.255.255.1"), (socket.AF_INET, "127.0.0.1")]

    async with calls(HERE, both) as servers:
        answer = await servers.post(f"http://receiver.example:{receiver.server.port}/", b"{}", {})
    assert answer.status == 200


@pytest.mark.parametrize(
    ("wish", "date", "seconds"),
    [
        ("Tue, 01 Dec 2026 06:02:00 GMT", "Tue, 01 Dec 2026 06:00:00 GMT", 120),
        ("Tue, 01 Dec 2026 05:00:00 GMT", "Tue, 01 Dec 2026 06:00:00 GMT", 0),
        ("Tue, 01 Dec 9999 06:00:00 GMT", "Tue, 01 Dec 2026 06:00:00 GMT", 999_999),
        ("Tue, 01 Dec 2026 06:02:00 GMT", "some day", None),
        ("Tue, 01 Dec 2026 06:02:00 +99999999999999999999", "Tue, 01 Dec 2026 06:00:00 GMT", None),
        ("\xb2", "Tue, 01 Dec 2026 06:00:00 GMT", None),
        ("9" * 5000, "", 999_999),
    ],
)
async def test_a_wish_may_be_a_time_by_the_other_sides_clock(wish: str, date: str, seconds: int | None) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 429 No\r\nDate: {date}\r\nRetry-After: {wish}\r\n\r\n".encode("latin-1"))
        await writer.drain()
        writer.close()

    async with calls(HERE) as servers, speaking(talk) as url:
        answer = await servers.post(url, b"{}", {})
    assert (answer.status, answer.retry_after) == (429, seconds)


async def test_the_request_and_a_wish_as_they_are_on_the_wire() -> None:
    heard = bytearray()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.extend(await reader.readuntil(b"\r\n\r\n"))
        heard.extend(await reader.readexactly(2))
        writer.write(b"HTTP/1.1 103 Early Hints\r\nx: 1\r\n\r\nHTTP/1.1 503 No\r\nretry-After: 120 \r\n\r\n")
        await writer.drain()
        writer.close()

    async with calls(HERE) as servers, speaking(talk) as url:
        answer = await servers.post(url + "a b/ü?q=ä b", b"{}", {"webhook-id": "7"})
        for value in ("7\r\nx: 1", "7\n", "7\x00"):
            with pytest.raises(Unreached):
                await servers.post(url, b"{}", {"webhook-id": value})
    assert (answer.status, answer.retry_after) == (503, 120)
    head, _, body = bytes(heard).partition(b"\r\n\r\n")
    first, *rest = head.decode().split("\r\n")
    assert first == "POST /a%20b/%C3%BC?q=%C3%A4+b HTTP/1.1" or first == "POST /a%20b/%C3%BC?q=%C3%A4%20b HTTP/1.1"
    assert {"Host: " + url.split("/")[2], "Connection: close", "Content-Length: 2", "webhook-id: 7"} <= set(rest)
    assert body == b"{}"


async def test_names_that_hang_keep_no_other_name_waiting(receiver: Receiver) -> None:
    """A node has 32 deliveries on their way, and a look-up outlives the delivery that gave it up."""
    let_go = threading.Event()

    def some(host: str, _port: int) -> list[tuple[socket.AddressFamily, str]]:
        if host.startswith("slow"):
            let_go.wait(60)
        return [(socket.AF_INET, "127.0.0.1")]

    async with calls(HERE, some) as servers:
        waiting = [asyncio.ensure_future(reason(servers, f"http://slow{n}.example:1/")) for n in range(32)]
        try:
            answer = await servers.post(f"http://quick.example:{receiver.server.port}/", b"{}", {})
        finally:
            let_go.set()
            for one in waiting:
                one.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
    assert answer.status == 200


async def test_a_name_server_that_hangs_holds_no_thread_of_the_node() -> None:
    let_go = asyncio.Event()
    loop = asyncio.get_running_loop()

    def hangs(_host: str, _port: int) -> list[tuple[socket.AddressFamily, str]]:
        asyncio.run_coroutine_threadsafe(let_go.wait(), loop).result()
        raise socket.gaierror("no such name")

    async with calls(HERE, hangs) as servers:
        waiting = [asyncio.ensure_future(reason(servers, f"http://n{n}.example/")) for n in range(40)]
        assert await asyncio.wait_for(asyncio.to_thread(lambda: 7), 60) == 7
        let_go.set()
        assert set(await asyncio.gather(*waiting)) == {"name_unknown"}


@asynccontextmanager
async def speaking(talk: Talk) -> AsyncIterator[str]:
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    finally:
        server.close()
        await server.wait_closed()


def says(text: bytes, *, again: bool = False) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(text)
            await writer.drain()
            while again:
                writer.write(text)
                await writer.drain()
                await asyncio.sleep(0)
            await reader.read()
        except OSError:
            return
        finally:
            writer.close()

    return talk


async def test_answers_that_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.foreign_servers._SECONDS", 1.0)

    async with calls(HERE) as servers:
        for talk, expected in (
            (says(b"SSH-2.0-OpenSSH_9.9\r\n"), "answer_unreadable"),
            (says(b"HTTP/1.1 200 OK\r\nx: " + b"a" * 100_000), "answer_unreadable"),
            (says(b"HTTP/1.1 100 Continue\r\n\r\n", again=True), "answer_unreadable"),
            (says(b"HTTP/1.1 200 OK\r\n" + b"x: 1\r\n" * 200), "answer_unreadable"),
            (says(b"HTTP/1.1 007 OK\r\n\r\n"), "answer_unreadable"),
            (says(b"HTTP/2 200\r\n\r\n"), "answer_unreadable"),
            (says(b"HTTP/1.1 200 OK\r\n"), "timed_out"),
        ):
            async with speaking(talk) as url:
                assert await reason(servers, url) == expected, expected
        async with speaking(
            says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"5\r\naaaaa\r\n", again=False)
        ) as url:
            assert (await servers.post(url, b"{}", {})).status == 200, "its body is not read"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            assert await reason(servers, f"http://127.0.0.1:{free.getsockname()[1]}/") == "connection_failed"
        async with speaking(says(b"no tls")) as url:
            assert await reason(servers, url.replace("http", "https")) == "tls_failed"
