"""Answers that are asked for in a conversation of the OpenAI Realtime API, and what becomes of them."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import orjson
import pytest

from kit.storable import JsonObject
from realtime.node.view import SessionView
from realtime.ports import ListenerOptions
from realtime.reply.microphone import Microphone
from realtime.session import commands as do
from realtime.session import events as on
from realtime.session.machine import Machine
from realtime.session.replies import Replies
from realtime.session.terms import Terms
from realtime.transports.openai.config import Config
from realtime.transports.openai.talk_config import TalkConfig
from realtime.transports.openai.talking import Talking
from speech import events as heard
from tests.support.clock import FakeClock
from tests.support.conversation import ENGINE, LATENCY
from tests.support.scripted_listener import ScriptedListener


class _Session:
    """What the session decides, with its microphone; nobody answers."""

    tutor = None

    def __init__(self) -> None:
        self.machine = Machine(Terms(3_600_000), now_ms=0, remaining_ms=600_000, replies=Replies(wanted=True))
        nothing: Any = None
        self.view = SessionView(self.machine, nothing, nothing)
        options = ListenerOptions("one", "en", None, None, 1, 0, 0, (), 0, ())
        self.microphone = Microphone(ScriptedListener(options, lambda said: self.handle(on.Spoke(said)), 0.0))
        self.commands: list[do.Command] = []

    def handle(self, event: on.Event) -> None:
        for command in self.machine.handle(event, 1000):
            self.commands.append(command)
            if isinstance(command, do.ReleaseSound):
                self.microphone.release()
            elif isinstance(command, do.CommitListener):
                self.microphone.commit()

    def play(self, *_: object) -> None:
        pass

    @property
    def started(self) -> list[str]:
        return [one.turn_id for one in self.commands if isinstance(one, do.StartReply)]


class _Client:
    """Its conversation with the session above."""

    def __init__(self) -> None:
        self.told: list[JsonObject] = []
        self.session = _Session()
        unused: Any = None
        line: Any = SimpleNamespace(tell=self._tell)
        registry: Any = SimpleNamespace(tasks=None, calls_functions=True)
        config = TalkConfig(old=False, model="auto", heard=Config(old=False))
        self.talking = Talking(line, unused, unused, registry, FakeClock(), config)
        running: Any = self.session
        self.talking._runner = running

    async def _tell(self, event: JsonObject) -> None:
        self.told.append(event)

    async def sends(self, kind: str, **members: Any) -> None:
        await self.talking._take(orjson.dumps({"type": kind, **members}).decode())

    async def asks(self, name: str) -> None:
        await self.sends("response.create", response={"instructions": name, "metadata": {"name": name}})

    async def types(self, text: str) -> None:
        content = [{"type": "input_text", "text": text}]
        await self.sends("conversation.item.create", item={"type": "message", "role": "user", "content": content})

    async def gives_output(self) -> None:
        functions = self.talking._history._functions
        functions.complete(call := functions.begun("c", "look_up"))
        item = {"type": "function_call_output", "call_id": call.id, "output": "x"}
        await self.sends("conversation.item.create", item=item)

    async def is_answered(self, turn_id: str) -> None:
        self.session.handle(on.ReplyEnded(turn_id, "Well.", True))
        await self.talking.send("response.delta", {"turn_id": turn_id, "text": "Well."})
        await self.talking.send("response.done", {"turn_id": turn_id, "text": "Well.", "complete": True})

    def speaks(self) -> None:
        """Words that are not known yet."""
        for said in (heard.SpeechStarted(1, 0), heard.SpeechStopped(1, 500)):
            self.session.handle(on.Spoke(said))

    async def has_spoken(self, turn: int) -> str:
        """A turn that is over, whose words are not known yet. Its item's id."""
        start_ms, end_ms = turn * 1000, turn * 1000 + 500
        self.session.handle(on.AnsweringSet(False, True))
        self.talking._items.detects_turns = True
        for said in (heard.SpeechStarted(turn, start_ms), heard.SpeechStopped(turn, end_ms)):
            self.session.handle(on.Spoke(said))
        await self.talking.send("speech.started", {"turn_id": str(turn), "start_ms": start_ms})
        await self.talking.send("speech.stopped", {"turn_id": str(turn), "end_ms": end_ms})
        item_id = self.talking._order.last
        assert item_id is not None
        return item_id

    @property
    def done(self) -> list[tuple[str, str]]:
        """The responses that are over: (name, status)."""
        over = [one["response"] for one in self.told if one["type"] == "response.done"]
        return [((one["metadata"] or {}).get("name", ""), one["status"]) for one in over]

    @property
    def refused(self) -> list[str]:
        return [one["error"]["code"] for one in self.told if one["type"] == "error"]

    @property
    def next_as(self) -> str:
        """By which instructions the next answer is made."""
        return self.talking._memory.wanted.instructions


