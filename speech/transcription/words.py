"""When are two words the same word? And how words become text."""

from collections.abc import Iterable, Sequence

from kit import typography

# Written without spaces between words.
_UNSPACED = frozenset({"zh", "yue", "ja", "th", "lo", "my", "km", "bo"})

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {name: str(value) for value, name in enumerate(_ONES.split())}
_NUMBERS |= {name: str(value * 10) for value, name in enumerate(_TENS.split(), 2)}


def key(word: str) -> str:
    """The word without case, punctuation, accents of typography and apostrophes; small numbers as digits."""
    folded = typography.plain(word).casefold()
    bare = "".join(char for char in folded if char.isalnum())
    return _NUMBERS.get(bare, bare)


def stem(word: str) -> str:
    """The word without the punctuation behind it."""
    end = len(word)
    while end and not word[end - 1].isalnum():
        end -= 1
    return word[:end] or word


def joiner(language: str) -> str:
    """What stands between words of the language."""
    return "" if language in _UNSPACED else " "


def keys(words: Iterable[str]) -> list[str]:
    """Words as they are compared."""
    return [key(word) for word in words]


def covered(promised: Sequence[str], heard: Sequence[str]) -> int:
    """How many of the `heard` keys say what `promised` says already.

    An equal prefix is the usual case; otherwise the cut with the least edit distance, the longest of equals.
    """
    if list(heard[: len(promised)]) == list(promised):
        return len(promised)
    row = list(range(len(heard) + 1))
    for i, want in enumerate(promised, 1):
        above, row = row, [i]
        for j, got in enumerate(heard, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (want != got)))
    least = min(row)
    return max(at for at, cost in enumerate(row) if cost == least)


def common_prefix(a: Sequence[str], b: Sequence[str]) -> int:
    """How many first words are the same."""
    count = 0
    while count < min(len(a), len(b)) and a[count] == b[count]:
        count += 1
    return count


def repeated_start(before: Sequence[str], heard: Sequence[str], most: int = 5) -> int:
    """How many words at the start of `heard` repeat the end of `before`: a word cut by the window is heard again."""
    for count in range(min(most, len(before), len(heard)), 0, -1):
        if list(before[-count:]) == list(heard[:count]):
            return count
    return 0
