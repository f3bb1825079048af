"""The form that an auxiliary, "to" or another verb asks for: can go, didn't see, have gone, enjoy reading."""

from collections.abc import Iterator

from language.correction import Correction
from language.document import Document, Sentence
from language.grammar.rules import gerunds, grammar, infinitives
from language.lexicon import nouns, verbs, words
from language.lexicon.listed import listed

KIND = "verb_form"
_NAMES = frozenset({"may", "will"})
_NOUN_MARKERS = words.DETERMINERS | {"free", "good", "strong", "of", "iron", "last", "tin"}
_PERFECT_ADVERBS = listed("never always already just ever also not recently")
_BUSY = listed("start sleep finish listen cook swim watch visit walk drink read talk drive sing")
_BE_WITH_PLURAL_OR_I = listed("i'm we're they're you're")
_AFTER_JOB = listed("in at and but for of")
_DOING = listed("go eat buy speak learn write take make get come teach stay wait")
_AS_MUCH_AS = listed("as all everything whatever what best")
_OWNED = nouns.OBJECTS | listed("food money things time plans ideas friends books car house")
_NO_PASSIVE = listed("happened died arrived occurred existed belonged consisted happen depend depends happens")


def find(document: Document) -> Iterator[Correction]:
    """Corrections by the rules of this module."""
    for sentence in document.sentences:
        for index in range(len(sentence) - 1):
            for rule in (
                _modal,
                _do_not,
                _did_question,
                _perfect,
                _be,
                _busy,
                infinitives.to,
                infinitives.want,
                gerunds.enjoy,
                gerunds.look_forward,
                gerunds.used_to,
                gerunds.insist,
                gerunds.once,
                gerunds.spent,
                gerunds.preposition,
                infinitives.causative,
            ):
                if (found := rule(sentence, index, document.text)) is not None:
                    yield found
                    break


def base_of(word: str, *, also: dict[str, str] | None = None) -> str | None:
    """The base of a form that shows a person or a tense; None for base forms and other words."""
    for table in (verbs.thirds(), verbs.pasts(), also or {}):
        if (
            word in table
            and word not in verbs.bases()
            and word not in {"left", "thought", "felt", "does", "bore", "lay", "ground", "wound"}
        ):
            return table[word]
    return {
        "has": "have",
        "had": "have",
        "was": "be",
        "were": "be",
        "is": "be",
        "are": "be",
        "am": "be",
        "does": "do",
    }.get(word)


def _modal(sentence: Sentence, index: int, text: str) -> Correction | None:
    """He can goes, she must to go."""
    modal = sentence.at(index)
    before = sentence.at(index - 1)
    if modal not in words.MODALS or before in _NOUN_MARKERS or (modal == "will" and before.endswith("'s")):
        return None
    at = _after_modal(sentence, index)
    if at is None:
        return None
    word = sentence.at(at)
    if sentence.at(index - 2) == "than" or (before == "and" and word in words.BE):
        return None  # "more than you would sitting still"; "his wit and will are gone"
    if modal in _NAMES and sentence[index].text.istitle() and at == index + 1:
        return None  # "May seemed to know"
    if modal == "will" and before not in words.SUBJECTS and word in {"was", "had"}:
        return None  # "his indomitable will was overwhelmed"
    if modal in {"must", "will"} and word == "needs" and sentence.at(at + 1) in verbs.bases():
        return None  # "it must needs grow"
    if word == "to":
        return _modal_with_to(sentence, index, at, text)
    if word in words.BE and {"who", "that", "which", "what", "all"} & {before, sentence.at(index - 2)}:
        return None  # "those who cannot are spoken for", "all that I can is yours"
    base = base_of(word, also=verbs.ings())
    if (
        base is None
        or (word in {"had", "is", "are"} and at > index + 1)
        or word in {"being", "having", "meeting", "meaning", "feeling"}
    ):
        return None
    return grammar.fix(sentence, at, at, base, KIND, f"After “{sentence[index].text}” comes the base form.", text=text)


