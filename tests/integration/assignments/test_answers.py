"""What a learner answered is shown to those who teach them, from when it was given; for all others nothing is there."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from api.english.catalog import load
from kit import ids
from server.config import Settings
from tests.integration.assignments.test_outcomes import spoken
from tests.support.english import FIRST, Learner, clip, perfect
from tests.support.node import Account
from tests.support.school import MODULE, TEXT, School
from tests.support.speech import CLIPS_MODEL

TASK = next(one for one in load.catalog().by_id[FIRST].tasks if one.skill == "reading")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"whisper_model": str(CLIPS_MODEL), "voice": "client"})


async def asked(school: School, made: Any, who: Account, by: Account | None = None, **query: Any) -> tuple[int, Any]:
    path = f"{school.assignments}/{made['id']}/progress/{who.user_id}"
    return await school.send("GET", path, by, params=query)


async def test_every_try_is_shown_with_what_was_right_and_wrong(school: School) -> None:
    ana = await school.joined("ana")
    learner = Learner(school.node, ana)
    await learner.submit(TASK.id, perfect(TASK.id))  # before it was given: the learner's own
    made = await school.give(work=MODULE)
    assert (await asked(school, made, ana))[1]["items"] == []
    right = perfect(TASK.id)
    wrong = await learner.submit(TASK.id, ["none of them"] * len(right) if isinstance(right, list) else "none of them")
    best = await learner.submit(TASK.id, right)
    status, found = await asked(school, made, ana)
    assert status == 200
    assert [one["number"] for one in found["items"]] == [2, 1]
    assert [one["id"] for one in found["items"]] == [best["submission_id"], wrong["submission_id"]]
    last = found["items"][0]
    assert (last["title"], last["response"], last["score"]) == (TASK.title, right, 100)
    assert last["task"]["prompt"] and last["result"]["parts"] == best["parts"]
    assert {part["verdict"] for part in found["items"][1]["result"]["parts"]} == {"wrong"}
    _, first = await asked(school, made, ana, limit=1)
    _, second = await asked(school, made, ana, limit=1, cursor=first["next_cursor"])
    assert [one["number"] for one in (first["items"] + second["items"])] == [2, 1]
    assert second["next_cursor"] is None


async def test_readings_of_a_text_are_shown_from_recordings_and_sessions(school: School) -> None:
    ana = await school.joined("ana")
    text = "Let us know if you have any other questions."
    made = await school.give(work={**TEXT, "text": text})
    done = await Learner(school.node, ana).evaluate(clip("so762-008110159.flac"), reference_text=text)
    (one,) = (await asked(school, made, ana))[1]["items"]
    assert (one["title"], one["score"]) == (TEXT["title"], done["pronunciation"]["overall"])
    assert "questions" in one["heard"] and one["pronunciation"]["words"] and one["task"] is None
    lake = await school.give()
    given = datetime.fromisoformat(lake["created_at"])
    for minutes, score in ((-5, 99.0), (5, 41.5), (10, None)):
        await spoken(school, ana, given + timedelta(minutes=minutes), score)
    (turn,) = (await asked(school, lake, ana))[1]["items"]
    assert (turn["score"], turn["heard"]) == (41.5, "On Sunday")


async def test_nothing_is_there_for_those_who_do_not_teach_this_learner(school: School) -> None:
    ana = await school.joined("ana", team="red")
    ben = await school.joined("ben", team="blue")
    head = await school.joined("head", role="team_manager", team="red")
    other = await School.found(school.node, "other")
    everybody, named = (
        await school.give(work=MODULE),
        await school.give(head, work=MODULE, audience={"kind": "members", "user_ids": [ana.user_id]}),
    )
    assert (await asked(school, named, ana, head))[0] == 200
    for made, who, by in (
        (everybody, ana, ben),  # a learner of the same school
        (everybody, ana, ana),  # not even their own: these are for teachers
        (everybody, ana, await school.node.account("stranger")),
        (everybody, ana, other.owner),
        (named, ben, None),  # ben does not have it
        (named, ben, head),
        (everybody, school.owner, None),  # who teaches is no learner
        ({"id": ids.new_id()}, ana, None),
    ):
        assert (await asked(school, made, who, by))[0] == 404
    team = await school.give(work=MODULE, audience={"kind": "team", "team": "blue"})
    assert (await asked(school, team, ana))[0] == 404
    await school.ask("DELETE", f"/api/organizations/{school.id}/members/{ana.user_id}")
    assert (await asked(school, everybody, ana))[0] == 404
