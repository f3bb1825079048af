/** Which events of a session came: their numbers go up from 1 without holes. */
export class Numbers {
  /** Of the last event that came. */
  last = 0;
  #holeBefore = 0;
  #clock = -Infinity; // the session's time minus that of performance.now()

  /** The time of the session in milliseconds, as far as its events tell. */
  get now() {
    return Math.round(performance.now() + this.#clock);
  }

  /**
   * Whether events are missing before this one: joining again brings them. It is found once for each number: what does not
   * come even then is gone.
   * @param {string} name @param {number} seq
   */
  misses(name, seq) {
    if (name === "session.snapshot" || this.last === 0 || seq <= this.last + 1 || seq === this.#holeBefore) return false;
    this.#holeBefore = seq;
    return true;
  }

  /**
   * Whether it is new, and not one that was seen before a break. A snapshot always is.
   * @param {string} name @param {{seq: number, at_ms?: number}} event
   */
  takes(name, { seq, at_ms: at }) {
    if (seq <= this.last && name !== "session.snapshot") return false;
    this.last = Math.max(this.last, seq);
    if (typeof at === "number" && Number.isFinite(at)) this.#clock = Math.max(this.#clock, at - performance.now());
    return true;
  }
}
