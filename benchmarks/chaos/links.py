"""Networks that fail: a TCP relay before each node that delays, stalls and breaks connections."""

import asyncio
import contextlib
import random

_LATE = 0.02  # share of the pieces that a bad line brings late
_LATE_S = (0.02, 0.3)
_STALLED_S = (2.0, 6.0)


class Link:
    """Relays to one node. `break_one` ends a connection without a word; `stall_one` lets nothing pass for seconds,
    and then ends it: a network that is lost shows itself late."""

    def __init__(self, port: int, chance: random.Random) -> None:
        self._port = port
        self._chance = chance
        self._open: set[asyncio.StreamWriter] = set()
        self._stalled: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self.url = ""

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
        for writer in list(self._open):
            writer.transport.abort()

    def break_one(self) -> None:
        if self._open:
            self._pick().transport.abort()

    def stall_one(self) -> None:
        if self._open:
            writer = self._pick()
            self._stalled.add(writer)
            seconds = self._chance.uniform(*_STALLED_S)
            asyncio.get_running_loop().call_later(seconds, writer.transport.abort)

    def _pick(self) -> asyncio.StreamWriter:
        return self._chance.choice(sorted(self._open, key=id))

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            onward_reader, onward = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            writer.transport.abort()
            return
        self._open.add(writer)
        try:
            await asyncio.gather(self._pump(reader, onward, writer), self._pump(onward_reader, writer, writer))
        finally:
            self._open.discard(writer)
            self._stalled.discard(writer)
            writer.transport.abort()
            onward.transport.abort()

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, client: asyncio.StreamWriter
    ) -> None:
        with contextlib.suppress(OSError, asyncio.CancelledError):
            while data := await reader.read(65536):
                if client in self._stalled:
                    continue  # lost; the client is cut off soon
                if self._chance.random() < _LATE:
                    await asyncio.sleep(self._chance.uniform(*_LATE_S))
                writer.write(data)
                await writer.drain()
        writer.transport.abort()
