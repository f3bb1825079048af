from datetime import timedelta
from typing import Any

import pytest

from api.english.review import ledger as review_ledger
from tests.support.node import Account, Parley

ROOT = "/api/learn/english"


@pytest.fixture
async def ana(parley: Parley) -> Account:
    return await parley.account("ana")


async def review(parley: Parley, account: Account, status: int = 200, **query: str) -> Any:
    async with parley.client.get(f"{ROOT}/review", headers=account.headers, params=query) as response:
        assert response.status == status, await response.text()
        return await response.json()


async def wrong(parley: Parley, account: Account, kind: str, item: str, days_ago: float) -> None:
    at = parley.resources.clock.now() - timedelta(days=days_ago)
    async with parley.resources.database.transaction() as tx:
        practice = review_ledger.Practice(kind, item, False, at, f"{kind}:{item}")
        await review_ledger.practised(tx, account.user_id, practice)


async def test_nothing_is_due_at_first(parley: Parley, ana: Account) -> None:
    assert await review(parley, ana) == {"due": []}


async def test_due_items_come_with_an_open_task(parley: Parley, ana: Account) -> None:
    await wrong(parley, ana, "word", "name", 3)
    await wrong(parley, ana, "phoneme", "TH", 2)
    await wrong(parley, ana, "error", "agreement", 1)
    await wrong(parley, ana, "word", "zyzzyva", 0.5)
    await wrong(parley, ana, "word", "later", 0.01)
    due = (await review(parley, ana))["due"]
    assert [(one["kind"], one["item"]) for one in due] == [
        ("word", "name"),
        ("phoneme", "TH"),
        ("error", "agreement"),
        ("word", "zyzzyva"),
    ]
    assert due[0]["task"]["module_id"] == "a1-meeting-people"
    assert [one["task"] and one["task"]["skill"] for one in due[1:]] == ["speaking", "writing", None]
    assert all(0 <= one["strength"] <= 0.6 for one in due)
    assert len((await review(parley, ana, limit="2"))["due"]) == 2


async def test_a_kind_of_error_is_repeated_in_the_module_that_teaches_it(parley: Parley, ana: Account) -> None:
    await wrong(parley, ana, "error", "be_agreement", 1)
    (due,) = (await review(parley, ana))["due"]
    assert (due["task"]["module_id"], due["task"]["skill"]) == ("a1-meeting-people", "writing")


async def test_the_list_is_the_learners_own_and_needs_a_credential(parley: Parley, ana: Account) -> None:
    await wrong(parley, ana, "word", "name", 3)
    other = await parley.account("other")
    assert await review(parley, other) == {"due": []}
    await review(parley, ana, 400, limit="0")
    async with parley.client.get(f"{ROOT}/review") as response:
        assert response.status == 401
