"""A teacher watches: read-only, on any node and over either socket, only by role, and never unseen."""

import asyncio
from typing import Any

import aiohttp
import pytest
import socketio

from kit import ids
from kit.caller import Caller
from kit.errors import Failure
from realtime import wire
from realtime.node import observers
from realtime.node.connection import Connection
from server.cli.client import Session
from tests.integration.realtime.conftest import RunningNode, Stage

FRAME = b"\0\0" * 640
PAYLOADS: dict[str, dict[str, Any]] = {
    "speaking.start": {},
    "text": {"text": "Hello."},
    "session.update": {"patience_ms": 800},
    "webrtc.offer": {"sdp": "v=0"},
}


class Watcher:
    """An observer over Socket.IO, written from the documents alone."""

    def __init__(self) -> None:
        self.socket = socketio.AsyncClient(reconnection=False)
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.gone = asyncio.Event()

    async def connect(self, node: RunningNode, token: str) -> None:
        async def note(name: str, *data: Any) -> None:
            self.events.append((name, data[0]))

        async def left() -> None:
            self.gone.set()

        self.socket.on("*", note, namespace="/speaking")
        self.socket.on("disconnect", left, namespace="/speaking")
        await self.socket.connect(node.url, transports=["websocket"], namespaces=["/speaking"], auth={"token": token})

    async def ask(self, name: str, *data: Any) -> dict[str, Any]:
        answer: dict[str, Any] = await self.socket.call(name, data[0] if len(data) == 1 else data, "/speaking")
        return answer

    async def until(self, name: str, **members: Any) -> dict[str, Any]:
        return await until(self.events, name, **members)


async def until(events: list[tuple[str, dict[str, Any]]], wanted: str, **members: Any) -> dict[str, Any]:
    async with asyncio.timeout(12):
        while True:
            for name, data in events:
                if name == wanted and members.items() <= data.items():
                    return data
            await asyncio.sleep(0.02)


def collect(session: Session) -> list[tuple[str, dict[str, Any]]]:
    events: list[tuple[str, dict[str, Any]]] = []

    async def run() -> None:
        async for event in session.events():
            events.append(event)

    session._collecting = asyncio.ensure_future(run())  # type: ignore[attr-defined]
    return events


async def school(stage: Stage, *people: tuple[str, str, str | None]) -> str:
    """An organization of (user, role, team)."""
    organization = ids.new_id()
    async with stage.nodes[0].resources.database.connection() as cx:
        await cx.execute(
            "insert into organizations (id, name, slug, created_at, updated_at) values ($1, '', $2, now(), now())",
            organization,
            organization,
        )
        for user, role, team in people:
            await cx.execute(
                "insert into organization_members values ($1, $2, $3, $4, now())", organization, user, role, team
            )
    return organization


async def audited(stage: Stage, session_id: str) -> list[str]:
    async with stage.nodes[0].resources.database.connection() as cx:
        rows = await cx.fetch("select action from audit_events where target_id = $1 order by id", session_id)
    return [row["action"] for row in rows]


async def withdrawn(stage: Stage, node: RunningNode, session_id: str) -> None:
    """Whoever watched is neither present any more nor open in the books."""
    async with asyncio.timeout(12):
        while await audited(stage, session_id) != ["live_session.observed", "live_session.observation_ended"]:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    await present(node, session_id, 0)
    assert node.maintenance.observers._watches == set()


async def watched(stage: Stage, node: RunningNode) -> tuple[str, Session, list[tuple[str, dict[str, Any]]], Watcher]:
    """A teacher, the session of a learner of the same organization and its events, and the teacher watching it."""
    learner, teacher = await stage.person(), await stage.person()
    await school(stage, (learner, "member", None), (teacher, "admin", None))
    session = stage.client(learner)
    events = collect(session)
    session_id = (await session.start_speaking())["session_id"]
    watcher = Watcher()
    await watcher.connect(node, teacher)
    await watcher.ask("session.join", {"session_id": session_id, "observe": True})
    return teacher, session, events, watcher


