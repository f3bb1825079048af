"""Questions that follow up what the learner just said, with the learner's own nouns and verbs.

A row has the verbs it is for, the tense, what the statement must have or lack, and a question for each band (A|B|C).
`{what}` is the object (“a jacket” becomes “the jacket”), `{place}` where, `{action}` what follows “to”, `{doing}` what
follows as -ing, `{who}` the person, `{noun}` the bare noun.
"""

# ruff: noqa: E501 - a table reads best with one line an entry

import re
from collections.abc import Iterator

from language.lexicon.listed import listed
from language.tutor import memory
from language.tutor.memory import Memory
from language.tutor.telling import Telling
from language.tutor.wording import by

_AT_PLACE = (
    ("cinema movies theatre", "What did you see {there}?|What did you see {there}, and how did you like it?|What did you see {there}, and has it stayed with you?"),
    ("beach sea lake pool river", "What did you do {there}?|How was the weather {there}?|What makes a day {there} a good one for you?"),
    ("restaurant cafe café pizzeria bar pub", "What did you eat or drink {there}?|What did you order {there}, and was it good?|What makes you go back to a place like that?"),
    ("supermarket market shop shops store mall bakery centre", "What did you buy {there}?|What did you buy {there}?|How do you decide what to buy when you are {there}?"),
    ("party wedding birthday", "Who was {there}?|Who did you meet {there}?|What was the most interesting conversation that you had {there}?"),
    ("concert festival", "What music did they play {there}?|Who did you hear {there}, and how was it?|What can a concert give you that a recording cannot?"),
    ("museum exhibition gallery zoo", "What did you see {there}?|What did you like best {there}?|What did you see {there} that made you think?"),
    ("doctor dentist hospital clinic", "What did the doctor say?|What did the doctor say?|What did the doctor say, and were you satisfied with the answer?"),
    ("gym park forest mountains mountain", "What did you do {there}?|How long were you {there}, and what did you do?|What does it do for you to be {there}?"),
    ("school university class course lesson", "What did you learn {there}?|What did you learn {there}?|What did you learn {there} that you could not have read in a book?"),
    ("church mosque temple", "Who did you go with?|Do you often go there?|What does going there mean to you?"),
)  # fmt: skip
# (verbs, tense or "", needs, A|B|C)
_TABLE: tuple[tuple[str, str, str, str], ...] = (
    ("go travel fly drive", "past", "place", "What did you do {there}?|What did you like best {there}?|What will you remember of your time {there}?"),
    ("be stay", "past", "place", "What did you do {there}?|What did you like best {there}?|What will you remember of your time {there}?"),
    ("see watch", "past", "film", "Did you like {what}?|What did you like about {what}?|What stayed with you of {what}?"),
    ("see", "past", "what", "Where did you see {what}?|What did you think when you saw {what}?|What went through your mind when you saw {what}?"),
    ("hike walk swim run climb camp ski cycle dance sing ride skate surf fish dive", "past", "", "Was it fun?|What was the best moment?|What did you enjoy most about it?"),
    ("eat have", "past", "meal", "Was {what} good?|Was {what} good, and who made it?|What would you say to somebody who has never tried {noun}?"),
    ("drink", "past", "what", "Do you often drink {noun}?|When do you usually drink {noun}?|What do you like about {noun}?"),
    ("cook bake", "past", "what", "Was {what} good?|How did you make {what}?|What is the secret of good {noun}?"),
    ("make", "past", "what", "Was it difficult to make {what}?|How did you make {what}?|What did you learn from making {what}?"),
    ("buy", "past", "what", "Where did you buy {what}?|How did you choose {what}?|Did you really need {what}, or was it a treat?"),
    ("read", "past", "what", "What was {what} about?|What did you like about {what}?|What did you see differently after you had read {what}?"),
    ("finish", "past", "book", "What was {what} about?|What was {what} about, and how did you like it?|What did you see differently after you had finished {what}?"),
    ("meet visit see", "past", "person", "What did you do with {what}?|What did you talk about with {what}?|How has your relationship with {what} changed over the years?"),
    ("play", "past", "what", "Who did you play {noun} with?|Did you win, or was it just for fun?|What does {noun} give you that nothing else does?"),
    ("lose", "past", "what", "Where did you lose {what}?|How did you lose {what}?|What did you do when you noticed that you had lost {what}?"),
    ("find", "past", "what", "Where did you find {what}?|How did you find {what}?|What did you feel when you found {what}?"),
    ("break", "past", "what", "How did you break {what}?|How did it happen?|How did it happen, and could it have been avoided?"),
    ("clean wash tidy paint repair", "past", "what", "How long did it take to {verb} {what}?|Do you like to {verb} {what}, or is it just work?|What do you think about while you {verb} {what}?"),
    ("write", "past", "what", "Who did you write {what} to or for?|What did you write in {what}?|What was hard to put into words?"),
    ("stay be", "past", "home", "What did you do at home?|What did you do at home all that time?|Was staying at home a choice, or did it just happen?"),
    ("work", "past", "", "Are you tired now?|What did you have to do at work?|What was the hardest part of the work?"),
    ("study learn", "past", "what", "Was {what} difficult?|What was the most interesting thing about {what}?|What made you choose {what}?"),
    ("sleep", "past", "", "How many hours did you sleep?|Did you sleep well?|What helps you to sleep well?"),
    ("miss", "past", "what", "What did you do when you missed {what}?|How did you miss {what}?|What happened after you had missed {what}?"),
    ("start begin", "past", "what", "Why did you start {what}?|How did you come to start {what}?|What made you start {what} just then?"),
    ("call phone", "past", "person", "What did {what} say?|What did you talk about with {what}?|What did you want to hear from {what}?"),
    ("move", "past", "place", "Why did you move {place}?|What was the hardest thing about moving {place}?|How did moving {place} change you?"),
    ("bear grow", "past", "place", "Do you often go back there?|What do you remember of your childhood {there}?|How did growing up {there} shape you?"),
    ("go", "future", "action", "When are you going to {action}?|What do you need before you can {action}?|What do you expect from it when you {action}?"),
    ("want hope plan like wish love decide prefer", "present", "action", "Why do you want to {action}?|What do you need before you can {action}?|What might stop you from doing it, and what would you do then?"),
    ("like love enjoy prefer", "present", "habit", "How often do you {action}?|How did you begin to {action}?|What does it give you to {action}?"),
    ("need have", "present", "action", "When do you have to {action}?|What happens if you don't {action}?|Is it your own wish to {action}, or somebody else's?"),
    ("learn", "present", "action", "Is it difficult to {action}?|How long have you been learning to {action}?|What has been the hardest part of learning to {action}?"),
    ("try", "present", "action", "Is it difficult to {action}?|How do you try to {action}?|How will you know that you have managed to {action}?"),
    ("live", "present", "place", "What do you like about living {place}?|What would you change if you could, living {place}?|How does living {place} shape your days?"),
    ("start finish begin", "present", "", "And when do you finish?|What do you do after that?|How does the rest of your day look?"),
    ("work", "present", "place", "What do you do on a normal day {place}?|What do you like most about working {place}?|What would surprise an outsider about working {place}?"),
    ("work", "present", "job", "What do you do on a normal day at work?|What do you like most about your work {job}?|What do people misunderstand about working {job}?"),
    ("work", "present", "", "When do you start work?|What do you like most about your work?|What would you change about your work if you could?"),
    ("study learn", "present", "what", "Is {noun} difficult for you?|Why did you choose {noun}?|How has learning {noun} changed the way you think?"),
    ("study", "present", "place", "What do you study {place}?|What is it like to study {place}?|What does studying {place} give you, beside the degree?"),
    ("have", "present", "pet", "What {does} your {noun} like to do?|What {is} your {noun} like?|What has living with your {noun} taught you?"),
    ("have", "present", "people", "What {is} your {noun} like?|How are you and your {noun} different?|What have you learnt from your {noun}?"),
    ("have", "present", "own", "Do you like {what}?|How long have you had {what}?|What does having {what} mean to you?"),
    ("play", "present", "what", "How often do you play {thing}?|How did you learn to play {thing}?|What does playing {thing} give you that nothing else does?"),
    ("cook bake make", "present", "what", "Is it difficult to {verb} {noun}?|How do you {verb} {noun}?|What makes really good {noun}?"),
    ("eat drink", "present", "what", "When do you {verb} {noun}?|How often do you {verb} {noun}, and with whom?|What would you miss if you couldn't {verb} {noun} any more?"),
    ("read watch", "present", "what", "What {noun} do you like best?|What was the last one that you really liked?|What do you look for when you choose {noun}?"),
    ("speak", "present", "what", "Where did you learn {noun}?|Who do you speak {noun} with?|Do you feel like another person when you speak {noun}?"),
    ("like love enjoy prefer", "", "doing", "How often do you do that?|How did you begin {doing}?|What would you lose if you had to give up {doing}?"),
    ("like love enjoy prefer", "", "what", "Why do you like {thing}?|How did you come to like {thing}?|What would somebody who doesn't know {thing} fail to see?"),
    ("hate dislike", "", "what", "Why don't you like {thing}?|What don't you like about {thing}?|Has that always been so, or did something change your mind?"),
    ("hate dislike", "", "doing", "Why don't you like it?|What don't you like about {doing}?|What would make {doing} bearable for you?"),
    ("miss", "present", "what", "What do you miss most?|What do you miss most about {what}?|How do you live with missing {what}?"),
    ("swim run dance sing travel draw paint cook read", "present", "", "How often do you {verb}?|Where do you like to {verb} most?|What does it give you to {verb}?"),
    ("wake get", "", "", "What do you do after that?|Are you a morning person?|How does the way you begin a day change the rest of it?"),
)  # fmt: skip
_ROWS = [(frozenset(verbs.split()), tense, need, line.split("|")) for verbs, tense, need, line in _TABLE]
_UNFILLED = (
    ("company", "Who did you {base} with?"), ("times", "When did you {base}?"), ("places", "Where did you {base}?"),
)  # fmt: skip
_PETS = listed("dog cat bird parrot fish horse rabbit hamster puppy kitten pet")
_PEOPLE = listed(
    "brother sister son daughter child friend cousin uncle aunt nephew niece boyfriend girlfriend husband wife mother father colleague boss neighbour teacher grandmother grandfather grandparent parent grandchild grandson granddaughter"
)
_BOOKS = listed("book novel story article series poem")
_FILMS = listed("film movie series show documentary match game play episode programme video concert comedy drama tv")
_MEALS = listed(
    "breakfast lunch dinner pizza pasta rice fish chicken soup salad burger steak cake sushi sandwich meat bread noodle curry meal ice"
)
_VAGUE = listed(
    "pain ache news problem question doubt fear worry allergy flu temperature fight dream plan appointment headache cold fever break rest chance experience meeting lesson look touch hope interest weight track control contact patience courage faith trouble exam argument interview it that this them him her you thing things something everything nothing anything lot one time what all so fun problem question idea way kind day look sure right"
)
_BARE_DOING = re.compile(r" (?:with|on|in|at|every|after|before|because|when|for)\b.*")
_KNOWN = re.compile(r"(?:the|this|these|those|your|his|her|their)\b")
_NOT_NOUN = re.compile(
    r"^(?:a lot of|a|an|the|some|your|my|his|her|their|one|two|three|four|five|many|any|no|very|really|too|this|that|these|those|more|much|little|lots of|a lot of|lot of|a cup of|a glass of|a bit of)\s+"
)


