"""Which modules a learner was given: for the course, which opens them."""

from collections.abc import Mapping
from datetime import datetime

from api.assignments import store
from api.assignments.ports import Teaching
from kit.database import Connection


class Given:
    """Modules that somebody teaches a learner, which are open to them whatever their level is."""

    def __init__(self, teaching: Teaching) -> None:
        self._teaching = teaching

    async def modules(self, cx: Connection, user_id: str) -> Mapping[str, datetime]:
        """By id, with the earliest day on which each is due."""
        seats = await self._teaching.seats(cx, user_id, None)
        return (
            await store.modules_given(cx, user_id, [(one.organization_id, one.team) for one in seats]) if seats else {}
        )
