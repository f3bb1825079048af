"""What the learner heard of a reply that was cut off."""

import pytest

from realtime.reply.heard import Heard
from realtime.reply.pacing import Pacer


def _reply() -> Heard:
    heard = Heard()
    heard.begin("The first sentence is here.")
    heard.sounded(2.0)
    heard.complete()
    heard.begin("And the second one follows.")
    heard.sounded(2.0)
    heard.complete()
    return heard


def test_all_is_heard_when_nothing_is_left_to_play() -> None:
    assert _reply().until(0) == "The first sentence is here. And the second one follows."


def test_the_text_ends_with_the_word_at_which_the_sound_stopped() -> None:
    assert _reply().until(1.0) == "The first sentence is here. And the"


def test_nothing_was_heard_of_sound_that_never_played() -> None:
    assert _reply().until(4.0) == ""


def test_the_clients_own_voice_is_estimated_by_time() -> None:
    heard = Heard()
    heard.begin("One two three four five six seven eight.")
    assert heard.until(0, silent_for=1.0) == "One two three"
    assert heard.until(0, silent_for=60.0) == "One two three four five six seven eight."


def test_the_first_pieces_leave_at_once_and_the_rest_in_time() -> None:
    pacer = Pacer(rate=1000, lead_seconds=0.5)
    assert pacer.wait(10.0) == 0
    pacer.sent(2000, 10.0)  # one second of sound
    assert pacer.wait(10.0) == 0.5
    assert pacer.wait(10.5) == 0
    assert pacer.unheard_seconds(10.4) == pytest.approx(0.6)


def test_a_late_voice_does_not_make_the_rest_rush() -> None:
    pacer = Pacer(rate=1000, lead_seconds=0.5)
    pacer.sent(2000, 10.0)
    pacer.sent(2000, 15.0)  # the voice was four seconds late
    assert pacer.unheard_seconds(15.0) == 1.0
