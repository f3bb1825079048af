"""Turn taking as a conversation of events: who is heard while the tutor speaks."""

import pytest

from realtime.session import commands as do
from realtime.session import events as on
from realtime.session.replies import Replies
from speech import events as heard
from tests.support import reports

REPLY = "That is a good idea. What do you like to do in your free time?"


def _final(turn: int, text: str, failed: bool = False) -> heard.Final:
    return heard.Final(turn, text, (), {"name": "e", "model": "m", "version": "1"}, {"total": 1}, failed)


def _partial(turn: int, text: str) -> heard.Partial:
    return heard.Partial(turn, text, 0, ())


def _text(said: heard.SpeechEvent | None) -> str:
    assert isinstance(said, heard.Partial | heard.Final)
    return said.text


@pytest.fixture
def replies() -> Replies:
    """The tutor is in the middle of its reply to turn 1."""
    replies = Replies(wanted=True)
    assert replies.answer("1") == [do.StartReply("a1")]
    replies.grew("a1", REPLY)
    return replies


def _interrupted(replies: Replies, turn: int = 2, left_ms: int = 4000) -> None:
    commands, said = replies.overheard(heard.SpeechStarted(turn, 5000), 5000)
    assert commands == [do.HoldReply()]
    assert said is not None
    replies.held(left_ms)


def test_a_sound_holds_the_reply_and_words_cut_it_off(replies: Replies) -> None:
    _interrupted(replies)
    assert replies.overheard(_partial(2, "Wait, I"), 5600)[0] == [do.InterruptReply()]
    replies.ended("a1", "That is", False, 5700)
    commands, said = replies.overheard(_final(2, "Wait, I have a question."), 6500)
    assert commands == []
    assert _text(said) == "Wait, I have a question."
    assert replies.follow("2", 0) == [do.StartReply("a2")]


@pytest.mark.parametrize("noise", ["", "Hmm.", "Mm-hm.", "Yeah.", "I see."])
def test_a_noise_or_a_nod_lets_it_go_on_and_is_not_answered(replies: Replies, noise: str) -> None:
    _interrupted(replies)
    commands, said = replies.overheard(_final(2, noise), 6000)
    assert commands == [do.ResumeReply()]
    assert _text(said) == noise
    assert replies.follow("2", 0) == []
    assert replies.under_way


@pytest.mark.parametrize("known", ["", "uh", "Yeah.", "Wait"])
def test_what_no_engine_could_hear_was_no_noise(replies: Replies, known: str) -> None:
    _interrupted(replies)
    commands, said = replies.overheard(_final(2, known, failed=True), 6000)
    assert commands == [do.InterruptReply()]
    assert _text(said) == known
    replies.ended("a1", "That is", False, 6000)
    assert not replies.under_way
    assert replies.follow("2", 0) == [do.StartReply("a2")]


def test_an_echo_stays_one_when_the_engine_fails_behind_it(replies: Replies) -> None:
    _interrupted(replies)
    assert replies.overheard(_final(2, "what do you like to do", failed=True), 6000)[0] == [do.ResumeReply()]


def test_a_yes_to_the_end_of_the_question_is_the_answer(replies: Replies) -> None:
    _interrupted(replies, left_ms=400)
    commands, _ = replies.overheard(_final(2, "Yeah."), 6000)
    assert commands == [do.InterruptReply()]
    assert replies.follow("2", 0) == [do.StartReply("a2")]


def test_the_tutors_echo_is_no_turn_and_has_no_score(replies: Replies) -> None:
    _interrupted(replies)
    commands, said = replies.overheard(_partial(2, "what do you like"), 5500)
    assert (commands, said) == ([], None)
    commands, said = replies.overheard(_final(2, "what do you like to do in your"), 6000)
    assert commands == [do.ResumeReply()]
    assert _text(said) == ""
    assert replies.overheard(heard.Scored(2, reports.report(1.0)), 6100) == ([], None)


def test_the_first_words_of_an_echo_do_not_cut_it_off(replies: Replies) -> None:
    _interrupted(replies)
    assert replies.overheard(_partial(2, "What do"), 5400) == ([], None)
    assert replies.overheard(_partial(2, "What do they know about me"), 5900)[0] == [do.InterruptReply()]


def test_after_an_echo_only_words_stop_the_tutor(replies: Replies) -> None:
    _interrupted(replies)
    replies.overheard(_final(2, "what do you like to do"), 6000)
    assert replies.overheard(heard.SpeechStarted(3, 7000), 7000)[0] == []
    assert _text(replies.overheard(_final(3, "free time"), 7500)[1]) == ""
    assert replies.overheard(heard.SpeechStarted(4, 8000), 8000)[0] == []
    assert replies.overheard(_partial(4, "Can I say something"), 8600)[0] == [do.InterruptReply()]


