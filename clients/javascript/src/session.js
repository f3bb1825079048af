/**
 * A Parley session that survives lost networks.
 *
 *   const session = new Session("/speaking", { url: "https://parley.example", token: () => accessToken });
 *   session.on("transcript.partial", (event) => …);
 *   await session.startSpeaking({ reference_text: "Hello there." });
 *   session.sendAudio(int16Array);          // PCM16, mono, 16 kHz, 20 to 200 ms
 *   await session.end();                    // resolves with the data of session.ended
 *
 * It numbers the sound and keeps it until the server will never ask for it again; after a break it joins again with the
 * number of the last event seen, sends the sound that is missing, and drops events seen twice. Sound may be given while
 * the network is away, and before the session has started.
 */
import { Connection } from "./connection.js";
import { CLOSED, ENDED, Refused } from "./errors.js";
import { Frames, frameBytes } from "./frames.js";
import { codecNumber } from "./line.js";
import { Listeners } from "./listeners.js";
import { Pulse } from "./pulse.js";
import { Transcript } from "./transcript.js";
import { deferred, newKey, seconds } from "./waiting.js";

/** @typedef {import("./errors.js").ErrorBody} ErrorBody */
/** @typedef {import("../types/events.js").JoinAck} JoinAck */
/**
 * @typedef {object} SessionOptions
 * @property {string | string[]} [url] the server; several nodes are tried in turn. In a page of the server: ""
 * @property {(refused: boolean) => string | Promise<string>} [token] gives a fresh access token for every connection,
 *   another one where the last was `refused`
 * @property {string | null} [ticket] opens the first connection instead. Those that the server gives with each join open
 *   the others without a `token`, or when that is refused
 * @property {typeof WebSocket} [WebSocket] in place of the platform's own
 * @property {number} [waitForRoom] how many seconds to go on asking while the server has no room for a new session
 * @property {number} [patience] after how many seconds without a connection a start, a join and `end` are given up; 30
 */

const TRY_AGAIN = ["session_ended", "unavailable", "not_joined"]; // the end is on its way, or a node is busy
const UNNUMBERED = ["response.audio", "response.viseme", "error"];
const SHORTEST = 320; // samples of a frame: 20 ms
const RESEND_AFTER_S = 2.5; // acknowledgements come each second

export class Session extends Listeners {
  /** @type {string | null} */
  id = null;
  /** What `POST /api/live/session/start` answered, in conversations. @type {import("../types/operations.js").LiveSessionResponse | null} */
  started = null;
  /** What the newest join was answered. @type {JoinAck | null} */
  joined = null;
  /** What was said so far. */
  transcript = new Transcript();
  #connection;
  #lastSeq = 0;
  #frames = new Frames();
  /** @type {import("./waiting.js").Deferred<import("../types/events.js").SessionEnded>} */
  #ended = deferred();
  #observing = false;
  #ending = false; // what is given from now on is no part of the session
  #pausedUntil = 0;
  #pulse;
  #carried = false; // a peer carries the sound (see call.js)
  /** @type {Frames | null} what waits for the server to say with which number to go on */
  #unnumbered = null;
  #epoch = 0;
  #clock = -Infinity; // the session's time minus that of performance.now()

