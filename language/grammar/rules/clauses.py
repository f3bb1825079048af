"""The frame of a clause: one subject (not “my father he”), want you to come, and the tag that fits (aren't you?)."""

from collections.abc import Iterator
from functools import cache

from language.correction import Correction
from language.document import Document, Sentence
from language.grammar.rules import grammar
from language.lexicon import nouns, verbs, words
from language.lexicon.listed import listed

ORDER, FORM, CHOICE, NEGATION = "word_order", "verb_form", "word_choice", "negation"
_MEN = listed("father brother husband son uncle grandfather boyfriend dad friend teacher boss cousin neighbour")
_WOMEN = listed("mother sister wife daughter aunt grandmother girlfriend mum mom friend teacher boss cousin neighbour")
_SEVERAL = listed("parents friends children brothers sisters sons daughters cousins neighbours grandparents")
_BREAKS = listed("and but because so when if . , ! ? ;")
_OBJECTS = {"i": "me", "he": "him", "she": "her", "we": "us", "they": "them", "you": "you", "it": "it"}
_ORDERS = listed("want wants wanted")
_LIKED = listed("would i'd he'd she'd we'd they'd you'd")
_TAGS = {
    "am": "aren't", "is": "isn't", "are": "aren't", "was": "wasn't", "were": "weren't", "can": "can't",
    "will": "won't", "should": "shouldn't", "could": "couldn't", "would": "wouldn't",
}  # fmt: skip
_JOINED = {"i'm": ("i", "am"), "he's": ("he", "is"), "she's": ("she", "is"), "you're": ("you", "are"),
           "we're": ("we", "are"), "they're": ("they", "are")}  # fmt: skip
_PEOPLE = listed("i you he she we they")
_THINGS = listed("and it this that these those there which who what think know said say hope")
_SAME = listed("come become run")


def find(document: Document) -> Iterator[Correction]:
    """Corrections by the rules of this module."""
    for sentence in document.sentences:
        for index in range(len(sentence)):
            for rule in (_twice, _want_that, _not_verb, _tag):
                if (found := rule(sentence, index, document.text)) is not None:
                    yield found
                    break


def _twice(sentence: Sentence, index: int, text: str) -> Correction | None:
    """My father he is a doctor, my parents they live in Rome."""
    noun, pronoun, verb = sentence.at(index), sentence.at(index + 1), sentence.at(index + 2)
    fits = noun in {"he": _MEN, "she": _WOMEN, "they": _SEVERAL}.get(pronoun, frozenset())
    fits = fits or (
        noun in nouns.COUNTABLE and pronoun in {"it", "it's"} and (verb in {"is", "has", "was"} or "'" in pronoun)
    )
    if not fits or sentence.at(index - 1) not in words.POSSESSIVES:
        return None
    if index != 1 and sentence.at(index - 2) not in {"and", "but", "because", ","}:
        return None
    if pronoun == "it's":
        right, message = f"{sentence[index].text} is", "One subject is enough: leave out “it”."
        return grammar.fix(sentence, index, index + 1, right, ORDER, message, text=text)
    present = verb in verbs.thirds() or (pronoun == "they" and verb in verbs.PLAIN_VERBS)
    if not (present or verb in words.BE | words.MODALS | words.DO_NOT | {"had"}):
        return None
    at = index + 3
    while at < len(sentence) and sentence.at(at) not in _BREAKS:
        if grammar.is_finite(sentence.at(at)) or sentence.at(at) in verbs.thirds():
            return None  # "My brother she loves is away"
        at += 1
    if sentence.at(at) not in _BREAKS - {","} or sentence.at(at - 1) in words.PREPOSITIONS - {"in"}:
        return None  # "My friend he works with, …"
    right = sentence[index].text
    message = f"One subject is enough: leave out “{sentence[index + 1].text}”."
    return grammar.fix(sentence, index, index + 1, right, ORDER, message, text=text)


