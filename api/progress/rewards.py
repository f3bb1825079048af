"""The entrance through which other parts give XP."""

from collections.abc import Sequence
from datetime import datetime

from api.progress import ledger, store
from api.progress import shares as parts
from api.progress.intervals import Interval
from api.progress.quest_book import QuestBook
from kit.database import Connection


class Rewards:
    """Grants XP, once for each source key."""

    def __init__(self, quest_book: QuestBook) -> None:
        self._quest_book = quest_book

    async def grant(
        self,
        tx: Connection,
        *,
        user_id: str,
        amount: int,
        kind: str,
        source_key: str,
        reason: str,
        at: datetime,
        spans: Sequence[Interval] = (),
    ) -> int:
        """Give XP in the caller's transaction, once for each source key of the user.

        `amount` is what was earned before any booster; the answer is what was given: 0 when the source key was used
        already or the amount is 0. ValueError for a negative amount. `kind` is one of docs/progress.md, `at` the moment
        the XP was earned: it decides the day. What was earned over a while has `spans`, [start, end) each: every day
        gets its share, whenever the session ended. Quests that this completes are rewarded in the same transaction. The
        learner's row stays locked until the transaction ends: call this last.
        """
        if amount < 0:
            raise ValueError("XP are never taken away")
        if amount == 0:
            return 0
        wallet = await store.lock(tx, user_id)
        shares = parts.by_day(amount, spans, wallet.zone) or [(at, amount)]
        given = 0
        for number, (moment, share) in enumerate(shares):
            # The first share has the source key itself: when that is used, nothing is given, whatever the zone is now.
            key = source_key if number == 0 else f"{source_key}:{number}"
            points, wallet = await ledger.add(
                tx, wallet, amount=share, kind=kind, source_key=key, reason=reason, at=moment
            )
            if points == 0:
                return given
            given += points
        for moment, _ in shares:
            await self._quest_book.settle(tx, await store.lock(tx, user_id), moment)
        return given
