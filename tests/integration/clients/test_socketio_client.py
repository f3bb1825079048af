"""`socket.io-client` for JavaScript, unmodified, at the Socket.IO door. Skipped where there is no node, or no package
registry to get it from."""

import asyncio
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.support import npm
from tests.support.node import Parley

CLIENT = "socket.io-client@4.8.3"
PROGRAM = """import { io } from "socket.io-client";
const [url, token] = process.argv.slice(2);
const socket = io(url + "/speaking", { transports: ["websocket"], auth: { token }, reconnection: false });
const said = [];
socket.onAny((event, data) => said.push({ event, ...data }));
const refused = new Promise((resolve) => socket.on("connect_error", (error) => resolve(error.data)));
const connected = new Promise((resolve) => socket.on("connect", () => resolve(null)));
const why = await Promise.race([connected, refused]);
if (why === null) {
  const ask = (event, data) => socket.timeout(60000).emitWithAck(event, data);
  const started = await ask("speaking.start", {});
  for (let seq = 1; seq <= 25; seq++) socket.emit("audio", { seq }, new Uint8Array(1280));
  const typed = await ask("text", { text: "All is well." });
  const over = new Promise((resolve) => socket.once("session.ended", resolve));
  const end = await ask("session.end", {});
  console.log(JSON.stringify({ started, typed, end, ended: await over, said }));
} else {
  console.log(JSON.stringify({ refused: why }));
}
socket.close();
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = npm.install(tmp_path_factory.mktemp("socketio"), CLIENT)
    (folder / "program.mjs").write_text(PROGRAM)
    return folder / "program.mjs"


async def _run(program: Path, node: Parley, token: str) -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec("node", str(program), node.url, token, stdout=subprocess.PIPE)
    async with asyncio.timeout(120):
        printed, _ = await process.communicate()
    said: dict[str, Any] = json.loads(printed)
    return said


async def test_a_reading_over_socket_io(parley: Parley, program: Path) -> None:
    account = await parley.account()
    said = await _run(program, parley, account.access_token)
    assert said["started"]["ok"] and said["typed"]["ok"] and said["end"]["ok"]
    assert said["ended"]["reason"] == "client" and said["ended"]["billed_seconds"] >= 1
    numbers = [one["seq"] for one in said["said"] if "seq" in one and one["event"] != "audio.ack"]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert [one["text"] for one in said["said"] if one["event"] == "transcript.final"] == ["All is well."]


async def test_an_unknown_token_is_refused_with_its_reason(parley: Parley, program: Path) -> None:
    said = await _run(program, parley, "unknown")
    assert said["refused"]["error"] == "not_authenticated"
