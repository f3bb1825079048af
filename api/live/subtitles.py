"""A transcript as SubRip, WebVTT or plain text."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from api.live.models import StoredTurn

Format = Literal["srt", "vtt", "txt"]

MEDIA_TYPES: dict[Format, str] = {"srt": "application/x-subrip", "vtt": "text/vtt", "txt": "text/plain"}
_NAMES = {"user": "Learner", "ai": "Tutor"}
_UNTIMED_MS = 2000


def render(turns: Sequence[StoredTurn], form: Format, started_at: datetime) -> str:
    """Turns without audio times stand at the moment they came, for two seconds."""
    if form == "txt":
        return "".join(f"{_NAMES[turn.role]}: {_one_line(turn.text)}\n" for turn in turns)
    cues = [_cue(number, turn, form, started_at) for number, turn in enumerate(turns, 1)]
    return ("WEBVTT\n\n" if form == "vtt" else "") + "\n".join(cues)


def _cue(number: int, turn: StoredTurn, form: Format, started_at: datetime) -> str:
    start_ms, end_ms = turn.start_ms, turn.end_ms
    if start_ms is None or end_ms is None:
        start_ms = max(0, round((turn.at - started_at).total_seconds() * 1000))
        end_ms = start_ms + _UNTIMED_MS
    times = f"{_clock(start_ms, form)} --> {_clock(max(end_ms, start_ms + 1), form)}"
    text = _one_line(turn.text)
    if form == "vtt":
        text = f"<v {_NAMES[turn.role]}>" + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"{number}\n{times}\n{text}\n"


def _clock(ms: int, form: Format) -> str:
    seconds, thousandths = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    mark = "," if form == "srt" else "."
    return f"{hours:02}:{minutes:02}:{seconds:02}{mark}{thousandths:03}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