def questions(told: tuple[Telling, ...], known: Memory, band: str) -> Iterator[str]:
    """The questions that fit, the best first. Statements about the learner come before others."""
    if any(
        one.negated and one.verb in {"like", "enjoy", "love"} and one.what in {"it", "that", "this"} for one in told
    ):
        yield by(
            band,
            "Why don't you like it?",
            "What don't you like about it?",
            "What would have to change for you to like it?",
        )
    ordered = sorted(told, key=lambda one: (one.who != "you", -_weight(one)))
    for one in ordered:
        if one.who == "you" and not one.negated:
            yield from (line for line in _of_you(one, band) if not _is_told(line, one))
        elif one.who == "you" and one.verb in {"like", "love", "enjoy"}:
            yield from _fitting(one, band, negated=True)
        elif one.who.startswith("your ") or known.person(one.who):
            yield from _of_others(one, known, band)


def _is_told(line: str, one: Telling) -> bool:
    """Whether the statement itself answers the question."""
    return (
        (line.startswith("Where") and bool(one.places))
        or (line.startswith("When") and bool(one.times))
        or (line.startswith("Who did you") and bool(one.company))
        or (line.startswith("Why") and bool(one.reason))
        or (line.endswith(" about?") and " about " in one.what)
    )


def _weight(one: Telling) -> int:
    if one.verb in {"be", "think", "say", "know", "believe", "can"}:
        return 0
    return 1 + bool(one.what) + bool(one.places) + 2 * bool(one.action) + 2 * (one.tense == "past")


