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
_USED_TO = listed("go live eat get speak drink wake")
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
    if base not in verbs.PLAIN_VERBS | {"look", "work", "talk", "clean", "cook", "watch", "play", "study", "read"}:
        return None
    return grammar.fix(
        sentence, index + 1, index + 2, verbs.ing(base), KIND, "One spends time “doing” something.", text=text
    )


def gerund(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Enjoy to play, look forward to see, am used to get up."""
    word = sentence.at(index)
    passive = sentence.at(index - 1) in words.BE | {"be", "been", "being"}
    noun = word == "practice" and sentence.at(index - 1) not in words.SUBJECTS | {"to", "should", "must", "can"}
    if word in _GERUND and not passive and not noun:
        at = index + 1 + (sentence.at(index + 1) == "to")
        base = sentence.at(at)
        if (
            base in verbs.bases()
            and (at > index + 1 or base in verbs.PLAIN_VERBS)
            and not _suggested(sentence, index, at)
        ):
            return grammar.fix(
                sentence, index + 1, at, verbs.ing(base), KIND, f"After “{word}” comes the -ing form.", text=text
            )
    if (
        word == "forward"
        and sentence.at(index - 1) in {"look", "looks", "looked", "looking"}
        and sentence.at(index + 1) == "to"
        and (sentence.at(index + 2) in _LOOKED_FORWARD_TO or sentence.lower[index + 2 : index + 4] in _TALKS)
    ):
        base = sentence.at(index + 2)
        return grammar.fix(
            sentence,
            index + 2,
            index + 2,
            verbs.ing(base),
            KIND,
            "After “look forward to” comes the -ing form.",
            text=text,
        )
    if (
        word == "used"
        and sentence.at(index - 1) in words.BE | words.BE_SHORT | {"get", "getting", "got"}
        and sentence.at(index + 1) == "to"
    ):
        base = sentence.at(index + 2)
        if (
            base in {"go", "live", "have", "eat", "get", "speak"} and sentence.at(index - 2) in words.SUBJECTS | {""}
        ) or (
            base in _USED_TO
            and (
                sentence.at(index - 1) in {"i'm", "we're", "they're", "getting", "get", "got"}
                or sentence.at(index - 2) == "i"
            )
        ):
            return grammar.fix(
                sentence, index + 2, index + 2, verbs.ing(base), KIND, "“Be used to” takes the -ing form.", text=text
            )
    return None


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
