"""Who changes team has the new team's work, and its teachers; the old ones see nothing of them any more."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from api.english.catalog import load
from server.config import Settings
from tests.integration.assignments.test_outcomes import spoken
from tests.support.english import FIRST, Learner, perfect
from tests.support.node import Account
from tests.support.school import MODULE, School
from tests.support.speech import CLIPS_MODEL

TASK = next(one for one in load.catalog().by_id[FIRST].tasks if one.skill == "reading")
RED = {"kind": "team", "team": "red"}
BLUE = {"kind": "team", "team": "blue"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"whisper_model": str(CLIPS_MODEL), "voice": "client"})


async def to_team(school: School, who: Account, team: str) -> None:
    body = {"role": "member", "team": team, "organization_id": school.id}
    await school.ask("PUT", f"/api/organizations/{school.id}/members/{who.user_id}", json=body)


async def answers(school: School, made: Any, who: Account, by: Account) -> tuple[int, Any]:
    return await school.send("GET", f"{school.assignments}/{made['id']}/progress/{who.user_id}", by)


async def export(school: School, path: str, who: Account) -> str:
    async with school.node.client.get(path, headers=who.headers) as response:
        assert response.status == 200
        return await response.text()


async def test_the_old_teams_work_goes_and_the_new_teams_comes(school: School) -> None:
    ana, ben = await school.joined("ana", team="red"), await school.joined("ben", team="red")
    red = await school.joined("head_red", role="team_manager", team="red")
    blue = await school.joined("head_blue", role="team_manager", team="blue")
    named = await school.give(red, work=MODULE, audience={"kind": "members", "user_ids": [ana.user_id, ben.user_id]})
    by_owner = await school.give(audience={"kind": "members", "user_ids": [ana.user_id]})
    team, other = await school.give(red, audience=RED), await school.give(blue, audience=BLUE)
    assert {one["id"] for one in await school.mine(ana)} == {named["id"], by_owner["id"], team["id"]}

    await to_team(school, ana, "blue")
    assert {one["id"] for one in await school.mine(ana)} == {by_owner["id"], other["id"]}
    for who in (red, school.owner):
        assert set(await school.progress(named, who)) == set(await school.progress(team, who)) == {"ben"}
    assert set(await school.progress(other, blue)) == set(await school.progress(by_owner)) == {"ana"}
    for by in (red, school.owner):
        assert [(await answers(school, made, ana, by))[0] for made in (named, team)] == [404, 404]
        for made in (named, team):
            assert "ana" not in await export(school, f"{school.assignments}/{made['id']}/export", by)
    group = f"/api/organizations/{school.id}/class"
    assert "ana" not in await export(school, f"{group}/export", red)
    assert "ana" in await export(school, f"{group}/export", blue)
    modules = (await Learner(school.node, ana).call("GET", "/modules"))["modules"]
    assert not [one for one in modules if one.get("due_at")]

    await to_team(school, ana, "red")
    assert {one["id"] for one in await school.mine(ana)} == {named["id"], by_owner["id"], team["id"]}


async def test_the_new_teams_teachers_see_answers_from_then_on(school: School) -> None:
    ana = await school.joined("ana", team="red")
    blue = await school.joined("head_blue", role="team_manager", team="blue")
    made, text = await school.give(blue, work=MODULE, audience=BLUE), await school.give(blue, audience=BLUE)
    everybody = await school.give(work=MODULE)
    learner = Learner(school.node, ana)
    await learner.submit(TASK.id, ["none of them"] * len(perfect(TASK.id)))
    await spoken(school, ana, datetime.fromisoformat(text["created_at"]) + timedelta(milliseconds=1), 41.5)
    await to_team(school, ana, "blue")
    assert [(await answers(school, one, ana, blue))[1]["items"] for one in (made, text)] == [[], []]
    again = await learner.submit(TASK.id, perfect(TASK.id))
    (shown,) = (await answers(school, made, ana, blue))[1]["items"]
    assert shown["id"] == again["submission_id"]
    await to_team(school, ana, "blue")  # nothing changes
    assert len((await answers(school, made, ana, blue))[1]["items"]) == 1
    assert len((await answers(school, everybody, ana, school.owner))[1]["items"]) == 2
