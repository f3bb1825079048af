"""Retrieval quality: `run.py bench retrieval`.

309 questions over 1,311 passages (benchmarks/data, how they were made: benchmarks/_build_passages.py). In one run over
the same texts (title and passage): Parley's retrieval, plain PostgreSQL full text search (any of the words, ts_rank_cd;
and all of the words, as websearch_to_tsquery does it), and plain BM25 (k1 1.2, b 0.75, the same stems and stop words).
Prints recall@5 and nDCG@10 for all questions and for each half: constants were chosen on the even ones only.
"""

import argparse
import asyncio
import json
import math
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from api.conversations.threads import Threads
from api.knowledge import store
from api.knowledge.embedding import local, stopwords
from api.knowledge.embedding.embedders import LocalEmbedder
from api.knowledge.extraction.chunks import Chunk
from api.knowledge.models import Document, Reader
from api.knowledge.retrieval import Retrieval
from kit import ids
from kit.database import Database
from language import terms as words
from server.embedded.stack import EmbeddedStack
from server.migrate import migrate

_DATA = Path(__file__).parent / "data"
_NOW = datetime(2026, 1, 1, tzinfo=UTC)

Passages = list[dict[str, str]]
Ask = Callable[[str], Awaitable[list[str]]]


def load() -> tuple[Passages, list[tuple[str, set[str]]]]:
    """The passages, and each question with the ids of the passages that answer it."""
    passages = [json.loads(line) for line in (_DATA / "passages.jsonl").read_text().splitlines()]
    questions = []
    for line in (_DATA / "questions.tsv").read_text().splitlines():
        code, answer, question = line.split("\t")
        of_country = [one for one in passages if one["code"] == code]
        right = {one["id"] for one in of_country if answer in one["text"]}
        right = right or {one["id"] for one in of_country if answer.split(", ")[-1] in one["text"]}
        questions.append((question, right))
    return passages, questions


async def _add(database: Database, owner: str, passage: dict[str, str]) -> str:
    """A document of one passage; its id."""
    document = Document(
        id=ids.new_id(),
        owner_id=owner,
        visibility="private",
        organization_id=None,
        conversation_id=None,
        title=passage["title"],
        filename="a.txt",
        media_type="text/plain",
        size_bytes=1,
        status="processing",
        error=None,
        chunks=0,
        created_at=_NOW,
    )
    chunk = Chunk(passage["text"], "", None, len(passage["text"].split()))
    vector = local.embed(f"{passage['title']} {passage['text']}").tolist()
    async with database.transaction() as tx:
        await store.insert(tx, document, b"")
        await store.insert_chunks(tx, document, 0, [chunk], local.NAME, [vector])
        await store.finish(tx, document.id, "ready", None, _NOW)
    return document.id


async def fill(database: Database, passages: Passages) -> tuple[str, dict[str, str]]:
    """The reader, and passage id by chunk id."""
    owner = ids.new_id()
    async with database.transaction() as tx:
        await tx.execute(
            "insert into users (id, email, username, password_hash, created_at, updated_at) "
            "values ($1, 'a@example.com', 'ana', '', $2, $2)",
            owner,
            _NOW,
        )
    by_document = {await _add(database, owner, one): one["id"] for one in passages}
    async with database.connection() as cx:
        await cx.execute(
            "create table plain as select c.id, to_tsvector('english', d.title || '. ' || c.content) as words "
            "from chunks c join documents d on d.id = c.document_id"
        )
        await cx.execute("analyze")
        rows = await cx.fetch("select id, document_id from chunks")
    return owner, {row["id"]: by_document[row["document_id"]] for row in rows}


