"""Which words the rules of spelling stress wrongly: `python -m speech.pronunciation.training.stresses CMUDICT`.

CMUDICT is `cmudict.dict` of the CMU Pronouncing Dictionary (BSD-2). Writes `models/stress.xz`: the words whose main
stress the rules do not find, by the syllable that has it.
"""

import lzma
import sys
from pathlib import Path

from speech.pronunciation import phones
from speech.pronunciation.lexicon import stress


def words(lines: list[str]) -> dict[str, tuple[str, ...]]:
    """The first pronunciation of each word, with stress digits."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        word, *spoken = line.split("#")[0].split()
        if "(" not in word:
            found[word] = tuple(spoken)
    return found


def exceptions(known: dict[str, tuple[str, ...]]) -> dict[int, list[str]]:
    """Words that the rules of stress get wrong, by their stressed syllable."""
    found: dict[int, list[str]] = {}
    for word, spoken in known.items():
        marks = [phones.stress(p) for p in spoken if phones.bare(p) in phones.VOWELS]
        if 1 not in marks or len(marks) < 2 or not word.replace("'", "").isalpha():
            continue
        if stress.by_rule(word, tuple(map(phones.bare, spoken))) != marks.index(1):
            found.setdefault(marks.index(1), []).append(word)
    return found


def main(path: Path) -> None:
    """Write the exceptions of a dictionary."""
    found = exceptions(words(path.read_text(encoding="utf-8").splitlines()))
    text = "\n".join(" ".join([str(syllable), *sorted(found[syllable])]) for syllable in sorted(found))
    stress.TABLE.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
