"""Tenses that the rest of the text shows: a story told in the past, clauses of time and condition."""

from collections.abc import Iterator

from language.correction import Correction
from language.document import Document, Sentence
from language.grammar.rules import grammar
from language.lexicon import nouns, verbs, words
from language.lexicon.listed import listed

KIND = "tense"
# What happens at one moment: in a story told in the past such a verb is not in the present.
_MOMENTS = listed(
    """
    arrive decide lose find miss fall catch steal throw break forget wake begin buy meet give send bring leave hear say
    tell ask see come take cry happen become die open close call answer stop finish turn win change
    """
)
_WOULD_TOO = listed("like ask care mind be help suit")  # "if it would help"
_STATES = listed("say tell ask see come take call open stop answer give hear finish turn close change")
_ALOUD = listed("say tell hear forget find mean see ask")
_NOW = listed(
    """
    now usually always every still today often never sometimes nowadays ? “ " if would will can may when
    whenever tomorrow
    next soon weekends mondays sundays saturdays fridays normally generally
    """
)
_GENERAL = listed("what whatever why how whoever which whichever :")  # "or whatever he calls himself"
_ACTORS = listed(
    """
    father mother brother sister friend teacher uncle aunt man woman boy girl waiter assistant doctor dog cat police bus
    train driver neighbour boss mum dad band
    """
)


def find(document: Document) -> Iterator[Correction]:
    """Corrections by the rules of this module."""
    yield from _told(document)
    for sentence in document.sentences:
        for index in range(len(sentence)):
            for rule in (_will_after_when, _if_would):
                if (found := rule(sentence, index, document.text)) is not None:
                    yield found
                    break


def _told(document: Document) -> Iterator[Correction]:
    """A moment in the present tense among at least three clauses in the past, and hardly any in the present."""
    told = [past_clauses(sentence) for sentence in document.sentences]
    present = sum(_present_clauses(sentence) for sentence in document.sentences)
    if sum(told) < 3 or sum(told) < 1.5 * present:
        return
    for number, sentence in enumerate(document.sentences):
        near = sum(told[max(0, number - 1) : number + 2])
        if not near or _NOW - {"when"} & set(sentence.lower):
            continue
        for index in range(len(sentence)):
            found = _moment(sentence, index, document.text) or _then(sentence, index, document.text)
            if found is not None:
                yield found


def past_clauses(sentence: Sentence) -> int:
    """Clauses of the sentence whose verb is certainly past: we were, she went, I waited, my bag broke."""
    found = 0
    for index, word in enumerate(sentence.lower):
        before = sentence.at(index - 1)
        if (
            word in {"was", "were", "didn't", "wasn't", "weren't", "couldn't", "had"}
            or (word in verbs.bare_pasts() and before not in words.HAVE | words.BE)
            or (word in verbs.pasts() | verbs.regularised() and before in words.SUBJECTS | _ACTORS | {"everybody"})
        ):
            found += 1
    return found


def _present_clauses(sentence: Sentence) -> int:
    found = 0
    for index, word in enumerate(sentence.lower):
        if word in {"am", "is", "are", "don't", "doesn't", "isn't", "aren't", "i'm", "it's", "he's", "she's", "we're"}:
            found += 1
        elif word in words.SUBJECTS and sentence.at(index + 1) in verbs.bases() - {"be"} - _MOMENTS:
            found += not verbs.same_past(sentence.at(index + 1))
    return found


