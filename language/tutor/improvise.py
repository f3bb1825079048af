"""What the tutor says in its part when the learner asks or complains about something that a scene does not foresee."""

# ruff: noqa: E501 - a table reads best with one line an entry

import re

from language.tutor import absurd, responding, turns

_QUESTION = re.compile(
    r"\?|^\W*(?:(?:and|ok|okay|excuse me|sorry|please|yes|no|also|but|so)\b[\s,.]*)*(?:can|could|may) (?:i|we|you|he|she|they|my)\b"
    r"|^\W*(?:how (?:much|many|long|far)|where|when|what time|at what time|is there|are there|do you have|have you got)\b",
    re.I,
)
_COMPLAINT = re.compile(
    r"\b(?:(?<!\bi )(?<!\bwe )(?<!\byou )(?<!\bhe )(?<!\bshe )(?<!\bthey )do(?:es)?(?: not|n['’]?t) (?:work|open|close|function|start)\w*|\b(?:window|door|tv|light|shower|heating|key|lift|wi-?fi|air conditioning|toilet|card|machine) (?:is |does |do )?(?:not|no) (?:open|work|close|go|function)\w*|(?:very|so|too) (?:hot|cold|loud|noisy|dark) in (?:the|my|our) room|not working|is broken|broke down|(?:is|are|was|were) (?:\w+ )?(?:cold|dirty|wrong|noisy|missing|broken|burnt|burned|stained|damaged|too \w+)|there(?: is|['’]s) (?:no|a hair|a fly)|too (?:loud|noisy|cold|hot|salty)|complain\w*|only want (?:\w+ )?(?:hot|clean|warm|cold)|want only)\b",
    re.I,
)
_LANGUAGE = re.compile(
    r"\b(?:mistakes?|english|word|mean|means|say|correct|grammar|sentence|my name|i (?:say|said|told)|remember|repeat|understand)\b",
    re.I,
)
_TABLE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\b(?:who|what) (?:pays?|is paying)\b|\bwho (?:will|must|has to) pay\b", ("Don't worry, you don't have to pay for that.",)),
    (r"\bwhat (?:documents |papers |things )?(?:do|should|must|can|shall) (?:i|we) (?:need|bring|send|do|wear|take|show|fill)\b", ("I'll write it all down for you, so that you don't forget anything.",)),
    (r"\b(?:close|end|finish|shut)\w*\b", ("At six in the evening, I think.",)),
    (r"\b(?:open|start|begin)\w*\b(?=.*\?)(?<!door open)", ("At nine in the morning.",)),
    (r"\b(?:can|could|may|might) (?:i|we|he|she|they|it|my \w+|the \w+)\b|\bis it (?:possible|ok|okay|all right)\b|\bis possible\b|\bam i allowed\b|\bwould it be possible\b",
     ("Yes, of course, that's no problem.", "Certainly, that's possible.", "Yes, with pleasure.")),
    (r"\b(?:can|could|would|will) you\b", ("Yes, of course, I'll see to it.", "Certainly, I'll do that at once.", "With pleasure.")),
    (r"\bwhere\b", ("It's over there, on the right.", "Just around the corner, on the left.")),
    (r"\bhow (?:much|expensive)\b|\bprice\b|\bcosts?\b", ("It isn't expensive: about ten pounds.", "That is free of charge.")),
    (r"\bhow long\b|\bhow many (?:minutes|hours|days)\b|\bhow far\b", ("It doesn't take long, about a quarter of an hour.", "Not very long. I'd say half an hour.")),
    (r"\bhow many\b", ("Not many: three or four.",)),
    (r"\bwhen\b|\bwhat time\b|\bwhich day\b", ("Let me look. … At ten o'clock tomorrow morning.", "As soon as possible. I'll call you.")),
    (r"\bis(?:n['’]?t)? there\b|\bare(?:n['’]?t)? there\b", ("Let me look. … Yes, you're in luck.", "Yes, I think so, but I'll make sure.")),
    (r"\b(?:do you have|have you(?: got)?|do you sell|got any)\b", ("I think so. I'll ask my colleague.", "Let me look. … I'm afraid not today.")),
    (r"\bwho\b", ("My colleague Anna. I can call her for you.",)),
    (r"\bwhy\b", ("I'm afraid those are the rules here.", "I don't know exactly, but I'll find out.")),
    (r"^(?:\W*\w+){0,2}\W*which\b|\bwhich (?:one|of|is|are|do|does|would|bus|train|way|floor)\b", ("I'd take the first one, if you ask me.", "Both are good; most people take the second one.")),
    (r"\bshould i (?:be )?(?:worr\w+|afraid)\b", ("No, there's no need to worry.",)),
    (r"\b(?:what|how) about\b|^\W*and\b", ("I'll check that for you. … Yes, that's all right, too.", "Let me see. … That can be arranged.")),
    (r"(?:^|[:,.!]\s)\W*(?:(?:and|so|but|ok|okay|also)\b[\s,]*)*(?:should|must|do|need) (?:i|we)\b", ("It would be better, yes.", "You don't have to, but it helps.")),
    (r"^\W*(?:(?:and|so|but|ok|okay|excuse me|sorry|please|yes|no)\b[\s,.]*)*(?:is|are|do|does|will|would|did|has|have|it|there)\b", ("Yes, as far as I know.", "I think so, but I'll make sure for you.")),
)  # fmt: skip
_OF_SCENE: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "doctor": (
        (r"\bhow (?:long|many (?:days|weeks))\b.*\b(?:good|well|better|over|heal\w*|recover\w*|takes?|last|need|stay|until|before)\b", ("Most things of that kind need one or two weeks.", "I can't say exactly; I think about ten days.")),
        (r"\bhow (?:long|soon)\b|\bwhen\b.*\b(?:better|well|healthy|work|sport|play|run|walk|back)\b", ("Give it a week, and then we'll look at it again.",)),
        (r"\bwhen\b|\bwhat time\b", ("Come back on Friday morning, please.",)),
        (r"\bx-?rays?\b|\bblood test\b|\bscan\b|\btests?\b|\bexamin\w+\b", ("Yes, we'll do that today, to be on the safe side.",)),
        (r"\b(?:can|could|may|should|am|must) (?:i|we|he|she|my \w+)\b.*\b(?:play|work|drive|go|do|run|fly|travel|walk|train|swim|lift|sport|cycle|dance|carry|move|ride)\b", ("Not in the next few days, please. If it doesn't hurt any more then, yes, but slowly.", "Better wait for a week with that.")),
        (r"\b(?:is it|will it be|is this|could it be) (?:\w+ )?(?:broken|cancer|an infection|infected|the flu|a stroke|serious|dangerous)\b", ("I don't think so, but we'll make sure today.",)),
        (r"\bhow much\b|\bcosts?\b|\bpay\b", ("Your insurance pays for that.",)),
        (r"\bside effects?\b", ("They can make you a little tired. If you feel worse, call me.",)),
    ),
    "job_interview": (
        (r"\b(?:travel|business trips?|abroad)\b", ("Now and then: about two days a month.",)),
        (r"\b(?:team|colleagues|people)\b", ("You would work in a team of eight people.",)),
        (r"\b(?:hours?|overtime|weekends?|shifts?)\b", ("It is forty hours a week, and overtime is rare.",)),
        (r"\b(?:holidays?|vacation|days off|leave)\b", ("You get twenty-eight days of holiday a year.",)),
        (r"\b(?:home office|remote|from home)\b", ("Two days a week you can work from home.",)),
        (r"\b(?:when|hear|decide|decision|answer)\b", ("You will hear from us within a week.",)),
        (r"\b(?:start|begin)\b", ("On the first of next month, if that suits you.",)),
        (r"\btraining|courses?|learn\b", ("Yes, there is a training of two weeks at the beginning.",)),
    ),
    "phone_call": (
        (r"\bhow long\b", ("About half an hour.",)),
        (r"\bspell\b.*\bname\b", ("Of course. My name is Sam: S-A-M.",)),
        (r"\bhow (?:much|expensive)\b|\bcosts?\b", ("That depends; we tell you the price before we begin.",)),
    ),
    "hotel": (
        (r"\bwhere (?:can|could) (?:i|we) (?:eat|have (?:dinner|lunch))\b|\brestaurants?\b", ("There is a good Italian restaurant two streets from here.", "We also have a small restaurant on the ground floor.")),
        (r"\b(?:pay|bill)\b.*\b(?:now|today|tonight|in advance)\b", ("Of course. I'll print the bill for you.",)),
        (r"\bwake\b|\balarm\b", ("Of course, we can wake you. I'll make a note of it.",)),
        (r"\btaxi\b", ("Of course. I'll order one for you.",)),
    ),
    "travel_trouble": (
        (r"\bwho\b.*\bpays?\b", ("The airline pays for what you really need. Please keep the receipts.",)),
        (r"\bwhen\b|\bhow (?:long|soon)\b", ("Most suitcases come within two days. We'll call you as soon as we know.", "I can't promise a day, but we look for it in the computer every hour.")),
        (r"\bmanager|supervisor|boss\b", ("Of course, I'll call her. One moment, please.",)),
        (r"\bwhere\b.*\b(?:suitcase|bag|luggage)\b", ("It may still be at the airport where you started. I'm looking for it now.",)),
    ),
    "restaurant": (
        (r"\bhow long\b", ("About fifteen minutes.",)),
        (r"\b(?:high ?chair|chair for|for (?:the |a |my )?(?:baby|child|kids))\b", ("Yes, of course. I'll bring a chair for the little one.",)),
        (r"\b(?:take ?away|take (?:it |this |the rest )?home|doggy bag)\b", ("Of course, I'll put it in a box for you.",)),
        (r"\bspicy\b|\bhot\b", ("Only a little, but I can ask for less.",)),
        (r"\bfresh\b|\bhome-?made\b", ("Yes, everything is made in our kitchen today.",)),
    ),
    "shopping": (
        (r"\b(?:other|another|different) (?:colou?rs?|sizes?)\b", ("Yes, we have it in blue, green and grey, in all sizes.",)),
        (r"\b(?:do you|have you)\b.*\b(?:have|sell|got)\b", ("Yes, we have. Here they are.", "Yes, over here.")),
        (r"\b(?:wash|washing machine|clean)\b", ("Yes, you can wash it at thirty degrees.",)),
        (r"\b(?:made of|material|wool|cotton|leather)\b", ("It is wool, mostly, so it is warm.",)),
    ),
}  # fmt: skip
"""By scene, before the general rows: a doctor forbids what a waiter allows."""
_SCENE_ROWS = {
    scene: [(re.compile(pattern, re.I), lines) for pattern, lines in rows] for scene, rows in _OF_SCENE.items()
}
_ROWS = [(re.compile(pattern, re.I), lines) for pattern, lines in _TABLE]
_SORRY = (
    "I'm very sorry about that. I'll see to it at once.",
    "I apologise. I'll send somebody to look at it.",
    "You're right, and I'm sorry. We'll put that right today.",
)


