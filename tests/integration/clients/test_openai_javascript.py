"""Unmodified JavaScript clients at the OpenAI doors: `openai`, the Vercel AI SDK and `ws`. Skipped where there is no
node, or no package registry to get them from."""

import asyncio
import json
import os
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import npm, tls
from tests.support.language_model import LanguageModel, language_model
from tests.support.node import Parley
from tests.support.openai_node import openai_node
from tests.support.voice_server import TONE

PACKAGES = ("openai@7.59.0", "ws@8.23.0", "ai@7.0.173", "@ai-sdk/openai@4.0.118", "zod@4.6.7")
CLIP = Path(__file__).parents[2] / "data" / "audio" / "so762-008110159.flac"
TEXT = "Let us know if you have any other questions."
OSLO = '{"city":"Oslo"}'
SECONDS = 180

OPENAI = """import OpenAI from "openai";
import { OpenAIRealtimeWS } from "openai/realtime/ws";
const [baseURL, apiKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const parameters = { type: "object", properties: { city: { type: "string" } } };
const ask = "What is the weather in Oslo?";
const seen = [];
const runner = client.chat.completions.runTools({
  model: "auto", stream: true, messages: [{ role: "user", content: ask }],
  tools: [{ type: "function", function: {
    name: "weather", parameters, parse: JSON.parse,
    function: ({ city }) => { seen.push(city); return `rain in ${city}`; },
  } }],
});
const chat = await runner.finalContent();
const realtime = new OpenAIRealtimeWS({ model: "gpt-realtime" }, client);
const failed = new Promise((_, reject) => realtime.on("error", reject));
const next = (type) => Promise.race([failed, new Promise((resolve) => realtime.once(type, resolve))]);
await next("session.created");
const updated = next("session.updated");
realtime.send({ type: "session.update", session: {
  type: "realtime", output_modalities: ["text"], tools: [{ type: "function", name: "weather", parameters }],
} });
await updated;
const called = next("response.function_call_arguments.done");
const first = next("response.done");
realtime.send({ type: "conversation.item.create", item: {
  type: "message", role: "user", content: [{ type: "input_text", text: ask }],
} });
realtime.send({ type: "response.create" });
const call = await called;
const output = (await first).response.output.map((one) => one.type);
const last = next("response.done");
realtime.send({ type: "conversation.item.create", item: {
  type: "function_call_output", call_id: call.call_id, output: "sun",
} });
realtime.send({ type: "response.create" });
const said = (await last).response.output[0].content[0].text;
realtime.close();
console.log(JSON.stringify({ seen, chat, call: [call.name, call.arguments], output, said }));
"""

VERCEL = """import { readFile } from "node:fs/promises";
import { createOpenAI } from "@ai-sdk/openai";
import { experimental_generateSpeech, experimental_transcribe, generateText, isStepCount, streamText, tool } from "ai";
import { z } from "zod";
const [baseURL, apiKey, clip] = process.argv.slice(2);
const parley = createOpenAI({ baseURL, apiKey });
const weather = tool({
  description: "The weather now.", inputSchema: z.object({ city: z.string() }),
  execute: async ({ city }) => `rain in ${city}`,
});
const asked = { model: parley.chat("auto"), prompt: "What is the weather in Oslo?", maxRetries: 0 };
const withTools = { ...asked, tools: { weather }, stopWhen: isStepCount(3) };
const { text, steps } = await generateText(withTools);
const streamed = await streamText(withTools).text;
const plain = (await generateText(asked)).text;
const heard = await experimental_transcribe({
  model: parley.transcription("whisper-1"), audio: await readFile(clip), maxRetries: 0,
});
const spoken = await experimental_generateSpeech({
  model: parley.speech("tts-1"), text: "Hello.", outputFormat: "wav", maxRetries: 0,
});
console.log(JSON.stringify({
  text, steps: steps.length, streamed, plain, heard: heard.text, segments: heard.segments.length,
  language: heard.language ?? null, spoken: spoken.audio.uint8Array.length,
}));
"""

