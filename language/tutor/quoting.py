"""What the learner said, in the learner's own corrected words: the answer to “Who am I going with?” when no statement was understood."""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Sequence

from language import frequency, tokens
from language.lexicon.listed import listed
from language.tagging import lemmas
from language.tutor import corrections, turns

_EXPLICIT = re.compile(
    r"\b(?:do|can|could) you (?:still )?remember\b|\bremind me\b|\bdid i (?:say|tell|mention|write)\b(?! (?:(?:it|that|this) )?(?:right|correct|well|wrong|good)\w*)|\bi (?:said|told you|mentioned)\b.*\?|\bi told you\b.*\bwhat\b",
    re.I,
)
_ASKS = re.compile(r"\b(?:who|whom|whose|what|where|when|why|which|how)\b", re.I)
_QUESTION = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay|by the way|with|to|for|from|in|please)\b[\s,]*)*(?:who|whom|whose|what|where|when|why|which|how)\b",
    re.I,
)
_MINE = re.compile(r"\b(?:i|my|we|our|me|us|he|she|they|his|her|their|it)\b|(?<=[a-z,] )(?-i:[A-Z][a-z]+)", re.I)
_NO_CONTENT = listed(
    """
    what who whom whose where when why which how do does did am is are was were be been have has had will would can could
    should the a an my your his her their our its i you he she it we they me him them us to of in on at for with by from
    and or but about remember remind say said tell told mention know still please again way ask question now then there
    that this these those long many much time kind sort not no yes so too also did't use used get got going go think
    """
)
_SAME = (
    frozenset({"name", "call", "named"}), frozenset({"job", "work", "profession"}), frozenset({"live", "from", "come", "town", "city"}),
    frozenset({"old", "age", "year"}), frozenset({"teach", "teacher", "subject", "class"}), frozenset({"like", "love", "enjoy", "favourite"}),
    frozenset({"car", "drive", "engine"}), frozenset({"commute", "commuting"}),
)  # fmt: skip
_NEEDS = (
    (re.compile(r"\bhow (?:many|much|long|old|often)\b", re.I), re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|half|for|since|once|twice|every|a few|couple)\b", re.I)),
    (re.compile(r"\b(?:when|which day|what day|what time)\b", re.I), re.compile(r"\b(?:\w+day|tomorrow|today|yesterday|morning|evening|night|week|month|year|january|february|march|april|may|june|july|august|september|october|november|december|at \w+|in \d{4})s?\b", re.I)),
    (re.compile(r"\bwhere\b", re.I), re.compile(r"\b(?:in|at|to|from|near|on)\b", re.I)),
    (re.compile(r"\bwhy\b", re.I), re.compile(r"\b(?:because|so|since|to)\b", re.I)),
    (re.compile(r"\bname\b|\bcalled\b", re.I), re.compile(r"\b(?:called|named|names?)\b|[a-z,] [A-Z][a-z]+")),
)  # fmt: skip
_TAGS = ("VBD", "VBG", "VBZ", "NNS")
_ENOUGH = 0.5


def asks_back(text: str) -> bool:
    """Whether the learner plainly asks what was said before."""
    return _EXPLICIT.search(text) is not None


def answer(question: str, before: Sequence[str]) -> str | None:
    """“You said: “…”” with the sentence of the messages `before` that answers best; None when none fits."""
    asked = " ".join(one for one in turns.sentences(question) if _ASKS.search(one)) or question
    plain = _QUESTION.search(asked) is not None or "?" in asked
    if not asks_back(question) and not (plain and _ASKS.search(asked) and _MINE.search(asked)):
        return None
    wanted = _content(asked)
    if not wanted:
        return None
    best, found = 0.0, ""
    for at, message in enumerate(before):
        for sentence in turns.sentences(message[:2_000]):
            if sentence.rstrip().endswith("?") or len(sentence.split()) < 3:
                continue
            score = _score(wanted, sentence, asked) + at / 1_000
            if score > best:
                best, found = score, sentence
    if best < _ENOUGH:
        return None
    right = corrections.corrected(found.strip()).strip(' “”"')
    right = re.sub(r"^(?:(?:hi|hello|hey|yes|no|well|so|and|but|ok|okay)\b[\s,!.]*)+", "", right, flags=re.I)
    end = "" if right.endswith((".", "!")) else "."
    return f"You said: “{right[:1].upper()}{right[1:]}{end}”"


def shared(question: str, sentence: str) -> float:
    """How much of what the question names the sentence names, from 0 to 1."""
    wanted, there = _content(question), _content(sentence)
    whole = sum(map(_weight, wanted))
    return sum(_weight(word) for word in wanted if word in there) / whole if whole else 0.0


def _score(wanted: set[str], sentence: str, asked: str) -> float:
    there = _content(sentence)
    shared = sum(
        _weight(word) for word in wanted if word in there or any(word in same and same & there for same in _SAME)
    )
    whole = sum(map(_weight, wanted))
    needs = [pattern for asks, pattern in _NEEDS if asks.search(asked)]
    fits = all(pattern.search(sentence) for pattern in needs)
    return (shared / whole if fits else 0.0) if shared else 0.0


def _content(text: str) -> set[str]:
    found: set[str] = set()
    for word in tokens.words(text):
        base = _base(word) if word not in _NO_CONTENT else ""
        if base and base not in _NO_CONTENT and len(base) > 2:
            found.add(base)
    return found


def _base(word: str) -> str:
    return next((made for tag in _TAGS if (made := lemmas.lemma(word, tag)) != word), word)


def _weight(word: str) -> float:
    return 1.0 if (frequency.rank(word) or 9_999) < 1_000 else 2.0
