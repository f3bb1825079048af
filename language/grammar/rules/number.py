"""Singular and plural of nouns, and the words that count them."""

from collections.abc import Iterator

from language import frequency
from language.correction import Correction
from language.document import Document, Sentence
from language.grammar.rules import grammar
from language.lexicon import nouns, verbs, words
from language.lexicon.listed import listed

KIND = "noun_number"
_COUNTERS = listed(
    """
    two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty many several
    various
    """
)
_FOR_ONE = {
    "these": "this", "those": "that", "are": "is", "were": "was", "have": "has", "aren't": "isn't",
    "weren't": "wasn't", "don't": "doesn't",
}  # fmt: skip
_BETWEEN = listed(
    """
    good new old big small best most important interesting beautiful different other favourite favorite famous
    great popular bad little young close nice long expensive cheap difficult happy
    """
)
_NUMBERED = listed("a an question page chapter unit number room at june may july")  # what follows is no count
_COUNTED_IN_DIGITS = listed("year hour minute day month week student book kilometre kilometer")
_STUFF = listed("water food plastic meat sugar salt milk butter air energy")


def find(document: Document) -> Iterator[Correction]:
    """Corrections by the rules of this module."""
    for sentence in document.sentences:
        for index in range(len(sentence)):
            for rule in (
                _these,
                _wrong_plural,
                _one_of,
                _crowd_of,
                _fewer,
                _counted,
                _each,
                _much,
                _many,
                _this,
                _article,
            ):
                if (found := rule(sentence, index, document.text)) is not None:
                    yield found
                    break


def _wrong_plural(sentence: Sentence, index: int, text: str) -> Correction | None:
    word = sentence.at(index)
    right = nouns.WRONG_PLURALS.get(word)
    if right is None or (sentence[index].text[0].isupper() and index > 0):
        return None
    if word == "evidences" and (sentence.at(index + 1) == "of" or sentence.at(index - 1) in {"various", "many", "the"}):
        return None  # signs: "evidences of a fight"
    if word in {"mans", "mouses", "foots", "stuffs"} and sentence.at(index + 1) in words.DETERMINERS | {"all"}:
        return None
    if right in nouns.UNCOUNTABLE:
        return _as_one(sentence, index, index, right, text)
    return grammar.fix(sentence, index, index, right, KIND, f"The form is “{right}”.", text=text)


def _as_one(sentence: Sentence, first: int, noun: int, right: str, text: str) -> Correction:
    """With the words around it that go with one: these informations are → this information is."""
    before = _FOR_ONE.get(sentence.at(first - 1)) if first == noun else None
    verb = _FOR_ONE.get(sentence.at(noun + 1)) if sentence.at(first - 2) != "of" else None
    said = " ".join(filter(None, (before, right, verb)))
    last = noun + (verb is not None)
    return grammar.fix(sentence, first - (before is not None), last, said, KIND, f"The form is “{right}”.", text=text)


def _skip_adjectives(sentence: Sentence, index: int) -> int:
    while sentence.at(index) in _BETWEEN:
        index += 1
    return index


def _one_of(sentence: Sentence, index: int, text: str) -> Correction | None:
    """One of my friend."""
    if sentence.at(index) != "one" or sentence.at(index + 1) != "of":
        return None
    if sentence.at(index + 2) in words.POSSESSIVES and sentence.at(index - 1) in words.BE:
        return None  # "The best picture is one of my grandfather."
    if sentence.at(index + 2) not in words.POSSESSIVES | {"the", "these", "those"}:
        return None
    if sentence.at(index - 2) == "the" and sentence.at(index - 1) not in words.BE:
        return None  # "the top one of the building"
    at = _skip_adjectives(sentence, index + 3)
    if sentence.at(index + 3) == "most" and at == index + 4 and not sentence.at(at).endswith("ly"):
        at += 1
    noun = sentence.at(at)
    if at == index + 5 and sentence.at(index + 3) == "most" and _single_noun(sentence, at):
        return grammar.fix(sentence, at, at, nouns.plural(noun), KIND, "“One of” is followed by a plural.", text=text)
    if noun not in nouns.COUNTABLE - nouns.COLLECTIVE or not (
        grammar.ends_noun(sentence, at + 1) or sentence.at(at + 1) in {"lives", "is"}
    ):
        return None
    return grammar.fix(sentence, at, at, nouns.plural(noun), KIND, "“One of” is followed by a plural.", text=text)


