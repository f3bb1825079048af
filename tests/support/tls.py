"""TLS in front of a server, for clients that connect in no other way."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from yarl import URL

from tests.support import proxies


@asynccontextmanager
async def front(url: str, folder: Path) -> AsyncIterator[tuple[str, Path]]:
    """(the same server's address over TLS, the certificate that clients trust)."""
    certificate, key = proxies.certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    behind = URL(url)
    open_pipes: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner_reader, inner_writer = await asyncio.open_connection(behind.host, behind.port)
        pipes = {asyncio.ensure_future(_pipe(reader, inner_writer)), asyncio.ensure_future(_pipe(inner_reader, writer))}
        open_pipes.update(pipes)
        await asyncio.wait(pipes)
        open_pipes.difference_update(pipes)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield f"https://localhost:{server.sockets[0].getsockname()[1]}", certificate
    finally:
        server.close()
        for pipe in list(open_pipes):
            pipe.cancel()
        await asyncio.gather(*open_pipes, return_exceptions=True)
        await server.wait_closed()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(64 * 1024):
            writer.write(data)
            await writer.drain()
    except (ConnectionError, ssl.SSLError):
        pass  # one side has gone: the other is told below
    finally:
        writer.close()
