"""The sound of a session: frames that come twice, holes, bursts, and what is sent again after a fail-over."""

from realtime.session import commands as do
from realtime.session import events as on
from realtime.session.audio import FrameDecision
from realtime.session.machine import Machine
from speech import events as heard
from tests.support.conversation import covered, names, resumed, said, session, talk


def test_audio_is_counted_once_and_holes_are_named() -> None:
    machine = session()
    machine.handle(on.Joined(), 0)
    assert machine.hear(1, 40, 0)[0] is FrameDecision.NEW
    assert machine.hear(1, 40, 10)[0] is FrameDecision.DUPLICATE
    assert machine.hear(3, 40, 20)[0] is FrameDecision.AHEAD
    assert machine.hear(2, 40, 30)[0] is FrameDecision.NEW
    assert machine.audio.position_ms == 80


def test_acknowledgements_say_what_arrived_and_what_may_be_forgotten() -> None:
    machine = session()
    machine.handle(on.Joined(), 0)
    _, commands = talk(machine, 0, 12.0)
    acks = [c for c in commands if isinstance(c, do.AckAudio)]
    assert [ack.seq for ack in acks] == [11, 21, 31, 41, 51, 61, 71, 81, 91, 101, 111]
    covers = [c for c in commands if isinstance(c, do.Cover)]
    resume_point = covers[-1].resume_point
    assert (resume_point.done_ms, resume_point.seq) == (8100, 31) and acks[
        -1
    ].safe_seq == 0  # not before the books know it
    machine.handle(on.ResumePointStored(31), 12_000)
    ack = machine.handle(on.Ticked(), 12_500)[-1]
    assert isinstance(ack, do.AckAudio) and (ack.seq, ack.safe_seq) == (120, 31)
    said(machine, 1, "hello", 2_000, 11_500, 12_000)
    resume_point = machine.transcript.resume_point(machine.audio)
    assert (resume_point.done_ms, resume_point.seq) == (11_500, 65)  # five seconds for whoever has to hear what follows


def test_audio_of_a_turn_that_is_not_final_is_kept_by_the_client() -> None:
    machine = session()
    machine.handle(on.Joined(), 0)
    seq, _ = talk(machine, 0, 9.0)
    machine.handle(on.Spoke(heard.SpeechStarted(1, 8_050)), 9_000)
    talk(machine, 9_000, 6.0, seq)
    resume_point = machine.transcript.resume_point(machine.audio)
    assert (resume_point.done_ms, resume_point.seq, resume_point.audio_ms) == (8_050, 30, 3_000)
    final = said(machine, 2, "next", 12_000, 13_000, 15_100)
    assert isinstance(final[-2], do.StoreTurn) and final[-2].resume_point == resume_point.__class__(
        30, 3_000, 3, 8_050, None
    )


# What is billed: time in use, and never less than the sound that was heard.


def burst(machine: Machine, at_ms: int, seconds: float, seq: int) -> tuple[int, list[do.Command]]:
    """Frames of 100 ms that come all at once."""
    commands: list[do.Command] = []
    for _ in range(round(seconds * 10)):
        commands += machine.hear(seq, 100, at_ms, seq)[1]
        seq += 1
    return seq, commands


def heard_in(commands: list[do.Command]) -> int:
    return max((c.heard_ms for c in commands if isinstance(c, do.Cover)), default=0)


def test_bursts_cost_what_they_last() -> None:
    machine = session()
    machine.handle(on.Joined(), 0)
    seq, commands = 1, []
    for number in range(4):
        seq, told = burst(machine, number * 26_000, 52, seq)
        commands += told
        for second in range(26):
            commands += machine.handle(on.Ticked(), number * 26_000 + second * 1000)
    commands += machine.handle(on.EndAsked("client"), 104_000)
    assert covered(commands) == 0
    assert heard_in(commands) == 208_000
    assert machine.remaining_ms(104_000) == 600_000 - 208_000


def test_the_quota_ends_a_burst_in_its_middle_and_warns_before() -> None:
    machine = session(remaining_s=30)
    machine.handle(on.Joined(), 0)
    seq, commands = burst(machine, 0, 22, 1)
    commands += machine.handle(on.Ticked(), 250)
    warned = [c.payload.model_dump() for c in commands if isinstance(c, do.Emit) and c.name == "session.warning"]
    assert [(w["reason"], w["remaining_seconds"]) for w in warned] == [("quota", 8)]
    seq, commands = burst(machine, 500, 60, seq)
    assert machine.status == "ending" and heard_in(commands) == 30_000
    assert machine.audio.last_seq == seq - 1  # whoever drives it stops to feed it with the end


def test_frames_that_come_twice_are_no_sign_of_life() -> None:
    machine = session()
    machine.handle(on.Joined(), 0)
    seq, commands = talk(machine, 0, 2.0)
    for second in range(2, 12):
        for again in range(1, seq):
            verdict, told = machine.hear(again, 100, second * 1000, again)
            assert verdict is FrameDecision.DUPLICATE and told == []
        assert machine.hear(seq + 5, 100, second * 1000)[0] is FrameDecision.AHEAD
        commands += machine.handle(on.Ticked(), second * 1000)
    commands += machine.handle(on.EndAsked("client"), 12_000)
    assert covered(commands) == 1900 and heard_in(commands) == 2000


def test_what_is_sent_again_after_a_fail_over_is_neither_life_nor_sound() -> None:
    machine = resumed()
    machine.handle(on.Joined(), 0)
    seq, commands = 31, []
    for second in range(17):  # as slowly as it was spoken
        seq, told = burst(machine, second * 1000, 1, seq)
        commands += told + machine.handle(on.Ticked(), second * 1000)
    assert covered(commands) == 0 and heard_in(commands) == 0
    assert "AllNew" not in names(commands) and machine.status == "active"
    seq, told = burst(machine, 17_000, 1, seq)
    commands = told + machine.handle(on.EndAsked("client"), 17_100)
    assert heard_in(commands) == 21_000


def test_new_sound_under_the_numbers_of_the_old_counts_and_begins_behind_what_is_known() -> None:
    machine = resumed()
    machine.handle(on.Joined(), 0)
    verdict, commands = machine.hear(31, 100, 0, 4711)
    assert verdict is FrameDecision.NEW and names(commands) == ["AllNew"]
    assert machine.audio.position_ms == 8_100
    _, more = burst(machine, 0, 1, 32)
    assert names(more) == [] and machine.coverage.heard_ms == 21_100
    assert machine.transcript.resume_point(machine.audio).done_ms == 8_000


def test_what_fills_a_hole_is_neither_life_nor_sound() -> None:
    machine = session()
    machine.handle(on.Joined(), 0)
    seq, commands = talk(machine, 0, 2.0)
    for n in range(80):
        verdict, told = machine.hear(seq + n, 100, 2_000 + n * 100, alive=False)
        commands += told
        assert verdict is FrameDecision.NEW
    commands += machine.handle(on.EndAsked("client"), 10_000)
    assert covered(commands) == 1900 and heard_in(commands) == 2000 and machine.audio.position_ms == 10_000


def test_a_lost_connection_costs_nothing() -> None:
    machine = session()
    machine.handle(on.Joined(), 0)
    seq, commands = talk(machine, 0, 3.0)
    commands += machine.handle(on.Joined(), 12_000)  # nine seconds later, over the next line
    seq, told = talk(machine, 12_000, 3.0, seq)
    commands += told + machine.handle(on.EndAsked("client"), 15_000)
    assert covered(commands) == 2 * 2900 and heard_in(commands) == 6000
