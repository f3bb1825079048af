"""Documents: uploaded, listed, deleted."""

from dataclasses import dataclass
from pathlib import Path

from api.knowledge import store
from api.knowledge.extraction import sniff
from api.knowledge.extraction.blocks import MediaType, Unreadable
from api.knowledge.ingest import Ingest
from api.knowledge.models import Document, Reader, Visibility
from api.knowledge.ports import Memberships, Threads
from kit import errors, ids, paging
from kit.clock import Clock
from kit.database import Connection, Database
from kit.http.spooled import Upload

MOST_BYTES = 20 * 1024 * 1024

_PART_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the file belongs. Without a title the document has the file's name."""

    title: str | None
    visibility: Visibility
    organization_id: str | None
    conversation_id: str | None


class Documents:
    """A user's documents."""

    def __init__(
        self, database: Database, clock: Clock, memberships: Memberships, threads: Threads, ingest: Ingest
    ) -> None:
        self._database = database
        self._clock = clock
        self._memberships = memberships
        self._threads = threads
        self._ingest = ingest

    async def add(self, reader: Reader, file: Upload, placement: Placement) -> Document:
        """Keep the file and queue its reading, in one transaction.

        Failures `unsupported_media_type`, `invalid_request`, `not_found` (the conversation or organization).
        """
        media_type = _media_type(file)
        document_id = ids.new_id()
        filename = _filename(file.filename)
        async with self._database.transaction() as tx:
            organization_id = await self._organization(tx, reader, placement)
            if placement.conversation_id is not None:
                await self._check_conversation(tx, reader, placement)
            document = Document(
                id=document_id,
                owner_id=reader.user_id,
                visibility=placement.visibility,
                organization_id=organization_id,
                conversation_id=placement.conversation_id,
                title=placement.title or Path(filename).stem or filename,
                filename=filename,
                media_type=media_type,
                size_bytes=file.size,
                status="processing",
                error=None,
                chunks=0,
                created_at=self._clock.now(),
            )
            await store.insert(tx, document, file.sha256)
            with file.path.open("rb") as held:
                number = 0
                while piece := held.read(_PART_BYTES):
                    await store.insert_part(tx, document_id, number, piece)
                    number += 1
            await self._ingest.enqueue(tx, document_id, reader.user_id)
            made = await store.find(tx, document_id)
        if made is None:
            raise errors.not_found("Document")
        return made

    async def page(
        self, reader: Reader, conversation_id: str | None, cursor: str | None, limit: int
    ) -> tuple[list[Document], str | None]:
        """Newest first."""
        before = paging.id_in(cursor)
        async with self._database.connection() as cx:
            found = await store.page(cx, reader, conversation_id, before, limit + 1)
        return found[:limit], paging.of_id(found[limit - 1].id) if len(found) > limit else None

    async def delete(self, reader: Reader, document_id: str) -> None:
        """With its bytes and passages. Only the owner may; for others it is `not_found` unless they can see it."""
        async with self._database.transaction() as tx:
            if await store.delete(tx, reader.user_id, document_id):
                return
            if await store.seen(tx, reader, document_id) is None:
                raise errors.not_found("Document")
        raise errors.forbidden("Only its owner can delete a document.")

    async def _organization(self, tx: Connection, reader: Reader, placement: Placement) -> str | None:
        if placement.visibility == "private":
            return None
        if placement.conversation_id is not None:
            raise errors.invalid("A conversation's document is private.", [("/visibility", "use private")])
        mine = await self._memberships.of(tx, reader.user_id)
        wanted = placement.organization_id or reader.organization_id or (mine[0] if len(mine) == 1 else None)
        if wanted is None:
            raise errors.invalid("Which organization?", [("/organization_id", "name one that you belong to")])
        if wanted not in mine or (reader.organization_id is not None and wanted != reader.organization_id):
            raise errors.not_found("Organization")
        return wanted

    async def _check_conversation(self, tx: Connection, reader: Reader, placement: Placement) -> None:
        if not await self._threads.hold(tx, reader.user_id, placement.conversation_id or ""):
            raise errors.not_found("Conversation")


def _media_type(file: Upload) -> MediaType:
    try:
        return sniff.media_type(file.head, file.tail, file.filename)
    except Unreadable as verdict:
        if verdict.code == "empty":
            raise errors.invalid("The file is empty.", [("/file", "send a file with text")], code="empty") from verdict
        if verdict.code == "encrypted":
            raise errors.invalid(
                "The file is protected by a password.", [("/file", "remove the password")], code="encrypted"
            ) from verdict
        why = "Send a text (UTF-8), Markdown, HTML, PDF or Word (docx) file, or save yours as one of these."
        raise errors.unsupported(why) from verdict


def _filename(given: str) -> str:
    """The last part of the name, without controls, 200 characters at most."""
    name = "".join(one for one in given.replace("\\", "/").rsplit("/", 1)[-1] if one.isprintable()).strip()
    return name[-200:] or "file"