async def test_a_teacher_on_another_node_sees_captions_and_scores_and_the_learner_knows(stage: Stage) -> None:
    one, two = await stage.node(), await stage.node()
    learner, teacher = await stage.person(), await stage.person()
    await school(stage, (learner, "member", None), (teacher, "owner", None))
    session = stage.client(learner, one)
    events = collect(session)
    session_id = (await session.start_speaking())["session_id"]
    await session.stream(FRAME * 30)
    watcher = Watcher()
    await watcher.connect(two, teacher)
    answer = await watcher.ask("session.join", {"session_id": session_id, "observe": True})
    assert answer["ok"] and answer["observing"] and answer["replayed"] > 0
    assert answer.get("resume_ticket") is None
    await watcher.until("transcript.final", text="second 0")  # replayed
    told = await until(events, "session.observers", count=1)
    assert told["names"] == [teacher.replace("-", "")[:32]]
    await session.stream(FRAME * 40)
    await watcher.until("transcript.final", text="second 1")  # live
    await watcher.until("pronunciation.final", turn_id="2")
    await session.end()
    ended = await watcher.until("session.ended")
    assert ended["reason"] == "client"
    numbers = [data["seq"] for name, data in watcher.events]
    assert numbers == list(range(1, len(numbers) + 1))  # the learner's own numbering, nothing lost or doubled
    await withdrawn(stage, two, session_id)
    await watcher.socket.disconnect()


async def test_the_learner_is_told_before_anything_is_shown(stage: Stage) -> None:
    one, two = await stage.node(), await stage.node()
    learner = await stage.person()
    session = stage.client(learner, one)
    events = collect(session)
    session_id = (await session.start_speaking())["session_id"]
    watchers = []
    for number in range(1, 4):
        teacher = await stage.person()
        await school(stage, (learner, "member", None), (teacher, "owner", None))
        watcher = Watcher()
        watchers.append(watcher)
        await watcher.connect(two, teacher)
        answer = await watcher.ask("session.join", {"session_id": session_id, "observe": True})
        told = await until(events, "session.observers", count=number)
        assert answer["ok"] and told["seq"] <= answer["seq"], "the news is older than the answer"
    for watcher in watchers:
        await watcher.socket.disconnect()
    await session.end()


async def test_nobody_watches_while_the_learner_cannot_be_told(stage: Stage) -> None:
    node = await stage.node()
    learner, teacher = await stage.person(), await stage.person()
    await school(stage, (learner, "member", None), (teacher, "owner", None))
    session_id = await stage.voice(learner)  # no node runs it yet
    watcher = Watcher()
    await watcher.connect(node, teacher)
    answer = await watcher.ask("session.join", {"session_id": session_id, "observe": True})
    assert (answer["ok"], answer["error"]["error"]) == (False, "unavailable")
    assert {name for name, _ in watcher.events} <= {"error"}
    await withdrawn(stage, node, session_id)
    await watcher.socket.disconnect()


async def test_only_in_an_organization_that_the_learner_chose(stage: Stage) -> None:
    node = await stage.node()
    learner, teacher = await stage.person(), await stage.person()
    await school(stage, (learner, "member", None), (teacher, "owner", None))
    await school(stage, (learner, "owner", None), (teacher, "member", None))
    async with node.resources.database.connection() as cx:
        await cx.execute("update organization_members set accepted_at = null where user_id = $1", learner)
    session = stage.client(learner)
    session_id = (await session.start_speaking())["session_id"]
    watcher = Watcher()
    await watcher.connect(node, teacher)
    answer = await watcher.ask("session.join", {"session_id": session_id, "observe": True})
    assert (answer["ok"], answer["error"]["error"]) == (False, "not_found")
    async with node.resources.database.connection() as cx:
        await cx.execute("update organization_members set accepted_at = now()")
    assert (await watcher.ask("session.join", {"session_id": session_id, "observe": True}))["ok"]
    await watcher.socket.disconnect()
    await session.end()


