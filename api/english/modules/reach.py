"""What is open to a learner besides the order of the course, read from where it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from api.english.modules import store as module_store
from api.english.ports import GivenModules
from api.english.xpi import ledger as xpi_ledger
from kit.clock import Clock
from kit.database import Connection
from language.levels import LEVELS

# XPI confidence from which the measured level opens modules: about two good samples in each skill.
SURE_ENOUGH = 0.25


@dataclass(frozen=True)
class Reach:
    """`measured` is the level that scored work shows, with its confidence (0 to 1); `placed` that of the best
    placement; `given` the modules that teachers gave, with the day they are due."""

    measured: str | None = None
    confidence: float = 0.0
    placed: str | None = None
    given: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def level(self) -> str | None:
        """Up to which level all modules are open; None when nothing is known."""
        sure = self.measured if self.confidence >= SURE_ENOUGH else None
        return max((one for one in (sure, self.placed) if one), key=LEVELS.index, default=None)

    @property
    def begins_at(self) -> str | None:
        """The level at which a learner who has begun nothing should begin."""
        return self.measured if self.confidence >= SURE_ENOUGH else self.placed

    def covers(self, module_id: str, level: str) -> bool:
        """Whether the module is open by level, or because it was given."""
        open_to = self.level
        return module_id in self.given or (open_to is not None and LEVELS.index(level) <= LEVELS.index(open_to))


class Reaches:
    """Finds how far the course is open to a learner."""

    def __init__(self, clock: Clock, given: GivenModules) -> None:
        self._clock = clock
        self._given = given

    async def of(self, cx: Connection, user_id: str) -> Reach:
        """What is open to the learner now."""
        found = await xpi_ledger.current(cx, user_id, self._clock.now())
        placed = await module_store.placed(cx, user_id)
        return Reach(found.cefr_level, found.confidence, placed, await self._given.modules(cx, user_id))