def _of_you(one: Telling, band: str) -> Iterator[str]:
    if one.tense == "past" and one.verb in {"go", "be", "stay", "eat", "travel"}:
        for nouns, lines in _AT_PLACE:
            place = next((place for place in one.places if place.split()[-1].lower() in nouns.split()), None)
            if place is not None and not (one.verb == "be" and one.what):
                yield by(band, *lines.split("|")).replace("{there}", there(place))
    yield from _fitting(one, band)
    if one.tense == "past" and one.verb in {
        "go",
        "travel",
        "play",
        "eat",
        "dance",
        "swim",
        "run",
        "walk",
    }:
        for slot, line in _UNFILLED:
            if not getattr(one, slot) and not (slot == "places" and one.verb in {"go", "travel"}):
                yield line.replace("{base}", "go there" if one.verb == "go" and one.places else one.verb)


def _fitting(one: Telling, band: str, *, negated: bool = False) -> Iterator[str]:
    verb = "hate" if negated else one.verb
    for verbs, tense, need, lines in _ROWS:
        if verb in verbs and tense in ("", one.tense) and _has(one, need):
            yield _filled(by(band, *lines), one)


def _has(one: Telling, need: str) -> bool:
    noun = _head(one)
    plain = (
        bool(one.what) and noun.isalpha() and noun not in _VAGUE and len(one.what.split()) <= 5 and "," not in one.what
    )
    match need:
        case "":
            return not one.what and not one.action
        case "place":
            clear = bool(one.places) and not re.search(r"\b(?:it|that|this|them)$", one.places[0])
            return clear and len(one.places[0].split()) <= 6 and not (one.verb == "be" and bool(one.what))
        case "film":
            return plain and noun in _FILMS
        case "book":
            return plain and noun in _BOOKS
        case "home":
            return any("home" in place for place in one.places)
        case "action" | "habit":
            wished = one.verb not in {"like", "love", "enjoy", "prefer"} or re.search(r"\bwould\b|['’]d\b", one.text)
            if bool(wished) != (need == "action"):
                return False
            return bool(one.action) and not any(word in one.action.split() for word in ("you", "it", "that"))
        case "doing":
            return bool(one.doing) and len(_BARE_DOING.sub("", one.doing).split()) <= 4
        case "job":
            return any(part.startswith("as ") for part in one.others)
        case "own":
            return plain and noun not in _PEOPLE | _PETS and not one.what[:1].isupper()
        case "pet":
            return noun in _PETS
        case "people":
            return noun in _PEOPLE
        case "person":
            return plain and (noun in _PEOPLE or noun.istitle())
        case "meal":
            return plain and (one.verb == "eat" or noun in _MEALS)
        case _:
            return plain and noun not in _PEOPLE | _PETS


