"""The small parts that a session's runner is made of."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from realtime.node.carrier import CarrierSlot
from realtime.node.client_slot import ClientSlot
from realtime.node.inbox import Inbox
from realtime.node.session_clock import SessionClock
from realtime.session import commands as do
from realtime.session import events as on
from realtime.session.machine import Machine
from realtime.session.terms import Terms
from tests.support.clock import FakeClock


def test_what_is_reported_before_the_session_runs_is_handled_first_and_in_order() -> None:
    inbox, handled = Inbox(), list[on.Event]()
    early: list[on.Event] = [on.Ticked(), on.Flushed()]
    later = on.LifeShown()
    for event in early:
        inbox.post(event)
    assert handled == []
    inbox.open(handled.append)
    inbox.post(later)
    assert handled == [*early, later]


def test_the_clock_of_a_session_begins_behind_its_last_sign_of_life() -> None:
    clock = FakeClock()
    began = clock.now() - timedelta(seconds=60)
    for ahead_s in (-5, 30):  # the node before may have had another time of day
        session: Any = SimpleNamespace(started_at=began, last_sign_at=clock.now() + timedelta(seconds=ahead_s))
        session_clock = SessionClock(clock, session)
        assert session_clock.at_ms() == 60_000 + max(0, ahead_s) * 1000
        assert datetime.fromtimestamp(session_clock.now_ms() / 1000, UTC) >= clock.now()


class _Peer:
    def __init__(self) -> None:
        self.said: list[bytes] = []
        self.closed = False

    def say(self, pcm: bytes) -> bool:
        self.said.append(pcm)
        return True

    def flush(self) -> None:
        self.said.clear()

    def serves(self, client: object) -> bool:
        return False

    async def close(self) -> None:
        self.closed = True


async def test_sound_goes_by_the_peer_that_came_last() -> None:
    slot, one, two = CarrierSlot(lambda: 0), _Peer(), _Peer()
    assert not slot.say(b"nobody")
    assert slot.take(one) is None and slot.take(two) is one
    assert slot.say(b"hello")
    assert (one.said, two.said) == ([], [b"hello"])
    assert slot.leave() is two
    assert not slot.say(b"nobody")
    slot.take(one)
    await slot.close()
    assert slot.closed
    assert (one.closed, two.closed) == (True, False)


async def test_a_client_that_left_before_another_came_takes_nothing_from_it() -> None:
    slot = ClientSlot()
    first: Any = object()
    second: Any = object()
    slot.take(first)
    slot.take(second)
    left: list[object] = []
    for client in (first, second):
        slot.leave(client)
        left.append(slot.current)
    assert left == [second, None]


@pytest.mark.parametrize(
    ("news", "told"),
    [
        (on.DrainBegan(), {"reason": "draining"}),
        (on.PartDegraded("The voice is away.", "voice"), {"reason": "degraded", "part": "voice"}),
        (on.ObserversChanged(("ada",)), {"count": 1, "names": ["ada"]}),
        (on.PlaybackFlushed(3), {"epoch": 3}),
        (on.PlaybackResumed(3, "and so on"), {"epoch": 3, "text": "and so on"}),
    ],
)
def test_news_are_told_while_the_session_takes_input_and_not_after(news: on.Event, told: dict[str, object]) -> None:
    machine = Machine(Terms(limit_ms=3_600_000), now_ms=0, remaining_ms=600_000)
    (emitted,) = machine.handle(news, 0)
    assert isinstance(emitted, do.Emit)
    assert told.items() <= emitted.payload.model_dump().items()
    machine.handle(on.EndAsked("client"), 1)
    assert machine.handle(news, 2) == []


def test_patience_is_set_while_the_session_takes_input() -> None:
    machine = Machine(Terms(limit_ms=3_600_000), now_ms=0, remaining_ms=600_000)
    assert machine.handle(on.PatienceSet(800), 0) == [do.SetPatience(800)]
    machine.handle(on.EndAsked("client"), 1)
    assert machine.handle(on.PatienceSet(900), 2) == []
