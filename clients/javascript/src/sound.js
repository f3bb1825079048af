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

export class Sound {
  #wiring;
  #frames = new Frames();
  /** @type {Frames | null} what waits for the server to say with which number to go on */
  #unnumbered = null;
  #pausedUntil = 0;
  #carried = false;

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
  }

  /** No peer carries the sound any more. */
  leavePeer() {
    if (this.#carried) this.hold();
    this.#carried = false;
  }

  /** A join was answered. @param {number} seq */
  joined(seq) {
    this.#frames.goOnAfter(seq);
    this.goOnAfter(seq);
    this.pump();
  }

  /** The server numbered the sound of the peer itself. @param {number} seq */
  goOnAfter(seq) {
    const waiting = this.#unnumbered;
    if (!waiting) return;
    this.#unnumbered = null;
    this.#frames.startAfter(seq);
    for (const { bytes, codec } of waiting.unsent()) this.#number(bytes, codec);
  }

  /** @param {{seq: number, safe_seq: number}} event `audio.ack` */
  acknowledged({ seq, safe_seq: safe }) {
    this.#frames.acknowledge(seq, safe);
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
