"""Words as a fair teacher reads them: case, punctuation, contractions, spelling variants and numbers do not matter.

`tokens` turns a text into comparable words that remember where they stood in it. Contractions are
taken apart (`don't` → `do not`), British and American spellings meet in one form, and number words
become digits. `'s` and `'d` stay words of their own, because only the sentence says whether they mean
is or has, would or had; `same` lets them stand for either. `paired` takes two texts, and lets a number in digits stand
for the same number in words, however it is read aloud.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kit import typography
from language import tokens as split
from speech.pronunciation.lexicon import readings

_IRREGULAR = {
    "can't": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "cannot": ("can", "not"),
    "let's": ("let", "us"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "o'clock": ("o'clock",),
    "ok": ("okay",),
}
_ENDINGS = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'s": "'s", "'d": "'d"}
_STANDS_FOR = {"'s": {"is", "has"}, "'d": {"would", "had"}}
_UNITS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = {
    word: 10 * n
    for n, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
_NUMBERS = {word: n for n, word in enumerate(_UNITS)} | _TENS

# Left: the spelling or form met; right: the form both sides are compared in.
_VARIANTS = {
    "grey": "gray",
    "programme": "program",
    "programmes": "programs",
    "licence": "license",
    "defence": "defense",
    "offence": "offense",
    "practise": "practice",
    "practised": "practiced",
    "practising": "practicing",
    "catalogue": "catalog",
    "dialogue": "dialog",
    "jewellery": "jewelry",
    "cheque": "check",
    "tyre": "tire",
    "tyres": "tires",
    "kerb": "curb",
    "pyjamas": "pajamas",
    "mum": "mom",
    "enrol": "enroll",
    "fulfil": "fulfill",
    "skilful": "skillful",
    "learnt": "learned",
    "burnt": "burned",
    "dreamt": "dreamed",
    "spelt": "spelled",
    "smelt": "smelled",
    "spoilt": "spoiled",
    "leapt": "leaped",
    "judgement": "judgment",
    "ageing": "aging",
    "aeroplane": "airplane",
    "doughnut": "donut",
    "sceptical": "skeptical",
    "moustache": "mustache",
    "storey": "story",
    "per cent": "percent",
    "towards": "toward",
    "whilst": "while",
    "centre": "center",
    "centres": "centers",
    "theatre": "theater",
    "theatres": "theaters",
    "metre": "meter",
    "metres": "meters",
    "kilometre": "kilometer",
    "kilometres": "kilometers",
    "litre": "liter",
    "litres": "liters",
    "fibre": "fiber",
    "analyse": "analyze",
    "analysed": "analyzed",
    "plough": "plow",
    "mould": "mold",
    "cosy": "cozy",
    "maths": "math",
}
_OUR = re.compile(r"^(col|fav|hon|lab|neighb|behavi|harb|rum|flav|hum|vap|parl|vig|glam)our(.*)$")
_ISE = re.compile(r"^(\w{4,})is(e|ed|es|er|ers|ing|ation|ations)$")
_DOUBLED = re.compile(
    r"^(travel|cancel|label|model|signal|counsel|marvel|quarrel|fuel|level|total|dial)l(ed|ing|er|ers)$"
)
_NOT_IZE = {
    "exercise",
    "exercised",
    "exercises",
    "exercising",
    "promise",
    "promised",
    "promises",
    "promising",
    "surprise",
    "surprised",
    "surprises",
    "surprising",
    "advertise",
    "advise",
    "advised",
    "advises",
    "advising",
    "otherwise",
    "likewise",
    "comprise",
    "compromise",
    "compromised",
    "televise",
    "supervise",
    "supervised",
    "precise",
    "premise",
    "premises",
    "expertise",
    "disguise",
    "disguised",
    "enterprise",
}
# Contractions without their apostrophe: read as meant, and corrected where a task is about writing.
BARE = {
    "dont": "don't",
    "doesnt": "doesn't",
    "didnt": "didn't",
    "isnt": "isn't",
    "arent": "aren't",
    "wasnt": "wasn't",
    "werent": "weren't",
    "cant": "can't",
    "couldnt": "couldn't",
    "wouldnt": "wouldn't",
    "shouldnt": "shouldn't",
    "havent": "haven't",
    "hasnt": "hasn't",
    "hadnt": "hadn't",
    "im": "i'm",
    "ive": "i've",
    "youre": "you're",
    "theyre": "they're",
    "thats": "that's",
    "whats": "what's",
    "hes": "he's",
    "shes": "she's",
    "youve": "you've",
    "weve": "we've",
    "theyve": "they've",
    "youll": "you'll",
    "theyll": "they'll",
    "mustnt": "mustn't",
    "neednt": "needn't",
}
ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True)
class Token:
    """A comparable form, and the span `[start, end)` of the word in the text it comes from."""

    form: str
    start: int
    end: int


def canonical(word: str) -> str:
    """One spelling for British and American forms of a lower-case word."""
    if word in _VARIANTS:
        return _VARIANTS[word]
    if match := _OUR.match(word):
        return f"{match[1]}or{match[2]}"
    if word not in _NOT_IZE and (match := _ISE.match(word)):
        return f"{match[1]}iz{match[2]}"
    if match := _DOUBLED.match(word):
        return match[1] + match[2]
    return word


def _pieces(word: str) -> tuple[str, ...]:
    word = BARE.get(word, word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("n't"):
        return (word[:-3], "not")
    for ending, meaning in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return (canonical(word[: -len(ending)]), meaning)
    return (canonical(word),)


def tokens(text: str) -> list[Token]:
    """The comparable words of a text, in order."""
    seen = typography.trace(text)
    found: list[Token] = []
    for word in split.simple(seen.text):
        start, end = seen.span(word.start, word.end)
        found.extend(Token(form, start, end) for form in _pieces(word.lower))
    return _digits(found)


def paired(one: str, other: str) -> tuple[list[Token], list[Token]]:
    """The words of two texts. A number that one has in digits is taken apart into the words that the other has."""
    left, right = tokens(one), tokens(other)
    left = _apart(one, left, readings.SpokenText(_forms(right), _numbers(other), _forms_of))
    return left, _apart(other, right, readings.SpokenText(_forms(left), _numbers(one), _forms_of))


def alike(one: str, other: str) -> bool:
    """Whether two texts are the same words."""
    return _forms(tokens(one)) == _forms(tokens(other))


def _apart(text: str, found: list[Token], told: readings.SpokenText) -> list[Token]:
    """`found` with each number in digits as the words that say it in `told`, where they do."""
    seen = typography.trace(text)
    out: list[Token] = []
    at = 0
    for match in readings.EXPRESSION.finditer(seen.text):
        said = told.reading(match[0])
        if said is None:
            continue
        start, end = seen.span(*match.span())
        while at < len(found) and found[at].start < start:
            out.append(found[at])
            at += 1
        out += [Token(form, start, end) for form in said]
        while at < len(found) and found[at].start < end:
            at += 1
    return out + found[at:]


def _numbers(text: str) -> list[str]:
    return readings.EXPRESSION.findall(typography.plain(text))


def _forms(found: Iterable[Token]) -> list[str]:
    return [token.form for token in found]


def _forms_of(spoken: list[str]) -> list[str]:
    return _forms(tokens(" ".join(spoken)))


def _digits(found: list[Token]) -> list[Token]:
    """Number words to digits: `ninety`, `five` → `95`; a lone `one` too, since both sides are treated alike."""
    out: list[Token] = []
    for token in found:
        value = _NUMBERS.get(token.form)
        if value is None:
            out.append(token)
            continue
        before = out[-1] if out else None
        if before and 0 < value < 10 and before.form.isdigit() and int(before.form) in _TENS.values():
            out[-1] = Token(str(int(before.form) + value), before.start, token.end)
        else:
            out.append(Token(str(value), token.start, token.end))
    return out


def same(one: str, other: str) -> bool:
    """Whether two forms are the same word, letting `'s` be is or has and `'d` would or had."""
    return one == other or other in _STANDS_FOR.get(one, ()) or one in _STANDS_FOR.get(other, ())
