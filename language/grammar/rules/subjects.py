"""Subject and verb where the subject is any noun: the lessons start, a woman arrives, my wife and I watch."""

from collections.abc import Iterator

from language import frequency
from language.correction import Correction
from language.document import Document, Sentence
from language.grammar.rules import grammar
from language.lexicon import nouns, verbs, words
from language.lexicon.listed import listed

KIND = "agreement"
ADJECTIVES = words.PREDICATIVE | listed(
    """
    good new old big small best most important interesting beautiful different other favourite favorite famous great
    popular bad little young close nice long expensive cheap difficult happy biggest main last first second next whole
    international public modern poor rich common serious local private social national foreign
    """
)
_ONE_BEFORE = listed("a an this that every each another my your his her its our their the one")
MANY_BEFORE = listed("many most some several few all these those both other such two three four five six ten")
_EITHER_BEFORE = listed("the my your his her its our their no any")
_NO_PLURAL = listed(
    """
    news series species means maths always perhaps thanks lens headquarters crossroads besides sometimes nowadays
    afterwards towards indoors outdoors upstairs downstairs whereas christmas texas yours ours hers theirs sports
    thirds quarters summons whereabouts gallows barracks
    politics physics economics gymnastics athletics customs goods clothes sales arms games years months weeks days
    hours minutes miles kilometres pounds dollars euros metres times bus gas plus thus its this was has is does as us
    """
)
PERSON = nouns.PERSONS | listed(
    """
        man woman boy girl person child father mother brother sister friend teacher uncle aunt son daughter husband wife
        boss cousin neighbour neighbor colleague grandmother grandfather mum mom dad guy lady student doctor nurse
        """
)
PLURAL_BE = {"is": "are", "was": "were", "has": "have", "isn't": "aren't", "wasn't": "weren't", "hasn't": "haven't",
              "doesn't": "don't"}  # fmt: skip
SINGLE_BE = {"are": "is", "were": "was", "have": "has", "don't": "doesn't", "aren't": "isn't", "weren't": "wasn't",
              "haven't": "hasn't"}  # fmt: skip
_STATES = listed(
    """
    left free available spoken broken open closed full empty missing absent present sold taken written known made held
    built lost found seen eaten drunk new wrong right different important dangerous popular good bad cheap expensive
    """
)
"""What is said of the subject behind “is”."""
_OPENERS = listed("that which who whom if because when while where although though unless than")
_CAUSES = listed("let lets make makes made see saw watch watched hear heard help helps helped have had feel felt")
# These are nouns or adjectives at least as often as verbs.
UNSURE = listed(
    """
    stop start play work look change call show test talk walk visit study plan need use end rest cost cause cook drink
    sleep shop move turn help hope love like dance smile shout cry swim ride drive run sound smell taste record report
    water place point book name open clean close guide fish film land light match mix order paint park plant present
    question rain score sign snow stage star step stress support surprise switch text touch tour trade train travel
    trick trip trust type view vote wait wash waste watch wish answer attack attempt balance battle benefit bite blow
    break camp care catch cheer claim climb comment contact contract control copy count cover crash cross cut damage
    deal debate decrease delay demand design desire display dream dress drop effect escape exchange exercise experience
    fall fear feed fight fire flood flow focus fold force fly judge jump kick kill kiss knock label lack laugh launch
    lead leave lift limit link lock mark mean measure meet mind miss offer own pack pass pay phone pick pollute pour
    practice press print promise pull punch push race raise range reach reply request rescue respect result return
    reward rise risk rule sail save search seat sell sense serve shake shape share shine shoot shut sink sit slip smoke
    sort speak spell spend split spot spread stand stay steal stick strike struggle study supply surf talk tear throw
    treat try upload value volunteer matter wear whisper win wonder worry wrap
    """
)


def find(document: Document) -> Iterator[Correction]:
    """Corrections by the rules of this module."""
    for sentence in document.sentences:
        for index in range(len(sentence)):
            for rule in (_and_i, _noun_phrase):
                if (found := rule(sentence, index, document.text)) is not None:
                    yield found
                    break


def _begins(sentence: Sentence, index: int) -> bool:
    """Where a clause begins, also after “one day”, “every morning”, “this year”."""
    times = words.TIME_NOUNS | {"day", "evening", "morning", "afternoon"}
    if sentence.at(index - 1) in times and sentence.at(index - 2) in {
        "one",
        "every",
        "last",
        "this",
        "that",
    }:
        index -= 2
    return grammar.starts_clause(sentence, index)


