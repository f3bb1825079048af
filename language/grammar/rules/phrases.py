"""Corrections that a pattern over a few neighbouring words can make: fixed phrases, confused words, prepositions.

A pattern is a regular expression in which a name in braces stands for a class of words of `CLASSES`. What is corrected
is the whole match, without the words that it keeps at either end; look-arounds carry the context.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from language.correction import Correction
from language.document import Document
from language.lexicon import nouns, words

START = r"(?:^|(?<=[.!?,;] )|(?<=\band )|(?<=\bbut )|(?<=\bbecause )|(?<=\bso ))"
"""Where a clause begins."""
FIRST = r"(?:^|(?<=[.!?] ))"
"""Where a sentence begins."""
JOBS = "|".join(sorted(nouns.PERSONS))


def _any(options: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, options), key=len, reverse=True)) + ")"


CLASSES = {
    "DET": _any(words.DETERMINERS),
    "POSS": _any(words.POSSESSIVES),
    "SUBJ": _any((*words.SUBJECTS, "you")),
    "OBJ": "(?:me|him|us|them)",
    "DAY": "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?",
    "MONTH": "(?:january|february|april|june|july|august|september|october|november|december)",
    "NUM": "(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|many|several|few|\\d+)",
    "UNIT": "(?:second|minute|hour|day|week|month|year)s",
    "BE": "(?:am|is|are|was|were|be|been|being|i'm|he's|she's|it's|we're|you're|they're)",
    "END": "(?=\\s*(?:[.,!?;:)]|$)|\\s+" + _any(words.ENDERS) + "\\b)",
    "STOP": "(?=\\s*(?:[.,!?;:)]|$))",
    "ING": "\\w+ing",
    "VEHICLE": "(?:bus|train|bike|car|plane|bicycle|metro|taxi|tram|ship|underground)",
    "WE": "(?:i|we|they|you|he|she)",
}  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    """Words that are wrong together, and what replaces them; `whole` keeps words at the ends from other rules."""

    kind: str
    pattern: str
    replacement: str
    message: str
    whole: bool = False


@cache
def compiled(table: tuple[Phrase, ...]) -> list[tuple[re.Pattern[str], str, Phrase]]:
    """Each pattern with a text that every match contains, to skip most patterns quickly."""
    return [(re.compile(rf"\b{_fill(row.pattern)}", re.IGNORECASE), _certain(row.pattern), row) for row in table]


def _certain(pattern: str) -> str:
    """The longest run of letters that stands outside groups, classes and repetitions; "" when there is none."""
    plain, depth, skip = "", 0, False
    for index, sign in enumerate(pattern):
        if skip:
            skip = False
        elif sign == "\\":
            skip, plain = True, plain + "#"
        elif sign in "([{":
            depth += 1
            plain += "#"
        elif sign in ")]}":
            depth -= 1
            if pattern[index + 1 : index + 2] in {"?", "*"}:
                plain += "#"
        elif depth == 0:
            plain = plain[:-1] + "#" if sign in "?*" else plain + sign
    return max(re.split(r"[^a-z' ]", plain), key=len) if "|" not in plain else ""


def _fill(pattern: str) -> str:
    return re.sub(r"\{([A-Z]+)\}", lambda name: CLASSES[name.group(1)], pattern)


def find(document: Document, table: tuple[Phrase, ...]) -> Iterator[Correction]:
    """Every match of the table's patterns, each as one correction that leaves out the words it keeps at either end."""
    text = document.text.replace("’", "'")
    lower = text.lower()
    for regex, certain, row in compiled(table):
        if certain not in lower:
            continue
        for match in regex.finditer(text):
            if "\n" in match.group() or _inside_word(text, match.end()):
                continue
            start, original, suggestion = match.start(), match.group(), match.expand(row.replacement)
            if original.endswith(" ") and suggestion.endswith(" "):
                original, suggestion = original.rstrip(), suggestion.rstrip()
            if not row.whole:
                start, original, suggestion = _trim(start, original, suggestion)
            if suggestion.lower() != original.lower():
                written = document.text[start : start + len(original)]
                yield Correction(
                    start, start + len(original), written, like(written, suggestion), row.kind, row.message
                )


def _inside_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _trim(start: int, original: str, suggestion: str) -> tuple[int, str, str]:
    """Without the words that both have in common at the beginning and at the end, as long as each keeps one."""
    old, new = original.split(), suggestion.split()
    at = 0
    while len(old) > 1 and len(new) > 1 and old[0].lower() == new[0].lower():
        at += len(old[0]) + 1
        del old[0], new[0]
    while len(old) > 1 and len(new) > 1 and old[-1].lower() == new[-1].lower():
        del old[-1], new[-1]
    flat = " ".join(original.split())
    return (start + at, " ".join(old), " ".join(new)) if flat == original else (start, original, suggestion)


def like(original: str, suggestion: str) -> str:
    """The suggestion with a capital where the original had one, in capitals where it was all in capitals."""
    if len(original) > 2 and original.isupper():
        return suggestion.upper()
    if suggestion.endswith(f" {original}") and suggestion.split()[0] in {"am", "is", "are", "was", "were"}:
        return suggestion  # “my name Zeynep”: the name keeps its capital, the verb has none
    if original[:1].isupper() and suggestion[:1].islower() and original.split()[0] not in {"I", "I'm"}:
        return suggestion[:1].upper() + suggestion[1:]
    named = {"I", "I'm", *original.split()}  # "very well English" becomes "English very well"
    if suggestion[:1].isupper() and original[:1].islower() and suggestion.split()[0] not in named:
        return suggestion[:1].lower() + suggestion[1:]
    return suggestion
