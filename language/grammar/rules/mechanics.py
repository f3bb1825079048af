"""Capital letters, marks and the spaces around them."""

import re
from collections.abc import Iterator

from language import frequency
from language.correction import Correction
from language.document import Document, Sentence
from language.grammar.rules import grammar
from language.lexicon import words
from language.lexicon.listed import listed

CAPITAL, MARK = "capitalisation", "punctuation"
_PROPER = listed(
    """
    monday tuesday wednesday thursday friday saturday sunday january february april june july september
    october november december english spanish chinese german japanese italian russian korean portuguese arabic
    american british brazilian mexican indian canadian australian european vietnamese ukrainian greek thai
    swedish norwegian french brazil spain france germany italy japan korea mexico russia england scotland
    ireland london paris berlin rome tokyo madrid moscow america europe asia africa australia canada india
    portugal argentina poland vietnam thailand egypt colombia ukraine greece sweden norway christmas
    easter mondays tuesdays wednesdays thursdays fridays saturdays sundays
    """
)
_SPACED_MARK = re.compile(r"(?<=[\w\"”)])[ \t]+([,.;:!?])(?![\w.,!?)(D/'’])")
_TIGHT_COMMA = re.compile(r"(?<=[A-Za-z])(,)(?=[A-Za-z])")
_TIGHT_STOP = re.compile(r"(?<=[a-z]{2})([.!?])(?=[A-Z][a-z])")
_DOUBLED = re.compile(r"(?<!\.\w)(?<=\w)(,,|,\.|\.,|(?<!\.)\.\.(?!\.))(?=\s|$)")
_ADVERBS = re.compile(
    r"(?:^|(?<=[.!?] ))(However|Moreover|Furthermore|Nevertheless|In addition|For example|For instance|"
    r"On the other hand|In conclusion)"
    r"(?= (?:i|you|he|she|it|we|they|the|this|there|these|my|many|some|people)\b)",
    re.IGNORECASE | re.MULTILINE,
)
# Short forms after which the sentence goes on.
_SHORT_FORM = re.compile(
    r"\b(?:[A-Za-z]|[A-Z][a-z]?\.[A-Z]|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun|"
    r"mlle|mme|st|sr|jr|rev|gen|col|capt|lt|sgt|prof|hon|gov|sen|viz|approx|cf|ca|fig|vol|pp|ed|est|dept|inst|ext|tel|"
    r"\d+[a-z]{1,2}|oz|lbs?|ft|kg|km|cm|min|sec|hrs?|yrs?|rm|apt|ave|rd|\d{1,3}|"
    r"inc|ltd|co|corp|etc|al|vs|e\.g|i\.e|a\.m|p\.m|mr|mrs|ms|dr|no)\.$",
    re.IGNORECASE,
)
_SAID = listed("said asked cried shouted thought replied answered whispered roared called went wondered says asks")
_QUESTION_HELPERS = listed("do does did are is can could will would have has")
_GREETING = re.compile(
    r"^(?:dear|hi|hello|best|kind|love|yours|regards|see you|thanks|thank you|sincerely)\b", re.IGNORECASE
)


def find(document: Document) -> Iterator[Correction]:
    """Corrections by the rules of this module."""
    for sentence in document.sentences:
        yield from _capitals(sentence, document.text)
        yield from _question_mark(sentence)
    yield from _first_letters(document)
    yield from _patterns(document.text)
    yield from _last_mark(document)


def _capitals(sentence: Sentence, text: str) -> Iterator[Correction]:
    for index, token in enumerate(sentence.tokens):
        if (
            token.text in {"i", "i'm", "i've", "i'll", "i'd", "i’m", "i’ve", "i’ll", "i’d"}
            and sentence.at(index + 1) != ")"
            and not text[max(0, token.start - 1) : token.start].isalnum()
            and sentence.at(index - 1) not in {"(", ".", '"', "“", "‘", "'", "letter"}
        ):
            yield Correction(
                token.start, token.end, token.text, "I" + token.text[1:], CAPITAL, "“I” is always a capital letter."
            )
        elif (
            token.text in _PROPER
            and sentence.at(index + 1) not in {"fries"}
            and (text[token.start - 1 : token.start] not in {"@", "#", "/", "."})
        ):
            yield Correction(
                token.start,
                token.end,
                token.text,
                token.text.capitalize(),
                CAPITAL,
                "Names of days, months, languages and places take a capital letter.",
            )