PLAIN = """import WebSocket from "ws";
const [url, token] = process.argv.slice(2);
const socket = new WebSocket(`${url.replace("http", "ws")}/api/realtime/speaking`, "parley.1");
const said = [];
let waiting = [];
socket.on("message", (data, binary) => {
  if (binary) return;
  said.push(JSON.parse(data.toString()));
  waiting = waiting.filter((look) => !look());
});
const until = (wanted) => new Promise((resolve) => {
  const look = () => { const found = said.find(wanted); if (found) resolve(found); return Boolean(found); };
  if (!look()) waiting.push(look);
});
let number = 0;
const ask = (event, data) => {
  number += 1;
  const id = number;
  socket.send(JSON.stringify({ event, id, data }));
  return until((one) => one.ack === id).then((one) => one.data);
};
await new Promise((resolve, reject) => { socket.once("open", resolve); socket.once("error", reject); });
const auth = await ask("auth", { token });
const started = await ask("speaking.start", {});
for (let seq = 1; seq <= 25; seq++) {
  const frame = Buffer.alloc(5 + 1280);
  frame.writeUInt32BE(seq, 0);
  socket.send(frame);
}
const typed = await ask("text", { text: "All is well." });
const end = await ask("session.end", {});
const ended = (await until((one) => one.event === "session.ended")).data;
const protocol = socket.protocol;
socket.close();
console.log(JSON.stringify({ auth, started, typed, end, ended, protocol, said }));
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = npm.install(tmp_path_factory.mktemp("clients"), *PACKAGES)
    for name, text in (("openai", OPENAI), ("vercel", VERCEL), ("plain", PLAIN)):
        (folder / f"{name}.mjs").write_text(text)
    return folder


@pytest.fixture
async def model() -> AsyncIterator[LanguageModel]:
    async with language_model() as model:
        model.calls = [("weather", OSLO)]
        yield model


@pytest.fixture
async def node(settings: Any, database_url: str, redis_url: str, model: LanguageModel) -> AsyncIterator[Parley]:
    async with openai_node(settings, database_url, redis_url, model, tone=TONE[:24_000]) as parley:
        yield parley


async def _run(program: Path, *arguments: str, **environment: str) -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec(
        "node",
        str(program),
        *arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )
    try:
        async with asyncio.timeout(SECONDS):
            printed, complained = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, complained.decode()[-2000:]
    said: dict[str, Any] = json.loads(printed)
    return said


async def test_openai_calls_functions_by_chat_and_realtime(
    node: Parley, model: LanguageModel, folder: Path, tmp_path: Path
) -> None:
    """It connects to realtime servers over TLS only."""
    account = await node.account()
    async with tls.front(node.url, tmp_path) as (url, certificate):
        said = await _run(
            folder / "openai.mjs", f"{url}/v1", account.access_token, NODE_EXTRA_CA_CERTS=str(certificate)
        )
    assert (said["seen"], said["chat"]) == (["Oslo"], "I see: rain in Oslo.")
    assert (said["call"], said["output"], said["said"]) == (["weather", OSLO], ["function_call"], "I see: sun.")


async def test_the_vercel_sdk_generates_with_tools_transcribes_and_speaks(
    node: Parley, model: LanguageModel, folder: Path
) -> None:
    account = await node.account()
    said = await _run(folder / "vercel.mjs", f"{node.url}/v1", account.access_token, str(CLIP))
    assert (said["text"], said["steps"]) == ("I see: rain in Oslo.", 2)
    assert (said["streamed"], said["plain"]) == ("I see: rain in Oslo.", model.answer)
    assert (said["heard"], said["language"]) == (TEXT, "en") and said["segments"] >= 1
    assert said["spoken"] == 44 + 24_000


async def test_ws_reads_over_the_plain_websocket(node: Parley, folder: Path) -> None:
    account = await node.account()
    said = await _run(folder / "plain.mjs", node.url, account.access_token)
    assert said["auth"]["ok"] and said["started"]["ok"] and said["typed"]["ok"] and said["end"]["ok"]
    assert said["protocol"] == "parley.1"
    assert said["ended"]["reason"] == "client" and said["ended"]["billed_seconds"] >= 1
    numbered = [one["data"]["seq"] for one in said["said"] if one.get("event") not in (None, "audio.ack", "error")]
    assert numbered == list(range(numbered[0], numbered[0] + len(numbered)))
