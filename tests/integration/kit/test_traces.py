"""Traces of a whole node, as a collector gets them: from a frame of audio to its caption, from a request to its SQL."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from clients.python.parley_client import Session
from kit import tracing
from server.config import Settings
from tests.support.node import PASSWORD, Parley, running
from tests.support.ports import free_port
from tests.support.speech import CLIPS_MODEL, clip, manifest
from tests.support.traces import Received, Receiver, receiver

pytest.importorskip("opentelemetry.exporter.otlp.proto.http", reason="the extra `otel` is not installed")

CLIP = next(one for one in manifest() if one["id"] == "LJ001-0004")


@asynccontextmanager
async def traced(settings: Settings, urls: tuple[str, str], endpoint: str | None) -> AsyncIterator[Parley]:
    """A node with real recognition in a process of its own; what it has to send is sent when the block ends."""
    update = {"otel_exporter_otlp_endpoint": endpoint, "whisper_model": str(CLIPS_MODEL), "speech_workers": 1}
    async with running(settings.model_copy(update=update), *urls) as node:
        yield node


async def read_aloud(node: Parley, token: str) -> str:
    """The session's id, when it is over."""
    session = Session(node.url, "/speaking", token=token)
    try:
        await session.start_speaking(reference_text=CLIP["text"])
        sound = (clip(CLIP["id"]) * 32767).astype("<i2").tobytes()
        await session.stream(sound, frame_ms=40)
        async with asyncio.timeout(120):
            await session.end()
        return str(session.id)
    finally:
        await session.close()


async def test_a_frame_is_followed_to_its_caption_and_a_request_to_its_sql(
    settings: Settings, database_url: str, redis_url: str
) -> None:
    async with receiver() as collector:
        async with traced(settings, (database_url, redis_url), collector.url) as node:
            account = await node.account("ottilie")
            session_id = await read_aloud(node, account.access_token)
            async with node.client.get("/api/core/notes", headers=account.headers) as response:
                assert response.status == 200
        _check_captions(collector, session_id)
        _check_sql(collector)
        assert collector.resource["service.name"] == "parley"
        sent = b"".join(collector.raw).lower()
        words = [word.encode() for word in CLIP["text"].lower().split() if len(word) > 4]
        for secret in (b"ottilie", PASSWORD.encode(), account.access_token.encode().lower(), b"127.0.0.1", *words):
            assert secret not in sent


def _check_captions(collector: Receiver, session_id: str) -> None:
    session = collector.one("session", **{"session.id": session_id})
    assert session.parent == b"", "a session begins a trace"
    turn = collector.named("turn", **{"session.id": session_id})[0]
    assert turn.parent == b"" and turn.links == (session.id,), "a trace of hours would be refused"
    passes = [span for span in collector.inside(turn) if span.name == "recognition pass"]
    assert passes
    captioned = set[str]()
    for one in passes:
        (worker,) = [span for span in collector.inside(one) if span.name == "recognition worker"]
        assert worker.values["process.pid"] != os.getpid()
        (queue,) = [span for span in collector.inside(one) if span.name == "wait for a worker"]
        assert one.began == queue.began <= queue.ended <= worker.began < worker.ended <= one.ended
        for event in (span for span in collector.inside(one) if span.name == "event"):
            captioned.add(str(event.values["event"]))
            assert worker.ended <= event.began <= event.ended
            assert int(event.values["seq"]) > 0
    assert captioned & {"transcript.partial", "transcript.final", "pronunciation.word"}
    by_turn = {span.values.get("event") for span in collector.inside(turn)}
    assert "speech.started" in by_turn
    assert "transcript.final" in by_turn | captioned, "inside the turn, if silence ended it after the last pass"
    assert not any(span.failed for span in collector.spans)
    assert _tables(collector.inside(session)) >= {"live_turns"}, "the turn is stored in the trace of its session"


def _check_sql(collector: Receiver) -> None:
    request = collector.one("GET /api/core/notes")
    assert request.parent == b"" and request.values["http.response.status_code"] == 200
    queries = collector.inside(request)
    assert "notes" in _tables(queries)
    for query in queries:
        assert request.began <= query.began < request.ended, "it is noted a little later, when the loop is free"
        assert query.values["db.system.name"] == "postgresql"
    login = collector.one("POST /api/auth/login")
    assert "users" in _tables(collector.inside(login)) and login.trace != request.trace


def _tables(spans: list[Received]) -> set[str]:
    return {str(span.values.get("db.query.summary")).rpartition(" ")[2] for span in spans}


async def test_a_collector_that_is_away_is_not_noticed(settings: Settings, database_url: str, redis_url: str) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    async with asyncio.timeout(120), traced(settings, (database_url, redis_url), nowhere) as node:
        account = await node.account()
        async with node.client.get("/api/core/notes", headers=account.headers) as response:
            assert response.status == 200


async def test_nothing_is_traced_without_an_address(settings: Settings, database_url: str, redis_url: str) -> None:
    async with traced(settings, (database_url, redis_url), None) as node:
        assert node.resources.tracer is tracing.NOTHING
        await node.account()
