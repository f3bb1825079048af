"""Texts of teachers over the public API: looked at, kept, given to a class, and unknown to everybody else."""

from typing import Any

import pytest

from server.config import Settings
from tests.support import library
from tests.support.english import Learner
from tests.support.node import Account, Parley
from tests.support.school import School, order
from tests.unit.english.test_own_texts import TEXT

ROOT = "/api/learn/english/texts"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"voice": "client"})


@pytest.fixture
async def school(parley: Parley) -> School:
    return await School.found(parley)


def body(school: School, **more: Any) -> dict[str, Any]:
    return {"organization_id": school.id, "title": "A visit", "text": TEXT, **more}


async def kept(school: School, who: Account | None = None, **more: Any) -> Any:
    return await school.ask("POST", ROOT, who, json=body(school, **more))


async def test_a_preview_shows_tasks_key_and_levels_and_keeps_nothing(school: School) -> None:
    seen = await school.ask("POST", f"{ROOT}/preview", json=body(school))
    assert seen["cefr_level"] == "A1" and seen["by_level"]["A1"] > 80 and seen["is_cut"] is False
    assert seen["above"][0] == {"word": "anecdote", "level": "C1", "count": 1}
    assert {one["skill"] for one in seen["tasks"]} == {"reading", "listening", "speaking"}
    assert seen["answers"]["dictation"] == "Maria lives in a small house near the river."
    assert (await school.ask("GET", ROOT, params={"organization_id": school.id}))["items"] == []


async def test_learners_do_what_they_were_given_and_nobody_else_sees_it(school: School) -> None:
    ana, other = await school.joined("ana"), await school.joined("other")
    stranger = await school.node.account("stranger")
    made = await kept(school)
    learner = Learner(school.node, ana)
    for who in (ana, other, stranger):
        await Learner(school.node, who).call("GET", f"/modules/{made['id']}", 404)
        await Learner(school.node, who).call("GET", f"/texts/{made['id']}", 404)
    audience = {"kind": "members", "user_ids": [ana.user_id]}
    given = await school.give(work={"kind": "module", "module_id": made["id"]}, audience=audience)
    assert given["work"]["title"] == "A visit"
    assert (await school.mine(ana))[0]["work"] == given["work"]
    detail = await learner.module(made["id"])
    assert (detail["status"], detail["title"], len(detail["tasks"])) == ("available", "A visit", made["tasks"])
    answer = "Maria lives in a small house near the river."
    task = {"module_id": made["id"], "task_id": "dictation", "skill": "listening", "time_spent_seconds": 20}
    done = await learner.call("POST", "/tasks/submit", json=task | {"response": answer})
    assert done["score"] == 100 and done["xp_awarded"] == 15
    await Learner(school.node, other).call("POST", "/tasks/submit", 404, json=task | {"response": answer})
    assert (await school.progress(given))["ana"]["status"] == "started"
    own = await Learner(school.node, school.owner).call("POST", "/tasks/submit", json=task | {"response": answer})
    assert own["score"] == 100 and own["xp_awarded"] == 0
    await school.ask("DELETE", f"{ROOT}/{made['id']}")
    await learner.call("GET", f"/modules/{made['id']}", 404)
    assert (await school.mine(ana))[0]["work"]["title"] == "A visit"


async def test_only_who_teaches_there_brings_texts(school: School) -> None:
    ana = await school.joined("ana")
    red = await school.joined("red", role="team_manager", team="red")
    rival = await School.found(school.node, "rival")
    made = await kept(school)
    for path in (ROOT, f"{ROOT}/preview"):
        assert (await school.send("POST", path, ana, json=body(school)))[0] == 403
        assert (await school.send("POST", path, rival.owner, json=body(school)))[0] == 404
    assert (await school.send("GET", f"{ROOT}/{made['id']}", rival.owner))[0] == 404
    assert (await school.send("DELETE", f"{ROOT}/{made['id']}", rival.owner))[0] == 404
    work = {"kind": "module", "module_id": made["id"]}
    assert (await rival.send("POST", rival.assignments, json=order(work=work)))[0] == 404
    assert (await school.send("DELETE", f"{ROOT}/{made['id']}", red))[0] == 403
    theirs = await kept(school, red)
    listed = (await school.ask("GET", ROOT, red, params={"organization_id": school.id}))["items"]
    assert [(one["id"], one["is_mine"]) for one in listed] == [(theirs["id"], True), (made["id"], False)]
    await school.ask("DELETE", f"{ROOT}/{theirs['id']}", red)


async def test_what_gives_nothing_is_refused(school: School) -> None:
    for more in ({"text": "Too short."}, {"text": None}, {"text": "x" * 20_001}):
        status, answer = await school.send("POST", ROOT, json=body(school, **more))
        assert (status, answer["detail"]["error"]) == (400, "invalid_request"), more


async def test_a_document_becomes_a_text_for_who_may_read_it(school: School) -> None:
    long = "\n\n".join([TEXT] * 20)
    document = await library.added(school.node, school.owner, long)
    asked = body(school, text=None, document_id=document["id"])
    seen = await school.ask("POST", f"{ROOT}/preview", json=asked)
    assert seen["is_cut"] and seen["text"].startswith("Maria lives") and seen["text"].endswith(".")
    boss = await school.joined("boss", role="admin")
    assert (await school.send("POST", f"{ROOT}/preview", boss, json=asked))[0] == 404
