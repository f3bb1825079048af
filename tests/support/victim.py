"""A node that is killed in the middle of uploads and writes, and what must be true afterwards."""

import asyncio
import contextlib
import os
import random
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from kit.database import Database

_ROOT = Path(__file__).resolve().parents[2]
_PARAGRAPH = "The Danube flows through Vienna and Budapest. It is the second longest river in Europe. "


@dataclass
class Victim:
    environment: dict[str, str]
    folder: Path
    port: int
    process: asyncio.subprocess.Process | None = None
    promised: dict[str, list[str]] = field(default_factory=lambda: {"notes": [], "documents": [], "conversations": []})
    """Ids that the server has confirmed."""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.support.killable",
                str(self.port),
                str(self.folder),
                cwd=_ROOT,
                env=self.environment,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        assert self.process.stdout is not None
        said = await asyncio.wait_for(self.process.stdout.readline(), 120)
        assert said.strip() == b"ready", f"the node did not start: {(self.folder / 'log').read_text()[-2000:]}"

    async def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    async def sign_in(self) -> None:
        async with aiohttp.ClientSession(self.url) as session:
            body = {"email": "ana@example.com", "username": "ana", "password": "correct horse battery"}
            await session.post("/api/auth/register", json=body)
            form = {"username": "ana", "password": "correct horse battery"}
            async with session.post("/api/auth/login", data=form) as response:
                self.headers = {"Authorization": f"Bearer {(await response.json())['access_token']}"}

    async def write(self, chance: random.Random) -> None:
        """One write after the other until the server is gone."""
        async with aiohttp.ClientSession(self.url, headers=self.headers) as session:
            with contextlib.suppress(aiohttp.ClientError, OSError):
                await self._upload(session, chance)
                while True:
                    await chance.choice([self._note, self._upload, self._note, self._say])(session, chance)
                    await asyncio.sleep(0.03)

    async def confirmed(self, more: int) -> None:
        """Wait until the server has confirmed so many writes more."""
        before = sum(map(len, self.promised.values()))
        for _ in range(6000):
            if sum(map(len, self.promised.values())) >= before + more:
                return
            await asyncio.sleep(0.01)
        raise AssertionError("the server confirms nothing")

    async def _note(self, session: aiohttp.ClientSession, chance: random.Random) -> None:
        body = {"title": f"Note {chance.random()}", "content": _PARAGRAPH}
        async with session.post("/api/core/notes", json=body) as response:
            await self._keep(response, 201, "notes", "id")

    async def _say(self, session: aiohttp.ClientSession, chance: random.Random) -> None:
        async with session.post("/api/ai/generate", json={"message": f"I like rivers {chance.random()}"}) as response:
            await self._keep(response, 200, "conversations", "conversation_id")

    async def _upload(self, session: aiohttp.ClientSession, chance: random.Random) -> None:
        form = aiohttp.FormData()
        text = (f"{chance.random()} " + _PARAGRAPH) * chance.randint(1, 300)
        form.add_field("file", text.encode(), filename="a.txt")
        async with session.post("/api/rag/documents", data=form) as response:
            await self._keep(response, 202, "documents", "document")

    async def _keep(self, response: aiohttp.ClientResponse, status: int, kind: str, name: str) -> None:
        body = await response.json()
        if response.status == 429:
            await asyncio.sleep(0.2)
            return
        assert response.status == status, body
        self.promised[kind].append(body[name]["id"] if kind == "documents" else body[name])


def victim(database_url: str, redis_url: str, folder: Path) -> Victim:
    """A node on a free port, not started yet; its limits allow as many writes as it can take."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    limits = {"PARLEY_LIMIT_HEAVY": "100000", "PARLEY_LIMIT_WRITE": "100000", "PARLEY_LIMIT_LOGIN": "100000"}
    return Victim({**os.environ, "DATABASE_URL": database_url, "REDIS_URL": redis_url, **limits}, folder, port)


async def one_kill(node: Victim, database: Database, chance: random.Random) -> None:
    """Start, let two writers write, kill -9 at a random moment, and look for everything that was confirmed."""
    await node.start()
    await node.sign_in()
    writers = [asyncio.ensure_future(node.write(random.Random(chance.random()))) for _ in range(2)]
    await node.confirmed(chance.randint(2, 12))
    await asyncio.sleep(chance.uniform(0, 0.3))
    await node.kill()
    await asyncio.gather(*writers)
    await what_was_confirmed_is_there(node, database)


async def after_all(node: Victim, database: Database) -> None:
    """Start once more; every document becomes ready, and index, passages and bytes agree."""
    async with database.connection() as cx:
        # Leases of killed nodes would hold their jobs back for minutes of real time.
        await cx.execute("update jobs set leased_until = null, run_at = '2020-01-01'")
    await node.start()
    try:
        await everything_is_whole(database)
    finally:
        await node.kill()


async def what_was_confirmed_is_there(victim: Victim, database: Database) -> None:
    async with database.connection() as cx:
        for kind, statement in (
            ("notes", "select count(*) from notes where id = any($1)"),
            ("documents", "select count(*) from documents where id = any($1)"),
            ("conversations", "select count(*) from conversations where id = any($1)"),
        ):
            assert await cx.fetchval(statement, victim.promised[kind]) == len(victim.promised[kind]), kind


async def everything_is_whole(database: Database) -> None:
    async with database.connection() as cx:
        for _ in range(1200):
            if await cx.fetchval("select count(*) from documents where status = 'processing'") == 0:
                break
            await asyncio.sleep(0.1)
        assert await cx.fetchval("select count(*) from documents") > 0
        assert await cx.fetchval("select count(*) from documents where status <> 'ready'") == 0
        half = """
            select count(*) from documents d where
                chunks <> (select count(*) from chunks c where c.document_id = d.id)
                or chunks <> (select coalesce(max(number) + 1, 0) from chunks c where c.document_id = d.id)
                or size_bytes <> (select sum(length(content)) from document_parts p where p.document_id = d.id)
        """
        assert await cx.fetchval(half) == 0
        for statement in (
            "select count(*) from notes n full join (select id from search_entries where kind = 'note') e using (id) "
            "where n.title is null or e.id is null",
            "select count(*) from messages m full join (select id from search_entries where kind = 'message') e "
            "using (id) where m.content is null or e.id is null",
            "select count(*) from conversations c "
            "where (select count(*) from messages m where m.conversation_id = c.id) <> 2",
        ):
            assert await cx.fetchval(statement) == 0, statement
