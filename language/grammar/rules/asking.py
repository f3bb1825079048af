"""The order of questions: How much does it cost? How many hours would I work? Is it possible?"""

from language.correction import Correction
from language.document import Sentence
from language.grammar.rules import grammar
from language.lexicon import nouns, verbs, words
from language.lexicon.listed import listed

KIND = "word_order"
_HOW = listed("much many long often far old fast soon early late")
_THINGS = listed("what which many much")
_SMALL = listed("and but so ok okay please sorry then excuse me at for with from to in on about until since")
_SUBJECTS = words.SUBJECTS | {"you", "it", "this", "that"}
_MOST, _FARTHEST = 13, 3
_OTHERS = words.BE | words.MODALS | words.DO | words.DO_NOT | listed("has had what who which that if because")
_SOME = listed("any some many free good cheap nice other more")
_NEAR = listed("near here there today tomorrow now left close")
_NO_THING = listed("have need dare ought let make help see hear keep happen")
_COSTS = listed("cost costs")


def question(sentence: Sentence, index: int, text: str) -> Correction | None:
    """How much it costs? What time the train leaves? How many hours I would work?"""
    if index != 0 or "?" not in sentence.at(len(sentence) - 1) or len(sentence) > _MOST:
        return None
    if text[: sentence[0].start].rstrip().endswith(("…", "...")):
        return None  # “What … when you came?” has a gap, and its end is no question
    at = next((at for at in range(len(sentence)) if sentence.at(at) not in _SMALL and sentence[at].is_word), 0)
    asks = sentence.at(at)
    at += 1
    if "," in sentence.lower[at:]:
        return None  # "When I was young, where did we live?"
    if (asks == "how" and sentence.at(at) in _HOW) or (asks == "what" and sentence.at(at) == "time"):
        at += 1
    elif asks not in {"what", "which", "where", "when", "why", "how"} or (asks in {"what", "which"} and at < 1):
        return None
    plain = at == 1 or sentence.at(at - 1) == asks
    subject = _subject(sentence, at, asks, things=sentence.at(at - 1) in _THINGS)
    if subject is None:
        return None
    first, last = subject
    right = _asked(sentence, first, last, text)
    if right is None or (plain and sentence.at(last + 1) not in verbs.pasts()):
        return None  # "Where you live?" is found by another rule
    return _fix(sentence, first, last + 1, right, text)


def there(sentence: Sentence, index: int, text: str) -> Correction | None:
    """Is there any shops near here? Was there many people?"""
    if index != 0 or "?" not in sentence.at(len(sentence) - 1) or "," in sentence.lower:
        return None
    at = next((at for at in range(len(sentence)) if sentence.at(at) not in _SMALL and sentence[at].is_word), 0)
    if sentence.at(at) not in {"is", "was"} or sentence.at(at + 1) != "there":
        return None
    noun = at + 2
    while sentence.at(noun) in _SOME and noun < at + 4:
        noun += 1
    many = sentence.at(noun) in nouns.plurals() or sentence.at(noun) in {"people", "nuts", "children"}
    if not many or not (sentence.is_end(noun + 1) or sentence.at(noun + 1) in words.PREPOSITIONS | _NEAR):
        return None
    right = {"is": "are", "was": "were"}[sentence.at(at)]
    message = f"More than one thing takes “{right} there”."
    return grammar.fix(sentence, at, at, right, "agreement", message, text=text)


def _subject(sentence: Sentence, at: int, asks: str, *, things: bool) -> tuple[int, int] | None:
    """Where the subject of the question begins and ends, after the things that are asked for."""
    for first in range(at, at + (_FARTHEST if things else 1)):
        word = sentence.at(first)
        if word in _SUBJECTS:
            return first, first
        if word in {"the", "my", "your", "this"} and asks != "which" and sentence.at(first + 1).isalpha():
            return (first, first + 1) if first == at else None
        if not word.isalpha() or word in words.DETERMINERS | words.PREPOSITIONS | _OTHERS | _NO_THING:
            return None
        if word in verbs.thirds() or word in verbs.pasts() or word in verbs.bare_pasts():
            return None  # “What makes you think so?”
    return None


def _asked(sentence: Sentence, first: int, last: int, text: str) -> str | None:
    """The subject and the verb in the order of a question; None when they are not in the order of a statement."""
    subject, verb = text[sentence[first].start : sentence[last].end], sentence.at(last + 1)
    if any(one in _OTHERS or one in verbs.bare_pasts() for one in sentence.lower[last + 2 :]):
        return None
    single = first != last or sentence.at(first) in words.THIRD | {"this", "that"}
    if verb in words.BE | words.MODALS:
        return f"{verb} {subject}" if first == last else None
    if single and verb in verbs.thirds():
        return f"does {subject} {verbs.thirds()[verb]}"
    if not single and verb in verbs.PLAIN_VERBS | {"need", "have", "like", "want", "work", "study", "live", "cost"}:
        return f"do {subject} {verb}"
    return f"did {subject} {verbs.pasts()[verb]}" if verb in verbs.pasts() and first == last else None


def _fix(sentence: Sentence, first: int, last: int, right: str, text: str) -> Correction:
    """The correction; “How much it costs the room?” is about the room."""
    thing = sentence.at(last) in _COSTS and sentence.at(last + 1) in words.DETERMINERS and sentence.at(first) == "it"
    if thing and sentence.is_end(last + 3):
        noun = text[sentence[last + 1].start : sentence[last + 2].end]
        right, last = f"does {noun} cost", last + 2
    helper = right.split()[0]
    message = (
        f"A question needs “{helper}”." if helper in words.DO else "In a question the verb comes before the subject."
    )
    return grammar.fix(sentence, first, last, right, KIND, message, text=text)
