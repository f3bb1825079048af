"""“Is X right?”, “Which of the two is right?”, “But X isn't wrong!”: the grammar check looks, and the tutor says what it finds."""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Sequence
from itertools import pairwise

from language import sequences, tokens
from language.correction import Correction
from language.lexicon import nouns
from language.tagging import lemmas
from language.tutor import contrasts, corrections, points, turns, vocabulary

_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{1,160})[\"”»]|(?<!\w)['‘]([^‘’]{1,160}?)['’](?!\w)")
_WORTH = r"(?:correct|right|wrong|false|incorrect|okay|ok|good english|proper english|possible|allowed|better|a mistake|an? error|grammatical)"
_ASKS = re.compile(
    rf"\b(?:is|are|was|isn['’]?t|aren['’]?t)\b[^.!?]*\b{_WORTH}\b[^.!]*\?|\b{_WORTH},? or (?:not|{_WORTH})\b|\b(?:is|was) (?:it|that|this) (?:really |also )?{_WORTH}\b"
    rf"|\b(?:can|could|may|should|must|do|would) (?:i|you|we|one|people) (?:have to |also |really |ever )?(?:say|write|use)\b|\bwhich\b[^?]*\b{_WORTH}\b|\bwhat is {_WORTH}\b|\b{_WORTH} (?:word|sentence|english),? (?:isn['’]t it|no|right|or)\b|\bwhy is\b[^?]*\b{_WORTH}\b|\bwhat(?:['’]s| is) wrong (?:with|in|about)\b",
    re.I,
)
_WHICH = re.compile(
    rf"\bwhich\b[^?]*\b{_WORTH}\b|\bwhat is (?:right|correct|better)\b|\b(?:do|should|must|can|would) (?:i|you|we|one) (?:have to |better )?(?:say|write|use)\b|\bis it (?:better|right|correct)? ?(?:to (?:say|write))?\b|\bfor example\b",
    re.I,
)
_OR = re.compile(r"[:,]\s*([^:,?]{3,80}?),? or (?:is it |do i say |do you say |rather )?([^:,?]{3,80}?)\s*\?", re.I)
_SAID_OR = re.compile(
    r"\b(?:say|write|use|it|better) (?!or\b)([\w'’]+(?: [\w'’]+){0,6}?) or (?!not\b)([\w'’]+(?: [\w'’]+){0,6}?)\W*$",
    re.I,
)
_THAT = re.compile(
    rf"^\W*(?:and |so |but |please |ok(?:ay)?\W+|yes\W+)?(?:is|was|isn['’]?t) (?:that|this|it|my sentence|the sentence|what i said)(?: sentence| english)? (?:really )?{_WORTH}\b(?! (?:to (?!say|write|use)|if|for|that i|when)\b)",
    re.I,
)
_SAID_IT = re.compile(r"^\W*(?:but |and |so )?i (?:said|wrote|say|told you)(?: that| before)?[:,]?\s+", re.I)
_CONTESTS = re.compile(
    r"\b(?:your|the|this|that) (?:corrections?|rule|explanation|definitions?) (?:is|was|are|were|seems?)(?: really| completely)? (?:not (?:correct|right|true)|false|wrong|incorrect|strange|bad)\b|\bnot (?:a|an) (?:mistake|error)\b|\b(?:there is|there['’]s|there was|i see|i made) no (?:mistakes?|errors?)\b"
    r"|\b(?:was|is|were|it['’]s|that['’]s|are) (?:not|n['’]t) (?:wrong|false|incorrect)\b|\b(?:isn|wasn)['’]?t (?:wrong|false|incorrect)\b|\bbut\b[^.?!]*\b(?:is|was|are)\b[^.?!]*\b(?:wrong|correct|right|false)\b|\bare you (?:really )?sure\b|\byou (?:are|were|['’]re) wrong\b|\bi (?:don['’]t|do not) (?:agree with|believe|accept) (?:your|the|this|that) (?:correction|rule)\b|\bmy (?:sentence|english) (?:was|is) (?:right|correct)\b",
    re.I,
)
_CORRECTED = re.compile(
    r"(?:We say|Say) “[^”]+”, not “([^”]+)”|(?:A correct way to say it|not yet perfect): “([^”]+)”|(Not quite\. Say: “[^”]+”)"
)
_SURE = re.compile(r"\bare you (?:really )?sure\b", re.I)
_DEFINED = re.compile(r"\b(?:definitions?|explanations?)\b", re.I)
_SORRY = "You're right, and I'm sorry: I find no mistake in “{}”. I take my correction back."
_AGAIN = "I looked again. My rule still says: “{}” {} But rules can be wrong, and you know what you wanted to say."
_FRAMES = ("{}", "{}.", "I {}.", "I am {}.", "I have {}.", "It is {}.", "There are {}.", "I will {} today.")
_SELF = re.compile(
    r"\b(relax|concentrate|hurry(?: up)?|remember|wake up|get up|complain|apologi[sz]e|meet|move|rest|feel|worry) (me|myself|us|ourselves|himself|herself|themselves)\b",
    re.I,
)
_WHY = re.compile(
    r"\bwhy (?:is it|is|do (?:i|you|we|they|people|the english) (?:say|use|write)|does one say|must i say|should i say|can i say)[: ]+[\"“'‘]?(.{2,50}?)[\"”'’]?,? (?:and|but)? ?(?:not|instead of|rather than) [\"“'‘]?(.{2,50}?)[\"”'’]?\s*\?",
    re.I,
)
_CHECK = re.compile(
    r"\b(?:check|correct|look at)(?: me| for me| please)? (?:it|that|this|them|my (?:last |first )?sentences?|the sentences?|what i (?:said|wrote))\b(?! (?:with|in|on|for)\b)|\b(?:is|was|are|were) (?:it|that|this|they|my sentences?|the sentences?) (?:good|correct|right|ok|okay|all right)\W*$",
    re.I,
)
_NO_SENTENCE = re.compile(r"\b(?:you|check|correct|sentences?|promised|thank|thanks)\b", re.I)
_MOST, _SHORT, _PAIR, _SEEN = 30, 4, 2, 15


