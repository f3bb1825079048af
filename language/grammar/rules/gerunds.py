"""The -ing form that a verb or a preposition asks for: enjoy reading, good at playing."""

from language.correction import Correction
from language.document import Sentence
from language.grammar.rules import grammar
from language.lexicon import verbs, words
from language.lexicon.listed import listed

KIND = "verb_form"
_GERUND = listed(
    """
    enjoy enjoys enjoyed avoid avoids avoided finish finishes finished dislike dislikes suggest suggests
    suggested practise practises practice practised practiced
    """
)
_PREPOSITION_PAIRS = frozenset(
    """
    good at|bad at|interested in|instead of|afraid of|tired of|think of|dream of|thinking of|think about|dream about|
    how about|thinking about
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_LOOKED_FORWARD_TO = verbs.PLAIN_VERBS | {"visit", "work", "start", "travel"}
_TALKS = (("talk", "to"), ("talk", "with"), ("talk", "about"))
_NOW = listed("am is are been")
_USED_TO = listed("go live eat get speak drink wake")
_CLEARLY_USED_TO = listed("go live have eat get speak")
_CHANGED = listed("change move start leave buy sell open visit travel")
_AFTER_PREPOSITION = listed("go eat have do make be see know get become write speak learn buy live take say")


def spent(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Spent three months to look."""
    if (
        sentence.at(index) not in {"time", "hours", "days", "weeks", "months", "years", "day", "week"}
        or sentence.at(index + 1) != "to"
    ):
        return None
    if sentence.at(index) in {"day", "week"} and sentence.at(index - 1) not in {"a", "per", "every"}:
        return None
    if not {"spend", "spent", "spends"} & set(sentence.lower[max(0, index - 5) : index]):
        return None
    base = sentence.at(index + 2)
    if sentence.at(index - 1) == "in":
        return None  # "in time to come"
    if base not in verbs.PLAIN_VERBS | {"look", "work", "talk", "clean", "cook", "watch", "play", "study", "read"}:
        return None
    return grammar.fix(
        sentence, index + 1, index + 2, verbs.ing(base), KIND, "One spends time “doing” something.", text=text
    )


def enjoy(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Enjoy to play, avoid go."""
    word = sentence.at(index)
    passive = sentence.at(index - 1) in words.BE | {"be", "been", "being"}
    noun = word == "practice" and sentence.at(index - 1) not in words.SUBJECTS | {"to", "should", "must", "can"}
    if word not in _GERUND or passive or noun:
        return None
    at = index + 1 + (sentence.at(index + 1) == "to")
    base = sentence.at(at)
    known = base in verbs.bases() and (at > index + 1 or base in verbs.PLAIN_VERBS)
    if not known or _suggested(sentence, index, at):
        return None
    message = f"After “{word}” comes the -ing form."
    return grammar.fix(sentence, index + 1, at, verbs.ing(base), KIND, message, text=text)


def look_forward(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Look forward to see."""
    base = sentence.at(index + 2)
    if (
        sentence.at(index) != "forward"
        or sentence.at(index - 1) not in {"look", "looks", "looked", "looking"}
        or sentence.at(index + 1) != "to"
        or (base not in _LOOKED_FORWARD_TO and sentence.lower[index + 2 : index + 4] not in _TALKS)
    ):
        return None
    message = "After “look forward to” comes the -ing form."
    return grammar.fix(sentence, index + 2, index + 2, verbs.ing(base), KIND, message, text=text)


def insist(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Insists to use; is thinking to write."""
    base = sentence.at(index + 2)
    if sentence.at(index + 1) != "to" or base not in verbs.bases() or verbs.same_past(base):
        return None
    word, before = sentence.at(index), sentence.at(index - 1)
    if word in {"insist", "insists", "insisted"}:
        right, message = "on", "“Insist” takes “on” and the -ing form."
    elif word == "thinking" and before in _NOW | words.BE_SHORT:
        right, message = "of", "One is thinking “of” doing something."
    else:
        return None
    return grammar.fix(sentence, index + 1, index + 2, f"{right} {verbs.ing(base)}", KIND, message, text=text)


def once(sentence: Sentence, index: int, text: str) -> Correction | None:
    """We used to going."""
    subject = sentence.at(index - 1) in words.SUBJECTS | {"you"} and grammar.starts_clause(sentence, index - 1)
    base = verbs.ings().get(sentence.at(index + 2), "")
    if sentence.at(index) != "used" or sentence.at(index + 1) != "to" or not (subject and base):
        return None
    message = "What was a habit takes “used to” and the base form."
    return grammar.fix(sentence, index + 2, index + 2, base, KIND, message, text=text)


def used_to(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Am used to get up, got used to live."""
    before, base = sentence.at(index - 1), sentence.at(index + 2)
    if (
        sentence.at(index) != "used"
        or before not in words.BE | words.BE_SHORT | {"get", "getting", "got"}
        or sentence.at(index + 1) != "to"
    ):
        return None
    clear = base in _CLEARLY_USED_TO and sentence.at(index - 2) in words.SUBJECTS | {""}
    personal = before in {"i'm", "we're", "they're", "getting", "get", "got"} or sentence.at(index - 2) == "i"
    if not clear and not (base in _USED_TO and personal):
        return None
    message = "“Be used to” takes the -ing form."
    return grammar.fix(sentence, index + 2, index + 2, verbs.ing(base), KIND, message, text=text)


def _suggested(sentence: Sentence, index: int, at: int) -> bool:
    """ "Suggest to" can be followed by the person: only a bare infinitive after it is wrong."""
    return sentence.at(index).startswith("suggest") and at == index + 1


def preposition(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Good at play, interested in go, without say."""
    word, before, base = sentence.at(index), sentence.at(index - 1), sentence.at(index + 1)
    alone = word in {"without", "before", "after", "by"} and before not in {
        "the",
        "day",
        "week",
        "year",
        "look",
        "looks",
        "looking",
    }
    pair = f"{before} {word}" in _PREPOSITION_PAIRS
    changed = pair and base in _CHANGED and sentence.at(index + 2) in words.DETERMINERS
    if not changed and (base not in _AFTER_PREPOSITION or not (pair or alone)):
        return None
    if (
        alone
        and word in {"before", "after"}
        and sentence.at(index + 2) in words.ENDERS - {"to", "the", "a", "my", "breakfast", "it"}
    ):
        return None
    return grammar.fix(
        sentence, index + 1, index + 1, verbs.ing(base), KIND, "After a preposition comes the -ing form.", text=text
    )