async def test_every_event_of_an_observer_is_refused_by_name(stage: Stage) -> None:
    node = await stage.node()
    _, session, events, watcher = await watched(stage, node)
    for row in wire.CLIENT.values():
        if row.name == "session.join":
            continue
        given = ({"seq": 1, "codec": "pcm16"}, FRAME) if row.binary else (PAYLOADS.get(row.name, {}),)
        answer = await watcher.ask(row.name, *given)
        assert answer["ok"] is False and answer["error"]["error"] == "read_only", row.name
    await watcher.socket.disconnect()
    await until(events, "session.observers", count=0)  # it left
    assert [name for name, _ in events if name in ("session.ended", "transcript.final")] == []
    assert (await session.end())["billed_seconds"] == 0


async def test_roles_decide_and_everything_else_is_not_found(stage: Stage) -> None:
    node = await stage.node()
    learner, manager, other_manager, member, stranger = [await stage.person() for _ in range(5)]
    await school(
        stage,
        (learner, "member", "blue"),
        (manager, "team_manager", "blue"),
        (other_manager, "team_manager", "red"),
        (member, "member", "blue"),
    )
    await school(stage, (stranger, "owner", None))
    session = stage.client(learner)
    session_id = (await session.start_speaking())["session_id"]
    for user, allowed in [
        (manager, True),
        (other_manager, False),
        (member, False),
        (stranger, False),
        (learner, False),
    ]:
        watcher = Watcher()
        await watcher.connect(node, user)
        answer = await watcher.ask("session.join", {"session_id": session_id, "observe": True})
        assert answer["ok"] is allowed, answer
        if not allowed:
            assert answer["error"]["error"] == "not_found"
        await watcher.socket.disconnect()
    await session.end()
    watcher = Watcher()
    await watcher.connect(node, manager)
    answer = await watcher.ask("session.join", {"session_id": session_id, "observe": True})
    assert answer["error"]["error"] == "session_ended"
    await watcher.socket.disconnect()


async def test_who_loses_the_role_is_out(stage: Stage) -> None:
    node = await stage.node()
    teacher, session, events, watcher = await watched(stage, node)
    await until(events, "session.observers", count=1)
    async with node.resources.database.connection() as cx:
        await cx.execute("update organization_members set role = 'member' where user_id = $1", teacher)
    async with asyncio.timeout(6):
        await watcher.gone.wait()
    assert (await watcher.until("error"))["error"] == "not_found"
    await until(events, "session.observers", count=0)
    before = len(watcher.events)
    await session.stream(FRAME * 30)
    await until(events, "transcript.final", text="second 0")
    await asyncio.sleep(0.7)
    assert len(watcher.events) == before


@pytest.mark.parametrize("last_seq", [None, 3])
async def test_over_the_plain_websocket(stage: Stage, last_seq: int | None) -> None:
    node = await stage.node()
    learner, teacher = await stage.person(), await stage.person()
    await school(stage, (learner, "member", None), (teacher, "owner", None))
    session = stage.client(learner)
    session_id = (await session.start_speaking())["session_id"]
    await session.stream(FRAME * 30)
    seen: list[tuple[str, dict[str, Any]]] = []
    async with aiohttp.ClientSession() as http, http.ws_connect(f"{node.url}/api/realtime/speaking") as socket:

        async def read() -> None:
            async for message in socket:
                said = message.json()
                seen.append((said.get("event", f"ack {said.get('ack')}"), said["data"]))

        reading = asyncio.ensure_future(read())
        await socket.send_json({"event": "auth", "data": {"token": teacher}})
        wanted = {"session_id": session_id, "observe": True} | ({"last_seq": last_seq} if last_seq else {})
        await socket.send_json({"event": "session.join", "id": 1, "data": wanted})
        await until(seen, "transcript.final", text="second 0")
        numbers = [data["seq"] for name, data in seen if "seq" in data and not name.startswith("ack")]
        assert numbers[0] == (last_seq or 0) + 1
        await socket.send_bytes((1).to_bytes(4, "big") + b"\0" + FRAME)
        assert (await until(seen, "error"))["error"] == "read_only"
        await socket.send_json({"event": "text", "id": 2, "data": {"text": "Hi"}})
        assert (await until(seen, "ack 2"))["error"]["error"] == "read_only"
        await session.stream(FRAME * 25)
        await until(seen, "transcript.final", text="second 1")
        reading.cancel()
    await session.end()


