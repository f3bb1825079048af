"""Wishes to play a scene: “I want practise for job interview at bakery” is a job interview, its place a bakery."""

# ruff: noqa: E501 - a table reads best with one line an entry

import re
from dataclasses import dataclass

from language import tokens
from language.lexicon.listed import listed
from language.tutor import scenarios
from language.tutor.scenarios import Scenario

_WANT = r"(?:let['’]?s|let us|(?:can|could|shall|may|will|would) (?:we|i|you)|(?:can|could) you|i(?:['’]d| would|['’]m)?(?: really| also)? (?:want|wanna|wish|like|love|need|have|must|going)(?: to)?|we (?:can|could)|how about|what about|help me(?: to| with)?|please|teach me|i am going to|why don['’]t we)"
_PRACTISE = r"(?:practi[sc](?:e|ing)?|practis|rehears\w*|role[- ]?play\w*|simulat\w*|act out|prepare(?: me)?|train(?: for| me)?|exercise|run through|go through)"
_SCENE = r"(?:role[- ]?plays?|scenes?|situations?|dialogues?|simulations?)"
_NAMES = r"(?:restaurant|hotel|doctor(?:['’]?s)?|airport|shop|shopping|(?:job )?interview|party|small talk|phone(?: call)?|school|directions)"
_ASKS = (
    rf"\b{_WANT}\b[\w'’ ,]*?\b{_PRACTISE}\b(.*)",
    rf"^\W*(?:(?:ok|okay|yes|now|hello|hi|please|so)\W+)*{_PRACTISE}\b(.*)",
    rf"\b{_WANT}(?: please| now| again)?(?: to)? (?:do|go|play|try|have|make|start|act|begin|practi[sc]e)\b(?: please)? ((?:(?:an?|the|some|in|at|another|that|this|your|my|new|small|short|scene|role|of|with|like|we|are|job|phone|little|as) )*(?:\w+)(?:.*))",
    rf"\b{_SCENE}\b(.*)",
    r"\b(?:pretend|imagine|suppose|let['’]s say|act (?:as|like))\b(.*)",
    r"\byou(?:['’]re| are| be| play| will be| can be) (?:(?:a|an|the|my) )?((?:waiter|waitress|doctor|interviewer|recruiter|receptionist|shop|seller|assistant|officer|policeman|boss)\b.*)",
    r"\b(?:you|please) be (?:a|my|the) ((?:waiter|waitress|doctor|interviewer|recruiter|receptionist|shop)\b.*)",
    r"\bhelp (?:me )?(?:with|for|prepare)\b(.*\b(?:interview|call|appointment|check-?in)\b.*)",
    r"\binterview me\b(.*)",
    rf"^\W*(?:(?:ok|okay|yes|now|then|please|the|an?|i want|i need|i['’]d like|i would like)\W+)*((?:\w+ ){{1,2}}){_SCENE}\W*(?:please|now|again)?\W*$",
    rf"\b(?:let['’]?s|let us|can we|could we|shall we|we can)(?: please| now| then)? (?:do|play|try|practi[sc]e|act)(?: now| please)? (?:the |an? |at the |in the |in an? |at an? )?({_NAMES})(?: (?:now|please|again|instead|next|then))*\s*(?:[.!?,]|$)",
    rf"(?:^|[.!?]\s+)\W*(?:(?:ok|okay|and|so)\W+)?(?:now|then|next),? (?:i want|i would like|i['’]d like)(?: to (?:do|play))? ({_NAMES})\s*(?:[.!?,]|$)",
    rf"^(?:[^.!?]{{0,40}}[.!?]\s+)?(?:(?:now|then|ok|okay|and|so|the|an?|at|in|hi|hello|good (?:morning|evening|afternoon))\W+)*({_NAMES})(?: now| again)?,? please\W*$",
)
_PATTERNS = [re.compile(one, re.I) for one in _ASKS]
_PLAIN = frozenset({0, 1, 3, 9, 10, 11})
_NAMED, _SHORT, _FEW = 3, 7, 3  # “the situation” in the middle of a story is no wish
_WISHED = re.compile(rf"\b(?:{_WANT}|{_PRACTISE})\b", re.I)
_TO_DO = 10
_HELPS = re.compile(rf"\b(?:{_PRACTISE}|help me)\b", re.I)
_DIRECT = 2  # the pattern whose words must begin with the scene
_OTHERS = re.compile(
    r"\b(?:piano|guitar|violin|drums?|flute|singing|song|football|soccer|tennis|basketball|volleyball|chess|cards|yoga|swimming|danc\w+|"
    r"video games?|computer games?|sport|running|verbs?|tenses?|grammar|vocabulary|words|pronunciation|spelling|cooking|driving|judo|karate|golf)\b", re.I,
)  # fmt: skip
_OF_SCENES = re.compile(
    r"\b(?:negotiat\w+|presentations?|debates?|argument|complain\w*|meeting|role|scenes?|conversations?|dialogues?|situations?|pretend)\b|\bpractis?c?e\W*$|\bpracti[sc]e (?:speaking|talking|english|my english|a conversation|something)\W*$", re.I
)  # fmt: skip
_UNWISHED = re.compile(
    r"\b(?:don['’]?t|do not|no longer|never) (?:really )?(?:want|like|feel like|wish|need)\b|\blet['’]?s (?:not|stop|end|finish|leave)\b|^\W*(?:ok\w*[, ]*|please )?(?:stop|end|finish|no more)\b", re.I
)  # fmt: skip
_CLAUSES = re.compile(r"(?<=[.!?;,])\s+|\s+(?=but\b)", re.I)
_NOT_THIS = re.compile(r"^\W*(?:no|not)\b(?: (?:an?|the|in))* \w+\W*$", re.I)
_INSTEAD = re.compile(
    rf"\b(?:{_PRACTISE}|{_SCENE}|play(?:ing)?|pretend|(?:do|make|begin|start)\b[^.!?]*\binstead|please be|you(?:['’]re| are| be| play))\b",
    re.I,
)
_OF_PLAYING = re.compile(rf"\b(?:{_SCENE}|practi[sc]\w*|rehears\w*|play(?:ing)?|pretend\w*)\b", re.I)
_LIKE_WORK = r"(?:prepar\w+|train|exercise|run through|go through)"
_IN_EARNEST = re.compile(rf"\b{_LIKE_WORK}\b", re.I)
"""Within a scene these mostly tell of life: “I have to prepare for my job interview.”"""
_ASKS_TO = re.compile(
    rf"(?:^\W*|\b(?:let['’]?s|(?:can|could|shall) we|want to|wanna|like to|help me(?: to)?) )(?:please )?{_LIKE_WORK}\b",
    re.I,
)
_NO_WORDS = frozenset({"", "this", "that", "it", "please", "now", "again", "instead"})
_REASON = re.compile(r"\b(?:because|since|as) (?:i|my|we|there|the|it)\b.*", re.I | re.S)
_PEOPLE = listed(
    """
    husband wife mother father son daughter brother sister friend boyfriend girlfriend boss colleague mum mom dad
    grandmother grandfather uncle aunt cousin baby child children kids parents neighbour neighbor family partner
    """
)
_FILLER = listed(
    "a an the some in at another that this your my new small short scene role of with like we are job phone little as play playing i am you talk you're be ordering order going to for about checking buying asking visit being seeing first day to"
)
_PLACE = re.compile(
    r"\b(at|in|for|to|of|with) (?:(an?|the|my|your|some) )?((?:(?:small|big|little|local|good|new|nice|fast|five-star|post|coffee|book|shoe|clothes|clothing|pet|toy|phone|flower|fish|candy|sports|furniture|train|bus|police|car|language|international|italian|french|indian|chinese|mexican|japanese|software|insurance|law|travel|hair|beauty|old) )*)([^\W\d_][\w'’-]+(?: (?:company|firm|business|agency|office|store|shop|school|centre|center|startup|factory)\b)?)",
    re.I,
)  # fmt: skip
_NO_PLACE = listed(
    """
    interview job english practice practise role play please me you it this that scene morning evening afternoon week
    tomorrow today now moment time order ordering talk speaking phone way first minutes minute days years waiter work
    getting going buying checking practising position call vacation holiday fun test exam life situation conversation
    dialogue food dinner lunch breakfast coffee tea clothes shoes shirt course appointment name future problem problems
    directions someone somebody people friend friends teacher doctor's
    """
)
_ACTIVITIES = listed(
    "at in on of for to with a an the interview call talk shopping directions direction luggage suitcase trouble menu reception check-in"
)
_JOB = re.compile(
    r"\b(?:as|be|become|position of|job of|job as|for) (?:an? )?((?:[a-z]+ )?[a-z]*(?:er|or|ist|yst|ian|ant|nurse|chef|cook|pilot|clerk|mechanic))\b",
    re.I,
)
_NO_JOB = listed(
    "for another other after order never ever corner together dinner under over whether winter summer number manner matter later better restaurant important different or doctor interviewer recruiter"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """A scene with its slots. `scene` is None when the learner wants to play but names no scene that is known."""

    scene: Scenario | None
    place: str = ""
    job: str = ""


def find(text: str, *, offered: bool = False, playing: Scenario | None = None) -> Wish | None:
    """What scene the learner asks for; None when the message is no wish.

    `offered`: the tutor has just listed them. `playing`: the scene under way, so that only a plain wish for another
    one counts.
    """
    wish = _found(text, offered, playing)
    return None if wish is not None and playing is not None and wish.scene in (None, playing) else wish


def _found(text: str, offered: bool, playing: Scenario | None) -> Wish | None:
    text, refused = _wanted(text[:400])
    if refused and playing is not None and len(text.split()) <= _FEW and scenarios.named(refused) == playing:
        return _wish(other, text) if (other := scenarios.named(text)) is not None else None
    if refused and playing is None and _INSTEAD.search(text) is None:
        return None
    if playing and _IN_EARNEST.search(text) and not (_OF_PLAYING.search(text) or _ASKS_TO.search(text)):
        return None
    opened = playing is None or _refuses_scene(refused, playing)
    if offered and len(text.split()) <= 6 and (scene := scenarios.named(text)) is not None:
        return _wish(scene, text)
    for number, pattern in enumerate(_PATTERNS):
        if not opened and number not in _PLAIN:
            continue
        match = pattern.search(text)
        if match is not None and playing and number == _TO_DO and re.search(r"\btry\b", match.group(), re.I):
            continue  # "Can we try the restaurant?" asks for the hotel's
        if match is None or _OTHERS.search(text) or (number == _NAMED and not _is_wished(text)):
            continue
        rest = _REASON.sub("", match.group(1))
        scene = scenarios.named("interview" if re.search(r"\binterview", text, re.I) else rest)
        if scene is None and number != _DIRECT and rest.strip(" .!?,").lower() in _NO_WORDS:
            scene = scenarios.named(text)
        if number == _DIRECT and not _begins(rest, scene):
            continue
        if scene is not None:
            return _wish(scene, text)
        if _OF_SCENES.search(text) or (number < _DIRECT and place_in(text, "")):
            return Wish(None, place_in(text, ""))
    helps = _OF_PLAYING if playing else _HELPS
    if re.search(r"\binterview\b", text, re.I) and helps.search(text):
        return _wish(scenarios.named("interview"), text)
    return None


def _wanted(text: str) -> tuple[str, str]:
    """What a message says without the clauses that refuse something, and those: “Not the phone. Doctor!”"""
    clauses = _CLAUSES.split(text)
    refused = [one for one in clauses if _UNWISHED.search(one) or _NOT_THIS.match(one)]
    return " ".join(one for one in clauses if one not in refused), " ".join(refused)


def _refuses_scene(refused: str, playing: Scenario) -> bool:
    """Whether what is refused is the scene under way or playing, and not a thing in the scene."""
    named = re.search(rf"\b{_NAMES}\b", refused, re.I)
    return bool(_OF_PLAYING.search(refused)) or (named is not None and scenarios.named(named.group()) == playing)


def _is_wished(text: str) -> bool:
    told = re.search(r"\b(?:was|were|did|had|\w+ed|told|said)\b", text, re.I)
    return told is None and (len(text.split()) <= _SHORT or _WISHED.search(text) is not None)


def of_scene(text: str | None) -> Wish | None:
    """The scene that a session was opened with: an id, a title or a sentence."""
    scene = scenarios.named(text)
    return _wish(scene, text or "") if scene is not None else None


def _begins(rest: str, scene: Scenario | None) -> bool:
    """Whether the scene is what is to be played: “play restaurant”, not “play cards in a restaurant”."""
    for word in tokens.words(rest):
        if scene is not None and word in scene.words:
            return True
        if re.fullmatch(_SCENE, word):
            return True
        if word not in _FILLER:
            return False
    return False


def _wish(scene: Scenario | None, text: str) -> Wish:
    if scene is None:
        return Wish(None)
    job = ""
    if scene.id == "job_interview" and (match := _JOB.search(text)) is not None:
        words = match.group(1).lower().split()
        kept = words[-1:] if set(words) & (_NO_JOB | {"a", "an", "the", "my", "job", "interview", "at"}) else words
        if not set(kept) & _NO_JOB:
            job = " ".join(kept)
    place = place_in(text, scene.place, goes=scene.id in {"directions", "phone_call"})
    return Wish(scene, place if "{place}" in scene.at else "", f"{_article(job)} {job}" if job else "")


def place_in(text: str, usual: str, *, goes: bool = False) -> str:
    """“… a job interview at a bakery” → “a bakery”; empty when the wish names none, or only the scene's own.

    `goes`: places after “to” and people after “with” count, too.
    """
    found = ""
    for match in _PLACE.finditer(text):
        one = _placed(match, found or usual or "a place", goes=goes)
        found = one or found
    return "" if found == usual else found


def _placed(match: re.Match[str], before: str, *, goes: bool) -> str:
    prep, article, noun = match.group(1).lower(), (match.group(2) or "").lower(), match.group(4)
    whole, proper = f"{match.group(3)}{noun}", noun[:1].isupper() and noun.lower() not in _NO_PLACE
    if noun.lower() in _NO_PLACE | _ACTIVITIES or noun.lower().endswith("ing"):
        return ""
    if prep in {"to", "with"} and not goes:
        return ""
    if prep in {"for", "of", "with", "to"} and not (proper or article in {"a", "an", "the", "my"}):
        return ""
    if prep in {"for", "of"} and noun.lower() in _PEOPLE:
        return ""
    if prep in {"for", "of"} and (_JOB.match(f"for {article or 'a'} {whole}") or prep == "of"):
        return ""
    if prep == "in" and proper:
        return f"{before} in {noun}"
    if proper and not article:
        return whole
    whole = whole if proper else whole.lower()
    if article == "the" and prep in {"to", "with"}:
        return f"the {whole}"
    return f"{_article(whole)} {whole}"


def _article(word: str) -> str:
    return "an" if word[:1].lower() in "aeiou" and not word.lower().startswith(("uni", "eu", "one")) else "a"
