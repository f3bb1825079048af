"""Every realtime event: its name, its payload, who sends it, and what the acknowledgement holds.

This table is the only place where an event is named for the wire. Validation, the AsyncAPI document and the tests are
made from it. Server events travel as one object: the members below plus the envelope `seq`, `session_id`, `at_ms`.
"""

from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, Field
from pydantic.config import JsonDict

from kit.http.wire import Id
from realtime import acks, spoken
from realtime.fields import AudioMs, PartMs, RemainingSeconds, Role, Score, SessionId, Status, Text, TurnId, Words
from realtime.payload import ClientPayload, Count, Language, NoPayload, ServerPayload
from speech.assessment import Engine, Miscue, Phone, Report

Direction = Literal["client", "server"]
Codec = Literal["pcm16", "opus"]
LIVE = "/live"
SPEAKING = "/speaking"
LEAST_PATIENCE_MS = 200
OBSERVE_SCOPE = "live:read"
Part = Literal["media", "voice", "recognition", "language_model", "redis"]
_CODECS: JsonDict = {"enum": list(get_args(Codec))}  # another one has an error of its own


class SessionJoin(ClientPayload):
    session_id: Id = Field(description="The session from `session/start` or `speaking.start`.")
    last_seq: Count | None = Field(None, description="The last server event seen; later ones are sent again.")
    observe: bool = Field(
        False, description="Only watch, as owner, admin or (of the learner's team) team_manager of an organization."
    )


def _patience(ms: int | None) -> int | None:
    if ms is not None and 0 < ms < LEAST_PATIENCE_MS:
        raise ValueError(f"0, or at least {LEAST_PATIENCE_MS}")
    return ms


PatienceMs = Annotated[
    int | None,
    Field(
        ge=0,
        le=5000,
        description="Silence that ends a turn; null adapts to the learner, with 0 only `audio.commit` ends a turn.",
    ),
    AfterValidator(_patience),
]


class SessionUpdate(ClientPayload):
    patience_ms: PatienceMs = None


class SpeakingStart(ClientPayload):
    reference_text: str | None = Field(None, max_length=5000, description="The text to be read; absent in free speech.")
    language: Language = Field("en", description="Language spoken, BCP 47.")
    sample_rate: Count = Field(16000, description="Samples a second of PCM audio. Only 16000 is taken.")
    codec: str = Field("pcm16", max_length=40, json_schema_extra=_CODECS, description="Codec of the audio frames.")
    patience_ms: PatienceMs = None
    takeover: bool = Field(False, description="End another running session of the same person first.")


class AudioFrame(ClientPayload):
    seq: Count = Field(description="Number of the frame in this session, without holes, the first is 1.")
    codec: str = Field(
        "pcm16", max_length=40, json_schema_extra=_CODECS, description="`pcm16`: mono, 16 kHz, 16 bit, little endian."
    )
    sample_rate: Count | None = Field(None, description="If given, must be 16000.")


class TextTyped(ClientPayload):
    text: str = Field(min_length=1, max_length=4000, description="A turn that is typed instead of spoken.")
    key: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9_-]{1,40}$",
        description="Chosen by the client: sent again after a break, the same turn is taken once.",
    )


class SessionEnd(ClientPayload):
    reason: str | None = Field(None, max_length=100, description="Why, for the records.")


class WebrtcOffer(ClientPayload):
    sdp: str = Field(max_length=64 * 1024, description="The SDP of an offer with audio, and a data channel `events`.")


class WebrtcCandidate(ClientPayload):
    """An RTCIceCandidate as a browser writes it (`toJSON`)."""

    candidate: str = Field("", max_length=1000, description="The candidate; empty when there are no more.")
    sdpMid: str | None = Field(None, max_length=64, description="The media section it belongs to.")
    sdpMLineIndex: int | None = Field(None, ge=0, le=16, description="The same as a number.")
    usernameFragment: str | None = Field(None, max_length=256, description="Of the offer that it belongs to.")


class WebrtcClose(ClientPayload):
    failed: bool = Field(False, description="True when WebRTC did not work: the session is told as degraded.")


