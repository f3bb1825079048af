"""Modules, tasks and sessions over the public API."""

import asyncio
import itertools

import pytest

from api.english.catalog import load
from server.config import Settings
from tests.support.clock import FakeClock
from tests.support.english import FIRST, Learner, clip, perfect
from tests.support.node import Parley, running
from tests.support.speech import CLIPS_MODEL


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"whisper_model": str(CLIPS_MODEL), "voice": "client"})


@pytest.fixture
async def learner(parley: Parley) -> Learner:
    return Learner(parley, await parley.account())


async def test_the_list_shows_what_is_open(learner: Learner) -> None:
    modules = (await learner.call("GET", "/modules"))["modules"]
    assert len(modules) == len(load.catalog().modules)
    first = modules[0]
    assert (first["id"], first["status"], first["tasks"], first["best_score"]) == (FIRST, "available", 8, None)
    assert {m["status"] for m in modules[1:]} == {"locked"}


async def test_a_module_shows_tasks_without_answers(learner: Learner) -> None:
    detail = await learner.module()
    assert detail["status"] == "available" and detail["cefr_level"] == "A1" and detail["requires"] == []
    tasks = {task["id"]: task for task in detail["tasks"]}
    assert len(tasks["profiles"]["items"]) == 2 and "passage" in tasks["profiles"]
    heard = tasks["repeat"]
    assert (heard["speech"] is None) != (heard["audio_url"] is None) and heard["reference_text"] is None
    assert tasks["introduce-yourself"]["min_words"] == 20
    text = str(detail)
    assert "why" not in text and "model" not in tasks["introduce-yourself"]


async def test_a_locked_module_names_what_is_missing(learner: Learner) -> None:
    refused = await learner.call("POST", "/modules/a1-my-day/start", 409)
    assert refused["detail"]["error"] == "module_locked" and refused["detail"]["missing"] == [FIRST]
    await learner.submit("a-normal-day", ["a", "b"], 409, module_id="a1-my-day")
    await learner.call("GET", "/modules/no-such-module", 404)
    await learner.submit("no-such-task", "a", 404)


async def test_starting_twice_keeps_the_first_time(learner: Learner) -> None:
    one = await learner.call("POST", f"/modules/{FIRST}/start")
    two = await learner.call("POST", f"/modules/{FIRST}/start")
    assert one == two and one["status"] == "in_progress"


async def test_a_right_answer_earns_points_once(learner: Learner) -> None:
    done = await learner.submit("profiles", perfect("profiles"))
    assert (done["score"], done["passed"], done["xp_awarded"]) == (100, True, 15)
    assert done["xpi"]["after"] > done["xpi"]["before"]
    assert [part["verdict"] for part in done["parts"]] == ["right", "right"]
    await learner.call("POST", "/tasks/regenerate", json={"module_id": FIRST, "task_id": "profiles"})
    again = await learner.submit("profiles", perfect("profiles", 2))
    assert again["score"] == 100 and again["xp_awarded"] == 0


async def test_a_wrong_answer_says_why_and_the_second_try_does_not_move_the_index(learner: Learner) -> None:
    wrong = await learner.submit("am-is-are", ["is", "is", "is", "are"])
    assert wrong["score"] == 50 and not wrong["passed"] and "We say" in wrong["feedback"]
    right = await learner.submit("am-is-are", perfect("am-is-are"))
    assert right["score"] == 100 and right["xp_awarded"] == 15
    assert right["xpi"]["before"] == right["xpi"]["after"] == wrong["xpi"]["after"]


async def test_a_hundred_twins_are_one_submission(learner: Learner) -> None:
    answers = await asyncio.gather(*(learner.submit("profiles", perfect("profiles")) for _ in range(100)))
    assert len({answer["submission_id"] for answer in answers}) == 1
    history = await learner.call("GET", "/xpi/history")
    assert len(history["items"]) == 1
    async with learner.parley.client.get("/api/xp/profile", headers=learner.account.headers) as response:
        assert (await response.json())["xp_total"] == 15


async def test_regenerate_never_shows_the_same_variant_twice_in_a_row(learner: Learner) -> None:
    seen = [1]
    for _ in range(6):
        body = {"module_id": FIRST, "task_id": "profiles"}
        seen.append((await learner.call("POST", "/tasks/regenerate", json=body))["task"]["variant"])
    assert all(one != other for one, other in itertools.pairwise(seen)) and set(seen) == {1, 2, 3}
    detail = await learner.module()
    assert next(task for task in detail["tasks"] if task["id"] == "profiles")["variant"] == seen[-1]


async def test_the_skill_must_be_the_tasks(learner: Learner) -> None:
    refused = await learner.submit("profiles", ["a", "b"], 400, skill="speaking")
    assert refused["detail"]["fields"][0]["path"] == "/skill"


async def test_writing_is_evaluated_and_must_be_about_the_task(learner: Learner) -> None:
    good = await learner.submit("introduce-yourself", perfect("introduce-yourself"))
    assert good["evaluation"]["skill"] == "writing" and good["evaluation"]["cefr_level"]
    assert good["score"] >= 60
    other = await learner.submit("introduce-yourself", "The weather was sunny and the sea was blue and calm. " * 3)
    assert other["score"] <= 50 and "your name" in other["feedback"]


async def test_a_typed_answer_to_a_speaking_task_earns_at_most_sixty(learner: Learner) -> None:
    typed = await learner.submit("about-you", perfect("about-you"))
    assert typed["score"] == 60 and typed["xpi"]["before"] == typed["xpi"]["after"]
    refused = await learner.submit("repeat", "Here is my phone number", 400)
    assert refused["detail"]["fields"][0]["path"] == "/audio_id"


