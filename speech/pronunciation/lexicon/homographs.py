"""Words that are written alike and spoken differently, told apart by the words around them."""

from collections.abc import Sequence

_VERBAL = frozenset([
    "to", "will", "would", "can", "could", "shall", "should", "may", "might", "must", "do", "does", "did",
    "not", "don't", "doesn't", "didn't", "won't", "can't", "couldn't", "i", "you", "we", "they", "who", "let",
    "let's", "please",
])  # fmt: skip
_NOMINAL = frozenset([
    "a", "an", "the", "this", "that", "these", "those", "my", "your", "his", "her", "its", "our", "their",
    "some", "any", "no", "every", "each", "another", "of", "in", "on", "by", "from", "with", "for", "at",
    "world", "good", "bad", "first", "last", "new", "old",
])  # fmt: skip
_PERFECT = frozenset([
    "have", "has", "had", "having", "i've", "you've", "we've", "they've", "he's", "she's", "was", "were",
    "been", "is", "are", "be", "being", "already", "just", "never", "ever",
])  # fmt: skip
_AUXILIARY = frozenset([
    "will", "would", "can", "could", "shall", "should", "may", "might", "must", "do", "does", "did", "don't", "doesn't",
    "didn't", "won't", "can't", "couldn't",
])  # fmt: skip
_DETERMINERS = frozenset(["the", "a", "an", "this", "that", "it", "your", "my", "his", "her", "its", "their", "our"])
_HABIT = frozenset(["every", "always", "usually", "often", "sometimes", "tomorrow", "now", "daily"])
_SHOWS = frozenset([
    "music", "show", "shows", "concert", "concerts", "performance", "broadcast", "stream", "tv", "audience", "wire",
    "animals", "coverage", "recording", "album", "band", "event", "version",
])  # fmt: skip
_PAST = frozenset(["yesterday", "ago", "last", "then", "was", "were", "had", "said", "went", "came", "did", "once"])

NOUN_VERB = {
    "record": ("R EH K ER D", "R IH K AO R D"), "records": ("R EH K ER D Z", "R IH K AO R D Z"),
    "present": ("P R EH Z AH N T", "P R IY Z EH N T"), "object": ("AA B JH EH K T", "AH B JH EH K T"),
    "use": ("Y UW S", "Y UW Z"), "excuse": ("IH K S K Y UW S", "IH K S K Y UW Z"), "house": ("HH AW S", "HH AW Z"),
    "project": ("P R AA JH EH K T", "P R AH JH EH K T"),
    "produce": ("P R OW D UW S", "P R AH D UW S"), "conduct": ("K AA N D AH K T", "K AH N D AH K T"),
    "permit": ("P ER M IH T", "P ER M IH T"), "refuse": ("R EH F Y UW Z", "R AH F Y UW Z"),
    "desert": ("D EH Z ER T", "D IH Z ER T"), "contract": ("K AA N T R AE K T", "K AH N T R AE K T"),
    "content": ("K AA N T EH N T", "K AH N T EH N T"), "minute": ("M IH N AH T", "M IH N AH T"),
    "abuse": ("AH B Y UW S", "AH B Y UW Z"), "advocate": ("AE D V AH K AH T", "AE D V AH K EY T"),
    "estimate": ("EH S T AH M AH T", "EH S T AH M EY T"), "separate": ("S EH P ER AH T", "S EH P ER EY T"),
    "rebel": ("R EH B AH L", "R IH B EH L"), "conflict": ("K AA N F L IH K T", "K AH N F L IH K T"),
    "subject": ("S AH B JH IH K T", "S AH B JH EH K T"), "suspect": ("S AH S P EH K T", "S AH S P EH K T"),
    "progress": ("P R AA G R EH S", "P R AH G R EH S"), "perfect": ("P ER F IH K T", "P ER F EH K T"),
    "lives": ("L AY V Z", "L IH V Z"),
}  # fmt: skip
"""As a noun or adjective, as a verb."""


