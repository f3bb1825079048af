"""Tenses that do not fit the time which the sentence names: yesterday I go, I live here since 2010."""

from collections.abc import Iterator
from functools import cache

from language.correction import Correction
from language.document import Document, Sentence
from language.grammar.rules import grammar, since
from language.lexicon import verbs, words
from language.lexicon.listed import listed

KIND = "tense"
_ACTIONS = listed(
    """
    go eat buy visit play watch meet come travel drink walk cook study call make take get do have wake arrive
    leave see write run swim stay learn help find lose speak talk work give start finish spend clean dance win
    sleep wear drive read ride bring break teach build catch fly sing send show open decide want ask try
    """
)
_EVENTS = listed(
    "give find send come fall catch steal throw lose decide bring arrive leave begin buy meet wake break tell go"
)
_TOLD = listed("was were waited started arrived called asked decided looked opened stopped walked visited moved played")
_PRESENT_SIGNS = listed('now usually always every still today often never sometimes nowadays born ? “ "')
_ASKS_IF = listed(
    """
    ask asked asks asking wonder wondered wondering know knew knowing see doubt doubted doubts sure unsure told tell
    say said question curious glad grateful appreciate appreciated pleased obliged happy
    """
)
_PERSONS = listed("father mother brother sister friend teacher uncle aunt son daughter husband wife boss cousin")


def find(document: Document) -> Iterator[Correction]:
    """Corrections by the rules of this module."""
    for sentence in document.sentences:
        for index in range(len(sentence)):
            for rule in (
                _after_past_time,
                _before_past_time,
                _perfect_with_past_time,
                since.since,
                since.going_since,
                _if_would,
                _story,
                _and_verb,
                _born,
            ):
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
    following = sentence.at(at + 1)
    if sentence.at(at) in {"have", "has"} and (following in _participles() or following in verbs.PLAIN_VERBS):
        return None
    base = verbs.thirds().get(sentence.at(at), sentence.at(at))
    if base not in _ACTIONS or verbs.same_past(base):
        return None
    return base


def _any_present(sentence: Sentence, index: int) -> str | None:
    """Like _present for every verb but those with which one thinks aloud ("last year, I think, was better")."""
    base = verbs.thirds().get(sentence.at(index + 1), sentence.at(index + 1))
    if not (sentence.at(index) in words.SUBJECTS and grammar.is_subject(sentence, index)) or verbs.same_past(base):
        return None
    thinking = {"think", "believe", "guess", "know", "hope", "mean", "remember", "say", "be", "do", "have"}
    return base if base in verbs.bases() - thinking else None


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
    in_year = sentence.at(index) == "in"
    if (
        length == 0
        or (in_year and (index > 0 or sentence.at(2 + (sentence.at(2) == ",")) not in {"i", "we"}))
        or index - _clause_start(sentence, index) > 4
        or any(grammar.is_verb(word) for word in sentence.lower[_clause_start(sentence, index) : index])
    ):
        return None
    at = index + length + (sentence.at(index + length) == ",")
    base = _present(sentence, at) or (None if in_year else _any_present(sentence, at))
    if base is None:
        return None
    return grammar.fix(
        sentence, at + 1, at + 1, verbs.past(base), KIND, "The time is past, and so is the verb.", text=text
    )


def _clause_start(sentence: Sentence, index: int) -> int:
    """The first token after the last mark or joining word before `index`."""
    while index > 0 and sentence.at(index - 1) not in {"and", "but", "so", "because", ",", ";"}:
        index -= 1
    return index


