"""The operations of notes."""

from api.notes.models import Draft, Note
from api.notes.schemas import NoteCreate, NoteList, NoteQuery, NoteResponse, NoteUpdate
from api.notes.service import Notes
from kit.http.operation import Access, Call, Operation
from kit.http.wire import Id

_TAG = "Conversations"
_BASE = "/api/core/notes"
_KEY = Access.BEARER_OR_KEY
_READ, _WRITE = "conversations:read", "conversations:write"


class NoteRoutes:
    """The operations of notes."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    def operations(self) -> list[Operation]:
        return [
            Operation("GET", _BASE, self.list, "List notes", _TAG, _KEY, _READ),
            Operation(
                "POST",
                _BASE,
                self.create,
                "Create a note",
                _TAG,
                _KEY,
                _WRITE,
                status=201,
                idempotent=True,
                errors=(404,),
            ),
            Operation("PUT", _BASE + "/{note_id}", self.update, "Update a note", _TAG, _KEY, _WRITE),
            Operation("DELETE", _BASE + "/{note_id}", self.delete, "Delete a note", _TAG, _KEY, _WRITE, status=204),
        ]

    async def list(self, call: Call, query: NoteQuery) -> NoteList:
        """The caller's notes, newest first."""
        found, cursor = await self._notes.page(
            call.caller.user_id,
            tag=query.tag,
            conversation_id=query.conversation_id,
            cursor=query.cursor,
            limit=query.limit,
        )
        return NoteList(items=[_view(note) for note in found], next_cursor=cursor)

    async def create(self, call: Call, body: NoteCreate) -> NoteResponse:
        """Write a note, by itself or beside a conversation."""
        draft = Draft(body.title, body.content, tuple(dict.fromkeys(body.tags)), body.conversation_id)
        return _view(await self._notes.create(call.caller.user_id, draft))

    async def update(self, call: Call, note_id: Id, body: NoteUpdate) -> NoteResponse:
        """Change a note. Fields that are left out stay as they are."""
        changes: dict[str, object] = {
            name: value
            for name in body.model_fields_set
            if (value := getattr(body, name)) is not None or name == "conversation_id"
        }
        return _view(await self._notes.update(call.caller.user_id, note_id, changes))

    async def delete(self, call: Call, note_id: Id) -> None:
        """Delete a note."""
        await self._notes.delete(call.caller.user_id, note_id)


def _view(note: Note) -> NoteResponse:
    return NoteResponse(
        id=note.id,
        title=note.title,
        content=note.content,
        tags=list(note.tags),
        conversation_id=note.conversation_id,
        created_at=note.created_at,
        updated_at=note.updated_at,
    )