def _head(one: Telling) -> str:
    """The noun that counts: “a lot of coffee” is about coffee."""
    return one.what.split()[-1].lower() if re.match(r"an? \w+ of ", one.what) else one.noun.lower()


def _filled(line: str, one: Telling) -> str:
    noun = _bare(one.what.split(" about ")[0])
    if _head(one) in _PETS | _PEOPLE and one.verb == "have":
        noun = noun.split(" called ")[0].split(", ")[0]
    job = next((part for part in one.others if part.startswith("as ")), "")
    if " and " in noun:
        line = re.sub(r"^Is \{noun\}", "Are {noun}", line)
    return (
        line.replace("{what}", definite(one.what.split(" about ")[0])).replace("{noun}", noun).replace("{thing}", one.what if _KNOWN.match(one.what) else noun).replace("{action}", one.action)
        .replace("{doing}", _BARE_DOING.sub("", one.doing)).replace("{place}", one.places[0] if one.places else "").replace("{job}", job)
        .replace("{verb}", one.verb).replace("{is}", "are" if one.plural else "is").replace("{does}", "do" if one.plural else "does")
        .replace("{there}", there(one.places[0]) if one.places else "there")
    )  # fmt: skip


def there(place: str) -> str:
    """“to the cinema” → “at the cinema”, “to Paris” → “in Paris”."""
    rest = place.split(" ", 1)[-1]
    if rest.startswith(("a ", "an ")):
        return "there"
    if not place.startswith(("to ", "from ")):
        return place
    if rest[:1].isupper():
        return f"in {rest}"
    return f"at {rest}"