def _after_modal(sentence: Sentence, index: int) -> int | None:
    """Where the verb that belongs to the modal is expected; None if the word is no modal there."""
    at = index + 1
    named = sentence[index].text in {"May", "Will", "Might", "Can"}
    if sentence.at(at) in words.SUBJECTS | {"you"}:
        if sentence.at(index - 1) in words.SUBJECTS | {"you", "it"}:
            return None  # "as soon as I could I made a start"
        if index > 0 and sentence[index].text == "May":
            return None  # "until 15 May I was there"
        at += 1
    elif named and (index > 0 or sentence.at(at) in verbs.thirds()):
        return None  # "May comes after April", "Might makes right"
    while sentence.at(at) in words.FREQUENCY | {"not"}:
        at += 1
    return at


def _modal_with_to(sentence: Sentence, index: int, at: int, text: str) -> Correction | None:
    """`at` is the place of "to"."""
    modal = sentence.at(index)
    if modal in {"can", "could"} and _AS_MUCH_AS & set(sentence.lower[:index]):
        return None  # "as much as you can to help"
    base = verbs.bare_pasts().get(sentence.at(at + 1), sentence.at(at + 1))
    if base not in verbs.bases():
        return None
    never_noun = at == index + 1 and modal not in {"will", "may", "might", "can"}
    after_pronoun = modal in {"can", "will", "might"} and sentence.at(index - 1) in words.PRONOUNS
    if not never_noun and not after_pronoun:
        return None
    past = base != sentence.at(at + 1)  # "must to went"
    right = f"{sentence[index].text} {base}" if past else sentence[index].text
    return grammar.fix(sentence, index, at + past, right, KIND, "Modal verbs take no “to”.", text=text)


def _do_not(sentence: Sentence, index: int, text: str) -> Correction | None:
    word = sentence.at(index)
    at = index + 1
    if word in words.DO and sentence.at(at) == "not":
        at += 1
    elif word not in words.DO_NOT:
        return None
    if sentence.at(at) in words.SUBJECTS | {"you", "it"}:
        at += 1
    while sentence.at(at) in words.FREQUENCY:
        at += 1
    if (form := sentence.at(at)) in {"found", "saw", "felt", "fell"}:
        base: str | None = {"found": "find", "saw": "see", "felt": "feel", "fell": "fall"}[form]
    else:
        base = base_of(form, also=verbs.ings() if word in words.DO_NOT else None)
    if base is None or form in {"is", "are", "was", "were", "am"}:
        return None
    return grammar.fix(sentence, at, at, base, KIND, "After “do” or “did” comes the base form.", text=text)


