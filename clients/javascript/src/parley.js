/** The client of one Parley server: who acts, the REST API, and live sessions. */
import { Api } from "./api.js";
import { Offline } from "./errors.js";
import { PageSignIn } from "./page.js";
import { Session } from "./session.js";
import { Account, Given } from "./sign-in.js";
import { newKey, seconds } from "./waiting.js";

/** @typedef {import("../types/operations.js").LiveStartSessionRequest} TalkOptions */
/** @typedef {import("../types/events.js").SpeakingStart} SpeakingOptions */
/**
 * @typedef {object} ParleyOptions
 * @property {string | ((refused: boolean) => string | Promise<string>)} [token] an API key, an integration token, or a
 *   function that gives a token; without it sign in with `signIn`, or give a `refreshToken`
 * @property {string | null} [refreshToken] of an earlier sign-in, as `keep` got it
 * @property {(refreshToken: string | null) => void | Promise<void>} [keep] called with each new refresh token: the one
 *   before is worth nothing then
 * @property {boolean} [cookie] for pages of the server's own origin: the refresh token is in a cookie (`PageSignIn`)
 * @property {() => void} [onChange] with `cookie`: another tab signed in or out
 * @property {import("./http.js").Fetch} [fetch] in place of the platform's own
 * @property {typeof WebSocket} [WebSocket] in place of the platform's own
 * @property {string[]} [nodes] addresses for sessions, tried in turn; without it `url`
 */

const TRIES = 4;

export class Parley extends Api {
  #nodes;
  #WebSocket;

  /** @param {string} [url] as "https://parley.example"; in a page of the server itself it may be left out @param {ParleyOptions} [options] */
  constructor(url = "", options = {}) {
    const fetch = options.fetch ?? ((address, init) => globalThis.fetch(address, init));
    const at = url.replace(/\/+$/, "");
    /** @type {import("./sign-in.js").SignIn} */
    let signIn;
    if (options.token !== undefined) signIn = new Given(options.token);
    else if (options.cookie) signIn = new PageSignIn(at, fetch, options);
    else signIn = new Account(at, fetch, options);
    super(at, signIn, fetch);
    this.#nodes = options.nodes ?? [at];
    this.#WebSocket = options.WebSocket;
  }

  /**
   * A session that is not started yet: for listeners that must miss nothing, then `startSpeaking`, `join` or `observe`.
   * @param {"/live" | "/speaking"} namespace @param {Partial<import("./session.js").SessionOptions>} [options]
   */
  session(namespace, options = {}) {
    const token = (/** @type {boolean} */ refused) => this.token(refused);
    return new Session(namespace, { url: this.#nodes, token, WebSocket: this.#WebSocket, ...options });
  }

  /**
   * Read `reference_text` aloud, or speak freely without it; every word is scored.
   * @param {SpeakingOptions} [options] @param {Partial<import("./session.js").SessionOptions>} [session]
   */
  async speaking(options = {}, session = {}) {
    const opened = this.session("/speaking", session);
    try {
      await opened.startSpeaking(options);
    } catch (error) {
      opened.close();
      throw error;
    }
    return opened;
  }

  /**
   * Talk with the tutor. `session.started` is what the start answered, `session.joined` what the join did.
   * @param {TalkOptions} [options] @param {Partial<import("./session.js").SessionOptions>} [session]
   */
  async talk(options = /** @type {TalkOptions} */ ({ session_type: "voice" }), session = {}) {
    const started = await this.#start(options);
    const opened = this.session("/live", { ticket: started.realtime.ticket, ...session });
    opened.started = started;
    try {
      await opened.join(started.session_id);
    } catch (error) {
      opened.close();
      throw error;
    }
    return opened;
  }

  /** Sent again when the answer is lost: with the same key it starts one session. @param {TalkOptions} options */
  async #start(options) {
    const headers = { "Idempotency-Key": newKey() };
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.call("POST", "/api/live/session/start", options, { headers });
      } catch (error) {
        if (!(error instanceof Offline) || attempt === TRIES) throw error;
        await seconds(0.3 * 2 ** attempt);
      }
    }
  }
}
