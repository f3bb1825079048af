"""Illness that may be dangerous, and questions whether to go to hospital: the learner may mean it, in a scene, too.

The tutor is no doctor. It names the emergency department and the emergency numbers, and neither calms down nor advises
tablets, rest or waiting. Its words are simple, so that a beginner understands them.
"""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Sequence

from language.tutor import corrections, improvise, intents, stage, turns
from language.tutor.turns import ChatTurn

_STRONG = r"\b(?:strong\w*|bad|badly|terribl\w+|horribl\w+|severe\w*|sharp|awful\w*|extrem\w+|intens\w+|unbearable|worst|worse|very|really|so much|too much|a lot|big|hard|grow\w*|increas\w+|cannot (?:stand|walk)|can['’]?t (?:stand|walk))\b"
_BELLY = r"\b(?:bell(?:y|ies)|abdom\w+|stomach\w*|tummy|guts?)\b"
_HURTS = r"\b(?:pains?|painful|paining|hurt\w*|aches?|aching|cramps?)\b"
_SYMPTOM = re.compile(
    r"\bapp?end[ie]c\w+|\bmy appendix\b|\banaphyla\w+|\bconcussion\b|\bseizures?\b|\bconvulsions?\b|\bstiff neck\b|\bworst headache\b|\bhead injury\b|\bheart attack\b|\ba stroke\b(?! of\b)"
    rf"|{_HURTS}[^.!?]{{0,30}}\b(?:right side|side right|lower right|right (?:part|below|down|belly|abdomen|stomach)|(?:on|at|to) (?:the|my|his|her) right\b(?! (?:arm|leg|knee|foot|hand|ear|eye|shoulder|finger|toe|elbow|ankle|wrist)))"
    rf"|\b(?:right side|lower right|right (?:belly|abdomen|part))\b[^.!?]{{0,30}}{_HURTS}"
    r"|\b(?:pains?|hurt\w*|pressure|aches?)\b[^.!?]{0,20}\b(?:chest|brea?st|left arm)\b|\bchest\b[^.!?]{0,20}\b(?:pains?|hurt\w*|aches?|pressure|press\w*|tight\w*|burn\w*)\b|\b(?:pains? (?:in|at|of) (?:my|the|his|her) heart|heart pains?)\b"
    r"|\bshort(?:ness)? of breath\b|\b(?:can(?:no|['’]?)t|can not) (?:\w+ ){0,2}breath\w*|\bbreath\w* (?:is |very |so |with |really )*(?:bad\w*|hard|difficult\w*|problems?)\b|\b(?:difficult\w*|problems?|trouble|hard)\b[^.!?]{0,14}\bbreath\w*|\b(?:get|have|has) no (?:air|breath)\b"
    r"|\b(?:face|mouth|arm|leg|side|body)\b[^.!?]{0,20}\b(?:numb|droop\w*|paraly\w+|no feeling|hangs?|hanging)\b|\b(?:speech is slurred|slurred speech)\b|\bsuddenly\b[^.!?]{0,16}\b(?:can(?:no|['’]?)t|can not|could ?n[o'’]t) (?:speak|talk|see|walk|move)\b|\b(?:can(?:no|['’]?)t|can not) (?:speak|talk|see|walk|move)\b[^.!?]{0,16}\bsuddenly\b"
    r"|\b(?:heav\w+|strong\w*|much|a lot of|lots of)\b[^.!?]{0,16}\b(?:blood|bleed\w*)\b|\b(?:bleed\w*|blood)\b[^.!?]{0,24}\b(?:a lot|much|strong\w*|heav\w+|(?:not|no|n['’]t) stop\w*|stool|urine|vomit|poo|pee|toilet)|\b(?:vomit\w*|throw\w* up|cough\w*|spit\w*|pee\w*)\b (?:\w+ ){0,2}blood\b"
    r"|\bfever\b[^.!?]{0,15}\b4[0-2]\b|\b4[0-2]\b[^.!?]{0,16}\bfever\b"
    r"|\b(?:hits?|bang\w*|bump\w*|knock\w*|fell|fall\w*|injur\w+|kick\w*|crash\w*)\b[^.!?]{0,25}\bhead\b",
    re.I,
)
_TOGETHER = tuple(
    (re.compile(one, re.I), re.compile(other, re.I))
    for one, other in (
        (
            rf"{_BELLY}[^.!?]{{0,40}}{_HURTS}|{_HURTS}[^.!?]{{0,40}}{_BELLY}|\b(?:belly|stomach|tummy) ?aches?\b",
            _STRONG,
        ),
        (
            r"\b(?:baby|babies|bebe|newborn|new-born|infant|(?:weeks?|months?) old)\b",
            r"\b(?:fever|temperature|3[89]|4[01]|hot)\b",
        ),
        (
            r"\b(?:swell\w*|swoll?en|swelled)\b",
            r"\b(?:allerg\w*|lips?|tongue|face|throat|eyes|bees?|wasps?|nuts?|eaten|ate|eat)\b",
        ),
        (r"\bpregnan\w+\b", r"\b(?:blood|bleed\w*)\b"),
    )
)
"""Two things that are dangerous when a message tells both."""
_DENIED = re.compile(
    r"\b(?:no|without|never|(?:do|does|did|have|has)(?: not|n['’]?t)(?: have| feel| got)?)(?: (?:any|a|an|the|strong|bad|real))*\s*$",
    re.I,
)
_PAST = re.compile(
    r"\b(?:years? ago|last (?:year|summer|winter|month)|when (?:i|he|she|we) (?:was|were)|films?|movies?|books?|novels?|series|stor(?:y|ies)|laugh\w*|used to|as a child)\b",
    re.I,
)
_NOT_NOW = re.compile(
    r"\b(?:was|were|had|did|ago|games?|read|about|died|if|nurse)\b",
    re.I,
)
"""Outside of a visit to the doctor a sentence with these says that it is no trouble of now."""
_WISHED = re.compile(r"\b(?:practi[sc]\w*|pretend\w*|imagine|scene|role[- ]?play\w*)\b", re.I)
_OF_SOMEBODY = re.compile(
    r"\b(?:i|i['’]\w+|my|me|he|she|his|her|we|our|baby|son|daughter|child|wife|husband)\b|^\W*(?:strong )?pain\b", re.I
)
_OF_WORDS = re.compile(
    r"\bwhat (?:does|do|is|means?)\b.*\bmean\w*|\bwhat means?\b|\bhow (?:do|can|to|should)\b.*\b(?:say|spell|pronounce|write|call)\b|\b(?:translate|meaning|the word|difference|grammar|pronunciation)\b|\bis it correct\b|\bcorrect:",
    re.I,
)
_QUOTED = re.compile(r"[\"“«][^\"“”«»]*[\"”»]|(?<!\w)['‘][^'‘’]*['’](?!\w)")
_PLACE = r"(?:hospital|hopital|clinic|emerg[ea]nc\w+|(?:the )?er|a ?& ?e|urgenc\w+|urgent care)"
_CALL = r"(?:ambulance|ambulanc\w*|911|112|999|emerg[ea]nc\w+|emergency number)"
_GOES = re.compile(
    rf"\b(?:go(?:es|ing)?|come|drive|run|visit|bring|take|need|be|get)\b[^.!?]{{0,30}}\b{_PLACE}\b|\b(?:call|phone|ring|dial|need|want|get)\b[^.!?]{{0,20}}\b{_CALL}\b|^\W*(?:and |or |so )?(?:the |to |to the )?(?:{_PLACE}|{_CALL})\W*\?",
    re.I,
)
_ASKS = re.compile(
    r"\b(?:should|shall|must|need|have to|has to|can|could|may|better|best|necessary|necesary|do i|do we|have (?:i|we)|has (?:he|she)|when|ought|or (?:no|not|stay|wait)|is it|i go|we go|what)\b|^\W*(?:and |or |so )?(?:the |to )*\w+\W*\?",
    re.I,
)
_ROUTE = re.compile(
    r"\b(?:where|which|how (?:far|long|much|(?:can|do|must|should|shall|could) (?:i|we) (?:go|get|come|drive))|how to (?:go|get|come)|by (?:bus|car|train)|on foot|left|straight|street|way|near)\b",
    re.I,
)
_WORSE = re.compile(
    r"\b(?:if|when|what about|suppose)\b(?=[^.!?]{0,20}\b(?:it|this|that|pains?|fever|he|she|i|baby|child|son|daughter|cough|swelling|headache|symptoms?)\b)[^.!?]{0,40}(?:\bwors\w*|\b(?:stronger|strongest|bigger)|\b(?:more|too|very) (?:strong|bad|big|hard|high|sick|ill|pain\w*)|\bmore and more|\b(?:increas|grow)\w*|(?:(?:\bnot|n['’]?t|\bno) (?:\w+ ){0,2}(?:better|stop\w*|go away|disappear\w*)))",
    re.I,
)
_OF_TUTOR = re.compile(r"\b(?:can|could|will|would) you (?:please )?(?:call|phone|get|send)\b", re.I)
_WAITS = re.compile(
    r"\b(?:can|could|may|should|must|shall|better|is it ok\w*)\b[^.!?]{0,16}\b(?:wait|stay (?:at|in) home)\b", re.I
)
_COUNSEL = re.compile(
    r"\bwhat\b[^.!?]{0,16}\b(?:should|can|could|must|shall|do|to) (?:i |we |he |she )?(?:now |then )?(?:do|make|take|give)\b|\b(?:tablets?|pills?|medicines?|aspirin|paracetamol|ibuprofen|serious|dangerous|normal|worr\w+|wait|rest|sleep|doctor)\b",
    re.I,
)
_ILL = re.compile(
    rf"{_HURTS}|\b(?:fever|ill|sick|cough\w*|temperature|vomit\w*|blood|bleed\w*|breath\w*|headache|symptoms?|dizzy|swollen|injur\w+|accident)\b",
    re.I,
)
_BYE = re.compile(r"^\W*(?:(?:ok|okay|yes|no|thank you|thanks)\b[\s,.!]*)*(?:good ?bye|bye|see you)\b", re.I)
_NOW = "go to the emergency department now, or call 112 or 911"
_NO_DOCTOR = "This is only an English exercise, and I'm no doctor."
_SERIOUS = f"That can be serious. If it is real, don't wait: {_NOW}. {_NO_DOCTOR}"
_NOW_THEN = f"Don't wait with such a problem: {_NOW}. {_NO_DOCTOR}"
_CANNOT_SAY = f"I can't decide that for you. With such a problem, don't wait: {_NOW}. {_NO_DOCTOR}"
_WATCH = (
    "If the pain is strong or gets stronger, or if there is fever, blood, chest pain or trouble with breathing, go to the "
    f"emergency department at once, or call 112 or 911. If you aren't sure, ask a doctor today. {_NO_DOCTOR}"
)
_SIMPLER = f"In simple words: {_NOW}."
_IN_SCENE = "In our scene, I'll examine you at once. When did it start?"
_FOLLOW = (
    "Do you take any medicine, or are you allergic to anything?",
    "I'm sending you to the hospital now, and I'll write a letter for the doctors there. Do you have a question?",
)
_LAST = f"Please remember: if it is real, {_NOW}."
_AMBULANCE = "That can be serious, so I'll examine you at once"
"""How `alarm` begins when somebody calls for help at the doctor's."""
_LATELY = 10
_WELL_AGAIN = re.compile(
    r"\b(he|she|i|everything|my \w+|we|they)(?:['’]s|['’]m|['’]re| is| am| are| feels?| feel) (?:now |all |much |again |already |completely )*(?:fine|better|ok|okay|well|all right|healthy)\b(?! enough)",
    re.I,
)
_FALSE_ALARM = re.compile(
    r"\b(?:was|it['’]s|is) (?:only |just )?(?:a |an )?(?:joke|joking|test|example|exercise|false alarm)\b|\bnothing serious\b|\b(?:it|everything)(?:['’]s| is) (?:all )?over\b",
    re.I,
)
_UNSURE = re.compile(
    r"\?|n['’]t\b|\b(?:no|not|never|nobody|nothing(?! serious)|but|if|whether|except|though|although|however|still|yet|hope\w*|wish\w*|want\w*|pray\w*|know\w*|think\w*|guess|believe\w*|maybe|perhaps|probably|seems?|looks?|almost|soon|until|when|unless|will|would|should|must|can|cannot|says?|said|"
    r"pale|blue|weak|dizzy|cold|sweat\w*|unconscious|confused|worse|(?:is|are|do|does)n?t|(?:is|does|do|are|what|how) (?:i|he|she|it|they|we))\b",
    re.I,
)
"""A message with these does not say for sure that somebody is well: “I am ok, but he is very pale”."""
_DOCTOR_SAID = re.compile(r"\b(?:the|our|my) doctors? (?:says?|said|thinks?)\b", re.I)
_MEN = r"\b(?:he|his|him|father|dad|son|husband|boy|brother|man|uncle|grandfather|grandpa|boyfriend)\b"
_WOMEN = r"\b(?:she|her|mother|mum|mom|daughter|wife|girl|sister|woman|aunt|grandmother|grandma|girlfriend)\b"
_SOMEBODY = r"\b(?:baby|child|friend|colleague|neighbou?r|partner|boss|cousin|teacher|guest|somebody|someone)\b"
_SEVERAL = r"\b(?:they|their|them|children|kids|parents|sons|daughters|friends|babies|twins|we|our|us)\b"
_FRESH = 3
"""After so many messages of the learner about other things, a question is about those."""
_PRACTICAL = re.compile(
    r"\b(?:costs?|price|pay|insurance|how much|toilet|bathroom|park(?:ing)?|sick note|certificate|visit(?:ors)?|bring|pack|clothes|your (?:wife|husband|name|children|family))\b",
    re.I,
)
"""Of money, papers and the way things go: the visit answers these as always."""