async def present(node: RunningNode, session_id: str, number: int) -> None:
    async with asyncio.timeout(12):
        while len(await node.maintenance.observers.present(session_id)) != number:  # noqa: ASYNC110 - it happens in Redis
            await asyncio.sleep(0.05)


async def test_an_end_without_an_owner_is_told_and_the_observer_is_no_longer_present(stage: Stage) -> None:
    one, two = await stage.node(), await stage.node()
    learner, teacher = await stage.person(), await stage.person()
    await school(stage, (learner, "member", None), (teacher, "owner", None))
    session = stage.client(learner, one)
    session_id = (await session.start_speaking())["session_id"]
    await session.stream(FRAME * 30)
    watcher = Watcher()
    await watcher.connect(two, teacher)
    await watcher.ask("session.join", {"session_id": session_id, "observe": True})
    await present(two, session_id, 1)
    await session.close()
    await one.kill()
    stage.nodes.remove(one)
    await two.repository._sessions.close(await two.repository.find(session_id, learner), "timeout")
    ended = await watcher.until("session.ended")
    assert ended["reason"] == "timeout"
    assert ended["session_id"] == session_id
    numbers = [data["seq"] for _, data in watcher.events]
    assert numbers == list(range(1, len(numbers) + 1))
    await present(two, session_id, 0)
    assert two.maintenance.observers._watches == set()
    assert (await watcher.ask("session.heartbeat", {}))["error"]["error"] == "not_joined"  # the line is alive
    await watcher.socket.disconnect()


async def test_one_observer_that_takes_nothing_or_fails_holds_up_no_other(stage: Stage) -> None:
    node = await stage.node()
    learner, slow, broken, quick = [await stage.person() for _ in range(4)]
    await school(stage, (learner, "member", None), *((one, "admin", None) for one in (slow, broken, quick)))
    session = stage.client(learner)
    session_id = (await session.start_speaking())["session_id"]
    watchers = {}
    for teacher in (slow, broken, quick):
        watchers[teacher] = Watcher()
        await watchers[teacher].connect(node, teacher)
        await watchers[teacher].ask("session.join", {"session_id": session_id, "observe": True})
    never = asyncio.Event()

    async def stuck(*_: Any) -> None:
        await never.wait()

    async def fails(*_: Any) -> None:
        raise TypeError("not what was expected")

    for watch in node.maintenance.observers._watches:
        watch.connection._send = {slow: stuck, broken: fails}.get(watch.watched.observer_id, watch.connection._send)
    loop = asyncio.get_running_loop()
    for second in range(3):
        before = loop.time()
        await session.stream(FRAME * 26)
        await watchers[quick].until("transcript.final", text=f"second {second}")
        assert loop.time() - before < 9, "a slow line is let go after 10 s only"
    assert [task for task in node.resources.tasks._running if task.get_name() == "read for observers"]
    assert {watch.watched.observer_id for watch in node.maintenance.observers._watches} == {slow, quick}
    for watcher in watchers.values():
        await watcher.socket.disconnect()


async def test_an_observer_that_has_seen_more_than_was_told_is_refused_and_harms_nobody(stage: Stage) -> None:
    node = await stage.node()
    teacher, session, _, watcher = await watched(stage, node)
    other = Watcher()
    await other.connect(node, teacher)
    for last_seq in (2**53 - 1, 2**63 - 1, 2**64 - 1, 1e30, 5000):
        wanted = {"session_id": session.id, "observe": True, "last_seq": last_seq}
        assert (await other.ask("session.join", wanted))["error"]["error"] == "invalid_request"
    await session.stream(FRAME * 30)
    await watcher.until("transcript.final", text="second 0")
    await other.socket.disconnect()
    await watcher.socket.disconnect()


