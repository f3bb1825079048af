"""Sessions as conversations: what happens, and what the session then wants done."""

from realtime.session import commands as do
from realtime.session import events as on
from realtime.session.audio import FrameDecision
from realtime.session.machine import Machine
from realtime.session.replies import Replies
from realtime.session.terms import Terms
from realtime.session.transcript import Transcript
from speech import events as heard
from speech.pool.ladder import RUNGS
from tests.support.conversation import ENGINE, LATENCY, covered, names, said, session, talk


def states(commands: list[do.Command]) -> list[str]:
    return [c.payload.model_dump()["status"] for c in commands if isinstance(c, do.Emit) and c.name == "session.state"]


def test_an_eleven_second_clip_is_billed_as_eleven_seconds() -> None:
    machine = session()
    assert states(machine.handle(on.Joined(), 0)) == ["active"]
    _, commands = talk(machine, 500, 11.0)
    commands += machine.handle(on.EndAsked("client"), 11_600)
    assert covered(commands) == 10_900
    assert names(commands)[-2:] == ["session.state", "FinishListener"]
    assert machine.status == "ending"


def test_the_end_flushes_then_settles_then_tells() -> None:
    machine = session()
    machine.handle(on.Joined(), 0)
    machine.handle(on.EndAsked("client"), 1000)
    finals = said(machine, 1, "hello", 0, 500, 1100)
    assert names(finals)[-2:] == ["StoreTurn", "transcript.final"]
    assert names(machine.handle(on.Flushed(), 1200)) == ["CloseListener", "Settle"]
    ended = machine.handle(on.Settled(1, "t"), 1300)
    assert names(ended) == ["session.ended"]
    assert machine.status == "ended"
    assert said(machine, 2, "late", 600, 900, 1400) == []


def test_a_session_that_was_told_to_end_ends_when_it_is_handed_over() -> None:
    machine = session()
    machine.handle(on.Joined(), 0)
    machine.handle(on.Spoke(heard.SpeechStarted(1, 0)), 500)
    machine.handle(on.EndAsked("quota"), 1000)
    commands = machine.hand_over()
    assert names(commands) == ["CloseListener", "session.state", "Settle"]
    assert machine.hand_over() == machine.handle(on.Flushed(), 1100) == []
    ended = machine.handle(on.Settled(1, "t"), 1200)
    assert [c.payload.model_dump()["reason"] for c in ended if isinstance(c, do.Emit)] == ["quota"]
    assert machine.hand_over() == []


def test_silence_suspends_and_a_frame_resumes() -> None:
    machine = session()
    machine.handle(on.Joined(), 0)
    seq, commands = talk(machine, 0, 2.0)
    commands += machine.handle(on.Ticked(), 16_800)
    before = machine.status
    commands += machine.handle(on.Ticked(), 16_900)
    assert (before, machine.status, states(commands)[-1]) == ("active", "suspended", "suspended")
    assert covered(commands) == 1900
    verdict, resumed = machine.hear(seq, 100, 60_000)
    assert verdict is FrameDecision.NEW and states(resumed) == ["active"]
    assert covered(machine.handle(on.EndAsked("client"), 60_100)) == 0


def test_a_lost_client_is_ended_and_billed_to_its_last_sign_of_life() -> None:
    machine = session()
    machine.handle(on.Joined(), 0)
    _, commands = talk(machine, 0, 3.0)
    for now in range(3_000, 138_250, 250):
        commands += machine.handle(on.Ticked(), now)
    assert machine.status == "ending"
    assert states(commands) == ["suspended", "ending"]
    assert covered(commands) == 2900


