"""What is wrong with a key, seen from the answers that it asks for: for the check of content."""

import re
from collections.abc import Iterator
from itertools import pairwise

from api.english.catalog import drills, frame, markup, schema
from api.english.tasks import answers, words

# Questions of a module from which on the lengths of its options can be told from chance, and the share of right
# options that may be the longest.
_ENOUGH = 6
_MOST_LONGEST = 2 / 3
_LIMIT = re.compile(r"\bwrite one(?: (?:or|to) (two|three))? words?\b", re.IGNORECASE)
_NUMBERS = {"one": 1, "two": 2, "three": 3}
# What may stand twice in right English.
_TWICE = frozenset({"had", "that"})


def faults(task: schema.Task, shown: frame.Strict) -> Iterator[str]:
    """One line for each fault of a variant."""
    for pattern in _patterns(shown):
        for wording in answers.expand(pattern):
            forms = [token.form for token in words.tokens(wording)]
            if any(one == other and one.isalpha() and one not in _TWICE for one, other in pairwise(forms)):
                yield f"accepts “{wording}”"
    if isinstance(shown, schema.GapVariant) and (limit := _LIMIT.search(task.prompt)):
        most = _NUMBERS[(limit[1] or "one").lower()]
        for gap in markup.gaps(shown.text):
            if len(gap.accept[0].split()) > most:
                yield f"“{gap.accept[0]}” has more words than the task asks for"


def _patterns(shown: frame.Strict) -> Iterator[str]:
    match shown:
        case schema.ShortVariant():
            for question in shown.questions:
                yield from question.accept
        case drills.InformationGapVariant():
            for turn in shown.turns:
                if isinstance(turn, drills.TellTurn):
                    yield from turn.accept


def longest(module: schema.Module) -> list[bool]:
    """For each question with options, whether the right one is longer than every wrong one."""
    return [
        all(len(question.right) > len(wrong) for wrong in question.wrong)
        for task in module.tasks
        for shown in task.variants
        if isinstance(shown, schema.ChoiceVariant)
        for question in shown.questions
    ]


def stands_out(module: schema.Module) -> Iterator[str]:
    """Whether a learner gets through the module by taking the longest option."""
    found = longest(module)
    if len(found) >= _ENOUGH and sum(found) > _MOST_LONGEST * len(found):
        yield f"the right option is the longest in {sum(found)} of {len(found)} questions"
