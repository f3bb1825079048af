"""Hybrid retrieval: words and vectors, fused, within what the reader may see."""

from dataclasses import dataclass

from api.knowledge import question as questions
from api.knowledge import ranking
from api.knowledge import retrieval_store as store
from api.knowledge.answers import Asked
from api.knowledge.models import Filters, Found, Reader
from api.knowledge.ports import Embedder, Threads
from kit import errors, logs
from kit.database import Connection, Database
from language import terms as words

_CANDIDATES = 100
_BY_VECTOR = 50
_SHORTEST_GUESS = 5
_AVERAGE_WORDS = 120.0
_UNSEEN = 200
_log = logs.get(__name__)

NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Passages, best first, and the question's words with their rarity."""

    passages: list[Found]
    asked: list[Asked]


class Retrieval:
    """Finds passages by words and by vectors."""

    def __init__(self, database: Database, threads: Threads, embedder: Embedder) -> None:
        self._database = database
        self._threads = threads
        self._embedder = embedder
        self._pgvector: bool | None = None

    async def search(self, reader: Reader, question: str, limit: int, filters: Filters = NO_FILTERS) -> list[Found]:
        """The best passages for `question` that the reader may see, best first.

        Failure `not_found` for another person's conversation. When the embedder is down, words alone decide.
        """
        return (await self.retrieve(reader, question, limit, filters)).passages

    async def retrieve(self, reader: Reader, question: str, limit: int, filters: Filters = NO_FILTERS) -> Retrieved:
        """As `search`, with what the question's words are worth among the reader's passages."""
        asked = questions.content_words(question)
        vector = await self._vector(question)
        async with self._database.transaction() as tx:
            conversation = reader.conversation_id
            if conversation and not await self._threads.owned(tx, reader.user_id, conversation):
                raise errors.not_found("Conversation")
            total = await store.size(tx, reader)
            if not asked or not total:
                return Retrieved([], [])
            lexical, worth = await self._by_words(tx, reader, filters, asked, total)
            nearest = await self._by_vector(tx, reader, filters, vector, lexical)
            scores = dict(ranking.fused(lexical, nearest)[:limit])
            return Retrieved(await store.found(tx, reader, scores), worth)

    async def _vector(self, question: str) -> list[float] | None:
        try:
            return (await self._embedder.embed([question]))[0]
        except errors.Failure as failure:
            _log.warning("embedder_down", reason=failure.message)
            return None

    async def _by_words(
        self, tx: Connection, reader: Reader, filters: Filters, asked: list[str], total: int
    ) -> tuple[list[str], list[Asked]]:
        meant: dict[str, list[str]] = {}
        slots = await self._slots(tx, asked, meant)
        counts, ids = await self._matches(tx, reader, filters, slots, total)
        unknown = [
            word
            for word, having in zip(asked, counts, strict=True)
            if not having and len(word) >= _SHORTEST_GUESS and word.isalpha()
        ]
        if unknown:
            known = await store.resembling(tx, unknown)
            # Two slips change the first letter too rarely: "parking" is no slip for "working".
            meant = {word: [one for one in words.near(word, near) if one[0] == word[0]] for word, near in known.items()}
            slots = await self._slots(tx, asked, meant)
            counts, ids = await self._matches(tx, reader, filters, slots, total)
        wanted = sorted({stem for slot in slots for stem in slot.stems})
        candidates = await store.places(tx, ids, wanted)
        weights = [ranking.idf(total, having) for having in counts]
        scores = ranking.lexical(candidates, slots, weights, _AVERAGE_WORDS)
        # Among a handful of passages a word that is missing says little: a few hundred unseen ones are assumed.
        worth = [
            Asked(
                word,
                ranking.idf(total + _UNSEEN, having + 5),
                frozenset((*questions.related_words(word), *near)),
                frozenset(questions.forms(word)),
            )
            for word, having, near in zip(asked, counts, (meant.get(word, ()) for word in asked), strict=True)
        ]
        return sorted(scores, key=lambda one: (-scores[one], one)), worth

    async def _slots(self, tx: Connection, asked: list[str], meant: dict[str, list[str]]) -> list[ranking.Slot]:
        every = {*asked, *(one for word in asked for one in questions.related_words(word))}
        every |= {one for near in meant.values() for one in near}
        return questions.slots(asked, meant, await store.stems(tx, sorted(every)))

    async def _matches(
        self, tx: Connection, reader: Reader, filters: Filters, slots: list[ranking.Slot], total: int
    ) -> tuple[list[int], list[str]]:
        return await store.by_words(
            tx, reader, filters, [questions.tsquery(slot) for slot in slots], total, _CANDIDATES
        )

    async def _by_vector(
        self, tx: Connection, reader: Reader, filters: Filters, vector: list[float] | None, lexical: list[str]
    ) -> list[str]:
        if vector is None:
            return []
        if self._pgvector is None:
            self._pgvector = await store.has_vectors(tx)
        if self._pgvector:
            return await store.by_vector(tx, reader, filters, self._embedder.name, vector, _BY_VECTOR)
        import numpy as np

        known = await store.vectors(tx, lexical, self._embedder.name)
        asked = np.asarray(vector, dtype=np.float32)
        similarity = {one: float(asked @ np.asarray(other, dtype=np.float32)) for one, other in known.items()}
        return sorted(similarity, key=lambda one: -similarity[one])[:_BY_VECTOR]
