"""Calls by their ids, from their offers to the end of their books."""

from types import SimpleNamespace
from typing import Any

import pytest

from kit import errors, ids
from kit.errors import Failure
from realtime.transports.openai.open_calls import PREFIX, OpenCalls


class _Repository:
    """Of a node's sessions, which are not settled yet."""

    async def find(self, _: str, user_id: str) -> Any:
        if user_id != "ana":
            raise errors.not_found("Session")
        return SimpleNamespace(ended_at=None, owner="here")


async def test_a_call_that_has_just_ended_is_known_until_it_is_settled() -> None:
    bus = SimpleNamespace(on=lambda *_: None)
    registry: Any = SimpleNamespace(repository=_Repository(), node="here", bus=bus, tasks=None)
    standing: Any = None
    call: Any = SimpleNamespace(caller=SimpleNamespace(user_id="ana"))
    calls = OpenCalls(registry, standing, lambda *_: pytest.fail("nobody hangs up"))
    session_id, plain = ids.new_id(), ids.new_id()
    calls.add(session_id, call)
    assert await calls.find(PREFIX + session_id, "ana") is call
    calls.discard(session_id)
    calls.discard(session_id)
    assert await calls.find(PREFIX + session_id, "ana") is None
    for other, user_id in ((session_id, "ben"), (plain, "ana")):
        with pytest.raises(Failure) as refused:
            await calls.find(PREFIX + other, user_id)
        assert refused.value.code == "not_found"
