"""Which encoding bytes are in that say nothing of it and are no UTF-8. Pure.

Each encoding that people have files in is tried, with each language that is written in it. The likeliest wins when it
is likely at all, and clearly likelier than every other text that the bytes could be. `run.py bench encodings` measures
this beside a library.
"""

import re
from dataclasses import dataclass

from api.knowledge.extraction import likelihood

_WESTERN = "cp1252"
_WINDOWS, _WINDOW_BYTES, _BEFORE = 60, 400, 20
_HIGH = re.compile(rb"[\x80-\xff]")
_PLAIN = re.compile(rb"[A-Za-z0-9]")
_APART = re.compile(rb"[\x00-\x2f]")  # never the second byte of a character

# Logarithms of probabilities.
_LETTERS, _ACCENTS, _IDEOGRAPHS = -3.6, -4.2, -5.2
_MARGIN = 2.5
_FOREIGN = -4.0

_CYRILLIC = ("ru", "uk", "bg", "sr", "be", "mk")
_CENTRAL = ("pl", "cs", "sk", "hu", "hr", "sl", "ro", "de", "en")
_BALTIC = ("lt", "lv", "et")
_WEST = ("fr", "de", "es", "pt", "it", "sv", "da", "fi", "is", "ca", "nl", "et", "en")
_LATIN = frozenset({*_CENTRAL, *_BALTIC, *_WEST, "tr"})


@dataclass(frozen=True, slots=True)
class _Candidate:
    """`prior` is how likely it is that people have such a file. `least` is how likely right texts are at the least,
    for each of their places; Latin letters are fewer and vary more than others."""

    languages: tuple[str, ...]
    prior: float = 0.0
    least: float = _LETTERS


_CANDIDATES = {
    _WESTERN: _Candidate(_WEST, 4.0, _ACCENTS - 0.4),
    "cp1250": _Candidate(_CENTRAL, 0.0, _ACCENTS),
    "cp1251": _Candidate(_CYRILLIC, 1.0),
    "cp1253": _Candidate(("el",)),
    "cp1254": _Candidate(("tr",), 0.0, _ACCENTS),
    "cp1255": _Candidate(("he",)),
    "cp1256": _Candidate(("ar", "fa")),
    "cp1257": _Candidate(_BALTIC, 0.0, _ACCENTS),
    "cp874": _Candidate(("th",), 0.0, _ACCENTS),
    "cp932": _Candidate(("ja",), 0.0, _IDEOGRAPHS),
    "euc_jp": _Candidate(("ja",), 0.0, _IDEOGRAPHS),
    "gb18030": _Candidate(("zh-hans",), 0.0, _IDEOGRAPHS),
    "big5hkscs": _Candidate(("zh-hant",), 0.0, _IDEOGRAPHS),
    "cp949": _Candidate(("ko",), 0.0, _IDEOGRAPHS),
    "koi8_r": _Candidate(("ru", "bg")),
    "koi8_u": _Candidate(("uk", "ru")),
    "iso8859_2": _Candidate(_CENTRAL, -1.0, _ACCENTS),
    "iso8859_4": _Candidate(_BALTIC, -3.0, _ACCENTS),
    "iso8859_5": _Candidate(_CYRILLIC, -2.0),
    "iso8859_6": _Candidate(("ar",), -2.0),
    "iso8859_7": _Candidate(("el",), -1.0),
    "iso8859_13": _Candidate(_BALTIC, -3.0, _ACCENTS),
    "iso8859_15": _Candidate(_WEST, -2.0, _ACCENTS),
    "cp437": _Candidate(_WEST, -3.0, _ACCENTS),
    "cp737": _Candidate(("el",), -3.0),
    "cp775": _Candidate(_BALTIC, -3.0, _ACCENTS),
    "cp850": _Candidate(_WEST, -3.0, _ACCENTS),
    "cp852": _Candidate(_CENTRAL, -3.0, _ACCENTS),
    "cp855": _Candidate(_CYRILLIC, -3.0),
    "cp857": _Candidate(("tr",), -3.0, _ACCENTS),
    "cp862": _Candidate(("he",), -3.0),
    "cp866": _Candidate(("ru", "bg"), -1.0),
    "cp1125": _Candidate(("uk", "be"), -2.0),
    "mac_roman": _Candidate(_WEST, -3.0, _ACCENTS),
    "mac_latin2": _Candidate(_CENTRAL, -3.0, _ACCENTS),
    "mac_cyrillic": _Candidate(_CYRILLIC, -2.0),
    "mac_greek": _Candidate(("el",), -3.0),
    "mac_turkish": _Candidate(("tr",), -3.0, _ACCENTS),
}


