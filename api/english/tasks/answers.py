"""Matching a typed answer against what an author accepts, as fairly as a teacher would.

Patterns: `(words)` may be there or not, `[one|other]` must be one of them, and inside either brackets `|`
separates choices. `(at) [ten|10] (o'clock)` accepts "ten", "at 10", "at ten o'clock" and four more.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby, product

from rapidfuzz.distance import DamerauLevenshtein

from api.english.tasks import words
from language import levels as lexicon

_PIECE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|([^()\[\]]+)")
_LIMIT = 2000
# Digits from which on a run of numbers is read as one: a telephone or an order number, however it is grouped.
_LONG_NUMBER = 6
# fmt: off
_FRAME = frozenset({
    "i", "you", "he", "she", "it", "we", "they", "this", "that", "there", "here", "is", "are", "am", "was",
    "were", "be", "been", "do", "does", "did", "has", "have", "had", "will", "would", "can", "could", "to",
    "at", "in", "on", "of", "for", "from", "by", "with", "and", "because", "so", "just", "only", "about", "'s",
    "'d", "my", "your", "his", "her", "our", "their", "me", "him", "us", "them", "think", "say", "says", "said",
    "when", "if", "than", "as", "then", "very", "really", "yes", "please", "sorry", "well", "a", "an", "the",
})
# fmt: on
_NEGATIONS = frozenset({"not", "never", "no", "nobody", "nothing", "none", "neither"})


@dataclass(frozen=True)
class Match:
    """`credit` 0 to 1, the accepted wording that came closest, and misspelt words as (token, right form)."""

    credit: float
    nearest: str
    slips: tuple[tuple[words.Token, str], ...] = ()
    crowded: bool = False


def expand(pattern: str) -> list[str]:
    """All wordings a pattern stands for; ValueError when there are over 2,000 of them or brackets do not close."""
    choices = []
    length = 0
    for match in _PIECE.finditer(pattern):
        length += len(match[0])
        if match[1] is not None:
            choices.append(["", *match[1].split("|")])
        elif match[2] is not None:
            choices.append(match[2].split("|"))
        else:
            choices.append([match[3]])
    if length != len(pattern):
        raise ValueError(f"unbalanced brackets: {pattern}")
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > _LIMIT:
        raise ValueError(f"{count} wordings: {pattern}")
    return [" ".join("".join(combination).split()) for combination in product(*choices)]


@cache
def _wordings(accept: tuple[str, ...], articles_free: bool) -> list[tuple[str, tuple[str, ...]]]:
    found = []
    for pattern in accept:
        for wording in expand(pattern):
            forms = tuple(token.form for token in _numbers_whole(words.tokens(wording)))
            found.append((wording, _bare(forms) if articles_free else forms))
    return [(wording, forms) for wording, forms in found if forms]


def _numbers_whole(tokens: list[words.Token]) -> list[words.Token]:
    """`555 01 87` as `5550187`; shorter runs, such as `7 15`, stay apart."""
    found: list[words.Token] = []
    for digits, run in groupby(tokens, key=lambda token: token.form.isdigit()):
        group = list(run)
        whole = "".join(token.form for token in group)
        if digits and len(whole) >= _LONG_NUMBER:
            found.append(words.Token(whole, group[0].start, group[-1].end))
        else:
            found += group
    return found


def _bare(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(form for form in forms if form not in words.ARTICLES)


def match(given: str, accept: tuple[str, ...], *, articles_free: bool, question: str = "") -> Match:
    """How well `given` answers. A misspelling costs a fifth; a right answer among other claims, half.

    `question` holds words the learner may repeat. With `articles_free` a whole sentence around the answer is
    welcome too; otherwise the wording itself is what is asked for.
    """
    tokens = _numbers_whole(words.tokens(given))
    if articles_free:
        tokens = [token for token in tokens if token.form not in words.ARTICLES]
    wordings = _wordings(accept, articles_free)
    best = Match(0, wordings[0][0])
    for wording, forms in wordings:
        found = _compare(tokens, forms, wording)
        if found.credit == 0 and articles_free:
            found = _inside(tokens, forms, wording, question)
        if found.credit > best.credit:
            best = found
        if best.credit == 1:
            break
    return best


def _compare(tokens: list[words.Token], forms: tuple[str, ...], wording: str) -> Match:
    if len(tokens) != len(forms):
        return Match(0, wording)
    slips = []
    for token, form in zip(tokens, forms, strict=True):
        if words.same(token.form, form):
            continue
        if not misspelt(token.form, form):
            return Match(0, wording)
        slips.append((token, form))
    return Match(0.8 if slips else 1, wording, tuple(slips))


def _inside(tokens: list[words.Token], forms: tuple[str, ...], wording: str, question: str) -> Match:
    """The answer inside a sentence: what stands around it may be frame words and words of the question."""
    welcome = _FRAME | {token.form for token in words.tokens(question)}
    for start in range(len(tokens) - len(forms) + 1):
        window = tokens[start : start + len(forms)]
        found = _compare(window, forms, wording)
        if not found.credit:
            continue
        around = tokens[:start] + tokens[start + len(forms) :]
        if any(token.form in _NEGATIONS for token in around) and not any(form in _NEGATIONS for form in forms):
            return Match(0, wording)
        strange = sum(token.form not in welcome for token in around)
        if strange <= len(forms) // 2:
            return found
        return Match(0.5, wording, found.slips, crowded=True) if strange <= 3 else Match(0, wording)
    return Match(0, wording)


def misspelt(given: str, wanted: str) -> bool:
    """Whether `given` is a slip of the pen for `wanted`, and not simply another English word."""
    if min(len(given), len(wanted)) < 4 or given.isdigit() or wanted.isdigit() or given[0] != wanted[0]:
        return False
    allowed = 2 if len(wanted) >= 8 else 1
    return DamerauLevenshtein.distance(given, wanted) <= allowed and not lexicon.is_word(given)
