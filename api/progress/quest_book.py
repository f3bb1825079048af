"""Keeping the day's quests: chosen at the first look, rewarded in the transaction that completes them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from api.progress import boosters, ledger, phoneme_store, quest_store, quests, store, time_store, zones
from api.progress.models import Grant, Wallet
from api.progress.phonemes import IPA
from api.progress.ports import Skills
from api.progress.quest_store import QuestDay
from kit.database import Connection

TOKENS_PER_QUEST = 1
WEAK_DAYS = 30
WEAK_ATTEMPTS = 5
WEAK_BELOW = 80.0


class QuestBook:
    """Quests of the day."""

    def __init__(self, skills: Skills) -> None:
        self._skills = skills

    async def of_day(self, tx: Connection, user_id: str, day: date) -> QuestDay:
        """The quests of a local day; chosen now at the first look."""
        found = await quest_store.find(tx, user_id, day)
        if found is None:
            chosen = quests.choose(user_id, day, await self._weak_points(tx, user_id, day))
            await quest_store.add(tx, user_id, day, chosen)
            found = await quest_store.find(tx, user_id, day)
        return found or QuestDay(chosen, frozenset())

    async def settle(self, tx: Connection, wallet: Wallet, at: datetime) -> None:
        """Reward the quests of that day which are now completed. Needs the wallet's lock."""
        day = zones.local_day(at, wallet.zone)
        book = await self.of_day(tx, wallet.user_id, day)
        if len(book.completed) == len(book.quests):
            return
        done = await counters(tx, wallet.user_id, day)
        completed = set(book.completed)
        for quest in book.quests:
            if quest.id in completed or quests.progress(quest, done) < quest.target:
                continue
            completed.add(quest.id)
            key = f"quest:{day}:{quest.id}"
            await quest_store.complete(tx, wallet.user_id, day, quest.id)
            _, wallet = await ledger.add(tx, wallet, Grant(quest.xp_reward, ledger.QUEST, key, quest.title, at))
            await store.add_tokens(tx, wallet.user_id, key, TOKENS_PER_QUEST, quest.title, at)
        if len(completed) == len(book.quests):
            booster = boosters.start(wallet.booster, boosters.QUEST_PERCENT, boosters.QUEST_LENGTH, at)
            await store.set_booster(tx, wallet.user_id, booster)

    async def _weak_points(self, tx: Connection, user_id: str, day: date) -> quests.WeakPoints:
        before, since = day - zones.ONE_DAY, day - timedelta(days=WEAK_DAYS)
        weak = await phoneme_store.weakest(tx, user_id, (since, before), WEAK_BELOW, WEAK_ATTEMPTS, 3)
        xp = await store.xp_by_day(tx, user_id, since, before)
        return quests.WeakPoints(
            phonemes=tuple(quests.WeakPhoneme(name, IPA[name], mean) for name, mean, _ in weak),
            skills=tuple(await self._skills.weakest(tx, user_id)),
            usual_xp=sum(xp.values()) // len(xp) if xp else 0,
        )


async def counters(tx: Connection, user_id: str, day: date) -> quests.Counters:
    """What was done on a local day."""
    kinds = await store.kinds_of_day(tx, user_id, day)
    earned = {kind: pair for kind, pair in kinds.items() if kind != ledger.QUEST}
    return quests.Counters(
        xp=sum(xp for _, xp in earned.values()),
        seconds=_seconds(await time_store.by_day_and_kind(tx, user_id, day, day)),
        grants={kind: count for kind, (count, _) in earned.items()},
        phonemes=await phoneme_store.good_of_day(tx, user_id, day),
    )


def _seconds(rows: list[tuple[date, str, int]]) -> Mapping[str, int]:
    return {kind: milliseconds // 1000 for _, kind, milliseconds in rows}
