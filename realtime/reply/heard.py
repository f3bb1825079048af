"""What the learner really heard of a reply that was cut off: only that belongs in the transcript."""

from dataclasses import dataclass, field

_SILENT_CHARACTERS_PER_SECOND = 15.0
"""Speed of the client's own voice, about 150 words a minute, when the server makes no sound."""


@dataclass
class _Sentence:
    text: str
    seconds: float = 0.0
    whole: bool = False


@dataclass
class Heard:
    """The sentences of a reply and how long each sounds."""

    _sentences: list[_Sentence] = field(default_factory=list)

    def begin(self, text: str) -> None:
        """A sentence begins to be played."""
        self._sentences.append(_Sentence(text))

    def sounded(self, seconds: float) -> None:
        """So much sound of the latest sentence was sent."""
        self._sentences[-1].seconds += seconds

    def complete(self) -> None:
        """All sound of the latest sentence was sent; only now its length is known."""
        self._sentences[-1].whole = True

    def seconds_of(self, characters: int) -> float:
        """How long so much text sounds, by the speed of what was said so far."""
        whole = [one for one in self._sentences if one.whole and one.seconds]
        spoken = sum(one.seconds for one in whole)
        speed = sum(len(one.text) for one in whole) / spoken if spoken else _SILENT_CHARACTERS_PER_SECOND
        return characters / speed

    def until(self, unheard_seconds: float, silent_for: float | None = None) -> str:
        """The text up to the word at which the sound stopped.

        `unheard_seconds`: sound that was sent and not played. `silent_for`: without sound from here, the seconds since
        the text was shown, by which the client's own voice has spoken some of it.
        """
        if silent_for is not None:
            return _words(" ".join(one.text for one in self._sentences), silent_for * _SILENT_CHARACTERS_PER_SECOND)
        heard = sum(one.seconds for one in self._sentences) - unheard_seconds
        parts = []
        for one in self._sentences:
            if heard <= 0:
                break
            if one.whole and heard >= one.seconds:
                parts.append(one.text)
            else:
                estimate = one.seconds if one.whole else len(one.text) / _SILENT_CHARACTERS_PER_SECOND
                parts.append(_words(one.text, len(one.text) * min(1.0, heard / max(estimate, 1e-6))))
            heard -= one.seconds
        return " ".join(part for part in parts if part)


def _words(text: str, characters: float) -> str:
    """Whole words of `text` within so many characters."""
    if characters >= len(text):
        return text
    cut = text[: int(characters) + 1]
    return cut[: cut.rfind(" ")].rstrip() if " " in cut else ""
