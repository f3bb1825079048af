"""Tenses that do not fit the time which the sentence names: yesterday I go, I live here since 2010."""

from collections.abc import Iterator

from api.english.writing.document import Document, Sentence
from api.english.writing.lexicon import verbs, words
from api.english.writing.lexicon.listed import listed
from api.english.writing.report import Correction
from api.english.writing.rules import grammar

KIND = "tense"
_ACTIONS = listed(
    """
    go eat buy visit play watch meet come travel drink walk cook study call make take get do have wake arrive
    leave see write run swim stay learn help find lose speak talk work give start finish spend clean dance win
    sleep wear drive read ride bring break teach build catch fly sing send show open decide want ask try
    """
)
_PERSONS = listed("father mother brother sister friend teacher uncle aunt son daughter husband wife boss cousin")
_LASTING = listed("live work study know learn play")
_BREAKS = listed(
    """
    and but that because when who which what if where how before after so while as since although than of from
    about for
    """
)
_MONTHS = listed("january february march april may june july august september october november december")


def find(document: Document) -> Iterator[Correction]:
    for sentence in document.sentences:
        for index in range(len(sentence)):
            for rule in (_after_past_time, _before_past_time, _since, _born):
                if (found := rule(sentence, index, document.text)) is not None:
                    yield found
                    break


def _present(sentence: Sentence, index: int) -> str | None:
    """The base of the present form of an action that stands right after the subject pronoun at `index`."""
    person = sentence.at(index) in _PERSONS and sentence.at(index - 1) in words.POSSESSIVES
    if person:
        if not grammar.starts_clause(sentence, index - 1) or sentence.at(index - 2) in {"and", "or"}:
            return None
    elif sentence.at(index) not in words.SUBJECTS or not grammar.is_subject(sentence, index):
        return None
    at = index + 1
    if person and sentence.at(at) not in verbs.thirds():
        return None
    base = verbs.thirds().get(sentence.at(at), sentence.at(at))
    if base not in _ACTIONS or verbs.same_past(base):
        return None
    return base


def _past_time_at(sentence: Sentence, index: int) -> int:
    """How many tokens of an expression of past time begin there: yesterday, last week, two days ago; 0 for none."""
    word = sentence.at(index)
    if word == "yesterday" or (word == "ago" and index > 0):
        return 2 if sentence.at(index + 1) in {"morning", "evening", "afternoon", "night"} else 1
    if (
        word == "last"
        and sentence.at(index + 1) in words.TIME_NOUNS
        and sentence.at(index - 1) not in {"the", "my", "our", "this", "of", "from", "than", "since"}
    ):
        return 2
    if (
        word == "in"
        and sentence.at(index + 1)[:2] in {"19", "20"}
        and len(sentence.at(index + 1)) == 4
        and "2000" <= sentence.at(index + 1) <= "2023"
    ):
        return 2
    return 0


def _after_past_time(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Yesterday I go …, Last week, we visit …, Two days ago he come …"""
    length = _past_time_at(sentence, index)
    if (
        length == 0
        or sentence.at(index) == "in"
        or index > 4
        or any(grammar.is_verb(word) for word in sentence.lower[:index])
    ):
        return None
    at = index + length + (sentence.at(index + length) == ",")
    base = _present(sentence, at)
    if base is None:
        return None
    return grammar.fix(
        sentence, at + 1, at + 1, verbs.past(base), KIND, "The time is past, and so is the verb.", text=text
    )


def _before_past_time(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I go to the cinema yesterday: one clause, one verb."""
    base = _present(sentence, index)
    if base is None or (base in {"want", "have"} and sentence.at(index + 2) == "to"):
        return None
    for at in range(index + 2, min(len(sentence), index + 12)):
        word = sentence.at(at)
        if _past_time_at(sentence, at):
            if sentence.at(at) == "ago" and "since" in sentence.lower[index:at]:
                return None
            return grammar.fix(
                sentence,
                index + 1,
                index + 1,
                verbs.past(base),
                KIND,
                "The time is past, and so is the verb.",
                text=text,
            )
        if word in _BREAKS or not (sentence[at].is_word or word[:1].isdigit()) or grammar.is_finite(word):
            return None
    return None


def _since(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I live here since 2010, she works there since May."""
    subject = sentence.at(index)
    if subject not in words.SUBJECTS or not grammar.is_subject(sentence, index):
        return None
    verb = sentence.at(index + 1)
    base = {"am": "be", "is": "be", "are": "be", "i'm": "be"}.get(verb) or verbs.thirds().get(verb, verb)
    if base not in _LASTING | {"be"} or (verb in verbs.thirds() and subject not in words.THIRD):
        return None
    for at in range(index + 2, min(len(sentence), index + 8)):
        word = sentence.at(at)
        if word == "since" and _is_moment(sentence, at + 1):
            have = "has" if subject in words.THIRD else "have"
            right = f"{have} {verbs.participle(base)}"
            return grammar.fix(
                sentence,
                index + 1,
                index + 1,
                right,
                KIND,
                "What began in the past and goes on takes the present perfect.",
                text=text,
            )
        if word in _BREAKS or not sentence[at].is_word or grammar.is_finite(word):
            return None
    return None


def _is_moment(sentence: Sentence, index: int) -> bool:
    word = sentence.at(index)
    return (
        (len(word) == 4 and word.isdigit())
        or word in _MONTHS
        or word in {"yesterday", "monday", "childhood"}
        or (word == "last" and sentence.at(index + 1) in words.TIME_NOUNS)
        or (word in {"i", "he", "she"} and sentence.at(index + 1) == "was")
    )


def _born(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I am born in 1999."""
    if (
        sentence.at(index) not in {"am", "is", "are", "i'm"}
        or sentence.at(index + 1) != "born"
        or sentence.at(index + 2) not in {"in", "on"}
    ):
        return None
    following = sentence.at(index + 3)
    before = sentence.at(index - 1)
    if sentence.at(index) == "i'm":
        return grammar.fix(sentence, index, index, "I was", KIND, "One was born in the past.", text=text)
    if before in {"i", "he", "she", "we", "they"} and (
        following[:1].isdigit() or following in _MONTHS or sentence.at(index) == "am"
    ):
        right = "were" if before in {"we", "they"} else "was"
        return grammar.fix(sentence, index, index, right, KIND, "One was born in the past.", text=text)
    return None
