/**
 * A Parley session that survives lost networks: copy this file into your own app.
 *
 *   const session = new Session("/speaking", { token: () => accessToken });
 *   session.on("transcript.partial", (event) => …);
 *   await session.startSpeaking({ reference_text: "Hello there." });
 *   session.sendAudio(int16Array);          // PCM16, mono, 16 kHz, 20 to 200 ms
 *   await session.end();                    // resolves with the data of session.ended
 *
 * What it does for you: numbers the audio and keeps it until the server will never ask for it again; after a break it
 * joins again with the number of the last event seen, sends the audio that is missing, and drops events seen twice.
 * Audio may be given while the network is away.
 *
 * Own events: "connection" {state: "connected" | "reconnecting" | "refused", error?}.
 */
import { io } from "../vendor/socket.io.esm.min.js";

const KEPT_FRAMES = 3000; // five minutes of 100 ms frames: far longer than a session stays resumable
const ACK_TIMEOUT_MS = 10_000;

/** A refusal by the server: `code` is stable, `message` is for people, `details` the whole error body. */
export class Refused extends Error {
  constructor(error) {
    super(error.message);
    this.code = error.error;
    this.details = error;
  }
}

export class Session {
  #socket;
  #listeners = new Map();
  #lastSeq = 0;
  #nextFrame = 1;
  #frames = []; // {seq, bytes}, oldest first: what may have to be sent again
  #ended = null; // resolves {promise, resolve} with the data of session.ended
  #joining = false;
  #heartbeat = null;
  #lastSent = 0;
  #unusedTicket = null;
  #hasToken = false;
  #replaced = false;

  /**
   * @param {"/live" | "/speaking"} namespace
   * @param {{token: () => string | Promise<string>, ticket?: string, url?: string}} options
   *   `token` gives a fresh access token for every connection; `ticket` opens the first one instead.
   */
  constructor(namespace, { token, ticket = null, url = "" }) {
    this.id = null;
    this.#ended = deferred();
    this.#unusedTicket = ticket;
    this.#hasToken = Boolean(token);
    this.#socket = io(url + namespace, {
      transports: ["websocket"],
      reconnectionDelay: 300,
      reconnectionDelayMax: 3000,
      forceNew: true,
      auth: async (give) => {
        if (this.#unusedTicket) {
          give({ ticket: this.#unusedTicket });
          this.#unusedTicket = null; // a ticket opens one connection only
        } else {
          give({ token: await token() });
        }
      },
    });
    this.#socket.on("connect", () => this.#connected());
    this.#socket.on("disconnect", (reason) => this.#disconnected(reason));
    this.#socket.on("connect_error", (error) => this.#refused(error));
    this.#socket.onAny((name, data, ...binary) => this.#received(name, data, binary));
  }

