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


def told(events: list[tuple[str, Any]]) -> list[str]:
    return [{"transcript.final": "f", "pronunciation.final": "s"}[name] + data.turn_id for name, data in events]


@pytest.mark.parametrize(
    ("stored", "scored", "entries", "told_seq", "missing"),
    [
        (5, 3, log("b1"), 1, ["f1", "s1", "f2", "s2", "f3", "s3", "f4", "f5"]),
        (5, 5, log("f1", "s1", "f2"), 3, ["s2", "f3", "s3", "f4", "s4", "f5", "s5"]),
        (3, 3, log("f1", "s1", "f2", "s2", "f3", "s3"), 6, []),
        (5, 5, log("s3", "f4", "s4", first=500), 502, ["f5", "s5"]),  # the log keeps no more than that
        (5, 0, log("b6", first=500), 500, ["f4", "f5"]),
        (5, 0, log("f1"), 40, ["f4", "f5"]),  # Redis was away: most of it was told
        (5, 0, [], 40, ["f4", "f5"]),
    ],
)
def test_what_is_written_and_not_logged_is_told(
    stored: int, scored: int, entries: list[Entry], told_seq: int, missing: list[str]
) -> None:
    assert told(takeover.unsent(turns(stored, scored), entries, told_seq)) == missing
