"""After many random operations nothing shows to anybody whom it does not belong to, and everything to whom it does.

The long form: `PARLEY_TEST_OPERATIONS=2000 python -m pytest tests/integration/knowledge/test_nobody_sees_anothers.py`.
"""

import os
import random
import re

import pytest

from kit.database import Database
from tests.support.two_houses import Houses

_OPERATIONS = int(os.environ.get("PARLEY_TEST_OPERATIONS", "150"))
_QUERIES = ("travel", "grammar cinema", "river", "cinma", "teacher weekend travel")


@pytest.mark.parametrize("seed", [1])
async def test_rows_show_to_their_readers_only(database: Database, seed: int) -> None:
    houses = Houses(database, random.Random(seed))
    await houses.settle()
    for number in range(_OPERATIONS):
        await houses.act()
        if number % 25 == 24 or number == _OPERATIONS - 1:
            await check(houses)


async def check(houses: Houses) -> None:
    for person in houses.people:
        for conversation in (None, *person.conversations[-1:]):
            for query in (houses.chance.choice(_QUERIES), houses.chance.choice(list(houses.owner))):
                for mark in marks(await houses.shown(person, query, conversation)):
                    assert houses.may_see(mark, person.user_id, conversation), (mark, query, conversation)
        for mark in marks(await houses.listed(person)):
            mine = houses.owner[mark] == person.user_id
            assert mine or houses.may_see(mark, person.user_id, None), mark
    await what_may_be_seen_is_found(houses)


async def what_may_be_seen_is_found(houses: Houses) -> None:
    held = list(houses.holder.values())
    for mark in houses.chance.sample(held, min(4, len(held))):
        for person in houses.people:
            inside = houses.inside.get(mark)
            if houses.owner[mark] != "nobody" and houses.may_see(mark, person.user_id, inside):
                assert mark in await houses.shown(person, mark, inside), mark


def marks(text: str) -> set[str]:
    return set(re.findall(r"zq[a-j]+x", text))