  on(name, listener) {
    if (!this.#listeners.has(name)) this.#listeners.set(name, new Set());
    this.#listeners.get(name).add(listener);
    return () => this.#listeners.get(name).delete(listener);
  }

  /** Start a scored reading (`reference_text`) or free speech, and join it. */
  async startSpeaking(options = {}) {
    const answer = await this.#ask("speaking.start", options);
    this.#joined(answer);
    return answer;
  }

  /** Join a session that `POST /api/live/session/start` began. */
  async join(sessionId) {
    this.id = sessionId;
    const answer = await this.#ask("session.join", { session_id: sessionId });
    this.#joined(answer);
    return answer;
  }

  /** @param {Int16Array} samples mono, 16 kHz */
  sendAudio(samples) {
    const frame = { seq: this.#nextFrame++, bytes: samples.slice().buffer };
    this.#frames.push(frame);
    if (this.#frames.length > KEPT_FRAMES) this.#frames.shift();
    if (this.#socket.connected && this.id && !this.#joining) this.#send(frame);
  }

  /** What is being said now is complete. */
  commit() {
    return this.#ask("audio.commit", {});
  }

  say(text) {
    return this.#ask("text", { text });
  }

  cancelResponse() {
    return this.#ask("response.cancel", {});
  }

  /** End the session and wait for its last event. */
  async end() {
    await this.#ask("session.end", {});
    return this.ended;
  }

  get ended() {
    return this.#ended.promise;
  }

  close() {
    clearInterval(this.#heartbeat);
    this.#socket.disconnect();
  }

  #joined(answer) {
    this.id = answer.session_id;
    this.#joining = false;
    if (answer.resume_ticket && !this.#hasToken) this.#unusedTicket = answer.resume_ticket;
    this.#sendFrom(answer.audio_seq + 1); // older frames are kept: another node might ask for them
    clearInterval(this.#heartbeat);
    const interval = (answer.heartbeat_interval_seconds || 5) * 1000;
    this.#heartbeat = setInterval(() => {
      if (this.#socket.connected && Date.now() - this.#lastSent >= interval * 0.9) {
        this.#socket.emit("session.heartbeat", {});
      }
    }, interval);
    this.#tell("connection", { state: "connected" });
  }

  async #connected() {
    if (!this.id) return this.#tell("connection", { state: "connected" });
    this.#joining = true;
    try {
      this.#joined(await this.#ask("session.join", { session_id: this.id, last_seq: this.#lastSeq }));
    } catch (error) {
      this.#joining = false;
      if (error instanceof Refused && error.code === "unavailable") {
        setTimeout(() => this.#socket.disconnect().connect(), (error.details.retry_after ?? 1) * 1000);
      } else if (error instanceof Refused) {
        this.#tell("connection", { state: "refused", error });
        this.close();
      } // otherwise the connection broke again, and the next one tries anew
    }
  }

  #disconnected(reason) {
    if (reason === "io client disconnect" || this.#replaced) return;
    this.#tell("connection", { state: "reconnecting" });
    if (reason === "io server disconnect") this.#socket.connect();
  }

  #refused(error) {
    if (error.data?.error) {
      this.#tell("connection", { state: "refused", error: new Refused(error.data) });
    } else {
      this.#tell("connection", { state: "reconnecting" });
    }
  }

  #received(name, data, binary) {
    if (name === "audio.ack") return this.#forget(data.safe_seq ?? data.seq);
    const numbered = name !== "response.audio" && name !== "error" && data?.seq !== undefined;
    if (numbered) {
      if (data.seq <= this.#lastSeq && name !== "session.snapshot") return; // seen before the break
      this.#lastSeq = Math.max(this.#lastSeq, data.seq);
    }
    if (name === "error") this.#complained(data);
    // This node will stop: come back, at another one.
    if (name === "session.warning" && data.reason === "draining") this.#socket.disconnect().connect();
    this.#tell(name, data, ...binary);
    if (name === "session.ended") {
      this.#ended.resolve(data);
      this.close();
    }
  }

  #complained(error) {
    if (error.error === "out_of_order") this.#sendFrom(error.expected_seq);
    // Another tab or device has the session now: do not fight for it.
    if (error.error === "replaced" || error.error === "session_moved") this.#replaced = true;
  }

  #sendFrom(seq) {
    for (const frame of this.#frames) if (frame.seq >= seq) this.#send(frame);
  }

  #forget(upTo) {
    while (this.#frames.length && this.#frames[0].seq <= upTo) this.#frames.shift();
  }

  #send(frame) {
    this.#lastSent = Date.now();
    this.#socket.emit("audio", { seq: frame.seq, codec: "pcm16" }, frame.bytes);
  }

  async #ask(name, data) {
    const answer = await this.#socket.timeout(ACK_TIMEOUT_MS).emitWithAck(name, data);
    if (!answer.ok) throw new Refused(answer.error);
    return answer;
  }

  #tell(name, ...values) {
    for (const listener of this.#listeners.get(name) ?? []) listener(...values);
  }
}

function deferred() {
  let resolve;
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve };
}