def quotes(text: str) -> list[str]:
    """What stands in quotation marks."""
    return [(match.group(1) or match.group(2)).strip() for match in _QUOTED.finditer(text)]


def contested(text: str, history: Sequence[turns.ChatTurn]) -> str | None:
    """What the tutor says when a correction is contested: looked at again, and taken back if the check finds nothing."""
    if _CONTESTS.search(text) is None or len(quotes(text)) >= _PAIR:
        return None
    if _DEFINED.search(text):
        return "You may be right: my explanation was short. Write a sentence with each of the two words, and I'll look at them."
    before = [one.content for one in history if one.role == "assistant"]
    if _SURE.search(text) and before and "“" in before[-1] and _CORRECTED.search(before[-1]) is None:
        return "As far as my tables go, yes. But I'm a program, and I can be wrong."
    looked = before[-1:] if _SURE.search(text) else before[-4:]
    last = next((match for one in reversed(looked) for match in _CORRECTED.finditer(one)), None)
    named = next(iter(quotes(text)), "")
    if last is None or (
        named and not any(set(tokens.words(named)) & set(tokens.words(group)) for group in last.groups() if group)
    ):
        return None
    told = [one.content for one in history if one.role == "user"][:-1]
    if not told:  # the history begins with the correction
        return None
    fragment = named or last.group(1) or next(iter(quotes(told[-1])), told[-1])
    whole = _whole(fragment, told)
    found = corrections.find(whole)
    if not found:
        return _SORRY.format(fragment)
    if named and whole != fragment and not corrections.find(fragment):
        return f"“{named}” alone is right. But here say: “{corrections.closed(corrections.corrected(whole))}” {found[0].message}"
    reasons = " ".join(dict.fromkeys(one.message for one in found))
    return _AGAIN.format(corrections.closed(corrections.corrected(whole)), reasons)


