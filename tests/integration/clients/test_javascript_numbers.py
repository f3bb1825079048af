"""The JavaScript client and events that are not as it knows them: without a number, or behind a hole."""

import pytest
from aiohttp import web

from tests.integration.clients.test_javascript_refusals import NODE, told
from tests.support.scripted_lines import SESSION, ScriptedLine, scripted
from tests.support.typescript import SDK

pytestmark = pytest.mark.skipif(NODE is None, reason="no node on this machine")

_PROGRAM = f"""
const session = parley.session("/live");
told.heard = [];
const names = ["session.state", "later.event", "session.ended"];
for (const name of names) session.on(name, ({{ seq }}) => told.heard.push([name, seq ?? null]));
await session.join("{SESSION}");
const late = new Promise((done) => setTimeout(done, 20_000, "late"));
told.billed = await Promise.race([session.ended.then((end) => end.billed_seconds), late]);
session.close();
"""


async def test_an_event_of_a_later_server_may_have_no_number_and_no_data() -> None:
    """What follows it is told once all the same, and the next line begins behind the last event that had one."""

    async def first(line: ScriptedLine) -> None:
        await server.joined(line)
        await line.numbered("session.state", 1, status="active")
        await line.tells("later.event")
        await line.tells("later.event", {"text": "x"})
        await line.numbered("session.state", 2, status="active")
        line.breaks()

    async def second(line: ScriptedLine) -> None:
        await server.joined(line)
        await line.numbered("session.state", 2, status="active")
        await line.ends(3)

    async with scripted(first, second) as server:
        said = await told(_PROGRAM, server.url, "token")
    assert [join.get("last_seq") for join in server.joins] == [None, 2]
    later: list[object] = ["later.event", None]
    assert said == {
        "heard": [["session.state", 1], later, later, ["session.state", 2], ["session.ended", 3]],
        "billed": 7,
    }


async def test_a_hole_in_the_numbers_is_filled_by_joining_again() -> None:
    async def first(line: ScriptedLine) -> None:
        await server.joined(line)
        for seq in (5, 8, 9):
            await line.numbered("session.state", seq, status="active")
        await line.silence()

    async def second(line: ScriptedLine) -> None:
        await server.joined(line)
        for seq in (6, 7, 8):
            await line.numbered("session.state", seq, status="active")
        await line.ends(11)  # 10 does not come even then: it is gone

    async with scripted(first, second) as server:
        said = await told(_PROGRAM, server.url, "token")
    assert [join.get("last_seq") for join in server.joins] == [None, 5, 8]
    assert [seq for _, seq in said["heard"]] == [5, 6, 7, 8, 11] and said["billed"] == 7


async def test_an_event_without_a_time_stops_no_clock() -> None:
    said = await told(f"""
const {{ Numbers }} = await import("{(SDK / "src" / "numbers.js").as_uri()}");
const numbers = new Numbers();
for (const odd of [undefined, null, "x", NaN]) numbers.takes("later.event", {{ seq: numbers.last + 1, at_ms: odd }});
numbers.takes("session.state", {{ seq: 9, at_ms: 1e9 }});
told.now = numbers.now;
""")
    assert 0 <= said["now"] - 1_000_000_000 < 60_000


async def test_a_server_that_was_away_does_not_make_another_devices_join_our_own() -> None:
    async def taken(line: ScriptedLine) -> None:
        await server.joined(line)
        await line.tells("error", {"error": "replaced", "message": "Another connection joined this session."})
        await line.silence()

    async with scripted(web.HTTPServiceUnavailable(), web.HTTPServiceUnavailable(), taken) as server:
        said = await told(
            f"""
const session = parley.session("/live");
const refused = new Promise((done) => {{
  session.on("connection", ({{ state, error }}) => state === "refused" && done(error.code));
}});
await session.join("{SESSION}");
told.code = await refused;
told.over = session.over;
""",
            server.url,
            "token",
        )
    assert said == {"code": "replaced", "over": True} and server.opened == 3


async def test_what_is_no_message_of_the_protocol_is_passed_over() -> None:
    odd = ["not json", "null", "[]", "7", "{}", '{"event": 7}', '{"ack": 99}', '{"event": "error", "data": null}']
    odd += ['{"event": "audio.ack"}', '{"event": "session.state", "data": {"seq": "2"}}']

    async def first(line: ScriptedLine) -> None:
        await server.joined(line)
        await line.numbered("later.event", 1)
        for message in odd:
            await line.socket.send_str(message)
        await line.socket.send_bytes(b"\x00\x01")
        await line.numbered("later.event", 2)
        await line.ends(3)

    async with scripted(first) as server:
        said = await told(_PROGRAM, server.url, "token")
    assert said["billed"] == 7 and server.opened == 1
    assert [one for one in said["heard"] if one[0] == "later.event"] == [["later.event", 1], ["later.event", 2]]


async def test_events_without_their_members_stop_neither_the_program_nor_the_session() -> None:
    turn = {"turn_id": "u", "role": "user", "text": "hello"}

    async def only(line: ScriptedLine) -> None:
        await server.joined(line)
        await line.tells("audio.ack")
        bare = ("speech.started", "transcript.partial", "transcript.final", "pronunciation.final", "response.delta")
        for seq, name in enumerate((*bare, "response.done", "session.snapshot", "playback.flush"), 1):
            await line.numbered(name, seq)
        await line.numbered("session.snapshot", 9, turns=[None, {"turn_id": "t"}, turn])
        await line.numbered("session.state", 10, void_turn_ids=7)
        await line.ends(11)

    program = f"""
told.thrown = [];
process.on("uncaughtException", (error) => told.thrown.push(error.message));
const session = parley.session("/live");
await session.join("{SESSION}");
const late = new Promise((done) => setTimeout(done, 10_000, "late"));
told.billed = await Promise.race([session.ended.then((end) => end.billed_seconds), late]);
told.turns = session.transcript.turns.map(({{ text }}) => text);
session.close();
"""
    async with scripted(only) as server:
        assert await told(program, server.url, "token") == {"thrown": [], "billed": 7, "turns": ["hello"]}
