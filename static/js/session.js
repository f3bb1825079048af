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

const KEPT_FRAMES = 10_000; // over three minutes of the shortest frames: longer than a session stays resumable
const ACK_TIMEOUT_MS = 10_000;
const FINAL = ["not_authenticated", "token_expired", "forbidden", "not_found", "replaced"];
const CREDENTIAL = ["not_authenticated", "token_expired"];
const TRY_AGAIN = ["session_ended", "unavailable", "not_joined"]; // the end is on its way, or a node is busy

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
  #ready = deferred(); // resolves while a session is joined
  #joined = false;
  #sent = 0; // number of the last frame sent over this connection
  #pausedUntil = 0;
  #lostJoins = 0; // joins whose line broke before the answer
  #heartbeat = null;
  #lastSent = 0;
  #ticket = null;
  #token = null;
  #resume = null; // opens this session when the token no longer does: a lesson may be longer than a token
  #tried = false; // a refused credential has been followed by another
  #refusal = null;
  #carried = false; // a peer carries the sound (see call.js)
  #unnumbered = null; // frames that wait for the server to say with which number to go on
  #over = false; // nothing connects again

  /**
   * @param {"/live" | "/speaking"} namespace
   * @param {{token: (refused: boolean) => string | Promise<string>, ticket?: string, url?: string}} options
   *   `token` gives a fresh access token for every connection, another one where the last was `refused`; `ticket` opens
   *   the first one instead. Those that the server gives with each join open the others without a `token`, or when that
   *   is refused.
   */
  constructor(namespace, { token, ticket = null, url = "" }) {
    this.id = null;
    this.#ended = deferred();
    this.#ticket = ticket;
    this.#token = token;
    this.#socket = io(url + namespace, {
      transports: ["websocket"],
      reconnectionDelay: 300,
      reconnectionDelayMax: 3000,
      forceNew: true,
      auth: async (give) => {
        const ticket = this.#ticket;
        if (this.#token) this.#ticket = null; // the first one opens one connection only
        give(ticket ? { ticket } : { token: await this.#token(this.#tried) });
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
    this.#welcome(answer);
    return answer;
  }

  /** Join a session that `POST /api/live/session/start` began. */
  async join(sessionId) {
    const answer = await this.#ask("session.join", { session_id: sessionId });
    this.#welcome(answer);
    return answer;
  }

  /** Come back to a session that another page began, as after a reload. All its events come again, and its sound goes on. */
  async rejoin(sessionId) {
    this.#unnumbered = []; // until the server says with which number to go on
    const answer = await this.#ask("session.join", { session_id: sessionId, last_seq: 0 });
    this.#welcome(answer);
    return answer;
  }

  /** @param {Int16Array} samples mono, 16 kHz; ignored while a peer carries the sound */
  sendAudio(samples) {
    if (this.#carried) return;
    const bytes = samples.slice().buffer;
    if (this.#unnumbered) this.#unnumbered.push(bytes);
    else this.#number(bytes);
  }

  /** Ask for a peer that carries the sound: resolves with the answer's `sdp`. */
  offer(sdp) {
    return this.#ask("webrtc.offer", { sdp });
  }

  /** The peer is connected: the sound goes its way. */
  carry() {
    this.#carried = true;
  }

  /** The sound goes over the socket (again); `failed` when WebRTC did not work. */
  async leavePeer(failed) {
    if (this.#carried) this.#unnumbered = [];
    this.#carried = false;
    this.#goOnAfter((await this.#askUntilAnswered("webrtc.close", { failed })).audio_seq);
  }

  /** The server numbered the sound of the peer itself. */
  #goOnAfter(seq) {
    const waiting = this.#unnumbered;
    if (!waiting) return;
    this.#unnumbered = null;
    this.#nextFrame = Math.max(this.#nextFrame, seq + 1);
    for (const bytes of waiting) this.#number(bytes);
  }

  #number(bytes) {
    const frame = { seq: this.#nextFrame++, bytes };
    this.#frames.push(frame);
    if (this.#frames.length > KEPT_FRAMES) this.#frames.shift();
    this.#pump();
  }

  /** End the turn now. */
  async commit() {
    await this.#flushed();
    return this.#askUntilAnswered("audio.commit", {});
  }

  say(text) {
    return this.#askUntilAnswered("text", { text, key: newKey() }); // sent twice, it is taken once
  }

  cancelResponse() {
    return this.#ask("response.cancel", {});
  }

  /** Send what is left, end the session and wait for its last event, over as many connections as it takes. */
  async end() {
    await this.#flushed();
    while (!this.#over) {
      try {
        await this.#askUntilAnswered("session.end", {});
        break;
      } catch (error) {
        if (this.#ended.resolved) break; // the end was told before the answer, and closed the line under it
        if (!TRY_AGAIN.includes(error.code)) throw error;
        await seconds(0.3);
      }
    }
    if (this.#refusal) throw this.#refusal;
    return this.ended;
  }

  get ended() {
    return this.#ended.promise;
  }

  /** Ended, replaced, refused or closed: requests from now on get no answer. */
  get over() {
    return this.#over;
  }

  close() {
    this.#over = true;
    this.#ready.resolve();
    clearInterval(this.#heartbeat);
    this.#socket.disconnect();
  }

  #welcome(answer) {
    this.id = answer.session_id;
    this.#tried = false;
    this.#resume = answer.resume_ticket ?? this.#resume;
    if (!this.#token) this.#ticket = this.#resume;
    this.#sent = answer.audio_seq; // older frames are kept: another node might ask for them
    this.#joined = true;
    this.#goOnAfter(answer.audio_seq);
    this.#pump();
    this.#ready.resolve();
    clearInterval(this.#heartbeat);
    const interval = (answer.heartbeat_interval_seconds || 5) * 1000;
    this.#heartbeat = setInterval(() => {
      if (this.#joined && Date.now() - this.#lastSent >= interval * 0.9) {
        this.#socket.emit("session.heartbeat", {});
      }
    }, interval);
    this.#tell("connection", { state: "connected" });
  }

  async #connected() {
    if (!this.id) return this.#tell("connection", { state: "connected" });
    try {
      this.#welcome(await this.#ask("session.join", { session_id: this.id, last_seq: this.#lastSeq }));
    } catch (error) {
      if (error instanceof Refused) return this.#turnedAway(error);
      this.#lostJoins++;
      if (this.#socket.connected) this.#socket.disconnect().connect(); // no answer: another node may give one
    }
  }

  #disconnected(reason) {
    this.#notJoined();
    if (this.#over) return;
    this.#tell("connection", { state: "reconnecting" });
    if (reason === "io server disconnect") this.#socket.connect();
  }

  #refused(error) {
    if (this.#token && !this.#tried && !this.#over && CREDENTIAL.includes(error.data?.error)) {
      this.#tried = true;
      this.#ticket = this.#resume; // without one, another token
      this.#socket.disconnect().connect();
    } else if (error.data?.error) this.#turnedAway(new Refused(error.data));
    else this.#tell("connection", { state: "reconnecting" });
  }

  /** A node that is full or stops refuses: another may accept. Some refusals are final. */
  #turnedAway(refused) {
    if (FINAL.includes(refused.code)) {
      this.#refusal = refused;
      this.#tell("connection", { state: "refused", error: refused });
      this.close();
    } else if (!this.#over) {
      this.#tell("connection", { state: "reconnecting" });
      seconds(refused.details.retry_after ?? 1).then(() => this.#over || this.#socket.disconnect().connect());
    }
  }

  #notJoined() {
    if (this.#joined) this.#ready = deferred();
    this.#joined = false;
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
    if (name === "session.warning" && data.reason === "draining") this.#move();
    this.#tell(name, data, ...binary);
    if (name === "session.ended") {
      this.#ended.resolve(data);
      this.close();
    }
  }

  #move() {
    this.#notJoined();
    this.#socket.disconnect().connect();
  }

  #complained(error) {
    if (error.expected_seq !== undefined) {
      this.#sent = Math.min(this.#sent, error.expected_seq - 1);
      if (error.error === "rate_limited") this.#pausedUntil = Date.now() + (error.retry_after ?? 1) * 1000;
      seconds((this.#pausedUntil - Date.now()) / 1000).then(() => this.#pump());
    }
    if (error.error !== "replaced") return;
    // By our own join that was answered late, after its connection had broken: join again when this one is closed.
    // Else another tab or device has the session: do not fight for it.
    if (this.#lostJoins) this.#lostJoins--;
    else this.#turnedAway(new Refused(error));
  }

  /** Send frames in order, from the one that the server expects next. */
  #pump() {
    if (!this.#joined || !this.#socket.connected || Date.now() < this.#pausedUntil) return;
    for (const frame of this.#frames) if (frame.seq > this.#sent) this.#send(frame);
  }

  /** Resolves when every frame has arrived: the answer to a heartbeat comes after every complaint about a frame. */
  async #flushed() {
    while (this.id && !this.#over) {
      await this.#askUntilAnswered("session.heartbeat", {}).catch(() => {});
      if (this.#sent >= this.#nextFrame - 1) return;
      await seconds(0.2);
    }
  }

  #forget(upTo) {
    while (this.#frames.length && this.#frames[0].seq <= upTo) this.#frames.shift();
  }

  #send(frame) {
    this.#sent = frame.seq;
    this.#lastSent = Date.now();
    this.#socket.emit("audio", { seq: frame.seq, codec: "pcm16" }, frame.bytes);
  }

  async #ask(name, data) {
    const answer = await this.#socket.timeout(ACK_TIMEOUT_MS).emitWithAck(name, data);
    if (!answer.ok) throw new Refused(answer.error);
    return answer;
  }

  /** Over the next connection when this one breaks before the answer. */
  async #askUntilAnswered(name, data) {
    while (true) {
      await this.#ready.promise;
      try {
        return await this.#ask(name, data);
      } catch (error) {
        if (error instanceof Refused || this.#over) throw error;
        await seconds(0.1);
      }
    }
  }

  #tell(name, ...values) {
    for (const listener of this.#listeners.get(name) ?? []) listener(...values);
  }
}

function seconds(count) {
  return new Promise((done) => setTimeout(done, Math.max(0, count) * 1000));
}

function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function deferred() {
  const made = { resolved: false };
  made.promise = new Promise((done) => {
    made.resolve = (value) => {
      made.resolved = true;
      done(value);
    };
  });
  return made;
}