def _before_past_time(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I go to the cinema yesterday: one clause, one verb."""
    base = _present(sentence, index)
    if base is None or (base in {"want", "have"} and sentence.at(index + 2) == "to"):
        return None
    if base == "have" and sentence.at(index + 2) in {"just", "already", "never", "always", "only", "also", "not"}:
        return None  # a perfect
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
        if word in since.BREAKS or not (sentence[at].is_word or word[:1].isdigit()) or grammar.is_finite(word):
            return None
        if at > index + 2 and _begins_clause(sentence, at):
            return None
    return None


def _begins_clause(sentence: Sentence, index: int) -> bool:
    """The umbrella you lent me yesterday, but not: I have sent it to you yesterday."""
    word = sentence.at(index)
    return word in {"i", "we", "he", "she", "they"} or (
        word in {"you", "it"} and sentence.at(index - 1) not in words.PREPOSITIONS
    )


def _perfect_with_past_time(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Last year I have worked, I have seen him yesterday."""
    have = sentence.at(index)
    if have not in {"have", "has"} or (
        not grammar.is_subject(sentence, index - 1) and sentence.at(index - 1) not in words.INDEFINITE
    ):
        return None
    word = sentence.at(index + 1)
    base = _participles().get(word) or verbs.bare_pasts().get(word) or (word if word in verbs.PLAIN_VERBS else None)
    if base is None:
        return None
    named = [at for at in range(len(sentence)) if _past_time_at(sentence, at) and sentence.at(at) != "in"]
    near = [
        at
        for at in named
        if not any(
            sentence.at(between) in since.BREAKS
            or (sentence.is_end(between) and sentence.at(between) != ",")
            or (between > index + 2 and _begins_clause(sentence, between))
            for between in range(min(at, index) + 1, max(at, index))
        )
    ]
    if not near or any(word in {"since", "the"} for word in sentence.lower[max(0, near[0] - 1) : near[0]]):
        return None
    past = ("were" if sentence.at(index - 1) in words.PLURAL else "was") if base == "be" else verbs.past(base)
    if base == "be" and sentence.at(index + 2) == "to":
        past = "went"  # I have been to Rome last year
    return grammar.fix(sentence, index, index + 1, past, KIND, "A finished time takes the simple past.", text=text)


@cache
def _participles() -> dict[str, str]:
    return {verbs.participle(base): base for base in verbs.bases()}


def _if_would(sentence: Sentence, index: int, text: str) -> Correction | None:
    """If I would have more time."""
    if sentence.at(index) != "if" or sentence.at(index + 2) != "would" or sentence.at(index + 1) not in words.SUBJECTS:
        return None
    base = sentence.at(index + 3)
    asks = bool(_ASKS_IF & set(sentence.lower[max(0, index - 3) : index]))  # "I wonder if he would come"
    if base not in verbs.bases() or base in {"like", "ask"} or asks:
        return None
    right = "were" if base == "be" else verbs.past(base)
    if base == "have" and sentence.at(index + 4) in _participles():
        right = "had"
    message = "After “if” comes the past, not “would”."
    return grammar.fix(sentence, index + 2, index + 3, right, KIND, message, text=text)


def _story(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I was angry and I go to the police: one event after another, in one sentence."""
    if sentence.at(index - 1) not in {"and", "so", "but", "because", "before", "when", ","} or _PRESENT_SIGNS & set(
        sentence.lower
    ):
        return None
    subject = sentence.at(index) in words.SUBJECTS | words.INDEFINITE
    noun = sentence.at(index) in {"the", "my", "her", "his", "our"} and sentence.at(index + 1) in _PERSONS | {
        "band",
        "bus",
        "train",
        "police",
        "man",
        "woman",
    }
    at = index + 1 + noun
    verb = sentence.at(at)
    base = verbs.thirds().get(verb, verb)
    if not (subject or noun) or base not in _EVENTS:
        return None
    if base == "tell" and (sentence.at(at + 1) == "you" or sentence.lower[at + 1 : at + 3] == ("me", ",")):
        return None  # ", he tells me,", "I tell you"
    if base == "go" and sentence.at(at + 1) not in {"home", "inside", "out", "outside", "back", "to"}:
        return None
    before = sentence.lower[: index - 1]
    if not any(word in _TOLD or word in verbs.bare_pasts() for word in before) or any(
        word in words.MODALS | {"to", "if"} for word in before
    ):
        return None
    return grammar.fix(sentence, at, at, verbs.past(base), KIND, "The story is in the past.", text=text)


def _and_verb(sentence: Sentence, index: int, text: str) -> Correction | None:
    """We swam in the sea and eat fish."""
    base = sentence.at(index + 1)
    if sentence.at(index) != "and" or base not in _EVENTS | {"eat", "drink", "see"} or index < 2:
        return None
    before = sentence.lower[:index]
    if not any(word in verbs.bare_pasts() for word in before) or _PRESENT_SIGNS & set(sentence.lower):
        return None
    if any(
        word in words.MODALS | words.DO_NOT | {"to", "did", "if", "made", "let", "saw", "heard", "helped", "do", "?"}
        for word in before
    ):
        return None
    if grammar.is_verb(sentence.at(index - 1)):
        return None
    return grammar.fix(sentence, index + 1, index + 1, verbs.past(base), KIND, "The story is in the past.", text=text)


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
        following[:1].isdigit() or following in since.MONTHS or sentence.at(index) == "am"
    ):
        right = "were" if before in {"we", "they"} else "was"
        return grammar.fix(sentence, index, index, right, KIND, "One was born in the past.", text=text)
    return None
