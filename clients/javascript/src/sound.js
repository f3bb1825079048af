/** The sound of one session on its way: numbered and sent again after a break, or left to a peer that carries it. */
import { Frames } from "./frames.js";
import { seconds } from "./waiting.js";

/** @typedef {import("./line.js").Line} Line */
/**
 * @typedef {object} SoundWiring
 * @property {() => Line | null} line
 * @property {(line: Line) => void} sent something was sent over the line that is answered
 */

const RESEND_AFTER_S = 2.5; // acknowledgements come each second
const RECENT_MS = 45_000; // it takes a browser up to half a minute to see that a peer is lost
const LEAST_MS = 500; // less is on its way, not missing

export class Sound {
  #wiring;
  #frames = new Frames();
  /** @type {Frames | null} what waits for the server to say with which number to go on */
  #unnumbered = null;
  #pausedUntil = 0;
  #carried = false;
  #leaving = false; // the server still counts the sound of the peer
  /** @type {{bytes: Uint8Array, codec: number, at: number}[]} the last sound while a peer carries it */
  #recent = [];

  /** @param {SoundWiring} wiring */
  constructor(wiring) {
    this.#wiring = wiring;
  }

  /** Whether a peer carries the sound (see call.js). */
  get carried() {
    return this.#carried;
  }

  /** @param {Uint8Array} bytes @param {number} codec @returns {boolean} whether it is kept */
  add(bytes, codec) {
    if (this.#carried) this.#remember(bytes, codec);
    if (this.#carried || this.#frames.full || this.#unnumbered?.full) return false;
    if (this.#unnumbered) this.#unnumbered.add(bytes, codec);
    else this.#number(bytes, codec);
    return true;
  }

  /** What comes from now on waits until the server says with which number to go on. */
  hold() {
    this.#unnumbered = new Frames();
  }

  carry() {
    this.#carried = true;
    this.#recent = [];
  }

  /**
   * No peer carries the sound any more.
   * @param {() => Promise<{audio_seq: number, missing_ms?: number | null}>} tell the server, which has numbered the sound of the peer
   */
  async leavePeer(tell) {
    if (this.#carried) this.hold();
    this.#carried = false;
    this.#leaving = true;
    try {
      const { audio_seq: seq, missing_ms: missing } = await tell();
      this.#goOnAfter(seq, missing ?? 0);
    } finally {
      this.#leaving = false;
    }
  }

  /** A join was answered. @param {number} seq */
  joined(seq) {
    this.#frames.goOnAfter(seq);
    if (!this.#leaving) this.#goOnAfter(seq);
    this.pump();
  }

  /** @param {number} seq @param {number} [missing] for so many milliseconds nothing arrived by the peer */
  #goOnAfter(seq, missing = 0) {
    const waiting = this.#unnumbered;
    if (!waiting) return;
    const since = performance.now() - missing;
    const lost = missing < LEAST_MS ? [] : this.#recent.filter(({ at }) => at > since);
    this.#unnumbered = null;
    this.#recent = [];
    this.#frames.startAfter(seq);
    for (const { bytes, codec } of [...lost, ...waiting.unsent()]) this.#number(bytes, codec);
  }

  /** @param {Uint8Array} bytes @param {number} codec */
  #remember(bytes, codec) {
    const at = performance.now();
    this.#recent.push({ bytes, codec, at });
    while (at - this.#recent[0].at > RECENT_MS) this.#recent.shift();
  }

  /** @param {{seq: number, safe_seq: number}} event `audio.ack` */
  acknowledged({ seq, safe_seq: safe }) {
    if (typeof seq === "number" && typeof safe === "number") this.#frames.acknowledge(seq, safe);
  }

  /** The server did not take a frame. @param {number} expected its number @param {number} [pause] after how many seconds to go on */
  refused(expected, pause = 0) {
    this.#frames.takeBack(expected);
    if (pause) this.#pausedUntil = performance.now() + pause * 1000;
    seconds((this.#pausedUntil - performance.now()) / 1000).then(() => this.pump());
  }

  /** @param {Uint8Array} bytes @param {number} codec */
  #number(bytes, codec) {
    this.#frames.add(bytes, codec);
    this.pump();
  }

  /** Send frames in order, from the one that the server expects next. */
  pump() {
    const line = this.#wiring.line();
    if (!line || performance.now() < this.#pausedUntil) return;
    for (const frame of this.#frames.unsent()) {
      this.#wiring.sent(line);
      line.sound(frame);
    }
  }

  /**
   * Resolves when every frame has arrived. The answer to a heartbeat comes after a complaint about a frame, but the server
   * does not repeat each complaint: after one, only its acknowledgement counts.
   * @param {() => Promise<unknown>} beat @param {() => boolean} over
   */
  async flushed(beat, over) {
    let waited = 0;
    while (!over()) {
      await beat().catch(() => {});
      if (this.#frames.arrived) return;
      await seconds(0.1);
      waited += 0.1;
      if (waited < RESEND_AFTER_S || performance.now() < this.#pausedUntil) continue;
      waited = 0;
      this.#frames.resend();
      this.pump();
    }
  }
}
