"""The door through which every other part gives XP."""

from datetime import datetime

from api.progress import ledger, store
from api.progress.quest_book import QuestBook
from server.kit.database import Connection


class Rewards:
    def __init__(self, quest_book: QuestBook) -> None:
        self._quest_book = quest_book

    async def grant(
        self, tx: Connection, *, user_id: str, amount: int, kind: str, source_key: str, reason: str, at: datetime
    ) -> int:
        """Give XP in the caller's transaction, once for each source key of the user.

        `amount` is what was earned before any booster; the answer is what was really given: 0 when the source key was
        used already or the amount is 0. ValueError for a negative amount. `kind` is one of docs/progress.md, `at` the
        moment the XP was earned: it decides the day. Quests that this completes are rewarded in the same transaction.
        The learner's row stays locked until the transaction ends: call this last.
        """
        if amount < 0:
            raise ValueError("XP are never taken away")
        if amount == 0:
            return 0
        wallet = await store.lock(tx, user_id)
        points, wallet = await ledger.add(
            tx, wallet, amount=amount, kind=kind, source_key=source_key, reason=reason, at=at
        )
        if points:
            await self._quest_book.settle(tx, wallet, at)
        return points
