/** Keeps a session joined, over as many lines as it takes: back-off, and which refusals are final. */
import { Credentials } from "./credentials.js";
import { Lost, NOT_JOINED, Offline, Refused } from "./errors.js";
import { Line } from "./line.js";
import { busy, CREDENTIAL, ELSEWHERE, isFinal } from "./refusals.js";
import { deferred, Pauses, whileHere } from "./waiting.js";

/**
 * @typedef {object} Wiring what the session hands in
 * @property {() => object | null} join the data of the `session.join` that comes back; null before there is a session
 * @property {boolean} observing
 * @property {(answer: any) => void} welcomed
 * @property {(name: string, data: any, sound?: ArrayBuffer) => void} event
 * @property {(state: {state: "connected" | "reconnecting" | "refused", error?: Error}) => void} changed
 */

const FIRST_PAUSE_S = 0.3;
const LONGEST_PAUSE_S = 5;
const PATIENCE_S = 30;
const OWN_JOIN_MS = 30_000; // for so long a join that was not answered may replace us

export class Connection {
  #addresses;
  #turn = 0;
  #credentials;
  #WebSocket;
  #waitForRoom;
  #patience;
  #wiring;
  /** @type {Line | null} */
  #line = null;
  /** @type {import("./waiting.js").Deferred<void>} while the session is joined */
  #ready = deferred();
  #returning = false;
  #pauses = new Pauses(); // none keeps a program waiting for a session that it has left
  /** @type {[string, any, ArrayBuffer?][]} events that came before the answer to the join: they are told after it */
  #early = [];
  /** @type {number[]} when joins were lost before their answer */
  #lostJoins = [];
  #begun = false; // started or joined, or about to be
  /** @type {Error | null} why nothing connects again */
  #gone = null;

  /** @param {string} namespace @param {import("./session.js").SessionOptions} options @param {Wiring} wiring */
  constructor(namespace, { url = "", token, ticket = null, WebSocket, waitForRoom = 0, patience = PATIENCE_S }, wiring) {
    const urls = Array.isArray(url) ? url : [url];
    const at = urls.map((one) => (one || globalThis.location.origin).replace(/^http/, "ws").replace(/\/+$/, ""));
    this.#addresses = at.map((one) => `${one}/api/realtime${namespace}`);
    this.#credentials = new Credentials(token, ticket);
    this.#WebSocket = WebSocket;
    this.#waitForRoom = waitForRoom;
    this.#patience = patience;
    this.#wiring = wiring;
  }

  get over() {
    return this.#gone !== null;
  }

  /** The line, while the session is joined over it. */
  get line() {
    return this.#ready.resolved && this.#line?.open ? this.#line : null;
  }

