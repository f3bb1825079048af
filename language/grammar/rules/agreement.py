"""Subject and verb: I am, he goes, they were, there are."""

from collections.abc import Iterator

from language.correction import Correction
from language.document import Document, Sentence
from language.grammar.rules import grammar, noun_agreement
from language.lexicon import nouns, verbs, words

KIND = "agreement"
_BE_FOR = {"i": ("am", "was"), "he": ("is", "was"), "she": ("is", "was"), "it": ("is", "was"), "we": ("are", "were"),
           "they": ("are", "were"), "you": ("are", "were")}  # fmt: skip
_FULL = {short: long for long, short in noun_agreement.CONTRACTIONS.items()}


def find(document: Document) -> Iterator[Correction]:
    """Corrections by the rules of this module."""
    for sentence in document.sentences:
        for index in range(len(sentence)):
            for rule in (
                _pronoun,
                _and_i,
                _indefinite,
                _who,
                noun_agreement.people,
                noun_agreement.group,
                noun_agreement.mass,
                noun_agreement.noun,
                _there,
            ):
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
    if sentence.at(index - 1) in {"what's", "where's", "how's", "why's"}:
        return None  # "What's he want?"
    if subject == "i" and index and sentence[index - 1].text.istitle() and grammar.is_first_name(sentence, index - 1):
        return None  # "Henry I lies buried there."
    if (
        sentence.at(index - 1) == "or"
        and sentence.at(index - 2) in words.SUBJECTS
        and sentence.at(index - 3) in (words.DO | words.DO_NOT | words.MODALS | words.BE)
    ):
        return None  # "What does he or she do?", "What is he or she like?"
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
    if verb in noun_agreement.CONTRACTIONS:
        return None if verb == "weren't" and _unreal(sentence, index) else noun_agreement.CONTRACTIONS[verb]
    if (verb == "need" and sentence.at(index + 2) == "not") or verb == "last":
        return None  # "it need not", "where he last saw it"
    known = verb in verbs.bases() and verb not in words.MODALS and verb != "be"
    if not known or verbs.same_past(verb) or not _plain_present(sentence, index):
        return None
    if verb not in noun_agreement.FOR_ONE and not _certainly_verb(sentence, index, verb):
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
        word in {"if", "wish", "wished", "though", "wishes", "were", "unless", "suppose", "supposing", "imagine"}
        for word in sentence.lower[:index]
    )


def _and_i(sentence: Sentence, index: int, text: str) -> Correction | None:
    """My friends and I goes: two subjects, when no verb comes before."""
    if sentence.at(index) != "i" or sentence.at(index - 1) != "and" or grammar.starts_clause(sentence, index):
        return None
    if sentence.at(0) not in words.POSSESSIVES | {"the"} and not grammar.is_first_name(sentence, index - 2):
        return None
    if "name" in sentence.lower[:index]:
        return None  # "my name Zeynep and I am twelve"
    at = index + 1
    while sentence.at(at) in words.FREQUENCY:
        at += 1
    verb = sentence.at(at)
    base = verbs.thirds().get(verb)
    right = {"am": "are", "is": "are", "was": "were"}.get(verb) or (base if base in noun_agreement.FOR_ONE else None)
    if right is None or index > 5 or any(not token.is_word for token in sentence.tokens[:index]):
        return None
    return grammar.fix(sentence, at, at, right, KIND, "Two together are plural.", text=text)


def _who(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Anybody who enjoy, a man who live."""
    person, verb = sentence.at(index - 1), sentence.at(index + 1)
    if sentence.at(index) == "who" and person in noun_agreement.GROUPS | {"those"} and verb in verbs.thirds():
        right = {"is": "are", "has": "have"}.get(verb) or verbs.thirds()[verb]
        return grammar.fix(sentence, index + 1, index + 1, right, KIND, f"“{person}” is plural.", text=text)
    one = person in words.INDEFINITE or (
        person in noun_agreement.ONE and sentence.at(index - 2) in {"a", "the", "my", "every"}
    )
    if sentence.at(index) != "who" or not one or verb not in noun_agreement.FOR_ONE or verbs.same_past(verb):
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
    elif verb in noun_agreement.CONTRACTIONS:
        right = noun_agreement.CONTRACTIONS[verb]
    elif (
        verb in noun_agreement.FOR_ONE
        and not verbs.same_past(verb)
        and not any(w in words.SUBJUNCTIVE for w in sentence.lower[:index])
    ):
        right = verbs.third(verb)
    else:
        return None
    return grammar.fix(sentence, index + 1, index + 1, right, KIND, f"“{subject.capitalize()}” is singular.", text=text)


def _there(sentence: Sentence, index: int, text: str) -> Correction | None:
    if sentence.at(index) != "there":
        return None
    verb, first, second = sentence.at(index + 1), sentence.at(index + 2), sentence.at(index + 3)
    plural = first in words.NUMBERS | {"lots"} or (first in {"some", "no", "these"} and _is_plural(second))
    if {second, nouns.WRONG_PLURALS.get(second)} & nouns.UNCOUNTABLE or (
        first == "lots" and not _is_plural(sentence.at(index + 4))
    ):
        return None
    if (
        verb in {"is", "was"}
        and plural
        and first != "hundred"
        and not (sentence.is_end(index + 3) and first in {"few", "several"})
    ):
        if first in {"one", "both"} or (first in words.NUMBERS and second in {"of", "or", "a", "an"}):
            return None  # "there is many a slip"
        right = {"is": "are", "was": "were"}[verb]
        return grammar.fix(sentence, index + 1, index + 1, right, KIND, "More than one thing follows.", text=text)
    if (
        verb in {"are", "were"}
        and first in {"a", "an"}
        and second in nouns.COUNTABLE - nouns.COLLECTIVE
        and not (verb == "were" and _unreal(sentence, index))
        and "and" not in sentence.lower[index + 3 :]
        and sentence.at(index + 4) != "ago"
        and grammar.ends_noun(sentence, index + 4)
    ):
        right = {"are": "is", "were": "was"}[verb]
        return grammar.fix(sentence, index + 1, index + 1, right, KIND, "One thing follows.", text=text)
    return None


def _is_plural(word: str) -> bool:
    return word in nouns.plurals() or word in nouns.IRREGULAR_PLURALS.values()