def _words(text: str) -> tuple[heard.Word, ...]:
    return (heard.Word("1.0", text, 0, 500, 0.9),)


@pytest.fixture
def client() -> _Client:
    return _Client()


async def test_what_was_wanted_for_a_cancelled_answer_holds_for_no_other(client: _Client) -> None:
    client.speaks()
    await client.asks("special")
    assert (client.next_as, client.session.view.asked) == ("special", True)
    await client.sends("response.cancel")
    assert (client.next_as, client.session.view.asked) == ("", False)
    assert client.done == [("special", "cancelled")] and not client.refused


async def test_an_answer_behind_a_cancelled_one_begins_at_once(client: _Client) -> None:
    client.speaks()
    await client.asks("first")
    await client.gives_output()
    await client.asks("second")
    await client.sends("response.cancel")
    assert client.done == [("first", "cancelled")]
    assert (client.next_as, client.session.view.asked) == ("second", True)
    await client.sends("response.cancel")
    assert client.done[1:] == [("second", "cancelled")] and client.next_as == ""
    assert client.session.started == []


async def test_typing_ends_the_wait_of_an_answer_which_is_told(client: _Client) -> None:
    client.speaks()
    await client.asks("first")
    await client.types("Hello.")
    await client.asks("typed")
    assert client.done == [("first", "cancelled")] and client.next_as == "typed"
    (turn_id,) = client.session.started
    await client.is_answered(turn_id)
    assert client.done[1:] == [("typed", "completed")] and client.next_as == "" and not client.refused


async def test_typing_cuts_an_answer_off_and_is_answered_as_it_wants(client: _Client) -> None:
    for name in ("first", "second"):
        await client.types(name)
        await client.asks(name)
    first, second = client.session.started
    await client.talking.send("response.done", {"turn_id": first, "text": "", "complete": False})
    assert client.next_as == "second"
    await client.is_answered(second)
    assert client.next_as == "" and [status for _, status in client.done] == ["cancelled", "completed"]


async def test_what_an_answer_knew_is_not_answered_again(client: _Client) -> None:
    await client.gives_output()
    client.talking._memory.recall()  # the answer to a spoken turn begins
    await client.is_answered("a1")
    await client.sends("response.create")
    assert client.refused == ["nothing_to_answer"] and client.session.started == []


async def test_what_is_cleared_while_it_is_held_back_is_not_answered(client: _Client) -> None:
    microphone = client.session.microphone
    tutor, learner = np.random.default_rng(1), np.random.default_rng(2)
    microphone.played((tutor.standard_normal(24_000) * 5000).astype("<i2").tobytes())
    microphone.feed((learner.standard_normal(512) * 5000).astype("<i2").tobytes())
    assert not client.session.view.listening, "it may be the tutor's echo"
    await client.sends("input_audio_buffer.clear")
    assert [one.turn.turn_id for one in client.session.commands if isinstance(one, do.StoreTurn)] == ["1"]
    assert client.session.started == []


async def test_an_answer_waits_while_words_are_left_that_it_is_about(client: _Client) -> None:
    items = [await client.has_spoken(turn) for turn in (1, 2)]
    await client.asks("both")
    await client.sends("conversation.item.delete", item_id=items[0])
    assert (client.done, client.session.view.asked) == ([], True)
    client.session.handle(on.Spoke(heard.Final(1, "First.", (), ENGINE, LATENCY)))
    await client.sends("conversation.item.delete", item_id=items[1])
    assert (client.done, client.session.view.asked, client.next_as) == ([("both", "cancelled")], False, "")
    client.session.handle(on.Spoke(heard.Final(2, "Second.", (), ENGINE, LATENCY)))
    assert client.session.started == [] and not client.refused


async def test_an_answer_waits_for_words_that_are_known_and_not_told(client: _Client) -> None:
    items = [await client.has_spoken(turn) for turn in (1, 2)]
    await client.asks("first")
    client.session.handle(on.Spoke(heard.Final(1, "First.", _words("First."), ENGINE, LATENCY)))
    await client.sends("conversation.item.delete", item_id=items[1])
    client.session.handle(on.Spoke(heard.Final(2, "Second.", _words("Second."), ENGINE, LATENCY)))
    assert len(client.session.started) == 1 and not client.done and not client.refused
