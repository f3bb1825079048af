"""A text as it is to be said aloud by a voice: one pronunciation a word, that of a native speaker."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from speech.pronunciation import phones
from speech.pronunciation.lexicon import homographs, stress, tokens
from speech.pronunciation.lexicon.dictionary import MODELS, Dictionary
from speech.pronunciation.lexicon.plan import NEAR
from speech.pronunciation.lexicon.spelling import Speller


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A dictionary word, its phones without stress digits, and the index of the syllable with the main stress."""

    word: str
    phones: tuple[str, ...]
    main: int
    is_letter: bool = False


@dataclass(frozen=True, slots=True)
class ReadToken:
    """A word of the text, the words it is read as, and the stop behind it: one of `,;:.!?…—` or nothing."""

    text: str
    words: tuple[SpokenWord, ...]
    stop: str


class Reader:
    """Reads texts. Thread-safe: nothing changes after loading but caches."""

    def __init__(self, dictionary: Dictionary, speller: Speller) -> None:
        self._dictionary = dictionary
        self._speller = speller

    @classmethod
    def load(cls, folder: Path = MODELS) -> "Reader":
        """Dictionary and speller of a folder."""
        return cls(Dictionary(), Speller.load(folder))

    def read(self, text: str) -> list[ReadToken]:
        """What cannot be read aloud is left out."""
        parts = [token for token in tokens.split(text) if token.skipped is None]
        flow: list[str] = []
        places = []
        for token in parts:
            places.append(len(flow))
            flow += [*token.spoken, *([""] if token.pause else [])]
        shouting = text.upper() == text
        read = []
        for i, token in enumerate(parts):
            words = []
            for k, word in enumerate(token.spoken):
                at = places[i] + k
                words += self._words(token, word, flow[:at][::-1][:NEAR], flow[at + 1 :][:NEAR], shouting)
            read.append(ReadToken(token.shown, tuple(words), _stop(token, is_last=i == len(parts) - 1)))
        return [token for token in read if token.words]

    def _words(
        self, token: tokens.Token, word: str, before: Sequence[str], after: Sequence[str], shouting: bool
    ) -> list[SpokenWord]:
        if token.spelled or (len(word) == 1 and word not in ("a", "i")):
            return _letters(word)
        if token.text in ("a.m", "p.m") and word in "apm":
            return _letters(word)
        known = self._dictionary.standard(word)
        chosen = homographs.pick(word, before, after)
        if chosen is not None:
            known = tuple(chosen.split())
        if (
            token.text.isupper()
            and len(word) in range(2, 6)
            and not shouting
            and known in (None, tuple(tokens.letters(word)))
        ):
            return _letters(word)
        if known is None:
            known = self._speller.read(word)
            if not any(p in phones.VOWELS for p in known):
                return _letters(word)
        marked = [p for p in self._dictionary.own(word) if tuple(map(phones.bare, p)) == known]
        shift = homographs.stressed(word, before, after)
        main = shift if shift is not None else stress.main(word, marked[0] if marked else known)
        return [SpokenWord(word, known, main)]


def _letters(word: str) -> list[SpokenWord]:
    return [SpokenWord(c, tuple(tokens.letters(c)), 0, is_letter=True) for c in word if tokens.letters(c)]


def _stop(token: tokens.Token, is_last: bool) -> str:
    tail = token.tail
    if tail.startswith(".") and not is_last and tokens.abbreviated(token.text):
        tail = tail[1:]
    for stop in ("?", "!", "…", ".", ";", ":", "—", ","):
        if stop in tail:
            return "…" if "..." in tail else stop
    return (
        "—"
        if "–" in tail or "--" in tail or tail == "-"
        else ","
        if token.pause and not tokens.abbreviated(token.text)
        else ""
    )
