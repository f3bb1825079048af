"""The shipped modules are sound, and the checker sees what is not."""

from pathlib import Path

import orjson
import pytest

from api.english import content_check
from api.english.catalog import frame, load
from language import levels as lexicon

ONE = orjson.loads((load.CONTENT / "a1-meeting-people.json").read_bytes())


def faults(tmp_path: Path, **changes: object) -> list[str]:
    (tmp_path / "one.json").write_bytes(orjson.dumps(ONE | changes))
    return content_check.faults(load.read(tmp_path))


def changed(task: int, variant: int, **changes: object) -> list[object]:
    tasks = orjson.loads(orjson.dumps(ONE["tasks"]))
    tasks[task]["variants"][variant].update(changes)
    return list(tasks)


def test_the_shipped_modules_have_no_faults() -> None:
    assert content_check.faults(load.catalog()) == []


def test_the_right_option_does_not_stand_out_by_its_length() -> None:
    assert content_check.bias(load.catalog()) < 0.5


def test_a_copy_passes(tmp_path: Path) -> None:
    assert faults(tmp_path) == []


def test_a_module_is_too_hard_for_the_level_below() -> None:
    for module in load.catalog().modules:
        if module.level != "A1":
            below = frame.LEVELS[frame.LEVELS.index(module.level) - 1]
            lowered = module.model_copy(update={"level": below, "vocabulary": []})
            assert list(content_check.too_hard(lowered)), module.id


def test_faults_are_named(tmp_path: Path) -> None:
    question = {
        "ask": "Where does Ana live now?",
        "right": "In London",
        "wrong": ["in london", "In Brazil"],
        "why": "It says so.",
    }
    assert any("two options" in f for f in faults(tmp_path, tasks=changed(0, 0, questions=[question])))
    assert any("unknown module" in f for f in faults(tmp_path, requires=["nowhere"]))
    assert any(
        "the check corrects" in f and "lives" in f
        for f in faults(
            tmp_path, tasks=changed(0, 0, passage="Ana is from Brazil. She live in London with her family.")
        )
    )
    assert any("needs a script" in f for f in faults(tmp_path, tasks=changed(2, 0, script=None)))
    assert any("misses the point" in f for f in faults(tmp_path, tasks=changed(5, 0, model="No.")))
    assert any(
        "same content" in f for f in faults(tmp_path, tasks=changed(3, 0, text=ONE["tasks"][3]["variants"][1]["text"]))
    )
    hard = "Notwithstanding bureaucratic obfuscation, the jurisprudential ramifications remain indeterminate. " * 8
    assert any("above A1" in f for f in faults(tmp_path, tasks=changed(0, 0, passage=hard)))


@pytest.mark.parametrize(
    "change", [{"tasks": ONE["tasks"][:7]}, {"level": "D1"}, {"surprise": 1}, {"id": "Bad Id"}, {"objectives": []}]
)
def test_a_file_of_the_wrong_shape_is_refused_with_its_name(tmp_path: Path, change: dict[str, object]) -> None:
    (tmp_path / "one.json").write_bytes(orjson.dumps(ONE | change))
    with pytest.raises(ValueError) as caught:
        load.read(tmp_path)
    assert caught.value.__notes__ == ["one.json"]


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("house", "A1"),
        ("kitchen", "A1"),
        ("neighbours", "A1"),
        ("receipt", "A2"),
        ("deadline", "B1"),
        ("mitigate", "C1"),
    ],
)
def test_words_have_the_level_at_which_learners_meet_them(word: str, level: str) -> None:
    assert lexicon.level(word) == level
