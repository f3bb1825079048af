"""What the rules over tokens share: where clauses begin, and how a correction is made."""

from language.correction import Correction
from language.document import Sentence
from language.grammar.rules import phrases
from language.lexicon import verbs, words


def fix(
    sentence: Sentence, first: int, last: int, suggestion: str, kind: str, message: str, *, text: str
) -> Correction:
    """Replace the tokens from `first` to `last`, both included."""
    start, end = sentence[first].start, sentence[last].end
    original = text[start:end]
    return Correction(start, end, original, phrases.like(original, suggestion), kind, message)


def starts_clause(sentence: Sentence, index: int) -> bool:
    """Whether a subject can stand there: at the beginning, after a mark, after a word that opens a clause, or after an
    "and" that follows a verb. After an auxiliary (a question) or another verb ("let him go") it cannot."""
    if index == 0 or sentence.is_end(index - 1):
        return True
    before = sentence.at(index - 1)
    if before in words.OPENERS:
        return True
    return before in {"and", "or"} and any(is_verb(word) for word in sentence.lower[: index - 1])


def is_subject(sentence: Sentence, index: int) -> bool:
    """Whether the pronoun there is the subject, and stands alone; "you" and "it" are only where a clause begins."""
    word = sentence.at(index)
    before = sentence.at(index - 1)
    if before in {"than", "as"} and word in {"we", "they", "i"} and sentence.at(index + 1) in verbs.thirds():
        return True
    if before in {"or", "nor", "than", "as", "of", "with", "for", "and"} and not starts_clause(sentence, index):
        return False
    if word in words.SUBJECTS:
        return before not in words.AUXILIARIES
    return word in {"you", "it"} and starts_clause(sentence, index) and sentence.at(index + 1) not in {"and", "or"}


def is_pronoun_subject(sentence: Sentence, index: int) -> bool:
    """Whether a pronoun stands there that can only be a subject (I, he, they), as the subject."""
    return sentence.at(index) in words.SUBJECTS and is_subject(sentence, index)


def is_first_name(sentence: Sentence, index: int) -> bool:
    """Whether the first word of the sentence stands there, with a capital as a name has: "Ana and I"."""
    return index == 0 and sentence[0].text[0].isupper()


def is_verb(word: str) -> bool:
    """Whether the word can be a form of a verb."""
    return (
        word in words.BE
        or word in words.BE_SHORT
        or word in words.MODALS
        or word in words.HAVE
        or word in words.DO
        or word in words.DO_NOT
        or word in verbs.bases()
        or word in verbs.thirds()
        or word in verbs.pasts()
        or word in verbs.bare_pasts()
        or word in verbs.regularised()
    )


def is_finite(word: str) -> bool:
    """A form that can only be finite: certainly a verb with a tense."""
    return (
        word in words.BE
        or word in words.BE_SHORT
        or word in words.MODALS
        or word in words.DO_NOT
        or word in verbs.bare_pasts()
        or word in {"has", "had", "did", "does"}
    )


def ends_noun(sentence: Sentence, index: int) -> bool:
    """Whether a noun phrase is surely over before that token."""
    return sentence.is_end(index) or sentence.at(index) in words.ENDERS
