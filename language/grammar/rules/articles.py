"""A or an, and articles that are missing before things that can be counted."""

from collections.abc import Iterator

from language import frequency, levels
from language.correction import Correction
from language.document import Document, Sentence
from language.grammar.rules import grammar
from language.lexicon import nouns, verbs, words
from language.lexicon.listed import listed
from language.tagging import lemmas

KIND = "article"
_SPOKEN_WITH_VOWEL = ("hour", "honest", "honour", "honor", "heir")
_SPOKEN_WITH_CONSONANT = (
    "uni", "unanim", "use", "usu", "euro", "one", "once", "ukul", "util", "ufo", "eu", "ur", "ubiq",
)  # fmt: skip
_REALLY_VOWEL = ("unin", "unim", "unid", "urge", "urban", "urgent", "urn", "unis", "oner")
_VERBS = listed(
    """
    have has had buy bought need needs want wants wanted see saw eat ate read found find get got write wrote
    watch watched wear lost take took drive bring brought
    """
)
_DETERMINERS = listed("a an the my your his her our their this")
_PERSON_BE = listed("i'm he's she's")
# An older usage: "an hotel", since the stress is not on its first part.
_ONCE_SILENT = listed("hotel habitual hereditary heroic hysterical hypothesis harmonious humble heraldic hallucination")


def find(document: Document) -> Iterator[Correction]:
    """Corrections by the rules of this module."""
    for sentence in document.sentences:
        for index in range(len(sentence) - 1):
            for rule in (_sound, _profession, _object, _the_superlative):
                if (found := rule(sentence, index, document.text)) is not None:
                    yield found
                    break


def article_for(word: str) -> str:
    """“a” or “an”, by the sound with which a word (lower case) begins."""
    if word.startswith(_SPOKEN_WITH_VOWEL):
        return "an"
    if word.startswith(_SPOKEN_WITH_CONSONANT) and not word.startswith(_REALLY_VOWEL):
        return "a"
    return "an" if word[0] in "aeiou" else "a"


def _sound(sentence: Sentence, index: int, text: str) -> Correction | None:
    article, following = sentence.at(index), sentence[index + 1]
    if article not in {"a", "an"} or not following.is_word or not following.text.isascii():
        return None
    if (
        (sentence[index].text.isupper() and index > 0)
        or following.text.split("-")[0].isupper()
        or len(following.text.split("-")[0]) == 1
        or len(following.lower) < 3
        or sentence[index].end == following.start
    ):
        return None
    word = following.lower.split("-")[0]
    if (
        following.lower.startswith("hist")
        or word in words.CONJUNCTIONS
        or word in words.BE
        or not frequency.known(word)
    ):
        return None
    right = article_for(word)
    if right == article or (article == "an" and word in _ONCE_SILENT):
        return None
    return grammar.fix(
        sentence, index, index, right, KIND, f"Before the first sound of “{following.text}” comes “{right}”.", text=text
    )


def _profession(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I am student, my father is engineer."""
    verb = sentence.at(index)
    person = sentence.at(index - 1)
    if (
        verb in _PERSON_BE
        or (
            verb in {"am", "is", "was"}
            and person
            in {"i", "he", "she", "father", "mother", "brother", "sister", "uncle", "aunt", "husband", "wife"}
        )
        or (verb in {"is", "was"} and index == 1 and _is_name(sentence))
        or (verb in {"become", "became"} and person in {"to", "will", "i", "he", "she"})
    ):
        at = index + 1
    else:
        return None
    if sentence.at(at) in {"good", "very", "great", "young", "new", "famous", "bad"} and sentence.at(at) != "very":
        at += 1
    noun = sentence.at(at)
    if noun not in nouns.PERSONS or not (
        sentence.is_end(at + 1)
        or sentence.at(at + 1)
        in {"and", "at", "in", "but", "because", "who", "from", "when", "for", "with", "now", "so", "of"}
    ):
        return None
    return _with_article(sentence, index + 1, "A profession in the singular takes an article.", text)


def _is_name(sentence: Sentence) -> bool:
    """Whether the sentence begins with a name that is no other word."""
    first = sentence[0]
    return first.is_word and first.text.istitle() and len(first.text) > 2 and not levels.is_word(first.lower)


def _object(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I have dog, she bought car."""
    if sentence.at(index) not in _VERBS:
        return None
    at = index + 1
    if sentence.at(at) in {
        "new",
        "good",
        "big",
        "nice",
        "beautiful",
        "small",
        "old",
        "great",
        "red",
        "black",
        "white",
        "interesting",
    }:
        at += 1
    noun = sentence.at(at)
    if at == index + 1 and (booked := _participle(sentence, index, text)) is not None:
        return booked
    if noun not in nouns.OBJECTS or not (sentence.is_end(at + 1) or sentence.at(at + 1) in words.ENDERS):
        return None
    if sentence[index + 1].text[0].isupper():
        return None
    return _with_article(sentence, index + 1, f"“{noun}” in the singular takes an article.", text)


def _participle(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I have book a room, she has phone her sister: the noun is a verb."""
    verb, word = sentence.at(index), sentence.at(index + 1)
    if verb not in {"have", "has"} or word not in nouns.OBJECTS or word not in verbs.bases() | {"book"}:
        return None
    if sentence.at(index + 2) not in _DETERMINERS or sentence.at(index - 1) not in words.SUBJECTS | {"you"}:
        return None
    if word == "question" or (sentence.at(index + 2) == "a" and sentence.at(index + 3) in {"", "and", "or", ".", ","}):
        return None  # "I have question a and question b": letters count them
    done = lemmas.participle(word)
    why = f"After “{verb}” comes the participle: “{done}”."
    return grammar.fix(sentence, index + 1, index + 1, done, "verb_form", why, text=text)


def _with_article(sentence: Sentence, index: int, message: str, text: str) -> Correction:
    """Put an article before the word there."""
    word = sentence[index]
    return grammar.fix(sentence, index, index, f"{article_for(word.lower)} {word.text}", KIND, message, text=text)


def _the_superlative(sentence: Sentence, index: int, text: str) -> Correction | None:
    """A best friend of all: a superlative is unique."""
    if sentence.at(index) not in {"a", "an"} or sentence.at(index + 1) not in {"best", "worst", "biggest", "smallest"}:
        return None
    if sentence.at(index + 2) not in {"place", "city", "thing", "way", "day", "person", "country", "student"}:
        return None
    return grammar.fix(sentence, index, index, "the", KIND, "A superlative takes “the”.", text=text)
