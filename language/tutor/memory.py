"""What the learner has told so far: statements with their subjects resolved, and the names of people and pets."""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from language import frequency, levels
from language.lexicon.listed import listed
from language.tagging import lemmas
from language.tutor import telling
from language.tutor.telling import Telling

_EITHER = listed(
    "baby newborn child kid toddler flatmate roommate classmate coworker teacher cousin colleague neighbour doctor partner professor student"
)
_HE = _EITHER | listed("brother father dad son husband uncle grandfather boyfriend grandson nephew boss man boy friend")
_SHE = _EITHER | listed(
    "sister mother mum mom daughter wife aunt grandmother girlfriend granddaughter niece boss woman girl friend"
)
_FAMILY = listed("son daughter brother sister wife husband mother father grandmother grandfather baby kids children")
_CHILD = listed("baby newborn child kid toddler")
_ANYBODY = listed("man woman boy girl")
_PETS = listed("dog cat bird parrot fish horse rabbit hamster puppy kitten pet")
_SEVERAL = listed("parents brothers sisters sons daughters children friends dogs cats colleagues neighbours pets kids")
_PEOPLE = (
    _HE | _SHE | _PETS | _SEVERAL
    | listed("cousin teacher colleague neighbour baby child partner parent grandparents family doctor company town city")
)  # fmt: skip
_NOT_NAMES = listed(
    """
    a able afraid also an at back bored busy fine from going good great happy here hungry in interested just learning
    looking married my not ok okay on ready really sad so sorry student studying sure the tired used very well working
    years your new not called important difficult
    """
)
_NAME = re.compile(r"\b(?:my name is|my name['’]s|call me)\s+([a-zé]+)", re.I)
_I_AM = re.compile(r"\b(?:I am|I['’]m)\s+([A-Z][a-zé]+)\b(?=\s*(?:[.,!]|and\b|from\b|$))")
_IM = re.compile(r"^\W*(?:(?:hi|hello|hey)[\s,!.]*)?(?:i am|i['’]?m) ([a-zà-ÿ]{3,})\W*$", re.I)
_MY = re.compile(r"^your ((?:[a-z'’-]+ ){0,2}?)([a-z-]+?)(['’]s)?(?= |$)")
_NAMED = (
    re.compile(r"\bmy (\w+)['’]s name is ([a-z][\w-]+)", re.I),
    re.compile(r"\bname of my (\w+) is ([a-z][\w-]+)", re.I),
    re.compile(r"\b(?:my|an?|one) (?:\w+ )??(\w+) (?:is |that is |who is )?(?:called|named) ([a-z][\w-]+)", re.I),
    re.compile(r"\b[Mm]y (?:\w+ )?(\w+),? ([A-Z][a-z]+)\b"),
    re.compile(r"\b(?:[Tt]wo|[Tt]hree|[Mm]y) (\w+)s?(?:[:,]| called| named| are| are called) ([A-Z]\w+(?:, [A-Z]\w+)*,? and [A-Z]\w+)"),
    re.compile(r"\b([a-z]+), (?:his|her|its) name is ([a-z][\w-]+)", re.I),
)  # fmt: skip
_NAMED_PERSON = re.compile(r"\bmy (?:(?:big|little|older|younger|old|new|best) )?([a-z]+)\b(?!s)", re.I)
_GOT = listed("have buy get find lose rent adopt build")
_OWNED = ("your ", "a ", "an ", "in a ", "in your ")
_SEVERAL_NAMES = re.compile(r"^\W*((?:[A-Z]\w+, )*[A-Z]\w+,? and [A-Z]\w+)\W*(?=$|[A-Z])")
_HIS_NAME = re.compile(
    r"\b(?:his|her|its) name(?: is| was|['’]s) ((?:(?:mr|mrs|ms|miss|dr)\.? )?[a-z][\w-]+)|\b(?:he|she|it)(?: is|['’]s) called ([a-z][\w-]+)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Memory:
    """`told` oldest first, `latest` by the last message. `names` maps “sister” to “Rita”; `name` is the learner's own, or empty."""

    name: str
    names: dict[str, str]
    told: tuple[Telling, ...]
    latest: tuple[Telling, ...] = ()

    def about(self, key: str) -> list[Telling]:
        """What was told of “you” or “sister”, the last first."""
        return [one for one in reversed(self.told) if key_of(one.who) == key]

    def is_dead(self, key: str) -> bool:
        """Whether it was told that “grandmother” has died."""
        return any(one.verb in {"die", "pass"} and one.tense == "past" for one in self.about(key))

    def person(self, name: str) -> str | None:
        """“rita” → “sister”."""
        return next((who for who, called in self.names.items() if name.lower() in called.lower().split()), None)


def read(said: Iterable[str]) -> Memory:
    """The memory of the learner's messages, oldest first."""
    return _read(tuple(said))


@lru_cache(maxsize=64)
def _read(said: tuple[str, ...]) -> Memory:
    name, names, told, latest = "", dict[str, str](), list[Telling](), list[Telling]()
    last = {"he": "", "she": "", "they": "", "it": ""}
    for text in said:
        text = text[:2_000]
        name = own_name(text) or name
        found = telling.of(text)
        for match in _NAMED_PERSON.finditer(text):
            for pronoun, persons in (("he", _HE), ("she", _SHE)):
                if match.group(1).lower() in persons:
                    last[pronoun] = f"your {match.group(1).lower()}"
        for one in found:
            for pronoun, who in _meant(replace(one, who=_of_family(one.who) or one.who)):
                last[pronoun] = who
        names |= _names(text, last)
        latest = list(_resolved(found, last))
        told += latest
    return Memory(name, names, tuple(told), tuple(latest))


def is_person(who: str) -> bool:
    """Whether “your sister” or “your dog” is meant, not “your flight”."""
    key = key_of(who)
    return (
        who.startswith("your ")
        and (key in _PEOPLE or key.removesuffix("s") in _PEOPLE)
        and key not in {"company", "town", "city"}
    )


def is_over(one: Telling, told: tuple[Telling, ...]) -> bool:
    """Whether a later statement says that this one is no longer so."""
    later = told[told.index(one) + 1 :] if one in told else ()
    return any(
        other.who == one.who
        and (
            (one.verb == "live" and other.verb == "move")
            or (
                other.negated
                and other.verb == one.verb
                and bool(set(other.places) & set(one.places) or other.what == one.what != "")
            )
        )
        for other in later
    )


def key_of(who: str) -> str:
    """“your big sister Rita” → “sister”, “your sister's job” → “sister's job”, “you” → “you”."""
    match = _MY.match(who)
    if match is None:
        return who
    words = who.removeprefix("your ").split()
    kept = [word for word in words if word[:1].islower()]
    if "of" in kept:
        return " ".join(kept)
    nouns = [word for word in kept if word in _PEOPLE]
    return nouns[0] if nouns and "'s" not in who and "’s" not in who else " ".join(kept)


def own_name(text: str) -> str:
    """The name that the learner gives in a message; empty when there is none."""
    for pattern in (_NAME, _I_AM, _IM):
        for match in pattern.finditer(text):
            low = match.group(1).lower()
            if low not in _NOT_NAMES and not (pattern is _IM and (levels.is_word(low) or frequency.known(low))):
                return match.group(1).capitalize()
    return ""


def _meant(one: Telling) -> Iterator[tuple[str, str]]:
    """The pronouns that may stand for somebody from now on."""
    for phrase in (one.what, *one.places, one.company.removeprefix("with "), one.who):
        key = key_of(phrase) if phrase.startswith("your ") else (one.noun if phrase == one.what else "")
        single = key.removesuffix("s")
        had = key in _CHILD and one.verb in _GOT | {"expect"}
        if key in _EITHER and not phrase.startswith("your ") and not had:
            continue  # “she is a teacher” is not about another person
        if key in _SEVERAL or (one.plural and single in _PEOPLE - _ANYBODY and phrase == one.what):
            yield "they", f"your {key if key in _SEVERAL or key != single else lemmas.plural(key)}"
        if single in _HE | _PETS and not one.plural and key == single:
            yield "he", f"the {key}" if key in _ANYBODY and not phrase.startswith("your ") else f"your {key}"
        if single in _SHE | _PETS and not one.plural and key == single:
            yield "she", f"the {key}" if key in _ANYBODY and not phrase.startswith("your ") else f"your {key}"
        owned = phrase == one.who or (phrase == one.what and one.verb in _GOT and phrase.startswith(_OWNED))
        if (
            owned
            and phrase.startswith(("your ", "a ", "an "))
            and not is_person(f"your {single}")
            and not one.plural
            and single.isalpha()
        ):
            yield "it", f"your {single}"
        if single in _PETS | {"company", "town", "city"} and not one.plural and phrase.startswith(_OWNED):
            yield "it", f"your {key}"


def _resolved(found: Iterable[Telling], last: dict[str, str]) -> Iterator[Telling]:
    for one in found:
        who = last.get(one.who, "") or _of_family(one.who)
        if one.who == "it" and one.verb in {"be", "rain", "snow", "seem", "take", "cost", "get", "look", "make"}:
            who = ""
        if who:
            yield replace(
                one, who=who, text=who + one.text[len(one.who) :] if one.text.startswith(one.who) else one.text
            )
        elif one.who not in {"he", "she", "they", "it", "this", "that", "there"}:
            yield one


def _of_family(who: str) -> str:
    """“the big son” is the learner's own."""
    match = re.fullmatch(
        r"the ((?:big|little|older|younger|elder|oldest|youngest|other|small|first|second) )?([a-z]+)", who
    )
    return f"your {match.group(1) or ''}{match.group(2)}" if match is not None and match.group(2) in _FAMILY else ""


def _names(text: str, last: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pattern in _NAMED:
        for match in pattern.finditer(text):
            who, called = match.group(1).lower(), match.group(2)
            key = who if who in _PEOPLE else who.removesuffix("s")
            if key in _PEOPLE and called.lower() not in _NOT_NAMES and not _is_plain(called):
                found[key] = called if " " in called else called.capitalize()
    several = _SEVERAL_NAMES.match(text)
    if several is not None and last["they"] and not any(_is_plain(word) for word in several.group(1).split()[::2]):
        found[key_of(last["they"])] = several.group(1)
    his = _HIS_NAME.search(text)
    if his is not None:
        called = next(group for group in his.groups() if group)
        pronoun = "she" if re.match(r"her|she", his.group(), re.I) else "he"
        key = key_of(last.get(pronoun, ""))
        if key and called.lower() not in _NOT_NAMES:
            found.setdefault(key, called if " " in called else called.capitalize())
    return found


def _is_plain(word: str) -> bool:
    return word.lower() in {
        "and",
        "is",
        "who",
        "that",
        "in",
        "on",
        "at",
        "i",
        "but",
        "because",
        "to",
        "for",
        "was",
        "has",
    }
