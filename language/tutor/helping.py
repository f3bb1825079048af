"""Help with English that a message asks for: a verdict, a difference, a word, a phrase, examples, a list, the line again.

It is given wherever the learner asks: in talk and in a scene. What the tutor can't do it says, with something to do instead.
"""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Sequence

from language.lexicon import explained
from language.tutor import (
    families,
    glossary,
    intents,
    phrases,
    phrasing,
    points,
    remarks,
    reverse,
    sounds,
    speechacts,
    synonyms,
    turns,
    usage,
    verdicts,
    vocabulary,
    wordlists,
)
from language.tutor.turns import ChatTurn

_Q = "[\"'“”‘’«»]?"
_TERM = rf"{_Q}(?:the (?:words? |verbs? )?)?([a-z][a-z'’-]*(?: [a-z][a-z'’-]*){{0,2}}?){_Q}"
_STOP = r"(?=\s*(?:[.,;:?!]|$|for example|in english|please|in (?:this|that|my)))"
_DIFFERENCE = (
    re.compile(rf"\bdifferen\w+\b(?: is| there)*(?: between| of| in)? {_TERM} (?:and|or|from) {_TERM}{_STOP}", re.I),
    re.compile(
        rf"\bwhen (?:do|does|should|must|can|to)(?: (?:i|we|you|one))? (?:use|say|have to use|write) {_TERM},? (?:and|or|instead of|rather than) (?:when(?: (?:do|should) (?:i|we|you) (?:use|say))? )?{_TERM}{_STOP}",
        re.I,
    ),
    re.compile(rf"^\W*(?:(?:and|or|what about|how about|the difference)\W+)*between {_TERM} and {_TERM}{_STOP}", re.I),
)
_TOO_WIDE = re.compile(r"^(?:it|them|this|that|these|those|the two|me|you|us|here|my|your)\b", re.I)
_SAY = re.compile(
    r"\b(?:how (?:do|can|would|could) (?:you|i|we|one) (?:say|call)|how (?:is|are) (?:it |this |that )?called|how (?:i|you) (?:say|call)|what (?:do|would) (?:you|we|people) call|what(?:['’]s| is| was)?(?: again)? (?:the|an?) (?:english )?(?:(?:right )?word|name|expression|term) (?:for|of)|what(?:['’]s| is) (?:it |this |that )?called|i (?:don['’]?t|do not|can['’]?t) (?:know|remember|find) the (?:english )?(?:word|name)(?: (?:for|of)| in english)?|i (?:forgot|forget) the (?:word|name)(?: (?:for|of))?|the word for|the english word for)\b(.*)",
    re.I | re.S,
)
_KNOWN_PHRASE = re.compile(r"^\W*(?:sorry|thank|hello|goodbye|no|yes)\b|\bto (?:somebody|someone|him|her|my)\b", re.I)
_NAME_IS = re.compile(r"\b(?:my|your|his|her|their|the)\b.{0,20}\bname\b|\bname of (?:my|the|your|his|her)\b", re.I)
_DESCRIBE = "I don't know other languages, but I can find a word. Tell me what it is for, or what it looks like."
_UNKNOWN = (
    "I can't find that word. Say what one does with it, and where one finds it: “It is in the kitchen. I cut with it.”"
)
_REPEAT = re.compile(
    r"^\W*(?:(?:sorry|please|ok|okay|excuse me|and|but)\W+)*(?:(?:can|could|would|will) (?:you|u) (?:please )?)?(?:repeat|say)(?: (?:it|that|this|what you said|your (?:answer|question|sentence)))?(?: (?:again|please|once more|one more time|for me|slowly))*\W*(?:please)?\W*$|^\W*(?:pardon|what did you say|once more|one more time|again)(?:,? please)?\W*$",
    re.I,
)
_INTRODUCED = re.compile(r"^Hello! I'm Parley's built-in practice tutor\.?[^.]*\.(?: I work offline[^.]*\.)?\s*")
_EXAMPLES = re.compile(
    r"\b(?:give|tell|show|write|make|need|want|have|with)\b[^.?!]{0,30}\b(?:examples?|sentences?)\b(?: sentences?)? ?(?:of|with|for|in|about|using|on|where you use)? ?(.*)",
    re.I,
)
_MARKS = "'’ "
_DESCRIBED, _NAMED = 15, 3
_NAMED_WORD = re.compile(r"[\"“'‘][^\"“”'‘’]{2,30}[\"”'’]")
_COUNT = re.compile(r"\b(two|2|three|3|four|4|some|a few|more|several)\b", re.I)
_IN_POINT = re.compile(r"“([^”]{8,90})”")


def answer(history: Sequence[ChatTurn], band: str) -> str | None:
    """The help that the last message asks for; None when it asks for none of these."""
    text = history[-1].content
    said = [one.content for one in history[:-1] if one.role == "user"]
    before = [one.content for one in history if one.role == "assistant"]
    if len(text) > 500:
        return None
    if (taken_back := verdicts.contested(text, history)) is not None:
        return taken_back
    if (told := _of_words(text, band, said)) is not None:
        return told
    if (told := verdicts.answer(text, said)) is not None:
        return told
    if before and "“" in before[-1] and _REPEAT.search(text):
        return _repeated(before[-1])
    if (word := _word(text, before[-1] if before else "")) is not None:
        return word
    if (exampled := _examples(text)) is not None:
        return exampled
    listed = wordlists.task(text) or wordlists.answer(text, " ".join(said[-2:]))
    if listed and any(listed in one for one in before):
        return "Now you: make a sentence with two of these words."
    return listed or speechacts.answer(text)


