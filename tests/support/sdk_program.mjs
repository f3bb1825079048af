/**
 * A learner in Node, for tests of the JavaScript client. Reads one JSON object from the command line and writes a line of
 * JSON for each thing that happens: `{"event", "data"}`; the test's lines on standard input are commands.
 */
import { createInterface } from "node:readline";
import { Parley, Refused } from "../../clients/javascript/src/index.js";

const given = JSON.parse(process.argv[2]);
const say = (event, data) => console.log(JSON.stringify({ event, data }));

const parley = new Parley(given.url, { nodes: given.nodes, token: given.token && ((refused) => (refused ? (given.fresh ?? given.token) : given.token)) });
if (given.username) await parley.signIn(given.username, given.password);

const session = parley.session(given.namespace ?? "/speaking", { waitForRoom: given.waitForRoom });
const names = ["session.state", "session.warning", "session.snapshot", "speech.started", "speech.stopped", "transcript.partial",
  "transcript.final", "pronunciation.word", "pronunciation.final", "response.delta", "response.done", "session.ended", "error",
  "connection", "turn.void"];
for (const name of names) session.on(name, (data) => say(name, data.error instanceof Error ? { ...data, error: data.error.code } : data));

/** @param {string} text base64 of PCM16 */
function samples(text) {
  const bytes = Buffer.from(text, "base64");
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

const commands = {
  start: (options) => (given.sessionId ? session.join(given.sessionId) : session.startSpeaking(options)),
  stream: ({ sound, speed }) => session.stream(samples(sound), { speed }),
  say: ({ text }) => session.say(text),
  end: () => session.end(),
  turns: () => session.transcript.turns.map(({ text, final }) => ({ text, final })),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, argument] = JSON.parse(line);
  // Not awaited: a test cuts lines while sound is sent.
  commands[name](argument).then?.((answer) => say("answer", { name, answer }), (error) => say("failed", { name, code: error.code, refused: error instanceof Refused, message: error.message }))
    ?? say("answer", { name, answer: commands[name](argument) });
  if (name === "end") break;
}
