"""From a text to what the network reads: symbols with stress marks, in clauses that are short enough for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from speech.pronunciation.lexicon import stress
from speech.pronunciation.lexicon.reading import Reader, ReadToken, SpokenWord
from speech.pronunciation.phones import VOWELS
from speech.synthesis.kokoro import american, british
from speech.synthesis.kokoro.symbols import STOPS

_WORDS_WITHOUT_STRESS = frozenset([
    "a", "an", "the", "to", "of", "and", "in", "for", "is", "it", "that", "was", "are", "you", "he", "she", "we",
    "they", "at", "with", "from", "as", "this", "have", "has", "had", "be", "been", "or", "by", "but", "his", "her",
    "my", "your", "our", "their", "its", "them", "him", "us", "me", "were", "am", "do", "does", "did", "can", "could",
    "will", "would", "should", "must", "may", "might", "than", "if", "there", "who", "which", "i'm", "you're",
    "we're", "they're", "it's", "that's", "he's", "she's", "i'll", "you'll", "we'll", "they'll", "he'll", "she'll",
    "it'll", "i've", "you've", "we've", "they've", "i'd", "you'd", "he'd", "she'd", "we'd", "they'd", "there's",
    "what's", "let's", "into", "onto", "these", "those",
])  # fmt: skip
_WORDS_OF_HALF_STRESS = frozenset(("i", "on", "what", "when", "where", "how", "not", "just", "so", "because", "all"))
_PRONOUNS = frozenset(("it", "them", "him", "her", "us", "me", "you", "i", "he", "she", "we", "they", "a", "an", "the"))
_FORMS = {
    "and": ("AE", "N", "D"), "them": ("DH", "EH", "M"), "for": ("F", "AO", "R"), "your": ("Y", "UH", "R"),
    "our": ("AW", "ER"), "because": ("B", "IH", "K", "AH", "Z"), "can": ("K", "AE", "N"), "at": ("AE", "T"),
    "as": ("AE", "Z"), "that": ("DH", "AE", "T"), "than": ("DH", "AE", "N"), "or": ("AO", "R"), "are": ("AA", "R"),
    "just": ("JH", "AH", "S", "T"), "from": ("F", "R", "AH", "M"), "of": ("AH", "V"), "was": ("W", "AH", "Z"),
}  # fmt: skip
_REDUCED = frozenset(("AH", "ER", "IH"))
_ALONE = 20
"""Symbols; the network garbles what is shorter: "Oh." was heard as "Loathe" (`bench voice`)."""


@dataclass(frozen=True, slots=True)
class ClauseWord:
    """A word as written and where its symbols stand in its clause, [start, end)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """What the network speaks at once. `stop` is its last symbol where that is punctuation."""

    symbols: str
    words: tuple[ClauseWord, ...]

    @property
    def stop(self) -> str:
        """The mark at its end; "" without one."""
        return self.symbols[-1] if self.symbols[-1:] and self.symbols[-1] in STOPS else ""

    def with_next(self, other: "Clause") -> "Clause":
        """Both in one breath."""
        at = len(self.symbols) + 1
        words = (ClauseWord(word.text, at + word.start, at + word.end) for word in other.words)
        return Clause(f"{self.symbols} {other.symbols}", (*self.words, *words))


def clauses(reader: Reader, text: str, *, is_british: bool, most: int) -> list[Clause]:
    """The clauses of a text, of about `most` symbols at most; [] when nothing in it can be read aloud."""
    found: list[Clause] = []
    for sentence in _phrases(reader.read(text)):
        said = _Said(sentence, is_british)
        found += [_clause(part) for part in _parts(said.words(), most)]
    return list(_together(found, most))


@dataclass(slots=True)
class _Symbols:
    text: str
    symbols: str
    stop: str
    is_weak: bool


def _phrases(read: list[ReadToken]) -> Iterator[list[ReadToken]]:
    """Up to each stop that ends a sentence."""
    phrase: list[ReadToken] = []
    for token in read:
        phrase.append(token)
        if token.stop and token.stop in ".!?…":
            yield phrase
            phrase = []
    if phrase:
        yield phrase


def _parts(words: list[_Symbols], most: int) -> Iterator[list[_Symbols]]:
    """Cut at the last stop that leaves a part short enough, else before a weak word, else anywhere."""
    while words:
        length, fits = 0, 0
        while fits < len(words) and (length := length + len(words[fits].symbols) + 1) <= most:
            fits += 1
        fits = max(1, fits)
        if fits < len(words):
            stops = [i + 1 for i in range(fits) if words[i].stop and i > 0]
            weak = [i for i in range(2, fits + 1) if words[i].is_weak and not words[i - 1].is_weak]
            fits = stops[-1] if stops else weak[-1] if weak else fits
        yield words[:fits]
        words = words[fits:]


