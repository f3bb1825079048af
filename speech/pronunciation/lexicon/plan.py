"""From a text to what is to be said: words, each with the pronunciations that count as right."""

from dataclasses import dataclass
from pathlib import Path

from speech.pronunciation import phones
from speech.pronunciation.lexicon import homographs, stress, tokens
from speech.pronunciation.lexicon.dictionary import MODELS, Dictionary
from speech.pronunciation.lexicon.spelling import Speller

MOST_VARIANTS = 6
MOST_READINGS = 6
NEAR = 5
"""Words on either side that tell homographs apart."""


@dataclass(frozen=True)
class PlannedWord:
    """A word of the text, as it stands there and as it is read (`plain`).

    `variants` are pronunciations in ARPAbet, likeliest first; empty when it is skipped.
    `source` is "dictionary", "spelled" (letter by letter), "guessed" (in no dictionary) or "given".
    """

    index: int
    text: str
    variants: tuple[tuple[str, ...], ...]
    skipped: str | None
    source: str
    pause: bool = False
    sentence_end: str = ""
    plain: str = ""

    def stress(self, variant: int) -> int | None:
        """Syllable of the main stress of a pronunciation, None for words of one syllable or several words."""
        p = self.variants[variant]
        if len(stress.syllables(p)) < 2 or " " in self.plain or not self.plain.isascii() or "-" in self.plain:
            return None
        if not any(c.isalpha() for c in self.plain) or any(c.isdigit() for c in self.plain):
            return None
        return stress.main(self.plain.lower(), p)


@dataclass(frozen=True)
class Plan:
    """All words of a text; `spoken` are those that can be read aloud."""

    text: str
    words: tuple[PlannedWord, ...]

    @property
    def spoken(self) -> tuple[PlannedWord, ...]:
        """The words that can be read."""
        return tuple(w for w in self.words if w.skipped is None)


class Lexicon:
    """Makes plans. Thread-safe: nothing changes after loading but caches."""

    def __init__(self, dictionary: Dictionary, speller: Speller) -> None:
        self._dictionary = dictionary
        self._speller = speller

    @classmethod
    def load(cls, folder: Path = MODELS) -> "Lexicon":
        """Dictionary and speller of a folder."""
        return cls(Dictionary(), Speller.load(folder))

    def plan(self, text: str, given: dict[int, tuple[tuple[str, ...], ...]] | None = None) -> Plan:
        """The plan of a text; `given` maps word indices to pronunciations that replace the dictionary's."""
        parts = tokens.split(text)
        flow = [[*t.spoken, *([""] if t.pause else [])] for t in parts]
        shouting = text.upper() == text
        words: list[PlannedWord] = []
        for i, token in enumerate(parts):
            if given and i in given:
                variants, source = given[i], "given"
            elif token.skipped:
                variants, source = (), "none"
            else:
                earlier = [w for part in flow[max(0, i - NEAR) : i] for w in part]
                later = [*([""] if token.pause else []), *(w for part in flow[i + 1 : i + 1 + NEAR] for w in part)]
                variants, source = self._token(token, earlier, later, shouting)
            skipped = None if variants else token.skipped or "cannot be read aloud"
            words.append(
                PlannedWord(i, token.shown, variants, skipped, source, token.pause, token.sentence_end, token.text)
            )
        return Plan(text, tuple(words))

    def _token(
        self, token: tokens.Token, before: list[str], after: list[str], shouting: bool
    ) -> tuple[tuple[tuple[str, ...], ...], str]:
        """Pronunciations of a token between its neighbours; "" among those stands for a pause."""
        if token.spelled:
            return (tuple(p for c in token.spoken for p in tokens.letters(c)),), "spelled"
        joined, source = self._reading(token, token.spoken, before, after, shouting)
        for other in token.others[:MOST_READINGS]:
            more, _ = self._reading(token, other, before, after, shouting)
            joined += tuple(v for v in more[:2] if v not in joined)
        return joined, source

    def _reading(
        self, token: tokens.Token, spoken: tuple[str, ...], earlier: list[str], later: list[str], shouting: bool
    ) -> tuple[tuple[tuple[str, ...], ...], str]:
        """Pronunciations of one way to read a token, and where they come from."""
        flow, at = [*earlier, *spoken, *later], len(earlier)
        choices: list[tuple[tuple[str, ...], ...]] = []
        source = "dictionary"
        for k, word in enumerate(spoken):
            found = self._word(word, flow[: at + k][::-1][:NEAR], flow[at + k + 1 :][:NEAR])
            if word == "a" and token.text[0] in "Aa" and len(spoken) > 1:
                found = (tuple(tokens.letters(word)),)
            if not found and token.text.isupper() and len(spoken) == 1 and len(word) < 6 and not shouting:
                found, source = (tuple(tokens.letters(word)),), "spelled"
            if not found:
                found, source = _guess(self._speller, word), "guessed"
            choices.append(found)
        if any(not c for c in choices):
            return (), source
        joined = choices[0][:MOST_VARIANTS]
        for more in choices[1:]:
            joined = tuple(a + b for a in joined for b in more[:2])[:MOST_VARIANTS]
        return joined, source

    def _word(self, word: str, before: list[str], after: list[str]) -> tuple[tuple[str, ...], ...]:
        if word in ("a", "m", "p", "s", "u", "d", "e") and (word != "a" or after[:1] == ["m"]) and len(word) == 1:
            return (tuple(tokens.letters(word)),)
        known = self._dictionary.find(word)
        chosen = homographs.pick(word, before, after)
        if chosen is None:
            return known
        bare = tuple(chosen.split())
        marked = [p for p in self._dictionary.own(word) if tuple(map(phones.bare, p)) == bare]
        return (marked[0] if marked else bare,)


def _guess(speller: Speller, word: str) -> tuple[tuple[str, ...], ...]:
    read = speller.read(word)
    if not any(p in phones.VOWELS for p in read):
        read = tuple(tokens.letters(word))
    return (read,) if read else ()
