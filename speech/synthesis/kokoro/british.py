"""British words from American phones and the spelling, which tells apart what American English has merged."""

import re

from speech.pronunciation.lexicon import british
from speech.pronunciation.phones import VOWELS
from speech.synthesis.kokoro.symbols import CONSONANTS

_VOWELS = {
    "AE": "a", "AW": "W", "AY": "I", "EH": "ɛ", "EY": "A", "IH": "ɪ", "OW": "Q", "OY": "Y", "UH": "ʊ",
}  # fmt: skip
_LONG_AW = re.compile("au|aw|al|ough|oa|oor")
_WA = re.compile("w(?:ha|a)(?!ter|ll|lk|r)|qua")
_SHORT_OR = re.compile("forest|orange|foreign|horr|origin|moral|coral|torrent|histori|quarr|warr|tomorrow|sorry|borrow")
_SHORT_AR = re.compile("arr|paris|charact|charit|paragraph|parallel|compari|caroli|clari|guarant")
_LONG_YOU = re.compile("ew|eu|[tdn]u|sui")
_FLAT = frozenset(("your", "yours", "you're", "sure", "surely", "poor"))


def adapted(word: str, american: tuple[str, ...]) -> tuple[str, ...]:
    """The phones that British speakers have in the place of the American ones."""
    own = british.single(word)
    if own is not None:
        return own
    phones = list(american)
    if british.is_broad(word):
        phones = ["AA" if phone == "AE" else phone for phone in phones]
    for i in range(len(phones) - 1, 0, -1):
        if phones[i] == "UW" and phones[i - 1] in ("T", "D", "N") and _LONG_YOU.search(word):
            phones.insert(i, "Y")
    return tuple(phones)


def read(word: str, phones: tuple[str, ...], marks: dict[int, str], *, strong: bool, links: bool) -> str:
    """Symbols of a word, as in `american`; `links`: the next word begins with a vowel, so that a last r is heard."""
    out = []
    for i, phone in enumerate(phones):
        before_vowel = phones[i + 1] in VOWELS if i + 1 < len(phones) else links
        if phone in VOWELS:
            mark = marks.get(i, "")
            out.append(mark + _vowel(word, phones, i, is_full=bool(mark) or strong, links=links, is_long=bool(mark)))
        elif phone != "R" or before_vowel or i == 0:
            out.append(CONSONANTS[phone])
    return "".join(out)


def _vowel(word: str, phones: tuple[str, ...], i: int, *, is_full: bool, links: bool, is_long: bool) -> str:
    phone = phones[i]
    following = phones[i + 1] if i + 1 < len(phones) else ""
    after = phones[i + 2] if i + 2 < len(phones) else ""
    if phone == "ER":
        vowel_follows = following in VOWELS if following else links
        if is_full and following in VOWELS and re.search("urr|our|orr", word):
            return "ʌɹ"
        return ("ɜː" if is_full else "ə") + ("ɹ" if vowel_follows else "")
    if following == "R":
        return _before_r(word, phone, is_full=is_full, inside=after in VOWELS)
    if phone == "AH":
        return "ʌ" if is_full else "ə"
    if phone == "AA":
        return "ɒ" if ("o" in word and not british.is_broad(word)) or _WA.search(word) else "ɑː"
    if phone == "AO":
        return "ɒ" if ("o" in word and not _LONG_AW.search(word)) or _WA.search(word) else "ɔː"
    if phone in ("IY", "UW"):
        vowel = "i" if phone == "IY" else "u"
        return vowel + "ː" if is_long or (following and following not in VOWELS) else vowel
    return _VOWELS[phone]


def _before_r(word: str, phone: str, *, is_full: bool, inside: bool) -> str:
    """The vowel before an r that is heard only when a vowel follows it `inside` the word."""
    if phone in ("AA", "AO"):
        if inside and _SHORT_OR.search(word):
            return "ɒ"
        return "ɑː" if phone == "AA" and not (inside and "o" in word) else "ɔː"
    if phone in ("EH", "AE"):
        if inside and (phone == "AE" or _SHORT_AR.search(word)):
            return "a"
        return "ɛ" if inside and re.search("er[riyo]", word) else "ɛː"
    if phone in ("IH", "IY"):
        return "ɪ" if inside and not re.search("e[ae]?r|ier", word) else "ɪə"
    if phone in ("UH", "UW"):
        return "ɔː" if word in _FLAT else "ʊə"
    if phone == "AH":
        return "ʌ" if is_full else "ə"
    return {"AW": "Wə", "AY": "Iə", "OW": "ɔː", "EY": "Aə", "OY": "Yə"}[phone] if not inside else _VOWELS[phone]
