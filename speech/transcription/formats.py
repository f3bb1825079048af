"""Transcripts as people and programs want them: subtitles, plain text, words with times."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from speech import events
from speech.transcription import words as text

Format = Literal["srt", "vtt", "txt", "words"]

LINE = 42  # characters a subtitle's line may have
LINES = 2
LONGEST_MS = 6000
PAUSE_MS = 700


@dataclass(frozen=True, slots=True)
class Cue:
    """Something said: text, who said it where that is known, milliseconds."""

    start_ms: int
    end_ms: int
    text: str
    speaker: str | None = None


def cues(words: Sequence[events.Word], speaker: str | None = None, language: str = "en") -> list[Cue]:
    """Words cut into subtitles: at sentence ends, at pauses, and before they grow too long to read."""
    join = text.joiner(language)
    made: list[Cue] = []
    run: list[events.Word] = []
    for word in words:
        if run and _full(run, word, join):
            made.append(_cue(run, speaker, join))
            run = []
        run.append(word)
    return [*made, _cue(run, speaker, join)] if run else made


def _full(run: list[events.Word], word: events.Word, join: str) -> bool:
    length = len(join.join(item.text for item in [*run, word]))
    return (
        length > LINE * LINES
        or word.end_ms - run[0].start_ms > LONGEST_MS
        or word.start_ms - run[-1].end_ms > PAUSE_MS
        or (run[-1].text[-1:] in ".?!。？！" and len(join.join(item.text for item in run)) > LINE // 2)
    )


def _cue(run: list[events.Word], speaker: str | None, join: str) -> Cue:
    return Cue(run[0].start_ms, max(run[-1].end_ms, run[0].start_ms + 1), join.join(w.text for w in run), speaker)


def srt(items: Iterable[Cue]) -> str:
    """SubRip."""
    blocks = [
        f"{number}\n{_clock(cue.start_ms, ',')} --> {_clock(cue.end_ms, ',')}\n{_lines(_spoken(cue))}\n"
        for number, cue in enumerate(items, 1)
    ]
    return "\n".join(blocks)


def vtt(items: Iterable[Cue]) -> str:
    """WebVTT; a speaker becomes a voice tag."""
    blocks = ["WEBVTT\n"]
    for cue in items:
        said = _lines(_escaped(cue.text))
        if cue.speaker:
            said = f"<v {_escaped(cue.speaker)}>{said}"
        blocks.append(f"{_clock(cue.start_ms, '.')} --> {_clock(cue.end_ms, '.')}\n{said}\n")
    return "\n".join(blocks)


def txt(items: Iterable[Cue]) -> str:
    """A line for each cue, with the speaker where there is one."""
    return "".join(f"{_spoken(cue)}\n" for cue in items)


def words_json(words: Sequence[events.Word]) -> list[dict[str, Any]]:
    """Words with seconds, as the OpenAI-style door gives them, and how sure the engine was."""
    return [
        {"word": w.text, "start": w.start_ms / 1000, "end": w.end_ms / 1000, "confidence": w.confidence} for w in words
    ]


def _spoken(cue: Cue) -> str:
    return f"{cue.speaker}: {cue.text}" if cue.speaker else cue.text


def _lines(said: str) -> str:
    """Broken into lines that fit, at spaces; an empty line would end the cue."""
    lines = [""]
    for word in said.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def _escaped(said: str) -> str:
    return said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(ms: int, point: str) -> str:
    seconds, ms = divmod(max(0, ms), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{point}{ms:03d}"
