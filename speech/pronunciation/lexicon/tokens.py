"""A text as words to read: what each is spoken as, or why it cannot be read aloud."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kit import typography
from speech.pronunciation.lexicon import numbers

_ABBREVIATIONS = {
    "mr": "mister", "mrs": "missus", "ms": "miz", "dr": "doctor", "prof": "professor", "st": "saint", "jr": "junior",
    "sr": "senior", "vs": "versus", "etc": "et cetera", "e.g": "for example", "i.e": "that is", "a.m": "a m",
    "p.m": "p m", "no": "no", "approx": "approximately", "dept": "department", "govt": "government", "inc":
    "incorporated", "ltd": "limited", "co": "company", "mt": "mount", "ft": "fort", "gen": "general", "sgt": "sergeant",
    "capt": "captain", "jan": "january", "feb": "february", "mar": "march", "apr": "april", "aug": "august", "sep":
    "september", "sept": "september", "oct": "october", "nov": "november", "dec": "december", "mon": "monday", "tue":
    "tuesday", "wed": "wednesday", "thu": "thursday", "fri": "friday", "ave": "avenue", "blvd": "boulevard", "rd":
    "road", "u.s": "u s", "u.k": "u k", "u.s.a": "u s a", "ph.d": "p h d", "w/o": "without", "w/": "with",
}  # fmt: skip
_ONLY_WITH_DOT = frozenset([
    "no", "co", "mt", "ft", "gen", "mar", "sep", "oct", "dec", "mon", "wed", "fri", "sat", "sun", "rd", "inc",
    "st",
])  # fmt: skip
_SYMBOLS = {"&": "and", "+": "plus", "=": "equals", "@": "at", "%": "percent", "#": "number", "×": "times", "°":
            "degrees", "€": "euros", "$": "dollars", "£": "pounds"}  # fmt: skip
_LETTERS = {
    "a": "EY", "b": "B IY", "c": "S IY", "d": "D IY", "e": "IY", "f": "EH F", "g": "JH IY", "h": "EY CH", "i": "AY",
    "j": "JH EY", "k": "K EY", "l": "EH L", "m": "EH M", "n": "EH N", "o": "OW", "p": "P IY", "q": "K Y UW",
    "r": "AA R", "s": "EH S", "t": "T IY", "u": "Y UW", "v": "V IY", "w": "D AH B AH L Y UW", "x": "EH K S",
    "y": "W AY", "z": "Z IY",
}  # fmt: skip
_URL = re.compile(r"(?:https?://|www\.)\S+|\S+\.(?:com|org|net|edu|gov|io|cn|uk|de)(?:/\S*)?$", re.I)
_EMAIL = re.compile(r"\S+@\S+\.\w+")
_EDGES = "\"'()[]{}<>.,;:!?–-*_~`|/\\¡¿•·‣⁃◦▪■●○†‡§¶※♪♫"
# A dash or dots between two words without a space are a break, too.
_BREAK = re.compile(r"(?<=[^\s\d])(?:–+|--+|\.{3,})(?=[\"'(\[]*[^\W\d_])")


@dataclass(frozen=True)
class Token:
    """A word as it is read, and as the text shows it (`shown`).

    `spoken` are the dictionary words it is read as; `skipped` says why it cannot be read.
    `pause` is true when punctuation after it asks for a break. `spelled` words are read letter by letter. `others` are
    further ways of reading it aloud, such as those of a year. `tail` is the punctuation after it.
    """

    text: str
    spoken: tuple[str, ...]
    skipped: str | None = None
    pause: bool = False
    spelled: bool = False
    sentence_end: str = ""
    others: tuple[tuple[str, ...], ...] = ()
    shown: str = ""
    tail: str = ""


def split(text: str) -> list[Token]:
    """The words of a text in order. Punctuation alone is no word; whatever cannot be read aloud is kept and skipped."""
    seen = typography.trace(text)
    # In a text with no Latin letter at all, those that look so are none.
    pieces = list(_pieces(typography.latin(seen.text) if re.search("[A-Za-z]", seen.text) else seen.text))
    tokens: list[Token] = []
    for i, (piece, at) in enumerate(pieces):
        following = pieces[i + 1][0] if i + 1 < len(pieces) else ""
        token = _token(piece, tokens[-1].text if len(tokens) > 1 else "", following)
        if token is not None:
            start = at + max(0, piece.find(token.text))  # a minus may be another sign there
            tokens.append(replace(token, shown=seen.shown(start, start + len(token.text))))
        elif tokens and re.search(r"[.,;:!?–-]", piece):
            last = tokens[-1]
            tokens[-1] = replace(last, pause=True, tail=last.tail + piece)
    return tokens


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """What stands between spaces, and where."""
    for run in re.finditer(r"\S+", text):
        start = run.start()
        for found in _BREAK.finditer(run[0]):
            yield text[start : run.start() + found.end()], start
            start = run.start() + found.end()
        yield text[start : run.end()], start


def letters(word: str) -> list[str]:
    """Phones of a word spelled out."""
    return [p for c in word.lower() if c in _LETTERS for p in _LETTERS[c].split()]


def abbreviated(text: str) -> bool:
    """Is the full stop behind this word its own?"""
    return text.lower() in _ABBREVIATIONS or len(text) == 1


def _token(piece: str, before: str, after: str) -> Token | None:
    trimmed = piece.strip(_EDGES)
    if re.match(r"[-−][.\d]", piece):
        trimmed = "-" + trimmed
    tail = piece[len(piece.rstrip(_EDGES)) :]
    ending = next((c for c in reversed(tail) if c in ".!?"), "")
    pause = any(c in ".,;:!?–" for c in tail)
    if _EMAIL.fullmatch(trimmed):
        return Token(piece, (), "email address")
    if _URL.fullmatch(trimmed):
        return Token(piece, (), "web address")
    if not trimmed:
        return Token(piece, (_SYMBOLS[piece],)) if piece in _SYMBOLS else None
    if trimmed in _SYMBOLS:
        return Token(trimmed, (_SYMBOLS[trimmed],), pause=pause, tail=tail)
    spoken, spelled = _spoken(trimmed, tail, before, after)
    if spoken:
        others = tuple(map(tuple, numbers.others(trimmed)))
        return Token(trimmed, tuple(spoken), None, pause, spelled, ending, others, tail=tail)
    return Token(trimmed, (), _reason(trimmed), pause, tail=tail)


def _reason(text: str) -> str:
    kinds = {unicodedata.category(c) for c in text}
    if kinds & {"So", "Sk", "Cs", "Cn", "Co"}:
        return "emoji or symbol"
    return "not written in Latin letters" if kinds & {"Lo", "Lu", "Ll", "Lm"} else "cannot be read aloud"


def _spoken(text: str, tail: str, before: str, after: str) -> tuple[list[str], bool]:
    """Dictionary words of a token, and whether they are letters."""
    plain = typography.unaccented(text).lower()
    if plain in _ABBREVIATIONS and (tail.startswith(".") or "." in plain or plain not in _ONLY_WITH_DOT):
        return _abbreviation(plain, before, after), False
    number = numbers.read(text)
    if number:
        return number, False
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]?", text) or re.fullmatch(r"[B-HJ-Z]", text):
        return [c for c in plain if c.isalpha()], True
    plain = plain.replace(".", "")
    if re.fullmatch(r"[a-z']+", plain) and re.search("[a-z]", plain):
        return [plain], False
    words: list[str] = []
    for part in re.findall(r"[a-z']*[a-z][a-z']*|\d+(?:[.,]\d+)*|[&+=%#@×°$€£]", plain):
        words += numbers.read(part) or [_SYMBOLS.get(part, part)]
    readable = sum(c.isalnum() for c in plain)
    return (words if readable and readable == sum(c.isascii() and c.isalnum() for c in plain) else []), False


def _abbreviation(plain: str, before: str, after: str) -> list[str]:
    named = after[:1].isupper()
    if plain == "st" and (not named or before[:1].isupper()):
        return ["street"]
    if plain == "dr" and before[:1].isupper() and after[:1].islower():
        return ["drive"]
    if plain == "no":
        return ["number"] if after[:1].isdigit() else ["no"]
    return _ABBREVIATIONS[plain].split()