async def test_completing_asks_for_every_task_then_opens_the_next(learner: Learner) -> None:
    module = load.catalog().by_id[FIRST]
    early = await learner.call("POST", f"/modules/{FIRST}/complete", 409)
    assert early["detail"]["error"] == "module_incomplete" and len(early["detail"]["missing"]) == 8
    audio = await learner.evaluate(clip("so762-010300316.opus"), module_id=FIRST, task_id="repeat")
    for task in module.tasks:
        more = {"audio_id": audio["audio_id"]} if task.kind == "repeat" else {}
        await learner.submit(task.id, perfect(task.id), **more)
    done = await learner.call("POST", f"/modules/{FIRST}/complete")
    assert done["status"] == "completed" and done["score"] >= 80 and done["xp_awarded"] == 50
    assert done["next_module_id"] == "a1-my-day"
    again = await learner.call("POST", f"/modules/{FIRST}/complete")
    assert again["xp_awarded"] == 0 and again["status"] == "completed"
    listed = {m["id"]: m for m in (await learner.call("GET", "/modules"))["modules"]}
    assert listed[FIRST]["status"] == "completed" and listed["a1-my-day"]["status"] == "available"


class TestSessions:
    async def test_a_session_counts_its_tasks_and_ends_once(self, learner: Learner) -> None:
        session = await learner.call("POST", "/sessions/start", 201, json={"module_id": FIRST, "kind": "module"})
        done = await learner.submit("profiles", perfect("profiles"), session_id=session["session_id"])
        end = {"session_id": session["session_id"]}
        ended = await learner.call("POST", "/sessions/end", json=end)
        assert ended["tasks_done"] == 1 and ended["xp_awarded"] == done["xp_awarded"]
        assert await learner.call("POST", "/sessions/end", json=end) == ended
        late = await learner.submit("questions", perfect("questions"), 409, session_id=session["session_id"])
        assert late["detail"]["error"] == "session_ended"

    async def test_starting_another_ends_the_open_one(self, learner: Learner) -> None:
        one = await learner.call("POST", "/sessions/start", 201, json={})
        await learner.call("POST", "/sessions/start", 201, json={})
        ended = await learner.call("POST", "/sessions/end", json={"session_id": one["session_id"]})
        assert ended["tasks_done"] == 0

    async def test_a_forgotten_session_ends_shortly_after_the_last_activity(
        self, database_url: str, redis_url: str, settings: Settings, clock: FakeClock
    ) -> None:
        async with running(settings, database_url, redis_url, clock=clock) as parley:
            learner = Learner(parley, await parley.account())
            key = {"name": "tablet", "scopes": ["xel:read", "xel:write", "conversations:read"]}
            created = await learner.ask("POST", "/api/api-keys", 201, json=key)
            learner.key_headers = {"X-API-Key": created["key"]}
            session = await learner.call("POST", "/sessions/start", 201, json={})
            clock.advance(600)
            await learner.submit("profiles", perfect("profiles"), session_id=session["session_id"])
            clock.advance(8 * 3600)
            ended = await learner.call("POST", "/sessions/end", json={"session_id": session["session_id"]})
            assert ended["duration_seconds"] == 600 + 300
            learned = await learner.ask("GET", "/api/analytics/learning-time")
            assert learned["by_kind"]["english"] == learned["total_seconds"] == 600 + 300

    async def test_transcripts_come_back_in_order_and_in_pages(self, learner: Learner) -> None:
        session = (await learner.call("POST", "/sessions/start", 201, json={}))["session_id"]
        for second, (role, text) in enumerate([("ai", "Hello!"), ("user", "Hi."), ("ai", "How are you?")]):
            body = {"session_id": session, "role": role, "text": text, "timestamp": f"2026-05-01T10:00:0{second}Z"}
            await learner.call("POST", "/transcripts", 201, json=body)
        first = await learner.call("GET", f"/transcripts/{session}?limit=2")
        rest = await learner.call("GET", f"/transcripts/{session}?cursor={first['next_cursor']}")
        assert [item["text"] for item in first["items"] + rest["items"]] == ["Hello!", "Hi.", "How are you?"]
        assert rest["next_cursor"] is None

    async def test_what_another_learner_owns_is_unknown(self, learner: Learner) -> None:
        session = (await learner.call("POST", "/sessions/start", 201, json={}))["session_id"]
        other = Learner(learner.parley, await learner.parley.account())
        await other.call("POST", "/sessions/end", 404, json={"session_id": session})
        await other.call("GET", f"/transcripts/{session}", 404)
        await other.call("POST", "/transcripts", 404, json={"session_id": session, "role": "user", "text": "x"})
        await other.submit("profiles", perfect("profiles"), 404, session_id=session)


class TestOverview:
    async def test_a_new_learner_sees_where_to_begin(self, learner: Learner) -> None:
        board = await learner.call("GET", "/dashboard")
        assert board["modules"] == {"completed": 0, "in_progress": 0, "total": len(load.catalog().modules)}
        assert board["recent"] == [] and board["streak"] == 0
        assert board["next_task"]["module_id"] == FIRST and board["next_task"]["reason"] == "next"

    async def test_work_shows_up(self, learner: Learner) -> None:
        done = await learner.submit("profiles", perfect("profiles"))
        board = await learner.call("GET", "/dashboard")
        assert board["recent"][0]["submission_id"] == done["submission_id"]
        assert board["xpi"] == done["xpi"]["after"] and board["streak"] == 1
        assert board["modules"]["in_progress"] == 1
        assert board["next_task"]["reason"] == "next", "the only skill that was tried is not the weakest"
        standing = await learner.call("GET", "/xpi")
        history = await learner.call("GET", "/xpi/history?limit=1")
        assert standing["xpi"] == history["items"][0]["xpi"] == board["xpi"]
        assert "100 points (A1)" in history["items"][0]["reason"]
