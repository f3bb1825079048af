/** Whether a line lives: a sign of life while no sound is sent, and a look at what comes back. */
import { Lost } from "./errors.js";

/** @typedef {import("./line.js").Line} Line */
/**
 * @typedef {object} PulseWiring
 * @property {() => Line | null} line
 * @property {() => void} silent what was sent is not answered, and not long enough to give the line up
 * @property {() => void} heard something came again over the silent line
 * @property {(line: Line) => void} lost the line is to be left
 */

const LOOK_MS = 1000;
const SILENT_MS = 4000; // sound is acknowledged each second

export class Pulse {
  #wiring;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  #interval = 5000;
  #sentAt = 0;
  #beatAt = 0;
  #unansweredSince = 0;
  #silent = false;

  /** @param {PulseWiring} wiring */
  constructor(wiring) {
    this.#wiring = wiring;
  }

  /** Over a new line. @param {number} interval between two heartbeats, in milliseconds */
  begin(interval) {
    this.end();
    this.#interval = interval;
    this.#beatAt = performance.now();
    this.#timer = setInterval(() => this.#look(), Math.min(LOOK_MS, interval));
  }

  end() {
    clearInterval(this.#timer);
    this.#silent = false;
  }

  /** Something was sent over the line that is answered. @param {Line} line */
  sent(line) {
    this.#sentAt = performance.now();
    if (this.#unansweredSince <= line.heardAt) this.#unansweredSince = this.#sentAt;
  }

  #look() {
    const line = this.#wiring.line();
    if (!line) return;
    const now = performance.now();
    const silent = this.#unansweredSince > line.heardAt && now - this.#unansweredSince > SILENT_MS;
    if (silent !== this.#silent) {
      this.#silent = silent;
      if (silent) this.#wiring.silent();
      else this.#wiring.heard();
    }
    const quiet = now - this.#sentAt >= this.#interval * 0.9;
    if (now - this.#beatAt < this.#interval || !(quiet || now - line.heardAt >= this.#interval * 2)) return;
    this.#beatAt = now;
    this.sent(line);
    line.ask("session.heartbeat", {}).catch((error) => {
      if (error instanceof Lost && line === this.#wiring.line()) this.#wiring.lost(line);
    });
  }
}
