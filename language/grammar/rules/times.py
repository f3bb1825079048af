"""Times that take no preposition: I saw him last week, we go there every year."""

from collections.abc import Iterator

from language.correction import Correction
from language.document import Document, Sentence
from language.grammar.rules import grammar
from language.lexicon import verbs, words
from language.lexicon.listed import listed

KIND = "preposition"
_UNITS = listed("night week month year summer winter weekend day morning evening")
# "Put in last month", "handed in yesterday", "back in next week": the small word belongs to what stands before.
_TAKES_IN = listed("back in up out are is was were be been am stay due home")
_TAKES_NO_IN = listed("see saw seen meet met visit visited know knew")
_AFTER = listed("i we he she they with because and but") | {"", ".", "!", "?", ",", ";"}


def find(document: Document) -> Iterator[Correction]:
    """Corrections by the rules of this module."""
    for sentence in document.sentences:
        for index in range(1, len(sentence)):
            if (found := _no_preposition(sentence, index, document.text)) is not None:
                yield found


def _no_preposition(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I saw him in last week, I will go there in next year, I met her in yesterday."""
    if sentence.at(index) not in {"in", "at", "on"} or not _complete(sentence, index - 1):
        return None
    last = index + 1
    first = sentence.at(last)
    if first in {"last", "next", "every"} and sentence.at(last + 1) in _UNITS:
        last += 1
    elif first not in {"yesterday", "tomorrow"} or sentence.at(index) == "on":
        return None
    if sentence.at(last + 1) not in _AFTER:
        return None
    time = text[sentence[index + 1].start : sentence[last].end]
    message = f"“{time}” takes no “{sentence.at(index)}”."
    return grammar.fix(sentence, index, index + 1, sentence[index + 1].text, KIND, message, text=text)


def _complete(sentence: Sentence, index: int) -> bool:
    """Whether the word there is surely no verb that takes “in” or “on”."""
    word = sentence.at(index)
    if word in _TAKES_IN | words.FREQUENCY or word in words.BE_SHORT or not sentence[index].is_word:
        return False
    if word in {"me", "him", "her", "us", "them", "it", "you"}:
        return sentence.at(index - 1) in _TAKES_NO_IN  # not "we handed it in yesterday", "he let her in last night"
    return not (grammar.is_verb(word) or word in verbs.ings() or word.endswith(("ed", "en", "ing", "own")))
