"""Answers as shares of what was asked, 0 to 1, and the options as they are shown. Pure."""

import re
from string import ascii_lowercase

from kit import shuffling, typography
from language.placement.items import Item

PASS = 60
_MARKS = re.compile(r"[^\w']+")


def options(item: Item, key: str) -> dict[str, str]:
    """Option id (a, b, c …) to text, in the order shown, which says nothing about the right one."""
    texts = [item.right or "", *item.wrong]
    return dict(zip(ascii_lowercase, shuffling.shuffled(texts, f"{key}\0{item.id}"), strict=False))


def closed(item: Item, key: str, response: str) -> float:
    """1 or 0 for a choice (an option id) or a gap (the words in it, or the whole sentence)."""
    if item.kind == "choice":
        return float(options(item, key).get(response.strip().lower()) == item.right)
    given = _plain(response)
    before, _, after = item.text.partition("___")
    after = after.rpartition("(")[0] if after.endswith(")") else after
    return float(any(given in (_plain(one), _plain(f"{before}{one}{after}")) for one in item.accept))


def graded(score: int) -> float:
    """The share for a score of 0 to 100: a pass at the item's level is what half of its learners reach."""
    return score / (2 * PASS) if score < PASS else 0.5 + (score - PASS) / (2 * (100 - PASS))


def _plain(text: str) -> str:
    return _MARKS.sub(" ", typography.plain(text).lower()).strip()
