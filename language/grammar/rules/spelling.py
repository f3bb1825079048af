"""Misspelled words, and regular pasts of irregular verbs. Names are left alone."""

from collections.abc import Iterator

from language import frequency
from language.correction import Correction
from language.document import Document, Sentence, Token
from language.lexicon import verbs, words
from language.lexicon.listed import listed

SPELLING, VERB_FORM = "spelling", "verb_form"
_NO_WORDS = {
    "fastly": "fast", "theirself": "themselves", "theirselves": "themselves", "hisself": "himself",
    "themself": "themselves",
    "childrens": "children", "unrespectful": "disrespectful", "informations": "information",
}  # fmt: skip
# Next to these words of other languages an unknown word is hardly a slip: "faute de mieux", "la notte".
_FOREIGN = listed("de la le les du des et un une di del della el las los und der das von da dos il al")
_SLANG = listed(
    """
    lol omg btw haha hahaha etc hi hey wow yeah nope hmm uh um oh ah ok pls thx www com kinda sorta gotta
    gonna wanna
    """
)


def find(document: Document) -> Iterator[Correction]:
    """Corrections by the rules of this module."""
    capitalised = {
        token.lower
        for sentence in document.sentences
        for index, token in enumerate(sentence.tokens)
        if token.text[0].isupper() and index > 0
    }
    for sentence in document.sentences:
        for index, token in enumerate(sentence.tokens):
            if (
                not token.is_word
                or len(token.text) < 3
                or _in_code(document.text, token)
                or _clipped(document.text, token)
                or _is_name(token, index, sentence, capitalised)
            ):
                continue
            if (word := _NO_WORDS.get(token.lower)) is not None:
                yield Correction(token.start, token.end, token.text, word, SPELLING, f"The word is “{word}”.")
            elif (past := verbs.regularised().get(token.lower)) is not None:
                right = _form(sentence, index, past)
                message = f"The verb is irregular: “{right}”."
                yield Correction(token.start, token.end, token.text, right, VERB_FORM, message)
            elif not _foreign(sentence, index) and (suggestion := _misspelled(token.lower)) is not None:
                right = suggestion.capitalize() if token.text[0].isupper() else suggestion
                yield Correction(token.start, token.end, token.text, right, SPELLING, f"Did you mean “{right}”?")


def _form(sentence: Sentence, index: int, past: str) -> str:
    """The form that the word before asks for: it broke, has broken, was stolen, didn't go."""
    at = index - 1
    while sentence.at(at) in {"not", "never", "ever", "already", "just", "always", "been"} | words.SUBJECTS:
        at -= 1
    before = sentence.at(at)
    if before in words.BE | words.BE_SHORT | words.HAVE | {"be", "having"} or sentence.at(index - 1) == "been":
        base = verbs.bare_pasts().get(past)
        return past if base is None else verbs.participle(base)
    if before in words.DO | words.DO_NOT | words.MODALS:
        return verbs.pasts().get(past, past)
    return past


def _foreign(sentence: Sentence, index: int) -> bool:
    return sentence.at(index - 1) in _FOREIGN or sentence.at(index + 1) in _FOREIGN


def _misspelled(word: str) -> str | None:
    """What was meant; None for a word that is fine, or that nothing is near enough to."""
    if not word.isascii() or not word.isalpha() or word in _SLANG or frequency.known(word):
        return None
    return frequency.meant(word)


def _in_code(text: str, token: Token) -> bool:
    """Part of a file name, an address or the like."""
    return text[token.start - 1 : token.start] in {".", "/", "_", "\\", "@", "#"} or text[
        token.end : token.end + 1
    ] in {"/", "_", "\\", "@", "-", "–"}


def _clipped(text: str, token: Token) -> bool:
    """Spoken English as novels write it: nothin', 'pache."""
    return (token.lower.endswith("in") and text[token.end : token.end + 1] in {"'", "’"}) or text[
        token.start - 1 : token.start
    ] == "’"


def _is_name(token: Token, index: int, sentence: Sentence, capitalised: set[str]) -> bool:
    """Capitals inside a sentence, capitals throughout, or a first word that is a capital elsewhere too."""
    if token.text.isupper() or any(letter.isupper() for letter in token.text[1:]):
        return True
    if not token.text[0].isupper():
        return token.lower in capitalised
    after_quote = index > 0 and not (sentence[index - 1].is_word or sentence[index - 1].text[0].isdigit())
    if index > 0 and not after_quote:
        return True
    # The first word of a sentence may be a name that appears nowhere else: only small slips are corrected there.
    return token.lower in capitalised or not frequency.surely_meant(token.lower)