def plain_bm25(passages: Passages) -> Ask:
    def terms(text: str) -> list[str]:
        return [words.stem(word) for word, _, _ in words.split(text) if word not in stopwords.WORDS]

    texts = {one["id"]: Counter(terms(f"{one['title']} {one['text']}")) for one in passages}
    lengths = {name: sum(counts.values()) for name, counts in texts.items()}
    average = statistics.mean(lengths.values())
    having = Counter(term for counts in texts.values() for term in counts)

    async def ask(question: str) -> list[str]:
        scores: dict[str, float] = {}
        for term in set(terms(question)):
            weight = math.log(1 + (len(texts) - having[term] + 0.5) / (having[term] + 0.5))
            for name, counts in texts.items():
                if frequency := counts[term]:
                    saturated = frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * lengths[name] / average))
                    scores[name] = scores.get(name, 0) + weight * saturated
        return sorted(scores, key=lambda one: -scores[one])[:10]

    return ask


def plain_full_text(database: Database, names: dict[str, str], *, every: bool) -> Ask:
    statement = """
        select id from plain, (
            select case when $2 then websearch_to_tsquery('english', $1)
                else replace(plainto_tsquery('english', $1)::text, ' & ', ' | ')::tsquery end as query
        ) as asked
        where words @@ query order by ts_rank_cd(words, query) desc limit 10
    """

    async def ask(question: str) -> list[str]:
        async with database.connection() as cx:
            return [names[row["id"]] for row in await cx.fetch(statement, question, every)]

    return ask


def ours(database: Database, names: dict[str, str], owner: str) -> Ask:
    retrieval = Retrieval(database, Threads(), LocalEmbedder())

    async def ask(question: str) -> list[str]:
        return [names[one.chunk_id] for one in await retrieval.search(Reader(owner), question, 10)]

    return ask


def recall(found: list[str], right: set[str]) -> float:
    return float(bool(right & set(found[:5]))) if len(right) == 1 else len(right & set(found[:5])) / min(len(right), 5)


def ndcg(found: list[str], right: set[str]) -> float:
    gain = sum(1 / math.log2(rank + 2) for rank, one in enumerate(found[:10]) if one in right)
    return gain / sum(1 / math.log2(rank + 2) for rank in range(min(len(right), 10)))


async def judge(name: str, ask: Ask, questions: list[tuple[str, set[str]]], show: bool) -> None:
    recalls, gains, times = [], [], []
    for question, right in questions:
        started = time.perf_counter()
        found = await ask(question)
        times.append((time.perf_counter() - started) * 1000)
        recalls.append(recall(found, right))
        gains.append(ndcg(found, right))
        if show and not recalls[-1]:
            print("   missed:", question)
    parts = [("all", slice(None)), ("even", slice(0, None, 2)), ("odd", slice(1, None, 2))]
    figures = "   ".join(
        f"{part}: recall@5 {statistics.mean(recalls[cut]):.3f} nDCG@10 {statistics.mean(gains[cut]):.3f}"
        for part, cut in parts
    )
    print(f"{name:32} {figures}   p95 {statistics.quantiles(times, n=20)[18]:.0f} ms")


async def run(show: bool) -> None:
    passages, questions = load()
    print(f"{len(questions)} questions, {len(passages)} passages")
    with tempfile.TemporaryDirectory(prefix="parley-bench-", ignore_cleanup_errors=True) as folder:
        stack = EmbeddedStack(Path(folder) / "data", durable=False)
        try:
            url = stack.start().database_url
            await migrate(url)
            database = await Database.open(url)
            owner, names = await fill(database, passages)
            await judge(
                "PostgreSQL full text, all words", plain_full_text(database, names, every=True), questions, False
            )
            await judge(
                "PostgreSQL full text, any word", plain_full_text(database, names, every=False), questions, False
            )
            await judge("BM25", plain_bm25(passages), questions, False)
            await judge("Parley", ours(database, names, owner), questions, show)
            await database.close()
        finally:
            stack.stop()


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench retrieval", description=__doc__)
    parser.add_argument("--missed", action="store_true", help="Show the questions that Parley missed.")
    asyncio.run(run(parser.parse_args(argv).missed))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