def test_it_goes_on_only_when_nobody_speaks_any_more(replies: Replies) -> None:
    _interrupted(replies)
    replies.overheard(heard.SpeechStarted(3, 6000), 6000)
    assert replies.overheard(_final(2, ""), 6200)[0] == []
    assert replies.overheard(_final(3, "uh"), 7000)[0] == [do.ResumeReply()]


def test_the_echo_of_the_last_words_arrives_after_the_end(replies: Replies) -> None:
    replies.ended("a1", REPLY, True, 9000)
    assert replies.overheard(heard.SpeechStarted(2, 9300), 9300)[0] == []
    assert _text(replies.overheard(_final(2, "in your free time"), 10_000)[1]) == ""
    assert replies.follow("2", 0) == []


def test_a_client_that_speaks_by_itself_is_heard_long_after_the_text(replies: Replies) -> None:
    replies.ended("a1", REPLY, True, 5000, silent=True)
    replies.overheard(heard.SpeechStarted(2, 8000), 8000)
    assert _text(replies.overheard(_final(2, "what do you like to do"), 9000)[1]) == ""


def test_what_is_said_later_is_a_turn_even_in_the_tutors_words(replies: Replies) -> None:
    replies.ended("a1", REPLY, True, 9000)
    replies.overheard(heard.SpeechStarted(2, 12_000), 12_000)
    said = replies.overheard(_final(2, "What do you like to do in your free time?"), 14_000)[1]
    assert _text(said).startswith("What do you")
    assert replies.follow("2", 0) == [do.StartReply("a2")]


def test_nothing_is_answered_while_the_learner_goes_on_and_then_all_at_once() -> None:
    replies = Replies(wanted=True)
    replies.overheard(heard.SpeechStarted(1, 0), 0)
    replies.overheard(heard.SpeechStarted(2, 1500), 1500)
    assert replies.overheard(_final(1, "I went to"), 1600)[0] == []
    assert replies.follow("1", 0) == []
    assert replies.overheard(_final(2, "the market."), 3000)[0] == []
    assert replies.follow("2", 400) == [do.StartReply("a2", 400)]


def test_a_noise_behind_a_turn_does_not_leave_it_without_an_answer() -> None:
    replies = Replies(wanted=True)
    replies.overheard(heard.SpeechStarted(1, 0), 0)
    replies.overheard(heard.SpeechStarted(2, 1500), 1500)
    replies.overheard(_final(1, "I went to the market."), 1600)
    assert replies.follow("1", 0) == []
    assert replies.overheard(_final(2, ""), 2500)[0] == [do.StartReply("a1")]


def test_a_turn_that_the_learner_ended_is_answered_although_a_sound_is_heard() -> None:
    replies = Replies(wanted=True)
    replies.overheard(heard.SpeechStarted(1, 0), 0)
    replies.overheard(heard.SpeechStarted(2, 1500), 1500)
    replies.overheard(_final(1, "I went to the market."), 1600)
    assert replies.follow("1", None) == [do.StartReply("a1")]


def test_a_typed_turn_is_answered_although_a_sound_is_heard() -> None:
    replies = Replies(wanted=True)
    replies.overheard(heard.SpeechStarted(1, 0), 0)
    assert replies.answer("k1") == [do.StartReply("ak1")]


def test_typing_cuts_it_off_at_once(replies: Replies) -> None:
    assert replies.interrupt() == [do.InterruptReply()]


def test_sessions_without_a_tutor_never_answer() -> None:
    replies = Replies()
    assert replies.answer("1") == []
    assert replies.overheard(heard.SpeechStarted(1, 0), 0)[0] == []


def _spoken(replies: Replies, turn: int, text: str, wait_ms: int | None = 0) -> list[do.Command]:
    """A turn from its first sound to its words."""
    commands = replies.overheard(heard.SpeechStarted(turn, turn * 1000), 60_000)[0]
    commands += replies.overheard(heard.SpeechStopped(turn, turn * 1000 + 500), 60_500)[0]
    return commands + _told(replies, turn, text, wait_ms)


def _told(replies: Replies, turn: int, text: str, wait_ms: int | None = 0) -> list[do.Command]:
    commands = replies.overheard(_final(turn, text), 61_000)[0]
    return commands + (replies.follow(str(turn), wait_ms) if text else [])


@pytest.fixture
def asked_only() -> Replies:
    """A client that asks for its answers."""
    replies = Replies(wanted=True)
    assert replies.wanted(on.AnsweringSet(by_itself=False, yields=True)) == []
    return replies


def test_turns_wait_until_they_are_asked_for_and_are_answered_at_once(asked_only: Replies) -> None:
    assert _spoken(asked_only, 1, "One.") == _spoken(asked_only, 2, "Two.") == []
    assert asked_only.wanted(on.AnswerAsked()) == [do.StartReply("a2")]
    asked_only.ended("a2", "Well.", True, 70_000)
    assert asked_only.wanted(on.AnswerAsked()) == [do.StartReply("a2.1")]


