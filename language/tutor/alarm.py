"""Danger first: somebody can't breathe, is unconscious or bleeds, there is a fire, somebody asks for a doctor or wants
to die. Nothing is corrected and nothing else is asked then.

In a scene the part helps at once; outside of one the learner is told to call for help if it is real.
"""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Sequence

from language.tutor import turns

_WHO = r"(?:i|he|she|they|we|it|you|my [\w' ]{2,20}?|the [\w' ]{2,20}?|somebody|someone|a (?:man|woman|child|boy|girl))"
_BREATH = re.compile(
    r"\b(?:can(?:no|['’]?)t|can not|not can|could(?:n['’]?t| not)|difficult\w*|hard|unable|trouble|problems?|stopped|(?:not|isn['’]?t|doesn['’]?t)) (?:(?:to|for|with|really) )?(?:breath\w*|respir\w*|swallow\w*)|\bchok(?:e|es|ing)\b(?! up)|\b(?:her|his|my|the) (?:throat|tongue|lips?|face) (?:is|are) (?:swelling|swollen|closing)",
    re.I,
)
_BODY = re.compile(
    rf"\b(?:unconscious|passed out|heart attack|a stroke|poisoned|overdose|drowning|electric shock)\b|\b{_WHO} (?:is |are |was |am |['’]s |['’]m )?(?:(?:not|isn['’]t|doesn['’]t) (?:awake|wak(?:e|ing)(?: up)?|respond\w*|mov(?:e|ing))|bleeding|bleeds|collapsed|fainted)\b"
    r"|\b(?:a lot of|so much|much|losing) blood\b|\b(?:strong|bad|terrible|sharp|big) (?:chest pain|pain in (?:my|the|his|her) (?:chest|heart|left arm))\b|\bpain in (?:my|his|her) (?:chest|left arm)\b",
    re.I,
)
_CALL = re.compile(
    r"\b(?:call|need|get|send|fetch|want|phone|ring)\b(?:(?!\b(?:play|practi\w+|be|speak|talk|pretend)\b)[^.!?]){0,14}\b(?:an? |the )?(?:ambulance|doctor|police|fire ?brigade|fire department|firefighters?)\b[^.!?]*!|\b(?:call|send|get|fetch|phone) (?:us |me |her |him )?(?:an? |the )?ambulance\b|\b(?:call|phone) (?:a |the )?(?:doctor|police)\b[^.!?]*\b(?:now|quick\w*|fast|immediately|at once|please)\b|^\W*(?:yes\W+)?an? (?:doctor|ambulance)\W*!|\bit['’]?s an emergency\b|\bhelp\W+(?:help|me|us)?\W*!.*\b(?:accident|hurt|attack\w*|knife|gun)\b",
    re.I,
)
_FIRE = re.compile(
    r"\b(?:there is|there['’]s|there are|i (?:see|smell)|we have|have a)\b[^.!?]{0,12}\b(?:fire|smoke|flames|gas leak|gas)\b|\b(?:is|are) (?:on fire|burning)(?! (?:hot|with))\b|\bit burns in\b",
    re.I,
)
_LIFE = re.compile(
    r"(?:^\W*|\b(?:i|i['’]?m|i['’]?d)\b(?:(?!\b(?:he|she|they|we|you|people|who|everybody)\b)[^.!?,;]){0,24}\b)(?:want|wanted|wish|going|like|better) to (?:die|kill (?:myself|me)|end (?:it all|my life))\b|\bi(?:['’]m| am)? (?:thinking (?:of|about)|planning) (?:suicide|killing myself|dying)\b|\b(?:don['’]?t|do not) want to (?:live|be alive)(?: any ?more)?\W*(?:$|[.!])|\bno reason to live\b|\bi (?:cut|hurt) myself on purpose\b",
    re.I,
)
_UNREAL = re.compile(
    r"\b(?:was|were|had|did|yesterday|last \w+|ago|films?|movies?|books?|novels?|series|games?|stor(?:y|ies)|if|when i was|used to|every|never|always|out|over|laugh\w*|stress\w*|exam)\b|\bbetter now\b",
    re.I,
)
_ROUTES = (("breath", _BREATH), ("body", _BODY), ("fire", _FIRE), ("call", _CALL))
_ASK = {
    "breath": ("Is she sitting up?", "Are you sitting up?", "Is he sitting up?", "Is the person sitting up?"),
    "body": ("Is she awake?", "Are you alone?", "Is he awake?", "Is the person awake?"),
    "call": ("Can she speak?", "Where does it hurt?", "Can he speak?", "What has happened?"),
}
_OUT = "Please leave the building now, and take nothing with you. I'm calling the fire brigade. Is everybody outside?"
_IN = "I'm calling an ambulance right now. It comes in a few minutes. Please stay calm."
_STILL = "The ambulance is on its way. I stay with you."
_REAL = "If this is real, call for help now: 112 or 911. I'm only a program and can't call."
_REAL_FIRE = "Go outside now! If this is real, call 112 or 911. I'm only a program and can't call."
_ALIVE = (
    "I'm very sorry that you feel like that. I'm only a program, so please talk to a person now: a friend, a doctor, or a "
    "helpline. In Europe you can call 112, in the USA 988. Is there somebody near you?"
)
_AGAIN = "Please talk to somebody now, by phone or at the door. You are not alone with this. Who could you call?"
_DOCTOR = "That can be serious, so I'll examine you at once, and I'm calling an ambulance. Please sit up and stay calm. If this is real, call 112 or 911: I'm only a program."
_WHETHER = re.compile(
    r"\b(?:should|must|shall|have|need|do|can|when|if|is it)\b[^.!?]{0,12}\b(?:i|we|better|necessary)\b.*\?", re.I
)
"""Asks whether to call: no call for help, and `urgent` answers it."""
_ALLERGY = re.compile(r"\ballerg\w+ (?:to|against|of) (?:the |an? )?(\w+)", re.I)


