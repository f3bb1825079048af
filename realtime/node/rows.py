"""What a session's machine wants written, as the books take it."""

from datetime import UTC, datetime

from realtime import ports
from realtime.session import commands as do


def of(turn: do.FinishedTurn) -> ports.TurnRow:
    return ports.TurnRow(
        turn.turn_id,
        turn.ordinal,
        turn.role,
        turn.text,
        turn.words,
        turn.engine,
        turn.start_ms,
        turn.end_ms,
        time(turn.at_ms),
    )


def time(ms: int) -> datetime:
    """A moment in milliseconds since 1970."""
    return datetime.fromtimestamp(ms / 1000, UTC)