@dataclass(frozen=True, slots=True)
class _Reading:
    """A sample in an encoding. `places` counts what beyond ASCII its likelihood speaks of."""

    encoding: str
    text: str
    likely: float
    places: int

    @property
    def is_latin(self) -> bool:
        return not _LATIN.isdisjoint(_CANDIDATES[self.encoding].languages)

    @property
    def is_text(self) -> bool:
        return self.likely >= _CANDIDATES[self.encoding].least * self.places

    def is_as(self, another: "_Reading") -> bool:
        """Whether both are the same, but perhaps for a letter in fifty: whichever is right, none is nonsense."""
        if len(self.text) != len(another.text):
            return False
        return sum(a != b for a, b in zip(self.text, another.text, strict=True)) * 50 <= self.places


def encoding(raw: bytes) -> str | None:
    """Python's name of the encoding; None where it is not sure."""
    sample = _sample(raw)
    high = len(_HIGH.findall(sample))
    mostly_ascii = len(_PLAIN.findall(sample)) >= 3 * high
    read = (_read(sample, name, high, mostly_ascii=mostly_ascii) for name in _CANDIDATES)
    found = sorted(read, key=lambda one: one.likely, reverse=True)
    best = found[0]
    other = next((one for one in found if not one.is_as(best)), None)
    if other is None or best.likely - other.likely >= _MARGIN:
        return best.encoding if best.is_text else None
    western = next(one for one in found if one.encoding == _WESTERN)
    rival = other if best is western else best
    # A mark here and there, as in "½ cup", could be a letter of another script.
    marked = mostly_ascii and not rival.is_latin and rival.likely - western.likely < _MARGIN
    return _WESTERN if marked else None


def _sample(raw: bytes) -> bytes:
    """Places with bytes beyond ASCII from all parts of a long text, cut between characters where these can be told."""
    if len(raw) <= _WINDOWS * _WINDOW_BYTES:
        return raw
    pieces, end = [], 0
    for number in range(_WINDOWS):
        start = max(end, number * len(raw) // _WINDOWS)
        if number and (apart := _APART.search(raw, start, start + _WINDOW_BYTES)):
            start = apart.end()
        found = _HIGH.search(raw, start)
        if found is None:
            break
        begin = max(start, found.start() - _BEFORE)
        end = begin + _WINDOW_BYTES
        if apart := _APART.search(raw, end, end + _WINDOW_BYTES):
            end = apart.start()
        pieces.append(raw[begin:end])
    return b"\n".join(pieces)


def _read(sample: bytes, name: str, high: int, *, mostly_ascii: bool) -> _Reading:
    """The sample, in which are `high` bytes beyond ASCII, in an encoding."""
    text, candidate = sample.decode(name, errors="replace"), _CANDIDATES[name]
    pairs = likelihood.pairs(text)
    likely = candidate.prior + max(likelihood.of(pairs, language) for language in candidate.languages)
    made = _Reading(name, text, likely, max(pairs.total(), high))
    if made.is_latin or not mostly_ascii:
        return made
    return _Reading(name, text, likely + _FOREIGN, made.places)
