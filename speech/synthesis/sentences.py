"""Sentences out of a text that is still being written, so that speech can begin with the first one."""

import re

_LONGEST = 240  # characters: without any stop the voice starts here at the latest
_ABBREVIATIONS = frozenset(
    ("mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "vs", "etc", "e.g", "i.e", "a.m", "p.m", "u.s", "u.k", "no")
)
_STOP = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|\n{2,}")
_PAUSE = re.compile(r"[,;:–—](?=\s)")


class Splitter:
    """Feed pieces, take whole sentences; what is left at the end comes from `rest()`."""

    def __init__(self) -> None:
        self._text = ""

    def feed(self, piece: str) -> list[str]:
        """Sentences that are complete with this piece."""
        self._text += piece
        found = []
        while (end := _sentence_end(self._text)) is not None:
            sentence, self._text = self._text[:end].strip(), self._text[end:].lstrip()
            if sentence:
                found.append(sentence)
        return found

    def rest(self) -> str:
        """What is left at the end."""
        left, self._text = self._text.strip(), ""
        return left


def _sentence_end(text: str) -> int | None:
    for stop in _STOP.finditer(text):
        if not _continues(text, stop):
            return stop.end()
    if len(text) <= _LONGEST:
        return None
    pauses = [pause.end() for pause in _PAUSE.finditer(text[:_LONGEST])]
    return pauses[-1] if pauses else text.rfind(" ", 0, _LONGEST) + 1 or _LONGEST


def _continues(text: str, stop: re.Match[str]) -> bool:
    """Whether a full stop belongs to an abbreviation or a number ("Dr. Smith", "3. Then")."""
    if stop.group()[0] != ".":
        return False
    words = text[: stop.start()].split()
    last = words[-1].lower().lstrip("(\"'“‘") if words else ""
    return last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last != "i") or last.isdigit()
