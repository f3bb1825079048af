"""Answers a client that joins a session which has ended, perhaps while the client was away."""

from collections.abc import Sequence
from dataclasses import dataclass

from kit.redis import Redis
from realtime import acks, ports, wire
from realtime.node import log as event_log
from realtime.node import takeover
from realtime.node.client_slot import Client
from realtime.node.log import Entry, EventLog


@dataclass(frozen=True, slots=True)
class EndedSession:
    """`at_ms` is now, in milliseconds since the session was started."""

    session: ports.Session
    settlement: ports.Settlement
    turns: Sequence[ports.StoredTurn]
    at_ms: int

    async def tell(self, client: Client, last_seq: int, redis: Redis, heartbeat_s: float) -> acks.JoinAck:
        """Send what the client missed, up to session.ended. Failure `invalid_request` for an impossible `last_seq`."""
        session = self.session
        entries = await event_log.read(redis, session.id) or []
        log = EventLog(redis, session.id, session.fence, last_seq=session.last_seq)
        log.adopt(entries)
        log.check(last_seq)
        log.skip_to(last_seq)
        # A client that has more than the log was told by an owner without Redis, or here, by a line that broke.
        whole = takeover.is_whole(self.turns, entries, max(session.last_seq, last_seq))
        missed = log.since(last_seq) if whole else None
        snapshot = missed is None
        if missed is None:
            told = [self._snapshot(log), self._end(log)]
        elif entries[-1].name == "session.ended":
            told = missed
        else:
            told = [*missed, *self._unsent(log, entries), self._end(log)]
        for entry in told:
            await client.send(entry.name, entry.data)
        return acks.JoinAck(
            session_id=session.id,
            status="ended",
            seq=log.last_seq,
            audio_seq=session.audio_seq,
            replayed=0 if snapshot else len(told),
            snapshot=snapshot,
            remaining_seconds=0,
            heartbeat_interval_seconds=heartbeat_s,
        )

    def _snapshot(self, log: EventLog) -> Entry:
        turns = takeover.snapshot_turns(self.turns)
        payload = wire.SessionSnapshot(status="ended", turns=turns, remaining_seconds=0)
        return log.number("session.snapshot", payload.model_dump(), self.at_ms)

    def _unsent(self, log: EventLog, entries: list[Entry]) -> list[Entry]:
        """What PostgreSQL has and the log has not, and the turns that will get no final."""
        stored = takeover.unsent(self.turns, entries)
        unsent = [log.number(name, told.model_dump(), self.at_ms) for name, told in stored]
        if void := takeover.unfinished(self.turns, entries):
            state = wire.SessionState(status="ended", void_turn_ids=void)
            unsent.append(log.number("session.state", state.model_dump(), self.at_ms))
        return unsent

    def _end(self, log: EventLog) -> Entry:
        ended = wire.SessionEnded(
            reason=self.session.end_reason or "timeout",
            billed_seconds=self.settlement.billed_seconds,
            transcript_id=self.settlement.transcript_id,
        )
        return log.number("session.ended", ended.model_dump(), self.at_ms)