def _first_letters(document: Document) -> Iterator[Correction]:
    if len(document.words) < 4:
        return
    for index, sentence in enumerate(document.sentences):
        first = sentence[0]
        if not sentence.opens or not first.text[0].islower() or not first.text[0].isascii() or len(sentence.words) < 2:
            continue
        if (
            any(letter.isupper() for letter in first.text)
            or first.text in {"i", "i'm"}
            or first.text in _PROPER
            or "." in first.text
            or "@" in first.text
        ):
            continue
        previous = document.sentences[index - 1] if index else None
        if previous is not None and (
            previous.tokens[-1].text in {"...", "…"} or _abbreviated(document.text, first.start)
        ):
            continue
        if previous is not None and _exclaimed(previous, sentence):
            continue
        if previous is None and _heading(document):
            continue
        yield Correction(
            first.start,
            first.end,
            first.text,
            first.text[0].upper() + first.text[1:],
            CAPITAL,
            "A sentence begins with a capital letter.",
        )


def _exclaimed(previous: Sentence, sentence: Sentence) -> bool:
    """A mark inside a sentence: “Ah! yes”, “How do you know? she asked”."""
    if previous.tokens[-1].text not in {"!", "?"}:
        return False
    return (
        len(previous.words) <= 2
        or previous.tokens[-2].text.istitle()
        or sentence.at(0) == "and"
        or bool(_SAID & {sentence.at(0), sentence.at(1)})
    )


def _abbreviated(text: str, start: int) -> bool:
    before = text[max(0, start - 40) : start].rstrip()
    return before.endswith(("..", '"', "”", "'", ")", "’")) or _short_form(before)


def _short_form(before: str) -> bool:
    """Whether the text ends with a short form and its stop: one that is known, or letters that are no word."""
    if _SHORT_FORM.search(before):
        return True
    last = re.search(r"([a-z]{1,6})\.$", before)
    return last is not None and len(before) > len(last.group()) and not frequency.known(last.group(1))


def _heading(document: Document) -> bool:
    """One line without a mark, a subject or a verb that must be one: a title, a caption, a word explained."""
    if len(document.sentences) != 1 or document.sentences[0].closed:
        return False
    first = document.sentences[0].at(0)
    clause = any(word in words.SUBJECTS | {"you", "it", "there"} for word in document.sentences[0].lower)
    return first not in words.POSSESSIVES and not (clause or any(map(grammar.is_finite, document.sentences[0].lower)))


def _question_mark(sentence: Sentence) -> Iterator[Correction]:
    last = sentence.tokens[-1]
    before = sentence[len(sentence) - 2].text if len(sentence) > 1 else ""
    if last.text != "." or len(sentence) < 4 or len(before) == 1 or before in {"Mr", "Mrs", "Ms", "Dr", "St"}:
        return
    first, second, third = sentence.at(0), sentence.at(1), sentence.at(2)
    people = words.SUBJECTS | {"you", "your"}
    direct = first in _QUESTION_HELPERS and second in people and not (first in {"do", "have"} and second == "your")
    asked = first in {"what", "where", "when", "why", "how"} and second in _QUESTION_HELPERS and third in people
    whole = not {"?", '"', "”", ":", "—"} & set(sentence.lower)
    if (direct or asked) and whole and "," not in sentence.lower[:4]:
        yield Correction(last.start, last.end, ".", "?", MARK, "A question ends with a question mark.")


def _patterns(text: str) -> Iterator[Correction]:
    for match in _SPACED_MARK.finditer(text):
        yield Correction(
            match.start(), match.end(), match.group(), match.group(1), MARK, "No space comes before this mark."
        )
    for match in _TIGHT_COMMA.finditer(text):
        yield Correction(match.start(), match.end(), ",", ", ", MARK, "A space comes after a comma.")
    for match in _TIGHT_STOP.finditer(text):
        if not re.search(r"(?:www|https?:|@)\S*$", text[: match.start()]):
            yield Correction(
                match.start(), match.end(), match.group(), match.group() + " ", MARK, "A space comes between sentences."
            )
    for match in _DOUBLED.finditer(text):
        before = text[max(0, match.start() - 40) : match.start() + 1]
        if match.group()[0] == "." and (_short_form(before) or re.search(r"\b[A-Z][a-z]{0,4}\.$", before)):
            continue  # "etc.,", "Jr.." and "Va.,"
        right = "." if "." in match.group() else ","
        yield Correction(match.start(), match.end(), match.group(), right, MARK, "One mark is enough.")
    for match in _ADVERBS.finditer(text):
        yield Correction(
            match.start(), match.end(), match.group(), match.group() + ",", MARK, "A comma follows this opening."
        )


def _last_mark(document: Document) -> Iterator[Correction]:
    if len(document.words) < 8 or _heading(document):
        return
    lines = [line for line in document.text.splitlines() if line.strip()]
    last = document.sentences[-1]
    if last.closed or len(last.words) < 4 or _GREETING.match(lines[-1].strip()) or not last.tokens[-1].is_word:
        return
    token = last.tokens[-1]
    if _GREETING.match(document.text[last.tokens[0].start :]) or "." in token.text:
        return  # a letter ends with a name, a time with "p.m."
    yield Correction(token.start, token.end, token.text, token.text + ".", MARK, "A sentence ends with a mark.")
