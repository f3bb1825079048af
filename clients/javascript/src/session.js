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
import { frameBytes } from "./frames.js";
import { codecNumber } from "./line.js";
import { Listeners } from "./listeners.js";
import { Numbers } from "./numbers.js";
import { Pulse } from "./pulse.js";
import { Sound } from "./sound.js";
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
 * @property {number} [keepTurns] how many of the newest turns `transcript` keeps, in long talks; all
 * @property {number} [patience] after how many seconds without a connection a start, a join and `end` are given up; 30
 */

const TRY_AGAIN = ["session_ended", "unavailable", "not_joined"]; // the end is on its way, or a node is busy
const UNNUMBERED = ["response.viseme", "error"];
const SHORTEST = 320; // samples of a frame: 20 ms

export class Session extends Listeners {
  /** @type {string | null} */
  id = null;
  /** What `POST /api/live/session/start` answered, in conversations. @type {import("../types/operations.js").LiveSessionResponse | null} */
  started = null;
  /** What the newest join was answered. @type {JoinAck | null} */
  joined = null;
  /** What was said so far. */
  transcript;
  #connection;
  #numbers = new Numbers();
  #sound;
  /** @type {import("./waiting.js").Deferred<import("../types/events.js").SessionEnded>} */
  #ended = deferred();
  #observing = false;
  #ending = false; // what is given from now on is no part of the session
  #pulse;
  #epoch = 0;

  /** @param {"/live" | "/speaking"} namespace @param {SessionOptions} options */
  constructor(namespace, options) {
    super();
    this.transcript = new Transcript(options.keepTurns);
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
    const line = () => this.#connection.line;
    this.#pulse = new Pulse({
      line,
      silent: () => this.tell("connection", { state: "silent" }),
      heard: () => this.tell("connection", { state: "connected" }),
      lost: () => this.#connection.move(),
    });
    this.#sound = new Sound({ line, sent: (one) => this.#pulse.sent(one) });
  }

  /**
   * Start a scored reading (`reference_text`) or free speech, and join it.
   * @param {import("../types/events.js").SpeakingStart} [options] @returns {Promise<JoinAck>} Refused, Offline
   */
  startSpeaking(options = {}) {
    return this.#connection.begin("speaking.start", options);
  }

  /** Join a session that `POST /api/live/session/start` began. @param {string} sessionId @returns {Promise<JoinAck>} Refused, Offline */
  join(sessionId) {
    return this.#connection.begin("session.join", { session_id: sessionId });
  }

  /**
   * Come back to a session that another page or process began, as after a reload. All its events come again, and its
   * sound goes on.
   * @param {string} sessionId @returns {Promise<JoinAck>} Refused, Offline
   */
  rejoin(sessionId) {
    this.#sound.hold();
    return this.#connection.begin("session.join", { session_id: sessionId, last_seq: 0 });
  }

  /** Only watch the session of a member of one's organization. @param {string} sessionId @returns {Promise<JoinAck>} Refused, Offline */
  observe(sessionId) {
    this.#observing = true;
    return this.#connection.begin("session.join", { session_id: sessionId, last_seq: 0, observe: true });
  }

  /**
   * @param {Int16Array | Uint8Array} sound PCM16, mono, 16 kHz, 20 to 200 ms, as samples or bytes; or one packet of Opus
   * @param {"pcm16" | "opus"} [codec]
   * @returns {boolean} whether it is kept: not while a peer carries the sound, after `end`, or when the server has been
   *   away for over ten minutes. TypeError, RangeError for what the server would never take
   */
  sendAudio(sound, codec = "pcm16") {
    const number = codecNumber(codec);
    const bytes = frameBytes(sound, codec);
    return !this.#ending && !this.over && this.#sound.add(bytes, number);
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
      while (!this.sendAudio(whole) && !this.#ending && !this.over && !this.#sound.carried) await seconds(1);
      await seconds((started + (at + step) / 16 / speed - performance.now()) / 1000);
    }
  }

  /** Ask for a peer that carries the sound. @param {string} sdp @returns {Promise<{sdp: string}>} Refused, Offline */
  async offer(sdp) {
    // What was said goes before what the peer will carry; without a line there is nobody to ask.
    if (this.#connection.line) await this.#connection.whileConnected(this.#flushed());
    return this.#connection.askNow("webrtc.offer", { sdp });
  }

  /** The peer is connected: the sound goes its way. */
  carry() {
    this.#sound.carry();
  }

  /** The sound goes over the socket (again); `failed` when WebRTC did not work. @param {boolean} failed */
  async leavePeer(failed) {
    await this.#sound.leavePeer(() => this.#connection.askUntilAnswered("webrtc.close", { failed }));
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

  #join() {
    if (this.id === null) return null;
    const data = { session_id: this.id, last_seq: this.#numbers.last };
    return this.#observing ? { ...data, observe: true } : data;
  }

  /** @param {JoinAck} answer */
  #welcomed(answer) {
    this.id = answer.session_id;
    this.joined = answer;
    this.#pulse.end();
    if (this.#observing) return;
    this.#sound.joined(answer.audio_seq);
    this.#pulse.begin((answer.heartbeat_interval_seconds || 5) * 1000);
  }

  /** @param {{state: "connected" | "reconnecting" | "refused", error?: Error}} state */
  #changed(state) {
    if (state.state === "refused") this.#leave(/** @type {Error} */ (state.error));
    this.tell("connection", state);
  }

  /** @param {string} name @param {any} data @param {ArrayBuffer} [sound] */
  #received(name, data, sound) {
    if (name === "audio.ack") return this.#sound.acknowledged(data);
    if (name === "response.audio") return this.tell(name, this.#whole(data), sound);
    // One of a later server may have no number.
    if (!UNNUMBERED.includes(name) && typeof data.seq === "number") {
      if (this.#numbers.misses(name, data.seq)) return this.#connection.move();
      if (!this.#numbers.takes(name, data)) return;
    }
    if (name === "error") this.#complained(data);
    if (name === "playback.flush" && typeof data.epoch === "number") this.#epoch = data.epoch;
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
    return { epoch: near, seq, at_ms: this.#numbers.now, session_id: this.id };
  }

  /** @param {ErrorBody} error */
  #complained(error) {
    if (typeof error.expected_seq === "number") {
      this.#sound.refused(error.expected_seq, error.error === "rate_limited" ? (error.retry_after ?? 1) : 0);
    }
    this.#connection.complained(error);
  }

  /** Resolves when every frame has arrived. */
  #flushed() {
    const beat = () => this.#connection.askUntilAnswered("session.heartbeat", {});
    return this.#sound.flushed(beat, () => this.id === null || this.over);
  }
}
