"""The entrance through which pronunciation reports reach the phoneme analytics."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from api.progress import phoneme_store, phonemes, quest_book, store, zones
from api.progress.quest_book import QuestBook
from kit.database import Connection
from speech import assessment


@dataclass(frozen=True)
class WeakPhoneme:
    """ARPAbet and IPA names, mean score (0–100) and number of attempts over the last 30 days."""

    phoneme: str
    ipa: str
    mean: float
    attempts: int


class Scored(Protocol):
    """A report, when it was made, and the key under which it counts once."""

    @property
    def at(self) -> datetime: ...
    @property
    def pronunciation(self) -> assessment.Report: ...
    @property
    def source_key(self) -> str: ...


class _Scored(NamedTuple):
    at: datetime
    pronunciation: assessment.Report
    source_key: str


class PhonemeLog:
    """Scores of sounds, by learner and day."""

    def __init__(self, quests: QuestBook) -> None:
        self._quest_book = quests

    async def record(
        self, tx: Connection, *, user_id: str, at: datetime, pronunciation: assessment.Report, source_key: str
    ) -> None:
        """`record_all` of one report."""
        await self.record_all(tx, user_id=user_id, reports=[_Scored(at, pronunciation, source_key)])

    async def record_all(self, tx: Connection, *, user_id: str, reports: Sequence[Scored]) -> None:
        """Add the phoneme scores of reports once for each source key of the user, in the caller's transaction. The
        learner's row stays locked until the transaction ends."""
        found = {one.source_key: tally for one in reports if (tally := phonemes.tally(one.pronunciation))}
        if not found:
            return
        wallet = await store.lock(tx, user_id)
        when = {one.source_key: one.at for one in reports if one.source_key in found}
        days = {key: zones.local_day(at, wallet.zone) for key, at in when.items()}
        new = await phoneme_store.add_logs(tx, user_id, [(key, at, days[key]) for key, at in when.items()])
        for day in sorted({days[key] for key in new}):
            keys = [key for key in new if days[key] == day]
            await phoneme_store.add_to_day(tx, user_id, day, phonemes.add_up(found[key] for key in keys))
            await self._quest_book.settle(tx, await store.lock(tx, user_id), max(when[key] for key in keys))

    async def weak(self, tx: Connection, user_id: str, at: datetime, limit: int) -> list[WeakPhoneme]:
        """The phonemes that need practice, worst first."""
        wallet = await store.wallet(tx, user_id)
        if wallet is None:
            return []
        today = zones.local_day(at, wallet.zone)
        rows = await phoneme_store.weakest(
            tx,
            user_id,
            (today - timedelta(days=quest_book.WEAK_DAYS), today),
            quest_book.WEAK_BELOW,
            quest_book.WEAK_ATTEMPTS,
            limit,
        )
        return [WeakPhoneme(name, phonemes.IPA[name], round(mean, 1), attempts) for name, mean, attempts in rows]
