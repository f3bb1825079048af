"""Two verbs in a row: is make, should be force, don't can, need bring, have always want, instead of create."""

from collections.abc import Iterator

from language.correction import Correction
from language.document import Document, Sentence
from language.grammar.rules import grammar, verb_patterns
from language.lexicon import nouns, verbs, words
from language.lexicon.listed import listed

KIND = "verb_form"
_PEOPLE = listed("father mother brother sister friend teacher uncle aunt son daughter husband wife mum mom dad boss")
_PASSIVE = listed(
    """
    force use call pay check build make give take write choose invite allow ask tell teach see know find destroy protect
    produce improve solve include introduce send bring buy sell forget remove repair avoid forbid ban cancel change
    """
)


def find(document: Document) -> Iterator[Correction]:
    """Corrections by the rules of this module."""
    for sentence in document.sentences:
        for index in range(len(sentence) - 1):
            for rule in (
                _be,
                _passive,
                _two_modals,
                _modal,
                verb_patterns.like,
                verb_patterns.would_like,
                verb_patterns.missing_to,
                verb_patterns.infinitive,
                verb_patterns.gerund,
                verb_patterns.preposition,
                _perfect,
                verb_patterns.to,
                verb_patterns.let,
                verb_patterns.used_to,
            ):
                if (found := rule(sentence, index, document.text)) is not None:
                    yield found
                    break


_AFTER_NOUN = listed("desk room group school student students table area trip level degree course")
_STATES = frozenset({"understand", "want", "know", "need", "remember", "believe", "like"})


def _be(sentence: Sentence, index: int, text: str) -> Correction | None:
    """My mum is make a cake, she is work, jobs are now disappear."""
    verb = sentence.at(index)
    if verb not in words.BE:
        return None
    pronoun = sentence.at(index - 1) in words.SUBJECTS | {"it", "you"} and grammar.starts_clause(sentence, index - 1)
    person = sentence.at(index - 1) in _PEOPLE and sentence.at(index - 2) in words.POSSESSIVES
    at = index + 1
    while sentence.at(at) in {"now", "still", "always", "also", "not"}:
        at += 1
    word = sentence.at(at)
    if word not in verbs.bases() - verb_patterns.AFTER_BE or not (
        pronoun or person or (at > index + 1 and word in verb_patterns.PLAINEST)
    ):
        return None
    if word in nouns.COUNTABLE or verbs.same_past(word) or sentence.at(at + 1) in nouns.plurals().keys() | {"clothes"}:
        return None  # "they are work clothes"
    if sentence.at(at + 2) == word or (sentence[at].text.istitle() and index > 0):
        return None  # "they were face to face", "it was Miss Lavish"
    if word in {"study", "graduate"} and sentence.at(at + 1) in _AFTER_NOUN:
        return None  # "my desk is not study desk"
    if word == "afford" or (word == "think" and pronoun and at == index + 1):
        return None  # "are not afford", "they are think"
    if sentence.at(at + 1) in {"by", "or"}:
        return None  # the passive: "is generate by"; "it was fight or die"
    if word in {"agree", "disagree"} or (word in _STATES and "not" in sentence.lower[index:at]):
        return None  # "do not agree", "do not understand"
    return grammar.fix(sentence, at, at, verbs.ing(word), KIND, "After “be” comes the -ing form.", text=text)


def _passive(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Nobody should be force, it has been did, the house was build."""
    be, word = sentence.at(index), sentence.at(index + 1)
    if (
        be in {"be", "been", "being"}
        and word in verbs.bare_pasts()
        and word not in {"saw", "fell", "rose", "lay", "bore"}
    ):
        right = verbs.participle(verbs.bare_pasts()[word])
    elif (
        be in {"be", "been", "being"}
        and word in _PASSIVE
        and sentence.at(index - 1) in words.MODALS | {"to", "has", "have", "had", "been"}
    ) or (
        be == "been"
        and word in verb_patterns.PLAINEST | listed("neglect destroy damage improve invest")
        and not verbs.same_past(word)
    ):
        right = verbs.participle(word)
    elif be in {"was", "were"} and word == "build":
        right = "built"
    else:
        return None
    return grammar.fix(sentence, index + 1, index + 1, right, KIND, "After “be” comes the past participle.", text=text)


def _two_modals(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Don't can, will can, will must."""
    first, second = sentence.at(index), sentence.at(index + 1)
    if sentence[index].text[0].isupper() and sentence.at(len(sentence) - 1) != "?":
        return None  # Will can help you.
    if sentence.at(index - 1) == "who" and sentence.at(index - 2) == "those":
        return None  # "those who don't can leave"
    if first in {"don't", "doesn't", "didn't"} and second in {"can", "could"}:
        right = "couldn't" if first == "didn't" or second == "could" else "can't"
    elif first in {"will", "would", "may", "might"} and second in {"can", "could"}:
        right = f"{first} be able to"
    elif first == "will" and second == "must":
        right = "will have to"
    else:
        return None
    return grammar.fix(sentence, index, index + 1, right, KIND, "Two modal verbs cannot stand together.", text=text)


def _modal(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Can you to come, could I to ask."""
    if sentence.at(index) not in words.MODALS or sentence.at(index + 1) not in words.SUBJECTS | {"you"}:
        return None
    if sentence.at(index + 2) != "to" or sentence.at(index + 3) not in verbs.bases():
        return None
    right = sentence[index + 3].text
    return grammar.fix(sentence, index + 2, index + 3, right, KIND, "Modal verbs take no “to”.", text=text)


def _perfect(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I have always want, she has never visit."""
    if sentence.at(index) not in {"have", "has", "i've", "we've", "they've", "had"}:
        return None
    at = index + 1
    while sentence.at(at) in {"never", "always", "already", "ever", "not", "often"}:
        at += 1
    base = sentence.at(at)
    if at == index + 1 or base not in verbs.bases() or verbs.participle(base) == base:
        return None
    if base in {"time", "cause", "hope", "reason", "play", "water", "need", "place", "respect", "plan"}:
        return None
    right = verbs.participle(base)
    return grammar.fix(sentence, at, at, right, KIND, "After “have” comes the past participle.", text=text)
