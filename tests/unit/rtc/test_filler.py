"""Silence in place of packets that do not come keeps the clock, and shows no life."""

from types import SimpleNamespace
from typing import Any, cast

from realtime.node.carrier import CarrierSlot
from realtime.session import events as on
from realtime.session.machine import Machine
from realtime.session.terms import Terms
from realtime.transports.webrtc.peers import Filler
from realtime.transports.webrtc.session_peers import SessionPeer

SECOND = 32_000


def test_a_connection_that_went_silent_is_billed_to_its_last_packet() -> None:
    machine = Machine(Terms(limit_ms=3_600_000), now_ms=0, remaining_ms=600_000)
    machine.handle(on.Joined(), 0)
    clock = [0]

    def hear(seq: None, milliseconds: float, sound: Any, *, alive: bool) -> None:
        assert len(sound()) == milliseconds * 32
        machine.hear(machine.audio.expected_seq, milliseconds, clock[0], alive=alive)

    line = SessionPeer.__new__(SessionPeer)
    line._runner, line._carriers = cast(Any, SimpleNamespace(hear=hear)), CarrierSlot(lambda: clock[0])
    line._carriers.take(line)
    line._waiting, line._alive = bytearray(), False
    for n in range(100):  # two seconds of packets, then three without
        clock[0] = n * 20
        line.hear(bytes(SECOND // 50))
    for n in range(30):
        clock[0] = 2000 + n * 100
        line.hear(Filler(SECOND // 10))
    assert machine.audio.position_ms == 5000
    assert line._carriers.missing_ms == clock[0] - 1980
    assert 1900 <= machine.coverage.use_ms(1980) <= 2100 and machine.coverage.last_ms is not None
    assert machine.coverage.last_ms <= 2000
