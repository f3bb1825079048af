"""A learner of English who uses nothing but the public API, and a teacher's key to check against."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from aiohttp import FormData

from api.english.catalog import load
from api.english.tasks import key
from tests.support.containers import FileFormat, muxed
from tests.support.node import Account, Parley

ROOT = "/api/learn/english"
FIRST = "a1-meeting-people"
DATA = Path(__file__).parents[1] / "data"


class Learner:
    def __init__(self, parley: Parley, account: Account) -> None:
        self.parley = parley
        self.account = account
        self.key_headers: dict[str, str] = {}

    async def call(self, method: str, path: str, status: int = 200, **rest: Any) -> Any:
        """The JSON answer of an English operation (bytes for sound); the status must be this one."""
        return await self.ask(method, f"{ROOT}{path}", status, **rest)

    async def ask(self, method: str, path: str, status: int = 200, **rest: Any) -> Any:
        headers = {**(self.key_headers or self.account.headers), **rest.pop("headers", {})}
        async with self.parley.client.request(method, path, headers=headers, **rest) as response:
            assert response.status == status, await response.text()
            return await response.json() if response.content_type.endswith("json") else await response.read()

    async def module(self, module_id: str = FIRST) -> Any:
        return await self.call("GET", f"/modules/{module_id}")

    async def submit(self, task_id: str, response: Any, status: int = 200, **more: Any) -> Any:
        module = more.pop("module_id", FIRST)
        task = load.catalog().task(module, task_id)
        body = {
            "module_id": module,
            "task_id": task_id,
            "skill": task.skill if task else "reading",
            "response": response,
            "time_spent_seconds": 20,
        }
        return await self.call("POST", "/tasks/submit", status, json=body | more)

    async def evaluate(self, content: bytes, status: int = 200, *, name: str = "me.flac", **fields: str) -> Any:
        form = FormData()
        form.add_field("skill", "speaking")
        for field, value in fields.items():
            form.add_field(field, value)
        form.add_field("audio", io.BytesIO(content), filename=name, content_type="application/octet-stream")
        return await self.call("POST", "/evaluate", status, data=form)


def perfect(task_id: str, variant: int = 1, module_id: str = FIRST) -> Any:
    """The teacher's key."""
    task = load.catalog().task(module_id, task_id)
    assert task is not None
    return key.perfect(task, module_id, variant)


def clip(name: str) -> bytes:
    """A recording of tests/data as a file."""
    for folder in ("audio", "english"):
        if (found := DATA / folder / name).exists():
            return found.read_bytes()
    raise FileNotFoundError(name)


def encoded(container: str, codec: str, seconds: float | None = None) -> bytes:
    """A known recording in another format, repeated up to so many seconds."""
    samples, rate = soundfile.read(io.BytesIO(clip("so762-008110159.flac")), dtype="int16")
    if seconds is not None:
        samples = np.resize(samples, int(seconds * rate))
    return muxed(samples, rate, FileFormat(container, codec, 48_000 if codec == "libopus" else rate))


async def place(parley: Parley, account: Account, level: str) -> None:
    """As if the learner had done the placement: all modules up to the level are open."""
    async with parley.resources.database.connection() as cx:
        await cx.execute(
            """
            insert into english_placements (id, user_id, attempt, status, level, started_at, ended_at)
            values (gen_random_uuid(), $1, 1, 'done', $2, now(), now())
            """,
            account.user_id,
            level,
        )
