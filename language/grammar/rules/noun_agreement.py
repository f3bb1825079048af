"""A noun as subject and its verb: people are, my brother goes, music helps."""

from language import frequency
from language.correction import Correction
from language.document import Sentence
from language.grammar.rules import grammar, subjects
from language.lexicon import nouns, verbs, words
from language.lexicon.listed import listed

KIND = "agreement"
CONTRACTIONS = {"don't": "doesn't", "haven't": "hasn't", "aren't": "isn't", "weren't": "wasn't"}
_PLURAL_FORMS = {
    "is": "are", "was": "were", "has": "have", "doesn't": "don't", "isn't": "aren't", "wasn't": "weren't", "goes": "go",
    "lives": "live", "thinks": "think", "wants": "want", "likes": "like", "needs": "need", "says": "say",
}  # fmt: skip
_ENDS_IN_S = listed(
    """
    news series species means maths always perhaps thanks lens headquarters crossroads summons
    gallows barracks besides sometimes nowadays
    afterwards towards indoors outdoors upstairs downstairs whereas christmas texas yours ours hers theirs
    """
)
_BEFORE_PEOPLE = frozenset({""}) | listed("more country city town nowadays many some most young old")
_AFTER_PEOPLE = listed("to very dinner food lunch english too")
_GROUP_OPENERS = listed("the some many most young old other my all these poor rich few our his her their a lot of lots")
GROUPS = listed("people children men women parents friends students teenagers police")
ONE = listed(
    """
    father mother brother sister friend teacher dog cat uncle aunt son daughter husband wife boss neighbour
    neighbor grandmother grandfather boyfriend girlfriend cousin mom mum dad city town house school company
    family country life job room hobby doctor boy girl man woman baby student child weather food music
    internet reader author owner singer player manager visitor driver nurse government
    """
)
_MASS = listed(
    """
    research music technology education tourism information money life health nature reading swimming travelling
    learning sport everything pollution traffic
    """
)
_PEOPLE = listed(
    "father mother brother sister friend teacher uncle aunt son daughter husband wife boss grandmother mom mum dad"
)
_OF_MANY = listed("the my your his her our their these those many some most")
FOR_ONE = verbs.PLAIN_VERBS | {"like", "love", "work", "play", "help", "need", "hate"}
_CERTAIN = listed(
    """
    go have live want eat know think make come get take say see give become speak learn write begin buy tell
    understand believe enjoy prefer are don't haven't aren't weren't do
    """
)


def people(sentence: Sentence, index: int, text: str) -> Correction | None:
    """People buys, in my country people eats."""
    verb, following = sentence.at(index + 1), sentence.at(index + 2)
    if sentence.at(index) != "people" or verb not in verbs.thirds() or verb in {"is", "has"}:
        return None
    if sentence.at(index - 1) not in _BEFORE_PEOPLE:
        return None
    plain = following in words.PREPOSITIONS | words.DETERMINERS | words.PRONOUNS | _AFTER_PEOPLE
    if not (plain or sentence.is_end(index + 2) or following.endswith("s")):
        return None
    right = verbs.thirds()[verb]
    return grammar.fix(sentence, index + 1, index + 1, right, KIND, "“People” is plural.", text=text)


