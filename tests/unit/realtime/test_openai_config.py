"""Settings of a transcription session, in both dialects."""

import pytest

from kit.errors import Failure
from kit.storable import JsonObject
from realtime.transports.openai.config import default


def test_the_newer_dialect() -> None:
    heard = {
        "format": {"type": "audio/pcmu"},
        "transcription": {"model": "whisper-1", "language": "de"},
        "turn_detection": {"type": "server_vad", "silence_duration_ms": 50},
    }
    config = default(old=False).updated({"type": "transcription", "audio": {"input": heard}}, old=False)
    assert (config.format, config.language, config.patience_ms) == ("audio/pcmu", "de", 200)
    described = config.described("sess_1")
    assert described["type"] == "transcription"
    assert described["audio"]["input"]["format"] == {"type": "audio/pcmu"}
    later = config.updated({"type": "transcription", "audio": {"input": {"turn_detection": None}}}, old=False)
    assert later.turn_detection is None and later.format == "audio/pcmu"


def test_the_older_dialect() -> None:
    session = {"input_audio_format": "g711_alaw", "input_audio_transcription": {"model": "x", "language": "fr"}}
    config = default(old=False).updated(session, old=True)
    assert (config.format, config.language, config.patience_ms) == ("audio/pcma", "fr", None)
    assert config.described("sess_1")["input_audio_format"] == "g711_alaw"


@pytest.mark.parametrize(
    "session",
    [
        None,
        {"type": "realtime"},
        {"audio": []},
        {"audio": {"input": {"format": {"type": "audio/opus"}}}},
        {"audio": {"input": {"format": {"type": "audio/pcm", "rate": 16000}}}},
        {"audio": {"input": {"format": 7}}},
        {"audio": {"input": {"transcription": {"language": "English!"}}}},
        {"audio": {"input": {"transcription": "en"}}},
        {"audio": {"input": {"turn_detection": {"type": "psychic"}}}},
        {"audio": {"input": {"turn_detection": {"silence_duration_ms": "long"}}}},
    ],
)
def test_what_cannot_be_used_is_refused(session: JsonObject) -> None:
    with pytest.raises(Failure) as refusal:
        default(old=False).updated(session, old=False)
    assert refusal.value.code == "invalid_request"