class Latency(ServerPayload):
    """From the end of the speech to this event, and where the time went: waiting for a worker, the engine, the wait
    for a pause."""

    total: PartMs
    queue: PartMs = 0
    engine: PartMs = 0
    policy: PartMs = 0


class SessionState(ServerPayload):
    status: Status
    void_turn_ids: list[str] = Field(
        default_factory=list, description="Unfinished turns that will get no final because their audio is heard again."
    )
    waiting_for: Literal["fetching", "loading"] | None = Field(None, description="Of a model; sound is kept for it.")
    wait_seconds: int | None = Field(None, description="How long that takes, as far as anybody can know.")
    message: str | None = Field(None, description="What is waited for, for people.")


class SessionWarning(ServerPayload):
    reason: Literal["quota", "limit", "draining", "degraded"] = Field(description="What the warning is about.")
    remaining_seconds: int | None = Field(None, description="Seconds until the session ends (quota and limit).")
    message: str | None = Field(None, description="What that means, for people.")
    part: Part | None = Field(
        None,
        description="What is degraded: `media` (WebRTC is away), `voice` (the client speaks from now on), "
        "`recognition`, `language_model`, or `redis` (no resuming on another node).",
    )


class SessionObservers(ServerPayload):
    """Who watches the session now. Sent whenever an observer comes or leaves."""

    count: int = Field(ge=0, description="How many.")
    names: list[str] = Field(description="Their names.")


class SessionEnded(ServerPayload):
    reason: str = Field(
        description="`client`, `quota`, `limit`, `timeout`, `taken_over`, `draining` or what the client said."
    )
    billed_seconds: int = Field(ge=0, description="What the session costs of the quota.")
    transcript_id: str | None = Field(description="Where to read what was said; null when nothing was.")


class SnapshotTurn(ServerPayload):
    turn_id: TurnId
    role: Role
    text: Text
    words: Words = Field(default_factory=list)
    pronunciation: Report | None = Field(None, description="Once the turn was scored.")


class SessionSnapshot(ServerPayload):
    """The session as it is now, when the log no longer reaches back to the client's `last_seq`."""

    status: Status
    turns: list[SnapshotTurn] = Field(description="All finished turns in order.")
    remaining_seconds: RemainingSeconds


class SpeechStarted(ServerPayload):
    turn_id: TurnId
    start_ms: AudioMs


class SpeechStopped(ServerPayload):
    turn_id: TurnId
    end_ms: AudioMs


class TranscriptPartial(ServerPayload):
    turn_id: TurnId
    text: Text
    stable_prefix_length: int = Field(description="Characters at the start of `text` that will never change.")
    words: Words


class TranscriptFinal(ServerPayload):
    turn_id: TurnId
    role: Role
    text: Text
    words: Words
    engine: Engine | None = Field(None, description="Absent for typed turns.")
    latency_ms: Latency | None = Field(None, description="How long it took; absent for typed turns.")


class PronunciationWord(ServerPayload):
    turn_id: TurnId
    word_id: str = Field(description="The `id` of a word, or `r<index>` beside a reference text.")
    index: int | None = Field(None, description="Position in the reference text, if there is one.")
    word: str = Field(description="The word.")
    score: Score | None = Field(description="0 to 100; null where nothing can be judged, or in doubt what was said.")
    error: Miscue = Field(description="What is wrong with the word.")
    phonemes: list[Phone] = Field(description="Its sounds in order.")
    provisional: bool = Field(description="True: the word may be scored again.")


class PronunciationFinal(ServerPayload):
    turn_id: TurnId
    pronunciation: Report = Field(description="The report of the whole turn.")


class AudioReceived(ServerPayload):
    """Sent every second while audio arrives. Not part of the numbered log: its `seq` counts audio frames."""

    seq: int = Field(description="The last frame of the unbroken sequence received.")
    safe_seq: int = Field(description="Frames up to this one will never be asked for again; keep the later ones.")


class Envelope(ServerPayload):
    """Members that every server event has."""

    seq: int = Field(ge=1, description="Number of the event in its session, from 1, without holes.")
    session_id: SessionId
    at_ms: int = Field(description="Milliseconds since the session was started.")


