"""The entrance through which pronunciation reports reach the phoneme analytics."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from api.progress import phoneme_store, phonemes, quest_book, store, zones
from api.progress.quest_book import QuestBook
from kit.database import Connection


@dataclass(frozen=True)
class WeakPhoneme:
    """ARPAbet and IPA names, mean score (0–100) and number of attempts over the last 30 days."""

    phoneme: str
    ipa: str
    mean: float
    attempts: int


class PhonemeLog:
    def __init__(self, quests: QuestBook) -> None:
        self._quest_book = quests

    async def record(
        self, tx: Connection, *, user_id: str, at: datetime, pronunciation: Mapping[str, Any], source_key: str
    ) -> None:
        """Add the phoneme scores of a report once for each source key of the user, in the caller's transaction. The
        learner's row stays locked until the transaction ends."""
        found = phonemes.tally(pronunciation)
        if not found:
            return
        wallet = await store.lock(tx, user_id)
        day = zones.local_day(at, wallet.zone)
        if not await phoneme_store.add_log(tx, user_id, source_key, at, day):
            return
        await phoneme_store.add_to_day(tx, user_id, day, found)
        await self._quest_book.settle(tx, wallet, at)

    async def weak(self, tx: Connection, user_id: str, at: datetime, limit: int) -> list[WeakPhoneme]:
        """The phonemes that need practice, worst first."""
        wallet = await store.wallet(tx, user_id)
        if wallet is None:
            return []
        today = zones.local_day(at, wallet.zone)
        rows = await phoneme_store.weakest(
            tx,
            user_id,
            today - timedelta(days=quest_book.WEAK_DAYS),
            today,
            quest_book.WEAK_BELOW,
            quest_book.WEAK_ATTEMPTS,
            limit,
        )
        return [WeakPhoneme(name, phonemes.IPA[name], round(mean, 1), attempts) for name, mean, attempts in rows]
