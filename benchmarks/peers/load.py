"""Closed-loop HTTP load from a process of its own: `python -m benchmarks.peers.load PORT CONNECTIONS SECONDS STATUS`.

Reads one request from standard input and sends it again and again over each connection, the next as soon as the answer
is there. Prints {"requests", "seconds", "p50_ms", "p99_ms"}; any other status ends it.
"""

import asyncio
import json
import statistics
import sys
import time
from typing import cast


class Client(asyncio.Protocol):
    def __init__(self, request: bytes, status: bytes, times: list[float], until: float) -> None:
        self._request = request
        self._status = status
        self._times = times
        self._until = until
        self._received = b""
        self._sent = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, body = self._received.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        now = time.perf_counter()
        self._times.append(now - self._sent)
        if head[9:12] != self._status:
            self._end(RuntimeError(f"{head.decode()}\n{body.decode()}"))
        elif now >= self._until:
            self._end(None)
        else:
            self._received = b""
            self._send()

    def connection_lost(self, _error: Exception | None) -> None:
        self._end(RuntimeError("the server hung up"))

    def _send(self) -> None:
        self._sent = time.perf_counter()
        self._transport.write(self._request)

    def _end(self, error: Exception | None) -> None:
        if self.done.done():
            return
        self._transport.close()
        if error is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(error)


def _length(head: bytes) -> int:
    at = head.lower().index(b"content-length:") + 15
    return int(head[at:].split(b"\r\n", 1)[0])


async def run(port: int, connections: int, seconds: float, status: int, request: bytes) -> None:
    loop, times = asyncio.get_running_loop(), list[float]()
    began = time.perf_counter()
    clients = []
    for _ in range(connections):
        make = lambda: Client(request, str(status).encode(), times, began + seconds)  # noqa: E731
        _, client = await loop.create_connection(make, "127.0.0.1", port)
        clients.append(client)
    await asyncio.gather(*(client.done for client in clients))
    spent = time.perf_counter() - began
    cuts = statistics.quantiles(times, n=100)
    report = {"requests": len(times), "seconds": spent, "p50_ms": cuts[49] * 1e3, "p99_ms": cuts[98] * 1e3}
    print(json.dumps(report))


def main() -> None:
    import uvloop

    port, connections, seconds, status = sys.argv[1:5]
    uvloop.run(run(int(port), int(connections), float(seconds), int(status), sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