def _together(found: list[Clause], most: int) -> Iterator[Clause]:
    """Clauses that are too short to be spoken alone, with their neighbours."""
    held: Clause | None = None
    for clause in found:
        if held is None:
            held = clause
        elif min(len(held.symbols), len(clause.symbols)) < _ALONE and len(held.symbols + clause.symbols) < most:
            held = held.with_next(clause)
        else:
            yield held
            held = clause
    if held is not None:
        yield held


def _clause(words: list[_Symbols]) -> Clause:
    symbols, places = "", []
    for word in words:
        start = len(symbols)
        symbols += word.symbols
        places.append(ClauseWord(word.text, start, len(symbols)))
        symbols += word.stop + " "
    return Clause(symbols.rstrip(), tuple(places))


class _Said:
    """The words of one phrase, each with the form that its neighbours and place ask for."""

    def __init__(self, tokens: list[ReadToken], is_british: bool) -> None:
        self._is_british = is_british
        self._tokens = tokens
        self._flow = [(word, token) for token in tokens for word in token.words]

    def words(self) -> list[_Symbols]:
        last = len(self._flow) - 1
        has_stress = any(not _is_weak(word) for word, _ in self._flow)
        at, found = 0, []
        for token in self._tokens:
            parts = []
            letters = all(word.is_letter for word in token.words)
            for k, word in enumerate(token.words):
                following = (
                    self._flow[at + 1][0] if at < last and not (token.stop and k == len(token.words) - 1) else None
                )
                must = at == last and not has_stress
                symbols = self._word(word, following, must=must)
                parts.append(symbols.replace("ˈ", "ˌ") if letters and k < len(token.words) - 1 else symbols)
                at += 1
            weak = all(_is_weak(word) for word in token.words)
            found.append(_Symbols(token.text, ("" if letters else " ").join(parts), token.stop, weak))
        return found

    def _word(self, word: SpokenWord, following: SpokenWord | None, *, must: bool) -> str:
        before_vowel = following is not None and following.phones[0] in VOWELS
        weak = _is_weak(word) and not must
        if weak and not word.is_letter:
            if word.word == "the":
                return "ði" if before_vowel else "ðə"
            if word.word in ("a", "an"):
                return "ɐ" if word.word == "a" else "ɐn"
            if word.word == "to" and following is not None:
                return "tʊ" if before_vowel else "tə"
        phones = word.phones if word.is_letter else _FORMS.get(word.word, word.phones)
        if self._is_british and not word.is_letter:
            phones = british.adapted(word.word, phones)
        if weak and word.word in _WORDS_WITHOUT_STRESS:
            stranded = following is None and word.word not in _PRONOUNS
            marks = {_vowel(phones, 0): "ˌ"} if stranded else {}
        elif weak:
            marks = {_vowel(phones, word.main): "ˌ"}
        else:
            marks = _marks(phones, word.main)
        strong = weak or sum(phone in VOWELS for phone in phones) == 1
        if self._is_british:
            return british.read(word.word, phones, marks, strong=strong and not marks, links=before_vowel)
        return american.read(word.word, phones, marks, strong=strong and not marks)


def _is_weak(word: SpokenWord) -> bool:
    return not word.is_letter and (word.word in _WORDS_WITHOUT_STRESS or word.word in _WORDS_OF_HALF_STRESS)


def _vowel(phones: tuple[str, ...], number: int) -> int:
    """Where the vowel with this number stands, or the last one; 0 without vowels."""
    vowels = [i for i, phone in enumerate(phones) if phone in VOWELS]
    return vowels[min(number, len(vowels) - 1)] if vowels else 0


def _marks(phones: tuple[str, ...], main: int) -> dict[int, str]:
    """Stress marks by phone: the main one, and lesser ones on full vowels away from it."""
    vowels = [i for i, phone in enumerate(phones) if phone in VOWELS]
    if not vowels:
        return {}
    main = min(main, len(vowels) - 1)
    marks = {vowels[main]: "ˈ"}
    ends = [end for _, end in stress.syllables(phones)]
    for k, i in enumerate(vowels):
        is_full = phones[i] not in _REDUCED
        is_closed = ends[k] > i + 1
        first_of_many = k == 0 and main >= 2
        away = (
            abs(k - main) >= 2
            and is_full
            and not (k == len(vowels) - 1 and phones[i] in ("IY", "OW") and not is_closed)
        )
        beside = k == main + 1 and is_full and is_closed and k == len(vowels) - 1 and phones[i] != "IY"
        if k != main and (first_of_many or away or beside):
            marks[i] = "ˌ"
    return marks
