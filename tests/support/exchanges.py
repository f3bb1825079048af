"""The way to PostgreSQL with a counter: how often somebody asked and waited for the answer."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit, urlunsplit

_SOCKET = ".s.PGSQL.5432"


class Exchanges:
    """`count` grows by one when the client speaks after the server did, or first on a line."""

    def __init__(self) -> None:
        self.count = 0

    async def relay(self, path: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(path)
        answered = True

        async def ask() -> None:
            nonlocal answered
            while data := await reader.read(65536):
                self.count += answered
                answered = False
                back.write(data)
                await back.drain()
            back.transport.abort()

        async def answer() -> None:
            nonlocal answered
            while data := await there.read(65536):
                answered = True
                writer.write(data)
                await writer.drain()
            writer.transport.abort()

        with contextlib.suppress(OSError):
            await asyncio.gather(ask(), answer())


@asynccontextmanager
async def counted(url: str) -> AsyncIterator[tuple[str, Exchanges]]:
    """Another URL of the database behind the Unix socket of `url`, and what is asked over it."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    there = f"{query['host'][0]}/{_SOCKET}"
    exchanges = Exchanges()
    with tempfile.TemporaryDirectory(prefix="parley-test-") as folder:
        server = await asyncio.start_unix_server(
            lambda reader, writer: exchanges.relay(there, reader, writer), str(Path(folder) / _SOCKET)
        )
        query["host"] = [folder]
        try:
            yield urlunsplit(parts._replace(query=urlencode(query, doseq=True, quote_via=quote, safe=""))), exchanges
        finally:
            server.close()