def test_warnings_come_once_each_and_the_quota_ends_the_session_to_the_millisecond() -> None:
    machine = session(remaining_s=320)
    machine.handle(on.Joined(), 0)
    commands: list[do.Command] = []
    for now in range(0, 325_000, 250):
        commands += machine.handle(on.LifeShown(), now) if machine.open else []
        commands += machine.handle(on.Ticked(), now)
    warned = [c.payload.model_dump() for c in commands if isinstance(c, do.Emit) and c.name == "session.warning"]
    assert [(w["reason"], w["remaining_seconds"]) for w in warned] == [("quota", 300), ("quota", 60), ("quota", 10)]
    assert covered(commands) == 320_000
    assert machine.status == "ending"
    machine.handle(on.Flushed(), 326_000)
    settled = machine.handle(on.Settled(320, None), 326_000)
    assert [c.payload.model_dump()["reason"] for c in settled if isinstance(c, do.Emit)] == ["quota"]


def test_the_longest_duration_ends_a_session_that_has_quota_left() -> None:
    machine = session(remaining_s=600, limit_s=30)
    machine.handle(on.Joined(), 0)
    commands: list[do.Command] = []
    for now in range(0, 31_000, 250):
        commands += machine.handle(on.LifeShown(), now) + machine.handle(on.Ticked(), now)
    warned = [c.payload.model_dump()["reason"] for c in commands if isinstance(c, do.Emit) and "warning" in c.name]
    assert warned == ["limit"]
    assert machine.status == "ending"


def test_a_larger_plan_takes_hold_while_the_session_runs() -> None:
    machine = session(remaining_s=20)
    machine.handle(on.Joined(), 0)
    machine.handle(on.LifeShown(), 0)
    machine.handle(on.QuotaRead(remaining_ms=7_000_000, total_ms=0), 5_000)
    machine.handle(on.LifeShown(), 14_000)
    machine.handle(on.LifeShown(), 25_000)
    assert machine.handle(on.Ticked(), 26_000) is not None
    assert machine.status == "active"
    assert machine.remaining_ms(26_000) == 7_000_000 - 26_000


def test_what_nobody_else_knows_is_written_down_at_once() -> None:
    machine = session()
    machine.handle(on.Joined(), 0)
    talk(machine, 0, 2.0)
    assert covered(machine.handle(on.LifeUnnoted(), 2_000)) == 1_900 - 1_000  # the first second was written before
    assert machine.handle(on.LifeUnnoted(), 2_000) == []


def test_a_turn_without_text_is_not_stored() -> None:
    machine = session()
    machine.handle(on.Joined(), 0)
    machine.handle(on.Spoke(heard.SpeechStarted(1, 0)), 500)
    told = machine.handle(on.Spoke(heard.Final(1, "", (), ENGINE, LATENCY)), 900)
    assert names(told) == ["transcript.final"]  # whoever saw it begin learns that it is over
    assert machine.transcript.stored == 0


def test_typed_turns_take_part_in_the_order_of_the_transcript() -> None:
    machine = session()
    machine.handle(on.Joined(), 0)
    said(machine, 1, "hello", 0, 400, 500)
    typed = machine.handle(on.TextTyped("hi there"), 900)
    stored = [c.turn for c in typed if isinstance(c, do.StoreTurn)]
    assert [(t.turn_id, t.ordinal, t.text) for t in stored] == [("k2", 2, "hi there")]


def test_a_typed_turn_that_comes_again_is_taken_once() -> None:
    machine = session()
    machine.handle(on.Joined(), 0)
    first = machine.handle(on.TextTyped("hi there", "a1"), 900)
    assert [name for name in names(first) if name == "transcript.final"] == ["transcript.final"]
    assert machine.handle(on.TextTyped("hi there", "a1"), 950) == []
    assert "transcript.final" in names(machine.handle(on.TextTyped("hi there", "a2"), 990))
    other = Transcript(turns=2, typed_ids=["k:a1", "k:a2"])
    assert other.typed("hi there", "a2", machine.audio, 1_000) == []


def test_a_listener_that_never_finishes_does_not_hold_up_the_end() -> None:
    machine = session()
    machine.handle(on.Joined(), 0)
    machine.handle(on.EndAsked("client"), 1_000)
    assert machine.handle(on.Ticked(), 42_000) == []
    assert names(machine.handle(on.Ticked(), 43_000)) == ["CloseListener", "Settle"]
    assert machine.handle(on.Flushed(), 21_100) == []


