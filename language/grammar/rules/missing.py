"""Words that a sentence cannot do without: I am happy, they are playing, my name is Anna."""

from language.correction import Correction
from language.document import Sentence
from language.grammar.rules import grammar
from language.lexicon import verbs, words

KIND = "missing_word"


def be(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I very happy, she tired, they from Spain."""
    if not grammar.is_pronoun_subject(sentence, index) or not grammar.starts_clause(sentence, index):
        return None
    first, second = sentence.at(index + 1), sentence.at(index + 2)
    adjective = first in words.PREDICATIVE - {
        "ready",
        "kind",
        "sure",
        "late",
        "sorry",
        "worried",
    } and grammar.ends_noun(sentence, index + 2)
    strengthened = first in {"very", "so", "really", "too"} and second in words.PREDICATIVE
    origin = first == "from" and index + 2 < len(sentence) and sentence[index + 2].text[0].isupper() and index == 0
    if not (adjective or strengthened or origin) or sentence.at(index - 1) in words.AUXILIARIES:
        return None
    return _with_be(sentence, index, "The sentence needs a verb.", text)


def be_ing(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I going to school, they playing."""
    if not grammar.is_pronoun_subject(sentence, index) or not grammar.starts_clause(sentence, index):
        return None
    word = sentence.at(index + 1)
    if (
        word not in verbs.ings()
        or word in {"being", "having", "meaning", "feeling"}
        or sentence.at(index - 1) in words.AUXILIARIES
    ):
        return None
    return _with_be(sentence, index, "The -ing form needs a form of “be”.", text)


def name(sentence: Sentence, index: int, text: str) -> Correction | None:
    """My name Anna."""
    if index != 0 or sentence.at(0) != "my" or sentence.at(1) != "name" or len(sentence) < 3 or not sentence[2].is_word:
        return None
    if not sentence[2].text[0].isupper():
        return None
    return grammar.fix(sentence, 2, 2, f"is {sentence[2].text}", KIND, "The sentence needs a verb.", text=text)


def _with_be(sentence: Sentence, index: int, why: str, text: str) -> Correction | None:
    """Put the form of "be" that goes with the pronoun at `index` behind it."""
    be = {"i": "am", "he": "is", "she": "is"}.get(sentence.at(index), "are")
    return grammar.fix(sentence, index + 1, index + 1, f"{be} {sentence[index + 1].text}", KIND, why, text=text)
