"""What the completion of a module brings: news for the servers that asked for it, and XP."""

from datetime import datetime

from api.english.catalog import schema
from api.english.modules import worth
from api.english.own import shelf
from api.english.ports import Announcements, Earned, Rewards
from kit.database import Connection


class Completions:
    """What is done when a module is complete, in the caller's transaction."""

    def __init__(self, rewards: Rewards, announcements: Announcements) -> None:
        self._rewards = rewards
        self._announcements = announcements

    async def announce(self, tx: Connection, user_id: str, module: schema.Module, score: int, now: datetime) -> None:
        """Tell the servers that follow the learner."""
        done = {"module_id": module.id, "score": score, "completed_at": now.isoformat()}
        await self._announcements.of_account(tx, "module.completed", user_id, done)

    async def reward(self, tx: Connection, user_id: str, module: schema.Module, now: datetime) -> int:
        """The XP given: once for a module, and none to the teacher who made it. To be called last in `tx`."""
        if not shelf.earns(module, user_id):
            return 0
        reason = f"Completed “{module.title}”"
        earned = Earned(worth.module(module.level), "module", f"english:{module.id}", reason, now)
        return await self._rewards.grant(tx, user_id, earned)