def head_of(sentence: Sentence, index: int) -> int:
    """The noun of the phrase that begins there; -1 when that is not certain."""
    at = index = index + (sentence.at(index) in {"only", "even"})
    while sentence.at(at) in MANY_BEFORE | _ONE_BEFORE | _EITHER_BEFORE and at < index + 2:
        at += 1
    while sentence.at(at) in ADJECTIVES and at < index + 4:
        at += 1
    return at if at < len(sentence) and sentence[at].is_word else -1


def is_plural(sentence: Sentence, at: int) -> bool:
    """Whether the noun there is more than one."""
    word, token = sentence.at(at), sentence[at].text
    if word in {"people", "children", "men", "women", "police"}:
        return True
    if not (token.islower() or at == 0) or word in _NO_PLURAL or not word.endswith("s"):
        return False
    if word in nouns.plurals():
        return True
    if word.endswith(("ss", "us", "is", "ics", "ous")) or "'" in word or word in verbs.thirds():
        return False
    single = frequency.rank(word[:-1])
    return len(word) > 4 and single is not None and single < 8000


def _is_single(word: str) -> bool:
    return word in nouns.COUNTABLE - nouns.COLLECTIVE or word in PERSON


def _noun_phrase(sentence: Sentence, index: int, text: str) -> Correction | None:
    """The lessons starts, tourists visits; a young woman arrive, my last holiday were."""
    if (
        not _begins(sentence, index)
        or sentence.at(index - 1) in {"or", "nor", "than", "as"}
        or (
            sentence.at(index - 1) == "but" and sentence.at(index - 2) == "all"  # "all but the soldier were in"
        )
    ):
        return None
    head = head_of(sentence, index)
    if head < 0 or (sentence.at(index - 1) == "and" and _CAUSES & set(sentence.lower[:index])):
        return None
    at = head + 1
    while sentence.at(at) in words.FREQUENCY - {"ever"}:
        at += 1
    marked = set(sentence.lower[index:head])
    if is_plural(sentence, head) and (
        "few" in marked or not marked & {"a", "an", "this", "that", "every", "each", "another", "one"}
    ):
        return _after_plural(sentence, head, at, text, bare=not marked)
    if not marked & _ONE_BEFORE or marked & MANY_BEFORE:
        return None
    if _is_single(sentence.at(head)):
        named = sentence.at(head) in PERSON and at == head + 1 and _is_name(sentence, head + 1)
        return _after_single(sentence, index, head, at + bool(named), text)
    certain = sentence.at(at) in verbs.PLAIN_VERBS | {"need", "have", "are", "don't"} and at < len(sentence) - 1
    if (
        marked & {"a", "an"}
        and certain
        and sentence.at(head) not in words.MASS_OR_FEW | nouns.COLLECTIVE | {"majority", "minority"}
    ):
        known = frequency.rank(sentence.at(head)) is not None and not grammar.is_verb(sentence.at(head))
        return _after_single(sentence, index, head, at, text) if known else None
    return None


def _is_name(sentence: Sentence, index: int) -> bool:
    return index < len(sentence) and sentence[index].text[:1].isupper() and sentence[index].is_word


def asks_of_itself(sentence: Sentence, verb: int, noun: str) -> bool:
    """Whether the noun of a question is the verb's subject: “How many people is here?”"""
    after = sentence.at(verb + 1)
    if (sentence.at(verb) == "has" or noun == "times") and sentence.lower[-1] == "?":
        return False
    if after in words.PRONOUNS | words.DETERMINERS:
        return False
    plain = words.PREPOSITIONS | {"here", "there", "not", "now", "today", "tonight", "yesterday"}
    if after in plain or after.endswith(("ing", "ed")) or sentence.is_end(verb + 1):
        return True
    # "How many seats is free?", but "How many hours is free parking?"
    ends = sentence.is_end(verb + 2) or sentence.at(verb + 2) in plain | {"and", "or", "but"}
    return after in _STATES | words.PREDICATIVE and ends


def _after_plural(sentence: Sentence, head: int, at: int, text: str, *, bare: bool) -> Correction | None:
    verb, following = sentence.at(at), sentence.at(at + 1)
    question = sentence.at(0) in {"how", "what", "which", "whose"} and sentence.at(len(sentence) - 1) == "?"
    if question and (verb in words.DO | words.DO_NOT or not asks_of_itself(sentence, at, sentence.at(head))):
        return None  # "How many books does he have?" "How many hours is the flight?"
    asked = question and sentence.at(head - 1) in {"what", "which"} and sentence.at(head) not in verbs.thirds()
    right = PLURAL_BE.get(verb) if verb not in {"is", "was"} or not bare or asked else None
    if right is None and verb in verbs.thirds() and verb not in {"is", "was", "has"}:
        right = verbs.thirds()[verb]
    if right is None or not sentence[at].text.islower() or grammar.is_finite(following) or following in PLURAL_BE:
        return None
    if verbs.thirds().get(verb) in UNSURE and (following in {"of", "and", "or"} or sentence.is_end(at + 1)):
        return None
    if verb in {"is", "was", "forces"} and sentence.at(head) == "police":
        return None
    if bare and head == 0 and verb in {"has", "does"}:
        return None  # "Marbles has a weekly podcast": a name
    return grammar.fix(sentence, at, at, right, KIND, f"“{sentence[head].text}” is plural.", text=text)


