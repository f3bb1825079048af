"""What follows a verb is settled by it or by its preposition: need to bring, risk losing, instead of creating."""

from language.correction import Correction
from language.document import Sentence
from language.grammar.rules import grammar
from language.lexicon import nouns, verbs, words
from language.lexicon.listed import listed

KIND = "verb_form"
# After a form of "be" these are adjectives, participles or nouns.
AFTER_BE = listed(
    """
    open clean warm cool dry calm close correct separate present perfect complete clear last like love become come
    run overcome broke
    set put cut hit let cost shut hurt spread quit read bet own mean fit light dance sound slip please lie tidy
    cook guide
    model fun free head back right like welcome content tie judge master slow home beat burn split fish water land rest
    """
)
_NEEDS_TO = listed(
    """
    invite bring ask tell go have be see buy eat make do become learn visit get know meet speak stay come give
    take write practise prepare
    read live find wear concentrate understand travel
    """
)
_GERUND_AFTER = {
    "risk": "to", "risks": "to", "risked": "to", "consider": "to", "considered": "to", "mind": "to", "imagine": "to",
    "keep": "to", "keeps": "to", "kept": "to", "deny": "to", "denied": "to", "avoid": "to",
}  # fmt: skip
_PARTICLE_GERUND = frozenset(
    {("end", "up"), ("ends", "up"), ("ended", "up"), ("give", "up"), ("gave", "up"), ("gives", "up")}
)
_STARTS = listed("started began continued stopped")
_INFINITIVE_AFTER = listed("afford manage managed want wants wanted decide decided hope hopes hoped need needs")
_OBJECT_VERBS = verbs.PLAIN_VERBS - listed("repair produce follow feel wear wait stay visit sit fly say live")
_AFTER_PREPOSITION = frozenset(
    {("instead", "of"), ("capable", "of"), ("tired", "of"), ("fond", "of"), ("interested", "in"), ("good", "at"),
     ("bad", "at"), ("responsible", "for"), ("think", "about"), ("thinking", "about"), ("dream", "of")}
)  # fmt: skip
_LIKED = listed(
    "eat go listen make buy learn speak write meet be have do see sing take swim draw read play watch visit"
)
_SOFT_OBJECTS = words.DETERMINERS | listed(
    "football tennis basketball music tv films movies books games sports volleyball chess"
)
_DRIVEN = listed(
    "people children students animals women men workers employees kids dogs players pupils elephants horses"
)
_GIVEN_UP = listed("smoke wait use complain pollute waste throw destroy")
_HARD_TO = listed("had have has want wants wanted need able going")
PLAINEST = verbs.PLAIN_VERBS - AFTER_BE