def _moment(sentence: Sentence, index: int, text: str) -> Correction | None:
    """And I miss the bus, my brother find a shell, the assistant say that."""
    pronoun = sentence.at(index) in words.INDEFINITE or (
        sentence.at(index) in words.SUBJECTS and grammar.is_subject(sentence, index)
    )
    actor = sentence.at(index) in _ACTORS and sentence.at(index - 1) in words.POSSESSIVES | {"the", "a"}
    if not (pronoun or actor) or (actor and not grammar.starts_clause(sentence, index - 1)):
        return None
    if sentence.at(index - 1) in _GENERAL:
        return None
    at = index + 1 + (sentence.at(index + 1) in {"suddenly", "then", "finally", "also", "quickly"})
    verb = sentence.at(at)
    base = verbs.thirds().get(verb, verb)
    if base in _ALOUD and (pronoun or sentence.at(at + 1) in {",", "me", "you"}):
        return None  # "he tells me", "when I say that", "what I find odd"
    if base == "call" and sentence.at(at + 1) == "it":
        return None  # "a mean trick, I call it"
    if base not in _MOMENTS or verbs.same_past(base) or (actor and grammar.is_finite(sentence.at(at + 1))):
        return None
    # "He says it's good" may be true today; "he said" needs a past beside it in the same sentence.
    if base in _STATES and not past_clauses(sentence):
        return None
    if any(
        word in {"to", "let", "made", "make", "saw", "heard", "watched", "helped"}
        for word in sentence.lower[:index][-2:]
    ):
        return None
    return grammar.fix(sentence, at, at, verbs.past(base), KIND, "The story is in the past.", text=text)


def _then(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Then I have joined a choir."""
    if index != 0 or sentence.at(0) not in {"then", "later", "suddenly", "finally", "afterwards"}:
        return None
    at = 1 + (sentence.at(1) == ",")
    if sentence.at(at) not in words.SUBJECTS or sentence.at(at + 1) not in {"have", "has"}:
        return None
    base = verbs.pasts().get(sentence.at(at + 2)) or {"gone": "go", "seen": "see", "done": "do", "taken": "take"}.get(
        sentence.at(at + 2)
    )
    if base is None:
        return None
    return grammar.fix(sentence, at + 1, at + 2, verbs.past(base), KIND, "The story is in the past.", text=text)


def _will_after_when(sentence: Sentence, index: int, text: str) -> Correction | None:
    """When I will be old, I will …: the clause of time takes the present."""
    if index != 0 or not (sentence.at(0) in {"when", "if"} or sentence.lower[:3] == ("as", "soon", "as")):
        return None
    subject = 3 if sentence.at(0) == "as" else 1
    who, base = sentence.at(subject), sentence.at(subject + 2)
    if who not in words.SUBJECTS | {"it", "you"} or sentence.at(subject + 1) != "will" or base not in verbs.bases():
        return None
    if sentence.at(len(sentence) - 1) == "?" or "," not in sentence.lower or (sentence.at(0) == "if" and who == "you"):
        return None
    third = who in words.THIRD
    right = {"i": "am"}.get(who, "is" if third else "are") if base == "be" else verbs.third(base) if third else base
    return grammar.fix(
        sentence,
        subject + 1,
        subject + 2,
        right,
        KIND,
        "After “when” and “if” the future takes the present.",
        text=text,
    )


def _if_would(sentence: Sentence, index: int, text: str) -> Correction | None:
    """If I would have children, it would be better if the buses would run."""
    if sentence.at(index) != "if" or (
        index
        and sentence.at(index - 1)
        not in {",", "and", "but", "better", "good", "great", "nice", "helpful", "happy", "only"}
    ):
        return None
    at = index + 1 + (sentence.at(index + 1) in words.DETERMINERS)
    plain = at == index + 1 and sentence.at(at) in words.SUBJECTS | {"it", "there", "people"}
    if not (plain or (at == index + 2 and sentence.at(at) in nouns.COUNTABLE | nouns.plurals().keys())):
        return None
    base = sentence.at(at + 2)
    if sentence.at(at + 1) != "would" or base not in verbs.bases() or base in _WOULD_TOO:
        return None
    if base == "have" and sentence.at(at + 3) in verbs.pasts().keys() | {"been", "done", "gone", "seen", "known"}:
        return None
    message = "After “if” comes the past, not “would”."
    return grammar.fix(sentence, at + 1, at + 2, verbs.past(base), KIND, message, text=text)