def _did_question(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Did you went, does he likes."""
    if sentence.at(index) not in words.DO or sentence.at(index + 1) not in words.SUBJECTS | {"you", "it"}:
        return None
    if index > 0 and sentence.at(index - 1) not in {
        "what",
        "where",
        "when",
        "why",
        "how",
        "who",
        "and",
        "but",
        ",",
        "so",
        "or",
    }:
        return None
    form = sentence.at(index + 2)
    base = base_of(form)
    if base is None or form in {"is", "are", "was", "were", "am"}:
        return None
    return grammar.fix(
        sentence, index + 2, index + 2, base, KIND, "After “do” or “did” comes the base form.", text=text
    )


def _perfect(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Have went, has never see."""
    if sentence.at(index) not in words.HAVE | {"having"} or (
        sentence.at(index - 1) in {"to", "will"} and sentence.at(index) != "have"
    ):
        return None
    at = index + 1
    adverb = False
    if sentence.at(at) in words.SUBJECTS | {"you"} and (index == 0 or not grammar.is_subject(sentence, index - 1)):
        at += 1
    while sentence.at(at) in _PERFECT_ADVERBS:
        adverb, at = True, at + 1
    word = sentence.at(at)
    if sentence.at(index) == "had" and sentence.at(index - 2) in _OWNED:
        return None  # "the food he had came cold"
    if word in verbs.bare_pasts() and word not in {"saw", "rose", "lay", "bore"} | ({"fell"} if not adverb else set()):
        base = verbs.bare_pasts()[word]
    elif word in {"saw"} and (
        adverb
        or sentence.at(index) in {"i've", "we've", "they've", "you've"}
        or sentence.at(index - 1) in words.SUBJECTS
    ):
        base = "see"
    elif word in {"go", "be", "eat", "see", "speak", "know", "forget", "meet", "write", "give"} and (
        adverb or word in {"go", "be", "eat", "see", "speak"}
    ):
        base = word
    else:
        return None
    if verbs.participle(base) == word:
        return None
    return grammar.fix(
        sentence, at, at, verbs.participle(base), KIND, "After “have” comes the past participle.", text=text
    )


def _be(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I am go, he is want, it was happened."""
    verb, word = sentence.at(index), sentence.at(index + 1)
    if verb not in words.BE and verb not in _BE_WITH_PLURAL_OR_I:
        return None
    if word in _NO_PASSIVE and verb in words.BE:
        return grammar.fix(sentence, index, index + 1, word, KIND, f"“{word}” stands without “be” here.", text=text)
    if not _pronoun_before(sentence, index):
        return None
    if word in infinitives.CLEAR_PASTS:
        if verb in _BE_WITH_PLURAL_OR_I:
            return _ing_after_be(sentence, index, verbs.bare_pasts()[word], text)
        return grammar.fix(sentence, index, index + 1, word, KIND, "A past form stands without “be”.", text=text)
    if word in {"know", "want", "believe", "understand", "think"} and verb in words.BE:
        return _no_be(sentence, index, text)
    if word in _DOING or (word in {"play", "work", "study"} and _is_verb_after_be(sentence, index)):
        if sentence.at(index + 2) == "by":
            return None  # the passive: "is generate by"
        return _ing_after_be(sentence, index, word, text)
    return None


def _no_be(sentence: Sentence, index: int, text: str) -> Correction:
    """He is want: the verb itself takes the person and the tense."""
    verb, word = sentence.at(index), sentence.at(index + 1)
    right = verbs.third(word) if sentence.at(index - 1) in words.THIRD else word
    right = verbs.past(word) if verb in {"was", "were"} else right
    message = f"“{word}” is a verb of its own and takes no “be”."
    return grammar.fix(sentence, index, index + 1, right, KIND, message, text=text)


def _ing_after_be(sentence: Sentence, index: int, base: str, text: str) -> Correction:
    right = verbs.ing(base)
    return grammar.fix(sentence, index + 1, index + 1, right, KIND, "After “be” comes the -ing form.", text=text)


def _is_verb_after_be(sentence: Sentence, index: int) -> bool:
    """Not "They are work clothes." and not "It is play.": these bases are nouns too."""
    return sentence.at(index) in {"i'm", "am", "are", "were", "was"} and grammar.ends_noun(sentence, index + 2)


def _busy(sentence: Sentence, index: int, text: str) -> Correction | None:
    """I am sleep, we are start."""
    if sentence.at(index) not in {"am", "are", "i'm", "we're", "they're"} or sentence.at(index + 1) not in _BUSY:
        return None
    job = sentence.at(index + 1) in nouns.PERSONS and sentence.at(index + 2) in _AFTER_JOB
    if (
        not _pronoun_before(sentence, index)
        or job
        or (sentence.at(index + 1) in nouns.PERSONS and sentence.is_end(index + 2))
    ):
        return None  # “I am cook” names a job
    right = verbs.ing(sentence.at(index + 1))
    return grammar.fix(sentence, index + 1, index + 1, right, KIND, "After “be” comes the -ing form.", text=text)


def _pronoun_before(sentence: Sentence, index: int) -> bool:
    if "'" in sentence.at(index):
        return True
    return sentence.at(index - 1) in words.SUBJECTS | {"you"} and grammar.is_subject(sentence, index - 1)
