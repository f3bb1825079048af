"""SQL of documents: their rows, bytes and passages."""

from collections.abc import Sequence
from datetime import datetime

from api.knowledge.extraction.chunks import Chunk
from api.knowledge.models import Document, Reader
from kit import ids
from kit.database import Connection, Record


async def insert(tx: Connection, document: Document, sha256: bytes) -> None:
    """Store a document that is still to be read; its bytes follow in parts."""
    await tx.execute(
        """
        insert into documents (id, owner_id, visibility, organization_id, conversation_id, title, filename, media_type,
            size_bytes, sha256, status, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
        """,
        document.id,
        document.owner_id,
        document.visibility,
        document.organization_id,
        document.conversation_id,
        document.title,
        document.filename,
        document.media_type,
        document.size_bytes,
        sha256,
        document.status,
        document.created_at,
    )


async def insert_part(tx: Connection, document_id: str, number: int, content: bytes) -> None:
    """Store one part of the bytes."""
    await tx.execute(
        "insert into document_parts (document_id, number, content) values ($1, $2, $3)", document_id, number, content
    )


async def part(tx: Connection, document_id: str, number: int) -> bytes | None:
    """One part of the bytes; None behind the last."""
    found: bytes | None = await tx.fetchval(
        "select content from document_parts where document_id = $1 and number = $2", document_id, number
    )
    return found


async def find(tx: Connection, document_id: str) -> Document | None:
    """The document, without a check of who asks."""
    row = await tx.fetchrow("select * from documents where id = $1", document_id)
    return _document(row) if row else None


async def seen(tx: Connection, reader: Reader, document_id: str) -> Document | None:
    """The document, if the reader may see it. Owners see those of their conversations everywhere."""
    row = await tx.fetchrow(
        """
        select * from documents_seen_by($1, $2, null) where id = $3
        union all
        select * from documents where id = $3 and owner_id = $1 and conversation_id is not null
        """,
        reader.user_id,
        reader.organization_id,
        document_id,
    )
    return _document(row) if row else None


async def beginning(cx: Connection, document_id: str, most: int) -> str:
    """The passages that begin within the first `most` characters, a line between them."""
    rows = await cx.fetch(
        """
        select content from (
            select content, number, sum(length(content)) over (order by number) - length(content) as before
            from chunks where document_id = $1
        ) passage where before < $2 order by number
        """,
        document_id,
        most,
    )
    return "\n".join(row["content"] for row in rows)


async def page(
    tx: Connection, reader: Reader, conversation_id: str | None, before: str | None, limit: int
) -> list[Document]:
    """Newest first: all that the reader may see, or the documents of one of the reader's conversations."""
    rows = await tx.fetch(
        """
        select * from (
            select * from documents_seen_by($1, $2, null) where $3::uuid is null
            union all
            select * from documents
            where owner_id = $1 and conversation_id is not null and ($3::uuid is null or conversation_id = $3)
        ) as listed
        where $4::uuid is null or id < $4 order by id desc limit $5
        """,
        reader.user_id,
        reader.organization_id,
        conversation_id,
        before,
        limit,
    )
    return [_document(row) for row in rows]


async def delete(tx: Connection, owner_id: str, document_id: str) -> bool:
    """Delete a document with its bytes and passages; False if there is none."""
    return bool(
        await tx.fetchval("delete from documents where id = $1 and owner_id = $2 returning true", document_id, owner_id)
    )


async def begin_reading(tx: Connection, document_id: str, reading: str) -> Document | None:
    """Take a document that waits for its passages, also from a reading under way. Its row stays locked."""
    row = await tx.fetchrow(
        "update documents set reading = $2 where id = $1 and status = 'processing' returning *", document_id, reading
    )
    return _document(row) if row else None


async def lock_reading(tx: Connection, document_id: str, reading: str) -> bool:
    """Whether this reading is still the current one; the document's row stays locked."""
    return bool(
        await tx.fetchval(
            "select true from documents where id = $1 and reading = $2 and status = 'processing' for update",
            document_id,
            reading,
        )
    )


async def clear_chunks(tx: Connection, document_id: str) -> None:
    """Delete the passages, before they are made again."""
    await tx.execute("delete from chunks where document_id = $1", document_id)


async def insert_chunks(
    tx: Connection,
    document: Document,
    first: int,
    chunks: Sequence[Chunk],
    embedder: str,
    vectors: Sequence[Sequence[float]],
) -> None:
    """Passages `first` and following, indexed by title, heading and text."""
    await tx.executemany(
        """
        insert into chunks (id, document_id, number, heading, page, content, words, lexemes, embedder, embedding)
        values ($1, $2, $3, $4, $5, $6, $7,
            setweight(to_tsvector('parley', $8 || ' ' || $4), 'A') || to_tsvector('parley', $6), $9, $10)
        """,
        [
            (
                ids.new_id(),
                document.id,
                first + number,
                chunk.heading,
                chunk.page,
                chunk.text,
                chunk.words,
                document.title,
                embedder,
                list(vector),
            )
            for number, (chunk, vector) in enumerate(zip(chunks, vectors, strict=True))
        ],
    )
    await tx.execute(
        "select search_learn($1)", " ".join([document.title, *(f"{one.heading} {one.text}" for one in chunks)])
    )


async def finish(tx: Connection, document_id: str, status: str, error: str | None, at: datetime) -> bool:
    """The count of passages is taken from the table."""
    return bool(
        await tx.fetchval(
            """
            update documents set status = $2, error = $3, updated_at = $4, reading = null,
              chunks = (select count(*) from chunks where document_id = $1)
            where id = $1 and status = 'processing' returning true
            """,
            document_id,
            status,
            error,
            at,
        )
    )


async def processing(tx: Connection) -> list[tuple[str, str]]:
    """(id, owner) of those that wait for their passages."""
    rows = await tx.fetch("select id, owner_id from documents where status = 'processing' order by id")
    return [(row["id"], row["owner_id"]) for row in rows]


async def other_embeddings(tx: Connection, embedder: str, limit: int) -> list[tuple[str, str]]:
    """(id, text to embed) of passages whose vectors are of another model."""
    rows = await tx.fetch(
        "select id, heading || ' ' || content as text from chunks where embedder <> $1 order by id limit $2",
        embedder,
        limit,
    )
    return [(row["id"], row["text"]) for row in rows]


async def set_embeddings(tx: Connection, embedder: str, vectors: Sequence[tuple[str, Sequence[float]]]) -> None:
    """Store vectors of another embedder."""
    await tx.executemany(
        "update chunks set embedder = $2, embedding = $3 where id = $1",
        [(id_, embedder, list(vector)) for id_, vector in vectors],
    )


def _document(row: Record) -> Document:
    return Document(
        id=row["id"],
        owner_id=row["owner_id"],
        visibility=row["visibility"],
        organization_id=row["organization_id"],
        conversation_id=row["conversation_id"],
        title=row["title"],
        filename=row["filename"],
        media_type=row["media_type"],
        size_bytes=row["size_bytes"],
        status=row["status"],
        error=row["error"],
        chunks=row["chunks"],
        created_at=row["created_at"],
    )
