"""The way to a server, which can be closed: to the client the server has gone. Or nothing passes: out of reach."""

import asyncio
import contextlib
from urllib.parse import urlsplit


class Gate:
    """The way to Valkey, or to a node, which can be closed."""

    def __init__(self, url: str) -> None:
        self._to = urlsplit(url)
        self._lines: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._port = 0
        self._closed = True
        self._passing = asyncio.Event()
        self._passing.set()

    def hold(self) -> None:
        """Keep everything back, without a word to either side."""
        self._passing.clear()

    def let_pass(self) -> None:
        self._passing.set()

    def lead_to(self, url: str) -> None:
        """Another server answers new connections, as after a fail-over; those that stand stay where they are."""
        self._to = urlsplit(url)

    async def open(self) -> str:
        self._closed = False
        self._server = await asyncio.start_server(self._relay, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]
        if self._to.scheme == "unix":  # a socket of Valkey
            return f"redis://127.0.0.1:{self._port}"
        return f"{self._to.scheme}://127.0.0.1:{self._port}{self._to.path}"

    async def close(self) -> None:
        assert self._server is not None
        self._closed = True
        self._server.close()
        for line in list(self._lines):
            line.transport.abort()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._to.scheme == "unix":
            there, back = await asyncio.open_unix_connection(self._to.path)
        else:
            there, back = await asyncio.open_connection(self._to.hostname, self._to.port)
        self._lines |= {writer, back}
        if self._closed:  # while the line was on its way
            writer.transport.abort()
            back.transport.abort()
        with contextlib.suppress(OSError):
            await asyncio.gather(self._pass(reader, back), self._pass(there, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            await self._passing.wait()
            writer.write(data)
            await writer.drain()
        writer.transport.abort()
