"""Normalizes text to what readers see: without invisible characters, and with one sign where typography has several.

Texts come out of word processors, web pages and phones with soft hyphens, joiners, directions, marks beside their
letters, and five kinds of quotation mark. All code that compares or splits a learner's words uses this.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_APOSTROPHES = "’‘‛ʼʻʹ′‵＇`´ꞌ"
_QUOTES = "“”„‟«»‹›″‶＂❝❞〝〞〟「」『』《》〈〉【】"
_HYPHENS = "‐‑﹣－"
_DASHES = "‒–—―⸺⸻﹘"
_SIGNS = str.maketrans(
    {sign: "'" for sign in _APOSTROPHES}
    | {sign: '"' for sign in _QUOTES}
    | {sign: "-" for sign in _HYPHENS}
    | {sign: "–" for sign in _DASHES}
    | dict.fromkeys("™℠®©")
)
# Those that Unicode calls letters or marks: joiners, fillers, variation selectors, a place for an object.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\ufffc\U000e0100-\U000e01ef]"
)
# Letters of other scripts that look like Latin ones: keyboards of two languages, and pasted texts, mix them up.
_LOOKALIKES = str.maketrans(
    "асеіјорѕухѵԁԛԝһӏАВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧονɡı", "aceijopsyxvdqwhlABESIJKMHOPCTYXABEZHIKMNOPTYXovgi"
)
_VIRAMA = 9  # its combining class
_JOINED = re.compile("[\u0600-\u109f\u1780-\u18af\ua800-\uabff\U00010a00-\U00011fff\U0001e900-\U0001e95f]")
_EMOJI = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")  # of a part of a country
_WORD = re.compile(r"[^\W\d_]+")
_SPACES = {"Zs": " ", "Zl": "\n", "Zp": "\n"}
_FRACTION = re.compile("[¼-¾⅐-⅞]")


@dataclass(frozen=True)
class Trace:
    """`text` is what `source` reads as; spans of it lead back to where they stand there."""

    source: str
    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the source."""
        if self.starts is None or self.ends is None:
            return start, end
        begin = self.starts[start] if start < len(self.starts) else len(self.source)
        return begin, max(begin, self.ends[end - 1]) if end > start else begin

    def shown(self, start: int, end: int) -> str:
        """`text[start:end]` as the source shows it."""
        begin, finish = self.span(start, end)
        return "".join(one for one in self.source[begin:finish] if not _unseen(one))


def plain(text: str) -> str:
    """The text as it is read, in compatibility form (NFKC)."""
    return text if text.isascii() and text.isprintable() else trace(text).text


def tidy(name: str) -> str:
    """A name that people type and compare by eye, in one form: composed letters (NFC), single spaces, no controls and
    no signs of format but those that change a letter or an emoji. Empty for one that cannot be seen."""
    text = unicodedata.normalize("NFC", name)
    flags = {at for flag in _FLAG.finditer(text) for at in range(*flag.span())}
    shown = "".join(
        one
        for at, one in enumerate(text)
        if one.isspace() or unicodedata.category(one) not in ("Cc", "Cf") or at in flags or _joins(text, at)
    )
    if all(one.isspace() or _unseen(one) for one in shown):
        return ""
    return unicodedata.normalize("NFC", " ".join(shown.split()))


def _joins(text: str, at: int) -> bool:
    """Whether a joiner changes what is seen: after a virama, between letters of a script that needs it, in an emoji."""
    if text[at] not in "\u200c\u200d":
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before and unicodedata.combining(before) == _VIRAMA:
        return True
    if _JOINED.match(before) and _JOINED.match(after):
        return all(unicodedata.category(one)[0] in "LM" for one in (before, after))
    return text[at] == "\u200d" and bool(_EMOJI.match(before) and _EMOJI.match(after))


def unaccented(text: str) -> str:
    """Letters without their accents, for look-ups."""
    return "".join(one for one in unicodedata.normalize("NFD", text) if unicodedata.category(one) != "Mn")


def latin(text: str) -> str:
    """Words that look Latin as Latin ones, for look-ups: of the same length, letter by letter. Words with a letter that
    does not look so stay as they are."""
    return text if text.isascii() else _WORD.sub(_as_latin, text)


def _as_latin(word: re.Match[str]) -> str:
    read = word[0].translate(_LOOKALIKES)
    return read if read != word[0] and unaccented(read).isascii() else word[0]


def trace(text: str, *, signs: bool = True) -> Trace:
    """Without `signs`, quotation marks, dashes and compatibility forms stay: for texts whose marks are judged, too."""
    if text.isascii() and (text.isprintable() or not any(map(_unseen, text))):
        return Trace(text, text)
    made: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and (unicodedata.combining(text[end]) or _unseen(text[end])):
            end += 1
        piece = _read("".join(one for one in text[at:end] if not _unseen(one)), signs)
        made.append(piece)
        starts += [at] * len(piece)
        ends += [end] * len(piece)
        at = end
    read = "".join(made)
    return Trace(text, text) if read == text else Trace(text, read, tuple(starts), tuple(ends))


@lru_cache(maxsize=4096)
def _read(cluster: str, signs: bool) -> str:
    """A letter with its marks."""
    if not signs:
        space = _SPACES.get(unicodedata.category(cluster)) if len(cluster) == 1 else None
        return space or unicodedata.normalize("NFC", cluster)
    if _FRACTION.fullmatch(cluster):  # ½ as 1/2: a fraction, and not a one beside a two
        return unicodedata.normalize("NFKC", cluster).replace("⁄", "/")
    return unicodedata.normalize("NFKC", cluster.translate(_SIGNS)).translate(_SIGNS)


@lru_cache(maxsize=4096)
def _unseen(one: str) -> bool:
    kind = unicodedata.category(one)
    return kind in ("Cf", "Me") or (kind == "Cc" and not one.isspace()) or _UNSEEN.match(one) is not None
