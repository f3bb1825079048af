"""Teachers, pupils and who of them is present: what the tests of observers share."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.integration.realtime.conftest import RunningNode, Stage
from tests.support import watching
from tests.support.talks import Learner
from tests.support.watching import Watcher

_ONCE = ["live_session.observed", "live_session.observation_ended"]


async def pupil_and_teacher(stage: Stage, role: str = "admin") -> tuple[str, str]:
    """Two people of one organization; the second may watch the first."""
    pupil, teacher = await stage.person(), await stage.person()
    await watching.school(stage.database, (pupil, "member", None), (teacher, role, None))
    return pupil, teacher


@asynccontextmanager
async def watched(stage: Stage, node: RunningNode) -> AsyncIterator[tuple[Learner, Watcher, str]]:
    """A learner in a session, the teacher's line that watches it, and who the teacher is."""
    pupil, teacher = await pupil_and_teacher(stage)
    async with stage.talk(user=pupil) as learner, watching.watcher(node, teacher) as watcher:
        assert (await watcher.watches(learner))["ok"]
        yield learner, watcher, teacher


async def present(node: RunningNode, session_id: str, number: int) -> None:
    """Until so many watch."""
    async with asyncio.timeout(60):
        while len(await node.maintenance.observers.present(session_id)) != number:  # noqa: ASYNC110 - it happens in Redis
            await asyncio.sleep(0.05)


async def withdrawn(stage: Stage, node: RunningNode, session_id: str) -> None:
    """Until the one who watched is neither present any more nor open in the audit trail."""
    async with asyncio.timeout(60):
        while await watching.audited(stage.database, session_id) != _ONCE:  # noqa: ASYNC110 - it happens in PostgreSQL
            await asyncio.sleep(0.05)
    await present(node, session_id, 0)
    assert node.maintenance.observers._watches == set()
