"""Words and the forms that they take: studies → study, study → studied, box → boxes."""

from functools import cache, lru_cache

from language import frequency
from language.lexicon import nouns, verbs
from language.lexicon.listed import listed
from language.tagging import model

_BE = {"am": "be", "'m": "be", "is": "be", "'s": "be", "are": "be", "'re": "be", "was": "be", "were": "be",
       "been": "be", "being": "be", "has": "have", "had": "have", "'ve": "have", "having": "have", "does": "do",
       "did": "do", "done": "do", "doing": "do", "'ll": "will", "wo": "will", "ca": "can", "'d": "would"}  # fmt: skip
_AS_THEY_ARE = {"does": "do", "goes": "go", "lies": "lie", "dies": "die", "ties": "tie", "uses": "use", "used": "use",
                "using": "use", "leaves": "leave", "lives": "live", "means": "mean", "data": "data",
                "media": "media", "left": "leave", "felt": "feel", "found": "find", "fell": "fall", "saw": "see",
                "lay": "lie", "wound": "wind", "bound": "bind", "ground": "grind"}  # fmt: skip


@lru_cache(maxsize=20_000)
def lemma(word: str, tag: str) -> str:
    """The dictionary form of a word (lower case) that has this tag of the Penn Treebank."""
    if tag in {"VBZ", "VBP", "VBD", "VBN", "VBG", "VB", "MD"}:
        return _BE.get(word) or _verb(word, tag)
    if tag in {"NNS", "NNPS"}:
        return singular(word)
    return word


def _verb(word: str, tag: str) -> str:
    if tag in {"VB", "VBP", "MD"}:
        return word
    if word in _AS_THEY_ARE:
        return _AS_THEY_ARE[word]
    known = _irregular().get(word) or model.words().verb_forms.get(word)
    if known:
        return known
    if tag == "VBZ":
        return _best(_without_s(word), word)
    ending = "ing" if tag == "VBG" else "ed"
    if not word.endswith(ending) or len(word) < len(ending) + 2:
        return word
    rest = word[: -len(ending)]
    options = [rest + "e", rest]
    if rest[-1] == rest[-2:-1]:
        options.append(rest[:-1])
    if ending == "ed" and rest.endswith("i"):
        options = [rest[:-1] + "y"]
    return _best(options, rest)


def _without_s(word: str) -> list[str]:
    options = [word[:-1]] if word.endswith("s") else []
    if word.endswith("es"):
        options.append(word[:-2])
    if word.endswith("ies"):
        options.append(word[:-3] + "y")
    return options


def _best(options: list[str], otherwise: str) -> str:
    listed = [one for one in options if one in model.words().verbs]
    return max(listed, key=lambda one: frequency.counts().get(one, 0), default=otherwise)


@lru_cache(maxsize=20_000)
def singular(word: str) -> str:
    """Of a plural noun; a word that is none comes back as it is."""
    if word in nouns.WRONG_PLURALS:
        return singular(nouns.WRONG_PLURALS[word])
    known = _singulars().get(word) or model.words().noun_forms.get(word)
    if known:
        return known
    options = [one for one in _without_s(word) if frequency.counts().get(one, 0) > 5]
    if word.endswith(("shes", "ches", "xes", "sses", "ies")) and len(options) > 1:
        return options[-1]
    return max(options, key=lambda one: frequency.counts().get(one, 0), default=word)


@lru_cache(maxsize=20_000)
def plural(word: str) -> str:
    """Of a singular noun."""
    if word in nouns.IRREGULAR_PLURALS:
        return nouns.IRREGULAR_PLURALS[word]
    if word.endswith("o"):
        return max(word + "es", word + "s", key=lambda one: frequency.counts().get(one, 0))
    for irregular, single in model.words().noun_forms.items():
        if single == word and irregular not in {word + "s", word + "es"} and word in _IRREGULAR:
            return irregular
    return nouns.plural(word)


_IRREGULAR = listed(
    """
    ox goose mouse louse crisis analysis basis thesis hypothesis phenomenon criterion diagnosis emphasis oasis
    bacterium curriculum medium calf loaf scarf self thief
    """
)


def third(base: str) -> str:
    """The form for he, she and it."""
    return verbs.third(base)


def participle(base: str) -> str:
    """The past participle, also of verbs that only the tagger knows."""
    if base in verbs.irregular() or base in verbs.bases():
        return verbs.participle(base)
    return _known_form(base, "ed", "VBN")


def past(base: str) -> str:
    """The past form, also of verbs that only the tagger knows."""
    if base in verbs.irregular() or base in verbs.bases():
        return verbs.past(base)
    return _known_form(base, "ed", "VBD")


@lru_cache(maxsize=5_000)
def ing(base: str) -> str:
    """The -ing form, also of verbs that only the tagger knows."""
    if base in verbs.bases():
        return verbs.ing(base)
    return _known_form(base, "ing", "VBG")


def _known_form(base: str, ending: str, tag: str) -> str:
    """The spelling that is written most: stop → stopped, visit → visited."""
    stem = base[:-1] if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) else base
    if base.endswith("e") and ending == "ed":
        stem = base[:-1]
    if ending == "ed" and base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ied"
    options = [stem + ending, base + base[-1] + ending]
    return max(options, key=lambda one: frequency.counts().get(one, 0) if _verb(one, tag) == base else -1)


@cache
def _irregular() -> dict[str, str]:
    found: dict[str, str] = {}
    for base, groups in verbs.irregular().items():
        for form in (form for group in groups for form in group):
            if form != base:
                found.setdefault(form, base)
    return found


@cache
def _singulars() -> dict[str, str]:
    return {many: one for one, many in nouns.IRREGULAR_PLURALS.items()}
