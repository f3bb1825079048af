"""Random operations of four people in two organizations, with a model of who may see what.

Every text that is written holds a word of its own ("mark"). The model knows who may see each mark; after the operations
every list, search, retrieval and answer is asked for, by everybody, and no mark may show to whom it does not belong.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime

from api.conversations import store as conversation_store
from api.conversations.service import Conversations
from api.conversations.threads import Threads
from api.knowledge import store as document_store
from api.knowledge.embedding import local
from api.knowledge.embedding.embedders import LocalEmbedder
from api.knowledge.extraction.chunks import Chunk
from api.knowledge.models import Document, Reader
from api.knowledge.ports import Written
from api.knowledge.rag import Questions
from api.knowledge.retrieval import Retrieval
from api.notes.models import Draft
from api.notes.service import Notes
from api.search.models import KINDS
from api.search.postgres import PostgresEngine
from api.search.service import Search
from kit import errors, ids
from kit.database import Database
from tests.support.clock import FakeClock

_COMMON = "travel grammar cinema river teacher weekend"


@dataclass
class Person:
    user_id: str
    conversations: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)


class NoWriter:
    async def write(self, question: str, passages: object) -> Written | None:
        return None


@dataclass
class Houses:
    database: Database
    chance: random.Random
    people: list[Person] = field(default_factory=list)
    organizations: dict[str, set[str]] = field(default_factory=dict)
    owner: dict[str, str] = field(default_factory=dict)
    """Mark → owner."""
    shared: dict[str, str] = field(default_factory=dict)
    """Mark → organization whose members may see it too."""
    inside: dict[str, str] = field(default_factory=dict)
    """Mark of a document → conversation that it belongs to."""
    holder: dict[str, str] = field(default_factory=dict)
    """Id of a row → its mark."""
    count: int = 0

    def __post_init__(self) -> None:
        clock, engine = FakeClock(), PostgresEngine(self.database)
        self.conversations = Conversations(self.database, clock)
        self.notes = Notes(self.database, clock)
        self.search = Search(self.database, engine, engine)
        self.retrieval = Retrieval(self.database, Threads(), LocalEmbedder())
        self.questions = Questions(self.retrieval, NoWriter())

    async def settle(self) -> None:
        """Four people; two organizations with two members each, one person in both."""
        now = datetime(2026, 3, 2, tzinfo=UTC)
        async with self.database.transaction() as tx:
            for number in range(4):
                person = Person(ids.new_id())
                self.people.append(person)
                await tx.execute(
                    "insert into users (id, email, username, password_hash, created_at, updated_at) "
                    "values ($1, $2, $3, '', $4, $4)",
                    person.user_id,
                    f"{number}@example.com",
                    f"user{number}",
                    now,
                )
            for number, members in enumerate(((0, 1), (1, 2))):
                house = ids.new_id()
                await tx.execute(
                    "insert into organizations (id, name, slug, created_at, updated_at) values ($1, $2, $2, $3, $3)",
                    house,
                    f"house{number}",
                    now,
                )
                self.organizations[house] = set()
                for member in members:
                    await self._join(tx, house, self.people[member].user_id)

    async def act(self) -> None:
        """One random operation of a random person."""
        person = self.chance.choice(self.people)
        acts = [self._talk, self._note, self._change_note, self._document, self._delete, self._move, self._trespass]
        await self.chance.choices(acts, [5, 5, 3, 5, 3, 1, 2])[0](person)

    def may_see(self, mark: str, user_id: str, conversation_id: str | None) -> bool:
        if mark in self.inside:
            return self.owner[mark] == user_id and self.inside[mark] == conversation_id
        house = self.shared.get(mark)
        return self.owner[mark] == user_id or (house is not None and user_id in self.organizations[house])

    async def shown(self, person: Person, query: str, conversation_id: str | None) -> str:
        """Everything that `person` is shown for a query, and in lists."""
        parts: list[str] = []
        found = await self.search.search(person.user_id, query, KINDS, 50)
        parts += [f"{one.text.title} {one.text.body} {one.snippet}" for one in found]
        reader = Reader(person.user_id, None, conversation_id)
        parts += [f"{one.title} {one.text}" for one in await self.retrieval.search(reader, query, 50)]
        answer = await self.questions.answer(reader, query, 10)
        parts += [answer.text, *(one.text for one in answer.quotes)]
        return " ".join(parts)

    async def listed(self, person: Person) -> str:
        """All lists of `person`; documents of conversations are their owner's everywhere."""
        parts: list[str] = []
        rows, _ = await self.conversations.page(person.user_id, None, 1000)
        parts += [one.title for one in rows]
        notes, _ = await self.notes.page(person.user_id, tag=None, conversation_id=None, cursor=None, limit=1000)
        parts += [f"{one.title} {one.content}" for one in notes]
        async with self.database.connection() as cx:
            documents = await document_store.page(cx, Reader(person.user_id), None, None, 1000)
            for one in rows:
                messages = await conversation_store.messages_after(cx, one.id, 0, 1000)
                parts += [message.content for message in messages]
        return " ".join([*parts, *(one.title for one in documents)])

    def _mark(self, person: Person) -> str:
        self.count += 1
        letters = "".join("abcdefghij"[int(digit)] for digit in str(self.count))
        mark = f"zq{letters}x"
        self.owner[mark] = person.user_id
        return mark

    def _text(self, mark: str) -> str:
        return f"{self.chance.choice(_COMMON.split())} {mark} {self.chance.choice(_COMMON.split())}"

    async def _talk(self, person: Person) -> None:
        mark = self._mark(person)
        if person.conversations and self.chance.random() < 0.6:
            conversation = self.chance.choice(person.conversations)
        else:
            conversation = (await self.conversations.create(person.user_id, self._text(mark), None)).id
            person.conversations.append(conversation)
        async with self.database.transaction() as tx:
            await tx.execute(
                "insert into messages (id, conversation_id, owner_id, role, content, status, created_at) "
                "values ($1, $2, $3, 'user', $4, 'complete', now())",
                ids.new_id(),
                conversation,
                person.user_id,
                self._text(mark),
            )

    async def _note(self, person: Person) -> None:
        mark = self._mark(person)
        note = await self.notes.create(person.user_id, Draft(f"Note {mark}", self._text(mark), (), None))
        person.notes.append(note.id)
        self.holder[note.id] = mark

    async def _change_note(self, person: Person) -> None:
        if person.notes:
            note, mark = self.chance.choice(person.notes), self._mark(person)
            old = self.holder[note]
            await self.notes.update(person.user_id, note, {"title": f"Note {mark}", "content": self._text(mark)})
            self.holder[note] = mark
            self.owner[old] = "nobody"

    async def _document(self, person: Person) -> None:
        mark, document = self._mark(person), ids.new_id()
        mine = [house for house, members in self.organizations.items() if person.user_id in members]
        house = self.chance.choice(mine) if mine and self.chance.random() < 0.5 else None
        talk = self.chance.choice(person.conversations) if person.conversations and self.chance.random() < 0.3 else None
        house = None if talk else house
        stored = Document(
            id=document,
            owner_id=person.user_id,
            visibility="organization" if house else "private",
            organization_id=house,
            conversation_id=talk,
            title=f"Document {mark}",
            filename="a.txt",
            media_type="text/plain",
            size_bytes=1,
            status="processing",
            error=None,
            chunks=0,
            created_at=datetime(2026, 3, 2, tzinfo=UTC),
        )
        await self._keep(stored, self._text(mark))
        person.documents.append(document)
        self.holder[document] = mark
        if house:
            self.shared[mark] = house
        if talk:
            self.inside[mark] = talk

    async def _keep(self, document: Document, text: str) -> None:
        chunk, vector = Chunk(text, "", None, 3), local.embed(text).tolist()
        async with self.database.transaction() as tx:
            await document_store.insert(tx, document, b"")
            await document_store.insert_chunks(tx, document, 0, [chunk], local.NAME, [vector])
            await document_store.finish(tx, document.id, "ready", None, document.created_at)

    async def _delete(self, person: Person) -> None:
        for rows, delete in ((person.notes, self._delete_note), (person.documents, self._delete_document)):
            if rows and self.chance.random() < 0.5:
                row = rows.pop(self.chance.randrange(len(rows)))
                await delete(person, row)
                self.owner[self.holder[row]] = "nobody"
                self.shared.pop(self.holder[row], None)

    async def _delete_note(self, person: Person, note: str) -> None:
        await self.notes.delete(person.user_id, note)

    async def _delete_document(self, person: Person, document: str) -> None:
        async with self.database.transaction() as tx:
            assert await document_store.delete(tx, person.user_id, document)

    async def _move(self, person: Person) -> None:
        """Join or leave an organization."""
        house = self.chance.choice(list(self.organizations))
        async with self.database.transaction() as tx:
            if person.user_id in self.organizations[house]:
                await tx.execute(
                    "delete from organization_members where organization_id = $1 and user_id = $2",
                    house,
                    person.user_id,
                )
                self.organizations[house].discard(person.user_id)
            else:
                await self._join(tx, house, person.user_id)

    async def _trespass(self, person: Person) -> None:
        """Try to change or delete what is somebody else's: it is not found."""
        other = self.chance.choice([one for one in self.people if one is not person])
        for row, attempt in (
            *((note, self.notes.delete) for note in other.notes[-1:]),
            *((talk, self.conversations.delete) for talk in other.conversations[-1:]),
        ):
            try:
                await attempt(person.user_id, row)
            except errors.Failure as failure:
                assert failure.code == "not_found"
            else:
                raise AssertionError("somebody else's row was deleted")
        async with self.database.transaction() as tx:
            for document in other.documents[-1:]:
                assert not await document_store.delete(tx, person.user_id, document)

    async def _join(self, tx: object, house: str, user_id: str) -> None:
        await tx.execute(  # type: ignore[attr-defined]
            "insert into organization_members (organization_id, user_id, role, joined_at) "
            "values ($1, $2, 'member', now())",
            house,
            user_id,
        )
        self.organizations[house].add(user_id)