def tells(text: str, *, at_doctors: bool) -> bool:
    """Whether a message tells of an illness that may be dangerous. Outside of a visit to the doctor only what somebody
    has now counts, not what is told of the past or of a film."""
    plain = _QUOTED.sub("", text)
    kept = [one for one in turns.sentences(plain) if not _OF_WORDS.search(one) and not _PAST.search(one)]
    if not at_doctors:
        kept = [] if _WISHED.search(plain) else kept
        kept = [one for one in kept if not _NOT_NOW.search(one) and _OF_SOMEBODY.search(one)]
    for one in kept:
        if any(not _DENIED.search(one[: match.start()]) for match in _SYMPTOM.finditer(one)):
            return True
    return any(_both(" ".join(kept), *pair) for pair in _TOGETHER)


def asks(text: str, told: Sequence[str], *, at_doctors: bool) -> bool:
    """Whether the learner asks if one should go to hospital or call for help, or what to do if it gets worse.

    `told` are the messages before: elsewhere than at the doctor's, “it” gets worse only after an illness was told.
    """
    plain = _QUOTED.sub("", text)
    ill = at_doctors or any(_ILL.search(one) for one in (plain, *told[-_LATELY:]))
    for one in turns.sentences(plain):
        if _OF_WORDS.search(one):
            continue
        question = "?" in one or improvise.asks(one) or re.match(r"\W*(?:what|should|must|do|or|and if)\b", one, re.I)
        if not question or _OF_TUTOR.search(one):
            continue
        if _GOES.search(one) and _ASKS.search(one) and (at_doctors or not _ROUTE.search(one)):
            return True
        if ill and (_WORSE.search(one) or (at_doctors and _WAITS.search(one))):
            return True
    return False


