import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from api.progress import quest_store
from api.progress.phoneme_log import PhonemeLog
from api.progress.quest_book import QuestBook
from kit.database import Connection, Database
from speech.assessment import Report
from tests.support import reports
from tests.support.learners import add_learner

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class NoSkills:
    async def weakest(self, tx: Connection, user_id: str) -> list[str]:
        return []


@pytest.fixture
def log() -> PhonemeLog:
    return PhonemeLog(QuestBook(NoSkills()))


def report(**scores: list[float]) -> Report:
    phones = [reports.phone(name, score) for name, values in scores.items() for score in values]
    return reports.report(50.0, reports.word("x", 50.0, "none", *phones))


async def note(
    database: Database, log: PhonemeLog, user_id: str, pronunciation: Report, key: str, at: datetime = NOW
) -> None:
    async with database.transaction() as tx:
        await log.record(tx, user_id=user_id, at=at, pronunciation=pronunciation, source_key=key)


async def test_the_worst_phonemes_with_enough_attempts_come_first(database: Database, log: PhonemeLog) -> None:
    learner = await add_learner(database)
    spoken = report(TH=[30.0] * 6, R=[55.0] * 5, S=[95.0] * 9, ZH=[10.0])
    await asyncio.gather(*(note(database, log, learner, spoken, "turn:1") for _ in range(10)))
    async with database.connection() as cx:
        weak = await log.weak(cx, learner, NOW, 5)
        assert [(one.phoneme, one.ipa, one.mean, one.attempts) for one in weak] == [
            ("TH", "θ", 30.0, 6),
            ("R", "ɹ", 55.0, 5),
        ]
        assert await log.weak(cx, learner, NOW + timedelta(days=60), 5) == []


async def test_tomorrows_quest_is_the_weak_sound_and_saying_it_well_completes_it(
    database: Database, log: PhonemeLog
) -> None:
    learner = await add_learner(database)
    await note(database, log, learner, report(TH=[30.0] * 6), "turn:1")
    tomorrow = NOW + timedelta(days=1)
    await note(database, log, learner, report(TH=[85.0] * 9, S=[90.0]), "turn:2", tomorrow)
    async with database.connection() as cx:
        book = await quest_store.find(cx, learner, tomorrow.date())
        assert book is not None
        assert book.quests[1].id == "sound:TH"
        assert not book.completed
    await note(database, log, learner, report(TH=[85.0]), "turn:3", tomorrow)
    async with database.connection() as cx:
        book = await quest_store.find(cx, learner, tomorrow.date())
        assert book is not None
        assert book.completed == {"sound:TH"}
        assert await cx.fetchval("select xp_total from learners where user_id = $1", learner) == 20


async def test_a_report_without_phonemes_leaves_nothing(database: Database, log: PhonemeLog) -> None:
    learner = await add_learner(database)
    await note(database, log, learner, reports.report(0.0), "turn:1")
    async with database.connection() as cx:
        assert await cx.fetchval("select count(*) from phoneme_logs") == 0
