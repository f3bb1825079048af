"""What is sent to an outside engine while it changes."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from api.search import store
from api.search.models import Entry, Kind
from api.search.outbox import Outbox

_AT = datetime(2026, 1, 1, tzinfo=UTC)


class _Database:
    @asynccontextmanager
    async def connection(self) -> AsyncIterator[None]:
        yield


class _Engine:
    def __init__(self) -> None:
        self.put_ids: list[list[str]] = []
        self.removed: list[str] = []

    async def put(self, entries: Sequence[Entry]) -> None:
        self.put_ids.append([one.id for one in entries])

    async def remove(self, keys: Sequence[tuple[Kind, str]]) -> None:
        self.removed += [id_ for _, id_ in keys]


@pytest.mark.parametrize("changes", [0, 1, 1000])
async def test_a_text_that_keeps_changing_holds_up_no_other(changes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, looks, sent = _Engine(), 0, list[int]()

    async def outbox(_cx: Any, _limit: int) -> list[tuple[int, Kind, str, bool]]:
        return [(1, "note", "a", False), (2, "note", "b", False), (3, "note", "busy", False), (4, "note", "gone", True)]

    async def entries(_cx: Any, keys: Sequence[tuple[Kind, str]]) -> list[Entry]:
        nonlocal looks
        assert looks < 100
        bodies = {"a": "", "b": "", "busy": str(min(looks, changes))}
        looks += 1
        return [Entry("note", id_, "o", "", bodies[id_], _AT) for _, id_ in keys if id_ in bodies]

    async def forget(_cx: Any, sequence: Sequence[int]) -> None:
        sent.extend(sequence)

    for name, stub in (("outbox", outbox), ("entries", entries), ("sent", forget)):
        monkeypatch.setattr(store, name, stub)
    count = await Outbox(_Database(), engine).send()  # type: ignore[arg-type]
    again = min(changes, 2)
    assert engine.put_ids == [["a", "b", "busy"], *[["busy"]] * again] and engine.removed == ["gone"]
    assert sent == ([1, 2, 4] if changes > 2 else [1, 2, 3, 4]) and count == len(sent)