@dataclass(frozen=True, slots=True)
class Event:
    """`logged`: numbered, kept, sent again on resume. `scope`: what a sender needs; observers' is above."""

    name: str
    direction: Direction
    payload: type[BaseModel]
    summary: str
    ack: type[acks.Ack] | None = None
    namespaces: tuple[str, ...] = (LIVE, SPEAKING)
    binary: bool = False
    logged: bool = True
    scope: str = "live:write"


EVENTS: tuple[Event, ...] = (
    Event("session.join", "client", SessionJoin, "Join a session, or resume it after a break.", acks.JoinAck),
    Event(
        "speaking.start", "client", SpeakingStart, "Start a speaking session and join it.", acks.JoinAck, (SPEAKING,)
    ),
    Event("audio", "client", AudioFrame, "One frame of audio, 20 to 200 ms.", acks.AudioAck, binary=True),
    Event("audio.commit", "client", NoPayload, "What I say now ends here: finalise it.", acks.Ack),
    Event("text", "client", TextTyped, "A typed turn.", acks.Ack),
    Event("session.update", "client", SessionUpdate, "How turns end, from now on.", acks.UpdateAck),
    Event("response.cancel", "client", NoPayload, "Stop the tutor's reply.", acks.CancelAck),
    Event(
        "webrtc.offer", "client", WebrtcOffer, "Carry the sound by WebRTC: a new peer for this session.", acks.OfferAck
    ),
    Event("webrtc.candidate", "client", WebrtcCandidate, "An address that was not in the offer. Not needed.", acks.Ack),
    Event("webrtc.close", "client", WebrtcClose, "The sound goes by `audio` events (again).", acks.CloseAck),
    Event("session.heartbeat", "client", NoPayload, "A sign of life while no audio is sent.", acks.HeartbeatAck),
    Event(
        "session.end", "client", SessionEnd, "End the session; final results follow, then session.ended.", acks.EndAck
    ),
    Event("session.state", "server", SessionState, "The session changed its state."),
    Event("session.warning", "server", SessionWarning, "The session will end soon, or works below its best."),
    Event("session.observers", "server", SessionObservers, "Somebody watches the session, or no longer does."),
    Event("session.snapshot", "server", SessionSnapshot, "The whole session, in place of events that are gone."),
    Event("session.ended", "server", SessionEnded, "The last event of a session."),
    Event("speech.started", "server", SpeechStarted, "The learner began to speak."),
    Event("speech.stopped", "server", SpeechStopped, "The learner stopped speaking."),
    Event("transcript.partial", "server", TranscriptPartial, "Words while they are spoken; the stable prefix grows."),
    Event("transcript.final", "server", TranscriptFinal, "What was said in a turn."),
    Event("pronunciation.word", "server", PronunciationWord, "The score of a word while the learner speaks."),
    Event("pronunciation.final", "server", PronunciationFinal, "The assessment of a turn."),
    Event("audio.ack", "server", AudioReceived, "How far the audio has arrived.", logged=False),
    Event("response.delta", "server", spoken.ResponseDelta, "A piece of the tutor's reply.", namespaces=(LIVE,)),
    Event("response.audio", "server", spoken.ResponseAudio, "Speech of the reply.", None, (LIVE,), True, logged=False),
    Event("response.viseme", "server", spoken.ResponseViseme, "A mouth shape.", None, (LIVE,), logged=False),
    Event("response.done", "server", spoken.ResponseDone, "The reply is complete.", namespaces=(LIVE,)),
    Event("playback.flush", "server", spoken.PlaybackFlush, "The learner speaks: stop playing.", namespaces=(LIVE,)),
    Event("playback.resume", "server", spoken.PlaybackResume, "It was nothing: the reply goes on.", namespaces=(LIVE,)),
    Event(
        "error", "server", acks.SocketError, "Something that was sent without an acknowledgement failed.", logged=False
    ),
)

CLIENT: dict[str, Event] = {event.name: event for event in EVENTS if event.direction == "client"}
SERVER: dict[str, Event] = {event.name: event for event in EVENTS if event.direction == "server"}
