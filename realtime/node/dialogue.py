"""The events of a connected client, over any transport: to its session, and acknowledgements back."""

import zlib
from collections.abc import Awaitable, Callable
from typing import Any

from kit import errors, logs, patience
from kit.caller import Caller
from kit.clock import Clock
from kit.errors import Failure, Kind
from kit.http.gate import Authenticator, Gate, Knock, bearer_or_key
from kit.http.operation import Access, Entry
from realtime import acks, wire
from realtime.node import guard
from realtime.node.connection import Connection
from realtime.node.credential_watch import CredentialWatch
from realtime.node.media import Media, Offer
from realtime.node.observers import Observers
from realtime.node.registry import Registry
from realtime.node.runner import SessionRunner
from realtime.node.tickets import Tickets
from realtime.payload import NoPayload
from realtime.session import events as on
from realtime.session.audio import FrameDecision

_AUDIO_SCOPE = wire.CLIENT["audio"].scope
_ENTRY = Entry(Access.BEARER_OR_KEY, (_AUDIO_SCOPE, wire.OBSERVE_SCOPE), "write")
_TAKEN = {"ok": True, "duplicate": False}
_AGAIN = {"ok": True, "duplicate": True}
_log = logs.get(__name__)

Handler = Callable[[Connection, Any], Awaitable[acks.Ack]]


