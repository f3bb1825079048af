"""American words as the network was taught to read them: reduced vowels, syllabic l and n, the tapped t."""

from speech.pronunciation.phones import VOWELS
from speech.synthesis.kokoro.symbols import CONSONANTS

_VOWELS = {
    "AA": "ɑ", "AE": "æ", "AO": "ɔ", "AW": "W", "AY": "I", "EH": "ɛ", "EY": "A", "IH": "ɪ", "IY": "i", "OW": "O",
    "OY": "Y", "UH": "ʊ", "UW": "u",
}  # fmt: skip
_SIBILANTS = ("S", "Z", "SH", "ZH", "CH", "JH")
_BEFORE_SYLLABIC_N = ("T", "D", "S", "Z", "P", "V", "F")


def read(word: str, phones: tuple[str, ...], marks: dict[int, str], *, strong: bool) -> str:
    """Symbols of a word; `marks` has the stress mark of the phones that have one, `strong` keeps AH from reducing."""
    out = []
    for i, phone in enumerate(phones):
        if phone not in VOWELS:
            out.append("T" if _is_tapped(phones, marks, i) else CONSONANTS[phone])
            continue
        mark = marks.get(i, "")
        out.append(mark + _vowel(word, phones, i, is_full=bool(mark) or strong))
    return "".join(out)


def _vowel(word: str, phones: tuple[str, ...], i: int, *, is_full: bool) -> str:
    phone = phones[i]
    if phone == "ER":
        return "ɜɹ" if is_full else "əɹ"
    if not is_full and phone in ("AH", "IH") and _is_ending(word, phones, i):
        return "ᵻ"
    if phone != "AH":
        return _VOWELS[phone]
    if is_full:
        return "ʌ"
    return "ᵊ" if _is_syllabic(phones, i) else "ə"


def _is_ending(word: str, phones: tuple[str, ...], i: int) -> bool:
    """The vowel of -ed and -es, after the sounds that need one."""
    if i != len(phones) - 2 or i == 0:
        return False
    before, last = phones[i - 1], phones[-1]
    return (last == "D" and word.endswith("ed") and before in ("T", "D")) or (
        last == "Z" and word.endswith(("es", "'s")) and before in _SIBILANTS
    )


def _is_syllabic(phones: tuple[str, ...], i: int) -> bool:
    if i == 0 or i + 1 >= len(phones) or phones[i - 1] in VOWELS:
        return False
    if i + 2 < len(phones) and phones[i + 2] in VOWELS:
        return False
    following, before = phones[i + 1], phones[i - 1]
    if following == "L":
        return before not in ("R", "L", "W", "Y")
    return following == "N" and before in _BEFORE_SYLLABIC_N


def _is_tapped(phones: tuple[str, ...], marks: dict[int, str], i: int) -> bool:
    """A t between a vowel (or r) and a vowel without stress; not that of "button"."""
    if phones[i] != "T" or not 0 < i < len(phones) - 1:
        return False
    if phones[i - 1] not in VOWELS and phones[i - 1] != "R":
        return False
    if phones[i + 1] not in VOWELS or i + 1 in marks:
        return False
    return not (_is_syllabic(phones, i + 1) and phones[i + 2] == "N")
