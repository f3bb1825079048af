"""Short answers made whole with the question that they answer: “Brazil” after “Where are you from?” is “I am from Brazil.”"""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Callable

from language import frequency, levels, tokens
from language.lexicon import verbs, words
from language.lexicon.listed import listed
from language.tagging import lemmas
from language.tutor import intents, perspective, telling

_LONGEST = 10
_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|yea|sure|of course|certainly|definitely)\b[\s,.!]*(?:i (?:do|am|did|have|can)\b|it (?:is|was)\b|very much\b|of course\b)?[\s,.!]*",
    re.I,
)
_NO = re.compile(
    r"^\W*(?:no|nope|not really|not at all|never)\b[\s,.!]*(?:i(?:['’]m| am) not\b|i (?:don['’]?t|do not|didn['’]?t|haven['’]?t|can['’]?t)\b|it (?:isn['’]?t|wasn['’]?t|is not|was not)\b)?[\s,.!]*(?=$|\W|because|but)",
    re.I,
)
_GOES_ON = words.PREPOSITIONS | listed(
    "every because always usually sometimes often once twice near by here there today tomorrow yesterday last next"
)
_NO_NEWS = re.compile(
    r"\b(?:want|like) to (?:tell|talk|say)\b|\b(?:tell me|talk about)\b| or |\bfeel\b|\bmean\b|\bthink\b", re.I
)
_SAYS_NOTHING = listed(
    "yes no ok okay maybe nothing everything something what why how who where when hmm well thanks hello hi please sorry it that this"
)
_PLAIN = re.compile(r"[^\W_][\w\s,.;:!'’&-]*$")
_DO_NOT = frozenset({"do", "mean", "think", "say", "happen"})
_HOBBIES = listed("music sport sports dance football golf yoga judo games books films")
_OFTEN = re.compile(
    r"\b(?:every|once|twice|always|often|sometimes|never|times|rarely|usually|seldom|daily|weekly|days?|weeks?|months?|years?|weekends?)\b",
    re.I,
)
_FAMILY = re.compile(
    r"^(?:(?:yes|yeah|no|only|just)\b[\s,]*)*((?:an?|one|two|three|four|five|six|seven|many) (?:(?:older|younger|big|little|small|old|young|twin) )?"
    r"(?:brother|sister|son|daughter|child|kid|dog|cat|cousin|grandchild|uncle|aunt)(?:s|ren)?\b"
    r"(?:,? and (?:an?|one|two|three|four|five|no) (?:(?:older|younger|big|little) )?(?:brother|sister|son|daughter|dog|cat|cousin)s?)?)$",
    re.I,
)
_NAMES = re.compile(r"^(?:my name is|i(?:['’]m| am)|it(?:['’]s| is)|from|in)\s+", re.I)


def whole(question: str, answer: str) -> str:
    """The answer as a sentence, or as it is when it is one already or answers something else."""
    said = answer.strip(" \t\n.!")
    if (family := _FAMILY.match(said)) is not None:
        return _closed(f"I have {said[family.start(1) :]}")
    if not question or not _PLAIN.match(said) or len(said.split()) > _LONGEST or "\n" in said:
        return answer
    if intents.classify(answer).kind != "answer" or _NO_NEWS.search(question):
        return answer
    question = question.strip().removesuffix("?")
    for pattern, accepted in ((_YES, True), (_NO, False)):
        match = pattern.match(said)
        if match is not None:
            return _confirmed(question, said[match.end() :].strip(" ,."), answer, yes=accepted)
    because = re.match(r"because\b(?! of$)", said, re.I)
    if (
        (telling.of(answer) and not (because and question.startswith("Why")))
        or said.lower() in _SAYS_NOTHING
        or len(said.split()) > _LONGEST - 2
    ):
        return answer
    for pattern, made in _ROWS:
        if (asked := pattern.match(question)) is not None:
            fits = bool(because) == pattern.pattern.startswith("^Why") and _fits(question, said)
            return _closed(made(asked, _plain(said))) if fits else answer
    return answer


def _fits(asked: str, said: str) -> bool:
    """Whether the answer is of the kind that was asked for: a time, a place, a name."""
    first = said.split()[0].lower()
    if "often" in asked:
        return _OFTEN.search(said) is not None
    if asked.startswith("When"):
        return (
            any(word in telling.TIMES or word.removesuffix("s") in telling.TIMES for word in tokens.words(said))
            or first in _GOES_ON
        )
    if asked.startswith("What") and first in words.PREPOSITIONS:
        return False
    if "How are you" in asked:
        return said.replace(" ", "").isalpha()
    if "your name" in asked and (len(said.split()) > 4 or first in words.PREPOSITIONS):
        return False
    if asked.startswith("Where") or "your name" in asked:
        word = _NAMES.sub("", said).split()[-1]
        return (
            first in words.PREPOSITIONS
            or word.lower() in _OFTEN_NAMES
            or not levels.is_word(word.lower())
            or word.lower() == "home"
        )
    return True


def _confirmed(question: str, rest: str, answer: str, *, yes: bool) -> str:
    statement = _statement(question, yes=yes)
    if not statement:
        return answer
    if not rest:
        return _closed(statement)
    first = tokens.words(rest)[:1]
    if not telling.of(rest) and first and first[0] in _GOES_ON and yes:
        return _closed(f"{statement} {rest}")
    return f"{_closed(statement)} {rest[:1].upper()}{_closed(rest[1:])}"


