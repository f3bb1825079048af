"""What the learner has told, summed up: “Can you repeat my name and the problem?”, “What have I told you so far?”"""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Sequence

from language import tokens
from language.tutor import corrections, followups, improvise, stage, turns
from language.tutor.turns import ChatTurn

_SUM = re.compile(
    r"\bsum(?:ming|med)? (?:it |that |this |all )?up\b|\bsummar\w+\b|\bwhat (?:have|did) we (?:\w+ )?(?:established?|discuss(?:ed)?|talk(?:ed)? about|cover(?:ed)?|said|say)\b|\bwhat (?:did|have) you (?:noted?|written?|got|put) (?:down )?(?:about|on|for)\b|\b(?:what|everything|all)(?: that)? (?:have |did |do )?(?:i(?:['’]ve)?|you) (?:have |already )?(?:told|tell|said|say|written|write|wrote|noted|note|understood|put)\b[^?.!]{0,12}(?:\b(?:you|down|so far|about (?:me|myself)|of me|until now|till now|from me|up)\b|\W*\?)|\b(?:repeat|read|say|tell me)(?: me| to me| us| back| again)*\b[^?.!]{0,10}\b(?:my (?:name|problem|order|number|request|details|message|booking)|the (?:problem|order|details|message)|what (?:i|you)(?! (?:should|can|must|could|would|have to|need|do)\b))\b|\bwhat(?:['’]s| is) my (?:problem|order|request|booking|complaint|message)\b|\bwhat(?:['’]s| is) wrong with (?:the|my) \w+\b[^?]*\?|\bin your (?:own )?words\b|\b(?:have|did) you (?:write|written|wrote|note|noted|get|got|put)\b[^?]{0,12}\b(?:down|that|it|everything|all)\b(?! (?:in|for|with)\b)[^?]*\?",
    re.I,
)
_WRONG_WITH = re.compile(r"\b(?:wrong|matter|problem) with (?:the|my|our) ([a-z]+)")
_KINDS = {
    "instrument": "cello violin viola piano guitar trumpet flute drums clarinet saxophone harp accordion organ trombone ukulele recorder oboe bass",
    "sport": "football soccer tennis basketball volleyball swimming running cycling yoga chess golf hockey baseball cricket skiing judo karate boxing rowing climbing rugby",
    "animal pet": "dog cat bird parrot horse rabbit hamster fish snake turtle goat cow sheep hen canary",
    "language": "english french german spanish italian portuguese chinese japanese arabic russian polish turkish greek dutch korean hindi",
    "dance": "tango salsa waltz ballet flamenco samba swing hip-hop rumba",
}
_WHICH = re.compile(
    r"\b(?:what|which) (?:kind of )?(instrument|sport|animal|pet|language|dance)s?\b|\bwhat (?:am i|do i|did i) [^?]*?\b(danc)(?:e|ing)\b",
    re.I,
)
_WHAT = re.compile(r"\b(?:what|which)\b", re.I)
_NUMBER = re.compile(r"\b (?:number|did|was|is|do|am)", re.I)
_MINE = re.compile(r"\b(?:i|my)\b", re.I)
_HAS_NUMBER = re.compile(r"\b[A-Z]{1,3} ?\d{2,5}\b|\b\d{3,}\b")
_NAME = re.compile(r"\bmy name\b", re.I)
_CALLED = re.compile(
    r"\b(?:(?i:my name(?: is|['’]s)|this is|i am|i['’]m|name of|speaking is|call me))\s+((?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)|^\W*(?:(?:[Hh]ello|[Hh]i|[Gg]ood \w+)\W+)?([A-Z][\w'’-]+ [A-Z][\w'’-]+)(?:,? (?:here|speaking)\b)"
)
_NOT_A_NAME = re.compile(r"\b(?:I|Not|Very|The|My|From|Sorry|Here|In|English|Good|Hello|Hi)\b")
_EMPTY = re.compile(
    r"^\W*(?:(?:yes|no|ok(?:ay)?|please|thanks?|thank you|hello|hi|hey|good (?:morning|evening|afternoon)|sorry|excuse me|well|so|and|but|doctor)\b[\s,.!]*)+",
    re.I,
)
_TALK = re.compile(
    r"\b(?:you|listen|stop|scene|game|understand|repeat|conversation|word|english|question|told|said|say|mean|explain|(?:talk|speak)(?! (?:to|with) (?:mr|mrs|ms|dr))|practi[sc]e|thank)\b",
    re.I,
)
_VERB = re.compile(
    r"^(?:i|we|my \w+|he|she|they|it|there|the \w+) [a-z'’]+\b|\b(?:am|is|are|was|were|have|has|had|want|need|like|would|can|can['’]t|cannot|will|must|could|did|don['’]t|paid?|live|work|came|come|lost|missed|\w+ed|bought|hurts?|stole|feel|got|get|play|made|love|start|ordered|slept|broke|told)\b|['’](?:m|ve|d|s|re|ll)\b",
    re.I,
)
_ORDERS = re.compile(
    r"(?:please |can |could )?(?:play|tell|give|ask|let|let['’]s|argue|test|explain|show|teach|help|correct)\b(?! up\b)",
    re.I,
)
_MOST, _LONGEST, _LEAST = 3, 22, 3


