"""How `language/sequences.npz` was made: `python benchmarks/_build_sequences.py BIGRAMS BOOKS...`.

BIGRAMS is bigrams.txt of the package wordsegment 1.3.1 (Apache License 2.0): counts of word pairs in a web corpus.
BOOKS are plain texts in the public domain, a paragraph a line: the works of Standard Ebooks that NOTICE names. Kept are
pairs of the one, and pairs and triples of the other that come twice or more, each as a sum of 32 bits and the logarithm
of its count.
"""

import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np

from language import sequences

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|[.,;:!?\"()—]")
_WEB = 1_000_000_000_000 / 20_000_000
"""The web corpus has about this many times the words of the books, so that counts of both mean the same."""


def main(bigrams: Path, books: list[Path]) -> None:
    seen: Counter[str] = Counter()
    for book in books:
        for line in book.read_text(encoding="utf-8").splitlines():
            words = [word if word[0].isalpha() else "." for word in _WORD.findall(line.lower().replace("’", "'"))]
            seen.update(f"{one} {two}" for one, two in pairwise(words))
            seen.update(" ".join(three) for three in zip(words, words[1:], words[2:], strict=False) if "." not in three)
    kept = {key: float(count) for key, count in seen.items() if count >= 2}
    for line in bigrams.read_text(encoding="utf-8").splitlines():
        pair, count = line.rsplit("\t", 1)
        if pair == pair.lower() and pair.replace(" ", "").replace("'", "").isalpha():
            kept[pair] = kept.get(pair, 0.0) + int(count) / _WEB
    keys = np.array([sequences.key(one) for one in kept], np.uint32)
    logs = np.clip(np.round(8 * np.log2(1 + np.array(list(kept.values())))), 1, 255).astype(np.uint8)
    order = np.argsort(keys, kind="stable")
    np.savez_compressed(sequences.FILE, keys=keys[order], logs=logs[order])
    print(f"{len(kept)} sequences")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]])
