"""SQL of the day's quests."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from api.progress.quests import Quest
from kit.database import Connection


@dataclass(frozen=True)
class QuestDay:
    """The quests of a day, and which are done."""

    quests: tuple[Quest, ...]
    completed: frozenset[str]


async def find(tx: Connection, user_id: str, day: date) -> QuestDay | None:
    """The quests of a day; None if they were not chosen yet."""
    row = await tx.fetchrow("select quests, completed from quest_days where user_id = $1 and day = $2", user_id, day)
    if row is None:
        return None
    return QuestDay(tuple(Quest(**quest) for quest in row["quests"]), frozenset(row["completed"]))


async def add(tx: Connection, user_id: str, day: date, quests: Sequence[Quest]) -> None:
    """Keep the quests of a day, unless it has some already."""
    await tx.execute(
        "insert into quest_days (user_id, day, quests) values ($1, $2, $3) on conflict (user_id, day) do nothing",
        user_id,
        day,
        [asdict(quest) for quest in quests],
    )


async def complete(tx: Connection, user_id: str, day: date, quest_id: str) -> None:
    """A quest is done."""
    await tx.execute(
        "update quest_days set completed = array_append(completed, $3) where user_id = $1 and day = $2",
        user_id,
        day,
        quest_id,
    )
