"""Every date, time and number that an operation takes, at its extremes: never an answer of status 500."""

import json
from typing import Any

import pytest

from kit.http.operation import Access
from tests.guard.test_operations_walk import Walk, jobs_done, place
from tests.support import extremes, walk

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
    tried, wrong = 0, set()

    async def send(row: Any, where: str, value: object, headers: dict[str, str], **options: Any) -> None:
        nonlocal tried
        tried += 1
        request = walk.Request(row.method, walk.filled_path(row, things), options)
        status, _ = await place.send(request, {**ana.headers, **headers})
        if status == 500:
            wrong.add((row.name, where, str(value)[:60], status))

    for row in place.rows:
        described = place.document["paths"][row.path][row.method.lower()]
        wanted = walk.request(row, place.document, things).options
        for parameter in described["parameters"]:
            if parameter["in"] == "query":
                for value in extremes.values(parameter["schema"], place.document):
                    await send(
                        row, parameter["name"], value, {}, params={**wanted["params"], parameter["name"]: str(value)}
                    )
        if "json" not in wanted or (row.access is Access.PUBLIC and "auth" in row.path):
            continue
        shape = described["requestBody"]["content"]["application/json"]["schema"]
        for where, body in extremes.bodies(shape, wanted["json"], place.document):
            text = json.dumps(body).replace("Infinity", "1e400")
            await send(row, where, body, {"Content-Type": "application/json"}, data=text, params=wanted["params"])
    for row in place.rows:  # what was kept can be read
        wanted = walk.request(row, place.document, things).options
        if row.method == "GET":
            await send(row, "", "", {}, params=wanted["params"])
    async with node.client.get("/api/live/transcripts?limit=100", headers=ana.headers) as response:
        kept = [one["id"] for one in (await response.json())["items"]]
    assert len(kept) > 1
    reading = next(row for row in place.rows if row.path == "/api/live/transcripts/{transcript_id}")
    for things["transcript_id"] in kept:
        for form in ("json", "srt", "vtt", "txt"):
            await send(reading, "format", form, {}, params={"format": form})
    assert wrong == set()
    assert tried > 500
