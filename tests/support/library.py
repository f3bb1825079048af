"""Uploading documents over the public API and waiting until they are read."""

import asyncio
import io
from typing import Any

from aiohttp import FormData

from tests.support.node import Account, Parley


async def ask(parley: Parley, account: Account, method: str, path: str, status: int, **options: Any) -> Any:
    async with parley.client.request(method, path, headers=account.headers, **options) as response:
        assert response.status == status, await response.text()
        return await response.json() if response.content_type == "application/json" else None


async def upload(
    parley: Parley,
    account: Account,
    content: bytes | str,
    filename: str = "notes.txt",
    status: int = 202,
    **fields: str,
) -> Any:
    form = FormData()
    raw = content.encode() if isinstance(content, str) else content
    form.add_field("file", io.BytesIO(raw), filename=filename, content_type="application/octet-stream")
    for name, value in fields.items():
        form.add_field(name, value)
    body = await ask(parley, account, "POST", "/api/rag/documents", status, data=form)
    return body["document"] if status == 202 else body


async def read(parley: Parley, account: Account, document: dict[str, Any], seconds: float = 30) -> dict[str, Any]:
    """The document once it is ready or failed."""
    for _ in range(int(seconds / 0.05)):
        items = (await ask(parley, account, "GET", "/api/rag/documents", 200, params={"limit": 100}))["items"]
        found: dict[str, Any] = next(one for one in items if one["id"] == document["id"])
        if found["status"] != "processing":
            return found
        await asyncio.sleep(0.05)
    raise AssertionError("the document was never read")


async def added(
    parley: Parley, account: Account, content: bytes | str, filename: str = "notes.txt", **fields: str
) -> Any:
    document = await read(parley, account, await upload(parley, account, content, filename, 202, **fields))
    assert document["status"] == "ready", document
    return document


async def found(parley: Parley, account: Account, query: str, **more: Any) -> list[dict[str, Any]]:
    body = await ask(parley, account, "POST", "/api/knowledge/search", 200, json={"query": query, **more})
    results: list[dict[str, Any]] = body["results"]
    return results
