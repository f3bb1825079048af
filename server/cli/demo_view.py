"""What `run.py demo` shows: captions while they come, words coloured by score, then the tables."""

import re
import shutil
import sys
from typing import TextIO

from kit.storable import JsonObject

_RED, _YELLOW, _GREEN, _GREY, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[32m", "\x1b[90m", "\x1b[0m"
_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
_ANEW_SECONDS = 5.0
_LOSSES = 3
POOR = "No Whisper model is in use: captions will be poor until there is one."


def colour(score: float | None, ansi: bool) -> str:
    """The ANSI color of a score, the same three as on the page; "" without color."""
    if not ansi or score is None:
        return ""
    return _GREEN if score >= 80 else _YELLOW if score >= 60 else _RED


class Progress:
    """One line that is redrawn; where that is not possible, a line from time to time. Times are seconds of one
    clock."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self._out = out
        self._ansi = out.isatty()
        self._said = ("", float("-inf"))

    def show(self, text: str, now: float) -> None:
        """Draw the caption over the one before."""
        before, at = self._said
        if self._ansi:
            width = shutil.get_terminal_size().columns - 1
            self._out.write(f"\r\x1b[0J{text[:width]}")
        elif text != before and now - at >= _ANEW_SECONDS:
            print(text, file=self._out)
        else:
            return
        self._said = (text, now)
        self._out.flush()

    def end(self) -> None:
        """Remove the caption."""
        if self._ansi:
            self._out.write("\r\x1b[0J")


class View:
    """On a terminal the caption and the scored words below it are redrawn; elsewhere each step is a new line."""

    def __init__(self, reference: str | None, out: TextIO = sys.stdout) -> None:
        self._out = out
        self._ansi = out.isatty()
        self._reference = reference
        self._scores: dict[str, float | None] = {}
        self._marks: dict[str, str] = {}  # the scored words of the text that is read, coloured
        self._caption = ""
        self._drawn = 0
        self._finals: list[JsonObject] = []
        self._reports: dict[str, JsonObject] = {}

    def event(self, name: str, data: JsonObject) -> None:
        """Show one event of the server."""
        match name:
            case "transcript.partial":
                self._captions(data)
            case "pronunciation.word":
                self._scored(data)
            case "transcript.final" if data["text"]:
                self._finals.append(data)
                self._line(self._coloured(data["words"]) or data["text"], keep=True)
                self._caption = ""
                self._draw()
            case "pronunciation.final":
                self._reports[data["turn_id"]] = data["pronunciation"]
            case "session.state" if data.get("message"):
                self._line(f"({data['message']})", keep=True)
            case "session.warning" if data["reason"] == "degraded":
                self._line(f"(degraded: {data['message']})", keep=True)
            case "error":
                self._line(f"(error: {data.get('message')})", keep=True)

    def report(self, ended: JsonObject, seconds: float) -> None:
        """The tables, and what it cost."""
        for turn_id, report in self._reports.items():
            self._table(turn_id, report)
        engines = {f"{f['engine']['name']} {f['engine']['model']}" for f in self._finals if f.get("engine")}
        print(f"\nHeard: {' '.join(final['text'] for final in self._finals) or '(nothing)'}", file=self._out)
        if self._reference:
            print(f"Read:  {self._reference}", file=self._out)
        print(f"Engine: {', '.join(sorted(engines)) or 'none'}", file=self._out)
        if any(engine.startswith("pocketsphinx") for engine in engines) or not engines:
            print(POOR, file=self._out)
        print(f"Billed: {ended['billed_seconds']} s for {seconds:.1f} s of audio ({ended['reason']})", file=self._out)

    def _captions(self, data: JsonObject) -> None:
        stable = data["stable_prefix_length"]
        settled = self._coloured(data["words"]) if self._scores else data["text"][:stable]
        rest = "" if self._scores else data["text"][stable:]
        self._caption = settled + (f"{_GREY}{rest}{_PLAIN}" if self._ansi and rest else rest)
        self._draw()

    def _scored(self, data: JsonObject) -> None:
        key = data["word_id"]
        if self._scores.get(key) == data["score"]:
            return
        self._scores[key] = data["score"]
        if self._ansi:
            shown = "?" if data["score"] is None else f"{data['score']:.0f}"
            self._marks[key] = f"{colour(data['score'], True)}{data['word']} {shown}{_PLAIN}"
            self._draw()
        elif not data["provisional"] and data["score"] is not None:
            self._line(f"  {data['word']} {data['score']:.0f}", keep=True)

    def _coloured(self, words: list[JsonObject]) -> str:
        parts = []
        for word in words:
            code = colour(self._scores.get(word["id"]), self._ansi)
            parts.append(f"{code}{word['text']}{_PLAIN}" if code else word["text"])
        return " ".join(parts)

    def _draw(self) -> None:
        rows = [self._caption, "  " + " ".join(self._marks.values()) if self._ansi and self._marks else ""]
        if shown := "\n".join(filter(None, rows)):
            self._line(shown)

    def _line(self, text: str, keep: bool = False) -> None:
        if not self._ansi:
            print(text, file=self._out, flush=True)
            return
        width = shutil.get_terminal_size().columns - 1
        up = f"\x1b[{self._drawn - 1}A" if self._drawn > 1 else ""
        self._out.write(f"\r{up}\x1b[0J{text}" + ("\n" if keep else ""))
        self._out.flush()
        rows = [len(_ESCAPE.sub("", row)) for row in text.split("\n")]
        self._drawn = 0 if keep else sum(max(1, -(-row // max(1, width))) for row in rows)

    def _table(self, turn_id: str, report: JsonObject) -> None:
        scores = " · ".join(
            f"{name} {report[name]:.0f}"
            for name in ("overall", "accuracy", "fluency", "completeness", "prosody")
            if isinstance(report.get(name), int | float)
        )
        print(f"\nTurn {turn_id}: {scores}", file=self._out)
        for word in report.get("words", []):
            score = word.get("score")
            phones = " ".join(_phone(phone, self._ansi) for phone in word.get("phonemes", []))
            shown = "  –" if score is None else f"{score:3.0f}"
            error = "" if word.get("error") in (None, "none") else f"  [{word['error']}]"
            code = colour(score, self._ansi)
            print(f"  {code}{word['word']:<14}{_PLAIN if code else ''} {shown}  {phones}{error}", file=self._out)
        for loss in report.get("lost", [])[:_LOSSES]:
            print(f"  −{loss['points']:<4.1f} {loss['message']}", file=self._out)
        if exercise := report.get("exercise"):
            print(f"  Try: {exercise['instruction']} {exercise['text']}", file=self._out)


def _phone(phone: JsonObject, ansi: bool) -> str:
    score = phone.get("score")
    text = phone["phoneme"] + ("" if score is None else f":{score:.0f}")
    code = colour(score, ansi)
    return f"{code}{text}{_PLAIN}" if code else text