def definite(what: str) -> str:
    """“a jacket” → “the jacket”."""
    if re.match(r"(?:the|your|this|that|these|those|his|her|their|my)\b", what) or what[:1].isupper():
        return what
    return f"the {_bare(what)}"


def _bare(what: str) -> str:
    before = ""
    while before != what:
        before, what = what, _NOT_NOUN.sub("", what)
    return what


def _of_others(one: Telling, known: Memory, band: str) -> Iterator[str]:
    named = known.person(one.who)
    key = named or memory.key_of(one.who)
    if key.removesuffix("s") not in _PEOPLE | _PETS or one.negated:
        return
    if known.is_dead(key):
        yield f"What do you remember best about your {key}?"
        return
    plural = not named and ((key.endswith("s") and not key.endswith("ss")) or key == "children")
    does = "do" if plural else "does"
    short = one.who if named else f"your {key}"
    if one.verb == "be" and re.match(r"an? (?:\w+ )?(?:student|pupil)\b", one.what):
        yield by(
            band,
            f"Where {does} {short} study?",
            f"What {does} {short} want to do later?",
            f"What has {short} told you about being a student?",
        )
    elif one.verb == "be" and one.tense == "present" and "there" not in one.places and re.match(r"an? ", one.what):
        placed = re.search(r" (?:in|at|for) (?!years?\b)", one.text) is not None
        yield by(
            band,
            f"{does.capitalize()} {short} like the work?" if placed else f"Where {does} {short} work?",
            f"Does {short} like being {one.what}?",
            f"What has {short} told you about being {one.what}?",
        )
    if one.verb in {"work", "live"} and one.places:
        yield by(
            band,
            f"Does {short} like it there?",
            f"How often do you see {short}?",
            f"How do you and {short} stay in touch?",
        )
