"""Explains words and the difference between two of them: our own entries first, then WordNet's."""

import re

from language import frequency
from language.lexicon import explained, verbs
from language.lexicon.explained import Sense
from language.tutor import contrasts, corrections, glossary, phrases, points

_PARTS = {"n": "noun", "v": "verb", "a": "adjective", "r": "adverb"}
_NOT_IN = "I don't have “{}” in my dictionary. Tell me the sentence where you found it, and what you think it means."


def meaning(word: str, band: str) -> str:
    """What a word or short phrase means, with an example; beginners get one sense, others two."""
    word = " ".join(word.split())
    if told := phrases.meaning(word):
        return told
    if (entry := glossary.look_up(word)) is not None:
        return _own(entry)
    found = (
        explained.look_up(word.removeprefix("to "))
        or explained.look_up(word.removeprefix("a "))
        or explained.look_up(frequency.american(word))
    )
    if found is not None and (entry := glossary.look_up(found[0])) is not None:
        return _own(entry)
    if found is not None and word.lower() == f"{found[0]}s":  # a plural is a noun's, whatever else the word can be
        found = (found[0], tuple(sorted(found[1], key=lambda one: one.part != "n")))
    if found is not None:
        return _senses(*found, 1 if band == "A" else 2)
    if " " not in word and (meant := frequency.meant(word.lower())) is not None and meant != word.lower():
        entry, found = glossary.look_up(meant), explained.look_up(meant)
        said = _own(entry) if entry else _senses(*found, 1) if found else ""
        return f"I think you mean “{meant}”. {said}" if said else _NOT_IN.format(word)
    return _NOT_IN.format(word)


def known(word: str) -> str:
    """What a word means in one sentence; empty when the dictionaries do not have it."""
    entry = glossary.look_up(word)
    if entry is not None:
        return f"“{entry.word.capitalize()}” means {entry.meaning}."
    found = explained.look_up(word)
    return f"“{found[0].capitalize()}” {_means(found[1][0])}." if found else ""


def paired(first: str, second: str) -> str:
    """How two differ that learners mix up; empty when they are no such pair."""
    first, second = first.lower().strip(), second.lower().strip()
    pair = frozenset((_plain(first), _plain(second)))
    return contrasts.DIFFERENCES.get(pair) or contrasts.DIFFERENCES.get(frozenset((first, second))) or ""


def told_apart(first: str, second: str) -> str:
    """The difference of two words or of the tenses of two short sentences; empty when it is not known."""
    return paired(first, second) or _tenses(first.lower(), second.lower()) or ""


def difference(first: str, second: str, band: str) -> str:
    """How two words or forms differ."""
    first, second = first.lower().strip(), second.lower().strip()
    if known := paired(first, second):
        return known
    if (tenses := _tenses(first, second)) is not None:
        return tenses
    if (explanation := points.answer(f"difference {first} and {second}")) is not None:
        return explanation
    if (better := _said_right(first, second)) is not None:
        return better
    if " " in second and (near := contrasts.DIFFERENCES.get(frozenset((first, second.split()[0])))) is not None:
        return near
    if second in {f"{first}s", f"{first}es"}:
        return points.counted(first)
    entries = [_short(word, _common_part(first, second)) for word in (first, second)]
    if all(entries):
        return " ".join(entries)
    missing = next(word for word, one in zip((first, second), entries, strict=True) if not one)
    return f"I can't tell “{first}” and “{second}” apart: “{missing}” is not in my dictionary."


_SHAPES = (
    ("present perfect continuous", re.compile(r"\b(?:have|has)\b.* been \w+ing\b|['’](?:ve|s) been \w+ing\b")),
    (
        "present perfect",
        re.compile(r"\b(?:i|you|we|they|he|she|it|my \w+) (?:have|has) (?!to\b|an?\b|the\b)\w+|['’]ve \w+"),
    ),
    ("past perfect", re.compile(r"\b(?:i|you|we|they|he|she|it) had \w+(?:ed|en|ne|wn|un|ght)\b")),
    ("past continuous", re.compile(r"\b(?:was|were) \w+ing\b")),
    ("going to", re.compile(r"\bgoing to \w+")),
    ("will", re.compile(r"\bwill \w+|['’]ll \w+")),
    ("present continuous", re.compile(r"\b(?:am|is|are) \w+ing\b|['’](?:m|re|s) \w+ing\b")),
    ("must", re.compile(r"\bmust \w+")),
    ("have to", re.compile(r"\b(?:have|has) to \w+")),
    ("be used to", re.compile(r"\b(?:am|is|are|get|got|getting)\b used to\b|['’](?:m|re|s) used to\b")),
    ("used to", re.compile(r"\bused to \w+")),
)