_PRIVATE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\bhow do you know\b|\bhow did you meet\b", ("We were at school together, a long time ago.",)),
    (r"\b(?:books?|novels?|read)\b", ("I liked “The Old Man and the Sea”: it is short and very good.",)),
    (r"\b(?:films?|movies?|series)\b", ("I like old films, “Casablanca” most of all.",)),
    (r"\b(?:music|songs?|bands?|concerts?)\b", ("Jazz, mostly, and in the car anything that one can sing.",)),
    (r"\b(?:children|kids|family)\b", ("Yes, two: a boy of six and a girl of nine.",)),
    (r"\bmarried\b|\bwife\b|\bhusband\b|\bboyfriend\b|\bgirlfriend\b", ("Yes, for ten years now.",)),
    (r"\bwhere (?:are|do) you (?:from|come|live)\b|\bdo you live\b|\bare you from\b", ("I was born here, and I live just round the corner.",)),
    (r"\bhow long have you\b", ("For about five years, and I still like it.",)),
    (r"\bhow are you\b|\bhow was your\b", ("Fine, thank you, a little tired from the week.",)),
    (r"\b(?:free time|hobb\w+|for fun|weekend|sports?|play)\b", ("I cycle a lot, and I play chess badly.",)),
    (r"\b(?:eat|meat|cook|food|drink|vegetarian|allerg\w+)\b", ("I eat everything except olives.",)),
    (r"\b(?:pets?|dog|cat)\b", ("Yes, a lazy old cat.",)),
    (r"\bwould you like\b|\bdo you want\b|\bcan you come\b|\bwill you come\b", ("Yes, I'd love to, thank you.", "With pleasure.")),
    (r"\b(?:can|could|may|shall|should) (?:i|we)\b", ("Of course, why not?", "Yes, please do.")),
    (r"\bwhere\b", ("Not far from here, near the church.",)),
    (r"\b(?:close|end|finish|shut)\w*\b", ("At six, as far as I know.",)),
    (r"\b(?:open|start|begin)\w*\b", ("At nine, I think.",)),
    (r"\bwhen\b|\bwhat time\b", ("On Saturday at six, I think.",)),
    (r"\bhow (?:long|far|many)\b", ("About ten minutes, I think.",)),
    (r"^\W*(?:(?:and|so|but|oh|ok|really)\b[\s,]*)*(?:is|are|do|does|did|have|has|can|will|would)\b", ("Yes, now and then.", "I think so, yes.")),
)  # fmt: skip
_PRIVATE_ROWS = [(re.compile(pattern, re.I), lines) for pattern, lines in _PRIVATE]
_ECHO = re.compile(r"^\W*(?:outside|at|in|on|for|with|after|before|during|me|mine|my)\b[^.!?]{0,20}\?\s+(?=\w)", re.I)
"""“Outside of work? Mostly I climb.” says again what was asked."""


