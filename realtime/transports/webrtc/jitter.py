"""Puts RTP packets in order for a recogniser.

A loudspeaker needs an even flow, so its jitter buffer delays every packet. A recogniser does not: packets in order pass
at once, and only after a hole they wait for the missing one. RFC 3550 has the arithmetic of sequence numbers.
"""

from dataclasses import dataclass

WAIT_SECONDS = 0.12
"""How long a packet may be late before it counts as lost: twice a jitter of 60 ms."""

_FAR = 500  # numbers ahead or behind: ten seconds, a new stream
_MOST_HELD = 100


@dataclass(frozen=True, slots=True)
class Packet:
    """`number` is the 16 bit sequence number, `stamp` the 32 bit time stamp in units of the codec's clock."""

    number: int
    stamp: int
    payload: bytes


@dataclass(slots=True)
class Held:
    """A packet that waits for an earlier one, until a time in seconds."""

    packet: Packet
    until: float


class JitterBuffer:
    """`now` is monotonic seconds."""

    def __init__(self) -> None:
        self._next: int | None = None
        self._held: dict[int, Held] = {}
        self.lost = 0
        self.late = 0

    def add(self, packet: Packet, now: float) -> list[Packet]:
        """The packets that can be used now, in order. Duplicates and packets that come after their time are dropped."""
        if self._next is None:
            self._next = packet.number
        ahead = _ahead(packet.number, self._next)
        if abs(ahead) > _FAR:
            released = self._everything()
            self._next = (packet.number + 1) & 0xFFFF
            return [*released, packet]
        if ahead < 0 or packet.number in self._held:
            self.late += ahead < 0
            return []
        if ahead == 0 and not self._held:  # the usual case
            self._next = (packet.number + 1) & 0xFFFF
            return [packet]
        self._held[packet.number] = Held(packet, now + WAIT_SECONDS)
        return self.due(now)

    def due(self, now: float) -> list[Packet]:
        """The packets that need not wait any longer."""
        released: list[Packet] = []
        while self._held and self._next is not None:
            if (held := self._held.pop(self._next, None)) is not None:
                released.append(held.packet)
            elif len(self._held) < _MOST_HELD and now < min(held.until for held in self._held.values()):
                break
            else:
                self.lost += 1
            self._next = (self._next + 1) & 0xFFFF
        return released

    def _everything(self) -> list[Packet]:
        """The waiting packets, when another stream begins."""
        assert self._next is not None
        first = self._next
        held = sorted(self._held.values(), key=lambda one: _ahead(one.packet.number, first))
        self._held.clear()
        return [one.packet for one in held]


def _ahead(number: int, other: int) -> int:
    """How far `number` is ahead of `other`, -32768 to 32767."""
    return ((number - other + 0x8000) & 0xFFFF) - 0x8000
