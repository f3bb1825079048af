"""One person's documents do not hold up another's, and two readings of one document do not mix."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

from api.knowledge.embedding import local
from api.knowledge.embedding.embedders import LocalEmbedder
from api.knowledge.extraction.chunks import Chunk
from api.knowledge.extraction.extractor import Extractor, Limits, Passage
from api.knowledge.ingest import Ingest
from kit.clock import SystemClock
from kit.jobs import Jobs
from kit.tasks import Tasks
from tests.support.library import ask, read, upload
from tests.support.node import Parley
from tests.support.waiting import until

_SLOW = "(" * 200 + " word" * 400_000


async def test_a_line_is_read_soon_behind_many_long_documents_of_somebody_else(parley: Parley) -> None:
    ana, ben = await parley.account("ana"), await parley.account("ben")
    long = [await upload(parley, ana, f"{n} {_SLOW}", f"{n}.txt") for n in range(13)]
    short = await upload(parley, ben, "Tea is made of leaves.", "tea.txt")
    assert (await read(parley, ben, short, 60))["status"] == "ready"
    items = (await ask(parley, ana, "GET", "/api/rag/documents", 200, params={"limit": 100}))["items"]
    assert len(items) == len(long)
    assert sum(one["status"] == "processing" for one in items) >= 10


async def test_a_worker_rests_while_others_wait_and_goes_on_after(tmp_path: Path) -> None:
    """One that takes for ever is stopped in the middle for somebody's line, and its time does not run meanwhile."""
    extractor = Extractor(SystemClock(), Limits(), at_once=1)
    long, short = tmp_path / "long", tmp_path / "short"
    long.write_text(" ".join(f"Sentence {n} is one of very many." for n in range(60_000)))
    short.write_text("Tea is made of leaves.")
    heard: list[str] = []

    async def hear(path: Path, owner: str) -> int:
        count = 0
        async for _ in extractor.passages(path, "text/plain", owner):
            heard.append(owner)
            count += 1
        return count

    first = asyncio.ensure_future(hear(long, "ana"))
    await until(lambda: heard, 60)
    assert await asyncio.wait_for(hear(short, "ben"), 60) == 1
    assert not first.done()
    assert await asyncio.wait_for(first, 120) > 1000


class Gated:
    """An extractor whose passages come when they are let."""

    def __init__(self, passages: int) -> None:
        self.passages_made = passages
        self.gates: list[asyncio.Event] = []

    async def passages(self, path: Path, media_type: str, owner: str) -> AsyncGenerator[Passage, None]:
        gate = asyncio.Event()
        self.gates.append(gate)
        for number in range(self.passages_made):
            if number == self.passages_made // 2:
                await gate.wait()
            text = f"Passage number {number}"
            yield Passage(Chunk(text, "", None, 3), local.embed(text).tolist())


async def test_the_later_reading_of_two_is_the_one_that_counts(parley: Parley) -> None:
    """As when a node was thought dead: both read on, and the document is whole all the same."""
    ana, r = await parley.account(), parley.resources
    tasks, extractor = Tasks(), Gated(96)
    jobs = Jobs(r.database, r.clock, tasks)  # never started
    ingest = Ingest(r.database, r.clock, jobs, extractor, LocalEmbedder())  # type: ignore[arg-type]
    async with r.database.connection() as cx:  # nobody else reads it
        await cx.execute(
            "create function keep_off() returns trigger language plpgsql as "
            "$$ begin new.run_at = now() + interval '1 hour'; return new; end $$"
        )
        await cx.execute("create trigger keep_off before insert on jobs for each row execute function keep_off()")
    document = await upload(parley, ana, "Tea is made of leaves.")
    payload = {"document_id": document["id"]}
    first = asyncio.ensure_future(ingest._run(payload))
    await until(lambda: len(extractor.gates) == 1)
    second = asyncio.ensure_future(ingest._run(payload))
    await until(lambda: len(extractor.gates) == 2)
    extractor.gates[1].set()
    await second
    extractor.gates[0].set()
    await first
    found = await read(parley, ana, document)
    async with r.database.connection() as cx:
        there = await cx.fetchval("select count(*) from chunks where document_id = $1", document["id"])
    assert (found["status"], found["chunks"], there) == ("ready", 96, 96)
    await tasks.close()
