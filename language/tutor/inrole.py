"""How the part listens before its script: what the learner has told, refuses, is allergic to, or complains about.

What was said comes first; the script goes on from there, and never asks again what was answered.
"""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Sequence

from language.tutor import corrections, followups, improvise, stage, turns
from language.tutor.scenarios import Branch

_TOLD = re.compile(
    r"\b(?:i(?:['’]ve)?|we) (?:have )?(?:(?:just |already |only )*(?:told you|said(?! (?:sorry|hello|hi|goodbye|yes|no|thank\w*|nothing|to)\b)|told(?= (?:two|three|it|that|already)))|(?:just|already) (?:say|tell|gave|given|answered|ordered|asked))(?: already)?(?: (?:you|that|it|this|so|before|already|two times|twice|three times|for))*\b[:,]?\s*(?:that )?(.*)",
    re.I | re.S,
)
_UNHEARD = re.compile(
    r"\b(?:you )?(?:do not|don['’]?t|didn['’]?t|did not|not|never) (?:hear|listen(?:ing)?|understand)(?:(?: to)? me| what i)\b|\blisten to me\b|\bwhat i said\b",
    re.I,
)
_WANTS = re.compile(r"\b(?:want|need|wish|like|speak\w*|talk\w*|call\w*|about)\b|^\W*(?:no\W+)?not\b", re.I)
_OWN = re.compile(
    r"\b(?:i|we) (?:really |just |also )?(?:don['’]?t|do not|didn['’]?t|did not|never|am not|are not)\b|\bi['’]m not\b|^\W*(?:no|not)\b",
    re.I,
)
_ALLERGIC = re.compile(
    r"\b(my \w+|\bi\b|he|she)?(?: (?:is|am|are)|['’](?:m|s))? ?(?:also |very |really )?allerg\w+ (?:to|with|against|of|on) (?:the |an? )?(\w+)|\b(my \w+|i|he|she|we) (?:(?:can['’]?t|cannot|can not|mustn['’]?t|must not) (?:eat|take|have|drink|tolerate)|(?:don['’]?t|doesn['’]?t) (?:eat|drink)) (?:any |the )?(?!an?\b|my\b|it\b|that\b|this\b|much\b|well\b|anything\b|more\b)(\w{3,})",
    re.I,
)
_ABOUT_IT = re.compile(
    r"\b(?:is|are) there\b|\bthere (?:is|are)\b|\b(?:has|have|had|contains?|inside|in it|in them|made with|without)\b|(?<!what )\bcan (?:i|he|she|we|my \w+) (?:eat|take|have|drink)\b|\bsafe\b|\bdangerous\b|\bis it (?:ok|okay|good)\b|\bwhat (?:can|should) (?:he|she) (?:eat|take|have|drink)\b",
    re.I,
)
_OFFERED = re.compile(r"\b(?:what|which) (?:\w+ )?\w+ (?:do |have )?you (?:have|offer|sell|serve)?\b", re.I)
_SAFE = {
    "doctor": ("No, there is no {x} in these tablets. I have noted the allergy, so they are safe for you.", "No, please don't take {x}: you are allergic to it. These tablets have none in them."),
    "restaurant": ("No, there is no {x} in it. I told the kitchen about it.", "The risotto and the vegetable soup have no {x} in them. Both are safe."),
}  # fmt: skip
_OTHER_SAFE = "No, there is no {x} in it. I have made a note of that."
_THING = re.compile(
    r"\b(?:the|my|our|this|these|your|his|her)((?: (?!is\b|are\b|was\b|does\b|do\b|has\b|have\b)[a-z'’-]+){1,3}) (?:is|are|was|were|does|do|doesn|don|isn|aren|has|have|smells?|tastes?)\b(?! (?:two|three|four|five|six|seven|eight|nine|ten|one|\d+) (?:years?|people))"
    r"|\bthere(?: is| are|['’]s)((?: (?:a|an|no|some|many)(?: [a-z]+)? [a-z]+| [a-z]+)) (?:in|on|under) (?:my|the|our|his|her)\b",
    re.I,
)
_ALSO_WRONG = re.compile(
    r"\b(?:there(?: is|['’]s| are) (?:an? |some |many )?(?:hair|fly|ants?|insects?|bugs?|mouse|mice|cockroach\w*|spiders?|noise|smoke|smell|water on)|(?:is|are|was|were|tastes?) (?:\w+ )?(?:salty|raw|sour|bitter|burnt|burned|hard|dry|old|leaking|blocked|stained|torn|bad|terrible|awful|disgusting|broken|noisy|loud|damaged)|(?:(?:have|['’]ve) (?:been )?wait(?:ed|ing)|\b(?:we|i|and) wait|(?:are|['’]re|am|['’]m) waiting) (?:for |since |already |here )*(?:more than |almost |over )?(?:an?|one|two|three|half|forty|thirty|\d+)|has a hole)\b",
    re.I,
)
_WAITED = re.compile(r"\b(?:wait(?:ed|ing)|too long|so long|slow)\b", re.I)
_MEND = {
    "hotel": ("I'm very sorry about {x}. I can give you another room now, or send somebody. What would you prefer?", "I'm sorry about {x}, too. You get another room, and tonight costs you nothing."),
    "restaurant": ("I'm very sorry about {x}. I'll take it back to the kitchen at once and bring you a fresh one.", "I'm sorry about {x}, too. You don't have to pay for that."),
    "shopping": ("I'm sorry about {x}. Would you like a new one, or your money back?", "I'm sorry about {x}, too. I'll bring you another one."),
    "travel_trouble": ("I'm very sorry about {x}. I'll do what I can for you.", "I'm sorry about {x}, too. I'll put it in my report."),
    "phone_call": ("I'm very sorry about {x}. I have written it down, and we put it right today.", "I'm sorry about {x}, too. I'll tell my boss at once."),
    "school": ("I'm sorry about {x}. I'll tell the office today.", "I'm sorry about {x}, too. We'll see to it."),
}  # fmt: skip
_LATE = {
    "restaurant": "I'm very sorry that you had to wait. I'll go to the kitchen now and bring it in five minutes.",
    "": "I'm very sorry that you had to wait. It's your turn now.",
}
_MOST = 12
_SMALL = frozenset({"the", "a", "an", "some", "one", "your"})
_SORRY = "You're right, I'm sorry."