def asks(text: str) -> bool:
    """Whether the learner wants to hear what was told."""
    return _SUM.search(text) is not None and re.search(r"\b(?:i|my|me|you|we|the|i['’]ve)\b", text, re.I) is not None


def called(said: Sequence[str]) -> str:
    """The learner's whole name; empty when it was not told."""
    for text in reversed(said):
        for match in _CALLED.finditer(text):
            name = next(group for group in match.groups() if group)
            if not _NOT_A_NAME.search(name):
                return name
    return ""


def answer(history: Sequence[ChatTurn], play: stage.Play | None) -> str | None:
    """What was told, in the learner's own corrected words turned to “you”; None when it is not asked for."""
    text = history[-1].content
    if (known := _of_kind(text, [one.content for one in history[:-1] if one.role == "user"])) is not None:
        return known
    if not asks(text):
        return None
    turns_ = stage.since_start(play, list(history)) if play is not None else list(history)
    said = [one.content for one in turns_[:-1] if one.role == "user"]
    name = called([one.content for one in history[:-1] if one.role == "user"])
    found = _told(said, text)
    first = [f"Your name is {name}."] if name and (_NAME.search(text) or play is None or not found) else []
    kept = [*first, *found[-_MOST:]] if play is not None else [*first, *_spread(found)]
    if not kept:
        return None
    start = "Certainly." if play is not None else "With pleasure."
    return " ".join([start, *kept])


def asks_for_number(text: str) -> bool:
    """Whether a question asks for a number of the learner's: “What is”, then “number”, then “my”."""
    if re.search(r"\bnumber\b", text) is None:
        return False
    for one in text.split("?"):  # three searches, each from where the one before ended, are linear; one pattern is not
        what = _WHAT.search(one)
        number = _NUMBER.search(one, what.end()) if what is not None else None
        if number is not None and _MINE.search(one, number.end()) is not None:
            return True
    return False


def _of_kind(text: str, said: Sequence[str]) -> str | None:
    """“The cello, you said.” None when no kind is asked for, or nothing of it was told."""
    if "?" not in text or re.search(r"\b(?:i|my|me)\b", text, re.I) is None:
        return None
    if asks_for_number(text):
        found = next((match.group() for one in reversed(said) if (match := _HAS_NUMBER.search(one))), "")
        return f"{found}, you said." if found else None
    if (match := _WHICH.search(text)) is None:
        return None
    kind = next(group for group in match.groups() if group).lower()
    things = next((words.split() for key, words in _KINDS.items() if kind in key), [])
    for one in reversed(said):
        named = [word for word in tokens.words(one.lower()) if word.removesuffix("s") in things or word in things]
        if named and "?" not in one:
            article = "the " if kind in {"instrument", "danc"} else ""
            thing = named[-1].capitalize() if kind == "language" else named[-1]
            whole = f"{article}{thing}"
            return f"{whole[:1].upper()}{whole[1:]}, you said."
    return None


def _spread(found: list[str]) -> list[str]:
    """The first, one from the middle and the last of what was told."""
    most = _MOST + 1
    return found if len(found) <= most else [found[at * (len(found) - 1) // (most - 1)] for at in range(most)]


def _told(said: Sequence[str], asked: str) -> list[str]:
    """The statements, said to the learner; those that share a word with the question only, if there are any."""
    found: list[tuple[str, bool]] = []
    named = set(_WRONG_WITH.findall(asked.lower()))
    for text in said:
        for one in turns.sentences(text):
            plain = _EMPTY.sub("", one.strip()).strip()
            if not _is_told(plain, one):
                continue
            back = followups.to_you(corrections.corrected(plain).strip(" .!"))
            found.append((f"{back[:1].upper()}{back[1:]}.", bool(named & set(tokens.words(one.lower())))))
    about = [line for line, shares in found if shares]
    return list(dict.fromkeys(about or [line for line, _ in found]))


def _is_told(plain: str, whole: str) -> bool:
    words = plain.split()
    if _ORDERS.match(plain):
        return False
    fits = _LEAST <= len(words) <= _LONGEST and "?" not in whole and not _TALK.search(plain)
    named = _CALLED.search(whole) is not None and len(words) <= 6
    return fits and not named and _VERB.search(plain) is not None and not improvise.asks(plain)
