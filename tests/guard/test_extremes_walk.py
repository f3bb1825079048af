"""Every date, time and number that an operation takes, at its extremes: never an answer of status 500."""

import json
from typing import Any

import pytest

from kit.http.operation import Access
from tests.guard.test_operations_walk import Walk, jobs_done, place
from tests.support import extremes, walk
from tests.support.node import Account

__all__ = ["place"]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
async def test_no_extreme_is_too_much(place: Walk, zone: str) -> None:
    node = place.node
    ana = await node.account("ana", timezone=zone)
    async with node.resources.database.connection() as cx:
        await cx.execute("update users set role = 'admin', plan = 'pro'")
    things = await walk.belongings(node, ana)
    await jobs_done(node)
    study = f"/api/core/conversations/{things['conversation_id']}/session/start"
    async with node.client.post(study, headers=ana.headers) as response:
        assert response.status == 201
    tries = Tries(place, ana, things)
    for row in place.rows:
        await tries.extremes_of(row)
    for row in place.rows:  # what was kept can be read
        if row.method == "GET":
            await tries.send(row, "", "", params=tries.wanted(row)["params"])
    async with node.client.get("/api/live/transcripts?limit=100", headers=ana.headers) as response:
        kept = [one["id"] for one in (await response.json())["items"]]
    assert len(kept) > 1
    reading = next(row for row in place.rows if row.path == "/api/live/transcripts/{transcript_id}")
    for things["transcript_id"] in kept:
        for form in ("json", "srt", "vtt", "txt"):
            await tries.send(reading, "format", form, params={"format": form})
    assert tries.wrong == set()
    assert tries.count > 500


class Tries:
    """Requests with extreme values; `wrong` has operation, place and value of those that the server failed at."""

    def __init__(self, place: Walk, who: Account, things: dict[str, str]) -> None:
        self.count = 0
        self.wrong: set[tuple[str, str, str]] = set()
        self._place, self._who, self._things = place, who, things

    def wanted(self, row: Any) -> dict[str, Any]:
        """The options of a well-formed request."""
        return walk.request(row, self._place.document, self._things).options

    async def extremes_of(self, row: Any) -> None:
        """Every query parameter and every field of the body, one at a time, at each extreme of its type."""
        document, wanted = self._place.document, self.wanted(row)
        described = document["paths"][row.path][row.method.lower()]
        for parameter in described["parameters"]:
            if parameter["in"] == "query":
                name = parameter["name"]
                for value in extremes.values(parameter["schema"], document):
                    await self.send(row, name, value, params={**wanted["params"], name: str(value)})
        if "json" not in wanted or (row.access is Access.PUBLIC and "auth" in row.path):
            return
        shape = described["requestBody"]["content"]["application/json"]["schema"]
        for where, body in extremes.bodies(shape, wanted["json"], document):
            text = json.dumps(body).replace("Infinity", "1e400")
            headers = {"Content-Type": "application/json"}
            await self.send(row, where, body, headers=headers, data=text, params=wanted["params"])

    async def send(
        self, row: Any, where: str, value: object, headers: dict[str, str] | None = None, **options: Any
    ) -> None:
        """Send one request; `where` and `value` name it if the server fails."""
        self.count += 1
        request = walk.Request(row.method, walk.filled_path(row, self._things), options)
        status, _ = await self._place.send(request, {**self._who.headers, **(headers or {})})
        if status == 500:
            self.wrong.add((row.name, where, str(value)[:60]))
