"""The helping verb of questions and negatives: Does she like it? Are you married? Why didn't she come?"""

from collections.abc import Iterator
from functools import cache

from language.correction import Correction
from language.document import Document, Sentence
from language.grammar.rules import grammar, infinitives, verb_patterns
from language.lexicon import verbs, words
from language.lexicon.listed import listed

AGREEMENT, FORM, ORDER = "agreement", "verb_form", "word_order"
_ASKING = listed("what where when why how who which")
_BEFORE = _ASKING | listed("and but so or then often long much many well please ok okay yes no sorry") | {"", ","}
_PRONOUNS = words.SUBJECTS | {"you", "it"}
_PEOPLE = listed(
    """
    father mother brother sister friend teacher uncle aunt son daughter husband wife boss cousin neighbour mum mom dad
    girlfriend boyfriend grandmother grandfather
    """
)
_MANY_PEOPLE = listed("parents friends children brothers sisters sons daughters cousins neighbours grandparents")
_HELPERS = {
    "am": ("am", "is", "are"), "is": ("am", "is", "are"), "are": ("am", "is", "are"), "was": ("was", "was", "were"),
    "were": ("was", "was", "were"), "do": ("do", "does", "do"), "does": ("do", "does", "do"),
    "has": ("have", "has", "have"), "have": ("have", "has", "have"), "don't": ("don't", "doesn't", "don't"),
    "doesn't": ("don't", "doesn't", "don't"), "isn't": ("isn't", "isn't", "aren't"),
    "aren't": ("aren't", "isn't", "aren't"), "wasn't": ("wasn't", "wasn't", "weren't"),
    "weren't": ("wasn't", "wasn't", "weren't"), "hasn't": ("haven't", "hasn't", "haven't"),
    "haven't": ("haven't", "hasn't", "haven't"),
}  # fmt: skip
"""Forms for I, for he, she and it, and for the others."""
_NOT = {"am": "am not", "is": "isn't", "are": "aren't", "was": "wasn't", "were": "weren't"}
_NOT_MODAL = {"can": "can't", "could": "couldn't", "will": "won't", "must": "mustn't", "should": "shouldn't"}
_NEGATED = words.DO_NOT | listed("isn't aren't wasn't weren't can't couldn't won't wouldn't shouldn't haven't hasn't")
# No noun or adjective, and no participle: after "be" they are a slip.
_VERBS = (verbs.PLAIN_VERBS - verb_patterns.AFTER_BE - {"become", "come", "wear"}) | listed("speak study need work")
_ONLY_VERBS = _VERBS - listed("work study need say feel wait stay sing cry fly")
_NOUNS = listed("work study need pay say stay wait win fly cry catch feel build sing")
_AFTER_VERB = words.DETERMINERS | listed("here there in at as for with on today tomorrow hard help english")
_BE_SHORT = {"it's": "it", "he's": "he", "she's": "she"}
_WITH_IT = listed("make makes depends depend costs takes seems rains snows happens belongs begins")
_WITH_PERSON = listed(
    """
    likes wants works goes lives has speaks knows thinks needs comes loves studies understands believes prefers eats
    takes
    """
)


def find(document: Document) -> Iterator[Correction]:
    """Corrections by the rules of this module."""
    for sentence in document.sentences:
        for index in range(len(sentence)):
            for rule in RULES:
                if (found := rule(sentence, index, document.text)) is not None:
                    yield found
                    break


def _asks(sentence: Sentence, index: int) -> bool:
    """Whether the helping verb of a question can stand there; a sentence without a mark may be speech."""
    first = sentence.at(index - 1) in _BEFORE and not (
        sentence.at(index - 1) in {"and", "or", ","} and index > 3 and sentence.at(0) not in _ASKING
    )
    marked = sentence.at(len(sentence) - 1) == "?" or (index == 0 and sentence[len(sentence) - 1].is_word)
    return first and index < 6 and marked


def _subject(sentence: Sentence, index: int) -> tuple[int, int] | None:
    """Where a subject that begins there ends, and its person: 0 for I, 1 for one, 2 for the others."""
    word, following = sentence.at(index), sentence.at(index + 1)
    if word in _PRONOUNS:
        return index, 0 if word == "i" else 1 if word in words.THIRD else 2
    if word in words.POSSESSIVES and following in _PEOPLE | _MANY_PEOPLE and sentence.at(index + 2) != "and":
        return index + 1, 1 if following in _PEOPLE else 2
    return None