def test_a_clock_that_steps_back_bills_nothing_twice() -> None:
    machine = session()
    machine.handle(on.Joined(), 0)
    commands = machine.handle(on.LifeShown(), 10_000)
    commands += machine.handle(on.LifeShown(), 4_000)
    commands += machine.handle(on.LifeShown(), 12_000)
    commands += machine.handle(on.EndAsked("client"), 12_000)
    assert covered(commands) == 2_000


def test_what_no_engine_could_hear_cuts_the_tutor_off_and_the_learner_is_asked_to_say_it_again() -> None:
    machine = Machine(
        Terms(limit_ms=3_600_000), now_ms=0, remaining_ms=600_000, replies=Replies(wanted=True), status="active"
    )
    assert names(machine.handle(on.TextTyped("Hello."), 0))[-1] == "StartReply"
    machine.handle(on.ReplyGrew("ak1", "Hello. How are you today?"), 100)
    began = machine.handle(on.Spoke(heard.SpeechStarted(1, 1000)), 1200)
    assert names(began) == ["HoldReply", "speech.started"]
    machine.handle(on.ReplyHeld(2000), 1300)
    machine.handle(on.Spoke(heard.SpeechStopped(1, 2000)), 2000)
    final = heard.Final(1, "", (), ENGINE, LATENCY, failed=True)
    assert names(machine.handle(on.Spoke(final), 2500)) == ["InterruptReply", "transcript.final"]
    (told,) = machine.handle(on.Spoke(heard.Degraded("engine_failed", "faster-whisper")), 2500)
    assert isinstance(told, do.Emit)
    warning = told.payload.model_dump()
    assert (warning["reason"], warning["part"]) == ("degraded", "recognition")
    assert "say it again" in warning["message"]


def test_every_rung_of_recognition_is_told_in_a_sentence_of_its_own() -> None:
    machine = Machine(Terms(limit_ms=3_600_000), now_ms=0, remaining_ms=600_000)
    rungs = [rung.reason for rung in RUNGS] + ["stopgap_engine", "engine_failed", "not_scored"]
    told = [machine.handle(on.Spoke(heard.Degraded(reason, "x")), 0)[0] for reason in rungs]
    messages = {one.payload.model_dump()["message"] for one in told if isinstance(one, do.Emit)}
    assert len(messages) == len(rungs) and "Recognition works below its best." not in messages


def test_a_session_is_told_what_its_recognizer_waits_for_and_when_that_is_over() -> None:
    machine = session()
    machine.handle(on.Spoke(heard.Waits("loading", 5, "The speech model is being loaded.")), 0)
    (active,) = machine.handle(on.Joined(), 0)
    assert isinstance(active, do.Emit) and active.payload.model_dump()["waiting_for"] == "loading"
    (waits,) = machine.handle(on.Spoke(heard.Waits("fetching", 20, "The speech model is being fetched.")), 100)
    (over,) = machine.handle(on.Spoke(heard.Waits(None)), 200)
    assert isinstance(waits, do.Emit) and isinstance(over, do.Emit)
    assert (waits.name, over.name) == ("session.state", "session.state")
    told = waits.payload.model_dump()
    assert (told["status"], told["waiting_for"], told["wait_seconds"]) == ("active", "fetching", 20) and told["message"]
    assert over.payload.model_dump()["waiting_for"] is None
    machine.handle(on.EndAsked("client"), 300)
    assert machine.handle(on.Spoke(heard.Waits("loading", 5, "…")), 400) == []


def test_a_turn_that_the_listener_had_no_time_to_finish_is_named_void() -> None:
    machine = session()
    machine.handle(on.Joined(), 0)
    for turn in (9, 10):
        machine.handle(on.Spoke(heard.SpeechStarted(turn, 0)), 500)
    machine.handle(on.EndAsked("client"), 1000)
    late = machine.handle(on.Ticked(), 1000 + machine.terms.flush_ms)
    (state,) = [c.payload.model_dump() for c in late if isinstance(c, do.Emit)]
    assert (state["status"], state["void_turn_ids"]) == ("ending", ["9", "10"])
