"""The phone set: 39 ARPAbet phones and silence, their IPA, and what kind of sound each is."""

PHONES = tuple(
    [
        "AA",
        "AE",
        "AH",
        "AO",
        "AW",
        "AY",
        "B",
        "CH",
        "D",
        "DH",
        "EH",
        "ER",
        "EY",
        "F",
        "G",
        "HH",
        "IH",
        "IY",
        "JH",
        "K",
        "L",
        "M",
        "N",
        "NG",
        "OW",
        "OY",
        "P",
        "R",
        "S",
        "SH",
        "T",
        "TH",
        "UH",
        "UW",
        "V",
        "W",
        "Y",
        "Z",
        "ZH",
    ]
)
INDEX = {phone: i for i, phone in enumerate(PHONES)}
COUNT = len(PHONES)
SILENCE = COUNT
"""Column of silence in every table of phone probabilities."""

VOWELS = frozenset(["AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"])

_IPA = [
    "AA",
    "ɑ",
    "AE",
    "æ",
    "AH",
    "ʌ",
    "AO",
    "ɔ",
    "AW",
    "aʊ",
    "AY",
    "aɪ",
    "B",
    "b",
    "CH",
    "tʃ",
    "D",
    "d",
    "DH",
    "ð",
    "EH",
    "ɛ",
    "ER",
    "ɝ",
    "EY",
    "eɪ",
    "F",
    "f",
    "G",
    "ɡ",
    "HH",
    "h",
    "IH",
    "ɪ",
    "IY",
    "i",
    "JH",
    "dʒ",
    "K",
    "k",
    "L",
    "l",
    "M",
    "m",
    "N",
    "n",
    "NG",
    "ŋ",
    "OW",
    "oʊ",
    "OY",
    "ɔɪ",
    "P",
    "p",
    "R",
    "ɹ",
    "S",
    "s",
    "SH",
    "ʃ",
    "T",
    "t",
    "TH",
    "θ",
    "UH",
    "ʊ",
    "UW",
    "u",
    "V",
    "v",
    "W",
    "w",
    "Y",
    "j",
    "Z",
    "z",
    "ZH",
    "ʒ",
]
IPA = dict(zip(_IPA[::2], _IPA[1::2], strict=True))


def bare(phone: str) -> str:
    """The phone without its stress digit: `AH0` → `AH`."""
    return phone.rstrip("012")


def stress(phone: str) -> int | None:
    """Stress digit of a vowel (0 none, 1 main, 2 secondary), None for consonants and unmarked vowels."""
    return int(phone[-1]) if phone[-1].isdigit() else None


def ipa(phone: str, stressed: int | None = None) -> str:
    """IPA of a phone; unstressed AH and ER are written as schwa."""
    name = bare(phone)
    level = stress(phone) if stressed is None else stressed
    if level == 0 and name in ("AH", "ER"):
        return "ə" if name == "AH" else "ɚ"
    return IPA[name]
