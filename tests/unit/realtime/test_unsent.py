"""What the books know and the log does not, after an owner died between writing many rows and telling of them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from api.live.models import StoredTurn
from realtime.node import takeover
from realtime.node.log import Entry
from tests.support import reports

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def turns(count: int, scored: int = 0) -> list[StoredTurn]:
    return [
        StoredTurn(str(n), n, "user", f"turn {n}", [], None, reports.report(90.0) if n <= scored else None, 0, 1, NOW)
        for n in range(1, count + 1)
    ]


def log(*names: str, first: int = 1) -> list[Entry]:
    """ "f3" is the final of turn 3, "s3" its score."""
    kinds = {"f": "transcript.final", "s": "pronunciation.final", "b": "speech.started"}
    return [Entry(seq, kinds[name[0]], {"turn_id": name[1:]}) for seq, name in enumerate(names, first)]


def snapshot(seq: int, count: int, scored: int = 0) -> Entry:
    shown = [turn.model_dump() for turn in takeover.snapshot_turns(turns(count, scored))]
    return Entry(seq, "session.snapshot", {"turns": shown})


def told(events: list[tuple[str, Any]]) -> list[str]:
    return [{"transcript.final": "f", "pronunciation.final": "s"}[name] + data.turn_id for name, data in events]


@pytest.mark.parametrize(
    ("stored", "scored", "entries", "missing"),
    [
        (5, 3, log("b1"), ["f1", "s1", "f2", "s2", "f3", "s3", "f4", "f5"]),
        (5, 5, log("f1", "s1", "f2"), ["s2", "f3", "s3", "f4", "s4", "f5", "s5"]),
        (3, 3, log("f1", "s1", "f2", "s2", "f3", "s3"), []),
        (5, 5, log("s3", "f4", "s4", first=500), ["f5", "s5"]),  # the log keeps no more than that
        (3, 1, [snapshot(500, 2, scored=1)], ["f3"]),
        (3, 3, [snapshot(500, 2, scored=1)], ["s2", "f3", "s3"]),
        (2, 0, [snapshot(500, 0)], ["f1", "f2"]),
    ],
)
def test_what_is_written_and_not_logged_is_told(
    stored: int, scored: int, entries: list[Entry], missing: list[str]
) -> None:
    assert takeover.is_whole(turns(stored, scored), entries, entries[-1].seq)
    assert told(takeover.unsent(turns(stored, scored), entries)) == missing


@pytest.mark.parametrize(
    ("stored", "entries", "told_seq"),
    [
        (5, log("b6", first=500), 500),  # nobody knows which of the five were told before
        (5, log("f1"), 40),  # Redis was away: most of it was told
        (5, log("f1"), 2),
        (5, log("f9", first=500), 500),  # a turn without words is none of those
        (5, [], 40),
        (0, [], 0),
    ],
)
def test_without_a_whole_log_nothing_is_told_again(stored: int, entries: list[Entry], told_seq: int) -> None:
    assert not takeover.is_whole(turns(stored), entries, told_seq)


def test_without_a_result_there_is_nothing_to_tell_twice() -> None:
    assert takeover.is_whole([], log("b1", first=500), 500)