def _crowd_of(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Millions of tree, a lot of friend."""
    if sentence.at(index) not in {"millions", "thousands", "hundreds", "lot", "lots", "kinds", "types"}:
        return None
    if sentence.at(index + 1) != "of":
        return None
    at = _skip_adjectives(sentence, index + 2)
    noun = sentence.at(at)
    if noun not in nouns.COUNTABLE - nouns.COLLECTIVE - {"chicken", "cake", "skill", "film", "life", "room"}:
        return None
    if not (sentence.is_end(at + 1) or sentence.at(at + 1) in words.ENDERS - words.MODALS):
        return None
    return grammar.fix(sentence, at, at, nouns.plural(noun), KIND, "More than one takes the plural.", text=text)


def _fewer(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Less problems."""
    noun = sentence.at(index + 1)
    if sentence.at(index) != "less" or noun not in nouns.plurals() or noun in verbs.thirds():
        return None
    if noun in {"minutes", "hours", "days", "weeks", "months", "years", "miles", "kilometres"}:
        return None
    return grammar.fix(sentence, index, index, "fewer", KIND, "Things that can be counted take “fewer”.", text=text)


def _single_noun(sentence: Sentence, index: int) -> bool:
    """A word that can only be a noun in the singular there, since the phrase ends with it."""
    word = sentence.at(index)
    if word in words.ENDERS or word.endswith("s") or word in nouns.IRREGULAR_PLURALS.values() or not word.isalpha():
        return False
    if (
        word in words.PREDICATIVE
        or word in _BETWEEN
        or word.endswith(("ed", "en", "ing", "ful", "ous", "al", "ive", "ic", "able"))
    ):
        return False
    return grammar.ends_noun(sentence, index + 1) and frequency.rank(word) is not None and word not in verbs.pasts()


def _counted(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Two book, many friend, several time."""
    count = sentence.at(index)
    if not _is_count(count) or sentence.at(index + 1) == "of" or sentence.at(index - 1) in _NUMBERED:
        return None
    at = _skip_adjectives(sentence, index + 1)
    noun, following = sentence.at(at), sentence.at(at + 1)
    if noun == "year" and following == "old":
        return _more_than_one(sentence, at, "years", text) if _age(sentence, index, at) else None
    if noun in {"more", "other", "less"}:
        return None
    if count in {"several", "many", "various"} and following in {"have", "are", "were"} and _single_noun(sentence, at):
        return _more_than_one(sentence, at, nouns.plural(noun), text)
    if (
        noun not in nouns.COUNTABLE
        or not grammar.ends_noun(sentence, at + 1)
        or (following in {"a", "old", "of"} and noun in {"hour", "minute"})
        or (count.isdigit() and noun not in _COUNTED_IN_DIGITS)
        or following == "-"
    ):
        return None
    return _more_than_one(sentence, at, nouns.plural(noun), text)


def _is_count(word: str) -> bool:
    """A number word, or digits from 2 to 500: what is larger may be a year or a name."""
    return (
        word in _COUNTERS
        or word.split("-")[0] in {"twenty", "thirty", "forty", "fifty", "sixty"}
        or (word.isdecimal() and len(word) <= 3 and 2 <= int(word) <= 500)
    )


def _more_than_one(sentence: Sentence, at: int, plural: str, text: str) -> Correction:
    return grammar.fix(sentence, at, at, plural, KIND, "More than one takes the plural.", text=text)


def _age(sentence: Sentence, index: int, at: int) -> bool:
    """I am 20 year old (not: a 20 year old man)."""
    return (
        at == index + 1 and sentence.at(index - 1) in words.BE | words.BE_SHORT and grammar.ends_noun(sentence, at + 2)
    )


def _each(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Every days, each students."""
    if sentence.at(index) not in {"every", "each", "another"}:
        return None
    plural = sentence.at(index + 1)
    noun = nouns.plurals().get(plural)
    if noun is None or sentence.at(index) == "another" or not grammar.ends_noun(sentence, index + 2):
        return None
    return grammar.fix(
        sentence, index + 1, index + 1, noun, KIND, f"“{sentence.at(index)}” takes the singular.", text=text
    )


def _much(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Much people, too much cars."""
    if sentence.at(index) != "much":
        return None
    noun = sentence.at(index + 1)
    if (noun not in nouns.plurals() and noun not in nouns.IRREGULAR_PLURALS.values()) or noun in {"flats", "lives"}:
        return None
    if sentence.at(index - 1) in {"very", "as"} and sentence.at(index + 2) in verbs.bases():
        return None
    return grammar.fix(sentence, index, index, "many", KIND, "Things that can be counted take “many”.", text=text)


def _many(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Many money, a few water, many informations."""
    if sentence.at(index) not in {"many", "few"}:
        return None
    noun = sentence.at(index + 1)
    right = nouns.WRONG_PLURALS.get(noun, noun)
    if right not in nouns.UNCOUNTABLE | _STUFF or right in {"research", "rice"}:
        return None
    if noun == right and not grammar.ends_noun(sentence, index + 2):
        return None
    if sentence.at(index) == "few":
        if sentence.at(index - 1) != "a":
            return None
        return grammar.fix(
            sentence, index, index + 1, f"little {right}", KIND, "What cannot be counted takes “a little”.", text=text
        )
    return _as_one(sentence, index, index + 1, f"much {right}", text)


def _this(sentence: Sentence, index: int, text: str) -> Correction | None:
    """This books, that books are; this people is."""
    at = _skip_adjectives(sentence, index + 1)
    noun = sentence.at(at)
    opens = index == 0 and sentence.at(at + 1) in {"are", "were"} and sentence.at(at + 2) not in words.PRONOUNS
    if sentence.at(index) != "this" and not (sentence.at(index) == "that" and opens):
        return None
    if noun not in nouns.plurals() and noun not in {"people", "children", "women"}:
        return None
    if noun in verbs.thirds() or nouns.plurals().get(noun) in verbs.bases() or not grammar.ends_noun(sentence, at + 1):
        return None
    right = {"this": "these", "that": "those"}[sentence.at(index)]
    verb = {"is": "are", "was": "were"}.get(sentence.at(at + 1))
    if verb is not None and index == 0:
        noun = text[sentence[index + 1].start : sentence[at].end]
        message = f"A plural takes “{right}” and “{verb}”."
        return grammar.fix(sentence, index, at + 1, f"{right} {noun} {verb}", KIND, message, text=text)
    return grammar.fix(sentence, index, index, right, KIND, f"A plural takes “{right}”.", text=text)


def _these(sentence: Sentence, index: int, text: str) -> Correction | None:
    """These book; these car is, where the verb says that it is one."""
    if sentence.at(index) not in {"these", "those"}:
        return None
    at = _skip_adjectives(sentence, index + 1)
    noun = sentence.at(at)
    if noun in nouns.COUNTABLE and sentence.at(at + 1) in {"is", "was", "isn't", "wasn't", "has", "doesn't"}:
        right = {"these": "this", "those": "that"}[sentence.at(index)]
        named = text[sentence[index + 1].start : sentence[at].end]
        return grammar.fix(sentence, index, at, f"{right} {named}", KIND, f"One takes “{right}”.", text=text)
    if noun not in nouns.COUNTABLE or noun in verbs.bases() or not grammar.ends_noun(sentence, at + 1):
        return None
    return grammar.fix(
        sentence, at, at, nouns.plural(noun), KIND, f"“{sentence.at(index)}” takes the plural.", text=text
    )


def _article(sentence: Sentence, index: int, text: str) -> Correction | None:
    """A books, an informations, a good advice."""
    if sentence.at(index) not in {"a", "an"}:
        return None
    at = _skip_adjectives(sentence, index + 1)
    noun = sentence.at(at)
    if not grammar.ends_noun(sentence, at + 1) or (sentence[index].text == "A" and index > 0):
        return None
    if sentence.is_end(at) or sentence[at].text.istitle():
        return None  # broken off ("I have a good"), or a heading: "Authority is an Evidence of Truth"
    if noun == "knowledge" and sentence.at(at + 1) in {"of", ","}:
        return None
    if noun in nouns.UNCOUNTABLE - {"rice", "rubbish", "health", "happiness"}:
        if sentence.at(index + 1) == "little" or sentence.at(at + 1) in {"'", "’", "and", "or"}:
            return None  # "a little money", "a health and safety officer"
        rest = " ".join(sentence[i].text for i in range(index + 1, at + 1))
        return grammar.fix(
            sentence, index, at, f"some {rest}", KIND, f"“{noun}” cannot be counted and takes no “a”.", text=text
        )
    if sentence.at(at + 1) in {"'", "’"}:
        return None  # "a girls' school"
    if noun == "people" and (
        sentence.at(index - 1) in {"of", "as"} or sentence.at(at + 1) in {"without", "whose", "as"}
    ):
        return None  # "the whole character of a people", "a people whose language is lost"
    if noun in nouns.plurals() or noun in {"children", "people", "women", "men"}:
        single = nouns.plurals().get(noun) or {v: k for k, v in nouns.IRREGULAR_PLURALS.items()}[noun]
        return grammar.fix(sentence, at, at, single, KIND, "“A” takes the singular.", text=text)
    return None