def answer(history: list[ChatTurn], play: stage.Play | None) -> str | None:
    """What to say at once to a question whether to seek help, or to an illness that may be dangerous; else None."""
    text, told = history[-1].content, [turn.content for turn in history[:-1] if turn.role == "user"]
    at_doctors = _is_doctor(play)
    told = told if at_doctors else told[_well_since(told) :]
    lately_told = any(tells(one, at_doctors=False) for one in told[-_LATELY:])
    known = _is_under_way(history, play) or lately_told
    if asks(text, told, at_doctors=at_doctors):
        return _NOW_THEN if known or tells(text, at_doctors=at_doctors) else _WATCH
    fresh = at_doctors or any(tells(one, at_doctors=False) for one in told[-_FRESH:])
    if known and fresh and improvise.asks(text) and _COUNSEL.search(text) and not _OF_WORDS.search(text):
        return _CANNOT_SAY
    if not tells(text, at_doctors=at_doctors):
        return None
    lately = [turn.content for turn in history[-_LATELY:] if turn.role == "assistant"]
    if any(_NO_DOCTOR in one or _AMBULANCE in one for one in lately):
        return None
    return f"{_SERIOUS} {_IN_SCENE}" if at_doctors else _SERIOUS


def _well_since(told: Sequence[str]) -> int:
    """From which message on nobody is ill any more: “He is fine, it was only his stomach.”"""
    since = 0
    for at, one in enumerate(told):
        if _is_over(one, [before for before in told[since:at] if tells(before, at_doctors=False)]):
            since = at
    return since


