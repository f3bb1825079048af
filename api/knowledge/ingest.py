"""Turns an uploaded document into passages, in a job that starts over after a crash."""

import tempfile
from contextlib import aclosing
from pathlib import Path
from typing import Any, cast

from api.knowledge import store
from api.knowledge.embedding import local
from api.knowledge.extraction.blocks import MediaType, Unreadable
from api.knowledge.extraction.extractor import Extractor, Passage
from api.knowledge.models import Document
from api.knowledge.ports import Embedder
from kit import errors, ids, logs, scratch
from kit.clock import Clock
from kit.database import Connection, Database
from kit.jobs import Jobs

_KIND = "knowledge.ingest"
_EMBED = "knowledge.embed"
_BATCH = 32
_log = logs.get(__name__)


class _Gone(Exception):
    pass


class Ingest:
    """Reads documents in the background."""

    def __init__(self, database: Database, clock: Clock, jobs: Jobs, extractor: Extractor, embedder: Embedder) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs
        self._extractor = extractor
        self._embedder = embedder
        jobs.register(_KIND, self._run, self._give_up)
        jobs.register(_EMBED, self._embed_again)

    async def enqueue(self, tx: Connection, document_id: str, owner_id: str) -> None:
        """Queue the reading of a document in the transaction that stores it."""
        await self._jobs.enqueue(tx, _KIND, {"document_id": document_id}, key=document_id, owner=owner_id)

    async def start(self) -> None:
        """Enqueue documents that an earlier run of the server left unfinished, and vectors of another model."""
        async with self._database.transaction() as tx:
            for document_id, owner_id in await store.processing(tx):
                await self.enqueue(tx, document_id, owner_id)
            if await store.other_embeddings(tx, self._embedder.name, 1):
                await self._jobs.enqueue(tx, _EMBED, {}, key=self._embedder.name)

    async def _run(self, payload: dict[str, Any]) -> None:
        reading = ids.new_id()
        async with self._database.transaction() as tx:
            document = await store.begin_reading(tx, payload["document_id"], reading)
            if document is None:
                return
            await store.clear_chunks(tx, document.id)
        try:
            await self._read(document, reading)
            status, error = "ready", None
        except Unreadable as verdict:
            status, error = "failed", verdict.code
        except _Gone:
            return
        async with self._database.transaction() as tx:
            if not await store.lock_reading(tx, document.id, reading):
                return
            if status == "failed":
                await store.clear_chunks(tx, document.id)
            await store.finish(tx, document.id, status, error, self._clock.now())

    async def _give_up(self, payload: dict[str, Any]) -> None:
        """Mark a document that will not be tried again as failed, so that it does not seem to wait for ever."""
        async with self._database.transaction() as tx:
            if await store.begin_reading(tx, payload["document_id"], ids.new_id()) is not None:
                await store.clear_chunks(tx, payload["document_id"])
                await store.finish(tx, payload["document_id"], "failed", "broken", self._clock.now())

    async def _read(self, document: Document, reading: str) -> None:
        """Write the document's passages. They are not visible before the document is ready. Raises _Gone when the
        document was deleted or a later reading has begun."""
        count = 0
        batch: list[Passage] = []
        with tempfile.TemporaryDirectory(prefix="document-", dir=scratch.folder()) as folder:
            path = Path(folder) / "document"
            await self._fetch(document.id, path)
            media_type = cast(MediaType, document.media_type)
            found = self._extractor.passages(path, media_type, document.owner_id)
            async with aclosing(found) as passages:
                async for passage in passages:
                    batch.append(passage)
                    if len(batch) == _BATCH:
                        await self._write(document, reading, count, batch)
                        count += len(batch)
                        batch = []
        if batch:
            await self._write(document, reading, count, batch)

    async def _fetch(self, document_id: str, path: Path) -> None:
        with path.open("wb") as out:
            number = 0
            while True:
                async with self._database.connection() as cx:
                    piece = await store.part(cx, document_id, number)
                if piece is None:
                    return
                out.write(piece)
                number += 1

    async def _write(self, document: Document, reading: str, first: int, batch: list[Passage]) -> None:
        name, vectors = local.NAME, [one.vector for one in batch]
        if self._embedder.name != local.NAME:
            try:
                vectors = await self._embedder.embed([f"{one.chunk.heading} {one.chunk.text}" for one in batch])
                name = self._embedder.name
            except errors.Failure as failure:
                _log.warning("embedding_postponed", reason=failure.message)
        async with self._database.transaction() as tx:
            if not await store.lock_reading(tx, document.id, reading):
                raise _Gone
            chunks = [one.chunk for one in batch]
            await store.insert_chunks(tx, document, first, chunks, name, vectors)
            if name != self._embedder.name:
                await self._jobs.enqueue(tx, _EMBED, {}, key=self._embedder.name)

    async def _embed_again(self, payload: dict[str, Any]) -> None:
        """Give every passage a vector of the model in use; in batches, so that a restart continues."""
        while True:
            async with self._database.connection() as cx:
                waiting = await store.other_embeddings(cx, self._embedder.name, _BATCH)
            if not waiting:
                return
            vectors = await self._embedder.embed([text for _, text in waiting])
            async with self._database.transaction() as tx:
                known = [(id_, vector) for (id_, _), vector in zip(waiting, vectors, strict=True)]
                await store.set_embeddings(tx, self._embedder.name, known)
