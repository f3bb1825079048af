"""How the tutor speaks about the errors that the grammar check finds in a message.

The check is the one that writing and tasks use, so the same sentence is corrected alike everywhere. In a conversation
capitals and punctuation are not corrected: chat messages are often typed without them, and speech has none.
"""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from language import tokens
from language.correction import Correction, applied
from language.grammar import check
from language.lexicon import words
from language.tutor import wording

if TYPE_CHECKING:
    from language.tutor.telling import Telling

_NOT_TOLD = frozenset({"capitalisation", "punctuation"})
_MAX_CORRECTIONS = {"A": 1, "B": 2, "C": 3}
_MOST_SAID_BACK, _LONGEST_RECAST = 12, 40
# What the check may have missed is not said back.
_DOUBTFUL = re.compile(
    r"\bthink(?:ing)? to\b"
    r"|\b(?:don|doesn)['’]t \w+\b.* for \w+ (?:years?|months?|weeks?|days?|hours?)\b"
    r"|\b(?:you|your \w+) (?:\w+ )?(?:play|live|work|study|learn|know)s?\b.* for \w+ (?:years?|months?|weeks?|days?)"
)
_TIMES = r"\bfor (?:\w+ )?(?:years?|months?|weeks?|days?|hours?|minutes?)\b"
_LEFT = re.compile(
    rf"\b(?:when|think|because|where) is (?!it\b|this\b|that\b|the\b|my\b|your\b|he\b|she\b|there\b)|\b(?:has|have) good (?!\w+s\b)\w+|\balso (?:nurse|teacher|doctor|student|engineer|cook)\b"
    rf"|\b(?:my \w+|i|he|she|it) (?:hurts?|has an?|have an?|am|is|waited|lives?|works?) [^.?!]*{_TIMES}|(?:^|[.!?] ){_TIMES} (?:i|my \w+) (?:have|am|hurts?)\b|\bsame \w+ like\b|\b(?:don|doesn)['’]t \w+ [^.?!]*{_TIMES}|\bwhat is (?:colou?r|name|price|time) of\b|(?:^|[.!?] )After (?:he|she|i|we|they) [^,.]*\.",
    re.I,
)
"""What the check does not find, so that a sentence with it is not called correct."""
_BROKEN = re.compile(
    r"\b(?:will|can|must|should|would|could) (?!be\b)\w{2,}ing\b(?<!bring)(?<!sing)(?<!ring)|\b(?:last|yesterday)\b[^.?!]{0,12}\bhad (?:gone|been|done|seen)\b",
    re.I,
)
"""What no correction may leave or make."""
_UNSAID = re.compile(
    r"\byears old and (?:an?|one|two|three|four|five|six|no) |\byour (?:\w+ )?\w+ (?:he|she|they) ", re.I
)
"""What is never said back: two halves that do not fit, a subject said twice."""
_PERFECT = re.compile(r"\b(?:have|has|had|been|was|were|did)\b|['’](?:ve|d)\b|\w{2,}ed\b", re.I)
_SUBJECT = re.compile(r"\b(?:i|we|he|she|it|they|you|my \w+)\b", re.I)
_FOR = "Almost! With a length of time say “for”, not “since”, and put the verb into the present perfect: “I have waited for an hour.”"
"""Where only “since” is found, but the tense is wrong, too."""
_COMMENTS = ("Almost! Say “", "Good try. ", "We say “", "A correct way to say it: “", "Better, but not yet perfect: “")
_SAD = frozenset({"lose", "break", "miss", "fail", "fall", "hurt", "forget", "steal", "cry", "die"})
_LINKS = words.DETERMINERS | words.PREPOSITIONS | words.NUMBERS | {"one"}
_QUESTION = re.compile(r"[^.!?\n]+\?")
_WORD_BEFORE = re.compile(r"[\w'’-]+\s+$")
_WORD_AFTER = re.compile(r"\s+[\w'’-]+")


def find(text: str) -> tuple[Correction, ...]:
    """The corrections of the grammar check, without capitals and punctuation."""
    return tuple(one for one in check.of_text(text) if one.kind not in _NOT_TOLD)


def corrected(text: str) -> str:
    """The message as it should be, capitals and marks too."""
    return applied(text, check.of_text(text)).strip()