def _statement(question: str, *, yes: bool) -> str:
    """“Do you cook at home” → “I cook at home” or “I don't cook at home”."""
    match = re.match(
        r"(?:and )?(do you(?: often| still| usually)?|are you|is it|was it|was (?:the|your) \w+|is your \w+|is \w+(?= (?:difficult|easy|hard) for you)) (.+)$",
        question,
        re.I,
    )
    if match is None or ", and " in question or " too" in question or "what is it" in question.lower():
        return ""
    begun, rest = match.group(1).lower(), perspective.to_me(match.group(2))
    if begun.startswith("do you"):
        often = begun.removeprefix("do you").strip()
        return f"I {often} {rest}".replace("  ", " ") if yes else f"I don't {often} {rest}".replace("  ", " ")
    verb, subject = begun.split(" ", 1)
    subject, verb = ("I", "am") if subject == "you" else (perspective.to_me(subject), verb)
    return f"{subject[:1].upper()}{subject[1:]} {verb} {'' if yes else 'not '}{rest}"


def _plain(said: str) -> str:
    """Without the capital of a first word that is no name."""
    first = said.split()[0]
    common = (
        (first[1:].islower() or first.lower() == "because") and frequency.known(first.lower()) and not _is_name(first)
    )
    return said[:1].lower() + said[1:] if common and first != "I" else said


def _is_name(word: str) -> bool:
    return word.lower() in _OFTEN_NAMES


_OFTEN_NAMES = listed(
    """
    monday tuesday wednesday thursday friday saturday sunday english german french spanish italian chinese japanese
    russian arabic portuguese turkish polish greek january february march april june july august september october
    november december london paris brazil spain italy france germany china japan america india turkey poland mexico
    """
)


def _closed(text: str) -> str:
    return text if text.endswith((".", "!")) else f"{text}."


def _of_you(asked: re.Match[str], said: str, *, past: bool = False, before: str = "") -> str:
    """“I” with the verb of the question, what was said, and the rest of the question."""
    verb, rest = asked.group("verb"), perspective.to_me(asked.group("rest") or "").strip()
    if verb in _DO_NOT:
        return said
    back = f"I {lemmas.past(verb) if past else verb}"
    if before:
        return f"{back} {rest} {before}{said}".replace("  ", " ")
    return f"{back} {said} {rest}".strip()


def _placed(said: str) -> str:
    first = said.split()[0].lower()
    return said if first in _GOES_ON or first == "home" else f"in {said}"


def _article(said: str) -> str:
    if said.split()[0].lower() in words.DETERMINERS or said.lower().startswith(("no ", "retired", "unemployed")):
        return said
    return f"{'an' if said[0].lower() in 'aeiou' else 'a'} {said}"


def _of_person(asked: re.Match[str], said: str) -> str:
    return f"My {asked.group(1)} {lemmas.third(asked.group('verb'))} {_placed(said)}"


_VERB = r"(?P<verb>\w+)(?P<rest>.*)$"
_ROWS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], str]], ...] = tuple(
    (re.compile(pattern, re.I), made)
    for pattern, made in (
        (r"^What is your name$", lambda _, said: f"My name is {_NAMES.sub('', said).title()}"),
        (r"^Where are you from$", lambda _, said: f"I am from {_NAMES.sub('', said)[:1].upper()}{_NAMES.sub('', said)[1:]}"),
        (r"^Where do you live$", lambda _, said: f"I live {_placed(said)}"),
        (r"^What is your job$", lambda _, said: f"I am {_article(said)}"),
        (r"^How are you(?: today)?$", lambda _, said: f"I am {said}"),
        (r"^(?:What|Who|Which \w+) (?:is|are) your ((?:favou?rite )?[\w'’]+(?: [\w'’]+)?)$", lambda asked, said: f"My {asked.group(1)} is {said}" if "like" not in asked.group(1) else said),
        (r"^What do you like to do\b", lambda _, said: f"I like {'to ' if said.split()[0].lower() in verbs.bases() and said.split()[0].lower() not in _HOBBIES else ''}{said}"),
        (rf"^(?:What|Which)(?: \w+)? do you (?!\w+ (?:to|about|best|most)\b){_VERB}", _of_you),
        (rf"^What did you {_VERB}", lambda asked, said: _of_you(asked, said, past=True)),
        (rf"^Who do you {_VERB}(?<=with)", lambda asked, said: f"I {asked.group('verb')}{perspective.to_me(asked.group('rest'))} {said.removeprefix('with ')}"),
        (rf"^Who did you {_VERB}(?<=with)", lambda asked, said: f"I {lemmas.past(asked.group('verb'))}{perspective.to_me(asked.group('rest'))} {said.removeprefix('with ')}"),
        (r"^When are you going to (.+)$", lambda asked, said: f"I am going to {perspective.to_me(asked.group(1))} {said}"),
        (rf"^(?:When|How often) do you (?:usually )?{_VERB}", lambda asked, said: _of_you(asked, said, before=" ")),
        (rf"^Where do you {_VERB}", lambda asked, said: _of_you(asked, _placed(said), before=" ")),
        (rf"^(?:When) did you {_VERB}", lambda asked, said: _of_you(asked, said, past=True, before=" ")),
        (rf"^Where did you {_VERB}", lambda asked, said: _of_you(asked, _placed(said), past=True, before=" ")),
        (r"^Where does your (\w+) (?P<verb>work|live|study)$", _of_person),
        (rf"^Why do you (?!think so){_VERB}", lambda asked, said: f"I {asked.group('verb')}{perspective.to_me(asked.group('rest'))} {said}"),
        (rf"^Why did you {_VERB}", lambda asked, said: f"I {lemmas.past(asked.group('verb'))}{perspective.to_me(asked.group('rest'))} {said}"),
    )
)  # fmt: skip
