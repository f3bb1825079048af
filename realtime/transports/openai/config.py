"""What a client of the OpenAI Realtime API may set for a transcription session.

Both dialects are taken: `session.update` with `audio.input`, and the older `transcription_session.update` with
`input_audio_format`. Members that change nothing here (model, prompt, noise reduction) are accepted.
"""

from dataclasses import dataclass, replace

from pydantic import ValidationError

from kit import errors
from kit.errors import Failure
from kit.storable import JsonObject
from realtime import wire

FORMATS = {"audio/pcm": 24_000, "audio/pcmu": 8_000, "audio/pcma": 8_000}
"""Format to samples a second."""

_OLD_FORMATS = {"pcm16": "audio/pcm", "g711_ulaw": "audio/pcmu", "g711_alaw": "audio/pcma"}
OLD_NAMES = {new: old for old, new in _OLD_FORMATS.items()}
_DETECTION = {"type": "server_vad", "threshold": 0.5, "prefix_padding_ms": 300, "silence_duration_ms": None}
_PATIENCE_MS = (200, 5000)


@dataclass(frozen=True)
class Config:
    """The settings of a transcription session, in the new or the old form."""

    old: bool = False
    """The older dialect: described as it was set."""
    format: str = "audio/pcm"
    transcription: JsonObject | None = None
    turn_detection: JsonObject | None = None

    @property
    def language(self) -> str:
        """Language of the audio."""
        return _language(self.transcription or {})

    @property
    def patience_ms(self) -> int | None:
        """Silence that ends a turn; None lets the server adapt."""
        wanted = (self.turn_detection or {}).get("silence_duration_ms")
        return None if wanted is None else min(max(int(wanted), _PATIENCE_MS[0]), _PATIENCE_MS[1])

    def updated(self, session: object, *, old: bool) -> "Config":
        """A copy with what `session` sets; absent members stay. Failure `invalid_request` names the member."""
        if not isinstance(session, dict):
            raise wrong("session", "an object")
        changed = replace(self, old=old)
        if old:
            given = {
                "format": session.get("input_audio_format"),
                "transcription": session.get("input_audio_transcription"),
            } | ({"turn_detection": session["turn_detection"]} if "turn_detection" in session else {})
            given = {name: value for name, value in given.items() if value is not None or name == "turn_detection"}
        else:
            if session.get("type", "transcription") != "transcription":
                raise wrong("session.type", "transcription is what this server does")
            given = an_object(an_object(session.get("audio"), "session.audio").get("input"), "session.audio.input")
        return changed._set(given)

    def _set(self, given: JsonObject) -> "Config":
        changed = self
        if "format" in given:
            changed = replace(changed, format=a_format(given["format"]))
        if given.get("transcription") is not None:
            changed = replace(changed, transcription=_transcription(given["transcription"]))
        if "turn_detection" in given:
            changed = replace(changed, turn_detection=_detection(given["turn_detection"]))
        return changed

    def described(self, session_id: str) -> JsonObject:
        """The session object that the client is sent."""
        common = {"id": session_id, "object": "realtime.transcription_session"}
        if self.old:
            return common | {
                "input_audio_format": OLD_NAMES[self.format],
                "input_audio_transcription": self.transcription,
                "input_audio_noise_reduction": None,
                "turn_detection": self.turn_detection,
            }
        heard = {
            "format": {"type": self.format} | ({"rate": FORMATS[self.format]} if self.format == "audio/pcm" else {}),
            "transcription": self.transcription,
            "noise_reduction": None,
            "turn_detection": self.turn_detection,
        }
        return {"type": "transcription"} | common | {"audio": {"input": heard}, "include": None}


def default(*, old: bool) -> Config:
    """The settings before the client sends any."""
    return Config(old, turn_detection=dict(_DETECTION))


def a_format(given: object) -> str:
    """A format by its new or its old name. Failure `invalid_request`."""
    kind = _OLD_FORMATS.get(given) if isinstance(given, str) else an_object(given, "format").get("type")
    if not isinstance(kind, str) or kind not in FORMATS:
        raise wrong("format", f"one of {', '.join(FORMATS)}")
    rate = given.get("rate") if isinstance(given, dict) else None
    if rate not in (None, FORMATS[kind]):
        raise wrong("format.rate", f"{FORMATS[kind]} for {kind}")
    return kind


def _transcription(given: object) -> JsonObject:
    transcription = an_object(given, "transcription")
    if not isinstance(transcription.get("languages") or [], list):
        raise wrong("transcription.languages", "a list")
    try:
        wire.SpeakingStart(language=_language(transcription))
    except ValidationError as error:
        raise wrong("transcription.language", "a language such as en") from error
    return transcription


def _language(transcription: JsonObject) -> str:
    return str(transcription.get("language") or next(iter(transcription.get("languages") or ()), None) or "en")


def _detection(given: object) -> JsonObject | None:
    if given is None:
        return None
    detection = an_object(given, "turn_detection")
    if detection.get("type", "server_vad") not in ("server_vad", "semantic_vad"):
        raise wrong("turn_detection.type", "server_vad, semantic_vad or null")
    silence = detection.get("silence_duration_ms")
    if silence is not None and type(silence) is not int:
        raise wrong("turn_detection.silence_duration_ms", "milliseconds")
    return {**_DETECTION, **detection}


def an_object(given: object, name: str) -> JsonObject:
    """A member that has to be an object; None is an empty one. Failure `invalid_request`."""
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise wrong(name, "an object")
    return given


def wrong(member: str, wanted: str) -> Failure:
    """The failure for a member, with what is wanted of it."""
    return errors.invalid(f"{member} cannot be used: {wanted}.", [("/" + member.replace(".", "/"), wanted)])