def told_again(answer: str) -> str | None:
    """What to say when the learner has told it before: sorry, and the thing itself; None when that is not said."""
    match = _TOLD.search(answer)
    if match is None and not _UNHEARD.search(answer):
        return None
    if match is not None and re.match(r"\W*(?:him|her|them|my|his|the (?!g|s))", match.group(1), re.I):
        return None
    rest = (
        turns.sentences(match.group(1))[0].strip(" .!?") if match is not None and match.group(1).strip(" .!?") else ""
    )
    if not rest or ("?" in answer and rest in answer.split("?")[0] and re.search(r"\bwhat\b", answer, re.I)):
        return _SORRY
    back = followups.to_you(corrections.corrected(rest)).strip(" .!?")
    back = f"you told me {back}" if back.lower().startswith("about ") else back
    return (
        f"{_SORRY} {back[:1].upper()}{back[1:]}."
        if 0 < len(back.split()) <= _MOST and not re.search(r"\byour? (?:not|hear)", back)
        else _SORRY
    )


def refused(answer: str) -> str | None:
    """“All right, no appointment.” None when the message refuses nothing."""
    thing = stage.denied(answer)
    if not thing or not any(
        _WANTS.search(one) and _OWN.search(one) and stage.denied(one) for one in turns.sentences(answer)
    ):
        return None
    if thing.endswith(("ing", "ed", "ly")) or thing in {
        "know",
        "want",
        "only",
        "what",
        "you",
        "your",
        "yet",
        "now",
        "all",
        "too",
        "just",
        "talk",
        "speak",
        "see",
        "reservation",
    }:
        return None
    return f"All right, no {thing}."


