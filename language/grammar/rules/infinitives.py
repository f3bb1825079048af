"""The infinitive that “to”, a wish or “let” asks for: want to go, asked me to come, made me go."""

from language.correction import Correction
from language.document import Sentence
from language.grammar.rules import grammar
from language.lexicon import verbs
from language.lexicon.listed import listed

KIND = "verb_form"
_INFINITIVE = listed(
    """
    want wants wanted need needs needed decide decided decides hope hopes hoped plan plans planned learn
    learnt learned try tries tried going like able has have had forgot refused promised agreed expect expected
    manage managed start started
    """
)
CLEAR_PASTS = listed(
    """
    went ate took gave wrote spoke chose drove flew knew rode rose sang saw stole swam threw wore began
    drank grew drew blew fell woke did became ran
    """
)
_EASY = listed(
    "better easy important difficult possible necessary best impossible willingness ability chance opportunity desire"
)
_ASKING = listed("allow want ask help tell teach invite encourage")
_WANTED = listed(
    "go play be see have buy eat make do become learn travel visit live study get know meet speak stay come"
)


def want(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Wanted play, refused helping: the infinitive with “to” is missing."""
    word, following = sentence.at(index), sentence.at(index + 1)
    if word in {"want", "wants", "wanted", "decided", "hope", "hopes"} and following in _WANTED:
        right = f"to {following}"
    elif (
        word in {"refuse", "refused", "refuses", "promised", "decided", "hoped", "agreed"} and following in verbs.ings()
    ):
        right = f"to {verbs.ings()[following]}"
    else:
        return None
    return grammar.fix(
        sentence, index + 1, index + 1, right, KIND, f"“{word}” takes “to” and the base form.", text=text
    )


def to(sentence: Sentence, index: int, text: str) -> Correction | None:
    """To went, want to goes, need to made, want to going."""
    if sentence.at(index) != "to":
        return None
    word, before = sentence.at(index + 1), sentence.at(index - 1)
    if word in CLEAR_PASTS and word not in {"rose", "saw", "fell"}:
        base: str | None = verbs.bare_pasts()[word]
    elif _asked(sentence, index) and word in verbs.pasts():
        base = verbs.pasts()[word]
    elif before in _EASY and word in verbs.ings() and word not in {"being", "meeting", "feeling", "building"}:
        base = verbs.ings()[word]
    elif (
        before in _INFINITIVE
        and word in verbs.pasts()
        and word not in {"left", "thought", "felt", "bore", "ground", "wound"}
    ):
        if verbs.pasts()[word] not in verbs.PLAIN_VERBS | {"play", "visit", "travel", "watch", "help", "work"}:
            return None
        base = verbs.pasts()[word]
    elif (
        word in verbs.thirds()
        and verbs.thirds()[word] in verbs.PLAIN_VERBS
        and before in (_INFINITIVE - {"going"}) | _EASY | {"how", "where", "when", "what", "order", "time"}
    ):
        base = verbs.thirds()[word]
    elif (
        before in {"want", "wants", "wanted", "need", "needs", "decided", "hope", "hopes", "have", "has", "had"}
        and word in verbs.ings()
    ):
        base = verbs.ings()[word]
    else:
        return None
    return grammar.fix(sentence, index + 1, index + 1, base or word, KIND, "After “to” comes the base form.", text=text)


def _asked(sentence: Sentence, index: int) -> bool:
    """Allows them to, asked me to: an infinitive must follow."""
    person, verb = sentence.at(index - 1), sentence.at(index - 2)
    base = verbs.thirds().get(verb, verbs.pasts().get(verb, verb))
    return person in {"me", "him", "us", "them", "you", "her"} and base in _ASKING


def causative(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Made me to go, let him to play."""
    if sentence.at(index) not in {"make", "makes", "made", "let", "lets"} or sentence.at(index + 1) not in {
        "me",
        "him",
        "us",
        "them",
        "you",
    }:
        return None
    if sentence.at(index + 2) != "to" or sentence.at(index + 3) not in verbs.PLAIN_VERBS | {
        "laugh",
        "work",
        "play",
        "feel",
    }:
        return None
    person = sentence.at(index + 1)
    return grammar.fix(
        sentence,
        index + 1,
        index + 2,
        person,
        KIND,
        f"After “{sentence.at(index)}” comes the verb without “to”.",
        text=text,
    )