def _whole(fragment: str, said: Sequence[str]) -> str:
    """The learner's sentence that the fragment is of; the fragment itself when there is none."""
    for text in reversed(said):
        for one in turns.sentences(text):
            if fragment.lower().strip(" .?!") in one.lower() and not re.search(r"[\"“”]|\bwrong\b|\bcorrect\b", one):
                return one.strip()
    return fragment


def answer(text: str, said: Sequence[str]) -> str | None:
    """The verdict that a message asks for; None when it asks for none. `said` are the learner's messages before."""
    if len(text) > 400:
        return None
    named = quotes(text)
    if _CHECK.search(text) and len(named) < _PAIR and (sentence := _meant(text, named, said)):
        return _of_one(sentence, said)
    if len(named) < _PAIR and re.match(r"\W*(?:and |so |but )?how\b", text, re.I):
        return None
    if _ASKS.search(text) is None and not (len(named) == 2 and re.search(r"[\"”'’]\s*or\s*[\"“'‘]", text)):
        return None
    if (pair := _pair(text, named, said)) is not None:
        return _choice(*pair)
    if re.search(r"\bbetween\b", text, re.I):
        return None
    if len(named) == 1 and len(named[0].split()) <= _MOST:
        return _of_one(named[0], said)
    if _THAT.search(turns.sentences(text)[-1]) and not named and ":" not in text:
        before = "".join(turns.sentences(text)[:-1]).strip() or (said[-1] if said else "")
        return _of_one(_SAID_IT.sub("", before), said) if before else None
    return None


def _meant(text: str, named: list[str], said: Sequence[str]) -> str:
    """The sentence that is to be checked: quoted, said before in the message, or the last one of those before."""
    if named:
        return named[0]
    for one in (text, *reversed(said)):
        if one is not text and (quoted := quotes(one)):
            return quoted[-1]
        plain = [part.strip() for part in turns.sentences(one) if "?" not in part and not _NO_SENTENCE.search(part)]
        told = [part for part in plain if len(part.split()) > _PAIR]
        if told:
            return " ".join(told)
    return ""


def _pair(text: str, named: list[str], said: Sequence[str]) -> tuple[str, str] | None:
    """The two that the learner asks to choose from."""
    if len(named) == 2 and re.search(r"\bor\b|\bwhich\b|\bwhat is (?:right|correct|better)\b", text, re.I):
        return (named[0], named[1])
    if named or _WHICH.search(text) is None:
        return None
    if (match := _OR.search(text) or _SAID_OR.search(text)) is not None and " " in match.group(1) + match.group(2):
        return match.group(1).strip(), match.group(2).strip()
    sentences = [one.strip() for one in turns.sentences(text)]
    if len(sentences) > 2 and re.match(r"\W*which (?:one|of them|sentence)?\b", sentences[-1], re.I):
        return sentences[-3], sentences[-2]
    earlier = quotes(said[-1]) if said else []
    asks = any(re.match(r"\W*(?:but |so |and )?which (?:one|of them|sentence|is)?\b", one, re.I) for one in sentences)
    if asks and len(earlier) == _PAIR:
        return earlier[0], earlier[1]
    return None


def _choice(first: str, second: str) -> str:
    """Which of the two is right, or how they differ."""
    first, second = _completed(first, second), _completed(second, first)
    wrong = [_errors(one) for one in (first, second)]
    if bool(wrong[0]) != bool(wrong[1]):
        right, bad = (second, wrong[0]) if wrong[0] else (first, wrong[1])
        why = bad[0].message
        if why.startswith("Did you mean") and " " not in right:
            why = f"It is spelt {'-'.join(right).upper()}."
        return f"“{right[:1].upper()}{right[1:]}” is right. {why}"
    if wrong[0]:
        return f"Neither is quite right. Say: “{corrections.closed(_upper(corrections.corrected(first)))}” {wrong[0][0].message}"
    if (told := _contrast(first, second)) is not None:
        return f"Both can be right, but they are different. {told}"
    if (likelier := _likelier(first, second)) is not None:
        return f"“{_upper(likelier)}” is what people usually say, so take that one."
    return f"I'm not sure: my rules find no mistake in “{_upper(first)}” or “{second}”, but they don't know every mistake. What do you want to say?"


