"""Attaches a client to a running session: it gets what it missed, then everything; the client before is dropped."""

import asyncio
from dataclasses import dataclass
from typing import Any

from kit import errors
from kit.tasks import Tasks
from realtime import wire
from realtime.node import counts
from realtime.node import log as event_log
from realtime.node.client_slot import Client
from realtime.node.parts import Parts


@dataclass(frozen=True, slots=True)
class JoinReply:
    """What a client that joins gets. `missed` events follow, or a snapshot."""

    seq: int
    missed: int
    snapshot: bool


class Attaching:
    """Works in the order of the session's outbox, so that no event is lost or sent twice between two clients."""

    def __init__(self, parts: Parts, tasks: Tasks) -> None:
        self._parts = parts
        self._tasks = tasks
        self._found_seq = parts.log.last_seq  # later events of the owner before were told, but not logged
        self._anybody_came = False

    async def attach(self, client: Client, last_seq: int, over: asyncio.Event) -> JoinReply:
        """Failure `session_moved` if this node stops running the session before that, which sets `over`."""
        attached: asyncio.Future[JoinReply] = asyncio.get_running_loop().create_future()
        self._parts.outbox.put(lambda: self._replace(client, last_seq, attached))
        ending: asyncio.Future[Any] = asyncio.ensure_future(over.wait())
        both: list[asyncio.Future[Any]] = [attached, ending]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ending.cancel()
        if not attached.done():
            raise errors.conflict("session_moved", "This session is run by another node now.")
        return attached.result()

    async def _replace(self, client: Client, last_seq: int, attached: "asyncio.Future[JoinReply]") -> None:
        clients, log = self._parts.clients, self._parts.log
        await self._let_go_of_the_one_before(client)
        missed = log.since(last_seq) if self._anybody_came or last_seq <= self._found_seq else None
        reply = JoinReply(max(log.last_seq, last_seq), len(missed or ()), missed is None)
        if missed is None:
            missed = [self._snapshot(last_seq)]
            await log.append(missed)
        if not clients.take(client):  # the session moved meanwhile: `attach` reports it
            return
        self._anybody_came = True
        if not attached.done():
            attached.set_result(reply)
        counts.REPLAYED.inc(reply.missed)
        counts.SNAPSHOTS.inc(reply.snapshot)
        for entry in missed:
            await clients.tell(entry.name, entry.data)

    async def _let_go_of_the_one_before(self, client: Client) -> None:
        clients, carrier = self._parts.clients, self._parts.carriers.current
        before = clients.current
        if before is not None and before is not client:
            if carrier is not None and carrier.serves(before) and not carrier.serves(client):
                self._tasks.spawn(carrier.close(), name="close peer")
            await clients.drop(errors.conflict("replaced", "Another connection joined this session."))
        elif before is client:
            clients.leave(client)

    def _snapshot(self, last_seq: int) -> event_log.Entry:
        parts = self._parts
        parts.log.skip_to(last_seq)
        snapshot = wire.SessionSnapshot(
            status=parts.view.status, turns=parts.storage.turns, remaining_seconds=parts.view.remaining_seconds
        )
        return parts.log.number("session.snapshot", snapshot.model_dump(), parts.clock.at_ms())