def answer(text: str, told: Sequence[str], said: Sequence[str], scene: str) -> str | None:
    """What to say at once; None without danger. `told` are the learner's messages before, `said` the tutor's, `scene` the
    id of the one that is played, or empty."""
    if _LIFE.search(text) and not re.search(r"\b(?:laugh\w*|films?|books?|movies?|game)\b", text, re.I):
        return _ALIVE if not any(_ALIVE in one for one in said) else _AGAIN
    kind = next((name for name, pattern in _ROUTES if _is_now(pattern, text, name)), "")
    if not kind:
        return None
    if not scene:
        return _REAL_FIRE if kind == "fire" else f"{_REAL} {_asked(kind, text, told)}"
    if kind == "fire":
        return _OUT
    if scene == "doctor":
        return f"{_DOCTOR} {'When did it begin?' if kind != 'call' else 'What has happened?'}"
    if any(_IN in one for one in said):
        return f"{_STILL} {_asked('body', text, told)}"
    because = next((match.group(1).lower() for one in reversed(told) if (match := _ALLERGY.search(one))), "")
    known = f"I'll tell them about the allergy to {because}." if because else ""
    return " ".join(one for one in (_IN, known, _asked(kind, text, told)) if one)


def _is_now(pattern: re.Pattern[str], text: str, name: str) -> bool:
    """Whether a sentence says it of now: not of a film, of last year or of a wish."""
    for sentence in turns.sentences(text):
        if pattern.search(sentence) and not (_WHETHER if name == "call" else _UNREAL).search(sentence):
            return True
    return False


def _asked(kind: str, text: str, told: Sequence[str]) -> str:
    for one in (text, *reversed(told[-2:])):
        if re.search(r"\b(?:she|her|wife|mother|sister|daughter|girl|woman)\b", one, re.I):
            return _ASK[kind][0]
        if re.search(r"\b(?:he|his|him|husband|father|brother|son|boy|man)\b", one, re.I):
            return _ASK[kind][2]
        if re.search(r"\bi\b|\bi['’]|\bmy (?:chest|heart|throat|arm)\b", one, re.I):
            return _ASK[kind][1]
    return _ASK[kind][3]
