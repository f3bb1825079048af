"""Subject and verb where the subject is longer: tourists who visit, the number of cars is, millions of people live."""

from collections.abc import Iterator

from language.correction import Correction
from language.document import Document, Sentence
from language.grammar.rules import grammar, subjects
from language.grammar.rules.subjects import KIND
from language.lexicon import verbs, words

_MASS_ENDINGS = ("tion", "sion", "ment", "ness", "ity", "ism", "ology")


def find(document: Document) -> Iterator[Correction]:
    """Corrections by the rules of this module."""
    for sentence in document.sentences:
        for index in range(len(sentence)):
            for rule in (_relative, _number_of, _crowd, _one_of, _indefinite, _mass):
                if (found := rule(sentence, index, document.text)) is not None:
                    yield found
                    break


def _relative(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Tourists who visits, an old man who live, things that makes."""
    joint, verb, before = sentence.at(index), sentence.at(index + 1), sentence.at(index - 1)
    if (
        joint not in {"who", "that", "which"}
        or index < 1
        or {"one", "only"} & set(sentence.lower[max(0, index - 5) : index])
    ):
        return None
    if subjects.is_plural(sentence, index - 1) or before == "those":
        # "Tells his friends that looks matter" is no relative clause.
        if joint != "who" and (
            words.PREPOSITIONS & set(sentence.lower[max(0, index - 4) : index])
            or (
                joint == "that"
                and (
                    index < 2
                    or sentence.at(index - 2) not in words.DETERMINERS | subjects.MANY_BEFORE | subjects.ADJECTIVES
                )
            )
        ):
            return None
        right = subjects.PLURAL_BE.get(verb) or (verbs.thirds().get(verb) if verb not in {"is", "was"} else None)
        if right is None or (joint == "that" and verbs.thirds().get(verb) in subjects.UNSURE):
            return None
        return grammar.fix(sentence, index + 1, index + 1, right, KIND, f"“{before}” is plural.", text=text)
    anyone = before in words.INDEFINITE
    single = anyone or (
        before in subjects.PERSON and {"a", "an", "every", "the"} & set(sentence.lower[max(0, index - 4) : index - 1])
    )
    if joint != "who" or not single or {"and", "or"} & set(sentence.lower[max(0, index - 5) : index]):
        return None
    plain = verb in verbs.bases() and not verbs.same_past(verb) and verb != "be"
    right = subjects.SINGLE_BE.get(verb) or (verbs.third(verb) if plain else None)
    if right is None:
        return None
    return grammar.fix(sentence, index + 1, index + 1, right, KIND, f"“{before}” is singular.", text=text)


def _number_of(sentence: Sentence, index: int, text: str) -> Correction | None:
    """The number of cars are growing; the number of tourists who visit us have doubled."""
    if sentence.lower[index : index + 3] != ("the", "number", "of"):
        return None
    if not grammar.starts_clause(sentence, index):
        return None
    joints = {"who", "that", "which"}
    for at in range(index + 3, min(len(sentence), index + 10)):
        told = bool(joints & set(sentence.lower[index + 3 : at - 1])) and sentence.at(at + 1) in verbs.pasts()
        if (
            sentence.at(at) in subjects.SINGLE_BE
            and sentence.at(at - 1) not in joints
            and (told or subjects.is_plural(sentence, at - 1))
        ):
            right = subjects.SINGLE_BE[sentence.at(at)]
            return grammar.fix(sentence, at, at, right, KIND, "“The number” is singular.", text=text)
    return None


def _crowd(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Millions of people remains, most of my friends lives."""
    if sentence.at(index) not in {"millions", "thousands", "hundreds", "most", "some", "many", "all", "lots", "lot"}:
        return None
    if sentence.at(index + 1) != "of" or not grammar.starts_clause(sentence, index - (sentence.at(index - 1) == "a")):
        return None
    head = subjects.head_of(sentence, index + 2)
    verb = sentence.at(head + 1)
    pronoun = sentence.at(index + 2) in {"them", "us", "you"}
    head = index + 2 if pronoun else head
    verb = sentence.at(head + 1)
    if (
        head < 0
        or not (pronoun or subjects.is_plural(sentence, head))
        or (verb in {"is", "was"} and sentence.at(index) == "most")
    ):
        return None
    right = subjects.PLURAL_BE.get(verb) or verbs.thirds().get(verb)
    if right is None or grammar.is_finite(sentence.at(head + 2)):
        return None
    return grammar.fix(sentence, head + 1, head + 1, right, KIND, f"“{sentence[head].text}” is plural.", text=text)


def _one_of(sentence: Sentence, index: int, text: str) -> Correction | None:
    """One of them become, each of us have."""
    if sentence.at(index) not in {"one", "each"} or sentence.at(index + 1) != "of":
        return None
    if sentence.at(index + 2) not in {"them", "us", "you"} or not grammar.starts_clause(sentence, index):
        return None
    verb = sentence.at(index + 3)
    plain = verb in verbs.bases() and not verbs.same_past(verb) and verb != "be"
    right = subjects.SINGLE_BE.get(verb) or (verbs.third(verb) if plain else None)
    if right is None or any(word in words.SUBJUNCTIVE for word in sentence.lower[:index]):
        return None
    if verb == "were" and {"if", "though", "unless"} & set(sentence.lower[:index]):
        return None  # "if one of us were ill"
    return grammar.fix(sentence, index + 3, index + 3, right, KIND, "“One” is singular.", text=text)


def _indefinite(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Everything were strange, if everybody do something."""
    subject, verb = sentence.at(index), sentence.at(index + 1)
    if subject not in words.INDEFINITE or sentence.at(index - 1) in words.PREPOSITIONS | words.AUXILIARIES | {
        "and",
        "or",
    }:
        return None
    before = set(sentence.lower[:index])
    if verb == "were" and not before & {"if", "as", "wish", "wished", "though", "unless"}:
        right = "was"
    elif (
        verb in {"do", "have"}
        and not before & (words.SUBJUNCTIVE | {"letting", "making", "seeing", "having"})
        and sentence.at(index - 1) not in {"does", "did"}
    ):
        right = verbs.third(verb)
    else:
        return None
    message = f"“{sentence[index].text}” is singular."
    return grammar.fix(sentence, index + 1, index + 1, right, KIND, message, text=text)


def _mass(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Globalisation have, pollution are."""
    noun, verb = sentence.at(index), sentence.at(index + 1)
    if not noun.endswith(_MASS_ENDINGS) or verb not in subjects.SINGLE_BE or verb == "were":
        return None
    if not grammar.starts_clause(sentence, index) or sentence.at(index - 1) in {"and", "or", "nor"} or len(noun) < 6:
        return None
    if sentence.at(index + 2) in words.SUBJECTS | {"you"}:
        return None  # "What direction are you going?"
    right = subjects.SINGLE_BE[verb]
    message = f"“{sentence[index].text}” is singular."
    return grammar.fix(sentence, index + 1, index + 1, right, KIND, message, text=text)
