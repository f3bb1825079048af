"""Which modules are open, and which is suggested."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from api.english.catalog import load
from api.english.models import ModuleRow, Progress, TaskRow
from api.english.modules import next_task, unlocking, worth
from api.english.modules.reach import Reach

CATALOG = load.catalog()
FIRST, SECOND = CATALOG.by_id["a1-meeting-people"], CATALOG.by_id["a1-my-day"]
AT = datetime(2026, 3, 2, tzinfo=UTC)
INDEX = next_task.WordIndex(CATALOG)


def progress(*completed: str, begun: str | None = None, scores: Mapping[str, int] | None = None) -> Progress:
    """`scores` are the best ones of tasks of the first module, by task id."""
    modules = {id_: ModuleRow(id_, AT, AT, 80) for id_ in completed}
    if begun:
        modules[begun] = ModuleRow(begun, AT, None, None)
    tasks = {(FIRST.id, id_): TaskRow(FIRST.id, id_, 1, 1, score) for id_, score in (scores or {}).items()}
    return Progress(modules, tasks)


def status(module_id: str, known: Progress, level: str | None = None, confidence: float = 0.0) -> str:
    return unlocking.standing(CATALOG.by_id[module_id], known, Reach(level, confidence)).status


class TestStatus:
    def test_modules_open_when_what_they_require_is_completed(self) -> None:
        assert status(FIRST.id, progress()) == "available"
        assert status(SECOND.id, progress()) == "locked"
        assert status(SECOND.id, progress(begun=FIRST.id)) == "locked"
        assert status(SECOND.id, progress(FIRST.id)) == "available"
        assert status(FIRST.id, progress(begun=FIRST.id)) == "in_progress"

    def test_a_learner_who_has_shown_the_level_may_begin_there(self) -> None:
        assert status("b1-small-changes", progress(), "B1", 0.4) == "available"
        assert status("b1-small-changes", progress(), "B1", 0.1) == "locked"
        assert status("b2-reading-the-news", progress(), "B1", 0.9) == "locked"

    def test_all_modules_up_to_the_placed_level_are_open(self) -> None:
        open_ones = [
            m for m in CATALOG.modules if unlocking.standing(m, progress(), Reach(placed="B1")).status != "locked"
        ]
        assert {m.id for m in open_ones} == {m.id for m in CATALOG.modules if m.level <= "B1"}
        higher = Reach("B2", 0.4, placed="A2")
        assert unlocking.standing(CATALOG.by_id["b2-reading-the-news"], progress(), higher).status == "available"

    def test_what_a_teacher_gave_is_open(self) -> None:
        given = Reach(given={"c1-common-ground": AT})
        assert unlocking.standing(CATALOG.by_id["c1-common-ground"], progress(), given).status == "available"
        assert unlocking.standing(CATALOG.by_id["c1-weighing-the-evidence"], progress(), given).status == "locked"

    def test_from_nothing_every_module_can_be_reached(self) -> None:
        done: list[str] = []
        while len(done) < len(CATALOG.modules):
            fresh = [m.id for m in CATALOG.modules if m.id not in done and status(m.id, progress(*done)) == "available"]
            assert fresh, f"stuck after {done}"
            done += fresh


class TestCompletion:
    def test_every_task_has_to_be_tried(self) -> None:
        assert unlocking.unfinished(FIRST, progress(scores={"profiles": 100})) == [task.id for task in FIRST.tasks[1:]]

    def test_then_the_mean_has_to_be_a_pass(self) -> None:
        names = [task.id for task in FIRST.tasks]
        low = progress(scores=dict.fromkeys(names, 50) | {names[0]: 90})
        assert unlocking.unfinished(FIRST, low) == [task.id for task in FIRST.tasks[1:]]
        assert unlocking.unfinished(FIRST, progress(scores=dict.fromkeys(names, 70) | {names[0]: 0})) == []

    def test_what_follows_is_the_next_open_module(self) -> None:
        known = progress(FIRST.id)
        assert unlocking.following(CATALOG, FIRST.id, known, Reach()) == SECOND.id
        everything = progress(*(module.id for module in CATALOG.modules))
        assert unlocking.following(CATALOG, FIRST.id, everything, Reach()) is None


class TestSuggestion:
    def choose(self, known: Progress, reach: Reach | None = None, **wishes: object) -> next_task.Suggestion | None:
        needs = next_task.Needs(**wishes)  # type: ignore[arg-type]
        return next_task.choose(CATALOG, INDEX, known, reach or Reach(), needs)

    def test_a_due_word_comes_first_in_a_task_that_was_done(self) -> None:
        known = progress(begun=FIRST.id, scores={"write-what-you-hear": 40})
        found = self.choose(known, due=[("word", "canada")], weak_sound="TH")
        assert found and (found.reason, found.item, found.task.id) == ("review", "canada", "write-what-you-hear")

    def test_a_weak_sound_asks_for_a_speaking_task(self) -> None:
        found = self.choose(progress(begun=FIRST.id), weak_sound="TH", weakest_skill="reading")
        assert found and found.reason == "sound" and found.task.skill == "speaking" and found.item == "TH"

    def test_then_the_weakest_skill_then_the_course(self) -> None:
        known = progress(begun=FIRST.id, scores={"profiles": 100})
        by_skill = self.choose(known, weakest_skill="listening")
        assert by_skill and by_skill.reason == "skill" and by_skill.task.skill == "listening"
        plain = self.choose(known)
        assert plain and (plain.reason, plain.task.id) == ("next", "questions")

    def test_a_kind_of_error_leads_to_the_module_that_teaches_it(self) -> None:
        found = self.choose(progress(begun=FIRST.id), due=[("error", "be_agreement")])
        assert found and (found.reason, found.item, found.module_id) == ("review", "be_agreement", FIRST.id)
        assert found.task.skill == "writing"
        locked = self.choose(progress(begun=FIRST.id), due=[("error", "word_form")])
        assert locked and locked.reason == "next"

    def test_a_due_sound_is_said_again(self) -> None:
        found = self.choose(progress(begun=FIRST.id), due=[("phoneme", "TH")])
        assert found and (found.reason, found.item, found.task.skill) == ("review", "TH", "speaking")

    def test_what_a_teacher_gave_comes_before_the_weakest_skill(self) -> None:
        given = Reach(given={"c1-common-ground": AT + timedelta(days=3), "b2-reading-the-news": AT})
        found = self.choose(progress(begun=FIRST.id), given, weakest_skill="listening", weak_sound="TH")
        assert found and (found.reason, found.module_id) == ("assigned", "b2-reading-the-news")
        done = self.choose(progress("b2-reading-the-news", begun=FIRST.id), given)
        assert done and done.module_id == "c1-common-ground"

    def test_who_was_placed_begins_at_that_level_and_goes_up(self) -> None:
        placed = Reach(placed="B1")
        found = self.choose(progress(), placed)
        assert found and found.module_id.startswith("b1-")
        level = [module.id for module in CATALOG.modules if module.level == "B1"]
        above = self.choose(progress(*level), placed)
        assert above and above.module_id.startswith("b2-")

    def test_nothing_is_left_when_everything_is_passed(self) -> None:
        tasks = {(m.id, t.id): TaskRow(m.id, t.id, 1, 1, 90) for m in CATALOG.modules for t in m.tasks}
        modules = {m.id: ModuleRow(m.id, AT, AT, 90) for m in CATALOG.modules}
        assert self.choose(Progress(modules, tasks)) is None


def test_worth_grows_with_the_level_and_sessions_must_be_real() -> None:
    assert [worth.task(level) for level in ("A1", "A2", "B1", "B2", "C1")] == [10, 12, 14, 16, 18]
    assert worth.module("C1") == 90
    assert (worth.session(299, 9), worth.session(300, 2), worth.session(300, 3)) == (0, 0, 5)