def _tenses(first: str, second: str) -> str | None:
    """How two short sentences differ by their forms: “I went” and “I have gone”."""
    shapes = [_shape(one) for one in (first, second)]
    return contrasts.DIFFERENCES.get(frozenset(shapes)) if all(shapes) else None


def _shape(text: str) -> str:
    if (named := next((name for name, pattern in _SHAPES if pattern.search(text)), "")) or " " not in text:
        return named
    match = re.match(r"(?:i|you|we|they|he|she|it|my \w+) (\w+)", text)
    if match is None:
        return ""
    word = match.group(1)
    past = word.endswith("ed") or word in verbs.pasts() or word in {"was", "were", "went", "did", "had"}
    return "past simple" if past else "present simple" if word in verbs.bases() or word in verbs.thirds() else ""


def _said_right(first: str, second: str) -> str | None:
    """Which of two phrases is right, when the grammar check tells one of them wrong."""
    if " " not in first or " " not in second:
        return None
    wrong = [bool(corrections.find(f"I have worked {one}.") or corrections.find(one)) for one in (first, second)]
    if wrong[0] == wrong[1]:
        return None
    right, other = (second, first) if wrong[0] else (first, second)
    reason = next(iter(corrections.find(f"I have worked {other}.") or corrections.find(other))).message
    return f"“{right.capitalize()}” is right. {reason}"


def _plain(word: str) -> str:
    for start in ("to ", "the word ", "the ", "a "):
        if word.startswith(start) and len(word) > len(start) + 1:
            return word.removeprefix(start)
    return word


def _own(entry: glossary.Entry) -> str:
    near = ""
    if entry.near:
        opposite = entry.near.startswith("the opposite")
        near = f" {entry.near.capitalize()}." if opposite else f" A near word is “{entry.near}”."
    return f"“{entry.word.capitalize()}” means {entry.meaning}. For example: {entry.example}{near}"


def _senses(word: str, senses: tuple[Sense, ...], most: int) -> str:
    plain = tuple(one for one in senses if not re.search(rf"\b{re.escape(word)}", one.gloss))
    first, *others = (plain or senses)[:most]
    text = f"“{word.capitalize()}” {_means(first)}.{_example(first)}"
    if others:
        text += f" It can also be {_article(others[0])}: {others[0].gloss}." if others[0].part != first.part else (
            f" It can also mean {_gloss(others[0])}."
        )  # fmt: skip
    near = next((one.near for one in senses[:most] if one.near), "")
    return text + (f" A near word is “{near}”." if near else "")


def _common_part(first: str, second: str) -> str:
    """The part of speech that both words can be, so that like is compared with like."""
    found = [explained.look_up(_plain(word)) for word in (first, second)]
    parts = [[one.part for one in entry[1]] if entry else [] for entry in found]
    return next((part for part in parts[0] if part in parts[1]), "")


def _short(word: str, part: str) -> str:
    plain = _plain(word)
    if (entry := glossary.look_up(plain)) is not None:
        return f"“{entry.word.capitalize()}” means {entry.meaning}: {entry.example}"
    found = explained.look_up(plain) or explained.look_up(frequency.american(plain))
    if not found:
        return ""
    sense = next((one for one in found[1] if one.part == part), found[1][0])
    return f"“{found[0].capitalize()}” {_means(sense)}.{_example(sense)}"


def _means(sense: Sense) -> str:
    return f"is {_article(sense)} and means {_gloss(sense)}"


def _article(sense: Sense) -> str:
    return f"a{'n' if sense.part in 'ar' else ''} {_PARTS[sense.part]}"


def _gloss(sense: Sense) -> str:
    return f"to {sense.gloss}" if sense.part == "v" else sense.gloss


def _example(sense: Sense) -> str:
    if not sense.example:
        return ""
    mark = "" if sense.example.endswith(("?", "!", ".")) else "."
    return f" For example: “{sense.example[:1].upper()}{sense.example[1:]}{mark}”"