  /** @param {"/live" | "/speaking"} namespace @param {SessionOptions} options */
  constructor(namespace, options) {
    super();
    const watches = () => this.#observing;
    this.#connection = new Connection(namespace, options, {
      get observing() {
        return watches();
      },
      join: () => this.#join(),
      welcomed: (answer) => this.#welcomed(answer),
      event: (name, data, sound) => this.#received(name, data, sound),
      changed: (state) => this.#changed(state),
    });
    this.#pulse = new Pulse({
      line: () => this.#connection.line,
      silent: () => this.tell("connection", { state: "silent" }),
      heard: () => this.tell("connection", { state: "connected" }),
      lost: () => this.#connection.move(),
    });
  }

  /**
   * Start a scored reading (`reference_text`) or free speech, and join it.
   * @param {import("../types/events.js").SpeakingStart} [options] @returns {Promise<JoinAck>} Refused, Offline
   */
  startSpeaking(options = {}) {
    return this.#begin("speaking.start", options);
  }

  /** Join a session that `POST /api/live/session/start` began. @param {string} sessionId @returns {Promise<JoinAck>} Refused, Offline */
  join(sessionId) {
    return this.#begin("session.join", { session_id: sessionId });
  }

  /**
   * Come back to a session that another page or process began, as after a reload. All its events come again, and its
   * sound goes on.
   * @param {string} sessionId @returns {Promise<JoinAck>} Refused, Offline
   */
  rejoin(sessionId) {
    this.#unnumbered = new Frames(); // until the server says with which number to go on
    return this.#begin("session.join", { session_id: sessionId, last_seq: 0 });
  }

  /** Only watch the session of a member of one's organization. @param {string} sessionId @returns {Promise<JoinAck>} Refused, Offline */
  observe(sessionId) {
    this.#observing = true;
    return this.#begin("session.join", { session_id: sessionId, last_seq: 0, observe: true });
  }

  /**
   * @param {Int16Array | Uint8Array} sound PCM16, mono, 16 kHz, 20 to 200 ms, as samples or bytes; or one packet of Opus
   * @param {"pcm16" | "opus"} [codec]
   * @returns {boolean} whether it is kept: not while a peer carries the sound, after `end`, or when the server has been
   *   away for over ten minutes. TypeError, RangeError for what the server would never take
   */
  sendAudio(sound, codec = "pcm16") {
    const frame = { codec: codecNumber(codec), bytes: frameBytes(sound, codec) };
    if (this.#carried || this.#ending || this.over || this.#frames.full || this.#unnumbered?.full) return false;
    if (this.#unnumbered) this.#unnumbered.add(frame.bytes, frame.codec);
    else this.#number(frame);
    return true;
  }

  /**
   * Send a whole recording as a microphone would, `speed` times as fast, in frames of 20 to 200 ms.
   * @param {Int16Array} samples @param {{speed?: number, frameMs?: number}} [options] @returns {Promise<void>} TypeError, RangeError
   */
  async stream(samples, { speed = 1, frameMs = 40 } = {}) {
    if (Object.prototype.toString.call(samples) !== "[object Int16Array]") throw new TypeError("A recording is an Int16Array.");
    if (!(frameMs >= 20 && frameMs <= 200)) throw new RangeError(`A frame has 20 to 200 ms, not ${frameMs}.`);
    if (!(speed > 0)) throw new RangeError(`The speed is above 0, not ${speed}.`);
    const step = frameMs * 16;
    const started = performance.now();
    for (let at = 0; at < samples.length && !this.#ending && !this.over; at += step) {
      const frame = samples.subarray(at, at + step);
      const whole = frame.length >= SHORTEST ? frame : Int16Array.from({ length: SHORTEST }, (_, index) => frame[index] ?? 0);
      while (!this.sendAudio(whole) && !this.#ending && !this.over && !this.#carried) await seconds(1);
      await seconds((started + (at + step) / 16 / speed - performance.now()) / 1000);
    }
  }

  /** Ask for a peer that carries the sound. @param {string} sdp @returns {Promise<{sdp: string}>} Refused, Offline */
  offer(sdp) {
    return this.#connection.askNow("webrtc.offer", { sdp });
  }

  /** The peer is connected: the sound goes its way. */
  carry() {
    this.#carried = true;
  }

  /** The sound goes over the socket (again); `failed` when WebRTC did not work. @param {boolean} failed */
  async leavePeer(failed) {
    if (this.#carried) this.#unnumbered = new Frames();
    this.#carried = false;
    this.#goOnAfter((await this.#connection.askUntilAnswered("webrtc.close", { failed })).audio_seq);
  }

  /** End the turn now. */
  async commit() {
    await this.#flushed();
    return this.#connection.askUntilAnswered("audio.commit", {});
  }

  /** A typed turn. @param {string} text */
  say(text) {
    return this.#connection.askUntilAnswered("text", { text, key: newKey() }); // sent twice, it is taken once
  }

  /** How long a silence ends a turn: milliseconds, 0 for `commit` only, null to adapt to the learner. @param {number | null} patienceMs */
  update(patienceMs) {
    return this.#connection.askUntilAnswered("session.update", { patience_ms: patienceMs });
  }

  /** Stop the tutor's reply. @returns {Promise<{cancelled: boolean}>} Refused, Offline */
  cancelResponse() {
    return this.#connection.askNow("response.cancel", {});
  }

  /**
   * Send what is left, end the session and wait for its last event, over as many connections as it takes.
   * @returns {Promise<import("../types/events.js").SessionEnded>} Refused when the session is no longer this client's:
   *   `closed` after `close()`, `not_joined` before a start. Offline when there was no connection for `patience`: it is
   *   ended as soon as there is one again, unless it is closed before
   */
  async end() {
    if (!this.over) this.#connection.insist();
    this.#ending = true;
    return this.#connection.whileConnected(this.#end());
  }

  async #end() {
    await this.#flushed();
    while (!this.over) {
      this.#connection.insist();
      try {
        await this.#connection.askUntilAnswered("session.end", {});
        break;
      } catch (error) {
        if (this.over) break; // the end was told before the answer, and closed the line under it; or it was left
        if (!(error instanceof Refused) || !TRY_AGAIN.includes(error.code)) throw error;
        await seconds(0.3);
      }
    }
    return this.ended;
  }

  /** Resolves with the data of `session.ended`. @returns {Promise<import("../types/events.js").SessionEnded>} Refused when it is left before, or no longer this client's */
  get ended() {
    return this.#ended.promise;
  }

  /** Ended, replaced, refused or closed: requests from now on are refused. */
  get over() {
    return this.#connection.over;
  }

  /** Leave without ending it: the session can be joined again for some minutes. */
  close() {
    this.#leave(new Refused(CLOSED));
  }

  /** @param {Error} reason */
  #leave(reason) {
    this.#pulse.end();
    this.#ended.reject(reason);
    this.#connection.close(reason);
  }

  /** @param {string} name @param {object} data */
  #begin(name, data) {
    return this.#connection.begin(name, data);
  }

  #join() {
    if (this.id === null) return null;
    const data = { session_id: this.id, last_seq: this.#lastSeq };
    return this.#observing ? { ...data, observe: true } : data;
  }

  /** @param {JoinAck} answer */
  #welcomed(answer) {
    this.id = answer.session_id;
    this.joined = answer;
    this.#pulse.end();
    if (this.#observing) return;
    this.#frames.goOnAfter(answer.audio_seq);
    this.#goOnAfter(answer.audio_seq);
    this.#pump();
    this.#pulse.begin((answer.heartbeat_interval_seconds || 5) * 1000);
  }

  /** @param {{state: "connected" | "reconnecting" | "refused", error?: Error}} state */
  #changed(state) {
    if (state.state === "refused") this.#leave(/** @type {Error} */ (state.error));
    this.tell("connection", state);
  }

  /** The server numbered the sound of the peer itself. @param {number} seq */
  #goOnAfter(seq) {
    const waiting = this.#unnumbered;
    if (!waiting) return;
    this.#unnumbered = null;
    this.#frames.startAfter(seq);
    for (const frame of waiting.unsent()) this.#number(frame);
  }

  /** @param {{bytes: Uint8Array, codec: number}} frame */
  #number({ bytes, codec }) {
    this.#frames.add(bytes, codec);
    this.#pump();
  }

  /** @param {string} name @param {any} data @param {ArrayBuffer} [sound] */
  #received(name, data, sound) {
    if (name === "audio.ack") return this.#frames.acknowledge(data.seq, data.safe_seq);
    if (name === "response.audio") return this.tell(name, this.#whole(data), sound);
    if (!UNNUMBERED.includes(name)) {
      if (data.seq <= this.#lastSeq && name !== "session.snapshot") return; // seen before the break
      this.#lastSeq = Math.max(this.#lastSeq, data.seq);
      this.#clock = Math.max(this.#clock, data.at_ms - performance.now());
    }
    if (name === "error") this.#complained(data);
    if (name === "playback.flush") this.#epoch = data.epoch;
    // This node will stop: come back, at another one.
    if (name === "session.warning" && data.reason === "draining") this.#connection.move();
    const gone = this.transcript.take(name, data);
    this.tell(name, data);
    for (const id of gone) this.tell("turn.void", { turn_id: id });
    if (name === "session.ended") {
      this.#ended.resolve(data);
      this.#leave(new Refused(ENDED));
    }
  }

  /** The line has the last 16 bits of the epoch, and not when the sound was sent. @param {{epoch: number, seq: number}} head */
  #whole({ epoch, seq }) {
    const near = this.#epoch + (((epoch - this.#epoch) << 16) >> 16);
    return { epoch: near, seq, at_ms: Math.round(performance.now() + this.#clock), session_id: this.id };
  }

  /** @param {ErrorBody} error */
  #complained(error) {
    if (typeof error.expected_seq === "number") {
      this.#frames.takeBack(error.expected_seq);
      if (error.error === "rate_limited") this.#pausedUntil = performance.now() + (error.retry_after ?? 1) * 1000;
      seconds((this.#pausedUntil - performance.now()) / 1000).then(() => this.#pump());
    }
    this.#connection.complained(error);
  }

  /** Send frames in order, from the one that the server expects next. */
  #pump() {
    const line = this.#connection.line;
    if (!line || performance.now() < this.#pausedUntil) return;
    for (const frame of this.#frames.unsent()) {
      this.#pulse.sent(line);
      line.sound(frame);
    }
  }

  /**
   * Resolves when every frame has arrived. The answer to a heartbeat comes after a complaint about a frame, but the server
   * does not repeat each complaint: after one, only its acknowledgement counts.
   */
  async #flushed() {
    let waited = 0;
    while (this.id && !this.over) {
      await this.#connection.askUntilAnswered("session.heartbeat", {}).catch(() => {});
      if (this.#frames.arrived) return;
      await seconds(0.1);
      waited += 0.1;
      if (waited < RESEND_AFTER_S || performance.now() < this.#pausedUntil) continue;
      waited = 0;
      this.#frames.resend();
      this.#pump();
    }
  }
}
