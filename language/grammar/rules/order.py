"""Word order, questions, and missing words."""

from collections.abc import Iterator

from language.correction import Correction
from language.document import Document, Sentence
from language.grammar.rules import asking, grammar, missing
from language.lexicon import verbs, words
from language.lexicon.listed import listed

KIND = "word_order"
_ASKERS = listed("know knew knows wonder wondered remember understand tell me us him her ask asked explain")
_WH = listed("what where when why how who")
_COLOURS = listed("red blue green black white yellow brown grey gray pink")


def find(document: Document) -> Iterator[Correction]:
    """Corrections by the rules of this module."""
    for sentence in document.sentences:
        for index in range(len(sentence)):
            for rule in (
                _very_like,
                _very_much,
                _indirect,
                _indirect_do,
                _question,
                asking.question,
                asking.there,
                _adverb,
                _every_day,
                _colour,
                missing.be,
                missing.be_ing,
                missing.name,
            ):
                if (found := rule(sentence, index, document.text)) is not None:
                    yield found
                    break


def _very_like(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I very like music."""
    if not grammar.is_pronoun_subject(sentence, index) or sentence.at(index + 1) != "very":
        return None
    verb = sentence.at(index + 2)
    if verbs.thirds().get(verb, verb) not in {"like", "love", "enjoy", "want", "hope", "need", "miss"}:
        return None
    return grammar.fix(
        sentence,
        index + 1,
        index + 1,
        "really",
        KIND,
        "A verb is made stronger by “really”, or by “very much” at the end.",
        text=text,
    )


def _very_much(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I like very much music."""
    if sentence.at(index) not in {"like", "likes", "love", "loves", "enjoy", "liked", "loved", "enjoyed"}:
        return None
    if sentence.at(index + 1) != "very" or sentence.at(index + 2) != "much":
        return None
    at = index + 3
    if sentence.at(at) in words.DETERMINERS:
        at += 1
    if sentence.is_end(at) or sentence.at(at) in words.ENDERS or not grammar.ends_noun(sentence, at + 1):
        return None
    noun = text[sentence[index + 3].start : sentence[at].end]
    return grammar.fix(
        sentence, index + 1, at, f"{noun} very much", KIND, "The object follows the verb directly.", text=text
    )


def _indirect(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I don't know where is the station."""
    if sentence.at(index) not in _WH - {"who"} or sentence.at(index - 1) not in _ASKERS:
        return None
    verb, first = sentence.at(index + 1), sentence.at(index + 2)
    if sentence.at(index) == "what" and (verb not in {"can", "should"} or first not in words.SUBJECTS):
        return None
    if verb not in words.BE | {"can", "will", "should"}:
        return None
    if first in words.SUBJECTS | {"it", "you", "this", "that"}:
        last = index + 2
    elif (
        first in words.DETERMINERS
        and not sentence.is_end(index + 3)
        and (sentence.is_end(index + 4) or sentence.at(index + 4) in {"and", "but", "because"})
    ):
        last = index + 3
    else:
        return None
    if verb in {"can", "will", "should"} and last != index + 2:
        return None
    subject = text[sentence[index + 2].start : sentence[last].end]
    return grammar.fix(
        sentence,
        index + 1,
        last,
        f"{subject} {sentence[index + 1].text}",
        KIND,
        "Inside a sentence a question has the order of a statement.",
        text=text,
    )


def _indirect_do(sentence: Sentence, index: int, text: str) -> Correction | None:
    """You asked me where do I live, tell me what are you doing."""
    if sentence.at(index) not in _WH - {"who"} or sentence.at(index - 1) not in _ASKERS:
        return None
    helper, subject, verb = sentence.at(index + 1), sentence.at(index + 2), sentence.at(index + 3)
    if subject not in words.SUBJECTS | {"you", "it"}:
        return None
    if helper in words.BE and verb in verbs.ings():
        right = f"{sentence[index + 2].text} {helper}"
        last = index + 2
    elif helper in words.DO and verb in verbs.bases():
        form = {"do": verb, "does": verbs.third(verb), "did": verbs.past(verb)}[helper]
        right, last = f"{sentence[index + 2].text} {form}", index + 3
    else:
        return None
    message = "Inside a sentence a question has the order of a statement."
    return grammar.fix(sentence, index + 1, last, right, KIND, message, text=text)


def _question(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Where you live? Why she is sad?"""
    if (
        index != 0
        or sentence.at(0) not in _WH - {"who"}
        or "?" not in sentence.at(len(sentence) - 1)
        or "," in sentence.lower
    ):
        return None
    subject, verb = sentence.at(1), sentence.at(2)
    if subject not in words.SUBJECTS | {"you"} or words.BE & set(sentence.lower[3:]):
        return None  # "Where they can't go is unknown?"
    if verb in words.BE | words.MODALS and not (verb in words.BE and sentence.at(0) == "how"):
        return grammar.fix(
            sentence,
            1,
            2,
            f"{sentence[2].text} {sentence[1].text}",
            KIND,
            "In a question the verb comes before the subject.",
            text=text,
        )
    base = verbs.thirds().get(verb, verb)
    if base not in verbs.PLAIN_VERBS | {"like", "love", "work", "play", "need", "do", "have"} or len(sentence) > 9:
        return None
    helper = "does" if subject in words.THIRD else "do"
    return grammar.fix(
        sentence, 1, 2, f"{helper} {sentence[1].text} {base}", KIND, f"A question needs “{helper}”.", text=text
    )


def _adverb(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I go always to school."""
    if not grammar.is_pronoun_subject(sentence, index):
        return None
    verb, adverb = sentence.at(index + 1), sentence.at(index + 2)
    base = verbs.thirds().get(verb, verb)
    if base not in {
        "go",
        "eat",
        "drink",
        "play",
        "watch",
        "get",
        "have",
        "take",
        "study",
        "come",
        "wake",
        "work",
        "help",
        "visit",
        "do",
        "read",
    }:
        return None
    if adverb not in {"always", "usually", "never"} or sentence.at(
        index + 3
    ) not in words.PREPOSITIONS | words.DETERMINERS | {"up", "english", "football"}:
        return None
    return grammar.fix(
        sentence,
        index + 1,
        index + 2,
        f"{adverb} {verbs.third(base) if sentence.at(index) in words.THIRD else sentence[index + 1].text}",
        KIND,
        f"“{adverb}” comes before the verb.",
        text=text,
    )


def _every_day(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I every day go to school."""
    if index != 0 or not grammar.is_pronoun_subject(sentence, index):
        return None
    first, second = sentence.at(1), sentence.at(2)
    if first == "every" and second in {"day", "morning", "week", "evening", "weekend", "year", "night"}:
        last = 2
    elif first == "yesterday":
        last = 1
    else:
        return None
    if not grammar.is_verb(sentence.at(last + 1)):
        return None
    time = text[sentence[1].start : sentence[last].end]
    subject = sentence[0].text if sentence.at(0) == "i" else sentence[0].lower
    return grammar.fix(
        sentence,
        0,
        last,
        f"{time.capitalize()} {subject}",
        KIND,
        "Expressions of time stand at the beginning or the end.",
        text=text,
    )


def _colour(sentence: Sentence, index: int, text: str) -> Correction | None:
    """A car red."""
    if sentence.at(index) not in _COLOURS or sentence.at(index - 2) not in {"a", "an"}:
        return None
    if sentence.at(index - 1) not in {
        "car",
        "dress",
        "shirt",
        "house",
        "bag",
        "hat",
        "bird",
        "dog",
        "cat",
        "flower",
        "bike",
        "pen",
        "door",
    }:
        return None
    if any(
        word.startswith(("paint", "dye", "make", "made", "turn", "colo")) for word in sentence.lower
    ) or not grammar.ends_noun(sentence, index + 1):
        return None
    return grammar.fix(
        sentence,
        index - 1,
        index,
        f"{sentence[index].text} {sentence[index - 1].text}",
        KIND,
        "The adjective comes before the noun.",
        text=text,
    )