def _after_single(sentence: Sentence, index: int, head: int, at: int, text: str) -> Correction | None:
    verb, noun = sentence.at(at), sentence.at(head)
    if verb in SINGLE_BE and sentence.at(at + 1) in words.SUBJECTS | {"you"}:
        return None  # "What direction are you going?"
    if sentence.at(index - 1) in {"and", "or"} and sentence.at(index - 2) in words.SUBJECTS | {"you", "it"}:
        return None  # "she and her friend are"
    following = sentence.at(at + 1)
    compared = following in words.PRONOUNS | words.POSSESSIVES and sentence.at(head - 1) in {"a", "an"}
    if (verb == "like" and (compared or noun not in PERSON)) or (verb == "think" and sentence.is_end(at + 1)):
        return None  # "a woman like your aunt", "a thing like a cleaver", "a quiet think"
    if verb == "last" and following in words.TIME_NOUNS:
        return None  # "one day last week"
    if verb == "like" and _is_name(sentence, at + 1):
        return None  # "an actor like Ann"
    if head + 1 < at and sentence.at(at - 1) in words.SUBJECTS | {"you"}:
        return None  # "a woman I don't know"
    if at >= len(sentence) or not sentence[at].text.islower():
        return None
    if sentence.at(index - 1) in {"and", "or"} and sentence.at(index - 2) not in words.ENDERS and index - 2 >= 0:
        # "A man and a woman are": the second of two subjects, unless a whole clause stands before.
        opened = max((at for at in range(index) if sentence.at(at) in _OPENERS), default=-1)
        finite = any(grammar.is_finite(word) for word in sentence.lower[opened + 1 : index - 1])
        if not finite and (verb in SINGLE_BE or "between" in sentence.lower[:index]):
            return None
    if any(word in words.SUBJUNCTIVE for word in sentence.lower[:index]) or {"if", "wish", "though"} & set(
        sentence.lower[:index] if verb == "were" else ()
    ):
        return None
    if verb in SINGLE_BE:
        right: str = SINGLE_BE[verb]
    elif verb in verbs.bases() and verb != "be" and not verbs.same_past(verb) and _surely_verb(sentence, at, noun):
        right = verbs.third(verb)
    else:
        return None
    return grammar.fix(sentence, at, at, right, KIND, f"“{noun}” is singular.", text=text)


def _surely_verb(sentence: Sentence, at: int, noun: str) -> bool:
    """Whether the base form there is the verb of its clause, and not a noun, as in “the bus stop is”."""
    verb, following = sentence.at(at), sentence.at(at + 1)
    certain = words.DETERMINERS - {"that"} | {"me", "him", "us", "them", "you", "it"}
    if verb in UNSURE and noun not in PERSON and following not in certain:
        return False
    for later in range(at + 1, len(sentence)):
        word = sentence.at(later)
        if sentence.is_end(later) or word in words.CONJUNCTIONS:
            break
        if sentence.at(later - 1) == "to":
            continue
        if grammar.is_finite(word) or word in words.AUXILIARIES - {"make", "help", "see", "hear", "let", "have"}:
            return False
    return True


def _and_i(sentence: Sentence, index: int, text: str) -> Correction | None:
    """In the evening my wife and I watches television."""
    if sentence.at(index) not in words.POSSESSIVES or sentence.lower[index + 2 : index + 4] != ("and", "i"):
        return None
    before = sentence.lower[:index]
    if any(grammar.is_finite(word) or word in verbs.pasts() for word in before) or sentence.at(index - 1) in {
        "of",
        "with",
        "for",
        "between",
        "to",
    }:
        return None
    at = index + 4
    while sentence.at(at) in words.FREQUENCY:
        at += 1
    verb = sentence.at(at)
    right = {"am": "are", "is": "are", "was": "were", "has": "have"}.get(verb) or verbs.thirds().get(verb)
    if right is None:
        return None
    return grammar.fix(sentence, at, at, right, KIND, "Two together are plural.", text=text)
