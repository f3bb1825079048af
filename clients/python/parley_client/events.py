"""The events of the server, one class each.

Written by run.py docs from the documents of the server: do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from . import models as m
from ._event import Event, Numbered, ResponseAudio, UnknownEvent


@dataclass(frozen=True, kw_only=True)
class SessionState(Numbered):
    """The session changed its state."""

    name: Literal["session.state"] = "session.state"
    status: Literal["created", "active", "suspended", "ending", "ended"]
    """The state of the session; `suspended`: no client is there, it can be resumed."""
    void_turn_ids: list[str] | None = None
    """Unfinished turns that will get no final because their audio is heard again."""
    waiting_for: Literal["fetching", "loading"] | None = None
    """Of a model; sound is kept for it."""
    wait_seconds: int | None = None
    """How long that takes, as far as anybody can know."""
    message: str | None = None
    """What is waited for, for people."""


@dataclass(frozen=True, kw_only=True)
class SessionWarning(Numbered):
    """The session will end soon, or works below its best."""

    name: Literal["session.warning"] = "session.warning"
    reason: Literal["quota", "limit", "draining", "degraded"]
    """What the warning is about."""
    remaining_seconds: int | None = None
    """Seconds until the session ends (quota and limit)."""
    message: str | None = None
    """What that means, for people."""
    part: Literal["media", "voice", "recognition", "language_model", "redis"] | None = None
    """What is degraded: `media` (WebRTC is away), `voice` (the client speaks from now on), `recognition`,
    `language_model`, or `redis` (no resuming on another node).
    """


@dataclass(frozen=True, kw_only=True)
class SessionObservers(Numbered):
    """Somebody watches the session, or no longer does."""

    name: Literal["session.observers"] = "session.observers"
    count: int
    """How many."""
    names: list[str]
    """Their names."""


@dataclass(frozen=True, kw_only=True)
class SessionSnapshot(Numbered):
    """The whole session, in place of events that are gone."""

    name: Literal["session.snapshot"] = "session.snapshot"
    status: Literal["created", "active", "suspended", "ending", "ended"]
    """The state of the session; `suspended`: no client is there, it can be resumed."""
    turns: list[m.SnapshotTurn]
    """All finished turns in order."""
    remaining_seconds: int
    """Seconds left for this session."""


@dataclass(frozen=True, kw_only=True)
class SessionEnded(Numbered):
    """The last event of a session."""

    name: Literal["session.ended"] = "session.ended"
    reason: str
    """`client`, `quota`, `limit`, `timeout`, `taken_over`, `draining` or what the client said."""
    billed_seconds: int
    """What the session costs of the quota."""
    transcript_id: str | None
    """Where to read what was said; null when nothing was."""


@dataclass(frozen=True, kw_only=True)
class SpeechStarted(Numbered):
    """The learner began to speak."""

    name: Literal["speech.started"] = "speech.started"
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    start_ms: int
    """Milliseconds on the session's audio clock."""


@dataclass(frozen=True, kw_only=True)
class SpeechStopped(Numbered):
    """The learner stopped speaking."""

    name: Literal["speech.stopped"] = "speech.stopped"
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    end_ms: int
    """Milliseconds on the session's audio clock."""


@dataclass(frozen=True, kw_only=True)
class TranscriptPartial(Numbered):
    """Words while they are spoken; the stable prefix grows."""

    name: Literal["transcript.partial"] = "transcript.partial"
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    text: str
    """What was said."""
    stable_prefix_length: int
    """Characters at the start of `text` that will never change."""
    words: list[m.Word]
    """Its words with times; empty for typed turns and replies."""


@dataclass(frozen=True, kw_only=True)
class TranscriptFinal(Numbered):
    """What was said in a turn."""

    name: Literal["transcript.final"] = "transcript.final"
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    role: Literal["user", "ai"]
    """Who spoke: the learner or the tutor."""
    text: str
    """What was said."""
    words: list[m.Word]
    """Its words with times; empty for typed turns and replies."""
    engine: m.Engine | None = None
    """Absent for typed turns."""
    latency_ms: m.Latency | None = None
    """How long it took; absent for typed turns."""


@dataclass(frozen=True, kw_only=True)
class PronunciationWord(Numbered):
    """The score of a word while the learner speaks."""

    name: Literal["pronunciation.word"] = "pronunciation.word"
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    word_id: str
    """The `id` of a word, or `r<index>` beside a reference text."""
    index: int | None = None
    """Position in the reference text, if there is one."""
    word: str
    """The word."""
    score: float | None
    """0 to 100; null where nothing can be judged, or in doubt what was said."""
    error: Literal["none", "mispronunciation", "omission", "insertion", "repetition"]
    """What is wrong with the word."""
    phonemes: list[m.Phone]
    """Its sounds in order."""
    provisional: bool
    """True: the word may be scored again."""


