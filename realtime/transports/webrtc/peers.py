"""Where peers run: on the node's own event loop, or in processes of their own (`media_processes.py`)."""

import asyncio
import importlib
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from types import ModuleType
from typing import Protocol, Self

from kit.clock import Clock
from kit.storable import JsonObject
from kit.tasks import Tasks

EVENTS = "events"
"""The label of our own data channel."""


class Filler(bytes):
    """Silence in place of missing packets. It is not a sign of life."""


Hear = Callable[[bytes], None]
"""Takes a learner's sound: PCM16, mono, 16 kHz; `Filler` where there is none."""

Heard = Callable[[str, object], Awaitable[JsonObject]]
"""Takes (event, data) from the data channel and gives the acknowledgement."""

Gone = Callable[[bool], None]
"""Called once, when the peer has gone, with True when the client was lost rather than that one side wished to close."""

IceServers = Callable[[], list[JsonObject]]

OPENED = "opened"
"""What `Heard` is told when a bare channel opens."""


@dataclass(frozen=True, slots=True)
class Network:
    """What the operator says of a node's network.

    `private`: see `Candidates`. `ports`: the first and the last UDP port that peers bind; None takes any. `announced`:
    public addresses from which a NAT passes these ports on to this machine, unchanged.
    """

    private: bool = False
    ports: tuple[int, int] | None = None
    announced: tuple[str, ...] = ()

    @classmethod
    def read(cls, written: JsonObject) -> Self:
        """As a media worker gets it."""
        ports = written["ports"]
        return cls(written["private"], (ports[0], ports[1]) if ports else None, tuple(written["announced"]))


PLAIN = Network()
"""Any free port, and packets to public addresses only."""


@dataclass(frozen=True, slots=True)
class PeerTerms:
    """With what one peer is opened: the rate of the tutor's sound in Hz, STUN for its own side where that is behind a
    NAT, the node's network, the label of the data channel."""

    voice_rate: int
    ice_servers: list[JsonObject] = field(default_factory=list)
    network: Network = PLAIN
    channel: str = EVENTS

    def written(self) -> JsonObject:
        """For a media worker."""
        return asdict(self)

    @classmethod
    def read(cls, written: JsonObject) -> Self:
        network = Network.read(written["network"])
        return cls(written["voice_rate"], written["ice_servers"], network, written["channel"])


@dataclass(frozen=True, slots=True)
class PeerSettings:
    """What the peers of a node have in common. `ice_servers` are for the node's own side: STUN, where it is behind a
    NAT."""

    voice_rate: int
    ice_servers: IceServers = list
    network: Network = PLAIN

    def terms(self, channel: str) -> PeerTerms:
        """For a new peer."""
        return PeerTerms(self.voice_rate, self.ice_servers(), self.network, channel)


@dataclass(frozen=True, slots=True)
class Reports:
    """Where a peer reports to."""

    hear: Hear
    heard: Heard
    gone: Gone


class Peer(Protocol):
    """One client's end, as its session sees it."""

    @property
    def plays(self) -> bool:
        """Whether the client is connected and takes the tutor's voice."""
        ...

    async def answer(self, sdp: str) -> str:
        """The answer to an offer. Failure `invalid_request` for one that cannot be used; the peer is then closed."""
        ...

    async def candidate(self, given: JsonObject) -> None:
        """An address of the client. Failure `invalid_request`."""
        ...

    def say(self, pcm: bytes) -> None:
        """The tutor's sound, PCM16 mono at the rate of `speech.synthesis`."""
        ...

    def flush(self) -> None:
        """Drop what was not played yet."""
        ...

    def send(self, event: str, data: JsonObject) -> None:
        """An event over the data channel, if there is one. Over a bare one `data` is sent as it is."""
        ...

    async def close(self) -> None:
        """End the peer."""


class Peers(Protocol):
    """Where peers run: here, or in worker processes."""

    async def start(self) -> None: ...

    async def ready(self) -> None:
        """Until `peer` can be called. Failure `unavailable`."""
        ...

    def peer(self, hear: Hear, heard: Heard, gone: Gone, channel: str = EVENTS) -> Peer:
        """A new peer with what it reports to. `channel` is the label of the data channel. One that is not ours is bare:
        `heard` gets ("", text) for each message and OPENED first, and nothing is acknowledged."""
        ...

    def state(self) -> tuple[bool, str]:
        """Whether all is well, and a line for operators."""
        ...

    async def close(self) -> None:
        """End everything."""


class OwnLoop:
    """aiortc is imported with the first offer, in a thread: it takes as long to load as the rest of the server."""

    def __init__(self, tasks: Tasks, clock: Clock, settings: PeerSettings) -> None:
        self._tasks = tasks
        self._clock = clock
        self._settings = settings
        self._module: ModuleType | None = None

    async def start(self) -> None:
        """Nothing is needed before the first offer."""

    async def ready(self) -> None:
        """Load aiortc, once."""
        if self._module is None:
            self._module = await asyncio.to_thread(importlib.import_module, "realtime.transports.webrtc.peer")

    def peer(self, hear: Hear, heard: Heard, gone: Gone, channel: str = EVENTS) -> Peer:
        """A peer on this loop."""
        assert self._module is not None
        reports, terms = Reports(hear, heard, gone), self._settings.terms(channel)
        made: Peer = self._module.Peer(reports, self._tasks, self._clock, terms)
        return made

    def state(self) -> tuple[bool, str]:
        """Always well."""
        return True, "peers run in the server's own process"

    async def close(self) -> None:
        """Peers are closed by their owners."""
