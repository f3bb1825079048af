"""Packets that come late, twice or never."""

import random
from collections.abc import Iterable

from realtime.transports.webrtc.jitter import WAIT_SECONDS, JitterBuffer, Packet


def _packet(number: int) -> Packet:
    return Packet(number & 0xFFFF, number * 960 & 0xFFFFFFFF, bytes([number & 0xFF]))


def _numbers(packets: Iterable[Packet]) -> list[int]:
    return [packet.number for packet in packets]


def test_packets_in_order_pass_at_once() -> None:
    buffer = JitterBuffer()
    for number in range(65_500, 65_600):  # over the end of the numbers
        assert _numbers(buffer.add(_packet(number), 0.0)) == [number & 0xFFFF]
    assert buffer.lost == 0


def test_reordered_packets_are_put_in_order_and_duplicates_dropped() -> None:
    buffer = JitterBuffer()
    assert _numbers(buffer.add(_packet(1), 0.0)) == [1]
    assert buffer.add(_packet(3), 0.02) == []
    assert buffer.add(_packet(3), 0.02) == []
    assert buffer.add(_packet(4), 0.04) == []
    assert _numbers(buffer.add(_packet(2), 0.05)) == [2, 3, 4]
    assert buffer.add(_packet(2), 0.06) == []
    assert buffer.lost == 0


def test_a_lost_packet_is_waited_for_and_then_given_up() -> None:
    buffer = JitterBuffer()
    buffer.add(_packet(1), 0.0)
    buffer.add(_packet(3), 0.02)
    assert buffer.due(0.02 + WAIT_SECONDS * 0.9) == []
    assert _numbers(buffer.due(0.021 + WAIT_SECONDS)) == [3]
    assert buffer.lost == 1
    assert buffer.add(_packet(2), 0.3) == []  # too late
    assert buffer.late == 1
    assert _numbers(buffer.add(_packet(4), 0.31)) == [4]


def test_a_jump_of_the_numbers_is_a_new_stream() -> None:
    buffer = JitterBuffer()
    buffer.add(_packet(1), 0.0)
    buffer.add(_packet(3), 0.02)
    assert _numbers(buffer.add(_packet(30_000), 0.04)) == [3, 30_000]
    assert _numbers(buffer.add(_packet(30_001), 0.06)) == [30_001]


def test_whatever_the_network_does_the_order_is_right_and_only_the_lost_are_missing() -> None:
    chance = random.Random(7)
    arrivals = []
    for number in range(3000):
        if chance.random() < 0.05:
            continue
        at = number * 0.02 + chance.uniform(0, 0.06)
        arrivals.append((at, number))
        if chance.random() < 0.02:
            arrivals.append((at + chance.uniform(0, 0.05), number))
    buffer, out, now = JitterBuffer(), [], 0.0
    for at, number in sorted(arrivals):
        while now + 0.05 < at:
            now += 0.05
            out += buffer.due(now)
        now = at
        out += buffer.add(_packet(number), now)
    out += buffer.due(now + 1)
    first = min(arrivals)[1]
    assert _numbers(out) == sorted({number for _, number in arrivals if number >= first})