def of_allergy(scene: str, answer: str, told: Sequence[str]) -> str | None:
    """The answer to “Is there any in it?” for somebody allergic; None when it is not asked, or nobody is."""
    if _OFFERED.search(answer) or not ("?" in answer and _ABOUT_IT.search(answer)):
        return None
    found = [match for text in (*told, answer) for match in _ALLERGIC.finditer(text)]
    things = [next(group for group in (match.group(2), match.group(4)) if group).lower() for match in found]
    asked = answer.lower()
    named = [one for one in things if one.removesuffix("s") in asked]
    if not things or (not named and not re.search(r"\bsafe\b|\bdangerous\b|\bwhat\b|\bi\b|\bhe\b|\bshe\b", asked)):
        return None
    thing = (named or things)[-1]
    takes = re.search(r"\bcan (?:i|he|she|we) (?:eat|take|have|drink)\b|\bwhat (?:can|should)\b", asked) is not None
    lines = _SAFE.get(scene, (_OTHER_SAFE, _OTHER_SAFE))
    several = thing.endswith("s") and not thing.endswith("ss")
    return lines[takes].format(x=thing).replace("there is no", "there are no" if several else "there is no")


def mended(scene: str, answer: str, said: Sequence[str]) -> str | None:
    """What the part does about something that is wrong, with the thing named; None when nothing is."""
    wrong = [
        one
        for one in turns.sentences(answer)
        if "?" not in one and (improvise.complains(one) or _ALSO_WRONG.search(one))
    ]
    lines = _MEND.get(scene)
    if (
        not wrong
        or lines is None
        or any(map(stage.denied, wrong))
        or re.search(r"\btoo (?:expensive|much)\b", answer, re.I)
    ):
        return None
    if scene == "restaurant" and all(_WAITED.search(one) for one in wrong):
        return _LATE["restaurant"]
    things = [_named(match) for one in wrong for match in _THING.finditer(one)]
    thing = next((one for one in things if one), "that")
    if any(lines[0].split("{")[0] in one for one in said):
        return lines[1].format(x=thing)
    return lines[0].format(x=thing)


def harmful(answer: str, told: Sequence[str]) -> str | None:
    """What to say when somebody was given what they are allergic to."""
    if "?" in answer or not re.search(
        r"\b(?:there (?:is|are|was|were)|has|have|had|got|ate|eaten|contains?|with)\b", answer, re.I
    ):
        return None
    for match in (match for text in told for match in _ALLERGIC.finditer(text)):
        who, thing = (
            match.group(1) or match.group(3) or "",
            next(group for group in (match.group(2), match.group(4)) if group).lower(),
        )
        if re.search(rf"\b{re.escape(thing.removesuffix('s'))}", answer, re.I) and not _ALLERGIC.search(answer):
            person = followups.to_you(who).lower() or "you"
            have, be = ("Have", "Are") if person == "you" else ("Has", "Is")
            return f"I'm terribly sorry! I'll take it away at once. {have} {person} eaten any of it? {be} {person} all right?"
    return None


def _named(match: re.Match[str]) -> str:
    """“the shower”, “the ants”: the thing with its article."""
    words = next(group for group in match.groups() if group).split()
    words = [one for one in words if one.lower() not in {"a", "an", "some", "many", "no"}]
    if not words or words[0].lower() in {"problem", "reason", "thing", "question", "name", "way"}:
        return ""
    noun = followups.to_you(" ".join(words)).lower()
    return f"the missing {noun}" if re.search(r"\bno\b", match.group(), re.I) else f"the {noun}"


def said_by(branch: Branch, answer: str) -> str:
    """What a branch says, with what its pattern caught put as the tutor says it."""
    answer = stage.affirmed(answer, branch.when)
    match = branch.when.search(answer)
    if match is None or "{" not in branch.say:
        return branch.say
    text = branch.say
    for number, group in enumerate(match.groups(), start=1):
        first = match.start(number) <= len(answer) - len(answer.lstrip(' "“¿¡'))
        text = text.replace(f"{{{number}}}", _back(group, first=first) if group else "")
    return text[:1].upper() + text[1:]


def _back(caught: str, *, first: bool) -> str:
    """What was caught, said to the learner; the first word of a message has its capital for that alone."""
    said = followups.to_you(caught.strip())
    return said[:1].lower() + said[1:] if first or said.split()[0].lower() in _SMALL else said
