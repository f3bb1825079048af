"""Study sessions: counted once, ended once, paid once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from api.conversations.service import Conversations
from api.conversations.sessions import StudySessions
from api.english.xpi import ledger as xpi_ledger
from api.progress import assembly
from kit import ids
from kit.database import Database
from kit.errors import Failure
from kit.jobs import Jobs
from kit.tasks import Tasks
from tests.support.clock import FakeClock


@dataclass
class Desk:
    sessions: StudySessions
    jobs: Jobs
    owner: str
    conversation: str


@pytest.fixture
async def desk(database: Database, clock: FakeClock) -> AsyncIterator[Desk]:
    owner = ids.new_id()
    async with database.connection() as cx:
        await cx.execute(
            "insert into users (id, email, username, password_hash, created_at, updated_at) "
            "values ($1, 'a@example.com', 'ana', '', $2, $2)",
            owner,
            clock.now(),
        )
    tasks = Tasks()
    jobs = Jobs(database, clock, tasks)
    progress = assembly.assemble(database, clock, xpi_ledger)
    sessions = StudySessions(database, clock, jobs, progress.rewards, progress.learning_time)
    conversation = await Conversations(database, clock).create(owner, "Talk", None)
    yield Desk(sessions, jobs, owner, conversation.id)
    await tasks.close()


async def test_active_time_is_the_union_of_what_is_vouched_for(desk: Desk, clock: FakeClock) -> None:
    await desk.sessions.start(desk.owner, desk.conversation)
    for seconds, claim in ((60, 60), (30, 60), (10, None), (400, None), (20, 100)):
        clock.advance(seconds)
        session = await desk.sessions.activity(desk.owner, desk.conversation, claim, resumed=False)
    # 0-60, 30-90, 90-100 join to 100; the pause of 400 is not counted; then 420-520.
    assert session.active_seconds == 200
    assert (await desk.sessions.status(desk.owner, desk.conversation))[1] == "active"
    clock.advance(121)
    assert (await desk.sessions.status(desk.owner, desk.conversation))[1] == "idle"


async def test_a_running_session_is_returned_and_the_end_is_the_same_twice(desk: Desk, clock: FakeClock) -> None:
    first, new = await desk.sessions.start(desk.owner, desk.conversation)
    again, newer = await desk.sessions.start(desk.owner, desk.conversation)
    assert (first.id, new, newer) == (again.id, True, False)
    clock.advance(100)
    ended = await desk.sessions.end(desk.owner, desk.conversation)
    assert (ended.active_seconds, ended.xp_awarded) == (100, 2)
    clock.advance(50)
    assert await desk.sessions.end(desk.owner, desk.conversation) == ended
    with pytest.raises(Failure):
        await desk.sessions.activity(desk.owner, desk.conversation, None, resumed=False)


async def test_time_and_points_are_written_once_even_by_twenty_ends(
    desk: Desk, database: Database, clock: FakeClock
) -> None:
    await desk.sessions.start(desk.owner, desk.conversation)
    clock.advance(110)
    ended = await asyncio.gather(*(desk.sessions.end(desk.owner, desk.conversation) for _ in range(20)))
    assert len(set(ended)) == 1
    progress = assembly.assemble(database, clock, xpi_ledger)
    async with database.connection() as cx:
        seconds = await progress.learning_time.seconds(cx, desk.owner, ended[0].started_at, clock.now())
    assert seconds == 110


async def test_a_session_left_alone_ends_at_its_last_sign_of_life(desk: Desk, clock: FakeClock) -> None:
    await desk.sessions.start(desk.owner, desk.conversation)
    clock.advance(60)
    left = await desk.sessions.activity(desk.owner, desk.conversation, None, resumed=False)
    clock.advance(31 * 60)
    session, status = await desk.sessions.status(desk.owner, desk.conversation)
    assert session is not None
    assert (status, session.ended_at, session.active_seconds) == ("ended", left.last_activity_at, 60)
    newer, new = await desk.sessions.start(desk.owner, desk.conversation)
    assert new
    assert newer.id != session.id


async def test_the_watch_ends_a_forgotten_session(desk: Desk, database: Database, clock: FakeClock) -> None:
    session, _ = await desk.sessions.start(desk.owner, desk.conversation)
    desk.jobs.start()
    clock.advance(10 * 60)
    await desk.sessions.activity(desk.owner, desk.conversation, None, resumed=False)
    async with asyncio.timeout(60), database.connection() as cx:
        clock.advance(21 * 60)
        while not await cx.fetchval("select min(run_at) from jobs") > clock.now():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.02)  # the first look finds it alive and looks again later
        assert await cx.fetchval("select ended_at from conversation_sessions where id = $1", session.id) is None
        clock.advance(31 * 60)
        while not await cx.fetchval("select ended_at from conversation_sessions where id = $1", session.id):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_nothing_ran_yet(desk: Desk) -> None:
    assert await desk.sessions.status(desk.owner, desk.conversation) == (None, "none")
    with pytest.raises(Failure):
        await desk.sessions.end(desk.owner, desk.conversation)
