"""What the JavaScript client refuses by itself: sound that no server takes, requests that nobody will answer."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support.gate import Gate
from tests.support.node import PASSWORD, Parley
from tests.support.typescript import SDK
from tests.support.waiting import until

NODE = shutil.which("node")
PATIENCE = 60

pytestmark = pytest.mark.skipif(NODE is None, reason="no node on this machine")

HEAD = """
import { Parley } from "%s";
const [url, token] = process.argv.slice(2);
const parley = new Parley(url, token ? { token } : {});
const outcome = async (work) => {
  try { return await work() ?? null; } catch (error) { return error.code ?? error.name; }
};
const told = {};
"""


async def told(program: str, *arguments: str) -> Any:
    """What the program has put into `told`; it has to come to its end by itself."""
    assert NODE is not None
    text = f"{HEAD % (SDK / 'src' / 'index.js').as_uri()}{program}\nconsole.log(JSON.stringify(told));"
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        NODE, "--input-type=module", "-", *arguments, stdin=pipe, stdout=pipe, stderr=pipe
    )
    try:
        said, complaint = await asyncio.wait_for(process.communicate(text.encode()), PATIENCE)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, complaint.decode()
    return json.loads(said)


async def test_sound_that_no_server_takes_is_refused_at_once() -> None:
    said = await told(
        """
const session = parley.session("/speaking");
const give = (...sound) => outcome(() => session.sendAudio(...sound));
told.wrong = [
  await give(new Int16Array(10)), await give(new Int16Array(0)), await give(new Int16Array(3201)),
  await give(new Uint8Array(641)),
  await give(new Uint8Array(3826), "opus"), await give(new Uint8Array(0), "opus"), await give(Uint8Array.of(3), "opus"),
  await give(Uint8Array.of(0x1b, 3), "opus"),
];
told.kinds = [
  await give(new Float32Array(640)), await give(new ArrayBuffer(640)), await give([1, 2]), await give(null),
  await give("x"),
  await give(new Int16Array(640), "opus"), await give(new Int16Array(640), "mp3"),
];
told.right = [
  await give(new Int16Array(320)), await give(new Int16Array(3200)), await give(Buffer.alloc(640)),
  await give(Uint8Array.of(8, 1), "opus"),
];
const stream = (samples, options) => outcome(() => session.stream(samples, options));
const one = new Int16Array(320);
told.streams = [];
for (const frameMs of [19, 201, 0, -40, NaN, "x"]) told.streams.push(await stream(one, { frameMs }));
told.streams.push(await stream(one, { speed: 0 }), await stream(new Float32Array(320)));
told.streams.push(await stream(one, { frameMs: 200, speed: 100 }));
""",
        "http://127.0.0.1:9",
    )
    assert said["wrong"] == ["RangeError"] * 8
    assert said["kinds"] == ["TypeError"] * 7
    assert said["right"] == [True] * 4
    assert said["streams"] == ["RangeError"] * 7 + ["TypeError", None]


async def test_requests_before_a_start_and_after_the_leaving_are_settled(parley: Parley) -> None:
    account = await parley.account()
    said = await told(
        """
const requests = (session) => Promise.all([
  session.say("x"), session.commit(), session.update(0), session.cancelResponse(), session.end(),
].map((work) => outcome(() => work)));
const early = parley.session("/speaking");
told.early = await requests(early);
early.close();
told.unbegun = [...await requests(early), await outcome(() => early.ended), await outcome(() => early.startSpeaking())];

const left = await parley.speaking();
left.sendAudio(new Int16Array(640));
const pending = outcome(() => left.end());
left.close();
told.pending = await pending;
told.left = [...await requests(left), await outcome(() => left.ended)];

const ended = await parley.speaking({ takeover: true });
await ended.end();
told.ended = (await requests(ended)).map((answer) => answer.reason ?? answer);
""",
        parley.url,
        account.access_token,
    )
    assert said["early"] == ["not_joined"] * 5
    assert said["unbegun"] == ["closed"] * 7
    assert said["pending"] == "closed"
    assert said["left"] == ["closed"] * 6
    assert said["ended"] == ["session_ended"] * 4 + ["client"]


async def test_a_refused_join_is_the_end_and_a_refused_start_is_not(parley: Parley) -> None:
    account = await parley.account()
    said = await told(
        """
