"""SQL of retrieval. Every statement looks only at what `documents_seen_by` shows the reader."""

from collections.abc import Mapping, Sequence

from api.knowledge.models import Filters, Found, Reader
from api.knowledge.ranking import Candidate
from kit.database import Connection


async def has_vectors(tx: Connection) -> bool:
    """Whether PostgreSQL has pgvector."""
    return bool(await tx.fetchval("select to_regtype('vector') is not null"))


async def stems(tx: Connection, words: Sequence[str]) -> dict[str, str]:
    """The stem of each word as the index has it."""
    rows = await tx.fetch(
        "select word, (ts_lexize('parley_stem', word))[1] as stem from unnest($1::text[]) as given (word)", list(words)
    )
    return {row["word"]: row["stem"] or row["word"] for row in rows}


async def resembling(tx: Connection, words: Sequence[str]) -> dict[str, list[str]]:
    """For each word the indexed words that share enough of its letters."""
    await tx.execute("set local pg_trgm.similarity_threshold = 0.22")
    rows = await tx.fetch(
        """
        select typed.word, array(
            select known.word from search_words known where known.word % typed.word
            order by similarity(known.word, typed.word) desc limit 60
        ) as near from unnest($1::text[]) as typed (word)
        """,
        list(words),
    )
    return {row["word"]: row["near"] for row in rows}


async def size(tx: Connection, reader: Reader) -> int:
    """Passages that the reader may see."""
    found: int = await tx.fetchval(
        "select coalesce(sum(chunks), 0) from documents_seen_by($1, $2, $3) where status = 'ready'",
        *_reader(reader),
    )
    return found


async def by_words(
    tx: Connection, reader: Reader, filters: Filters, queries: Sequence[str], total: int, limit: int
) -> tuple[list[int], list[str]]:
    """How many passages each of `queries` (tsquery texts) matches, and the ids of those with the rarest matches."""
    await tx.execute("set local plan_cache_mode = force_custom_plan")
    row = await tx.fetchrow(
        """
        with seen as materialized (
            select c.id, c.lexemes from documents_seen_by($1, $2, $3) d join chunks c on c.document_id = d.id
            where d.status = 'ready' and c.lexemes @@ to_tsquery('simple', array_to_string($4::text[], ' | '))
                and ($5::uuid[] is null or d.id = any($5)) and ($6::text is null or d.visibility = $6)
                and ($7::text is null or d.media_type = $7) and (not $8 or d.conversation_id = $3)
        ), hit as materialized (
            select seen.id, wanted.slot from seen
            join unnest($4::text[]) with ordinality as wanted (query, slot)
                on seen.lexemes @@ to_tsquery('simple', wanted.query)
        ), slot as (
            select slot, count(*) as matches from hit group by slot
        ), ranked as (
            select hit.id, sum(ln(1 + ($9 - slot.matches + 0.5) / (slot.matches + 0.5))) as weight
            from hit join slot using (slot) group by hit.id order by weight desc, hit.id limit $10
        )
        select array(select slot || ':' || matches from slot) as slots,
            array(select id::text from ranked order by weight desc, id) as ids
        """,
        *_reader(reader),
        list(queries),
        *_filters(filters),
        float(total),
        limit,
    )
    counts = [0] * len(queries)
    for text in row["slots"] if row else ():
        slot, having = text.split(":")
        counts[int(slot) - 1] = int(having)
    return counts, row["ids"] if row else []


async def places(tx: Connection, ids: Sequence[str], wanted: Sequence[str]) -> list[Candidate]:
    """Where the stems stand in passages. Weight A of a position is the heading, everything else the text."""
    rows = await tx.fetch(
        """
        select c.id, c.words, u.lexeme, u.positions, u.weights
        from chunks c left join lateral (
            select * from unnest(c.lexemes) as entry (lexeme, positions, weights) where entry.lexeme = any($2)
        ) u on true where c.id = any($1)
        """,
        list(ids),
        list(wanted),
    )
    found: dict[str, Candidate] = {}
    for row in rows:
        one = found.setdefault(row["id"], Candidate(row["id"], row["words"]))
        for place, weight in zip(row["positions"] or (), row["weights"] or (), strict=True):
            if weight == "A":
                one.heading[row["lexeme"]] = one.heading.get(row["lexeme"], 0) + 1
            else:
                one.places.setdefault(row["lexeme"], []).append(place)
    return list(found.values())


async def by_vector(
    tx: Connection, reader: Reader, filters: Filters, embedder: str, vector: Sequence[float], limit: int
) -> list[str]:
    """Ids by cosine similarity, exactly (every passage the reader may see is compared). Needs pgvector."""
    rows = await tx.fetch(
        """
        select c.id from documents_seen_by($1, $2, $3) d join chunks c on c.document_id = d.id
        where d.status = 'ready' and c.embedder = $4
            and ($5::uuid[] is null or d.id = any($5)) and ($6::text is null or d.visibility = $6)
            and ($7::text is null or d.media_type = $7) and (not $8 or d.conversation_id = $3)
        order by c.embedding::vector <=> $9::real[]::vector limit $10
        """,
        *_reader(reader),
        embedder,
        *_filters(filters),
        list(vector),
        limit,
    )
    return [row["id"] for row in rows]


async def vectors(tx: Connection, ids: Sequence[str], embedder: str) -> dict[str, list[float]]:
    """The vectors of passages, by id."""
    rows = await tx.fetch("select id, embedding from chunks where id = any($1) and embedder = $2", list(ids), embedder)
    return {row["id"]: row["embedding"] for row in rows}


async def found(tx: Connection, reader: Reader, scores: Mapping[str, float]) -> list[Found]:
    """The passages themselves, again limited to what the reader may see, best first."""
    rows = await tx.fetch(
        """
        select c.id, c.document_id, d.title, c.heading, c.page, c.content
        from documents_seen_by($1, $2, $3) d join chunks c on c.document_id = d.id where c.id = any($4)
        """,
        reader.user_id,
        reader.organization_id,
        reader.conversation_id,
        list(scores),
    )
    passages = [
        Found(
            row["id"], row["document_id"], row["title"], row["heading"], row["page"], row["content"], scores[row["id"]]
        )
        for row in rows
    ]
    return sorted(passages, key=lambda one: (-one.score, one.chunk_id))


def _reader(reader: Reader) -> tuple[object, ...]:
    """The arguments of `documents_seen_by`."""
    return reader.user_id, reader.organization_id, reader.conversation_id


def _filters(filters: Filters) -> tuple[object, ...]:
    return filters.document_ids, filters.visibility, filters.media_type, filters.only_conversation
