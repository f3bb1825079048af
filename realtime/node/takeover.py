"""Rebuilds a session from its rows and log, after another node ran it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from realtime import ports, wire
from realtime.node.log import KEPT, Entry
from realtime.payload import ServerPayload
from realtime.session.audio import AudioSequence, Heard
from realtime.session.coverage import Coverage
from realtime.session.machine import Machine
from realtime.session.replies import Replies
from realtime.session.terms import Terms
from realtime.session.transcript import Transcript
from speech.events import Word

_TURN_EVENTS = ("speech.started", "transcript.partial", "pronunciation.word")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """`last_seq` is where the numbering goes on, behind the `known` events: none when the log does not say what was
    told, so that a client that joins gets a snapshot. `unsent` events are stored but not in the log."""

    machine: Machine
    known: list[Entry]
    last_seq: int
    first_turn: int
    void_turn_ids: list[str]
    unsent: list[tuple[str, ServerPayload]]


def rebuild(
    claim: ports.Claim, entries: list[Entry], terms: Terms, now_ms: int, *, tutor: bool, seen_seq: int = 0
) -> Rebuilt:
    """Continue from the stored rows. Audio after the resume point is recognized again, under new turn numbers: what the
    other node showed of those turns is void. `seen_seq` is the last event that the client has."""
    session = claim.session
    anew = session.fence <= 1
    void, begun = unfinished(claim.turns, entries), _begun(entries)
    # Without a whole log it is unknown what was shown, or how far the numbers went: leave room.
    lost = not anew and not is_whole(claim.turns, entries, max(session.last_seq, seen_seq))
    first_turn = max([session.next_turn + (10 if lost else 0), *(number + 1 for number in begun)])
    last_seq = max(session.last_seq + (KEPT if lost else 0), entries[-1].seq if entries else 0)
    machine = Machine(
        replace(terms, limit_ms=round(session.limit_at.timestamp() * 1000)),
        now_ms=now_ms,
        remaining_ms=round(claim.remaining.total_seconds() * 1000),
        status="created" if anew else "suspended" if session.status == "suspended" else "active",
        audio=AudioSequence(
            session.audio_seq,
            session.audio_ms,
            None if anew else Heard(session.done_ms, session.heard_ms, session.frame_mark),
        ),
        transcript=Transcript(
            first_turn=first_turn,
            turns=max((turn.ordinal for turn in claim.turns), default=0),
            border_ms=session.done_ms,
            typed_ids=(turn.turn_id for turn in claim.turns if turn.turn_id.startswith("k")),
        ),
        coverage=Coverage(
            terms.silence_ms,
            recorded_ms=round(claim.recorded.total_seconds() * 1000),
            heard_ms=session.heard_ms,
            last_ms=round(session.last_sign_at.timestamp() * 1000) if session.last_sign_at else None,
        ),
        replies=Replies(wanted=tutor),
    )
    known, news = ([], []) if lost else (entries, unsent(claim.turns, entries))
    return Rebuilt(machine, known, last_seq, first_turn, void, news)


def _begun(entries: list[Entry]) -> set[int]:
    ids = {str(entry.data["turn_id"]) for entry in entries if entry.name in _TURN_EVENTS}
    return {int(turn_id) for turn_id in ids if turn_id.isdigit()}


def unfinished(turns: Sequence[ports.StoredTurn], entries: list[Entry]) -> list[str]:
    """Turns that clients saw begin and that have neither a final nor a name among the void ones."""
    over = {turn.turn_id for turn in turns}
    over |= {str(entry.data["turn_id"]) for entry in entries if entry.name == "transcript.final"}
    for entry in entries:
        if entry.name == "session.state":
            void: Any = entry.data.get("void_turn_ids") or ()
            over.update(void)
    return [str(number) for number in sorted(_begun(entries)) if str(number) not in over]


def was_ending(entries: list[Entry]) -> bool:
    """Whether clients were told that the session ends."""
    states = [entry.data["status"] for entry in entries if entry.name == "session.state"]
    return bool(states) and states[-1] == "ending"


def last_spoken(turns: Sequence[ports.StoredTurn]) -> tuple[tuple[Word, ...], int]:
    """The words of the last turn that was spoken, and where it ended on the audio clock."""
    for turn in sorted(turns, key=lambda one: one.ordinal, reverse=True):
        if turn.turn_id.isdigit() and turn.end_ms is not None:
            return tuple(Word(**word) for word in turn.words or ()), turn.end_ms
    return (), 0


def is_whole(turns: Sequence[ports.StoredTurn], entries: list[Entry], told_seq: int) -> bool:
    """Whether the log says which results clients have; `told_seq` is the newest event that somebody else knows of. Not
    when Redis was away or has lost events, nor when only events without a result are left: only a snapshot tells
    nothing twice and leaves nothing out then."""
    if not entries or entries[-1].seq < told_seq:
        return False
    if entries[0].seq == 1 or any(entry.name == "session.snapshot" for entry in entries):
        return True
    finals = _told(entries)[0]
    return not turns or any(turn.turn_id in finals for turn in turns)


def unsent(turns: Sequence[ports.StoredTurn], entries: list[Entry]) -> list[tuple[str, ServerPayload]]:
    """Results that were stored but never entered the log, which is whole: from the first turn of which it has something
    on, because finals enter it in the order of the turns, and a turn's score behind its final."""
    finals, scores = _told(entries)
    first = next((place for place, turn in enumerate(turns) if turn.turn_id in finals), 0)
    events: list[tuple[str, ServerPayload]] = []
    for turn in turns[first:]:
        if turn.turn_id not in finals:
            events.append(("transcript.final", _final(turn)))
        if turn.pronunciation is not None and turn.turn_id not in scores:
            score = wire.PronunciationFinal(turn_id=turn.turn_id, pronunciation=turn.pronunciation)
            events.append(("pronunciation.final", score))
    return events


def _told(entries: list[Entry]) -> tuple[set[str], set[str]]:
    """The turns whose finals are in the log, and those whose scores are: also in a snapshot."""
    finals, scores = set[str](), set[str]()
    for entry in entries:
        match entry.name:
            case "transcript.final":
                finals.add(entry.data["turn_id"])
            case "pronunciation.final":
                scores.add(entry.data["turn_id"])
            case "session.snapshot":
                finals.update(turn["turn_id"] for turn in entry.data["turns"])
                scores.update(turn["turn_id"] for turn in entry.data["turns"] if turn["pronunciation"] is not None)
    return finals, scores


def snapshot_turns(turns: Sequence[ports.StoredTurn]) -> list[wire.SnapshotTurn]:
    """Stored turns as a joining client gets them."""
    return [
        wire.SnapshotTurn(
            turn_id=turn.turn_id,
            role="ai" if turn.role == "ai" else "user",
            text=turn.text,
            words=turn.words or [],
            pronunciation=turn.pronunciation,
        )
        for turn in turns
    ]


def _final(turn: ports.StoredTurn) -> wire.TranscriptFinal:
    return wire.TranscriptFinal(
        turn_id=turn.turn_id,
        role="ai" if turn.role == "ai" else "user",
        text=turn.text,
        words=turn.words or [],
        engine=turn.engine,
    )
