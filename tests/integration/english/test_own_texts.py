"""Texts of teachers over the public API: looked at, kept, given to a class, and unknown to everybody else."""

from typing import Any

import pytest

from server.config import Settings
from tests.support import library
from tests.support.english import Learner
from tests.support.node import PASSWORD, Account, Parley
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
    seen = (await school.progress(given))["ana"]
    assert (seen["status"], seen["score"]) == ("started", round(100 / made["tasks"]))
    own = await Learner(school.node, school.owner).call("POST", "/tasks/submit", json=task | {"response": answer})
    assert own["score"] == 100 and own["xp_awarded"] == 0
    assert own["xpi"]["before"] == own["xpi"]["after"] < done["xpi"]["after"], "who made it has the key"
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


async def test_a_key_that_reads_no_documents_makes_no_text_of_one(school: School) -> None:
    document = await library.added(school.node, school.owner, TEXT)
    asked = body(school, text=None, document_id=document["id"])
    for scopes, status in ((["xel:write"], 403), (["xel:write", "rag:read"], 200)):
        key = await school.ask("POST", "/api/api-keys", json={"name": "texts", "scopes": scopes})
        async with school.node.client.post(
            f"{ROOT}/preview", json=asked, headers={"X-API-Key": key["key"]}
        ) as response:
            assert response.status == status, await response.text()


async def test_a_module_stays_with_its_organization_when_its_teacher_goes(school: School) -> None:
    ana = await school.joined("ana")
    tom, ben = await school.joined("tom", role="admin"), await school.joined("ben", role="admin")
    toms, bens = await kept(school, tom), await kept(school, ben, title="Another")
    for made, who in ((toms, tom), (bens, ben)):
        await school.give(who, work={"kind": "module", "module_id": made["id"]})
        await Learner(school.node, who).module(made["id"])
    await school.ask("DELETE", f"/api/organizations/{school.id}/members/{tom.user_id}")
    for path in (f"/modules/{toms['id']}", f"/texts/{toms['id']}"):
        await Learner(school.node, tom).call("GET", path, 404)
    await Learner(school.node, tom).call("POST", f"/modules/{toms['id']}/start", 404)
    await school.ask("DELETE", "/api/auth/me", ben, json={"password": PASSWORD})
    for made in (toms, bens):
        assert (await Learner(school.node, ana).module(made["id"]))["status"] == "available"
    listed = (await school.ask("GET", ROOT, params={"organization_id": school.id}))["items"]
    assert {one["id"] for one in listed} == {toms["id"], bens["id"]}


async def test_ids_that_no_module_can_have_are_unknown(school: School) -> None:
    learner = Learner(school.node, school.owner)
    for id_ in ("own-", "own-%00", "own-%27", "own-" + "x" * 500, "own-preview"):
        for path in (f"/modules/{id_}", f"/texts/{id_}"):
            async with school.node.client.get(f"/api/learn/english{path}", headers=learner.account.headers) as answer:
                assert answer.status in (400, 404), (path, await answer.text())