  /**
   * The first event: `speaking.start` or `session.join`.
   * @param {string} name @param {object} data
   * @returns {Promise<any>} its answer; Refused, Offline when there is no connection for `patience`
   */
  async begin(name, data) {
    if (this.#begun) return this.#begin(name, data);
    this.#begun = true;
    try {
      return await this.#begin(name, data);
    } catch (error) {
      this.#begun = false;
      this.#drop();
      // A start may be tried again with other options; a session that cannot be joined will not be there later either.
      if (!this.over && name === "session.join" && error instanceof Refused) this.#refuse(error);
      this.#ready.resolve(); // requests that wait for it are refused
      if (!this.over) this.#ready = deferred();
      throw error;
    }
  }

  /** @param {string} name @param {object} data */
  async #begin(name, data) {
    const started = performance.now();
    const waited = () => (performance.now() - started) / 1000;
    for (let pause = FIRST_PAUSE_S; ; pause = Math.min(LONGEST_PAUSE_S, pause * 2)) {
      if (this.#gone) throw this.#gone;
      try {
        const line = await this.#connected();
        const answer = await this.#asked(line, name, data);
        this.#welcome(answer);
        return answer;
      } catch (error) {
        if (this.#gone) throw this.#gone;
        if (!(error instanceof Lost || error instanceof Offline || busy(error))) throw error;
        const after = busy(error) ? (error.details.retry_after ?? pause) : pause * (0.5 + Math.random() / 2);
        if (waited() + after > (busy(error) ? this.#waitForRoom : this.#patience)) throw error instanceof Lost ? new Offline() : error;
        if (!busy(error)) this.#drop();
        this.#turn++;
        this.#wiring.changed({ state: "reconnecting" });
        await this.#pauses.seconds(after);
      }
    }
  }

  /** Refused before the session has begun, and when nothing connects any more. */
  insist() {
    if (this.#gone) throw this.#gone;
    if (!this.#begun) throw new Refused(NOT_JOINED);
  }

  /** @param {string} name @param {object} data @returns {Promise<any>} the answer over this line; Refused, Lost */
  async ask(name, data) {
    this.insist();
    return this.line ? this.line.ask(name, data) : Promise.reject(new Lost("not connected"));
  }

  /** Now or never. @param {string} name @param {object} data @returns {Promise<any>} Refused, Offline when there is no line, or it breaks before the answer */
  async askNow(name, data) {
    try {
      return await this.ask(name, data);
    } catch (error) {
      if (this.#gone) throw this.#gone;
      throw error instanceof Lost ? new Offline() : error;
    }
  }

  /**
   * @template T @param {Promise<T>} work
   * @returns {Promise<T>} what comes of it; Offline when there was no line for `patience` meanwhile
   */
  whileConnected(work) {
    return whileHere(work, () => this.line !== null, this.#patience);
  }

  /** Over the next line when this one breaks before the answer. @param {string} name @param {object} data @returns {Promise<any>} */
  async askUntilAnswered(name, data) {
    while (true) {
      this.insist();
      await this.#ready.promise;
      try {
        return await this.ask(name, data);
      } catch (error) {
        if (this.#gone) throw this.#gone;
        if (error instanceof Refused && error.code === "rate_limited") await this.#pauses.seconds(error.details.retry_after ?? 1);
        else if (error instanceof Refused && error.code === "session_moved") this.move();
        else if (error instanceof Refused) throw error;
        await this.#pauses.seconds(0.1);
      }
    }
  }

  /** Come back over another line. */
  move() {
    this.#drop();
    this.#comeBack();
  }

  /** A complaint that may concern the whole line. @param {import("./errors.js").ErrorBody} error */
  complained(error) {
    if (ELSEWHERE.includes(error.error) && this.#ready.resolved) return this.move();
    if (error.error !== "replaced") return;
    // By our own join that was answered late, after its line had broken: join again when this one is closed.
    // Else another tab or device has the session: do not fight for it.
    const since = performance.now() - OWN_JOIN_MS;
    this.#lostJoins = this.#lostJoins.filter((at) => at > since);
    if (this.#lostJoins.length) this.#lostJoins.pop();
    else this.#refuse(new Refused(error));
  }

  /** @param {Error} reason what requests are answered from now on */
  close(reason) {
    this.#gone ??= reason;
    this.#line?.close();
    this.#line = null;
    this.#ready.resolve();
    this.#pauses.end();
  }

  /** @returns {Promise<Line>} a line that is open; Refused, Lost, Offline */
  async #connected() {
    if (this.#line?.open) return this.#line;
    /** @type {Error | null} */
    let refused = null;
    for (const credential of this.#credentials.choices()) {
      try {
        return await this.#open(await credential());
      } catch (error) {
        if (!(error instanceof Refused) || !CREDENTIAL.includes(error.code)) throw error;
        refused = error;
      }
    }
    throw refused ?? new TypeError("A session needs a token or a ticket.");
  }

  /** @param {import("./line.js").Credential} credential */
  async #open(credential) {
    const address = this.#addresses[this.#turn % this.#addresses.length];
    /** @type {Line | null} */
    let line = null;
    const ours = () => line === null || line === this.#line;
    line = await Line.open(
      address,
      credential,
      {
        event: (...event) => ours() && this.#arrived(event),
        closed: () => ours() && this.#closed(),
      },
      this.#WebSocket,
    );
    if (this.over) {
      line.close();
      throw new Lost("closed meanwhile");
    }
    this.#line = line;
    return line;
  }

  /** @param {any} answer of a join or a start */
  #welcome(answer) {
    this.#credentials.renew(answer.resume_ticket);
    this.#ready.resolve();
    this.#wiring.welcomed(answer);
    this.#wiring.changed({ state: "connected" });
    const early = this.#early;
    const line = this.#line;
    this.#early = [];
    for (const event of early) if (line === this.#line) this.#wiring.event(...event); // the rest comes again over another one
  }

  /** @param {[string, any, ArrayBuffer?]} event */
  #arrived(event) {
    if (this.#ready.resolved) this.#wiring.event(...event);
    else this.#early.push(event);
  }

  #closed() {
    this.#drop();
    if (this.#wiring.join()) this.#comeBack();
  }

  #drop() {
    this.#early = [];
    this.#line?.close();
    this.#line = null;
    if (this.#ready.resolved && !this.over) this.#ready = deferred();
  }

  async #comeBack() {
    if (this.#returning || this.over) return;
    this.#returning = true;
    this.#wiring.changed({ state: "reconnecting" });
    for (let pause = FIRST_PAUSE_S; !this.over; pause = Math.min(LONGEST_PAUSE_S, pause * 2)) {
      const after = await this.#joinAgain();
      if (after === null) return;
      this.#drop();
      this.#turn++;
      await this.#pauses.seconds(after || pause * (0.5 + Math.random() / 2));
    }
  }

  /** A join may have been taken though its answer is lost. @param {Line} line @param {string} name @param {object} data */
  async #asked(line, name, data) {
    try {
      return await line.ask(name, data);
    } catch (error) {
      if (error instanceof Lost) this.#lostJoins.push(performance.now());
      throw error;
    }
  }

  /** @returns {Promise<number | null>} null when that is settled, else after how many seconds to try again, 0 for soon */
  async #joinAgain() {
    try {
      const line = await this.#connected();
      const answer = await this.#asked(line, "session.join", this.#wiring.join() ?? {});
      this.#returning = false; // a line that breaks from now on is another break
      this.#welcome(answer);
      return null;
    } catch (error) {
      if (this.over) return null;
      if (error instanceof Lost || error instanceof Offline) return 0;
      const known = /** @type {Refused | import("./errors.js").ApiError} */ (error);
      if (!isFinal(known, this.#wiring.observing)) return (known instanceof Refused ? known.details.retry_after : known.retryAfter) ?? 1;
      this.#refuse(known);
      return null;
    }
  }

  /** @param {Error} error */
  #refuse(error) {
    this.close(error);
    this.#wiring.changed({ state: "refused", error });
  }
}
