"""What began in the past and goes on: I have lived here since 2010, I have been learning for two years."""

from language.correction import Correction
from language.document import Sentence
from language.grammar.rules import grammar
from language.lexicon import verbs, words
from language.lexicon.listed import listed

KIND = "tense"
_GOING = listed("wait search look train try suffer plan")
"""What goes on by its nature: “have been waiting”."""
_LASTING = listed("live work study know learn play")
_LENGTHS = listed("years months weeks days hours minutes year month week hour")
_BE = listed("am is are")
_SHORT = {
    "i'm": "I have",
    "we're": "we have",
    "they're": "they have",
    "you're": "you have",
    "he's": "he has",
    "she's": "she has",
}
BREAKS = listed(
    """
    and but that because when who whom whose which what if where how before after so while as since although than of
    from about for
    """
)
MONTHS = listed("january february march april may june july august september october november december")


def going_since(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I am learning English since two years."""
    be, word = sentence.at(index), sentence.at(index + 1)
    short = _SHORT.get(be.replace("’", "'"), "")
    if word not in verbs.ings() or not (short or (be in _BE and grammar.is_subject(sentence, index - 1))):
        return None
    for at in range(index + 2, min(len(sentence), index + 7)):
        if sentence.at(at) == "since" or (sentence.at(at) == "for" and word in {"learning", "studying", "living"}):
            if not (_is_moment(sentence, at + 1) or sentence.at(at + 2) in _LENGTHS):
                return None
            if short and (sentence.at(at) == "for" or _goes_on(sentence, at)):
                return None
            have = short or ("has" if sentence.at(index - 1) in words.THIRD else "have")
            return grammar.fix(
                sentence,
                index,
                index,
                f"{have} been",
                KIND,
                "What began in the past and goes on takes the present perfect.",
                text=text,
            )
        if sentence.at(at) in BREAKS or not sentence[at].is_word:
            return None
    return None


def since(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I live here since 2010, she works there since May."""
    subject = sentence.at(index)
    if subject not in words.SUBJECTS or not grammar.is_subject(sentence, index):
        return None
    verb = sentence.at(index + 1)
    base = {"am": "be", "is": "be", "are": "be", "i'm": "be"}.get(verb) or verbs.thirds().get(verb, verb)
    if verb in {"don't", "doesn't", "don’t", "doesn’t"}:
        return _not_since(sentence, index, text)
    if base not in _LASTING | _GOING | {"be"} or (verb in verbs.thirds() and subject not in words.THIRD):
        return None
    for at in range(index + 2, min(len(sentence), index + 10)):
        word = sentence.at(at)
        if word == "since" and (_is_moment(sentence, at + 1) or _is_length(sentence, at + 1)):
            have = "has" if subject in words.THIRD else "have"
            right = f"{have} been {verbs.ing(base)}" if base in _GOING else f"{have} {verbs.participle(base)}"
            return grammar.fix(
                sentence,
                index + 1,
                index + 1,
                right,
                KIND,
                "What began in the past and goes on takes the present perfect.",
                text=text,
            )
        if word in BREAKS or not sentence[at].is_word or grammar.is_finite(word):
            return None
    return None


def _not_since(sentence: Sentence, index: int, text: str) -> Correction | None:
    """She doesn't answer since two weeks: she hasn't answered."""
    base = sentence.at(index + 2)
    if base not in verbs.bases() or base in {"like", "want", "know", "think", "feel"}:
        return None
    for at in range(index + 3, min(len(sentence), index + 9)):
        if sentence.at(at) == "since" and (_is_moment(sentence, at + 1) or _is_length(sentence, at + 1)):
            have = "hasn't" if sentence.at(index) in words.THIRD else "haven't"
            right = f"{have} {verbs.participle(base)}"
            message = "What began in the past and goes on takes the present perfect."
            return grammar.fix(sentence, index + 1, index + 2, right, KIND, message, text=text)
        if sentence.at(at) in BREAKS or not sentence[at].is_word:
            return None
    return None


def _goes_on(sentence: Sentence, since_at: int) -> bool:
    """I'm resting since Monday was hard: “since” gives a reason, and a verb comes after the day."""
    return any(grammar.is_finite(word) for word in sentence.lower[since_at + 1 : since_at + 5])


def _is_length(sentence: Sentence, index: int) -> bool:
    """Two years, 3 months: “since” becomes “for” by another rule."""
    counted = sentence.at(index) in words.NUMBERS | {"a", "an", "one"} or sentence.at(index).isdigit()
    return counted and sentence.at(index + 1) in _LENGTHS | {"day"}


def _is_moment(sentence: Sentence, index: int) -> bool:
    word = sentence.at(index)
    return (
        (len(word) == 4 and word.isdigit())
        or word in MONTHS
        or word in {"yesterday", "monday", "childhood"}
        or (word == "last" and sentence.at(index + 1) in words.TIME_NOUNS)
        or (word in {"i", "he", "she"} and sentence.at(index + 1) == "was")
    )
