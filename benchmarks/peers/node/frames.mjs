// Frames of sound on Node, for `run.py bench audio_rate`: `node frames.mjs socket.io|ws echo|ack`. Prints its port.
//
// The least that a server of this kind does: `echo` sends every frame back, `ack` says once a second how far they have
// arrived, as Parley does. Nobody signs in, nothing is kept. `GET /gauge` answers as the servers in Python do.
import { createServer } from "node:http";
import { performance } from "node:perf_hooks";
import { Server } from "socket.io";
import { WebSocketServer } from "ws";

const [library, answer] = process.argv.slice(2);
const PROBE_MS = 5;
const FRAMES_A_SECOND = 25;
const HEADER = 5;

let frames = 0;
let lags = [];
let spent = process.cpuUsage();

function probe() {
  const asked = performance.now();
  setTimeout(() => {
    lags.push(performance.now() - asked - PROBE_MS);
    probe();
  }, PROBE_MS);
}

function quantile(sorted, share) {
  return sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] : 0;
}

function look() {
  const used = process.cpuUsage(spent);
  const sorted = lags.sort((one, other) => one - other);
  const found = {
    cpu: (used.user + used.system) / 1e6,
    frames,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
  };
  [frames, lags, spent] = [0, [], process.cpuUsage()];
  return found;
}

function socketIo(http) {
  const io = new Server(http, { transports: ["websocket"], serveClient: false, cors: { origin: "*" } });
  io.of("/speaking").on("connection", (socket) => {
    let heard = 0;
    socket.on("audio", (described, frame) => {
      frames += 1;
      heard += 1;
      if (answer === "echo") socket.emit("audio", described, frame);
      else if (heard % FRAMES_A_SECOND === 0) socket.emit("audio.ack", { seq: heard, safe_seq: heard });
    });
  });
}

function plain(http) {
  new WebSocketServer({ server: http }).on("connection", (socket) => {
    let heard = 0;
    socket.on("message", (data, binary) => {
      if (!binary || data.length <= HEADER) return;
      frames += 1;
      heard += 1;
      if (answer === "echo") {
        socket.send(data);
      } else if (heard % FRAMES_A_SECOND === 0) {
        socket.send(JSON.stringify({ event: "audio.ack", data: { seq: heard, safe_seq: heard } }));
      }
    });
  });
}

const http = createServer((request, response) => {
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify(look()));
});
(library === "ws" ? plain : socketIo)(http);
http.listen(0, "127.0.0.1", 512, () => {
  console.log(http.address().port);
  probe();
});
