"""A bad network between two peers: a UDP relay that loses and delays packets in both directions."""

import asyncio
import random
import re
from typing import Any

_CANDIDATE = re.compile(r"(a=candidate:\S+ 1 udp \d+) (\S+) (\d+) typ host", re.IGNORECASE)


class Relay:
    """Stands before the server's address in an answer. `jitter` is the largest extra delay, evenly spread: packets
    overtake each other."""

    def __init__(self, loss: float, jitter: float, seed: int) -> None:
        self._loss = loss
        self._jitter = jitter
        self._chance = random.Random(seed)
        self._client: tuple[str, int] | None = None
        self._server: tuple[str, int] | None = None
        self._near: Any = None
        self._far: Any = None
        self.passed = self.lost = 0

    async def open(self) -> "Relay":
        loop = asyncio.get_running_loop()
        self._near, _ = await loop.create_datagram_endpoint(lambda: _Side(self._from_client), ("0.0.0.0", 0))
        self._far, _ = await loop.create_datagram_endpoint(lambda: _Side(self._from_server), ("0.0.0.0", 0))
        return self

    def close(self) -> None:
        self._near.close()
        self._far.close()

    def through(self, answer: str) -> str:
        """The answer with our address in place of the server's."""
        found = next(one for one in _CANDIDATE.finditer(answer) if ":" not in one.group(2))
        self._server = (found.group(2), int(found.group(3)))
        port = self._near.get_extra_info("sockname")[1]
        lines = [line for line in answer.split("\r\n") if not line.startswith("a=candidate:")]
        place = lines.index("a=end-of-candidates") if "a=end-of-candidates" in lines else len(lines)
        lines.insert(place, f"{found.group(1)} {found.group(2)} {port} typ host")
        return "\r\n".join(lines)

    def _from_client(self, data: bytes, address: tuple[str, int]) -> None:
        self._client = address
        if self._server is not None:
            self._pass(self._far, data, self._server)

    def _from_server(self, data: bytes, _: tuple[str, int]) -> None:
        if self._client is not None:
            self._pass(self._near, data, self._client)

    def _pass(self, out: Any, data: bytes, address: tuple[str, int]) -> None:
        if self._chance.random() < self._loss:
            self.lost += 1
            return
        self.passed += 1
        asyncio.get_running_loop().call_later(self._chance.random() * self._jitter, _send, out, data, address)


def _send(out: Any, data: bytes, address: tuple[str, int]) -> None:
    if not out.is_closing():
        out.sendto(data, address)


class _Side(asyncio.DatagramProtocol):
    def __init__(self, take: Any) -> None:
        self._take = take

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self._take(data, addr[:2])
