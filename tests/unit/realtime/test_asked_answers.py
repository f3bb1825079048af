"""What answers use that the client asked for, in writing or by `AnswerAsked`."""

from realtime.session import commands as do
from realtime.session import events as on
from realtime.session.machine import Machine
from realtime.session.replies import Replies
from realtime.session.terms import Terms
from tests.support.conversation import covered, said, session


def talking(remaining_s: int = 600) -> Machine:
    terms = Terms(limit_ms=3_600_000)
    return Machine(terms, now_ms=0, remaining_ms=remaining_s * 1000, replies=Replies(wanted=True))


def asked(machine: Machine, now_ms: int, key: str | None = None) -> tuple[str, list[do.Command]]:
    """The answer that a typed question starts."""
    commands = machine.handle(on.TextTyped("And then?", key), now_ms)
    return next((one.turn_id for one in commands if isinstance(one, do.StartReply)), ""), commands


def lives(machine: Machine, start_ms: int, end_ms: int) -> list[do.Command]:
    return [one for now in range(start_ms, end_ms, 250) for one in machine.handle(on.Ticked(), now)]


def test_typed_questions_that_lie_far_apart_use_a_second_each() -> None:
    machine = talking()
    commands = machine.handle(on.Joined(), 0)
    for number, now in enumerate((0, 17_000, 34_000, 51_000)):
        if number == 2:
            commands += machine.handle(on.Joined(), now)  # over a new connection, too
        reply, told = asked(machine, now, f"k{number}")
        commands += told + machine.handle(on.ReplyEnded(reply, "Then it rained.", complete=True), now + 10)
    commands += asked(machine, 70_000, "k3")[1]  # sent again: it is taken once
    commands += machine.handle(on.TextTyped("A note.", asks=False), 90_000)
    commands += machine.handle(on.EndAsked("client"), 120_000)
    assert covered(commands) == 4_000


def test_an_answer_to_what_was_typed_uses_time_to_its_end() -> None:
    machine = talking()
    commands = machine.handle(on.Joined(), 0)
    reply, told = asked(machine, 1_000)
    commands += told + machine.handle(on.ReplyGrew(reply, "Once upon a time. "), 1_500)
    commands += lives(machine, 1_750, 20_000) + machine.handle(on.Joined(), 20_000)  # who leaves meanwhile pays, too
    commands += lives(machine, 20_250, 41_000)  # its sound is played
    meanwhile = machine.status
    commands += machine.handle(on.ReplyEnded(reply, "Once upon a time. The end.", complete=True), 41_000)
    commands += lives(machine, 41_250, 60_000)
    assert (covered(commands), meanwhile, machine.status) == (40_000, "active", "suspended")


def test_what_an_answer_has_used_is_stored_when_time_stood_still_until_the_session_must_end() -> None:
    machine = talking()
    commands = machine.handle(on.Joined(), 0) + asked(machine, 0)[1]
    commands += machine.handle(on.Ticked(), 140_000)
    assert machine.status == "ending" and covered(commands) == 1_000


def test_the_end_of_an_answer_that_was_cut_off_does_not_end_the_next_one() -> None:
    machine = talking()
    commands = machine.handle(on.Joined(), 0)
    first, told = asked(machine, 0)
    second, more = asked(machine, 100)
    commands += told + more + machine.handle(on.ReplyEnded(first, "", complete=False), 200)
    commands += lives(machine, 250, 20_000)
    commands += machine.handle(on.ReplyEnded(second, "Well.", complete=True), 20_000)
    commands += machine.handle(on.EndAsked("client"), 60_000)
    assert first != second and covered(commands) == 20_000


def test_what_is_typed_where_nobody_answers_and_answers_to_speech_use_nothing_of_their_own() -> None:
    machine = session()  # without a tutor
    commands = machine.handle(on.Joined(), 0) + asked(machine, 1_000)[1]
    for now in (10_000, 20_000, 30_000):
        commands += machine.handle(on.Joined(), now) + machine.handle(on.LifeShown(), now)
    assert covered(commands + machine.handle(on.EndAsked("client"), 40_000)) == 0
    machine = talking()
    machine.handle(on.Joined(), 0)
    commands = said(machine, 2, "Hello there.", 0, 500, 1_000)
    reply = next(one.turn_id for one in commands if isinstance(one, do.StartReply))
    commands += machine.handle(on.ReplyGrew(reply, "Hello. "), 2_000) + lives(machine, 2_250, 9_000)
    commands += machine.handle(on.ReplyEnded(reply, "Hello. Well.", complete=True), 9_000)
    assert covered(commands + machine.handle(on.EndAsked("client"), 10_000)) == 0


def test_what_was_asked_for_uses_no_more_than_the_quota_and_ends_with_a_client_that_is_lost() -> None:
    machine = talking(remaining_s=3)
    commands = machine.handle(on.Joined(), 0)
    for now in (0, 20_000, 40_000):
        reply, told = asked(machine, now)
        commands += told + machine.handle(on.ReplyEnded(reply, "Well.", complete=True), now + 250)
    commands += lives(machine, 40_250, 43_000)
    assert covered(commands) == 3_000 and machine.status == "ending"
    machine = talking()
    commands = machine.handle(on.Joined(), 0) + asked(machine, 0)[1] + lives(machine, 250, 140_000)
    assert machine.status == "ending" and covered(commands) == 135_000
