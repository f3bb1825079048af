"""“How do I say that I am tired?”, “How can I say it better: …?”: the learner's own sentence, put right."""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Sequence

from language import tokens
from language.tutor import corrections, phrases, sense, synonyms, verdicts

_BETTER = r"(?: (?:it|this|that))?(?: (?:better|right|correctly|in (?:good |correct |proper )?english|more naturally|naturally))*"
_ASKS = re.compile(
    rf"\bhow (?:do|can|could|should|would|must|to) ?(?:i|you|we|one)? ?(?:say|tell (?:somebody|someone|him|her|them|people)|express|put|write){_BETTER}(?: that)?[:,]? (.+)$",
    re.I | re.S,
)
_ABOUT_WORD = re.compile(
    r"^\W*(?:the (?:word|name)|when|if|it\b|this\b|that\b|sorry|thank|no\b|yes\b|hello|goodbye|numbers?|dates?|words?|to (?:my|a|the|somebody|someone)|\d|politely|in english)",
    re.I,
)
_STATES = re.compile(
    r"^[\"“”'‘’]?(?:i|we|you|he|she|it|they|my|our|your|his|her|their|there|the|this|a|an|can|could|do|does|is|are|where|what)\b[\"”'’]?\s+\S+",
    re.I,
)
_DESCRIBED = re.compile(r"^(?:the|an?|this|that) (?:\w+ )?(?:thing|person|place|man|woman|animal|machine|tool|\w+) (?:that|which|who|where|when|you|we|i|for|with|of|in|on|to)\b", re.I)  # fmt: skip
_REPHRASE = re.compile(r"\b(?:rephrase|reformulate|reword|paraphrase|another way to say|(?:say|put|express|write)\b.*\b(?:other words|differently|formal\w*|another way))\b", re.I)  # fmt: skip
_LITERAL = (
    (re.compile(r"\b(i|you|we|they|he|she) (?:have|has) (?:a |an )?(?:big |much |a lot of |very )*(hunger|thirst|fear|cold|hot|heat|sleep|shame|luck|reason|hungry|thirsty)\b", re.I), {
        "hunger": "hungry", "thirst": "thirsty", "fear": "afraid", "heat": "hot", "sleep": "sleepy", "shame": "ashamed", "luck": "lucky", "reason": "right",
    }),
)  # fmt: skip
_BE = {"i": "am", "he": "is", "she": "is"}
_POLITELY = re.compile(r"\b(?:polite(?:ly)?|politer|nicer|more polite(?:ly)?)\b", re.I)
_THAT_POLITELY = re.compile(
    r"\b(?:say|express|put|write|ask) (?:that|it|this) (?:more |in a (?:more )?)(?:polite|politely|formal|formally)\b",
    re.I,
)
_LEAST = 3
_YOURS = re.compile(r"\b(?:correct|check|look at|improve|fix|rewrite)\b(?: for me)?,? (?:please )?(?:my|the|this|that|these|it)\b(?: (?:last|next))?(?: (?:sentences?|text|english|message|mistakes?))?(?: please| for me)*\W*$", re.I)  # fmt: skip
IN_OWN_WORDS = "Say it in the words that you know, even with mistakes, and I'll tell you how to put it right."
_WRITE_IT = "With pleasure. Write it here, and I'll tell you what I'd change."
_FIRST = re.compile(r"^\W*(?:please )?(?:can|could|will|would) you (?:please )?(?:correct|check|fix) (?:my|this|the|these)(?: (?:last|next))? (?:sentences?|text|english)(?: please| for me)*\s*[?:.!]\s*(.{6,})$", re.I | re.S)  # fmt: skip


def answer(text: str, said: Sequence[str]) -> str | None:
    """The sentence that the learner wants to say, in right English; None when the message asks for none."""
    if len(text) > 300:
        return None
    if (match := _FIRST.search(text)) is not None:
        return corrections.verdict(match.group(1).strip(' "“”'))
    if _YOURS.search(text) and len(text.split()) < 12 and (judged := verdicts.answer(text, said)) is not None:
        return judged
    if _YOURS.search(text) and len(text.split()) < 12:
        return _of_last(said)
    quoted = verdicts.quotes(text)
    if len(quoted) == 1 and _POLITELY.search(text) and len(quoted[0].split()) > 1:
        return f"More politely: “{phrases.formal(quoted[0])}”"
    if len(quoted) == 1 and _REPHRASE.search(text) and len(quoted[0].split()) > 1:
        return _rephrased(quoted[0])
    if said and not quoted and _THAT_POLITELY.search(text):
        better = phrases.formal(said[-1])
        return f"More politely: “{better}”" if better.strip(".") != said[-1].strip(" .") else IN_OWN_WORDS
    match = _ASKS.search(text)
    if match is None:
        return None
    if re.match(r"\W*(?:when|if|in case)\b", match.group(1), re.I) and not quoted:
        return IN_OWN_WORDS
    wanted = (quoted[0] if len(quoted) == 1 else match.group(1)).strip().rstrip("?! ").strip(" \"“”'‘’")
    wanted = re.sub(r",? (?:in english|please|correctly|better)$", "", wanted, flags=re.I).rstrip("?")
    if (
        _ABOUT_WORD.search(wanted)
        or _DESCRIBED.search(wanted)
        or not _STATES.search(wanted)
        or len(tokens.words(wanted)) < _LEAST
    ):
        return None
    if sense.of(wanted) != "english":
        return None
    return _said(wanted)


def _rephrased(text: str) -> str:
    """A sentence in more formal words, or with another word for one of its own."""
    better = phrases.formal(text)
    if better.lower().strip(".") != text.lower().strip("."):
        return f"You could say: “{better}”"
    for word in sorted(tokens.words(text), key=len, reverse=True):
        if len(word) > 3 and (other := synonyms.listed(word)) is not None:
            return f"I can't put the whole of it in other words, but here is a part. {other}"
    return f"I have no other way to say “{text}”. Try one yourself, and I'll check it."


def _said(wanted: str) -> str:
    for pattern, plain in _LITERAL:
        if (match := pattern.search(wanted)) is not None:
            who, feeling = match.group(1).lower(), match.group(2).lower()
            line = f"{who} {_BE.get(who, 'are')} {plain.get(feeling, feeling)}"
            return f"Say: “{line[:1].upper()}{line[1:]}.” English uses “be” for this, not “have”."
    found = corrections.find(wanted)
    right = corrections.closed(corrections.corrected(wanted))
    right = right[:1].upper() + right[1:]
    if found:
        return f"Say: “{right}” {found[0].message}"
    return f"I'd say it just like that: “{right}” I find no mistake in it, but I don't know them all."


def _of_last(said: Sequence[str]) -> str:
    """The learner's last sentence of some length, looked at; else the wish to see one."""
    last = next((one for one in reversed(said) if len(one.split()) > _LEAST and "?" not in one), "")
    if not last or not corrections.find(last):
        return _WRITE_IT
    return corrections.verdict(last)