def like(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I like swim, she loves eat."""
    word, following, before = sentence.at(index), sentence.at(index + 1), sentence.at(index - 1)
    if (
        word not in {"like", "likes", "love", "loves", "hate", "hates"}
        or before not in words.SUBJECTS | {"you", "also", "really"}
        or following not in _LIKED
        or sentence.at(index - 2) in words.MODALS | {"would"}
    ):
        return None
    sure = following not in {"read", "play", "watch", "visit"} or sentence.at(index + 2) in _SOFT_OBJECTS
    return _ing(sentence, index, f"After “{word}” comes the -ing form.", text) if sure else None


def would_like(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I would like having."""
    following = sentence.at(index + 1)
    if (
        sentence.at(index) != "like"
        or following not in verbs.ings()
        or sentence.at(index - 1) == "be"
        or not {"would", "i'd", "we'd"} & set(sentence.lower[max(0, index - 2) : index])
        or verbs.ings()[following] not in _NEEDS_TO | verbs.PLAIN_VERBS
    ):
        return None
    right = f"to {verbs.ings()[following]}"
    return grammar.fix(sentence, index + 1, index + 1, right, KIND, "“Would like” takes “to”.", text=text)


def missing_to(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Don't need bring, would like have, would prefer be, able concentrate, want invite."""
    word, following, before = sentence.at(index), sentence.at(index + 1), sentence.at(index - 1)
    wants = word in {"want", "wants", "wanted", "able", "hope", "hoped", "decided"}
    would = word in {"like", "prefer", "love"} and before in {"would", "i'd", "we'd", "he'd", "she'd", "they'd"}
    need = word == "need" and before in {"don't", "doesn't", "didn't", "will", "you", "i", "we", "they"}
    if (
        not (wants or would or need)
        or following not in _NEEDS_TO - ({"stay", "work"} if would else set())
        or before in {"a", "the", "no", "my"}
        or (
            need and ("all" in sentence.lower[:index] or sentence.at(index + 2) in {"no", "nothing", "only", "not"})
        )  # "you need do no more"
    ):
        return None
    message = f"“{word}” takes “to” and the base form."
    return grammar.fix(sentence, index + 1, index + 1, f"to {following}", KIND, message, text=text)


def infinitive(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Cannot afford paying, decided going."""
    word, following = sentence.at(index), sentence.at(index + 1)
    if (
        word not in _INFINITIVE_AFTER
        or following not in verbs.ings()
        or following in {"being", "meeting", "building"}
        or word
        in {
            "need",
            "needs",
            "needed",
            "want",
            "wants",
            "wanted",
        }  # "The car needs washing", "I don't need looking after"
    ):
        return None
    right = f"to {verbs.ings()[following]}"
    return grammar.fix(sentence, index + 1, index + 1, right, KIND, f"“{word}” takes “to”.", text=text)


def gerund(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Risk to lose, end up to have, started learn, succeeded to increase."""
    word, following, base = sentence.at(index), sentence.at(index + 1), sentence.at(index + 2)
    if word in _STARTS and following in PLAINEST:
        return _ing(sentence, index, f"After “{word}” comes the -ing form.", text)
    if following != "to":
        return None
    if word in {"succeed", "succeeds", "succeeded"} and base in verbs.bases():
        return _instead_of_to(sentence, index, f"in {verbs.ing(base)}", "One succeeds “in doing” something.", text)
    if base in verbs.bases() and _asks_for_ing(sentence, index):
        return _instead_of_to(sentence, index, verbs.ing(base), f"After “{word}” comes the -ing form.", text)
    stops = word == "stop" and sentence.at(index - 1) in {"must", "should", "can't", "never", "to"}
    if stops and base in _GIVEN_UP:
        message = "What one gives up follows “stop” as -ing form."
        return _instead_of_to(sentence, index, verbs.ing(base), message, text)
    return None


def _asks_for_ing(sentence: Sentence, index: int) -> bool:
    """Whether the word before "to" and a base form is a verb that takes an -ing form, not a noun or a passive."""
    word, base, before = sentence.at(index), sentence.at(index + 2), sentence.at(index - 1)
    return (
        (word in _GERUND_AFTER or (before, word) in _PARTICLE_GERUND)
        and before not in words.DETERMINERS | words.BE | {"be", "been", "good", "great", "of"}
        and not (word == "risks" and before not in words.SUBJECTS)
        and not (base == "be" and word in {"considered", "consider"})
        and not (base in {"plan", "time"} and word.startswith(("keep", "kept")))
    )


def _ing(sentence: Sentence, index: int, message: str, text: str) -> Correction:
    """The base form behind `index` becomes an -ing form."""
    right = verbs.ing(sentence.at(index + 1))
    return grammar.fix(sentence, index + 1, index + 1, right, KIND, message, text=text)


def _instead_of_to(sentence: Sentence, index: int, right: str, message: str, text: str) -> Correction:
    """`right` takes the place of "to" and the base form behind `index`."""
    return grammar.fix(sentence, index + 1, index + 2, right, KIND, message, text=text)


def preposition(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Instead of create, without take, by use."""
    pair, base = (sentence.at(index - 1), sentence.at(index)), sentence.at(index + 1)
    alone = sentence.at(index) == "without"
    if not (pair in _AFTER_PREPOSITION or alone) or base not in _OBJECT_VERBS | {"use", "create", "work", "help"}:
        return None
    following = sentence.at(index + 2)
    if base in {"use", "work", "help", "give", "leave"} and following not in words.DETERMINERS | {
        "me",
        "him",
        "them",
        "us",
        "it",
    }:
        return None
    return grammar.fix(
        sentence, index + 1, index + 1, verbs.ing(base), KIND, "After a preposition comes the -ing form.", text=text
    )


def to(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Had to moved, try to buying, wanted to visited."""
    if sentence.at(index) != "to":
        return None
    before, word = sentence.at(index - 1), sentence.at(index + 1)
    if (
        before in _HARD_TO
        and word in verbs.pasts()
        and word not in {"left", "thought", "felt", "used", "lit", "bore", "ground", "wound"}
    ):
        base = verbs.pasts()[word]
    elif before in {"try", "tries", "tried", "decide", "decides", "hope", "able"} and word in verbs.ings():
        base = verbs.ings()[word]
    else:
        return None
    return grammar.fix(sentence, index + 1, index + 1, base, KIND, "After “to” comes the base form.", text=text)


def let(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Let students to choose, made the animals to perform."""
    makes = sentence.at(index) in {"make", "makes", "made"} and sentence.at(index - 1) not in words.BE | {"be", "been"}
    if sentence.at(index) not in {"let", "lets"} and not makes:
        return None
    at = index + 1
    if sentence.at(at) in words.DETERMINERS:
        at += 1
    noun = sentence.at(at)
    if noun not in nouns.plurals() and noun not in nouns.COUNTABLE | {"people", "children"}:
        return None
    if makes and noun not in _DRIVEN:
        return None
    if sentence.at(at + 1) != "to" or sentence.at(at + 2) not in verbs.bases():
        return None
    right = sentence[at + 2].text
    return grammar.fix(sentence, at + 1, at + 2, right, KIND, "After “let” comes the verb without “to”.", text=text)


def used_to(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I am used to work: a habit takes the -ing form."""
    if sentence.at(index) not in {"am", "i'm", "is", "are", "was"} or sentence.lower[index + 1 : index + 3] != (
        "used",
        "to",
    ):
        return None
    person = sentence.at(index) == "i'm" or sentence.at(index - 1) in {"i", "he", "she", "we"}
    base = sentence.at(index + 3)
    if not person or base not in verbs.bases():
        return None
    after = words.PREPOSITIONS | words.DETERMINERS | {"up", "late", "early", "alone", "hard"}
    if base not in PLAINEST and sentence.at(index + 4) not in after:
        return None
    return grammar.fix(
        sentence, index + 3, index + 3, verbs.ing(base), KIND, "“Be used to” takes the -ing form.", text=text
    )
