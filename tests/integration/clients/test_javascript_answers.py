"""The JavaScript client where an answer breaks off, comes from somebody else, or is not wanted any more."""

import pytest

from tests.integration.clients.test_javascript_refusals import NODE, told

pytestmark = pytest.mark.skipif(NODE is None, reason="no node on this machine")

_SERVER = """
const { createServer } = await import("node:http");
const json = { "Content-Type": "application/json" };
const tokens = (n) => JSON.stringify({ access_token: `a${n}`, refresh_token: `r${n}`, expires_in: 10 });
let answer = (request, response) => response.writeHead(200, json).end(tokens(0));
const server = createServer((request, response) => answer(request, response)).listen(0, "127.0.0.1");
await new Promise((done) => server.once("listening", done));
const at = `http://127.0.0.1:${server.address().port}`;
const breaksOff = (request, response) => {
  response.writeHead(200, { ...json, "Content-Length": 100 });
  response.write('{"access_token":', () => response.destroy());
};
const html = { "Content-Type": "text/html" };
const portal = (request, response) => response.writeHead(200, html).end("<html>Sign in to this network</html>");
const foreign = (request, response) => response.writeHead(200, json).end('{"error": "sign in to this network"}');
const denied = (request, response) => response.writeHead(403, html).end("<html>Blocked</html>");
const broken = (request, response) => {
  response.writeHead(502, { ...json, "Content-Length": 100 }).write("{", () => response.destroy());
};
const close = () => (server.close(), server.closeAllConnections());
"""


async def test_an_answer_that_breaks_off_or_is_of_another_network_is_offline() -> None:
    said = await told(f"""{_SERVER}
const client = new Parley(at, {{ token: "t" }});
told.read = [];
for (answer of [breaksOff, portal, broken]) told.read.push(await outcome(() => client.get("/api/notes")));
answer = (request, response) => response.writeHead(204).end();
told.none = await client.call("DELETE", "/api/notes/1");
close();
""")
    assert said == {"read": ["offline"] * 3, "none": None}


async def test_a_sign_in_outlives_networks_that_answer_in_the_servers_place() -> None:
    """Only the server's own word ends it."""
    said = await told(f"""{_SERVER}
const kept = [];
const client = new Parley(at, {{ keep: (token) => void kept.push(token) }});
await client.signIn("ana", "correct horse battery");
told.tried = [];
for (answer of [breaksOff, portal, foreign, denied]) told.tried.push(await outcome(() => client.token()));
told.kept = [...kept];
answer = (request, response) => response.writeHead(200, json).end(tokens(1));
told.token = await client.token();
const over = '{{"detail": {{"error": "not_authenticated", "message": "x"}}}}';
answer = (request, response) => response.writeHead(401, json).end(over);
told.ended = await outcome(() => client.token());
told.after = kept;
close();
""")
    assert said["tried"] == ["offline", "offline", "offline", "unknown"] and said["kept"] == ["r0"]
    assert said["token"] == "a1" and said["ended"] == "not_authenticated" and said["after"] == ["r0", "r1", None]


async def test_a_renewal_whose_answer_is_lost_is_asked_for_again_at_once() -> None:
    """The server gives the answer again for a few seconds; after that it takes the same token for a stolen one."""
    said = await told(f"""{_SERVER}
const client = new Parley(at);
await client.signIn("ana", "correct horse battery");
told.asked = 0;
answer = (request, response) => {{
  if (++told.asked === 1) return breaksOff(request, response);
  response.writeHead(200, json).end(tokens(1));
}};
told.token = await client.token();
close();
""")
    assert said == {"asked": 2, "token": "a1"}


async def test_a_renewal_that_ends_late_leaves_another_sign_in_alone() -> None:
    said = await told(f"""{_SERVER}
const over = '{{"detail": {{"error": "not_authenticated", "message": "x"}}}}';
const late = async (status, body) => {{
  const kept = [];
  const client = new Parley(at, {{ keep: (token) => void kept.push(token) }});
  answer = (request, response) => response.writeHead(200, json).end(tokens(0));
  await client.signIn("ana", "correct horse battery");
  let finish = () => {{}};
  const waits = new Promise((done) => {{
    answer = (request, response) => {{
      if (request.url.endsWith("login")) return response.writeHead(200, json).end(tokens(7).replace("10", "900"));
      finish = () => response.writeHead(status, json).end(body);
      done();
    }};
  }});
  const renewing = outcome(() => client.token());
  await waits;
  await client.signIn("ben", "correct horse battery");
  finish();
  await renewing;
  return [kept, await client.token()];
}};
told.given = await late(200, tokens(1));
told.refused = await late(401, over);
close();
""")
    assert said == {"given": [["r0", "r7"], "a7"], "refused": [["r0", "r7"], "a7"]}