def asks(text: str) -> bool:
    """Whether the learner asks something within the scene."""
    return _QUESTION.search(_ECHO.sub("", text)) is not None


def complains(text: str) -> bool:
    """Whether something is wrong, in the scene, for the learner."""
    return _COMPLAINT.search(text) is not None


def requests(text: str) -> bool:
    """Whether a message after the end of a scene belongs to it by its kind, and is not about the language."""
    if _LANGUAGE.search(text):
        return False
    wanted = r"\b(?:can|could|may) (?:i|we)\b|\b(?:could|can|would) you (?:please )?(?:give|send|bring|show|call|check|make|write|book|change|repair|print|put|pack|order|look)\b|\bhow much\b|\bis there\b|\bshould i\b|\bdo i (?:need|have)\b"
    return complains(text) or (asks(text) and re.search(wanted, text, re.I) is not None)


def reply(text: str, said: list[str], scene: str, *, privately: bool = False) -> str:
    """What the part would answer; of several lines one that was not `said` lately. `privately`: as somebody met by
    chance, who sells and manages nothing."""
    if (odd := absurd.answer(text, said, scene, privately=privately)) is not None:
        return odd
    asked = " ".join(one for one in turns.sentences(text) if asks(one)) or text
    rows = _PRIVATE_ROWS if privately else [*_SCENE_ROWS.get(scene, ()), *_ROWS]
    sorry = complains(text) and not privately
    lines = _SORRY if sorry else next((lines for pattern, lines in rows if pattern.search(asked)), ())
    if not lines:
        return responding.unsure(scene, said)
    return turns.fresh(lines, said) or lines[-1]
