"""Short questions about one word: its opposite, a near word, its spelling, an example, whether it exists."""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Callable

from language.lexicon import explained
from language.lexicon.listed import listed
from language.tutor import glossary, sounds, synonyms
from language.tutor.turns import ChatTurn

_PAIRS = """
    expensive cheap, big small, large small, good bad, happy sad, hot cold, warm cool, old new, young old, long short,
    tall short, high low, fast slow, quick slow, easy difficult, hard easy, rich poor, strong weak, heavy light,
    light dark, full empty, open closed, early late, clean dirty, noisy quiet, loud quiet, safe dangerous, right wrong,
    true false, near far, wide narrow, thick thin, dry wet, beautiful ugly, polite rude, kind unkind, brave cowardly,
    generous mean, lazy hard-working, interesting boring, simple complicated, modern old-fashioned, deep shallow,
    soft hard, sweet bitter, alive dead, awake asleep, same different, first last, always never, before after,
    inside outside, up down, left right, buy sell, give take, love hate, begin end, start finish, win lose,
    remember forget, arrive leave, push pull, laugh cry, ask answer, increase decrease, accept refuse, agree disagree,
    success failure, friend enemy, day night, question answer, advantage disadvantage, possible impossible,
    patient impatient, honest dishonest, confident shy, optimistic pessimistic, ancient modern, borrow lend
"""
_OPPOSITES = {first: second for first, second in (pair.split() for pair in _PAIRS.split(","))}
_BACK = {second: first for first, second in reversed(_OPPOSITES.items())}
_Q = "[\"'“”‘’]"
_WORD = rf"(?:the word )?{_Q}?([a-z][a-z-]*){_Q}?"
_END = r"\s*(?:in (?:english|a sentence)|please)?\W*$"
_LAST = listed("it that this one word them")
_EXPLAINED = re.compile(r"“([A-Za-z][a-z' -]*)” (?:means|is an? |is about|is spelt|in my dictionary)")


def answer(text: str, history: list[ChatTurn]) -> str | None:
    """The answer to a question about a word; None when the message asks none. “It” is the word explained last."""
    if len(text) > 120:
        return None
    for pattern, reply in _ROWS:
        if (match := pattern.search(text)) is not None:
            named = next((group.lower() for group in match.groups() if group), "it")
            quoted = re.search(r"[\"“‘]([A-Za-z][a-z -]+)[\"”’]", text) if named in _LAST else None
            word = quoted.group(1).lower() if quoted else _explained_last(history) if named in _LAST else named
            return reply(word) if word else "Which word do you mean? Write it for me, please."
    return None


def _explained_last(history: list[ChatTurn]) -> str:
    answers = [turn.content for turn in history if turn.role == "assistant"]
    found = (match.group(1).lower() for one in reversed(answers) for match in _EXPLAINED.finditer(one))
    return next(found, "")


def _opposite(word: str) -> str:
    other = _OPPOSITES.get(word) or _BACK.get(word)
    entry = glossary.look_up(word)
    if other is None and entry is not None and entry.near.startswith("the opposite"):
        return f"“{word.capitalize()}”: {entry.near}."
    return f"The opposite of “{word}” is “{other}”." if other else f"I know no opposite of “{word}”."


def _near(word: str) -> str:
    return (
        synonyms.near(word)
        or f"I know no near word to “{word}”. Tell me the sentence, and we'll find another way to say it."
    )


def _spelt(word: str) -> str:
    return f"“{word.capitalize()}” is spelt {'-'.join(word.replace(' ', '')).upper()}."


def _spoken(word: str) -> str:
    return sounds.said(word)


def _example(word: str) -> str:
    entry, found = glossary.look_up(word), explained.look_up(word)
    example = entry.example if entry else next((one.example for one in (found[1] if found else ()) if one.example), "")
    if not example:
        return f"I have no example with “{word}”. Try one yourself, and I'll check it."
    mark = "" if example.endswith((".", "!", "?")) else "."
    return f"Here is an example with “{word}”: “{example[:1].upper()}{example[1:]}{mark}”"


def _exists(word: str) -> str:
    known = glossary.look_up(word) or explained.look_up(word)
    if known:
        return f"Yes, “{word}” is a word."
    return f"“{word.capitalize()}” is not in my dictionary, so I would not use it."


_ROWS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = tuple(
    (re.compile(pattern, re.I), reply)
    for pattern, reply in (
        (rf"\b(?:opposite|antonym)s? (?:of|to|for) {_WORD}{_END}", _opposite),
        (rf"\b(?:synonyms?|(?:an)?other words?|near words?|similar words?) (?:of|to|for) {_WORD}{_END}", _near),
        (rf"\bhow (?:do|can|would) (?:you|i|we) (?:spell|write) {_WORD}{_END}|\bhow is {_WORD} spel(?:t|led){_END}|\bspell {_WORD}{_END}", _spelt),
        (rf"\bhow (?:do|can|would|should) (?:you|i|we) pronounce {_WORD}{_END}|\bhow is {_WORD} pronounced{_END}", _spoken),
        (rf"\b(?:another|an|one more) example(?: (?:of|with|for) {_WORD})?{_END}|\b(?:use|put) {_WORD} in(?:to)? a sentence\b|\bexample sentence (?:with|for) {_WORD}{_END}", _example),
        (rf"^\W*is {_WORD} (?:really )?an? (?:real |english |correct )*word{_END}", _exists),
    )
)  # fmt: skip
