"""The parts of the Python client that need no server."""

import pytest

from clients.python.parley_client import (
    QuotaExceeded,
    Refused,
    Transcript,
    TranscriptFinal,
    Unavailable,
    UnknownEvent,
    errors,
)
from clients.python.parley_client._backoff import Backoff
from clients.python.parley_client._credentials import Credentials
from clients.python.parley_client._epochs import Epochs
from clients.python.parley_client._frames import Frames
from clients.python.parley_client._inbox import Inbox
from clients.python.parley_client._received import parsed

STAMP = {"session_id": "s", "at_ms": 1}


def all_of(frames: Frames) -> list[int]:
    return [frame.seq for frame in iter(frames.next, None)]


def test_frames_go_out_once_and_again_from_where_the_server_wants_them() -> None:
    frames = Frames()
    for n in range(1, 7):
        assert frames.add(0, bytes([n])) == n
    assert all_of(frames) == [1, 2, 3, 4, 5, 6] and frames.all_sent
    assert frames.acknowledged(4, 2) and not frames.acknowledged(4, 2)
    frames.go_back(4)
    assert all_of(frames) == [4, 5, 6]
    frames.joined(2)  # another node, which knows only what was stored
    assert all_of(frames) == [3, 4, 5, 6]
    assert frames.acknowledged(6, 6) and frames.next() is None


def test_frames_of_a_session_that_another_device_began_go_on_behind_its_own() -> None:
    frames = Frames()
    frames.joined(40)
    assert frames.next() is None and frames.all_sent
    assert frames.add(0, b"x") == 41 and all_of(frames) == [41]


def test_pauses_grow_and_differ_and_are_never_shorter_than_asked() -> None:
    backoff = Backoff(0.1, 3.0)
    waits = [backoff.next() for _ in range(12)]
    assert all(0.05 * 2**n <= wait <= 0.1 * 2**n for n, wait in enumerate(waits[:5]))
    assert max(waits) <= 3.0 and waits[-1] >= 1.5 and len(set(waits)) == 12
    assert 7 <= backoff.next(7) <= 10.5
    backoff.reset()
    assert backoff.next() <= 0.1


def test_a_hole_is_found_once_and_a_repetition_dropped() -> None:
    inbox = Inbox()
    assert not inbox.misses("a", 5) and inbox.takes("a", 5)  # the first may have any number
    assert inbox.misses("a", 7) and not inbox.misses("a", 7)
    assert not inbox.misses("session.snapshot", 9)
    assert inbox.takes("a", 7) and not inbox.takes("a", 7) and not inbox.takes("a", 5)


def test_epochs_are_whole_again_and_early_sound_is_dropped() -> None:
    epochs = Epochs()
    assert epochs.whole(1) == 1
    epochs.flushed(65_535)
    assert not epochs.may_be_played(epochs.whole(65_534)) and epochs.may_be_played(epochs.whole(65_535))
    assert epochs.whole(0) == 65_536 and epochs.may_be_played(65_536)
    epochs.flushed(65_537)
    assert not epochs.may_be_played(epochs.whole(0))


async def test_credentials_are_tried_in_turn() -> None:
    async def source(refused: bool) -> str:
        return "another" if refused else "first"

    of_source = Credentials(source, None)
    assert await of_source.next() == {"token": "first"}
    of_source.joined("t1")
    assert of_source.refused("token_expired") and await of_source.next() == {"token": "another"}
    assert of_source.refused("token_expired") and await of_source.next() == {"ticket": "t1"}
    assert not of_source.refused("not_authenticated")
    of_source.joined("t2")
    assert await of_source.next() == {"token": "first"}
    fixed = Credentials("token", None)
    assert not fixed.refused("forbidden") and not fixed.refused("token_expired")
    ticket = Credentials(None, "t1")
    assert await ticket.next() == {"ticket": "t1"} and not ticket.refused("not_authenticated")


def test_refusals_have_classes_and_keep_what_was_said() -> None:
    full = errors.refusal({"error": "unavailable", "message": "Full.", "retry_after": 3})
    assert isinstance(full, Unavailable) and full.retry_after == 3 and str(full) == "Full. (unavailable)"
    assert isinstance(errors.refusal({"error": "live_quota_exceeded"}, 429), QuotaExceeded)
    odd = errors.refusal({"error": "teapot", "message": "No.", "pot": 1}, 418)
    assert type(odd) is Refused and (odd.code, odd.status, odd.body["pot"]) == ("teapot", 418, 1)


def test_events_of_a_later_server_are_kept() -> None:
    data = {"turn_id": "t", "role": "user", "text": "hi", "words": [], "seq": 1, **STAMP, "mood": "new"}
    event = parsed("transcript.final", data)
    assert isinstance(event, TranscriptFinal) and event.data["mood"] == "new" and event.engine is None
    assert isinstance(parsed("transcript.final", {"seq": 1, **STAMP}), UnknownEvent)
    assert parsed("session.mood", {"seq": 2}) == UnknownEvent(name="session.mood", data={})


@pytest.mark.parametrize("void", [True, False])
def test_a_transcript_forgets_void_turns(void: bool) -> None:
    transcript = Transcript()
    start = {"turn_id": "t", "text": "he", "stable_prefix_length": 0, "words": [], "seq": 1, **STAMP}
    transcript.take(parsed("transcript.partial", start))
    assert [turn.final for turn in transcript.turns] == [False] and transcript.text == ""
    if void:
        transcript.take(parsed("session.state", {"status": "active", "void_turn_ids": ["t"], "seq": 2, **STAMP}))
        assert transcript.turns == []
    else:
        transcript.take(parsed("transcript.final", {**start, "role": "user", "text": "hello", "seq": 2}))
        transcript.take(parsed("response.delta", {"turn_id": "a", "text": "Good ", "seq": 3, **STAMP}))
        transcript.take(parsed("response.delta", {"turn_id": "a", "text": "day", "seq": 4, **STAMP}))
        assert [turn.text for turn in transcript.turns] == ["hello", "Good day"] and transcript.text == "hello"
        done = {"turn_id": "a", "text": "Good", "complete": False, "seq": 5, **STAMP}
        transcript.take(parsed("response.done", done))
        assert transcript.turns[1].text == "Good" and transcript.turns[1].final


def test_a_turn_of_a_snapshot_that_lacks_its_members_is_left_out() -> None:
    transcript = Transcript()
    turns = [{"turn_id": "t"}, {"turn_id": "u", "role": "user", "text": "hello"}]
    transcript.take(
        parsed("session.snapshot", {"status": "active", "turns": turns, "remaining_seconds": 9, "seq": 2, **STAMP})
    )
    assert [turn.text for turn in transcript.turns] == ["hello"]