def _likelier(first: str, second: str) -> str | None:
    """The one whose words stand together in books and on the web, when those of the other do not."""
    one, other = _rarest(first), _rarest(second)
    if one >= _SEEN and not other:
        return first
    return second if other >= _SEEN and not one else None


def _rarest(text: str) -> float:
    """How often the pair of words was seen that was seen least."""
    said = tokens.words(text.lower())
    return min((sequences.often(f"{left} {right}") for left, right in pairwise(said)), default=0.0)


def _contrast(first: str, second: str) -> str | None:
    """How the words differ that only one of the two has."""
    one, other = tokens.words(first.lower()), tokens.words(second.lower())
    for here in (word for word in one if word not in other):
        for there in (word for word in other if word not in one):
            for left, right in ((here, there), (_lemma(here), _lemma(there))):
                if (told := contrasts.DIFFERENCES.get(frozenset((left, right)))) is not None:
                    return told
    return None


def _lemma(word: str) -> str:
    return next((made for tag in ("VBD", "VBZ", "VBG", "NNS") if (made := lemmas.lemma(word, tag)) != word), word)


def _completed(short: str, other: str) -> str:
    """“by Friday” beside “I need it until Friday” is “I need it by Friday”."""
    here, there = short.split(), other.split()
    if len(here) >= len(there) or here[0].lower() == there[0].lower():
        return short
    common = 0
    while common < len(here) and here[-1 - common].lower() == there[-1 - common].lower():
        common += 1
    return " ".join([*there[: len(there) - len(here)], *here]) if common else short


def why(text: str) -> str | None:
    """“Why is it X and not Y?”: the rule that Y breaks; None when the message asks no such thing."""
    match = _WHY.search(text)
    if match is None or len(text) > 160:
        return None
    right, wrong = (group.strip(" \"“”'‘’,") for group in match.groups())
    for tried in (wrong, _completed(wrong, right)):
        if (found := _errors(tried)) and not corrections.find(right):
            return f"Say “{right}”: {found[0].message}"
    told = vocabulary.told_apart(right, wrong) or _contrast(right, wrong) or points.answer(text)
    return told or f"There is no good reason: English says “{right}”, and one learns it as one piece."


def _errors(text: str) -> tuple[Correction, ...]:
    """What is wrong with a sentence, or with a part of one in every sentence that it is tried in."""
    whole = corrections.find(text)
    if whole or len(text.split()) > _SHORT or text[:1].isupper():
        return whole
    found = [corrections.find(frame.format(text)) for frame in _FRAMES[2:]]
    return found[0] if all(found) else ()


def _of_one(text: str, said: Sequence[str]) -> str:
    plain = text.strip(" .?!")
    if (match := _SELF.search(plain)) is not None:
        return f"No: “{match.group(1)}” takes no “{match.group(2)}”. Say only “{match.group(1)}”."
    if " " not in plain and (told := _of_word(plain.lower())) is not None:
        return told
    if not corrections.find(text) and len(plain.split()) <= _SHORT:
        whole = _whole(plain, said)
        if whole != plain and (found := corrections.find(whole)):
            near = [one for one in found if set(tokens.words(one.original)) & set(tokens.words(plain))]
            if near:
                return f"Not quite. Say: “{corrections.closed(corrections.corrected(whole))}” {near[0].message}"
        framed = next((frame.format(plain) for frame in _FRAMES if corrections.find(frame.format(plain))), "")
        wrong = sum(bool(corrections.find(frame.format(plain))) for frame in _FRAMES)
        if framed and wrong >= 3:
            return f"Not quite. Say: “{corrections.closed(corrections.corrected(framed))}” {corrections.find(framed)[0].message}"
    return corrections.verdict(text)


def _of_word(word: str) -> str | None:
    """A plural of what can't be counted is wrong by itself."""
    single = word.removesuffix("s")
    if word.endswith("s") and single in nouns.UNCOUNTABLE:
        return f"No: “{single}” can't be counted, so it has no plural. Say “some {single}”."
    return None


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:] if len(text.split()) > _SHORT else text
