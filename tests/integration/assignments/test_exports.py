"""Results for spreadsheets: what a teacher takes along of an assignment and of a class, over the public API."""

import csv
import io

import pytest

from api.assignments import classroom, service
from api.english.xpi import ledger as xpi_ledger
from tests.support.node import Account
from tests.support.school import MODULE, School


async def exported(school: School, path: str, who: Account | None = None) -> list[dict[str, str]]:
    async with school.node.client.get(path, headers=(who or school.owner).headers) as response:
        assert response.status == 200
        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert response.headers["Content-Disposition"].startswith("attachment; filename=")
        body = (await response.read()).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body, newline="")))


async def test_an_assignments_results_say_who_what_how_well_and_when(school: School) -> None:
    ana, _ = await school.joined("ana", team="red"), await school.joined("ben")
    await school.ask("PATCH", "/api/auth/me", ana, json={"full_name": "=HYPERLINK(1)"})
    given, read = await school.give(work=MODULE), await school.give()
    await school.ask("POST", f"/api/learn/english/modules/{MODULE['module_id']}/start", ana)
    hers, his = await exported(school, f"{school.assignments}/{given['id']}/export")
    assert (hers["username"], hers["full_name"], hers["team"]) == ("ana", "'=HYPERLINK(1)", "red")
    assert (hers["task"], hers["kind"], hers["due_at"]) == ("Meeting people", "module", "2026-12-01 18:00:00")
    assert (hers["status"], hers["completed_at"]) == ("started", "") and hers["practised_at"]
    assert (his["username"], his["status"], his["score"], his["practised_at"]) == ("ben", "open", "", "")
    assert hers["score_means"] == "0 to 100: the score of the module"
    (text, _) = await exported(school, f"{school.assignments}/{read['id']}/export")
    assert text["task"] == "The lake" and "pronunciation score" in text["score_means"]


async def test_a_class_is_exported_with_everybody(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classroom, "LARGEST", 1)
    monkeypatch.setattr(service, "_AT_ONCE", 1)
    ana, ben = await school.joined("ana", team="red"), await school.joined("ben")
    now = school.node.resources.clock.now()
    async with school.node.resources.database.transaction() as tx:
        await xpi_ledger.record(tx, ana.user_id, xpi_ledger.Entry("reading", 90, "A2", now, "k", "A task"))
        standing = await xpi_ledger.current(tx, ana.user_id, now)
    path = f"/api/organizations/{school.id}/class/export"
    hers, his = await exported(school, path)
    assert (hers["user_id"], his["user_id"]) == (ana.user_id, ben.user_id)
    assert (hers["xpi"], hers["cefr_level"]) == (str(standing.xpi), standing.cefr_level)
    assert (his["minutes_7_days"], his["last_seen_at"], his["weak_sounds"]) == ("0", "", "")
    assert [one["username"] for one in await exported(school, f"{path}?team=red")] == ["ana"]
    made = await school.give()
    assert len(await exported(school, f"{school.assignments}/{made['id']}/export")) == 2


async def test_exports_are_for_those_who_teach_them(school: School) -> None:
    head, ana = await school.joined("head", role="team_manager", team="red"), await school.joined("ana", team="red")
    await school.joined("ben", team="blue")
    blue, red = [await school.give(audience={"kind": "team", "team": team}) for team in ("blue", "red")]
    stranger = await school.node.account("stranger")
    of_class, of_blue = f"/api/organizations/{school.id}/class/export", f"{school.assignments}/{blue['id']}/export"
    for path in (of_class, of_blue):
        for who, expected in ((ana, 403), (stranger, 404)):
            assert (await school.send("GET", path, who))[0] == expected
    assert (await school.send("GET", of_blue, head))[0] == 404
    assert [one["username"] for one in await exported(school, of_class, head)] == ["ana"]
    assert [one["username"] for one in await exported(school, f"{school.assignments}/{red['id']}/export", head)] == [
        "ana"
    ]
