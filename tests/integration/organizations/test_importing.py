"""A whole class is invited by pasting a list: each line has its own result, and a bad one spoils nothing."""

from typing import Any

import pytest

from api.organizations.pasting import MOST_PEOPLE
from tests.support.node import Account, Parley
from tests.support.school import School


@pytest.fixture
async def school(parley: Parley) -> School:
    return await School.found(parley)


async def pasted(school: School, people: str, who: Account | None = None, **fields: Any) -> tuple[int, Any]:
    path = f"/api/organizations/{school.id}/invitations/import"
    return await school.send("POST", path, who, json={"people": people, **fields})


async def sent(school: School) -> list[tuple[str, str | None]]:
    found = await school.ask("GET", f"/api/organizations/{school.id}/invitations")
    return sorted((one["user"], one["team"]) for one in found["items"])


async def test_good_lines_are_invited_and_bad_ones_named(school: School) -> None:
    ana = await school.node.account("ana")
    text = f"Ana Souza, {ana.email}\nNobody\nno-account@s.example\n{ana.email.upper()}\nben@@s.example"
    status, answer = await pasted(school, text, team="red")
    assert (status, answer["team"]) == (200, "red")
    assert [(one["line"], one["result"]) for one in answer["people"]] == [
        (1, "invited"), (2, "faulty"), (3, "invited"), (4, "faulty"), (5, "faulty"),
    ]  # fmt: skip
    assert [one["message"] is None for one in answer["people"]] == [True, False, True, False, False]
    assert await sent(school) == [(ana.email, "red"), ("no-account@s.example", "red")]
    (mine,) = (await school.ask("GET", "/api/invitations", ana))["items"]
    await school.ask("POST", f"/api/invitations/{mine['id']}/accept", ana)
    found = await school.ask("GET", f"/api/organizations/{school.id}/class")
    assert [(one["username"], one["team"]) for one in found["items"]] == [("ana", "red")]
    _, again = await pasted(school, "no-account@s.example\nnew@s.example")
    assert [one["result"] for one in again["people"]] == ["already_invited", "invited"]


async def test_only_those_who_may_invite_do_so(school: School) -> None:
    head = await school.joined("head", role="team_manager", team="red")
    plain = await school.joined("plain")
    stranger = await school.node.account("stranger")
    assert (await pasted(school, "a@s.example", plain))[0] == 403
    assert (await pasted(school, "a@s.example", stranger))[0] == 404
    assert (await pasted(school, "a@s.example", head, team="blue"))[0] == 403
    status, answer = await pasted(school, "a@s.example", head)
    assert (status, answer["team"]) == (200, "red")
    assert await sent(school) == [("a@s.example", "red")]


async def test_a_list_has_an_end_and_so_have_invitations(school: School) -> None:
    people = [f"p{number}@s.example" for number in range(MOST_PEOPLE + 1)]
    assert (await pasted(school, "\n".join(people)))[0] == 400
    assert await sent(school) == []
    async with school.node.resources.database.transaction() as tx:
        await tx.execute(
            """insert into organization_invitations
                   (id, organization_id, addressee, role, invited_by, created_at, expires_at)
               select gen_random_uuid(), $1, 'x' || n, 'member', $2, now(), now() + interval '1 day'
               from generate_series(1, 999) n""",
            school.id,
            school.owner.user_id,
        )
    _, answer = await pasted(school, "\n".join(people[:2]))
    assert [one["result"] for one in answer["people"]] == ["invited", "too_many_invitations"]