def comment(text: str, band: str) -> list[str]:
    """Up to a few corrections of the learner's text, then the whole sentence as it should be; empty without errors."""
    found = find(text)
    if not found:
        return []
    if len(found) == 1:
        if found[0].original.lower() == "since" and _SUBJECT.search(text) and not _PERFECT.search(text):
            return [_FOR]
        said, right = _in_context(text, found[0])
        return [] if _BROKEN.search(right) else [f"Almost! Say “{right}”, not “{said}”. {found[0].message}"]
    reasons = " ".join(dict.fromkeys(one.message for one in found[: _MAX_CORRECTIONS[band]]))
    return [f"Good try. {_rewritten(text)} {reasons}"]


def recast(text: str, told: "Sequence[Telling]", band: str) -> list[str]:
    """Say the learner's own statement back as it should be, then why: “Ah, you went to the cinema!”

    `told` are the statements of the text. Empty without errors; the plain comment if no statement can be said back.
    """
    found = find(text)
    if not found:
        return []
    changed = {word for one in found for word in tokens.words(one.suggestion)} - set(tokens.words(text))
    fitting = [one for one in told if one.who.startswith("you") and 2 < len(one.text.split()) <= _MOST_SAID_BACK]
    about = [one for one in fitting if len(fitting) == 1 or changed & set(tokens.words(one.text))]
    if not about or len(text.split()) > _LONGEST_RECAST or _DOUBTFUL.search(about[0].text):
        return comment(text, band)
    one = about[0]
    if one.who.startswith("your ") and one.text.count(one.who) > 1:
        return comment(text, band)  # “he” is not the one that was thought of
    if wording.is_bare(one.text) or _UNSAID.search(one.text):
        return comment(text, band)
    back = f"Ah, {one.text}!" if one.tense == "past" and not one.negated and one.verb not in _SAD else f"So {one.text}."
    reasons = " ".join(dict.fromkeys(reason.message for reason in found[: _MAX_CORRECTIONS[band]]))
    if len(found) == 1:
        said, better = _in_context(text, found[0])
        return [back, f"We say “{better}”, not “{said}”. {reasons}"]
    return [back, f"{_rewritten(text)} {reasons}"]


def _rewritten(text: str) -> str:
    """The whole text as it should be; it is not called correct where something else in it is doubtful."""
    right = corrected(text)
    start = (
        "Better, but not yet perfect"
        if any(one.search(right) for one in (_LEFT, _BROKEN, _UNSAID))
        else "A correct way to say it"
    )
    return f"{start}: “{closed(right)}”"


def is_comment(part: str) -> bool:
    """Whether a part of an answer corrects what the learner has just said, unasked."""
    return part.startswith(_COMMENTS) or part == _FOR


def changes(text: str) -> list[str]:
    """Each correction of a message in one short sentence."""
    pairs = [_in_context(text, one) for one in find(text)]
    return [f"Say “{right}”, not “{said}”." for said, right in pairs if not _BROKEN.search(right)]


def verdict(sentence: str) -> str:
    """The answer to “Is it correct: …?”."""
    found = find(sentence)
    if not found:
        return f"I'm not sure about “{sentence}”: my rules find no mistake, but they don't know every mistake."
    reasons = " ".join(dict.fromkeys(one.message for one in found))
    return f"Not quite. Say: “{closed(corrected(sentence))}” {reasons}"


def closed(text: str) -> str:
    """A sentence with a mark at its end."""
    return text if text.endswith((".", "!", "?", "…", "”", '"')) else f"{text}."


def _in_context(text: str, one: Correction) -> tuple[str, str]:
    """What was said and what to say, with the word before, and for a small word also with the words after it. The order
    of a short question shows only in the whole question."""
    first = max((text.rfind(mark, 0, one.start) for mark in ".!?\n"), default=-1) + 1
    whole = _QUESTION.match(text, first)
    if whole is not None and one.end <= whole.end() and len(whole.group().split()) <= _MOST_SAID_BACK:
        right = text[first : one.start] + one.suggestion + text[one.end : whole.end()]
        return _tidy(whole.group()), _tidy(right)
    before = _WORD_BEFORE.search(text[: one.start])
    start = before.start() if before else one.start
    end = one.end
    while _last_word(text[start:end]) in _LINKS or (_last_word(one.suggestion) in _LINKS and end == one.end):
        after = _WORD_AFTER.match(text, end)
        if after is None:
            break
        end = after.end()
    said = text[start:end]
    right = text[start : one.start] + one.suggestion + text[one.end : end]
    return _tidy(said), _tidy(right)


def _last_word(text: str) -> str:
    found = tokens.words(text)
    return found[-1] if found else ""


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
