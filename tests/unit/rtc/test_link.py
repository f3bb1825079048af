"""Two ends of a socket, as a node and a media worker hold them."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

import pytest

from kit import errors
from kit.errors import Failure
from realtime.transports.webrtc.frames import Frame, Kind
from realtime.transports.webrtc.link import Link, LinkLost
from tests.support.waiting import until

Answer = Callable[[Link, Frame], object]


class End:
    def __init__(self, answer: Answer | None = None) -> None:
        self.lost, self.answer = asyncio.Event(), answer
        self.taken: list[Frame] = []
        self.link = Link(self._take, self.lost.set)

    def _take(self, frame: Frame) -> None:
        self.taken.append(frame)
        if self.answer is not None:
            self.answer(self.link, frame)


async def _join(link: Link, sock: socket.socket) -> None:
    await asyncio.get_running_loop().create_unix_connection(lambda: link, sock=sock)


@asynccontextmanager
async def _pair(answer: Answer | None = None) -> AsyncIterator[tuple[End, End]]:
    one, other = End(), End(answer)
    ours, theirs = socket.socketpair()
    await _join(one.link, ours)
    await _join(other.link, theirs)
    yield one, other
    for end in (one, other):
        end.link.close()
        await asyncio.wait_for(end.lost.wait(), 5)


_until = partial(until, seconds=5)


async def test_a_question_gets_its_own_answer() -> None:
    held: list[Frame] = []
    async with _pair(lambda link, frame: held.append(frame)) as (one, other):
        first = asyncio.ensure_future(one.link.ask(Kind.CANDIDATE, 1, {"number": 1}))
        second = asyncio.ensure_future(one.link.ask(Kind.CANDIDATE, 2, {"number": 2}))
        await _until(lambda: len(held) == 2)
        for frame in reversed(held):
            other.link.answer(frame, {"of": frame.peer})
        assert [await first, await second] == [{"of": 1}, {"of": 2}]


async def test_a_refusal_is_the_same_failure_on_the_other_side() -> None:
    why = errors.invalid("The offer cannot be used.", [("/sdp", "no audio")])
    async with _pair(lambda link, frame: link.refuse(frame, why)) as (one, _):
        with pytest.raises(Failure) as refused:
            await one.link.ask(Kind.OFFER, 1, {})
        assert (refused.value.kind, refused.value.body()) == (why.kind, why.body())


async def test_trouble_with_one_frame_is_told_and_harms_no_other() -> None:
    def fail(link: Link, frame: Frame) -> None:
        if frame.peer == 1:
            raise RuntimeError("a fault of ours")
        link.answer(frame, {"ok": True})

    async with _pair(fail) as (one, _):
        with pytest.raises(Failure) as refused:
            await one.link.ask(Kind.OFFER, 1, {})
        assert refused.value.code == "internal_error"
        assert await one.link.ask(Kind.OFFER, 2, {}) == {"ok": True}


async def test_whoever_waits_learns_that_the_other_side_is_gone() -> None:
    async with _pair() as (one, other):
        asking = asyncio.ensure_future(one.link.ask(Kind.OFFER, 1, {}))
        await _until(lambda: other.taken)
        other.link.close()
        with pytest.raises(LinkLost):
            await asking
        await asyncio.wait_for(one.lost.wait(), 5)
        with pytest.raises(LinkLost):
            await one.link.ask(Kind.OFFER, 2, {})
        one.link.send(Kind.SOUND, 1, b"12")  # into the void, without complaint


async def test_what_is_no_frame_ends_the_link() -> None:
    end, (ours, theirs) = End(), socket.socketpair()
    with theirs:
        await _join(end.link, ours)
        theirs.sendall(b"GET / HTTP/1.1\r\n\r\n")
        await asyncio.wait_for(end.lost.wait(), 5)
    assert end.taken == []


async def test_a_side_that_reads_nothing_loses_sound_first_and_then_the_link() -> None:
    end, (ours, theirs) = End(), socket.socketpair()
    with theirs:
        await _join(end.link, ours)
        for _ in range(200):
            end.link.send(Kind.SOUND, 1, bytes(10_000))
        assert 60 < end.link.dropped < 200
        assert not end.lost.is_set()
        for _ in range(100):
            end.link.send(Kind.EVENT, 1, bytes(100_000))
        await asyncio.wait_for(end.lost.wait(), 5)


async def test_frames_keep_their_order() -> None:
    async with _pair() as (one, other):
        for number in range(50):
            one.link.send(Kind.SOUND if number % 3 else Kind.FLUSH, number)
        await _until(lambda: len(other.taken) == 50)
        assert other.taken[4] == Frame(Kind.SOUND, 4)
        assert [frame.peer for frame in other.taken] == list(range(50))
