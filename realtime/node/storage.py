"""What a session stores in PostgreSQL: rows that wait together are one transaction."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from realtime import ports, wire
from realtime.node import counts
from realtime.node.inbox import Inbox
from realtime.node.log import EventLog
from realtime.node.recorder import Sound
from realtime.node.view import SessionView
from realtime.rows import Progress, Rows, ScoreRow, TurnRow
from realtime.session import commands as do
from realtime.session import events as on

Row: TypeAlias = do.StoreTurn | do.StoreScore | do.Cover | Sound

_MILLISECOND = timedelta(milliseconds=1)


class SessionStorage:
    """Of one session, under the fence of this node. Failure `session_moved` when another node owns it."""

    def __init__(
        self,
        session: ports.Session,
        repository: ports.SessionRepository,
        turns: Sequence[wire.SnapshotTurn],
        log: EventLog,
        view: SessionView,
        inbox: Inbox,
    ) -> None:
        """`turns` are stored already; `inbox` reports what was stored to the machine."""
        self._session = session
        self._repository = repository
        self._turns = list(turns)
        self._log = log
        self._view = view
        self._inbox = inbox

    @property
    def turns(self) -> list[wire.SnapshotTurn]:
        """The stored ones, in order."""
        return list(self._turns)

    def until(self, turn_id: str) -> list[wire.SnapshotTurn]:
        """The turns up to that one; all, when it is not among them."""
        places = [place for place, turn in enumerate(self._turns, 1) if turn.turn_id == turn_id]
        return self._turns[: places[-1]] if places else list(self._turns)

    async def store(self, rows: Sequence[Row]) -> None:
        """All of them or none. A score's turn is stored before it or with it."""
        use = await self._repository.write(self._session.id, self._session.fence, await self._page(rows))
        for row in rows:
            if isinstance(row, do.StoreTurn):
                self._turns.append(_shown(row.turn))
            elif isinstance(row, do.StoreScore):
                self._scored(row)
        if (newest := _newest(rows)) is not None:
            self._inbox.post(on.ResumePointStored(newest.resume_point.seq))
        if use is not None:
            used, remaining = use
            self._inbox.post(on.QuotaRead(remaining // _MILLISECOND, used // _MILLISECOND))

    async def settle(self, command: do.Settle) -> None:
        """Close the session in the ledger."""
        settled = await self._repository.settle(
            self._session.id, self._session.fence, reason=command.reason, ended_at=time(command.ended_ms)
        )
        counts.settled(command.reason, settled.billed_seconds, self._view.used_ms)
        self._inbox.post(on.Settled(settled.billed_seconds, settled.transcript_id))

    async def set_patience(self, ms: int | None) -> None:
        """Store how long a silence ends a turn, in ms; None is the default."""
        await self._repository.set_patience(self._session.id, self._session.fence, ms)

    async def _page(self, rows: Sequence[Row]) -> Rows:
        return Rows(
            turns=[_turn(row.turn) for row in rows if isinstance(row, do.StoreTurn)],
            scores=[
                ScoreRow(row.turn_id, row.pronunciation, time(row.at_ms))
                for row in rows
                if isinstance(row, do.StoreScore)
            ],
            sound=[await row.row() for row in rows if isinstance(row, Sound)],
            stretches=[(time(row.start_ms), time(row.end_ms)) for row in rows if isinstance(row, do.Cover)],
            progress=self._progress(rows),
        )

    def _progress(self, rows: Sequence[Row]) -> Progress | None:
        if (newest := _newest(rows)) is None:
            return None
        heard = [row.heard_ms for row in rows if isinstance(row, do.Cover)]
        if any(isinstance(row, do.StoreTurn) for row in rows):
            heard.append(self._view.heard_ms)
        status = "suspended" if self._view.status == "suspended" else "active"
        return Progress(self._log.last_seq, max(heard), newest.resume_point, status)

    def _scored(self, row: do.StoreScore) -> None:
        for place, turn in enumerate(self._turns):
            if turn.turn_id == row.turn_id:
                self._turns[place] = turn.model_copy(update={"pronunciation": row.pronunciation})


def time(ms: int) -> datetime:
    """A moment in milliseconds since 1970."""
    return datetime.fromtimestamp(ms / 1000, UTC)


def _newest(rows: Sequence[Row]) -> do.StoreTurn | do.Cover | None:
    """Resume points only go forward."""
    return next((row for row in reversed(rows) if isinstance(row, do.StoreTurn | do.Cover)), None)


def _turn(turn: do.FinishedTurn) -> TurnRow:
    return TurnRow(
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


def _shown(turn: do.FinishedTurn) -> wire.SnapshotTurn:
    role = "ai" if turn.role == "ai" else "user"
    return wire.SnapshotTurn(turn_id=turn.turn_id, role=role, text=turn.text, words=turn.words)