def _of_words(text: str, band: str, said: Sequence[str]) -> str | None:
    """How a word sounds and is used, its family, other words for it; None when nothing of it is asked."""
    if (pair := _pair(text)) is not None and (paired := vocabulary.paired(*pair)):
        return paired
    if (formal := phrases.answer(text)) is not None:
        return formal
    told = (
        verdicts.why(text)
        or families.answer(text)
        or sounds.answer(text)
        or synonyms.answer(text)
        or usage.answer(text)
    )
    return told or difference(text, band) or _own_sentence(text, said)


def _own_sentence(text: str, said: Sequence[str]) -> str | None:
    """The learner's sentence put right; a situation that the tables of phrases or the dictionary know goes before."""
    told = phrasing.answer(text, said)
    known = told == phrasing.IN_OWN_WORDS and (speechacts.answer(text) or _found(text))
    return None if known else told


def _found(text: str) -> bool:
    match = _SAY.search(text)
    return match is not None and reverse.word_for(match.group(1)) is not None


def difference(text: str, band: str) -> str | None:
    """How the two differ that a message names; None when it asks no such thing."""
    return vocabulary.difference(*pair, band) if (pair := _pair(text)) is not None else None


def _pair(text: str) -> tuple[str, str] | None:
    """The two that a message asks to compare."""
    if (pair := usage.same(text)) is not None:
        return pair
    for pattern in _DIFFERENCE:
        for one in (text, *turns.sentences(text)):
            match = pattern.search(one)
            if match is not None and not _TOO_WIDE.match(match.group(1)) and not _TOO_WIDE.match(match.group(2)):
                return match.group(1).strip(_MARKS), match.group(2).strip(_MARKS)
    return None


def _repeated(line: str) -> str:
    """The tutor's last line once more, without its beginning."""
    plain = _INTRODUCED.sub("", line).strip()
    kept = plain if len(plain.split()) <= 40 else " ".join(one.strip() for one in turns.sentences(plain)[-2:])
    return f"Of course. {kept}" if not kept.startswith("Of course") else kept


def _word(text: str, last: str) -> str | None:
    """The word that the learner looks for, from its description."""
    described = _DESCRIBE in last or _UNKNOWN in last
    match = _SAY.search(text)
    described = described and "?" not in text and len(text.split()) <= _DESCRIBED
    if (match is None and not described) or _NAME_IS.search(text):
        return None
    if match is not None and (speechacts.answer(text) or points.answer(text) or _is_known(text)):
        return None
    rest = text if described and match is None else match.group(1) if match else ""
    if match is not None and len(rest.split()) < 3:
        rest = f"{text[: match.start()]} {rest}"
    found = reverse.word_for(_NAMED_WORD.sub(" ", rest)) or reverse.word_for(rest)
    if found is None and described:
        return None
    if found is None:
        return _UNKNOWN if len(rest.split()) > _NAMED else _DESCRIBE
    return f"I think you mean “{found}”. {_sentence(found)}".strip()


def _is_known(text: str) -> bool:
    """Whether a message asks what a word means that the dictionary has: “I don't know the word thrive.”"""
    intent = intents.classify(text)
    word = intent.argument
    return intent.kind == "meaning" and bool(glossary.look_up(word) or explained.look_up(word) or phrases.meaning(word))


def _sentence(word: str) -> str:
    entry, found = glossary.look_up(word), explained.look_up(word)
    example = (
        entry.example if entry else next((one.example for one in (found[1] if found else ()) if one.part == "n"), "")
    )
    if example:
        mark = "" if example.endswith((".", "!", "?")) else "."
        return f"For example: “{example[:1].upper()}{example[1:]}{mark}”"
    plain = word.split()[-1]
    several = plain.endswith("s") and not plain.endswith("ss")
    article = "" if several else "an " if word[0] in "aeiou" else "a "
    known = explained.look_up(plain)
    return f"Try it: “I need {article}{word}.”" if known and known[1][0].part == "n" else ""


def _examples(text: str) -> str | None:
    """Sentences with a word or a point of grammar."""
    match = _EXAMPLES.search(text)
    if match is None:
        return None
    about = re.sub(
        r"^(?:the|a|an|word|verb)\s+|[\"“”'‘’?.!]|,? please\b", "", match.group(1).strip(), flags=re.I
    ).strip()
    if not about:
        return None
    told = points.answer(f"explain {about}")
    found = [one for one in _IN_POINT.findall(told or "") if " " in one]
    if not found and len(about.split()) <= 3:
        entry, known = glossary.look_up(about), explained.look_up(about)
        found = [entry.example] if entry else []
        found += [one.example for one in (known[1] if known else ()) if one.example]
    most = 2 if _COUNT.search(match.group()) else 1
    if not found:
        return None
    several = [f"“{one[:1].upper()}{one[1:].rstrip('.?!')}{'?' if one.endswith('?') else '.'}”" for one in found[:most]]
    return f"Here {'are two' if len(several) > 1 else 'is one'}: {' '.join(several)} Now you: write one, and I'll check it."


def is_only_asked(text: str) -> bool:
    """Whether a message has nothing but its question, so that the tutor's own question still waits."""
    rest = [one for one in turns.sentences(text) if "?" not in one and len(one.split()) > 2]
    return not rest


def waits(history: Sequence[ChatTurn]) -> str | None:
    """The tutor's question of just before, if it was not asked again already."""
    last = next((one.content for one in reversed(history) if one.role == "assistant"), "")
    if "Back to my question" in last or "My question was" in last:
        return None
    return remarks.last_question([ChatTurn("assistant", last)])
