"""The entrance through which other parts give XP."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from api.progress import ledger, store
from api.progress import shares as parts
from api.progress.intervals import Interval
from api.progress.models import Grant
from api.progress.quest_book import QuestBook
from kit.database import Connection


class Earned(Protocol):
    """What was earned, once for each source key of the user. `amount` is before any booster, `kind` one of
    docs/progress.md, `at` the moment: it decides the day. What was earned over a while has `spans`, [start, end) each:
    every day gets its share, whenever the session ended."""

    @property
    def amount(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def source_key(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def spans(self) -> Sequence[Interval]: ...


class Rewards:
    """Grants XP, once for each source key."""

    def __init__(self, quest_book: QuestBook) -> None:
        self._quest_book = quest_book

    async def grant(self, tx: Connection, user_id: str, earned: Earned) -> int:
        """Give XP in the caller's transaction. The answer is what was given: 0 when the source key was used already or
        the amount is 0. ValueError for a negative amount.

        Quests that this completes are rewarded in the same transaction. The learner's row stays locked until the
        transaction ends: call this last.
        """
        if earned.amount < 0:
            raise ValueError("XP are never taken away")
        if earned.amount == 0:
            return 0
        wallet = await store.lock(tx, user_id)
        shares = parts.by_day(earned.amount, earned.spans, wallet.zone) or [(earned.at, earned.amount)]
        given = 0
        for number, (moment, share) in enumerate(shares):
            # The first share has the source key itself: when that is used, nothing is given, whatever the zone is now.
            key = earned.source_key if number == 0 else f"{earned.source_key}:{number}"
            points, wallet = await ledger.add(tx, wallet, Grant(share, earned.kind, key, earned.reason, moment))
            if points == 0:
                return given
            given += points
        for moment, _ in shares:
            await self._quest_book.settle(tx, await store.lock(tx, user_id), moment)
        return given
