"""Subject and verb: I am, he goes, they were, there are."""

from collections.abc import Iterator

from language import frequency
from language.correction import Correction
from language.document import Document, Sentence
from language.grammar.rules import grammar
from language.lexicon import nouns, verbs, words
from language.lexicon.listed import listed

KIND = "agreement"
_BE_FOR = {"i": ("am", "was"), "he": ("is", "was"), "she": ("is", "was"), "it": ("is", "was"), "we": ("are", "were"),
           "they": ("are", "were"), "you": ("are", "were")}  # fmt: skip
_CONTRACTIONS = {"don't": "doesn't", "haven't": "hasn't", "aren't": "isn't", "weren't": "wasn't"}
_FULL = {short: long for long, short in _CONTRACTIONS.items()}
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
_GROUPS = listed("people children men women parents friends students teenagers police")
_ONE = listed(
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
_FOR_ONE = verbs.PLAIN_VERBS | {"like", "love", "work", "play", "help", "need", "hate"}
_CERTAIN = listed(
    """
    go have live want eat know think make come get take say see give become speak learn write begin buy tell
    understand believe enjoy prefer are don't haven't aren't weren't do
    """
)


def find(document: Document) -> Iterator[Correction]:
    for sentence in document.sentences:
        for index in range(len(sentence)):
            for rule in (_pronoun, _and_i, _indefinite, _who, _people, _group, _mass, _noun, _there):
                if (found := rule(sentence, index, document.text)) is not None:
                    yield found
                    break


def _pronoun(sentence: Sentence, index: int, text: str) -> Correction | None:
    subject = sentence.at(index)
    if subject not in _BE_FOR or not grammar.is_subject(sentence, index):
        return None
    at = index + 1
    while sentence.at(at) in words.FREQUENCY:
        at += 1
    verb = sentence.at(at)
    if (
        sentence.at(index - 1) == "or"
        and sentence.at(index - 2) in words.SUBJECTS
        and sentence.at(index - 3) in (words.DO | words.DO_NOT | words.MODALS)
    ):
        return None  # "What does he or she do?"
    right = _right_form(subject, verb, sentence, index)
    if right is None or right == verb:
        return None
    return grammar.fix(
        sentence, at, at, right, KIND, f"With “{sentence[index].text}” the verb is “{right}”.", text=text
    )


def _right_form(subject: str, verb: str, sentence: Sentence, index: int) -> str | None:
    """The form of that verb which agrees with the pronoun; None when there is nothing to say."""
    if verb in words.BE:
        return _right_be(subject, verb, sentence, index)
    if subject in words.THIRD:
        return _right_third(verb, sentence, index)
    if verb in _FULL and verb in {"doesn't", "hasn't"}:
        return _FULL[verb]
    if verb in verbs.thirds() and verb != "is" and verb not in {"cans", "wills"}:
        return verbs.thirds()[verb]
    return None


def _right_be(subject: str, verb: str, sentence: Sentence, index: int) -> str | None:
    present, past = _BE_FOR[subject]
    if verb == "were" and past == "was" and _unreal(sentence, index):
        return None
    if verb in {"are", "were", "am"} and sentence.at(index - 1) in {"and", "or"}:
        return None  # "Angela and I were"
    return past if verb in {"was", "were"} else present


def _right_third(verb: str, sentence: Sentence, index: int) -> str | None:
    if verb in _CONTRACTIONS:
        return None if verb == "weren't" and _unreal(sentence, index) else _CONTRACTIONS[verb]
    if verb == "need" and sentence.at(index + 2) == "not":
        return None  # "it need not"
    known = verb in verbs.bases() and verb not in words.MODALS and verb != "be"
    if not known or verbs.same_past(verb) or not _plain_present(sentence, index):
        return None
    if verb not in _FOR_ONE and not _certainly_verb(sentence, index, verb):
        return None
    return verbs.third(verb)


def _plain_present(sentence: Sentence, index: int) -> bool:
    """Not a question with its auxiliary elsewhere, and no "suggest that he go"."""
    before = sentence.at(index - 1)
    if before in words.AUXILIARIES or (before in {"and", "or"} and not grammar.starts_clause(sentence, index)):
        return False
    clause = sentence.lower[:index]
    return not any(word in words.SUBJUNCTIVE for word in clause)


def _certainly_verb(sentence: Sentence, index: int, verb: str) -> bool:
    """A word that is a noun as well is a verb right after he or she, and after it where a clause begins."""
    return sentence.at(index) in {"he", "she"} or sentence.at(index + 1) == verb


def _unreal(sentence: Sentence, index: int) -> bool:
    return any(
        word in {"if", "wish", "wished", "though", "wishes", "were", "unless", "suppose"}
        for word in sentence.lower[:index]
    )


def _and_i(sentence: Sentence, index: int, text: str) -> Correction | None:
    """My friends and I goes: two subjects, when no verb comes before."""
    if sentence.at(index) != "i" or sentence.at(index - 1) != "and" or grammar.starts_clause(sentence, index):
        return None
    if sentence.at(0) not in words.POSSESSIVES | {"the"} and not grammar.is_first_name(sentence, index - 2):
        return None
    at = index + 1
    while sentence.at(at) in words.FREQUENCY:
        at += 1
    verb = sentence.at(at)
    base = verbs.thirds().get(verb)
    right = {"am": "are", "is": "are", "was": "were"}.get(verb) or (base if base in _FOR_ONE else None)
    if right is None or index > 5:
        return None
    return grammar.fix(sentence, at, at, right, KIND, "Two together are plural.", text=text)


def _who(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Anybody who enjoy, a man who live."""
    person, verb = sentence.at(index - 1), sentence.at(index + 1)
    if sentence.at(index) == "who" and person in _GROUPS | {"those"} and verb in verbs.thirds():
        right = {"is": "are", "has": "have"}.get(verb) or verbs.thirds()[verb]
        return grammar.fix(sentence, index + 1, index + 1, right, KIND, f"“{person}” is plural.", text=text)
    one = person in words.INDEFINITE or (person in _ONE and sentence.at(index - 2) in {"a", "the", "my", "every"})
    if sentence.at(index) != "who" or not one or verb not in _FOR_ONE or verbs.same_past(verb):
        return None
    right = verbs.third(verb)
    return grammar.fix(sentence, index + 1, index + 1, right, KIND, f"“{person}” is singular.", text=text)


def _indefinite(sentence: Sentence, index: int, text: str) -> Correction | None:
    subject, verb = sentence.at(index), sentence.at(index + 1)
    if (
        sentence.at(len(sentence) - 1) in {"?", "!"}
        or verb == "like"
        or (
            verb in {"tell", "give", "show", "help", "follow"}
            and sentence.at(index + 2) in {"me", "him", "her", "us", "them"}
        )
    ):
        return None  # "Anybody want a lift?" leaves out "does"; "something like that"; "everybody tell him" is an order
    first = index - 1 if sentence.at(index - 1) in {"almost", "nearly", "not", "hardly"} else index
    if subject not in words.INDEFINITE or not grammar.starts_clause(sentence, first):
        return None
    if verb == "are":
        right = "is"
    elif verb in _CONTRACTIONS:
        right = _CONTRACTIONS[verb]
    elif (
        verb in _FOR_ONE
        and not verbs.same_past(verb)
        and not any(w in words.SUBJUNCTIVE for w in sentence.lower[:index])
    ):
        right = verbs.third(verb)
    else:
        return None
    return grammar.fix(sentence, index + 1, index + 1, right, KIND, f"“{subject.capitalize()}” is singular.", text=text)


def _people(sentence: Sentence, index: int, text: str) -> Correction | None:
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


def _mass(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Music help me, research show that."""
    verb, following = sentence.at(index + 1), sentence.at(index + 2)
    if (
        index != 0
        or sentence.at(0) not in _MASS
        or verb not in _FOR_ONE | {"show", "affect", "cause", "change", "raise"}
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


def _group(sentence: Sentence, index: int, text: str) -> Correction | None:
    """People is, children was, the walls is."""
    noun = sentence.at(index)
    many = (
        sentence.at(index - 1) in _OF_MANY | {"that", "because", "if"} and index > 0 and _looks_plural(sentence, index)
    )
    if (noun not in _GROUPS and not many) or not _opens_phrase(sentence, index):
        return None
    at = index + 1
    while sentence.at(at) in words.FREQUENCY:
        at += 1
    verb = sentence.at(at)
    right = _PLURAL_FORMS.get(verb)
    if (noun == "police" and verb == "forces") or (noun == "days" and sentence.at(index - 1) in {"these", "those"}):
        return None  # "the police forces", "which these days was rare"
    if sentence.at(0) in {"how", "what", "which"} and sentence.at(at + 1) in words.PRONOUNS | words.DETERMINERS:
        return None  # "How many hours is the flight?"
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


def _noun(sentence: Sentence, index: int, text: str) -> Correction | None:
    """My brother go, the house are."""
    if sentence.at(index) not in _ONE | nouns.COUNTABLE or sentence.at(index - 1) not in (
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
        sentence.at(index) not in _ONE
        and sentence.at(at + 1) not in words.PREPOSITIONS | words.DETERMINERS | words.PRONOUNS
    ):
        return None
    if (verb not in _CERTAIN and not busy) or (
        sentence.at(index) == "family" and verb in {"are", "have", "weren't", "aren't"}
    ):
        return None
    right = "is" if verb == "are" else _CONTRACTIONS.get(verb) or verbs.third(verb)
    return grammar.fix(sentence, at, at, right, KIND, f"“{sentence[index].text}” is singular.", text=text)


def _there(sentence: Sentence, index: int, text: str) -> Correction | None:
    if sentence.at(index) != "there":
        return None
    verb, first, second = sentence.at(index + 1), sentence.at(index + 2), sentence.at(index + 3)
    plural = first in words.NUMBERS | {"lots"} or (first in {"some", "no", "these"} and _is_plural(second))
    if second in nouns.UNCOUNTABLE:
        return None
    if (
        verb in {"is", "was"}
        and plural
        and first != "hundred"
        and not (sentence.is_end(index + 3) and first in {"few", "several"})
    ):
        if first in {"one", "both"} or (first in words.NUMBERS and second in {"of", "or"}):
            return None
        right = {"is": "are", "was": "were"}[verb]
        return grammar.fix(sentence, index + 1, index + 1, right, KIND, "More than one thing follows.", text=text)
    if (
        verb in {"are", "were"}
        and first in {"a", "an"}
        and second in nouns.COUNTABLE - nouns.COLLECTIVE
        and sentence.at(index + 4) != "ago"
        and grammar.ends_noun(sentence, index + 4)
    ):
        right = {"are": "is", "were": "was"}[verb]
        return grammar.fix(sentence, index + 1, index + 1, right, KIND, "One thing follows.", text=text)
    return None


def _is_plural(word: str) -> bool:
    return word in nouns.plurals() or word in nouns.IRREGULAR_PLURALS.values()
