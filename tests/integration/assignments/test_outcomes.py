"""What learners did of their assignments, as they and their teachers see it."""

from datetime import datetime, timedelta

import pytest

from api.english.catalog import load
from api.english.modules import store as modules
from kit import ids
from server.config import Settings
from tests.support.english import FIRST, Learner, clip, perfect
from tests.support.node import Account
from tests.support.school import MODULE, TEXT, School
from tests.support.speech import CLIPS_MODEL


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"whisper_model": str(CLIPS_MODEL), "voice": "client"})


async def test_a_module_is_open_then_started_then_completed(school: School) -> None:
    ana = await school.joined("ana")
    early = await school.give(work=MODULE)
    learner = Learner(school.node, ana)
    task = next(one for one in load.catalog().by_id[FIRST].tasks if one.skill == "reading")
    await learner.module()
    await learner.submit(task.id, perfect(task.id))
    (mine,) = await school.mine(ana)
    seen = (await school.progress(early))["ana"]
    assert mine["status"] == seen["status"] == "started" and mine["practised_at"] == seen["practised_at"] is not None
    assert mine["score"] == seen["score"] == round(100 / len(load.catalog().by_id[FIRST].tasks))
    now = school.node.resources.clock.now()
    async with school.node.resources.database.transaction() as tx:
        await modules.complete(tx, ana.user_id, FIRST, 88, now)
    later = await school.give(work=MODULE)
    for one in (early, later):
        seen = (await school.progress(one))["ana"]
        assert (seen["status"], seen["score"]) == ("completed", 88)
        assert datetime.fromisoformat(seen["completed_at"]) == now
    assert {one["status"] for one in await school.mine(ana)} == {"completed"}


async def test_a_text_is_read_as_a_recording(school: School) -> None:
    ana, ben = await school.joined("ana"), await school.joined("ben")
    spaced = "Let us know if you\n have any  other questions."
    made = await school.give(work={**TEXT, "text": spaced})
    text = "Let us know if you have any other questions."
    done = await Learner(school.node, ana).evaluate(clip("so762-008110159.flac"), reference_text=text)
    await Learner(school.node, ben).evaluate(clip("so762-008110159.flac"), reference_text="Something else.")
    seen = await school.progress(made)
    score = done["pronunciation"]["overall"]
    assert seen["ana"]["score"] == int(score + 0.5) and seen["ana"]["practised_at"] is not None
    assert seen["ana"]["status"] == ("completed" if score >= 60 else "started")
    assert seen["ben"]["status"] == "open"
    after = await school.give(work={**TEXT, "text": text})
    assert (await school.progress(after))["ana"]["status"] == "open", "what was read before does not count"


async def test_a_text_is_read_in_a_session(school: School) -> None:
    ana = await school.joined("ana")
    made = await school.give()
    given = datetime.fromisoformat(made["created_at"])
    for minutes, score in ((-5, 99.0), (5, 41.2), (10, 72.4), (15, 64.0), (20, None)):
        await spoken(school, ana, given + timedelta(minutes=minutes), score)
    (mine,) = await school.mine(ana)
    assert (mine["status"], mine["score"]) == ("completed", 72)
    assert datetime.fromisoformat(mine["completed_at"]) == given + timedelta(minutes=10)
    assert datetime.fromisoformat(mine["practised_at"]) == given + timedelta(minutes=15)


async def spoken(school: School, who: Account, at: datetime, score: float | None) -> None:
    """A session in which the text was read, as the session's owner would have stored it."""
    session, transcript = ids.new_id(), ids.new_id()
    async with school.node.resources.database.transaction() as tx:
        await tx.execute(
            """insert into live_sessions (id, user_id, kind, status, language, reference_text, record, reserved_seconds,
                   started_at, limit_at, seen_at, ended_at, billed_seconds)
               values ($1, $2, 'speaking', 'ended', 'en', $3, false, 0, $4, $4, $4, $4, 1)""",
            session,
            who.user_id,
            TEXT["text"],
            at,
        )
        await tx.execute(
            """insert into live_transcripts (id, user_id, session_id, started_at, created_at)
               values ($1, $2, $3, $4, $4)""",
            transcript,
            who.user_id,
            session,
            at,
        )
        await tx.execute(
            """insert into live_turns (transcript_id, ordinal, turn_id, role, text, pronunciation, at)
               values ($1, 1, 't1', 'user', 'On Sunday', $2, $3)""",
            transcript,
            {"overall": score},
            at,
        )
