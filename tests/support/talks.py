"""Sessions as conversations: a learner speaks, types, hears, goes away and comes back.

    async with talk(node, token=account.access_token) as learner:
        await learner.says("jfk")
        assert "country" in (await learner.hears("transcript.final"))["text"]
        assert (await learner.ends())["billed_seconds"] == 13

Behind it is the client that others get (`clients/python`), so a broken line is connected again.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

from clients.python.parley_client import FRAME_MS, Session
from speech.audio import pcm
from tests.support import speech

QUIET = b"\0\0"
FRAME_SECONDS = FRAME_MS / 1000
_HEARS_SECONDS = 60.0  # until a test fails: a machine may give it no time for a while

Data = dict[str, Any]


class Place(Protocol):
    """Where a node answers."""

    @property
    def url(self) -> str: ...


class Seen:
    """Events as one client saw them, in order."""

    def __init__(self) -> None:
        self.events: list[tuple[str, Data]] = []
        self._more = asyncio.Event()

    def note(self, name: str, data: Data) -> None:
        self.events.append((name, data))
        self._more.set()

    def all(self, name: str, /) -> list[Data]:
        """The data of every event of this name so far."""
        return [data for one, data in self.events if one == name]

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.events]

    @property
    def numbers(self) -> list[int]:
        """`seq` of every event."""
        return [data["seq"] for _, data in self.events]

    async def hears(self, name: str, /, seconds: float = _HEARS_SECONDS, **members: Any) -> Data:
        """The first event of this name with these members; waited for, if it has not come yet."""
        looked_at = 0
        try:
            async with asyncio.timeout(seconds):
                while True:
                    for one, data in self.events[looked_at:]:
                        if one == name and members.items() <= data.items():
                            return data
                    looked_at = len(self.events)
                    self._more.clear()
                    await self._more.wait()
        except TimeoutError:
            raise AssertionError(f"no {name} {members or ''} in {seconds:g} s among {self.names}") from None


class Learner(Seen):
    """Somebody in a session of their own. `token` is their credential, `joined` the answer to the start or join."""

    def __init__(self, session: Session, token: str) -> None:
        super().__init__()
        self.session = session
        self.token = token
        self.joined: Data = {}

    @property
    def id(self) -> str:
        """Of the session."""
        assert self.session.id is not None, "the session has begun"
        return self.session.id

    async def speaks(self, seconds: float) -> None:
        """Sound without words, at the pace of a microphone: a scripted listener hears "second 0", "second 1" …"""
        await self.session.stream(QUIET * pcm.samples(seconds * 1000))

    async def says(self, sound: "str | pcm.Samples", *, speed: float = 1.0) -> None:
        """A recording of `tests/data/audio` by its name, with silence around it, or sound as it is."""
        samples = speech.clip(sound) if isinstance(sound, str) else sound
        await self.session.stream(pcm.to_bytes(samples), speed=speed)

    async def bursts(self, seconds: float) -> None:
        """As `speaks`, but all at once: what a client kept while it was away."""
        for _ in range(round(seconds / FRAME_SECONDS)):
            self.sends_a_frame()
        await self.session.flushed()

    def sends_a_frame(self) -> None:
        self.session.send_audio(QUIET * pcm.samples(FRAME_MS))

    async def sends_again(self) -> None:
        """All frames that the client still keeps."""
        self.session._frames.sent = 0
        self.session._more.set()
        await self.session.flushed()

    async def types(self, text: str) -> None:
        await self.session.say(text)

    async def asks(self, event: str, *data: Any) -> Data:
        """The acknowledgement of an event, on the line as it is now; a refusal, too."""
        return await answered(self.session, event, *data)

    async def leaves(self) -> None:
        """The session goes on without its learner."""
        await self.session.close()

    async def ends(self) -> Data:
        """The data of `session.ended`, which is the last event."""
        await self.session.end()
        return await self.hears("session.ended")

    async def sees_the_end(self, seconds: float = _HEARS_SECONDS) -> Data:
        """As `ends`, when something else ends the session."""
        return await self.hears("session.ended", seconds)

    async def listen(self) -> None:
        async for event in self.session.events():
            self.note(event.name, event.data)


async def answered(session: Session, event: str, *data: Any) -> Data:
    """The acknowledgement of an event, on the line as it is now; a refusal, too. Socket.IO also takes bytes."""
    line: Any = session._link.line
    assert line is not None, "the line is up"
    answer: Data = await line.ask(event, *data)
    return answer


@asynccontextmanager
async def talk(
    places: Place | Sequence[Place],
    *,
    token: str,
    session_id: str | None = None,
    namespace: str = "/speaking",
    **options: Any,
) -> AsyncIterator[Learner]:
    """A learner in a new speaking session with these `options`, or in the one that REST began. Of several places the
    first is taken, and the next ones when that is gone. The learner leaves at the end, whether the session has ended
    or not."""
    several = places if isinstance(places, Sequence) else [places]
    learner = Learner(Session([place.url for place in several], namespace, token=token), token)
    session = learner.session
    listening = asyncio.ensure_future(learner.listen())
    try:
        joined = await (session.join(session_id) if session_id else session.start_speaking(**options))
        learner.joined = dict(joined)
        yield learner
    finally:
        await session.close()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
