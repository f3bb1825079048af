"""A simulated learner goes from A1 to C1 by the public API alone, one level a day, with real recordings.

What the dashboard, XP, streak, quests and the proficiency index say in the end is compared with a calculation of its
own from the answers that the learner got.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from api.english.catalog import frame, load, schema
from api.english.tasks import key
from server.config import Settings
from tests.support.clock import FakeClock
from tests.support.english import Learner, clip
from tests.support.node import running
from tests.support.speech import CLIPS_MODEL

GOAL = "c1-words-that-move-people"
# Recordings of exactly what these tasks ask for in their first variant; everything else gets the wrong recording.
RECORDINGS = {
    "a1-meeting-people/repeat": "so762-010300316.opus",
    "a2-travel-plans/read-aloud": "so762-010370234.flac",
    "b1-emails-that-work/read-aloud": "so762-008110159.flac",
    "b2-reading-the-news/repeat": "so762-012280054.flac",
    "c1-words-that-move-people/read-the-line": "jfk.flac",
}
UNDERSTOOD = ("a2-travel-plans/read-aloud", "b1-emails-that-work/read-aloud", "b2-reading-the-news/repeat")
OTHER = "LJ001-0002.flac"

pytestmark = pytest.mark.slow


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"whisper_model": str(CLIPS_MODEL), "voice": "client", "limit_write": 100_000})


@dataclass
class Diary:
    """What the learner was told, in order."""

    evidence: list[tuple[str, str, float, datetime]] = field(default_factory=list)
    scores: dict[str, int] = field(default_factory=dict)
    xp: int = 0
    quest_xp: int = 0
    last_xpi: int = 0


class Student(Learner):
    """Answers from the teacher's key, but not always, with a seeded mind of its own."""

    async def counted(self) -> float:
        """The newest score in the ledger: the shown one without what guessing earns."""
        newest = "select score from xpi_evidence where user_id = $1 order by seq desc limit 1"
        async with self.parley.resources.database.connection() as cx:
            return float(await cx.fetchval(newest, self.account.user_id))

    def begin(self, clock: FakeClock, seed: int) -> None:
        self.clock = clock
        self.mind = random.Random(seed)
        self.diary = Diary()

    async def work_through(self, module: schema.Module) -> Any:
        await self.call("POST", f"/modules/{module.id}/start")
        session = await self.call("POST", "/sessions/start", 201, json={"module_id": module.id, "kind": "module"})
        shown = {task["id"]: task for task in (await self.module(module.id))["tasks"]}
        earned_before = self.diary.xp
        for task in module.tasks:
            await self.try_task(module, task, shown[task.id]["variant"], session["session_id"])
        ended = await self.call("POST", "/sessions/end", json={"session_id": session["session_id"]})
        assert ended["tasks_done"] >= len(module.tasks)
        # The session counts what its tasks gave, and may give a little itself.
        assert ended["xp_awarded"] >= self.diary.xp - earned_before
        self.diary.xp = earned_before + ended["xp_awarded"]
        done = await self.call("POST", f"/modules/{module.id}/complete")
        expected = [self.diary.scores[f"{module.id}/{task.id}"] for task in module.tasks]
        assert done["score"] == round(sum(expected) / len(expected))
        self.diary.xp += done["xp_awarded"]
        return ended

    async def try_task(self, module: schema.Module, task: schema.Task, variant: int, session_id: str) -> None:
        place = f"{module.id}/{task.id}"
        if task.kind in ("read_aloud", "repeat", "say_pairs"):
            sound = clip(RECORDINGS.get(place, OTHER))
            heard = await self.evaluate(sound, module_id=module.id, task_id=task.id)
            await self.hand_in(module, task, "", session_id, audio_id=heard["audio_id"])
            return
        right = key.perfect(task, module.id, variant)
        if self.mind.random() < 0.2 and isinstance(right, list) and len(right) > 1:
            # A slip first, then another variant without one.
            await self.hand_in(module, task, [*right[:-1], "?"], session_id)
            again = {"module_id": module.id, "task_id": task.id}
            variant = (await self.call("POST", "/tasks/regenerate", json=again))["task"]["variant"]
            right = key.perfect(task, module.id, variant)
        done = await self.hand_in(module, task, right, session_id)
        if task.skill != "speaking" and task.kind not in ("free_writing", "summary", "picture_description"):
            assert done["score"] == 100, (place, done)

    async def hand_in(
        self, module: schema.Module, task: schema.Task, response: Any, session_id: str, **more: Any
    ) -> Any:
        self.clock.advance(30)
        done = await self.submit(
            task.id, response, module_id=module.id, session_id=session_id, time_spent_seconds=30, **more
        )
        place = f"{module.id}/{task.id}"
        typed = task.skill == "speaking" and "audio_id" not in more
        if not typed:
            counted = await self.counted()
            assert (counted == 100) if done["score"] == 100 else (-100 <= counted <= done["score"]), place
            self.diary.evidence.append((task.skill, module.level, counted, self.clock.now()))
        assert done["xpi"]["before"] == (self.diary.last_xpi or done["xpi"]["before"])
        self.diary.last_xpi = done["xpi"]["after"]
        best = self.diary.scores.get(place, 0)
        assert (done["xp_awarded"] > 0) == (max(best, 59) < done["score"] and (best < 60 or done["score"] >= 90 > best))
        self.diary.scores[place] = max(best, done["score"])
        self.diary.xp += done["xp_awarded"]
        return done