def pick(word: str, before: Sequence[str], after: Sequence[str]) -> str | None:
    """Phones of a homograph in its context, or None when the word is none or the context does not tell.

    `before` and `after` are the neighbouring words in lower case, nearest first.
    """
    near = before[0] if before else ""
    next_ = after[0] if after else ""
    if word in NOUN_VERB:
        if near in _VERBAL or (not near and next_ in _DETERMINERS):
            return NOUN_VERB[word][1]
        return NOUN_VERB[word][0] if near in _NOMINAL else None
    rule = _RULES.get(word)
    return rule(near, next_, before, after) if rule else None


def stressed(word: str, before: Sequence[str], after: Sequence[str]) -> int | None:
    """Syllable of the main stress where that tells noun from verb ("a record", "to record"); None for other words."""
    if word.removesuffix("s") not in _SHIFTS:
        return None
    near, next_ = before[0] if before else "", after[0] if after else ""
    return int(near in _VERBAL or (not near and next_ in _DETERMINERS))


def _read(near: str, next_: str, before: Sequence[str], after: Sequence[str]) -> str | None:
    if near in _AUXILIARY or near in ("to", "please", "let's") or _AUXILIARY & set(before[1:3]):
        return "R IY D"
    if _PERFECT & set(before[:3]) or near in ("he", "she", "it") or _PAST & set((*before, *after)):
        return "R EH D"
    return "R IY D" if not near or _HABIT & set((*before, *after)) else None


def _live(near: str, next_: str, before: Sequence[str], after: Sequence[str]) -> str | None:
    if near in (
    "a", "the", "go", "went", "going", "broadcast", "watch", "is", "was", "are",
) and next_ not in ("in", "at"):  # fmt: skip
        return "L AY V"
    if next_ in _SHOWS or (not near and next_ == "from"):
        return "L AY V"
    return "L IH V"


def _lead(near: str, next_: str, before: Sequence[str], after: Sequence[str]) -> str | None:
    if near in ("of", "contains", "with") or next_ in ("pipe", "pipes", "paint", "pencil", "poisoning"):
        return "L EH D"
    return "L IY D"


def _tear(near: str, next_: str, before: Sequence[str], after: Sequence[str]) -> str | None:
    if near in _VERBAL or next_ in ("up", "apart", "down", "off"):
        return "T EH R"
    return "T IH R" if next_ in ("gas", "drop") or {"cry", "eye", "cheek"} & set((*before, *after)) else None


def _wind(near: str, next_: str, before: Sequence[str], after: Sequence[str]) -> str | None:
    if near in _VERBAL or next_ in ("up", "down") or (not near and next_ in _DETERMINERS):
        return "W AY N D"
    return "W IH N D" if near in _NOMINAL or near in ("strong", "cold", "north", "south", "east", "west") else None


def _wound(near: str, next_: str, before: Sequence[str], after: Sequence[str]) -> str | None:
    if next_ in ("up", "down", "around"):
        return "W AW N D"
    if near in ("i", "he", "she", "we", "they", "it", "who") and next_ in _DETERMINERS:
        return "W AW N D"
    return "W UW N D" if near in _NOMINAL else None


def _close(near: str, next_: str, before: Sequence[str], after: Sequence[str]) -> str | None:
    if next_ == "to" or near in ("very", "so", "too", "is", "are", "was", "were", "be", "how", "i'm", "we're", "get"):
        return "K L OW S"
    return "K L OW Z" if near in _VERBAL or (not near and next_ in _DETERMINERS) else None


def _bow(near: str, next_: str, before: Sequence[str], after: Sequence[str]) -> str | None:
    return "B AW" if near in _VERBAL or next_ == "down" else "B OW" if next_ in ("and", "tie") else None


_SHIFTS = frozenset([
    "record", "present", "object", "project", "produce", "conduct", "permit", "refuse", "desert", "contract", "content",
    "rebel", "conflict", "subject", "suspect", "progress", "perfect",
])  # fmt: skip

_RULES = {
    "read": _read,
    "live": _live,
    "lead": _lead,
    "close": _close,
    "tear": _tear,
    "wind": _wind,
    "wound": _wound,
    "bow": _bow,
}
