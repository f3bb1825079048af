"""Protests of the learner: a question passed over, words misunderstood, the same thing again, an answer that does not help.

The tutor says sorry for just that, answers the question that it passed over, and does not go on as if nothing were.
"""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Sequence
from typing import Literal

from language.tutor import followups, helping, intents, points, recall, telling, turns, verdicts
from language.tutor.turns import ChatTurn

Kind = Literal["unanswered", "misheard", "repeated", "useless"]
_SENSELESS = (
    r"(?:^\W*(?:(?:no|but|and|so|sorry|what)\W+)*|\b(?:that|this|it|which|you|your [\w-]+|what you \w+"
    r"|(?:the|this|that) (?:last )?(?:question|answer|exercise|sentence|correction|explanation|task|example|word))(?: (?:really|just|still|totally))? )"
)
"""Before “makes no sense”: what the tutor said. A rule or a film without sense is told of."""
_TABLE: tuple[tuple[Kind, str], ...] = (
    ("unanswered", r"\byou (?:(?:still|just|really|again) )?(?:did ?n[o'’]?t|have ?n[o'’]?t|do ?n[o'’]?t|are ?n[o'’]?t|never|not)(?: even| really| yet)? (?:answer\w*|repl(?:y|ied|ying))\b"
     r"|\b(?:that|this|it)(?: is|['’]s| was| wasn['’]?t| isn['’]?t)(?: not)? (?:what i (?:asked|ask|wanted to know)|(?<!is )(?<!was )(?<!['’]s )(?:my question|an answer))\b|\b(?:not|no|isn['’]t|wasn['’]t) (?:what i (?:asked|ask|wanted to know)|my question|an answer|the answer)\b"
     r"|\b(?:you|keep) (?:keep |are |just )?ignor(?:e|ed|ing)\b|\bignored? (?:me|my question)\b|\b(?:please )?answer (?:me|my questions?)\b|\bwhat about my question\b|\bmy question was\b|\bi (?:am |was )?still waiting for (?:an|your|the) answer\b|\bforgot my question\b"),
    ("misheard", r"\b(?:not|n['’]t) what i (?:said|say|meant|mean|wrote|told)\b|\bi (?:did not|didn['’]?t|never) (?:say|said|mean|meant|write) (?:that|this|it|so)\b|\b(?:you )?(?:misunderst\w+|misheard)(?: me)?\b"
     r"|\byou (?:have |did )?(?:understood|understand|got|get|heard) (?:me|it|that|this) (?:wrong\w*|bad\w*|incorrectly)\b|\byou (?:did ?n[o'’]?t|do ?n[o'’]?t|not) understand(?: me| what i\b|\s*(?:[.!,]|$))|^\W*no,? (?:i mean|i meant)\b|\bi meant\b(?! to\b)"),
    ("repeated", r"\byou(?:['’]ve| have)? (?:already |just )?(?:asked|said|told) (?:me |us )?(?:that|this|it|the same|my \w+)(?: thing| question)?(?: to me)? (?:already|before|again|twice|two times|a minute ago)\b|\byou(?:['’]ve| have)? already (?:ask(?:ed)?|said|told)\b"
     r"|(?:^\W*|\byou\b[^.?!]{0,20}|\b(?:the )?)(?:same (?:question|answer|sentence)s?|(?:(?<!i )(?<!we )(?:^\W*|(?<=\byou say )|(?<=\byou ask )|(?<=\byou write )|(?<=\byou tell me ))(?:the )?same thing))(?: again|,? again and again)\b|\b(?:again|always) the same\b(?=\W*$| (?:question|answer|sentence)s?\b)|(?<!\bi )(?<!\bwe )\b(?:do ?n[o'’]?t|stop) repeat\w*\b|\byou (?:keep |are |always )repeat(?:ing)?\b|(?<!can )(?<!could )(?<!would )(?<!please )\byou repeat(?:ed)? (?:yourself|the same)\b|\bi(?:['’]ve| have)? (?:already|just) (?:answered|told|said|explained)(?: (?:you|that|this|it|so|your question|to you|before|twice))*(?=\W*$|[.,!:]| (?:my (?:name|age|job)|about)\b)|^\W*(?:but )?i told you\b"),
    ("useless", rf"{_SENSELESS}(?:(?:makes?|does ?n[o'’]?t make|do ?n[o'’]?t make|made) no sense|(?:does ?n[o'’]?t|do ?n[o'’]?t) make (?:any )?sense)\b"
     r"|\byou(?: are|['’]re)(?: really)? not (?:helping|helpful|useful|listening)\b|\b(?:that|this|it)(?: is|['’]s| does| did)?(?: not|n['’]t) (?:help(?:ful)?|help me|useful)\b"
     r"|\b(?:do not|don['’]?t) find (?:this|that|it|you) (?:very |really )?(?:helpful|useful)\b|\byou (?:do ?n[o'’]?t|did ?n[o'’]?t|never|not) listen\w*\b|(?<!n['’]t )(?<!\bnot )(?<!\bnever )(?<!\bto )(?<!\bi )\blisten to me\b|(?<!\bwas a )(?<!\bwere )\b(?:stupid|useless|silly|nonsense) (?:answer|question|tutor|program|machine)s?\b|\bnot (?:an? )?(?:helpful|useful) (?:answer|tutor)\b|\bi (?:did ?n[o'’]?t|never) ask(?:ed)?(?: you)? (?:for|about) (?:that|this|it)\b"),
)  # fmt: skip
_KINDS = [(kind, re.compile(pattern, re.I)) for kind, pattern in _TABLE]
_TOLD_OF = re.compile(
    r"\bi (?:have |['’]ve )?(?:already |just )?told you (?:already |before )?about (my (?!name\b)(?:\w+ )??\w+)(?: (?:already|before))?\s*(?:[.!,;:]\s*(?:so |and |but )?(.*))?$",
    re.I,
)
_OTHERS = re.compile(
    r"\b(?:he|she|they|boss|teacher|husband|wife|mother|father|son|daughter|colleagues?|friends?|yesterday|people|doctor (?:said|did))\b",
    re.I,
)
_ASKS = re.compile(
    r"\?|^\W*(?:(?:and|so|but|please|ok|okay|hello|hi)\W+)*(?:what|where|when|how|who|why|which|is|are|do|does|can|could|should|would)\b",
    re.I,
)
_LONGEST, _LEAST = 40, 3
SORRY: dict[Kind, str] = {
    "unanswered": "You're right, I'm sorry: I passed over your question.",
    "misheard": "I'm sorry, I misunderstood you.",
    "repeated": "You're right, I'm sorry: we had that before.",
    "useless": "I'm sorry, that was no help.",
}
REPEATED = "Now something new."
AGAIN: dict[Kind, str] = {
    "unanswered": "Ask it once more in other words, please, and I'll try.",
    "misheard": "What did you mean? Say it again in other words, please.",
    "repeated": REPEATED,
    "useless": "What do you need: a word, a correction, an explanation, or just a talk?",
}


