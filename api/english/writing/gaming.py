"""Texts that try to score without saying anything: pasted prompts, repetition, word salad, another language."""

from dataclasses import dataclass
from itertools import pairwise

from language import document, frequency
from language.document import Document
from language.lexicon import topics, verbs, words
from language.lexicon.listed import listed

_DETERMINERS = listed("the a an my your our their every")
_NEVER_AFTER_DETERMINER = (
    (
        words.PREPOSITIONS
        - {"inside", "in", "up", "down", "over", "under", "near", "by", "on", "off", "after", "about", "around"}
    )
    | words.BE
    | listed("i you he she it we they me him us them the a an and or but because if my your")
)
_NEVER_AFTER_PREPOSITION = words.BE | listed("i he she we they and or but if because can will would do does did")
_NEVER_AFTER_SUBJECT = listed(
    "of at from into the a an my your his our their i he she we they me him us them it because"
)
_PLAIN_PREPOSITIONS = listed("of at from with into during between among against by")


@dataclass(frozen=True)
class Finding:
    """The kind of the finding, the highest score that such a text can get, and the message to the learner."""

    name: str
    cap: int
    message: str


def look(text: Document, prompt: str | None) -> list[Finding]:
    """What shows that the text was not written to be read: nothing, copies, nonsense."""
    tokens = [token.lower for token in text.words]
    if not tokens:
        return [Finding("empty", 0, "There is no text to evaluate.")]
    found = []
    if _foreign(text, tokens):
        found.append(Finding("other_language", 5, "Write in English: most of these words are not English."))
    elif _salad(tokens):
        found.append(Finding("word_salad", 10, "Write whole sentences: these words do not form any."))
    if (share := copied_share(text, prompt)) > 0.3:
        cap = 10 if share > 0.7 else 35
        found.append(Finding("copied_prompt", cap, "Use your own words: much of this text repeats the task."))
    if (share := repeated_share(text)) > 0.25:
        cap = 15 if share > 0.5 else 45
        found.append(Finding("repetition", cap, "Say new things: several sentences are the same."))
    return found


def copied_share(text: Document, prompt: str | None) -> float:
    """The share of the text's runs of four words that stand in the prompt as well."""
    runs = _runs([token.lower for token in text.words], 4)
    if not prompt or not runs:
        return 0.0
    given = set(_runs([token.lower for token in document.parse(prompt).words], 4))
    return sum(run in given for run in runs) / len(runs)


def repeated_share(text: Document) -> float:
    """The share of words in sentences of three or more words that stood there before."""
    seen: set[tuple[str, ...]] = set()
    repeated = total = 0
    for sentence in text.sentences:
        key = tuple(token.lower for token in sentence.words)
        if len(key) < 3:
            continue
        total += len(key)
        if key in seen:
            repeated += len(key)
        seen.add(key)
    return repeated / total if total else 0.0


def _foreign(text: Document, tokens: list[str]) -> bool:
    letters = [letter for letter in text.text if letter.isalpha()]
    if letters and sum(not letter.isascii() for letter in letters) / len(letters) > 0.15:
        return True
    lower = [token.lower for token in text.words if token.text[0].islower()]
    if len(lower) < 4:
        return False
    function = sum(word in topics.FUNCTION for word in lower) / len(lower)
    unknown = sum(not frequency.known(word) for word in lower) / len(lower)
    return unknown > 0.4 or (unknown > 0.2 and function < 0.22)


def _salad(tokens: list[str]) -> bool:
    """Too few small words, the same word over and over, or neighbours that English never has."""
    if len(tokens) < 8:
        return False
    function = sum(token in topics.FUNCTION for token in tokens) / len(tokens)
    if function < 0.15 or function > 0.85:
        return True
    if len(tokens) >= 30 and len(set(tokens)) / len(tokens) < 0.25:
        return True
    pairs = list(pairwise(tokens))
    odd = sum(_impossible(left, right) for left, right in pairs)
    return odd >= 2 and odd / len(pairs) > 0.03


def _impossible(left: str, right: str) -> bool:
    told = right in verbs.bare_pasts() and right not in {"saw", "rose", "lay", "fell", "bore", "bit"}
    if left in _DETERMINERS and (right in _NEVER_AFTER_DETERMINER or told):
        return True
    if left in words.SUBJECTS and right in _NEVER_AFTER_SUBJECT:
        return True
    if (left in words.BE or left in _PLAIN_PREPOSITIONS) and told:
        return True
    return (left in _PLAIN_PREPOSITIONS and right in _NEVER_AFTER_PREPOSITION) or (
        left == right and len(left) < 5 and left not in {"had", "that", "very"}
    )


def _runs(tokens: list[str], length: int) -> list[tuple[str, ...]]:
    return [tuple(tokens[index : index + length]) for index in range(len(tokens) - length + 1)]