def _is_over(text: str, danger: Sequence[str]) -> bool:
    """Whether a message says surely that the person who was in danger is well. In doubt the danger lasts."""
    plain = _DOCTOR_SAID.sub("", text)
    if not danger or tells(text, at_doctors=True) or _UNSURE.search(plain) or _ILL.search(plain):
        return False
    return bool(_FALSE_ALARM.search(text)) or any(
        _is_patient(found.group(1).lower(), " ".join(danger)) for found in _WELL_AGAIN.finditer(text)
    )


def _is_patient(who: str, danger: str) -> bool:
    """Whether who is well now is who was in danger, as far as the words tell."""
    man, woman, other, several = (
        re.search(one, danger, re.I) is not None for one in (_MEN, _WOMEN, _SOMEBODY, _SEVERAL)
    )
    match who:
        case "i" | "we":
            return not (man or woman or other or several)
        case "he":
            return (man or other) and not woman
        case "she":
            return (woman or other) and not man
        case "they":
            return several
        case "everything":
            return True
        case _:
            return re.search(rf"\b{re.escape(who.removeprefix('my '))}\b", danger, re.I) is not None


def goes_on(history: list[ChatTurn], play: stage.Play | None, band: str) -> list[str] | None:
    """How a visit to the doctor goes on after an illness that may be dangerous was told; None when none was."""
    if play is None or not _is_under_way(history, play):
        return None
    text = history[-1].content
    said = [turn.content for turn in _since(history, play) if turn.role == "assistant"]
    if not any(_NO_DOCTOR in one or _AMBULANCE in one for one in said):
        return [f"{_SERIOUS} {_IN_SCENE}"]
    if intents.classify(text).kind == "unclear":
        return [_SIMPLER]
    corrected = corrections.comment(text, band)
    if improvise.asks(text) and _PRACTICAL.search(text) and not _COUNSEL.search(text):
        return None
    if improvise.asks(text):
        return [*corrected, _CANNOT_SAY]
    follows = turns.fresh(_FOLLOW, said)
    if follows is None or _BYE.search(text):
        return [*corrected, _LAST, play.scene.closing]
    return [*corrected, follows]


def _is_doctor(play: stage.Play | None) -> bool:
    return play is not None and play.scene.id == "doctor"


def _since(history: list[ChatTurn], play: stage.Play) -> list[ChatTurn]:
    """The visit so far; all of it when danger came before the scene was opened."""
    return stage.since_start(play, history) or history


def _is_under_way(history: list[ChatTurn], play: stage.Play | None) -> bool:
    """Whether something dangerous was told during this visit to the doctor, before the last message or in it."""
    if play is None or not _is_doctor(play):
        return False
    since = _since(history, play)
    told = [turn.content for turn in since if turn.role == "user"]
    called = any(_AMBULANCE in turn.content for turn in since if turn.role == "assistant")
    together = " ".join(one.rstrip(".!?, ") + "." for one in told)
    return called or any(tells(one, at_doctors=True) for one in told) or tells(together, at_doctors=True)


def _both(text: str, one: re.Pattern[str], other: re.Pattern[str]) -> bool:
    match = one.search(text)
    if match is None or _DENIED.search(text[: match.start()]):
        return False
    return any(not _DENIED.search(text[: found.start()]) for found in other.finditer(text))
