"""Use cases of transcripts: list, read, save."""

from dataclasses import dataclass
from datetime import datetime

from api.live import announcing, transcript_store
from api.live.models import StoredTurn, Transcript
from api.live.ports import Announcements, People
from kit import errors, ids, paging
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Database


@dataclass(frozen=True, slots=True)
class SavedTurn:
    """A turn as a client sends it."""

    role: str
    text: str
    at: datetime


class Transcripts:
    """Transcripts of sessions, and those that clients save."""

    def __init__(self, database: Database, clock: Clock, people: People, announcements: Announcements) -> None:
        self._database = database
        self._clock = clock
        self._people = people
        self._announcements = announcements

    async def page(self, user_id: str, cursor: str | None, limit: int) -> tuple[list[Transcript], str | None]:
        """The user's transcripts, newest first, and the cursor of the next page."""
        before = paging.place_in(cursor)
        async with self._database.connection() as cx:
            found = await transcript_store.page(cx, user_id, before, limit + 1)
        shown = found[:limit]
        more = len(found) > limit
        return shown, paging.of_place(shown[-1].started_at, shown[-1].id) if more else None

    async def read(self, user_id: str, transcript_id: str) -> tuple[Transcript, list[StoredTurn]]:
        """A transcript with its turns. Failure `not_found`."""
        async with self._database.transaction() as tx:
            transcript = await transcript_store.find(tx, transcript_id, user_id)
            if transcript is None:
                raise errors.not_found("Transcript")
            return transcript, await transcript_store.turns(tx, transcript_id)

    async def save(
        self,
        caller: Caller,
        user_id: str | None,
        started_at: datetime,
        ended_at: datetime,
        turns: list[SavedTurn],
    ) -> str:
        """Save a transcript that was made elsewhere. A service names the user; people save their own."""
        owner = _owner(caller, user_id)
        if ended_at < started_at:
            raise errors.invalid("The session ends before it starts.", [("/session_ended_at", "before the start")])
        transcript_id = ids.new_id()
        async with self._database.transaction() as tx:
            if await self._people.plan(tx, owner) is None:
                raise errors.not_found("User")
            await transcript_store.insert(tx, transcript_id, owner, started_at, ended_at, self._clock.now())
            stored = [
                StoredTurn(str(n), n, turn.role, turn.text, None, None, None, None, None, turn.at)
                for n, turn in enumerate(turns, 1)
            ]
            await transcript_store.add_turns(tx, transcript_id, stored)
            await announcing.transcribed(tx, self._announcements, owner, transcript_id, None)
        return transcript_id


def _owner(caller: Caller, user_id: str | None) -> str:
    if caller.via == "service":
        if user_id is None:
            raise errors.invalid("A service names the user.", [("/user_id", "is needed with a service key")])
        return user_id
    if user_id is not None and user_id != caller.user_id:
        raise errors.not_found("User")
    return caller.user_id
