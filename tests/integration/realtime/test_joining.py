"""Several connections join one session at once, and the first of them fails."""

import asyncio
from typing import Any

import pytest

from kit.errors import Failure, unavailable
from tests.integration.realtime.conftest import Stage


class _Client:
    alive = True

    async def send(self, name: str, data: dict[str, object], sound: bytes | None = None) -> None:
        return None

    async def drop(self, failure: Failure) -> None:
        return None


async def test_a_session_is_taken_over_once_when_the_first_of_three_joins_fails(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = await stage.node()
    user = await stage.person()
    session_id = await stage.voice(user)
    registry = node.maintenance.registry
    claim, claims = node.repository.claim, 0

    async def claiming(*given: Any) -> Any:
        nonlocal claims
        claims += 1
        if claims == 1:
            await asyncio.sleep(0)
            raise unavailable("unavailable", "The database is away.", 1)
        return await claim(*given)

    monkeypatch.setattr(node.repository, "claim", claiming)

    def join() -> "asyncio.Future[Any]":
        return asyncio.ensure_future(registry.join(session_id, user, _Client(), None))

    joins = [join(), join()]
    joins[0].add_done_callback(lambda _: joins.append(join()))
    with pytest.raises(Failure):
        await joins[0]
    await asyncio.sleep(0)
    second, third = [(await one).runner for one in joins[1:]]
    assert second is third is registry.runners[session_id]
    assert (await stage.row(session_id))["fence"] == 1
    assert len(registry._joining) == 0
