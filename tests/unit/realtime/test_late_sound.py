"""A session is asked to end while sound that a dead node had received is still on its way again."""

from realtime.session import commands as do
from realtime.session import events as on
from realtime.session.audio import AudioSequence, Heard
from realtime.session.coverage import Coverage
from realtime.session.machine import Machine
from realtime.session.terms import Terms

NOW = 1_000_000


def taken_over(heard_ms: int) -> Machine:
    """Frames up to 10, which end at 1,000 ms, will not come again; the dead node had `heard_ms` of sound."""
    audio = AudioSequence(10, 1000, Heard(1000, heard_ms, 7))
    coverage = Coverage(15_000, recorded_ms=heard_ms, heard_ms=heard_ms, last_ms=NOW)
    terms = Terms(limit_ms=NOW + 3_600_000)
    return Machine(terms, now_ms=NOW, remaining_ms=600_000, status="active", audio=audio, coverage=coverage)


def states(commands: list[do.Command]) -> list[str]:
    return [c.payload.model_dump()["status"] for c in commands if isinstance(c, do.Emit) and c.name == "session.state"]


def test_the_end_waits_for_the_sound() -> None:
    machine = taken_over(heard_ms=1301)
    assert states(machine.handle(on.EndAsked("client"), NOW)) == ["ending"]  # clients, and the next node, know of it
    assert machine.handle(on.EndAsked("client"), NOW) == []
    for seq in (11, 12):
        _, commands = machine.hear(seq, 100.0, NOW + 5000 * (seq - 10), 7)
        assert machine.open and do.FinishListener() not in commands
        assert machine.handle(on.Ticked(), NOW + 5000 * (seq - 10) + 4000) is not None and machine.open
    _, commands = machine.hear(13, 100.0, NOW + 14_500, 7)
    assert machine.status == "ending" and commands[-1] == do.FinishListener()
    machine.handle(on.Flushed(), NOW + 15_000)
    ended = machine.handle(on.Settled(2, None), NOW + 15_000)
    assert [c.payload.model_dump()["reason"] for c in ended if isinstance(c, do.Emit)] == ["client"]


def test_it_does_not_wait_for_long() -> None:
    machine = taken_over(heard_ms=1300)
    machine.handle(on.EndAsked("client"), NOW)
    machine.handle(on.Joined(), NOW + 3000)
    for beat in range(4):
        machine.handle(on.LifeShown(), NOW + 4000 + beat * 1000)
        machine.handle(on.Ticked(), NOW + 4000 + beat * 1000)
    assert machine.open
    assert do.FinishListener() in machine.handle(on.Ticked(), NOW + 9000)


def test_new_sound_in_place_of_the_old_ends_the_waiting() -> None:
    machine = taken_over(heard_ms=1300)
    machine.handle(on.EndAsked("client"), NOW)
    _, commands = machine.hear(11, 100.0, NOW + 100, 8)
    assert do.FinishListener() in commands


def test_without_missing_sound_it_ends_at_once() -> None:
    for machine in (taken_over(heard_ms=1000), Machine(Terms(limit_ms=NOW + 1000), now_ms=0, remaining_ms=60_000)):
        commands = machine.handle(on.EndAsked("client"), NOW)
        assert states(commands) == ["ending"] and commands[-1] == do.FinishListener()
