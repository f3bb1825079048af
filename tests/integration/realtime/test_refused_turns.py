"""A turn that PostgreSQL refuses for itself is kept as far as it can be, and its session goes on."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from realtime.session import commands as do
from speech import assessment
from speech import events as heard
from tests.integration.realtime.conftest import Stage
from tests.integration.realtime.test_rows_together import refused
from tests.support.scripted_listener import ENGINE, ScriptedListening
from tests.support.talks import Learner
from tests.support.waiting import until

LATENCY = {"total": 1, "queue": 0, "engine": 1}
AT = 900_000


@pytest.fixture
async def learner(stage: Stage) -> AsyncIterator[Learner]:
    listening = ScriptedListening()
    node = await stage.node(listening)
    async with stage.talk(node) as one:
        yield one


def hears(stage: Stage, turn: int, text: str, words: Sequence[str], engine: assessment.Engine = ENGINE) -> None:
    """The newest listener has recognised a turn."""
    emit = stage.nodes[0].listening.listener[-1].emit
    emit(heard.SpeechStarted(turn, AT + turn))
    emit(heard.SpeechStopped(turn, AT + turn))
    said = tuple(heard.Word(f"{turn}.{number}", word, AT + turn, AT + turn, 0.9) for number, word in enumerate(words))
    emit(heard.Final(turn, text, said, engine, LATENCY))


async def stored(stage: Stage, learner: Learner) -> list[dict[str, Any]]:
    async with stage.database.connection() as cx:
        rows = await cx.fetch(
            """
            select n.* from live_turns n join live_transcripts t on t.id = transcript_id
            where session_id = $1 order by ordinal
            """,
            learner.id,
        )
    return [dict(row) for row in rows]


async def test_what_no_text_can_hold_is_left_out_of_a_turn(stage: Stage, learner: Learner) -> None:
    with capture_logs(processors=[merge_contextvars]) as lines:
        hears(stage, 1, "a nu\0ll is here", ("a", "nu\0ll", "is", "here"))
        await learner.hears("transcript.final", turn_id="1")
        hears(stage, 2, "and more", ("and", "more"))
        await learner.hears("transcript.final", turn_id="2")
    one, two = await stored(stage, learner)
    assert one["text"] == "a null is here" and [word["text"] for word in one["words"]] == ["a", "null", "is", "here"]
    assert one["engine"] == ENGINE and one["end_ms"] == AT + 1
    assert two["text"] == "and more" and len(two["words"]) == 2
    told = [line for line in lines if line["event"] == "session_row_refused"]
    assert [(line["session_id"], line["turn_id"], line["kept"]) for line in told] == [(learner.id, "1", "cleaned")]
    assert learner.session.reconnects == 0


async def test_a_turn_keeps_its_words_when_the_name_of_its_engine_cannot_be_stored(
    stage: Stage, learner: Learner
) -> None:
    hears(stage, 1, "two words", ("two", "words"), {**ENGINE, "model": "my\0own"})
    await learner.hears("transcript.final", turn_id="1")
    (one,) = await stored(stage, learner)
    assert (one["text"], len(one["words"]), one["engine"]) == ("two words", 2, {**ENGINE, "model": "myown"})


async def test_a_turn_whose_words_are_refused_keeps_its_text(stage: Stage, learner: Learner) -> None:
    async with refused(stage.database, "live_turns", "new.words->0->>'text' = 'odd'", "23514"):
        with capture_logs(processors=[merge_contextvars]) as lines:
            hears(stage, 1, "odd words", ("odd", "words"))
            await learner.hears("transcript.final", turn_id="1")
            await learner.types("typed behind them")
            await learner.hears("transcript.final", text="typed behind them")
    one, two = await stored(stage, learner)
    assert (one["text"], one["words"], one["engine"], one["end_ms"]) == ("odd words", [], None, AT + 1)
    assert two["text"] == "typed behind them"
    told = [line for line in lines if line["event"] == "session_row_refused"]
    assert [(line["session_id"], line["kept"]) for line in told] == [(learner.id, "text")]
    assert learner.session.reconnects == 0


async def test_a_score_with_what_no_text_can_hold_is_kept_without_it(stage: Stage, learner: Learner) -> None:
    hears(stage, 1, "odd", ("odd",))
    report: Any = {"overall": 50.0, "words": [{"word": "o\0dd", "score": 50.0}], "note": None, "passed": True}
    stage.nodes[0].maintenance.registry.runners[learner.id]._outbox.store(do.StoreScore("1", report, 0))
    await learner.types("typed behind it")
    await learner.hears("transcript.final", text="typed behind it")
    (one, _) = await stored(stage, learner)
    assert one["pronunciation"] == {**report, "words": [{"word": "odd", "score": 50.0}]}


async def test_half_of_a_pair_is_left_out_and_the_client_gets_the_turn_as_it_is_kept(
    stage: Stage, learner: Learner
) -> None:
    """No JSON holds it either, so the line is let go and the next one brings what is stored."""
    hears(stage, 1, "half \ud83d a pair", ("half", "a", "pair"))
    await until(lambda: learner.session.reconnects, 30)
    assert (await learner.hears("transcript.final", 30, turn_id="1"))["text"] == "half  a pair"
    assert [row["text"] for row in await stored(stage, learner)] == ["half  a pair"]
