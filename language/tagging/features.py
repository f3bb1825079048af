"""Words as the network sees them: sums of norm, first letter, last letters and shape.

The sums must be those that the network was trained with: MurmurHash (Austin Appleby, public domain), as spaCy uses it.
"""

from language.tagging import model

_MASK = (1 << 64) - 1
_M = 0xC6A4A7935BD1E995


def string_sum(text: str) -> int:
    """MurmurHash64A of the text in UTF-8, seed 1; some words that were names to spaCy have small numbers instead."""
    named = model.words().symbols.get(text)
    if named is not None:
        return named
    data = text.encode()
    mixed = 1 ^ (len(data) * _M & _MASK)
    whole = len(data) // 8 * 8
    for at in range(0, whole, 8):
        key = int.from_bytes(data[at : at + 8], "little") * _M & _MASK
        key = (key ^ key >> 47) * _M & _MASK
        mixed = (mixed ^ key) * _M & _MASK
    if whole < len(data):
        mixed = (mixed ^ int.from_bytes(data[whole:], "little")) * _M & _MASK
    mixed = (mixed ^ mixed >> 47) * _M & _MASK
    return mixed ^ mixed >> 47


def _places(key: int, seed: int, rows: int) -> tuple[int, ...]:
    """The four rows of a table that stand for a key (MurmurHash3, 128 bits)."""
    one = key * 0x87C37B91114253D5 & _MASK
    one = (one << 31 | one >> 33) & _MASK
    one = one * 0x4CF5AD432745937F & _MASK
    one ^= seed ^ 8
    two = seed ^ 8
    one = one + two & _MASK
    two = two + one & _MASK
    one, two = _finished(one), _finished(two)
    one = one + two & _MASK
    two = two + one & _MASK
    return tuple(part % rows for part in (one & 0xFFFFFFFF, one >> 32, two & 0xFFFFFFFF, two >> 32))


def _finished(value: int) -> int:
    value = (value ^ value >> 33) * 0xFF51AFD7ED558CCD & _MASK
    value = (value ^ value >> 33) * 0xC4CEB9FE1A85EC53 & _MASK
    return value ^ value >> 33


def shape(word: str) -> str:
    """Letters as X or x, digits as d, no more than four alike in a row."""
    if len(word) >= 100:
        return "LONG"
    found, last, run = "", "", 0
    for sign in word:
        kind = ("X" if sign.isupper() else "x") if sign.isalpha() else "d" if sign.isdigit() else sign
        run = run + 1 if kind == last else 0
        last = kind
        if run < 4:
            found += kind
    return found


def rows(word: str, norm: str | None, spaced: bool) -> tuple[tuple[int, ...], ...]:
    """For each table of the network the four rows of this word; `norm` where it is known from the words around."""
    sizes = model.network().sizes
    written = string_sum(word)
    normed = string_sum(norm) if norm else model.network().norms.get(written) or string_sum(word.lower())
    keys = (normed, string_sum(word[0]), string_sum(word[-3:]), string_sum(shape(word)), int(spaced), 0)
    return tuple(_places(key, 8 + at, size) for at, (key, size) in enumerate(zip(keys, sizes, strict=True)))
