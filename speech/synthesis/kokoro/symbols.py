"""The alphabet of the network: IPA with letters of its own for diphthongs (A I O W Y, British Q), T for a tapped t and
small schwas; a stress mark stands before the vowel. Its numbers are those of the release (Apache-2.0)."""

IDS = {
    ";": 1, ":": 2, ",": 3, ".": 4, "!": 5, "?": 6, "—": 9, "…": 10, '"': 11, "(": 12, ")": 13, "“": 14, "”": 15,
    " ": 16, "ʣ": 18, "ʥ": 19, "ʦ": 20, "ʨ": 21, "A": 24, "I": 25, "O": 31, "Q": 33, "S": 35, "T": 36, "W": 39,
    "Y": 41, "ᵊ": 42, "a": 43, "b": 44, "c": 45, "d": 46, "e": 47, "f": 48, "h": 50, "i": 51, "j": 52, "k": 53,
    "l": 54, "m": 55, "n": 56, "o": 57, "p": 58, "q": 59, "r": 60, "s": 61, "t": 62, "u": 63, "v": 64, "w": 65,
    "x": 66, "y": 67, "z": 68, "ɑ": 69, "ɐ": 70, "ɒ": 71, "æ": 72, "ɔ": 76, "ð": 81, "ʤ": 82, "ə": 83, "ɚ": 85,
    "ɛ": 86, "ɜ": 87, "ɡ": 92, "ɪ": 102, "ŋ": 112, "ɹ": 123, "ɾ": 125, "ʃ": 131, "ʧ": 133, "ʊ": 135, "ʌ": 138,
    "ʒ": 147, "ʔ": 148, "ˈ": 156, "ˌ": 157, "ː": 158, "θ": 119, "↗": 172, "↘": 173, "ᵻ": 177,
}  # fmt: skip
STOPS = ",;:.!?…—"
PAD = 0
STRESSES, LONG = "ˈˌ", "ː"
_IPA = {
    "A": "eɪ", "I": "aɪ", "O": "oʊ", "Q": "əʊ", "W": "aʊ", "Y": "ɔɪ", "T": "ɾ", "ᵊ": "ə", "ᵻ": "ɪ",
    "ʣ": "dz", "ʦ": "ts", "ʤ": "dʒ", "ʧ": "tʃ",
}  # fmt: skip

CONSONANTS = {
    "B": "b", "CH": "ʧ", "D": "d", "DH": "ð", "F": "f", "G": "ɡ", "HH": "h", "JH": "ʤ", "K": "k", "L": "l", "M": "m",
    "N": "n", "NG": "ŋ", "P": "p", "R": "ɹ", "S": "s", "SH": "ʃ", "T": "t", "TH": "θ", "V": "v", "W": "w", "Y": "j",
    "Z": "z", "ZH": "ʒ",
}  # fmt: skip


def sounding(symbol: str) -> str:
    """The symbol as IPA; "" for one that has no sound of its own."""
    return "" if symbol in f"{STOPS}{STRESSES}{LONG}↗↘ " else _IPA.get(symbol, symbol)


def encode(symbols: str) -> list[int]:
    """Numbers of the symbols, between two of silence. KeyError for one that the network does not know."""
    return [PAD, *(IDS[symbol] for symbol in symbols), PAD]