def expected_index(evidence: list[tuple[str, str, float, datetime]]) -> int:
    """The formula of docs/progress.md, written down a second time."""
    bands = {"A1": 100, "A2": 250, "B1": 400, "B2": 550, "C1": 700}
    skills: dict[str, tuple[float, float, int, datetime | None]] = {}
    for skill, level, score, at in evidence:
        ability, weight, samples, last = skills.get(skill, (100.0, 2.0, 0, None))
        hours = int((at - last).total_seconds()) // 3600 if last else 0
        weight = min(12.0, weight * 2 ** (-hours / 1440) + 1)
        expected = min(1.0, max(0.0, 0.5 + (ability - bands[level]) / 300))
        ability = min(1000.0, max(0.0, ability + 300 * min(1, 1 / weight) * (score / 100 - expected)))
        skills[skill] = (ability, weight, samples + 1, at)
    shares = {skill: n / (n + 4) for skill, (_, _, n, _) in skills.items()}
    return int(sum(skills[skill][0] * share for skill, share in shares.items()) / sum(shares.values()) + 0.5)


def way_to(goal: str) -> list[schema.Module]:
    """The module and everything it requires, in teaching order."""
    catalog = load.catalog()
    needed, waiting = {goal}, [goal]
    while waiting:
        for before in catalog.by_id[waiting.pop()].requires:
            if before not in needed:
                needed.add(before)
                waiting.append(before)
    return [module for module in catalog.modules if module.id in needed]


async def test_from_a1_to_c1(database_url: str, redis_url: str, settings: Settings) -> None:
    clock = FakeClock(datetime.fromisoformat("2026-03-02T09:00:00+00:00"))
    modules = way_to(GOAL)
    assert {module.level for module in modules} == set(frame.LEVELS)
    async with running(settings, database_url, redis_url, clock=clock) as parley:
        account = await parley.account()
        scopes = ["xel:read", "xel:write", "xp:read", "conversations:read"]
        student = Student(parley, account)
        created = await student.ask("POST", "/api/api-keys", 201, json={"name": "my tablet", "scopes": scopes})
        student.key_headers = {"X-API-Key": created["key"]}
        student.begin(clock, seed=7)
        for level in frame.LEVELS:
            for module in modules:
                if module.level == level:
                    await student.work_through(module)
            quests = await student.ask("GET", "/api/xp/quests")
            student.diary.quest_xp += sum(quest["xp_reward"] for quest in quests["quests"] if quest["completed"])
            clock.advance(timedelta(days=1).total_seconds())
        clock.advance(-timedelta(hours=23).total_seconds())
        await check(student, modules)


async def check(student: Student, modules: list[schema.Module]) -> None:
    diary = student.diary
    board = await student.call("GET", "/dashboard")
    assert board["modules"]["completed"] == len(modules) and board["modules"]["in_progress"] == 0
    standing = await student.call("GET", "/xpi")
    assert standing["xpi"] == board["xpi"] == expected_index(diary.evidence)
    assert standing["samples"] == len(diary.evidence)
    profile = await student.ask("GET", "/api/xp/profile")
    assert profile["xp_total"] == diary.xp + diary.quest_xp
    assert profile["current_streak"] == board["streak"] == len(frame.LEVELS)
    assert len(board["recent"]) == 10 and board["recent"][0]["module_id"] == GOAL
    for place in UNDERSTOOD:
        assert diary.scores[place] >= 60, place
    shown = {m["id"]: m for m in (await student.call("GET", "/modules"))["modules"]}
    for module in modules:
        assert shown[module.id]["status"] == "completed"
        assert shown[module.id]["completed_tasks"] == sum(
            diary.scores[f"{module.id}/{task.id}"] >= 60 for task in module.tasks
        )
    assert (
        board["next_task"]["module_id"] not in {module.id for module in modules}
        or board["next_task"]["reason"] == "review"
    )
