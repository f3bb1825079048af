"""What clients may send, checked before a session sees it. Every refusal has a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from kit import errors, storable
from kit.errors import Failure, Kind
from realtime import payload, wire
from realtime.node import opus

SAMPLE_RATE = 16_000
BYTES_A_MS = 32
MAX_FRAME_BYTES = 200 * BYTES_A_MS
_AHEAD_MS = 60_000  # audio that may come at once, after a break
_SPEED = 2.0  # and beyond that, times real time
_EVENTS_AHEAD = 100
_EVENTS_A_SECOND = 20.0


class Bucket:
    """Lets through `burst` at once and `rate` per second."""

    def __init__(self, burst: float, rate: float) -> None:
        self._burst = burst
        self._rate = rate
        self._level = burst
        self._at: float | None = None

    def take(self, amount: float, now: float) -> bool:
        """Whether `amount` still fits at `now` (seconds); if so it counts."""
        if self._at is not None:
            self._level = min(self._burst, self._level + (now - self._at) * self._rate)
        self._at = now
        if amount > self._level:
            return False
        self._level -= amount
        return True


def audio_bucket() -> Bucket:
    """Limits how far audio may run ahead of the clock, in ms."""
    return Bucket(_AHEAD_MS, _SPEED * 1000)


def event_bucket() -> Bucket:
    """Limits how many events a client may send."""
    return Bucket(_EVENTS_AHEAD, _EVENTS_A_SECOND)


def parse(row: wire.Event, arguments: Sequence[Any]) -> BaseModel:
    """The event's payload. Failure `invalid_request` with every fault at once."""
    given = arguments[0] if arguments else {}
    if len(arguments) > (2 if row.binary else 1):
        raise errors.invalid(f"{row.name} takes one object.")
    return payload.fitting(row.payload, {} if given is None else given)


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame of audio as it was sent."""

    seq: int
    codec: str
    data: bytes
    milliseconds: float


def audio(arguments: Sequence[Any]) -> Frame:
    """A frame from its description and its bytes. The Failure names what is wrong with it."""
    if len(arguments) != 2 or not isinstance(arguments[1], bytes):
        raise errors.invalid("audio takes an object and the bytes of one frame.")
    meta, data = arguments
    if _is_usual(meta):
        return frame(meta["seq"], "pcm16", data)
    described = payload.fitting(wire.AudioFrame, meta)
    check_format(described.codec, described.sample_rate or SAMPLE_RATE)
    return frame(described.seq, described.codec, data)


def _is_usual(meta: Any) -> bool:
    """What most clients send 25 times per second, recognized without a model: only a number, or also `pcm16`."""
    if type(meta) is not dict or type(seq := meta.get("seq")) is not int or not 0 <= seq <= storable.LARGEST:
        return False
    return len(meta) == 1 or (len(meta) == 2 and meta.get("codec") == "pcm16")


def frame(seq: int, codec: str, data: bytes) -> Frame:
    """Failure `too_large` or `invalid_request` for bytes that are no frame of `codec`."""
    if codec == "opus":
        return _opus(seq, data)
    if len(data) > MAX_FRAME_BYTES:
        raise errors.too_large("A frame holds at most 200 ms of audio.")
    if not data or len(data) % 2:
        raise errors.invalid("A frame of pcm16 is a whole number of 16 bit samples.", [("/1", "odd or empty")])
    return Frame(seq, "pcm16", data, len(data) / BYTES_A_MS)


def _opus(seq: int, data: bytes) -> Frame:
    if len(data) > opus.MAX_PACKET_BYTES:
        raise errors.too_large("An Opus packet holds at most 120 ms of audio.")
    try:
        return Frame(seq, "opus", data, opus.duration_ms(data))
    except ValueError as error:
        raise errors.invalid("A frame of opus is one packet.", [("/1", str(error))]) from error


def check_format(codec: str, sample_rate: int) -> None:
    """Failure `unsupported_codec` or `unsupported_sample_rate`."""
    if codec not in ("pcm16", "opus"):
        raise Failure(Kind.UNSUPPORTED, "unsupported_codec", "Audio frames are pcm16 or opus.")
    if codec == "pcm16" and sample_rate != SAMPLE_RATE:
        raise Failure(Kind.UNSUPPORTED, "unsupported_sample_rate", "Audio is sampled at 16000 Hz.")


def refusal(failure: Failure) -> dict[str, Any]:
    """The acknowledgement of an event that was not taken."""
    return {"ok": False, "error": body(failure)}


def body(failure: Failure) -> dict[str, Any]:
    """A failure as an event has it; `retry_after` is in seconds."""
    told = failure.body()
    if failure.retry_after is not None:
        told["retry_after"] = failure.retry_after
    return told