async def test_a_renewal_of_an_earlier_sign_in_stands_for_no_other() -> None:
    said = await told(f"""{_SERVER}
const client = new Parley(at);
await client.signIn("ana", "correct horse battery");
let finish = () => {{}};
const waits = new Promise((done) => {{
  answer = (request, response) => {{
    if (request.url.endsWith("login")) return response.writeHead(200, json).end(tokens(7));
    if (finish.last) return response.writeHead(200, json).end(tokens(8).replace("10", "900"));
    finish = () => response.writeHead(200, json).end(tokens(1));
    finish.last = true;
    done();
  }};
}});
const earlier = client.token();
await waits;
await client.signIn("ben", "correct horse battery");
const later = client.token();
finish();
told.tokens = await Promise.all([earlier, later]);
close();
""")
    assert said["tokens"][1] == "a8"


async def test_a_page_of_another_network_signs_nobody_out() -> None:
    said = await told(f"""{_SERVER}
const client = new Parley(at, {{ refreshToken: "r" }});
answer = (request, response) => {{
  if (request.url.endsWith("logout")) return portal(request, response);
  response.writeHead(200, json).end(tokens(1).replace("10", "900"));
}};
told.tried = await outcome(() => client.signOut());
told.token = await client.token();
close();
""")
    assert said == {"tried": "offline", "token": "a1"}


async def test_whoever_gives_up_gets_the_reason_that_was_given() -> None:
    said = await told(f"""{_SERVER}
answer = () => {{}};
const client = new Parley(at, {{ token: "t" }});
told.reasons = [];
for (const reason of [new RangeError("enough"), "why", null, 0]) {{
  const quits = new AbortController();
  const asked = client.call("POST", "/api/notes", {{}}, {{ signal: quits.signal }});
  quits.abort(reason);
  told.reasons.push(await asked.catch((error) => error instanceof RangeError ? error.message : [error]));
}}
answer = (request, response) => response.writeHead(200, json).write("{{");
const quits = new AbortController();
const asked = client.call("GET", "/api/notes", undefined, {{ signal: quits.signal, fetch }});
server.once("request", () => setTimeout(() => quits.abort("in the middle"), 50));
told.body = await asked.catch((error) => error);
close();
""")
    assert said["reasons"] == ["enough", ["why"], [None], [0]] and said["body"] == "in the middle"


async def test_whoever_stops_reading_a_stream_hangs_up() -> None:
    said = await told(f"""{_SERVER}
const hungUp = new Promise((done) => {{
  answer = (request, response) => {{
    response.writeHead(200, {{ "Content-Type": "text/event-stream" }});
    response.write('event: part\\r\\ndata: {{"text":\\r\\ndata: "a"}}\\r\\n\\r');
    setImmediate(() => response.write('\\ndata: {{"text": "b"}}\\n\\n'));
    response.on("close", () => done(true));
  }};
}});
const client = new Parley(at, {{ token: "t" }});
told.heard = [];
for await (const one of client.stream("POST", "/api/ai/generate", {{}})) if (told.heard.push(one) === 2) break;
told.hungUp = await Promise.race([hungUp, new Promise((done) => setTimeout(done, 5000, false))]);
answer = (request, response) => {{
  response.writeHead(200, {{ "Content-Type": "text/event-stream" }}).write('data: 1\\n\\n', () => response.destroy());
}};
told.cut = await outcome(async () => {{ for await (const one of client.stream("POST", "/api/ai/generate", {{}})); }});
close();
""")
    assert said["heard"] == [{"event": "part", "data": {"text": "a"}}, {"event": "message", "data": {"text": "b"}}]
    assert said["hungUp"] is True and said["cut"] == "offline"


async def test_a_session_that_is_left_keeps_no_program_waiting() -> None:
    said = await told(
        """
const session = parley.session("/live", { patience: 3600 });
const joining = outcome(() => session.rejoin("01890000-0000-7000-8000-000000000000"));
await new Promise((done) => session.on("connection", done));
session.close();
told.first = await Promise.race([joining, new Promise((done) => setTimeout(done, 50, "late"))]);
""",
        "http://127.0.0.1:9",
        "token",
    )
    assert said == {"first": "closed"}