def mass(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Music help me, research show that."""
    verb, following = sentence.at(index + 1), sentence.at(index + 2)
    if (
        index != 0
        or sentence.at(0) not in _MASS
        or verb not in FOR_ONE | {"show", "affect", "cause", "change", "raise"}
    ):
        return None
    if following not in words.DETERMINERS | words.PREPOSITIONS | {
        "that",
        "me",
        "us",
        "people",
        "you",
        "to",
        "many",
        "it",
    }:
        return None
    return grammar.fix(sentence, 1, 1, verbs.third(verb), KIND, f"“{sentence[0].text}” is singular.", text=text)


def group(sentence: Sentence, index: int, text: str) -> Correction | None:
    """People is, children was, the walls is."""
    noun = sentence.at(index)
    many = (
        sentence.at(index - 1) in _OF_MANY | {"that", "because", "if"} and index > 0 and _looks_plural(sentence, index)
    )
    if (noun not in GROUPS and not many) or not _opens_phrase(sentence, index):
        return None
    at = index + 1
    while sentence.at(at) in words.FREQUENCY:
        at += 1
    verb = sentence.at(at)
    right = _PLURAL_FORMS.get(verb)
    if (noun == "police" and verb == "forces") or (noun == "days" and sentence.at(index - 1) in {"these", "those"}):
        return None  # "the police forces", "which these days was rare"
    if sentence.at(0) in {"how", "what", "which"} and not subjects.asks_of_itself(sentence, at, noun):
        return None  # "How many hours is the flight?", "How many times has Ann called?"
    if right is None or (
        verb in {"lives", "needs"} and sentence.at(index - 1) in {"the", "my"} and sentence.at(at + 1) in words.BE
    ):
        return None
    return grammar.fix(sentence, at, at, right, KIND, f"“{sentence[index].text.capitalize()}” is plural.", text=text)


def _looks_plural(sentence: Sentence, index: int) -> bool:
    """A plural by its ending, in small letters: walls, uniforms; not news, class or maths."""
    word = sentence[index].text
    if word in nouns.plurals():
        return nouns.plurals()[word] not in verbs.bases()
    if (
        not word.islower()
        or not word.endswith("s")
        or word.endswith(("ss", "us", "is", "ics", "'s", "ous"))
        or word in _ENDS_IN_S
    ):
        return False
    single = frequency.rank(word[:-1])
    return len(word) > 4 and single is not None and single < 8000 and word not in verbs.thirds()


def _opens_phrase(sentence: Sentence, index: int) -> bool:
    first = index
    while first > 0 and sentence.at(first - 1) in _GROUP_OPENERS:
        first -= 1
    if sentence.at(first) == "of":
        return False
    head = sentence.lower[first:index]
    if "of" in head and "lot" not in head and "lots" not in head and not {"most", "all", "some", "many"} & set(head):
        return False
    return first == 0 or (sentence.at(first - 1) in words.OPENERS or sentence.is_end(first - 1))


def noun(sentence: Sentence, index: int, text: str) -> Correction | None:
    """My brother go, the house are."""
    if sentence.at(index) not in ONE | nouns.COUNTABLE or sentence.at(index - 1) not in (
        words.POSSESSIVES | {"the", "this", "every", "each", "a"}
    ):
        return None
    if not grammar.starts_clause(sentence, index - 1) or sentence.at(index - 2) in {"and", "or"}:
        return None
    if any(
        word in words.SUBJUNCTIVE or word in words.AUXILIARIES - {"am"} for word in sentence.lower[: index - 1][-2:]
    ):
        return None
    at = index + 1
    while sentence.at(at) in words.FREQUENCY:
        at += 1
    verb = sentence.at(at)
    after = words.PREPOSITIONS | words.DETERMINERS | {"to", "very", "it", "me", "us", "him", "football", "music"}
    present = verb in verbs.bases() and not verbs.same_past(verb)
    busy = present and sentence.at(index) in _PEOPLE and sentence.at(at + 1) in after
    if (
        sentence.at(index) not in ONE
        and sentence.at(at + 1) not in words.PREPOSITIONS | words.DETERMINERS | words.PRONOUNS
    ):
        return None
    if (verb not in _CERTAIN and not busy) or (
        sentence.at(index) == "family" and verb in {"are", "have", "weren't", "aren't"}
    ):
        return None
    right = "is" if verb == "are" else CONTRACTIONS.get(verb) or verbs.third(verb)
    return grammar.fix(sentence, at, at, right, KIND, f"“{sentence[index].text}” is singular.", text=text)
