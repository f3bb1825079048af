"""Finds typical learner errors in one English message.

Rules are patterns over the text; each knows what to say instead and why in one short sentence. They are written to be
right when they fire rather than to catch everything: a false correction costs a learner more than a missed one.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from api.chat.builtin import correction_rules, verbs


@dataclass(frozen=True, slots=True)
class Correction:
    """`original` stands at `start`..`end` (characters of the message) and should read `suggestion`."""

    start: int
    end: int
    original: str
    suggestion: str
    kind: str
    message: str


Finder = Callable[[str], Iterator[Correction]]


def find(text: str) -> list[Correction]:
    """Corrections in order, never overlapping: of two that do, the one that covers more is kept."""
    found = [one for finder in _FINDERS for one in finder(text) if one.suggestion != one.original]
    found.sort(key=lambda one: (-(one.end - one.start), one.start))
    kept: list[Correction] = []
    for one in found:
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def apply(text: str, corrections: list[Correction]) -> str:
    """`text` with every correction made."""
    for one in sorted(corrections, key=lambda item: item.start, reverse=True):
        text = text[: one.start] + one.suggestion + text[one.end :]
    return text


def _patterns(text: str) -> Iterator[Correction]:
    for rule in correction_rules.RULES:
        for match in rule.pattern.finditer(text):
            instead = match.expand(rule.instead) if isinstance(rule.instead, str) else rule.instead(match)
            # A template may end in an empty group; the space before it goes unless the match took one too.
            suggestion = _like(match.group(), instead if match.group().endswith(" ") else instead.rstrip())
            yield Correction(match.start(), match.end(), match.group(), suggestion, rule.kind, rule.why)


def _articles(text: str) -> Iterator[Correction]:
    for match in re.finditer(r"\b(an?)\s+([A-Za-z]+)\b", text, re.I):
        article, word = match.group(1), match.group(2)
        if len(word) < 3 or word.isupper() or (article == "A" and match.start() != 0):
            continue
        right = "an" if _vowel_sound(word.lower()) else "a"
        if article.lower() != right:
            why = f"Before the sound that “{word}” begins with, English uses “{right}”."
            suggestion = _like(match.group(), f"{right} {word}")
            yield Correction(match.start(), match.end(), match.group(), suggestion, "article", why)


def _third_person(text: str) -> Iterator[Correction]:
    pattern = re.compile(
        r"(?<![\w'’])(?<!\bdoes )(?<!\bdid )(?<!\bcan )(?<!\bwill )(?<!\blet )(?<!\bmake )(?<!\bmade )(?<!\bhelp )"
        r"(?<!\bthat )"
        r"(?P<who>he|she|it|my (?:mother|father|brother|sister|friend|boss|wife|husband|son|daughter|dog|cat))\s+"
        r"(?:(?P<adverb>always|often|usually|never|sometimes|really|also)\s+)?(?P<verb>[a-z]+)\b",
        re.I,
    )
    for match in pattern.finditer(text):
        verb = match.group("verb").lower()
        before = text[: match.start()].lower().split()[-2:]
        if verb not in verbs.THIRD_PERSON or any(word in verbs.BARE_AFTER for word in before):
            continue
        middle = f"{match.group('adverb')} " if match.group("adverb") else ""
        right = f"{match.group('who')} {middle}{verbs.THIRD_PERSON[verb]}"
        why = "With he, she or it the verb takes -s in the present."
        yield Correction(match.start(), match.end(), match.group(), right, "agreement", why)


def _past_forms(text: str) -> Iterator[Correction]:
    for match in re.finditer(r"\b[a-z]+ed\b", text, re.I):
        wrong = match.group().lower()
        if wrong in verbs.OVERREGULAR:
            right = _like(match.group(), verbs.OVERREGULAR[wrong])
            why = f"This verb is irregular: its past is “{verbs.OVERREGULAR[wrong]}”."
            yield Correction(match.start(), match.end(), match.group(), right, "tense", why)


def _after_did(text: str) -> Iterator[Correction]:
    pattern = re.compile(r"\b(did(?:n['’]t| not)?)\s+((?:i|you|he|she|it|we|they)\s+)?([a-z]+)\b", re.I)
    for match in pattern.finditer(text):
        plain = verbs.BASE_OF_PAST.get(match.group(3).lower())
        if plain:
            right = f"{match.group(1)} {match.group(2) or ''}{plain}"
            why = f"After “did” the verb stays in its plain form: “{plain}”."
            yield Correction(match.start(), match.end(), match.group(), right, "tense", why)


def _after_have(text: str) -> Iterator[Correction]:
    pattern = re.compile(
        r"\b(have|has|had|i've|you've|we've|they've)\s+(?:(never|ever|just|already|always)\s+)?([a-z]+)\b", re.I
    )
    for match in pattern.finditer(text):
        participle = verbs.PARTICIPLE_OF_PAST.get(match.group(3).lower())
        if participle:
            middle = f"{match.group(2)} " if match.group(2) else ""
            why = f"After “{match.group(1).lower()}” use the third form: “{participle}”."
            yield Correction(
                match.start(), match.end(), match.group(), f"{match.group(1)} {middle}{participle}", "tense", why
            )


def _past_time(text: str) -> Iterator[Correction]:
    """“Yesterday I go …”: a finished time asks for the past of the first verb after I, we or they."""
    time = r"yesterday|last (?:night|week|weekend|month|year|summer|winter|monday|friday|saturday|sunday)"
    ago = r"(?:a|an|one|two|three|four|five|six|ten|\d+|some|many) (?:minute|hour|day|week|month|year)s? ago"
    pattern = re.compile(rf"\b(?P<when>{time}|{ago}),?\s+(?P<who>i|we|they|you)\s+(?P<verb>[a-z]+)\b", re.I)
    trailing = re.compile(
        rf"\b(?P<who>i|we|they)\s+(?P<verb>[a-z]+)\b(?P<rest>[^.!?,;]{{0,60}}?)\b(?P<when>{time}|{ago})\b", re.I
    )
    for match in [*pattern.finditer(text), *trailing.finditer(text)]:
        verb = match.group("verb").lower()
        if verb in verbs.PAST:
            start, end = match.span("verb")
            why = f"“{match.group('when')}” is a finished time, so the verb is in the past: “{verbs.PAST[verb]}”."
            yield Correction(start, end, match.group("verb"), verbs.PAST[verb], "tense", why)


def _plural_after_number(text: str) -> Iterator[Correction]:
    number = r"two|three|four|five|six|seven|eight|nine|ten|many|several|few|[2-9]|[1-9]\d+"
    for match in re.finditer(rf"\b({number})\s+([a-z]+)\b(?!-|\s+[a-z]+s\b)", text, re.I):
        noun = match.group(2).lower()
        if noun in verbs.COUNTABLE:
            right = f"{match.group(1)} {verbs.COUNTABLE[noun]}"
            why = f"More than one, so the noun is plural: “{verbs.COUNTABLE[noun]}”."
            yield Correction(match.start(), match.end(), match.group(), right, "plural", why)


def _vowel_sound(word: str) -> bool:
    if word.startswith(correction_rules.VOWEL_EXCEPTIONS):
        return False
    if word.startswith(correction_rules.SILENT_H):
        return True
    return word[0] in "aeiou"


def _like(original: str, suggestion: str) -> str:
    """`suggestion` with a capital where `original` had one."""
    if original[:1].isupper() and suggestion[:1].islower():
        return suggestion[:1].upper() + suggestion[1:]
    return suggestion


_FINDERS: tuple[Finder, ...] = (
    _patterns,
    _articles,
    _third_person,
    _past_forms,
    _after_did,
    _after_have,
    _past_time,
    _plural_after_number,
)