def kind(text: str) -> Kind | None:
    """Of what kind a protest is; None when the message is none."""
    if len(text.split()) > _LONGEST:
        return None
    for one in turns.sentences(text):
        if _OTHERS.search(one):
            continue
        for named, pattern in _KINDS:
            if pattern.search(one):
                return named
    return None


def rest(text: str) -> str:
    """What a message says besides its protest."""
    kept = [one for one in turns.sentences(text) if not any(pattern.search(one) for _, pattern in _KINDS)]
    return "".join(kept).strip()


def last_question(said: Sequence[str]) -> str:
    """The learner's last question; empty when there was none. `said` are the messages before, the oldest first."""
    for text in reversed(said):
        for one in reversed(turns.sentences(text)):
            if _ASKS.search(one) and len(one.split()) >= _LEAST and kind(one) is None:
                return one.strip()
    return ""


def _told_of(text: str, before: Sequence[str]) -> str | None:
    """“I told you about my dog. What is his name?”: what was told of the dog."""
    match = _TOLD_OF.search(text)
    if match is None:
        return None
    noun, asked = match.group(1), (match.group(2) or "").strip()
    asked = re.sub(r"\b(?:his|her|its|their)\b", f"{noun}'s", asked, flags=re.I)
    asked = re.sub(r"\b(?:he|she|it|they|him|them)\b", noun, asked, flags=re.I)
    found = recall.answer([*before, asked or f"What do you know about {noun}?"])
    return f"Yes, I remember. {found}" if found is not None and not found.startswith(recall.NOT_TOLD) else None


def answer(history: Sequence[ChatTurn], band: str) -> str | None:
    """What the tutor says to a protest in a talk; None when the last message is none."""
    text = history[-1].content
    if (named := kind(text)) is None or verdicts.contested(text, history) is not None:
        return None
    besides = rest(text)
    if intents.classify(besides).kind in {"topic", "refusal", "goodbye"} or (
        named == "repeated" and telling.of(besides)
    ):
        return None  # what is said besides leads on
    before = [one.content for one in history[:-1] if one.role == "user"]
    if named == "repeated" and (known := _told_of(text, before)) is not None:
        return known
    if named == "misheard":
        told = telling.of(besides) if besides and "?" not in besides else ()
        if told and len(besides.split()) <= 20:
            return f"{SORRY[named]} So {followups.to_you(besides).rstrip(' .!')}."
    question = besides if _ASKS.search(besides) else last_question(before)
    if question and named in {"unanswered", "useless"}:
        asked = [*history[:-1], ChatTurn("user", question)]
        given = helping.answer(asked, band) or points.answer(question)
        if given:
            again = any(given in one.content for one in history if one.role == "assistant")
            return f"{SORRY[named]} {'Once more: ' if again else ''}{given}"
        if named == "unanswered" and len(question.split()) <= 20:
            return f"{SORRY[named]} You asked: “{question}” I have no good answer to that. Ask it in other words, and I'll try."
    return f"{SORRY[named]} {AGAIN[named]}"