async def test_who_is_not_let_into_another_session_goes_on_watching_and_hearing(stage: Stage) -> None:
    node = await stage.node()
    _, session, events, watcher = await watched(stage, node)
    for session_id in (ids.new_id(), "no id"):
        for wanted in ({"session_id": session_id}, {"session_id": session_id, "observe": True}):
            assert (await watcher.ask("session.join", wanted))["ok"] is False
            assert session._socket is not None
            assert (await session._socket.call("session.join", wanted, namespace="/speaking"))["ok"] is False
    await session.stream(FRAME * 30)
    await watcher.until("transcript.final", text="second 0")
    await until(events, "transcript.final", text="second 0")
    await watcher.socket.disconnect()


async def test_who_takes_the_events_too_slowly_is_let_go(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observers, "_MOST_WAITING", 2)
    node = await stage.node()
    _, session, events, watcher = await watched(stage, node)
    (watch,) = node.maintenance.observers._watches
    told, send = asyncio.Event(), watch.connection._send

    async def stuck(name: str, *more: Any) -> None:
        if name != "error":
            await told.wait()
        await send(name, *more)

    watch.connection._send = stuck
    await session.stream(FRAME * 40)
    await until(events, "session.observers", count=0)
    await watcher.gone.wait()
    assert (await watcher.until("error"))["error"] == "unavailable"
    assert node.maintenance.observers._watches == set()


def line(teacher: str, send: Any) -> Connection:
    async def disconnect() -> None:
        return None

    return Connection(Caller(teacher, "user", "bearer", "test"), None, send, disconnect)


@pytest.mark.parametrize("when", ["announced", "replayed"])
@pytest.mark.parametrize("how", ["leaves", "cancelled", "fails"])
async def test_who_goes_while_coming_in_is_no_ghost(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, when: str, how: str
) -> None:
    node = await stage.node()
    learner, teacher = await stage.person(), await stage.person()
    await school(stage, (learner, "member", None), (teacher, "admin", None))
    session = stage.client(learner)
    session_id = (await session.start_speaking())["session_id"]
    watching, reached, go_on = node.maintenance.observers, asyncio.Event(), asyncio.Event()

    async def held() -> None:
        reached.set()
        await go_on.wait()
        if how == "fails":
            raise TypeError("not what was expected")

    async def send(*_: Any) -> None:
        if when == "replayed":
            await held()

    ask = node.maintenance.registry.bus.ask

    async def asking(*given: Any) -> bool:
        if when == "announced":
            await held()
        return await ask(*given)

    monkeypatch.setattr(node.maintenance.registry.bus, "ask", asking)
    connection = line(teacher, send)
    joining = asyncio.ensure_future(watching.join(connection, session_id, 0))
    async with asyncio.timeout(10):
        await reached.wait()
    await present(node, session_id, 1)
    if how == "leaves":
        connection.gone = True  # as whoever carries it says
        watching.left(connection)
    elif how == "cancelled":
        joining.cancel()
    go_on.set()
    with pytest.raises({"leaves": Failure, "cancelled": asyncio.CancelledError, "fails": TypeError}[how]):
        await joining
    assert connection.watch is None
    await withdrawn(stage, node, session_id)
    await session.end()


async def test_a_line_that_goes_while_it_is_let_in_leaves_nobody_behind(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = await stage.node()
    learner, teacher = await stage.person(), await stage.person()
    await school(stage, (learner, "member", None), (teacher, "admin", None))
    session = stage.client(learner)
    session_id = (await session.start_speaking())["session_id"]
    reached, left = asyncio.Event(), asyncio.Event()
    watching, bus = node.maintenance.observers, node.maintenance.registry.bus
    ask, leave = bus.ask, watching.left

    async def asking(*given: Any) -> bool:
        reached.set()
        await left.wait()
        return await ask(*given)

    def leaving(connection: Connection) -> None:
        leave(connection)
        left.set()

    monkeypatch.setattr(bus, "ask", asking)
    monkeypatch.setattr(watching, "left", leaving)
    watcher = Watcher()
    await watcher.connect(node, teacher)
    await watcher.socket.emit("session.join", {"session_id": session_id, "observe": True}, "/speaking")
    async with asyncio.timeout(10):
        await reached.wait()
    await watcher.socket.disconnect()
    await withdrawn(stage, node, session_id)
    await session.end()