const session = parley.session("/live");
const states = [];
session.on("connection", ({ state, error }) => states.push([state, error?.code ?? null]));
const waiting = outcome(() => session.join("01890000-0000-7000-8000-000000000000"));
const end = outcome(() => session.end());
told.joined = [await waiting, await end, session.over, await outcome(() => session.ended)];
told.states = states;
const first = await parley.speaking();
const second = parley.session("/speaking");
const start = outcome(() => second.startSpeaking());
const early = outcome(() => second.say("x"));
told.started = [await start, await early, second.over];
await second.startSpeaking({ takeover: true });
told.again = (await second.end()).reason;
first.close();
const third = parley.session("/live");
await outcome(() => third.join("01890000-0000-7000-8000-000000000000")); // not closed: the process ends all the same
""",
        parley.url,
        account.access_token,
    )
    assert said["joined"] == ["not_found", "not_found", True, "not_found"]
    assert said["states"] == [["refused", "not_found"]]
    assert said["started"] == ["session_active", "not_joined", False]
    assert said["again"] == "client"


async def test_a_newcomer_signs_up(parley: Parley) -> None:
    said = await told(
        f"""
const account = {{ email: "nina@example.com", username: "nina", password: {json.dumps(PASSWORD)} }};
told.entrance = Object.keys(await parley.get("/api/auth/entrance")).length > 0;
told.closed = await outcome(() => parley.get("/api/live/quota"));
told.profile = (await parley.register(account)).username;
told.me = (await parley.get("/api/auth/me")).username;
told.twice = await outcome(() => parley.call("POST", "/api/auth/register", account));
told.given = await outcome(() => new Parley(url, {{ token: "key" }}).register(account));
const other = {{ ...account, email: "o@example.com", username: "otto" }};
told.stranger = (await new Parley(url).call("POST", "/api/auth/register", other)).username;
""",
        parley.url,
    )
    assert said["entrance"] and said["closed"] == "not_authenticated"
    assert said["profile"] == said["me"] == "nina" and said["stranger"] == "otto"
    assert said["twice"].endswith("_taken") and said["given"] == "TypeError"


async def test_a_server_that_has_gone_is_told_and_the_end_comes_when_it_is_back(parley: Parley, tmp_path: Path) -> None:
    account = await parley.account()
    gate = Gate(parley.url)
    way = await gate.open()
    program = """
const { writeFileSync } = await import("node:fs");
const [, , cut, back] = process.argv.slice(2);
const session = await parley.speaking({}, { patience: 1 });
session.sendAudio(new Int16Array(3200));
await session.commit();
const away = new Promise((done) => session.on("connection", ({ state }) => state === "reconnecting" && done()));
writeFileSync(cut, "");
await away;
told.away = [await outcome(() => session.cancelResponse()), await outcome(() => session.offer("x"))];
told.end = await outcome(() => session.end());
told.sound = session.sendAudio(new Int16Array(320));
writeFileSync(back, "");
told.ended = (await session.ended).billed_seconds;
"""
    cut, back = tmp_path / "cut", tmp_path / "back"
    saying = asyncio.ensure_future(told(program, way, account.access_token, str(cut), str(back)))
    try:
        await until(lambda: cut.exists() or saying.done(), PATIENCE)
        await gate.close()
        await until(lambda: back.exists() or saying.done(), PATIENCE)
        await gate.open()
        said = await saying
    finally:
        saying.cancel()
        await gate.close()
    assert said["away"] == ["offline", "offline"] and said["end"] == "offline" and said["sound"] is False
    assert said["ended"] >= 1


async def test_what_reads_is_asked_again_when_the_server_is_busy_and_what_writes_is_not() -> None:
    said = await told(
        """
const { createServer } = await import("node:http");
let asked = [], after = "0.01";
const server = createServer((request, response) => {
  asked.push(request.method);
  const busy = asked.length < 3;
  response.writeHead(busy ? 503 : 200, busy ? { "Retry-After": after } : {}).end(busy ? "{}" : '{"ok": true}');
}).listen(0, "127.0.0.1");
await new Promise((done) => server.once("listening", done));
const busy = new Parley(`http://127.0.0.1:${server.address().port}`, { token: "t" });
told.read = [await busy.get("/api/notes"), asked];
asked = [];
told.written = [await outcome(() => busy.call("POST", "/api/notes", {})), asked];
asked = [];
after = "60";
told.long = [await outcome(() => busy.get("/api/notes")), asked];
asked = [];
after = "4";
const quits = new AbortController();
setTimeout(() => quits.abort(new Error("left")), 50);
told.left = await outcome(() => busy.send("GET", "/api/notes", { signal: quits.signal }));
server.close();
"""
    )
    assert said["read"] == [{"ok": True}, ["GET"] * 3]
    assert said["written"][1] == ["POST"] and said["long"][1] == ["GET"]
    assert said["left"] == "Error"