def test_who_asks_early_waits_for_the_words_of_what_is_over(asked_only: Replies) -> None:
    _spoken(asked_only, 1, "One.")
    for said in (heard.SpeechStarted(2, 0), heard.SpeechStopped(2, 0), heard.SpeechStarted(3, 0)):
        asked_only.overheard(said, 60_000)
    assert asked_only.wanted(on.AnswerAsked()) == [] and asked_only.asked
    assert _told(asked_only, 2, "Two.") == [do.StartReply("a2")]
    asked_only.ended("a2", "Well.", True, 70_000)
    assert _told(asked_only, 3, "Three.") == [] and not asked_only.asked


@pytest.mark.parametrize("before", [True, False])
def test_who_asks_and_said_nothing_is_answered_all_the_same(asked_only: Replies, before: bool) -> None:
    if before:
        _spoken(asked_only, 1, "One.")
    for said in (heard.SpeechStarted(2, 0), heard.SpeechStopped(2, 0)):
        asked_only.overheard(said, 60_000)
    assert asked_only.wanted(on.AnswerAsked()) == []
    assert _told(asked_only, 2, "") == [do.StartReply("a1" if before else "a0.1")]


def test_silence_ends_the_wait_for_an_answer(asked_only: Replies) -> None:
    for said in (heard.SpeechStarted(1, 0), heard.SpeechStopped(1, 0)):
        asked_only.overheard(said, 60_000)
    asked_only.wanted(on.AnswerAsked())
    assert asked_only.wanted(on.SilenceAsked()) == [] and not asked_only.asked
    assert _told(asked_only, 1, "One.") == []


def test_a_reply_that_does_not_yield_goes_on_and_then_the_turn_is_answered(replies: Replies) -> None:
    replies.wanted(on.AnsweringSet(by_itself=True, yields=False))
    assert replies.overheard(heard.SpeechStarted(2, 5000), 5000)[0] == []
    assert replies.overheard(_partial(2, "Wait, I have"), 5500)[0] == []
    assert replies.overheard(_final(2, "Wait, I have a question."), 6000)[0] == []
    assert replies.follow("2", 0) == [] and replies.under_way
    ended = replies.ended("a1", REPLY, True, 9000)
    assert isinstance(ended[0], do.Emit) and ended[1:] == [do.StartReply("a2")]


def test_one_that_is_held_goes_on_when_it_need_not_yield_any_more(replies: Replies) -> None:
    _interrupted(replies)
    assert replies.wanted(on.AnsweringSet(by_itself=True, yields=False)) == [do.ResumeReply()]
    assert replies.overheard(_final(2, "Wait, I have a question."), 6000)[0] == []
    assert replies.ended("a1", REPLY, True, 9000)[1:] == []
    assert replies.follow("2", 0) == [do.StartReply("a2")]


def test_what_is_dropped_is_not_answered() -> None:
    replies = Replies(wanted=True)
    replies.overheard(heard.SpeechStarted(1, 0), 0)
    replies.overheard(heard.SpeechStopped(1, 500), 500)
    replies.overheard(heard.SpeechStarted(2, 1000), 1000)
    replies.wanted(on.TurnsDropped())  # what is being said
    listened = replies.listens
    replies.wanted(on.TurnsDropped(frozenset({"1"})))
    assert (listened, replies.listens) == (True, False)
    assert _told(replies, 1, "One.") == _told(replies, 2, "Two.") == []
    assert _spoken(replies, 3, "Three.") == [do.StartReply("a3")]


@pytest.mark.parametrize(("yields", "answered"), [(False, [do.StartReply("a2")]), (True, [])])
def test_who_ends_a_reply_that_does_not_yield_is_answered_then(
    replies: Replies, yields: bool, answered: list[do.Command]
) -> None:
    replies.wanted(on.AnsweringSet(by_itself=True, yields=False))
    assert _spoken(replies, 2, "Wait, I have a question.") == []
    replies.wanted(on.AnsweringSet(by_itself=True, yields=yields))
    assert replies.wanted(on.SilenceAsked()) == [do.InterruptReply()]
    assert replies.ended("a1", "That is", False, 9000)[1:] == answered


def test_a_typed_turn_answers_what_waits_for_the_end_of_the_reply(replies: Replies) -> None:
    replies.wanted(on.AnsweringSet(by_itself=True, yields=False))
    assert _spoken(replies, 2, "Wait, I have a question.") == []
    assert [*replies.interrupt(), *replies.answer("k1")] == [do.InterruptReply(), do.StartReply("ak1")]
    assert replies.ended("a1", "That is", False, 9000)[1:] == replies.ended("ak1", "Well.", True, 9900)[1:] == []
