/** One WebSocket connection to a session's door (subprotocol `parley.1`): requests with answers, events, sound. */
import { Lost, Refused } from "./errors.js";

/** @typedef {import("./errors.js").ErrorBody} ErrorBody */
/** @typedef {{token: string} | {ticket: string}} Credential */
/**
 * @typedef {object} Ends
 * @property {(name: string, data: any, sound?: ArrayBuffer) => void} event an event of the server
 * @property {() => void} closed called once, when the connection has ended and was not closed here
 */

const PROTOCOL = "parley.1";
const ANSWER_MS = 10_000;
const POLICY = 1008;
const CODECS = { pcm16: 0, opus: 1 };

export class Line {
  #socket;
  #ends;
  /** @type {Map<number, {done: (answer: any) => void, fail: (error: Error) => void}>} */
  #asked = new Map();
  #lastId = 0;
  /** @type {ErrorBody | null} why the server closes, as far as it said */
  #complaint = null;
  #entered = false; // let in, and not left from this side
  /** Whether it can be used. */
  open = false;
  /** When something last came, in milliseconds of `performance.now()`. */
  heardAt = performance.now();

  /**
   * @param {string} address @param {Credential} credential @param {Ends} ends @param {typeof WebSocket} [given]
   * @returns {Promise<Line>} once the server has let the client in; Refused when it does not, Lost when it is not there
   */
  static async open(address, credential, ends, given) {
    const Socket = given ?? globalThis.WebSocket ?? (await import("./node-socket.js")).NodeSocket;
    const line = new Line(new Socket(address, PROTOCOL), ends);
    try {
      await line.#enter(credential);
    } catch (error) {
      line.close();
      throw error;
    }
    return line;
  }

  /** @param {WebSocket} socket @param {Ends} ends */
  constructor(socket, ends) {
    this.#socket = socket;
    this.#ends = ends;
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => this.#received(data);
    socket.onclose = ({ code, reason }) => this.#closed(code, reason);
    socket.onerror = () => {}; // a close follows, which says more
  }

  /** @param {Credential} credential */
  async #enter(credential) {
    /** @type {Promise<void>} */
    const opened = new Promise((done, fail) => {
      this.#socket.onopen = () => done();
      this.#asked.set(0, { done, fail });
    });
    await within(ANSWER_MS, opened);
    this.#asked.delete(0);
    this.open = true;
    await this.ask("auth", credential);
    this.#entered = true;
  }

  /**
   * @param {string} name @param {object} data
   * @returns {Promise<any>} the answer; Refused, or Lost when the connection ends before
   */
  async ask(name, data) {
    if (!this.open) throw new Lost("not connected");
    const id = ++this.#lastId;
    const answered = new Promise((done, fail) => this.#asked.set(id, { done, fail }));
    this.#socket.send(JSON.stringify({ event: name, id, data }));
    try {
      const answer = await within(ANSWER_MS, answered);
      if (!answer.ok) throw new Refused(answer.error);
      return answer;
    } finally {
      this.#asked.delete(id);
    }
  }

  /** @param {import("./frames.js").Frame} frame */
  sound({ seq, bytes, codec }) {
    const message = new Uint8Array(5 + bytes.length);
    new DataView(message.buffer).setUint32(0, seq);
    message[4] = codec;
    message.set(bytes, 5);
    this.#socket.send(message);
  }

  /** Leave it at once; nothing that still comes is passed on. */
  close() {
    this.open = false;
    this.#entered = false;
    const socket = this.#socket;
    socket.onopen = socket.onmessage = socket.onclose = null;
    this.#fail(new Lost("closed"));
    socket.close(1000);
  }

  /** @param {any} message */
  #received(message) {
    this.heardAt = performance.now();
    const said = read(message);
    if (said === null) return; // an event that was garbled is missed by its number
    if ("ack" in said) return this.#asked.get(said.ack)?.done(said.data);
    if (said.event === "error") this.#complaint = said.data;
    if (this.#entered) this.#ends.event(said.event, said.data, said.sound);
  }

  /** @param {number} code @param {string} reason */
  #closed(code, reason) {
    this.open = false;
    const refusal = code === POLICY ? (this.#complaint ?? { error: reason, message: reason }) : null;
    this.#fail(refusal ? new Refused(refusal) : new Lost(`the connection was closed (${code})`));
    // Not at once: answers that came with the close, in one piece of the stream, have to reach those who wait for them.
    setTimeout(() => this.#entered && this.#ends.closed());
  }

  /** @param {Error} error */
  #fail(error) {
    for (const { fail } of this.#asked.values()) fail(error);
    this.#asked.clear();
  }
}

/** @param {any} message @returns {any} an answer, or an event with its data; null for what is neither */
function read(message) {
  try {
    if (typeof message === "string") {
      const said = JSON.parse(message);
      const data = typeof said.data === "object" ? (said.data ?? {}) : {};
      return "ack" in said || typeof said.event === "string" ? { ...said, data } : null;
    }
    const head = new DataView(message);
    return { event: "response.audio", data: { epoch: head.getUint16(0), seq: head.getUint32(2) }, sound: message.slice(7) };
  } catch {
    return null;
  }
}

/** @param {string} codec */
export function codecNumber(codec) {
  const number = CODECS[/** @type {keyof typeof CODECS} */ (codec)];
  if (number === undefined) throw new TypeError(`The codec is pcm16 or opus, not ${codec}.`);
  return number;
}

/** @template T @param {number} ms @param {Promise<T>} work @returns {Promise<T>} */
function within(ms, work) {
  return new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Lost("no answer")), ms);
    work.then(done, fail).finally(() => clearTimeout(late));
  });
}
