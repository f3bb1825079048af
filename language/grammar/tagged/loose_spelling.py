"""Unknown words beside another error: the nearest word, and which of several by its neighbours."""

from collections.abc import Iterator
from math import log2

from language import frequency
from language.correction import Correction
from language.grammar.tagged import phrase
from language.sequences import often
from language.tagging.reading import Node, Tree

_CONTEXT = frequency.SLIP / 3
"""What one doubling of how often a word was seen between its neighbours is worth, in the costs of slips."""


def find(tree: Tree, text: str) -> Iterator[Correction]:
    """Corrections by the rules of this module over one sentence."""
    yield from phrase.over((_nearest,), tree, text)


def _nearest(tree: Tree, node: Node, text: str) -> Correction | None:
    written = text[node.start : node.end]
    word = written.lower()
    if not node.whole or not written.islower() or not written.isalpha() or not written.isascii() or len(word) < 4:
        return None
    if frequency.known(word) or text[node.end : node.end + 1] in {"'", "’", "-", "_", "@", "/"}:
        return None
    before, after = tree.lower(node.at - 1) if node.at else ".", tree.lower(node.at + 1)
    best, least = None, 0.0
    for candidate, slips in frequency.near(word):
        seen = often(f"{before} {candidate}") + often(f"{candidate} {after}")
        if (slips >= 2 * frequency.SLIP and (len(word) < 8 or seen < 5)) or (len(word) == 4 and seen < 10):
            continue  # "bisnes" is nearer to bones than to business
        cost = slips - _CONTEXT * log2(1 + seen)
        if best is None or cost < least:
            best, least = candidate, cost
    if best is None:
        return None
    return phrase.fix(node, node, best, "spelling", f"Did you mean “{best}”?", text)