def _phrase(sentence: Sentence, first: int, last: int, text: str) -> str:
    return text[sentence[first].start : sentence[last].end]


def _agreement(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Is you from Spain? Do she like tea? Has they finished?"""
    helper = sentence.at(index)
    if helper not in _HELPERS or not _asks(sentence, index) or sentence.at(index + 1) == "i":
        return None
    found = _subject(sentence, index + 1)
    if found is None or sentence.at(found[0] + 1) in words.BE | words.MODALS | {"and", "or", ","} | words.DO_NOT:
        return None
    right = _HELPERS[helper][found[1]]
    if sentence.at(index - 1) == "who" or sentence.is_end(found[0] + 1) or right == helper:
        return None
    if helper in {"don't", "doesn't"} and sentence.at(index + 1) == "it":
        return None  # "Don't it sound grand?"
    if helper == "were" and sentence.at(index + 1) in words.THIRD and index == 0 and "," in sentence.lower:
        return None  # "Were he here, what would you do?"
    if helper in {"do", "have"} and sentence.at(found[0] + 1) in words.DETERMINERS | {"to"}:
        return None  # "Have he a car?" needs more than one word
    who = _phrase(sentence, index + 1, found[0], text)
    return grammar.fix(sentence, index, index, right, AGREEMENT, f"With “{who}” ask “{right}”.", text=text)


def _be_for_do(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Are you have a car? Is she work here? Are you went there?"""
    be = sentence.at(index)
    if be not in words.BE or not _asks(sentence, index):
        return None
    found = _subject(sentence, index + 1)
    if found is None:
        return None
    at = found[0] + 1
    verb = sentence.at(at)
    past = be in {"was", "were"} or verb in infinitives.CLEAR_PASTS
    base = verbs.bare_pasts()[verb] if verb in infinitives.CLEAR_PASTS else verbs.thirds().get(verb, verb)
    if base == "like":
        fits = _asks_liking(sentence, index + 1, at)
    elif base in _NOUNS:  # "Was it study time?", "Is it work or play?"
        fits = verb == base and sentence.at(index + 1) != "it" and sentence.at(at + 1) in _AFTER_VERB
    else:
        fits = base in _VERBS - {"let"} and not verbs.same_past(base)
    if not fits:
        return None
    do = "did" if past else _HELPERS["do"][found[1]]
    right = f"{do} {_phrase(sentence, index + 1, found[0], text)} {base}"
    return grammar.fix(sentence, index, at, right, FORM, f"With “{base}” ask “{do}”.", text=text)


_LIKED = listed(
    """
    pizza music football coffee tea fish meat chocolate sport sports cats dogs animals films movies books cooking
    swimming reading dancing travelling running school english
    """
)


def _asks_liking(sentence: Sentence, subject: int, like: int) -> bool:
    """Whether “like” can only be the verb: “Are you like pizza?”, not “Are you like football fans?”, “Is it like …?”"""
    if sentence.at(subject) in {"it", "they", "we", "i"}:
        return False
    return sentence.at(like + 1) == "to" or (sentence.at(like + 1) in _LIKED and sentence.is_end(like + 2))


def _do_for_be(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Do you are married? Does he is here? Do you can swim? Did she was angry?"""
    if sentence.at(index) not in words.DO or not _asks(sentence, index):
        return None
    found = _subject(sentence, index + 1)
    if found is None:
        return None
    verb = sentence.at(found[0] + 1)
    if verb in words.BE:
        right = _HELPERS["was" if sentence.at(index) == "did" or verb in {"was", "were"} else "is"][found[1]]
    elif verb in {"can", "could", "must", "should"}:
        right = verb
    else:
        return None
    who = _phrase(sentence, index + 1, found[0], text)
    message = f"“{right.capitalize()}” asks by itself, without “do”."
    return grammar.fix(sentence, index, found[0] + 1, f"{right} {who}", FORM, message, text=text)


def _not(sentence: Sentence, index: int, text: str) -> Correction | None:
    """He doesn't is here, I don't am tired, you don't must smoke."""
    if sentence.at(index) not in words.DO_NOT:
        return None
    verb = sentence.at(index + 1)
    found = _said_of(sentence, index)
    if found is None or (verb not in words.BE and verb not in _NOT_MODAL):
        return None
    if verb in words.BE:
        past = sentence.at(index) == "didn't" or verb in {"was", "were"}
        right = _NOT[_HELPERS["was" if past else "is"][found]]
    else:
        right = "couldn't" if sentence.at(index) == "didn't" and verb == "can" else _NOT_MODAL[verb]
    message = f"“{verb.capitalize()}” is made negative by itself: “{right}”."
    return grammar.fix(sentence, index, index + 1, right, FORM, message, text=text)


def _said_of(sentence: Sentence, index: int) -> int | None:
    """The person of a subject that stands right before and begins its sentence or clause."""
    first = index - 1 if sentence.at(index - 1) in _PRONOUNS else index - 2
    found = _subject(sentence, first) if first >= 0 else None
    begins = sentence.at(first - 1) in {"", ",", "but", "because", "so", "and"} and not _ASKING & {sentence.at(0)}
    return found[1] if found is not None and found[0] == index - 1 and begins else None


def _be_not(sentence: Sentence, index: int, text: str) -> Correction | None:
    """We are not want this, he isn't speak English, I'm not have a car."""
    word = sentence.at(index)
    short = {"i'm": 0, "he's": 1, "she's": 1, "it's": 1, "we're": 2, "you're": 2, "they're": 2}
    negative = word in {"isn't", "aren't", "wasn't", "weren't"}
    at = index + (1 if negative else 2)
    if not negative and (sentence.at(index + 1) != "not" or word not in words.BE | short.keys()):
        return None
    verb = sentence.at(at)
    if verb not in _ONLY_VERBS - {"agree", "let"} or sentence.at(at + 1) in {"or", "and"} or verbs.same_past(verb):
        return None
    person = short[word] if word in short else _said_of(sentence, index)
    if person is None:
        return None
    do = "didn't" if word in {"was", "were", "wasn't", "weren't"} else _HELPERS["don't"][person]
    who = word.partition("'")[0] + " " if word in short else ""
    right = f"{who.capitalize() if who == 'i ' else who}{do}"
    message = f"“{verb}” is made negative by “{do}”."
    return grammar.fix(sentence, index, at - 1, right, "negation", message, text=text)


def _do_not_to(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I don't to know, she doesn't to want it."""
    if sentence.at(index) not in words.DO_NOT or sentence.at(index + 1) != "to":
        return None
    verb = sentence.at(index + 2)
    if _said_of(sentence, index) is None or verb not in verbs.bases():
        return None
    message = f"After “{sentence.at(index)}” comes the verb without “to”."
    return grammar.fix(sentence, index, index + 2, f"{sentence.at(index)} {verb}", FORM, message, text=text)


def _negative_question(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Why she didn't come? Where you have been? How long you have lived here?"""
    if index != 0 or sentence.at(0) not in _ASKING - {"who", "which"} or sentence.at(len(sentence) - 1) != "?":
        return None
    first = 1 + (sentence.at(0) == "how" and sentence.at(1) in {"long", "often", "much", "many"})
    if sentence.at(first) not in _PRONOUNS or len(sentence) > 11 or "," in sentence.lower:
        return None
    helper, following = sentence.at(first + 1), sentence.at(first + 2)
    perfect = helper in {"have", "has"} and (following in _participles() or following == "been")
    if not (perfect or helper in _NEGATED) or any(grammar.is_finite(word) for word in sentence.lower[first + 2 :]):
        return None
    person = 1 if sentence.at(first) in words.THIRD else 0 if sentence.at(first) == "i" else 2
    form = _HELPERS[helper][person] if helper in _HELPERS else helper
    right = f"{form} {sentence[first].text}"
    message = "In a question the helping verb comes before the subject."
    return grammar.fix(sentence, first, first + 1, right, ORDER, message, text=text)


@cache
def _participles() -> frozenset[str]:
    return frozenset(verbs.participle(base) for base in verbs.bases()) | {"been"}


def _be_short(sentence: Sentence, index: int, text: str) -> Correction | None:
    """It's depends, he's likes football."""
    word, verb = sentence.at(index), sentence.at(index + 1)
    if word not in _BE_SHORT or verb not in (_WITH_IT if word == "it's" else _WITH_PERSON):
        return None
    if not grammar.starts_clause(sentence, index):
        return None
    right = f"{_BE_SHORT[word]} {verbs.third(verbs.thirds().get(verb, verb))}"
    message = f"“{verb}” stands alone, without “is”."
    return grammar.fix(sentence, index, index + 1, right, FORM, message, text=text)


RULES = (
    _be_for_do, _do_for_be, _agreement, _not, _be_not, _do_not_to, _negative_question, _be_short,
)  # fmt: skip