class Dialogue:
    """`/live` and `/speaking` differ only in the events that `wire` gives them."""

    def __init__(
        self,
        namespace: str,
        registry: Registry,
        gate: Gate,
        tickets: Tickets,
        clock: Clock,
        media: Media,
        observers: Observers,
        standing: CredentialWatch,
    ) -> None:
        self.namespace = namespace
        self._registry = registry
        self._gate = gate
        self._tickets = tickets
        self._clock = clock
        self._media = media
        self._observers = observers
        self._standing = standing
        handlers: dict[str, Handler] = {
            "session.join": self._join,
            "speaking.start": self._start,
            "audio.commit": self._commit,
            "text": self._text,
            "session.update": self._update,
            "response.cancel": self._cancel,
            "webrtc.offer": self._offer,
            "webrtc.candidate": self._candidate,
            "webrtc.close": self._close_peer,
            "session.heartbeat": self._heartbeat,
            "session.end": self._end,
        }
        self._rows = {
            row.name: (row, handlers[row.name])
            for row in wire.CLIENT.values()
            if namespace in row.namespaces and row.name in handlers
        }

    async def identify(self, auth: object, knock: Knock) -> tuple[Caller, str | None]:
        """(the caller, the only session that a ticket opens or None). Failures as of the gate."""
        given = auth if isinstance(auth, dict) else {}
        if isinstance(ticket := given.get("ticket"), str):
            return await self._by_ticket(ticket, knock)
        if isinstance(token := given.get("token"), str):
            return await self._gate.admit(_ENTRY, bearer_or_key(token), knock), None
        return await self._gate.admit(_ENTRY, _nothing, knock), None

    async def _by_ticket(self, text: str, knock: Knock) -> tuple[Caller, str]:
        session_id = ""

        async def redeemed(_: Authenticator, __: str) -> Caller:
            nonlocal session_id
            ticket = await self._tickets.redeem(text)
            session_id = ticket.session_id
            await self._still(ticket.caller, lapsed=True)
            return ticket.caller

        return await self._gate.admit(_ENTRY, redeemed, knock), session_id

    def entered(self, connection: Connection) -> None:
        """From now on the connection ends with its credential. `left` is the other half."""
        self._standing.add(connection)

    async def take(
        self, connection: Connection, event: str, arguments: tuple[Any, ...], *, asked: bool = False
    ) -> dict[str, Any]:
        """The acknowledgement of an event, or the refusal. A refusal is also sent as an `error` event, unless the
        client `asked` for the acknowledgement."""
        try:
            if connection.watch is not None and event != "session.join":
                raise errors.forbidden("You only watch this session.", code="read_only")
            if event == "audio":
                return self._audio(connection, guard.audio(arguments))
            with patience.within():
                return await self._event(connection, event, arguments)
        except Failure as failure:
            if not asked:
                await connection.complain(failure, self._clock.monotonic())
            return guard.refusal(failure)
        except Exception as error:
            _log.exception("event_failed", event_name=event)
            return guard.refusal(errors.of(error))

    def left(self, connection: Connection) -> None:
        """The session goes on without its client; the watchdog decides for how long."""
        connection.gone = True
        self._standing.discard(connection)
        self._observers.left(connection)
        if connection.runner is not None:
            connection.runner.detach(connection)

    def _audio(self, connection: Connection, frame: guard.Frame) -> dict[str, Any]:
        connection.caller.require(_AUDIO_SCOPE)
        runner = _joined(connection)
        if not connection.audio_rate.take(frame.milliseconds, self._clock.monotonic()):
            # With the frame that is wanted: the client must know from where to send again.
            expected = runner.view.expected_seq
            raise errors.limited("rate_limited", "Audio comes faster than it is spoken.", 1.0, expected_seq=expected)
        mark = zlib.crc32(frame.data)
        verdict = runner.hear(frame.seq, frame.milliseconds, lambda: connection.decoded(frame), mark)
        if verdict is FrameDecision.AHEAD:
            expected = runner.view.expected_seq
            raise errors.conflict("out_of_order", f"Frame {expected} comes next.", expected_seq=expected)
        return _TAKEN if verdict is FrameDecision.NEW else _AGAIN

    async def _event(self, connection: Connection, event: str, arguments: tuple[Any, ...]) -> dict[str, Any]:
        if not connection.event_rate.take(1, self._clock.monotonic()):
            raise errors.limited("rate_limited", "Too many events.", 1.0)
        if event not in self._rows:
            raise errors.invalid(f"{self.namespace} has no event of this name.", code="unknown_event")
        row, handler = self._rows[event]
        if event != "session.join":  # there it depends on what is wanted
            connection.caller.require(row.scope)
        answer = await handler(connection, guard.parse(row, arguments))
        return answer.model_dump()

    async def _join(self, connection: Connection, wanted: wire.SessionJoin) -> acks.Ack:
        if connection.only_session not in (None, wanted.session_id):
            raise errors.forbidden("The ticket is for another session.")
        connection.caller.require(wire.OBSERVE_SCOPE if wanted.observe else wire.CLIENT["session.join"].scope)
        await self._still(connection.caller, lapsed=connection.only_session is not None)
        if wanted.observe:
            return await self._observe(connection, wanted)
        return await self._joined(connection, wanted.session_id, wanted.last_seq)

    async def _observe(self, connection: Connection, wanted: wire.SessionJoin) -> acks.Ack:
        if connection.only_session is not None:
            raise errors.forbidden("Observers connect with an access token.")
        ack = await self._observers.join(connection, wanted.session_id, wanted.last_seq or 0)
        if connection.runner is not None:
            connection.runner.detach(connection)
            connection.joined(None)
        return ack

    async def _start(self, connection: Connection, wanted: wire.SpeakingStart) -> acks.Ack:
        guard.check_format(wanted.codec, wanted.sample_rate)
        if connection.only_session is not None:
            raise errors.forbidden("The ticket is for another session.")
        await self._gate.again(connection.caller)
        self._registry.admit()
        session_id = await self._registry.repository.start_speaking(
            connection.user_id,
            language=wanted.language,
            reference_text=wanted.reference_text,
            patience_ms=wanted.patience_ms,
            takeover=wanted.takeover,
        )
        with self._registry.undone_when_it_fails(session_id, connection.user_id):
            return await self._joined(connection, session_id, None)

    async def _joined(self, connection: Connection, session_id: str, last_seq: int | None) -> acks.Ack:
        before = connection.runner
        joined = await self._registry.join(session_id, connection.user_id, connection, last_seq)
        # Only now: a client that is refused by another session still gets the events of the previous one.
        if before is not None and before is not joined.runner:
            before.detach(connection)
        self._observers.left(connection)
        connection.joined(joined.runner)
        if joined.runner is None:
            return joined.ack
        return joined.ack.model_copy(update={"resume_ticket": self._tickets.resume(session_id, connection.caller)})

    async def _still(self, caller: Caller, *, lapsed: bool) -> None:
        """Check the credential again before a session is joined or watched. While PostgreSQL is away, running sessions
        go on."""
        try:
            await self._gate.again(caller, lapsed=lapsed)
        except Failure as failure:
            if failure.kind is not Kind.UNAVAILABLE:
                raise

    async def _commit(self, connection: Connection, _: NoPayload) -> acks.Ack:
        _joined(connection).handle(on.CommitAsked())
        return acks.Ack()

    async def _text(self, connection: Connection, typed: wire.TextTyped) -> acks.Ack:
        _open(connection).handle(on.TextTyped(typed.text, typed.key))
        return acks.Ack()

    async def _update(self, connection: Connection, wanted: wire.SessionUpdate) -> acks.Ack:
        _open(connection).handle(on.PatienceSet(wanted.patience_ms))
        return acks.UpdateAck(patience_ms=wanted.patience_ms)

    async def _cancel(self, connection: Connection, _: NoPayload) -> acks.Ack:
        runner = _joined(connection)
        cancelled = runner.view.replying
        runner.handle(on.SilenceAsked())
        return acks.CancelAck(cancelled=cancelled)

    async def _offer(self, connection: Connection, wanted: wire.WebrtcOffer) -> acks.Ack:
        offer = Offer(wanted.sdp, _open(connection), connection.caller, self.take, self.entered, self.left, connection)
        return acks.OfferAck(sdp=await self._media.open(offer))

    async def _candidate(self, connection: Connection, found: wire.WebrtcCandidate) -> acks.Ack:
        await self._media.candidate(_open(connection), found.model_dump(exclude_none=True))
        return acks.Ack()

    async def _close_peer(self, connection: Connection, wanted: wire.WebrtcClose) -> acks.Ack:
        runner = _open(connection)
        self._media.leave(runner, failed=wanted.failed)
        return acks.CloseAck(audio_seq=runner.view.audio_seq, missing_ms=runner.carriers.missing_ms)

    async def _heartbeat(self, connection: Connection, _: NoPayload) -> acks.Ack:
        runner = _joined(connection)
        runner.handle(on.LifeShown())
        return acks.HeartbeatAck(status=runner.view.status, remaining_seconds=runner.view.remaining_seconds)

    async def _end(self, connection: Connection, wanted: wire.SessionEnd) -> acks.Ack:
        runner = _joined(connection)
        runner.handle(on.EndAsked(wanted.reason or "client"))
        return acks.EndAck(status=runner.view.status)


async def _nothing(_: Authenticator, __: str) -> Caller:
    raise errors.unauthenticated(message="Connect with auth: {token} or auth: {ticket}.")


def _joined(connection: Connection) -> SessionRunner:
    if connection.runner is None:
        raise errors.conflict("not_joined", "Join a session first: session.join or speaking.start.")
    return connection.runner


def _open(connection: Connection) -> SessionRunner:
    runner = _joined(connection)
    if not runner.view.open:
        raise errors.conflict("session_ended", "This session has ended.")
    return runner
