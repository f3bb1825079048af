"""What was said aloud and is deleted before its answer has begun is not answered."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from realtime.node.runner import SessionRunner
from realtime.reply.answering import Answering
from realtime.session import events as on
from realtime.transports.openai.talking import Talking
from speech import events as heard
from tests.integration.doors.test_openai_asides import message
from tests.integration.doors.test_openai_realtime import _client, _send, _sound, _until
from tests.integration.doors.test_openai_side_band import SECONDS
from tests.integration.doors.test_openai_talk import TEXT
from tests.support.language_model import LanguageModel
from tests.support.node import Parley
from tests.support.waiting import until

_COMPLETED = "conversation.item.input_audio_transcription.completed"
_COMMITTED = "input_audio_buffer.committed"
_DELETED = "conversation.item.deleted"
_MANUAL: Any = {"type": "realtime", "audio": {"input": {"turn_detection": None}}}
_SPOKEN: Any = {"type": "realtime", "audio": {"input": {"turn_detection": {"type": "server_vad"}}}}


class _Gate:
    """Holds up what comes through it, once."""

    def __init__(self) -> None:
        self.reached = False
        self.open = asyncio.Event()

    async def passed(self) -> None:
        self.reached = True
        await self.open.wait()


@pytest.fixture
def gate() -> _Gate:
    return _Gate()


def _before(gate: _Gate, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """The session goes on at that moment when the gate is opened."""
    send, start = Talking.send, Answering.start

    async def sends(self: Talking, name: str, data: Any, sound: bytes | None = None) -> None:
        if name == "transcript.final" and moment == "the words are told":
            await gate.passed()
        await send(self, name, data, sound)

    async def starts(self: Answering, *given: Any) -> None:
        if moment == "the answer begins":
            await gate.passed()
        await start(self, *given)

    monkeypatch.setattr(Talking, "send", sends)
    monkeypatch.setattr(Answering, "start", starts)


def _users(model: LanguageModel) -> list[list[str]]:
    return [[one["content"] for one in asked["messages"] if one["role"] == "user"] for asked in model.requests]


def _before_the_words(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[bool], None]]:
    """The words that the session does not know yet. Each is told by a call, which says whether it was speech."""
    waiting: list[Callable[[bool], None]] = []
    handle = SessionRunner.handle

    def handles(self: SessionRunner, event: on.Event) -> None:
        if isinstance(event, on.Spoke) and isinstance(event.event, heard.Final):
            nothing = replace(event, event=replace(event.event, text="", words=()))
            waiting.append(lambda speech: handle(self, event if speech else nothing))
        else:
            handle(self, event)

    monkeypatch.setattr(SessionRunner, "handle", handles)
    return waiting


async def _spoken(connection: Any, waiting: list[Callable[[bool], None]]) -> None:
    """A turn of sound, committed, whose words wait to be told."""
    await _send(connection, _sound())
    await connection.input_audio_buffer.commit()
    await until(lambda: waiting, SECONDS)


async def test_it_is_not_answered_where_its_words_are_still_awaited(
    node: Parley, model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = _before_the_words(monkeypatch)
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await connection.session.update(session=_MANUAL)
        await _spoken(connection, waiting)
        item_id = (await _until(connection, _COMMITTED, seen)).item_id
        await connection.response.create()
        await connection.conversation.item.delete(item_id=item_id)
        await _until(connection, _DELETED, seen)
        assert [one.response.status for one in seen if one.type == "response.done"] == ["cancelled"]
        while waiting:
            waiting.pop()(True)
        await connection.conversation.item.create(item=_typed("And now?"))
        await connection.response.create()
        assert (await _until(connection, "response.done", seen)).response.status == "completed"
    assert _users(model) == [["And now?"]] and not [one for one in seen if one.type == "error"]


@pytest.mark.parametrize("moment", ["the words are told", "the answer begins", "the first word comes"])
async def test_it_is_not_answered(
    node: Parley, model: LanguageModel, gate: _Gate, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    _before(gate, monkeypatch, moment)
    model.behaviours = ["stall", "answer"] if moment == "the first word comes" else ["answer"]
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await connection.session.update(session=_SPOKEN)
        await _send(connection, _sound())
        item_id = (await _until(connection, _COMMITTED, seen)).item_id
        await until(lambda: gate.reached or model.requests, SECONDS)
        await connection.conversation.item.delete(item_id=item_id)
        await _until(connection, _DELETED, seen)
        gate.open.set()
        assert (await _until(connection, "response.done", seen)).response.status == "cancelled"
        asked = len(model.requests)
        await connection.conversation.item.create(item=_typed("And now?"))
        await connection.response.create()
        done = (await _until(connection, "response.done", seen)).response
        assert (done.status, done.output[0].content[0].transcript) == ("completed", model.answer)
    assert asked == (moment == "the first word comes") and _users(model)[asked:] == [["And now?"]]


async def test_what_is_left_is_answered(
    node: Parley, model: LanguageModel, gate: _Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    _before(gate, monkeypatch, "the answer begins")
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await connection.session.update(session=_SPOKEN)
        await connection.conversation.item.create(item=_typed("Hello."))
        await _send(connection, _sound())
        item_id = (await _until(connection, _COMMITTED, seen)).item_id
        await until(lambda: gate.reached, SECONDS)
        await connection.conversation.item.delete(item_id=item_id)
        await _until(connection, _DELETED, seen)
        gate.open.set()
        statuses = [(await _until(connection, "response.done", seen)).response.status for _ in range(2)]
        assert statuses == ["cancelled", "completed"]
    assert _users(model) == [["Hello."]] and TEXT not in str(model.requests)


async def test_nothing_is_answered_where_what_is_left_was_no_speech(
    node: Parley, model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = _before_the_words(monkeypatch)
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await connection.session.update(session=_MANUAL)
        await _spoken(connection, waiting)
        waiting.pop()(True)
        item_id = (await _until(connection, _COMPLETED, seen)).item_id
        await _spoken(connection, waiting)
        await connection.response.create()
        await connection.conversation.item.delete(item_id=item_id)
        await _until(connection, _DELETED, seen)
        while waiting:
            waiting.pop()(False)
        assert (await _until(connection, "response.done", seen)).response.status == "cancelled"
        await connection.conversation.item.create(item=_typed("And now?"))
        await connection.response.create()
        assert (await _until(connection, "response.done", seen)).response.status == "completed"
    assert _users(model) == [["And now?"]] and not [one for one in seen if one.type == "error"]


def _typed(text: str) -> Any:
    return message("user", text)
