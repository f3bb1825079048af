"""What to say to “What mistakes did I make?”: the corrections of the learner's own messages."""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Sequence

from language.tutor import corrections

_ASKS = re.compile(
    r"\bhow many (?:mistakes|errors)\b|(?:was|is) my english (?:good|ok|okay|understandable|clear|correct|right|fine|all right|bad)\b[^?]{0,20}\?|(?:^\W*(?:and |so )?(?:was|is)|\bhow(?: was| is|['’]s)) my (?:english|grammar|writing)\b|\bhow did i do\b|\bhow (?:was|did) (?:my|the|i do in the|i do at the) (?:interview|scene|role ?-?play|conversation|call|answers?)\b|\bhow good (?:is|was) my english\b"
    r"|\b(?:which|what)\b.{0,30}\b(?:mistakes?|errors?)\b.*\bi\b|\b(?:which|what) (?:of my )?(?:sentences?|words?)\b.*\b(?:wrong|incorrect)\b"
    r"|\b(?:did|do|have) i (?:make|made|do|done) (?:any |some |many |a lot of )?(?:mistakes?|errors?)\b"
    r"|\b(?:correct|show(?: me)?|tell(?: me)?|list) (?:all )?(?:of )?my (?:mistakes|errors)\b|\bmy (?:mistakes|errors)\W*\?\W*$"
    r"|\b(?:know|tell me) how i did\b|\bwhat (?:should|can|could) i improve\b|\bwhat i (?:should|can|could) improve\b"
    r"|\bdid i say (?:something|anything) wrong\b",
    re.I,
)
_WORRIES = re.compile(
    r"\b(?:is )?my english (?:is |was )?(?:so |very |really |too )?(?:bad|terrible|poor|not good|horrible|weak)\b[^?]*\?|\bam i (?:so |very |really )?bad (?:at|in) english\b|\bdo i speak (?:\w+ )?(?:badly|bad)\b",
    re.I,
)
_USED = re.compile(
    r"\b(?:did|do|have) i (?:use|used) (?:the word )?[\"'“‘«]?([\w-]+(?: [\w-]+)?)[\"'”’»]? (?:correctly|right(?:ly)?|well|properly|in the right way)\b",
    re.I,
)
_PUT = re.compile(
    r"\b(?:did|do|have) i (?:say|said|write|written|put|ask|asked) (?:it|that|this)(?: \w+)? (?:right|correctly|correct|properly)\b(?:\W*[\"“](.+?)[\"”])?",
    re.I,
)
_OF_WORDS = re.compile(
    r"[\"“«][^\"“”«»]+[\"”»](?=.*\?|.*\b(?:say|mean|correct|word)\b)|\b(?:is it|do (?:i|you|we) say) .* or .*\?|\b(?:is it|is this) (?:correct|right)\s*:|\b(?:correct|check) this\b.*:",
    re.I,
)
_MOST = {"A": 2, "B": 3, "C": 4}


def answer(said: Sequence[str], band: str) -> str | None:
    """The review of the messages before the last; None when the last asks for none."""
    if said and _WORRIES.search(said[-1]):
        return _encouraged(said[:-1])
    if said and (used := _USED.search(said[-1])) is not None:
        return _of_use(used.group(1), said[:-1])
    if len(said) > 1 and (put := _PUT.search(said[-1])) is not None:
        return corrections.verdict(put.group(1) or re.split(r"(?<=[.!?])\s+", said[-2].strip())[-1])
    if not said or _ASKS.search(said[-1]) is None:
        return None
    before = said[:-1]
    found = [better for text in before for better in corrections.changes(_own(text))]
    told = list(dict.fromkeys(found))[-_MOST[band] :]
    if not before:
        return "You haven't written much yet. Write a few sentences, and then I can tell you."
    if not told:
        count = f"your {len(before)} messages" if len(before) > 1 else "your message"
        return f"I found no mistakes that I know in {count}. Well done!"
    wrong = len(dict.fromkeys(found))
    start = (
        "I found one thing" if wrong == 1 else f"I found {wrong} things" if wrong < 10 else "I found quite a few things"
    )
    last = " The last ones:" if wrong > len(told) else ""
    return f"You said a lot, and I understood it. {start} to change.{last} {' '.join(told)}"


def _own(text: str) -> str:
    """A message without its questions about words: what they quote is no mistake of the learner's."""
    return "".join(one for one in re.split(r"(?<=[.!?])(?=\s)", text) if not _OF_WORDS.search(one))


def _of_use(word: str, before: Sequence[str]) -> str | None:
    """Whether the learner's last sentence with the word is right."""
    has = re.compile(rf"\b{re.escape(word)}", re.I)
    for text in reversed(before):
        for one in re.split(r"(?<=[.!?])\s+", text):
            if has.search(one):
                wrong = corrections.find(one)
                return (
                    corrections.verdict(one)
                    if wrong
                    else f"Yes: “{corrections.closed(one)}” is fine, as far as my rules can tell."
                )
    return None


def _encouraged(before: Sequence[str]) -> str:
    """No empty praise: a sentence of the learner's own that was right."""
    right = [
        one
        for one in before
        if re.match(r"(?:i|my|we|he|she|it)\b", one, re.I)
        and "?" not in one
        and "," not in one
        and 4 <= len(one.split()) <= 9
        and not corrections.changes(one)
    ]
    shown = f" For example, this was right: “{corrections.corrected(right[-1]).rstrip('.')}.”" if right else ""
    return f"Not at all: I understood what you told me.{shown} Mistakes are part of learning, so go on like that."
