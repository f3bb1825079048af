"""What a module has beside what the checker proves: a place in the syllabus, people to hear, words that can be said."""

from collections import Counter
from pathlib import Path

import pytest

from api.english.catalog import drills, frame, load, schema, texts
from speech.pronunciation.lexicon.dictionary import Dictionary

MODULES = load.catalog().modules
SYLLABUS = (Path(__file__).parents[3] / "docs" / "content.md").read_text().partition("## The syllabus")[2]


def said(shown: frame.Strict) -> list[str]:
    """What the learner says word for word."""
    if isinstance(shown, schema.RepeatVariant | schema.ReadAloudVariant | drills.SayPairsVariant):
        return [shown.text]
    return []


def modelled(shown: frame.Strict) -> list[str]:
    """What a good learner could say."""
    if isinstance(shown, schema.AnswerAloudVariant):
        return [shown.model]
    return [turn.model for turn in shown.turns] if isinstance(shown, schema.RolePlayVariant) else []


def test_every_level_has_eight_modules_in_an_order() -> None:
    assert Counter(module.level for module in MODULES) == dict.fromkeys(frame.LEVELS, 8)
    for level in frame.LEVELS:
        assert [module.order for module in MODULES if module.level == level] == list(range(1, 9))


def test_the_syllabus_names_every_module_in_its_place() -> None:
    rows = [line.split("|")[1].strip() for line in SYLLABUS.splitlines() if line.startswith("| ")]
    titles = [row for row in rows if row not in {"module", "---"} and not row.startswith("**")]
    assert titles == [module.title for module in MODULES]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.id)
def test_every_module_lets_several_people_be_heard(module: schema.Module) -> None:
    scripts = [
        script
        for task in module.tasks
        if task.skill == "listening"
        for shown in task.variants
        if (script := getattr(shown, "script", None))
    ]
    people = {line.split(": ")[0] for script in scripts for line in script.splitlines() if ": " in line}
    assert len(people) >= 2


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.id)
def test_what_is_to_be_said_is_in_the_pronunciation_dictionary(module: schema.Module) -> None:
    dictionary = Dictionary()
    names = {part.lower() for name in module.names for part in texts.words(name)}
    for task in module.tasks:
        for shown in task.variants:
            for text in [*said(shown), *modelled(shown)]:
                spoken = {part for word in texts.words(text) for part in word.lower().replace("é", "e").split("-")}
                stems = {word: word.removesuffix("'s") for word in spoken if not any(map(str.isdigit, word))}
                assert not [w for w, stem in stems.items() if not dictionary.find(w) and stem not in names], text
