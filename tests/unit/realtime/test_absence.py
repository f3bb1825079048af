"""A session that goes on after nobody ran it: the absence is neither billed nor counted against the quota."""

import pytest

from realtime.session import commands as do
from realtime.session import events as on
from realtime.session.coverage import Coverage
from realtime.session.machine import Machine
from realtime.session.terms import Terms

LONG_AGO_MS = 1_000_000


def taken_over(absence_ms: int, remaining_s: int, limit_s: int = 3600) -> tuple[Machine, int]:
    """A session as its next owner finds it, and the time of that."""
    now = LONG_AGO_MS + absence_ms
    coverage = Coverage(15_000, recorded_ms=200_000, last_ms=LONG_AGO_MS)
    terms = Terms(limit_ms=now + limit_s * 1000)
    return Machine(terms, now_ms=now, remaining_ms=remaining_s * 1000, status="active", coverage=coverage), now


def talked(machine: Machine, start_ms: int, seconds: int) -> list[do.Command]:
    commands: list[do.Command] = []
    for n in range(seconds * 4):
        commands += machine.handle(on.LifeShown(), start_ms + n * 250)
        commands += machine.handle(on.Ticked(), start_ms + n * 250)
    return commands


def warned(commands: list[do.Command]) -> list[int]:
    told = [c.payload.model_dump() for c in commands if isinstance(c, do.Emit) and c.name == "session.warning"]
    return [one["remaining_seconds"] for one in told]


@pytest.mark.parametrize("absence_ms", [15_001, 61_000, 130_000, 3_000_000])
def test_a_minute_that_is_left_is_left_after_any_absence(absence_ms: int) -> None:
    machine, now = taken_over(absence_ms, remaining_s=60)
    assert machine.remaining_ms(now) == 60_000
    machine.handle(on.Joined(), now)
    assert machine.handle(on.Ticked(), now) == []
    assert machine.open
    commands = talked(machine, now + 500, 59)
    assert machine.open
    assert sum(c.end_ms - c.start_ms for c in commands if isinstance(c, do.Cover)) <= 59_000
    talked(machine, now + 59_500, 2)
    assert not machine.open  # to the second


@pytest.mark.parametrize("absence_ms", [5_000, 14_900, 60_000])
def test_the_warnings_come_all_the_same(absence_ms: int) -> None:
    machine, now = taken_over(absence_ms, remaining_s=310)
    machine.handle(on.Joined(), now)
    commands = machine.handle(on.Ticked(), now) + talked(machine, now + 20_000, 305)
    first, *later = warned(commands)
    assert 290 < first <= 300  # at once, while the absence may still be billed
    assert later == [60, 10]


def test_an_absence_that_is_billed_counts() -> None:
    machine, now = taken_over(10_000, remaining_s=60)
    assert machine.remaining_ms(now) == 50_000


def test_the_longest_duration_goes_on_meanwhile() -> None:
    machine, now = taken_over(60_000, remaining_s=600, limit_s=0)
    machine.handle(on.Ticked(), now)
    assert not machine.open
