"""The entrance through which other parts report time spent learning."""

from datetime import datetime, timedelta

from api.progress import intervals, shares, store, time_store, zones
from api.progress.quest_book import QuestBook
from kit.database import Connection

KINDS = ("conversation", "english", "live")


class LearningTime:
    """Time spent learning, from all slices."""

    def __init__(self, quest_book: QuestBook) -> None:
        self._quest_book = quest_book

    async def record(
        self, tx: Connection, *, user_id: str, kind: str, started_at: datetime, ended_at: datetime, source_key: str
    ) -> None:
        """Add the interval [started_at, ended_at) once for each source key of the user, in the caller's transaction.

        `kind` is one of KINDS. Time that another interval covers already is not counted again: it stays with the kind
        that was recorded first. An interval without length is left out. The learner's row stays locked until the
        transaction ends.
        """
        if kind not in KINDS:
            raise ValueError(f"no such kind of learning time: {kind}")
        if ended_at <= started_at:
            return
        wallet = await store.lock(tx, user_id)
        if not await time_store.add_interval(tx, user_id, source_key, kind, (started_at, ended_at), wallet.zone):
            return
        others = await time_store.overlapping(tx, user_id, started_at, ended_at, but=source_key)
        for start, end in intervals.subtract((started_at, ended_at), others):
            for day, begin, finish in zones.split(start, end, wallet.zone):
                milliseconds = (finish - begin) // timedelta(milliseconds=1)
                await time_store.add_to_day(tx, user_id, day, kind, milliseconds)
        for day, _, finish in zones.split(started_at, ended_at, wallet.zone):
            moment = shares.last_moment(finish, day, wallet.zone)
            await self._quest_book.settle(tx, await store.lock(tx, user_id), moment)

    async def seconds(self, tx: Connection, user_id: str, since: datetime, until: datetime) -> int:
        """Seconds learned in [since, until), overlaps counted once."""
        found = await time_store.overlapping(tx, user_id, since, until)
        cut = [(max(start, since), min(end, until)) for start, end in found]
        return int(intervals.length(cut).total_seconds())

    async def this_week(self, tx: Connection, user_id: str, at: datetime) -> int:
        """Seconds learned since the learner's Sunday."""
        wallet = await store.wallet(tx, user_id)
        if wallet is None:
            return 0
        start = zones.week_start(zones.local_day(at, wallet.zone))
        rows = await time_store.by_day_and_kind(tx, user_id, start, start + timedelta(days=6))
        return sum(milliseconds for _, _, milliseconds in rows) // 1000