def _want_that(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I want that he helps me, I'd like that you come, she wants that my son studies."""
    word = sentence.at(index)
    would = word == "like" and sentence.at(index - 1) in _LIKED
    need = word in {"need", "needs"} and sentence.at(index - 1) in _PEOPLE
    if (
        not (word in _ORDERS or would or need)
        or sentence.at(index + 1) != "that"
        or {"what", "that", "all"} & {*sentence.lower[:index]}
    ):
        return None
    if sentence.at(index - 1) not in _PEOPLE | _LIKED | {"don't", "doesn't", "didn't", "not", "only", "really", "also"}:
        return None
    found = _whom(sentence, index + 2, text)
    if found is None:
        return None
    last, whom = found
    verb = sentence.at(last + 1)
    base = "be" if verb in words.BE else "have" if verb in {"has", "had"} else verbs.thirds().get(verb, verb)
    if base not in {"be", "have"} and (base not in verbs.bases() or base in verbs.pasts()):
        return None
    same = base == verb
    right = f"{whom} to" if same else f"{whom} to {base}"
    message = f"“{sentence[index].text.capitalize()}” takes the person and “to”: “{word} {whom} to {base}”."
    return grammar.fix(sentence, index + 1, last + (not same), right, FORM, message, text=text)


def _whom(sentence: Sentence, index: int, text: str) -> tuple[int, str] | None:
    """The subject that begins there as an object, and where it ends."""
    word, following = sentence.at(index), sentence.at(index + 1)
    if word in _OBJECTS:
        return index, _OBJECTS[word]
    known = following in nouns.COUNTABLE | nouns.plurals().keys() | _MEN | _WOMEN | _SEVERAL
    if word in words.POSSESSIVES and known:
        return index + 1, text[sentence[index].start : sentence[index + 1].end]
    return None


def _not_verb(sentence: Sentence, index: int, text: str) -> Correction | None:
    """He not likes fish, yesterday I not went to school, she no works here."""
    if sentence.at(index) not in _PEOPLE or sentence.at(index + 1) not in {"not", "no"}:
        return None
    past_time = sentence.at(index - 1) == "yesterday" or sentence.at(index - 2) == "last"
    if not (past_time or sentence.at(index - 1) in {"", ",", "but", "because"}) or sentence[index].text == "No":
        return None
    if sentence.at(index - 1) == "," and words.AUXILIARIES & set(sentence.lower[:index]):
        return None  # "Nor would he, had he not come"
    verb = sentence.at(index + 2)
    subject = sentence.at(index)
    if verb in verbs.bare_pasts() and verb not in {"saw", "lay", "bore"}:
        do, base = "didn't", verbs.bare_pasts()[verb]
    elif verb in verbs.thirds() and subject in words.THIRD and verb not in {"is", "has"}:
        do, base = "doesn't", verbs.thirds()[verb]
    elif verb in verbs.PLAIN_VERBS - _SAME and not verbs.same_past(verb):
        do, base = "didn't" if past_time else "doesn't" if subject in words.THIRD else "don't", verb
    else:
        return None
    if base not in verbs.PLAIN_VERBS | {"like", "love", "work", "need", "play", "live", "know"}:
        return None
    message = f"A verb is made negative by “{do}”."
    return grammar.fix(sentence, index + 1, index + 2, f"{do} {base}", NEGATION, message, text=text)


def _helper(subject: str, verb: str, said: tuple[str, ...]) -> str | None:
    """The negative helping verb that a verb takes in a tag, None when unsure; `said` begins with the verb."""
    if verb in {"has", "have", "had"}:
        if said[1:2] and said[1] in _participles():
            return f"{verb}n't"
        if not said[1:2] or said[1] not in words.DETERMINERS:
            return None  # "He has always worked", "he has friends"
    if verb in _TAGS:
        return _TAGS[verb]
    if verb in verbs.pasts():
        return None if verbs.same_past(verb) else "didn't"
    if verb in verbs.thirds() and subject in words.THIRD:
        return "doesn't"
    plain = verb in verbs.PLAIN_VERBS | {"like", "love", "need", "work", "play"} and not verbs.same_past(verb)
    return "don't" if plain and subject not in words.THIRD else None


def _joined_helper(verb: str, said: tuple[str, ...]) -> str | None:
    """The same for “he's” and “they're”: 's is “has” before “got” and “been”, and unsure with other participles."""
    if verb == "is" and said[:1] and said[0] in {"got", "been"}:
        return "hasn't"
    return None if verb == "is" and _participles() & set(said) else _TAGS[verb]


@cache
def _participles() -> frozenset[str]:
    return frozenset(verbs.participle(base) for base in verbs.bases()) | {"been", "got"}


def _tag(sentence: Sentence, index: int, text: str) -> Correction | None:
    """You are tired, isn't it? You like pizza, isn't it?"""
    end = len(sentence) - 1
    if index != 0 or sentence.lower[-4:] != (",", "isn't", "it", "?") or not 5 <= end < 11:
        return None
    joined = _JOINED.get(sentence.at(0))
    subject, verb = joined or (sentence.at(0), sentence.at(1))
    said = sentence.lower[1 : end - 3]
    if subject not in _PEOPLE or _THINGS & set(said) or {"not", "never", "no"} & set(said):
        return None
    right = _helper(subject, verb, said) if joined is None else _joined_helper(verb, said)
    if right is None:
        return None
    tag = f"{right} {'I' if subject == 'i' else subject}"
    message = f"The tag repeats the helping verb and the subject: “{tag}?”"
    return grammar.fix(sentence, end - 2, end - 1, tag, CHOICE, message, text=text)