@dataclass(frozen=True, kw_only=True)
class PronunciationFinal(Numbered):
    """The assessment of a turn."""

    name: Literal["pronunciation.final"] = "pronunciation.final"
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    pronunciation: m.Report
    """The report of the whole turn."""


@dataclass(frozen=True, kw_only=True)
class AudioReceived(Event):
    """How far the audio has arrived."""

    name: Literal["audio.ack"] = "audio.ack"
    seq: int
    """The last frame of the unbroken sequence received."""
    safe_seq: int
    """Frames up to this one will never be asked for again; keep the later ones."""


@dataclass(frozen=True, kw_only=True)
class ResponseDelta(Numbered):
    """A piece of the tutor's reply."""

    name: Literal["response.delta"] = "response.delta"
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    text: str
    """The next piece of the reply."""


@dataclass(frozen=True, kw_only=True)
class ResponseViseme(Event):
    """A mouth shape."""

    name: Literal["response.viseme"] = "response.viseme"
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    epoch: int
    """Grows when the client has to drop what it has not played."""
    at_ms: int
    """When to show it, in the session's time, if the sound is played as it arrives."""
    id: int
    """0 sil, 1 PP, 2 FF, 3 TH, 4 DD, 5 kk, 6 CH, 7 SS, 8 nn, 9 RR, 10 aa, 11 E, 12 I, 13 O, 14 U."""


@dataclass(frozen=True, kw_only=True)
class ResponseDone(Numbered):
    """The reply is complete."""

    name: Literal["response.done"] = "response.done"
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    text: str
    """The reply; when it was cut off, what was heard of it."""
    complete: bool
    """False when the reply was cut off."""


@dataclass(frozen=True, kw_only=True)
class PlaybackFlush(Numbered):
    """The learner speaks: stop playing."""

    name: Literal["playback.flush"] = "playback.flush"
    epoch: int
    """Audio of earlier epochs must not be played."""


@dataclass(frozen=True, kw_only=True)
class PlaybackResume(Numbered):
    """It was nothing: the reply goes on."""

    name: Literal["playback.resume"] = "playback.resume"
    epoch: int
    """Grows when the client has to drop what it has not played."""
    text: str
    """What was not heard yet."""


@dataclass(frozen=True, kw_only=True)
class ErrorEvent(Event):
    """Something that was sent without an acknowledgement failed."""

    name: Literal["error"] = "error"
    error: str
    """Stable code, the same as in REST."""
    message: str
    """One sentence for people."""
    fields: list[m.FieldFault] | None = None
    """With `invalid_request`: what is wrong where."""
    expected_seq: int | None = None
    """With `out_of_order`: the frame that comes next."""
    retry_after: float | None = None
    """Seconds until trying again may help."""
    required_scope: str | None = None
    """With `INSUFFICIENT_API_KEY_SCOPE`: what is needed."""
    granted_scopes: list[str] | None = None
    """With it: what the credential has."""
    session_id: str | None = None
    """With `session_active`: the session that runs."""


ServerEvent: TypeAlias = (
    ResponseAudio | SessionState | SessionWarning | SessionObservers | SessionSnapshot | SessionEnded | SpeechStarted | SpeechStopped | TranscriptPartial | TranscriptFinal | PronunciationWord | PronunciationFinal | AudioReceived | ResponseDelta | ResponseViseme | ResponseDone | PlaybackFlush | PlaybackResume | ErrorEvent | UnknownEvent
)
"""Any of them."""

KINDS: dict[str, type[Event]] = {
    "session.state": SessionState,
    "session.warning": SessionWarning,
    "session.observers": SessionObservers,
    "session.snapshot": SessionSnapshot,
    "session.ended": SessionEnded,
    "speech.started": SpeechStarted,
    "speech.stopped": SpeechStopped,
    "transcript.partial": TranscriptPartial,
    "transcript.final": TranscriptFinal,
    "pronunciation.word": PronunciationWord,
    "pronunciation.final": PronunciationFinal,
    "audio.ack": AudioReceived,
    "response.delta": ResponseDelta,
    "response.viseme": ResponseViseme,
    "response.done": ResponseDone,
    "playback.flush": PlaybackFlush,
    "playback.resume": PlaybackResume,
    "error": ErrorEvent,
}
