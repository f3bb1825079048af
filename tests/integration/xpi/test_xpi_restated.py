"""What moved when pronunciation got a new scale: evidence of speaking is restated, and the states replay to it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import server
from api.english.xpi import ledger as xpi_ledger
from kit import ids
from kit.database import Connection, Database
from tests.integration.xpi.test_xpi_ledger import record
from tests.support.learners import add_learner

SQL = (Path(server.__file__).parent / "migrations" / "0503_xpi_on_the_new_scale.sql").read_text()
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


async def hand_in(cx: Connection, learner: str, report: dict[str, Any] | None) -> str:
    """A submission with that report; its evidence's key."""
    submission = ids.new_id()
    evaluation = None if report is None else {"skill": "speaking", "pronunciation": report}
    await cx.execute(
        """
        insert into english_submissions
            (id, user_id, module_id, task_id, variant, skill, score, xp_awarded, fingerprint, response, answer,
             created_at)
        values ($1, $2, 'm', 't', 1, 'speaking', 80, 0, $3, $4, $5, $6)
        """,
        submission,
        learner,
        submission,
        json.loads('{"response": ""}'),
        {"evaluation": evaluation},
        NOW,
    )
    return f"english:{submission}"


def reported(overall: float, version: str, reference: str = "given") -> dict[str, Any]:
    return {
        "overall": overall,
        "fluency": overall,
        "reference": reference,
        "scorer": {"name": "parley-whisper", "version": version},
    }


async def test_speaking_on_the_old_scale_is_restated_and_all_else_stays(database: Database) -> None:
    learner, other = await add_learner(database), await add_learner(database)
    async with database.transaction() as tx:
        read = await hand_in(tx, learner, reported(75, "1.5.0"))
        free = await hand_in(tx, learner, reported(75, "1.5.0", "recognised"))
        new = await hand_in(tx, learner, reported(75, "2.0.0"))
        typed = await hand_in(tx, learner, None)
    for n, key in enumerate((read, free, new, typed)):
        at = NOW + timedelta(hours=700 * n)
        await record(database, learner, key, 82.5, skill="speaking", level="A2", at=at, weight=1 + n / 2)
    await record(database, learner, "book", 82.5, skill="reading")
    await record(database, other, "talk", 82.5, skill="speaking")
    async with database.connection() as cx:
        before = await xpi_ledger.stored(cx, learner), await xpi_ledger.stored(cx, other)
    async with database.transaction() as tx:
        await tx.execute(SQL)
    async with database.connection() as cx:
        rows = await cx.fetch("select source_key, score from xpi_evidence where user_id = $1", learner)
        stored, replayed = await xpi_ledger.stored(cx, learner), await xpi_ledger.replayed(cx, learner)
        others = await xpi_ledger.stored(cx, other)
    scores = {key: round(score, 6) for key, score in rows}
    assert scores == {read: 95.1, free: 87.9, new: 82.5, typed: 82.5, "book": 82.5}
    assert {n: s.ability.hex() for n, s in stored.items()} == {n: s.ability.hex() for n, s in replayed.items()}
    assert stored == replayed
    assert stored["speaking"].ability > before[0]["speaking"].ability
    assert (stored["reading"], others) == (before[0]["reading"], before[1])
