/**
 * The sign-in of a page of Parley's own origin. Nothing that opens an account is kept where a script can read it: the
 * access token lives in the page, and what buys the next one in a cookie that only the server sees. A visitor without an
 * account acts as a guest. All tabs of a browser share one sign-in.
 */
import { ApiError } from "./errors.js";
import { again, content, request, signedOut, tokensOf } from "./http.js";

const WHO = "parley.who"; // "guest" or "account" and a number that changes with each sign-in: no secret
const TRY = "parley.try"; // names the request for a guest's account until it is answered, so that none is made twice
const AUTH = "/api/auth/page";
const MARGIN_MS = 30_000;

/** Private windows and frames of other sites may refuse storage; what is kept then lasts as long as the page. */
const storage = {
  /** @type {Map<string, string | null>} */
  own: new Map(),
  /** @param {string} key */
  get(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return this.own.get(key) ?? null;
    }
  },
  /** @param {string} key @param {string | null} value */
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      this.own.set(key, value);
    }
  },
};

/** @typedef {import("./sign-in.js").SignIn} SignIn */

/** @implements {SignIn} */
export class PageSignIn {
  fixed = false;
  #fetch;
  #url;
  #access = "";
  #expires = 0;
  #acted = false; // this page has been somebody: signed out elsewhere, it does not go on as somebody new
  /** @type {Promise<void> | null} */
  #pending = null;

  /**
   * @param {string} url @param {import("./http.js").Fetch} fetch
   * @param {{onChange?: () => void}} [options] `onChange`: another tab signed in or out
   */
  constructor(url, fetch, { onChange = () => {} } = {}) {
    this.#url = url;
    this.#fetch = fetch;
    addEventListener("storage", ({ key, oldValue, newValue }) => {
      if (key === WHO && oldValue !== null && oldValue !== newValue) onChange();
    });
  }

  /** Whose browser this is, as far as it knows. @returns {"guest" | "account" | null} */
  who() {
    const kind = storage.get(WHO)?.split(":")[0];
    return kind === "guest" || kind === "account" ? kind : null;
  }

  async token(refused = false) {
    if (refused) this.#expires = 0; // revoked, or the server has another key or another database
    if (!this.#access || this.#expires - Date.now() < MARGIN_MS) {
      this.#pending ??= alone(() => this.#renew()).finally(() => (this.#pending = null));
      await this.#pending;
    }
    return this.#access;
  }

  /** @param {string} username @param {string} password */
  async signIn(username, password) {
    await alone(() => this.#enter("account", "login", { username, password }));
  }

  /** The server signed this browser in while it was at the provider: whose it is now is the server's word. */
  async arrived() {
    await alone(() => this.#enter("account", "refresh", {}));
    const token = this.#access;
    const me = await content(await request(this.#fetch, "GET", `${this.#url}/api/auth/me`, { token }));
    storage.set(WHO, `${me.is_guest ? "guest" : "account"}:${Date.now()}`);
  }

  /** Whoever has no account, or none any more, begins as a guest. */
  async begin() {
    if (this.who() === null) {
      this.#access = "";
      this.#acted = false;
    }
    await this.token();
  }

  /** The guest has become an account with a name and a password. */
  claimed() {
    storage.set(WHO, `account:${Date.now()}`);
  }

  async signOut(everywhere = false) {
    await alone(async () => content(await this.#post("logout", { everywhere })));
    this.#forget();
    this.#acted = false;
  }

  /** @param {string} operation @param {object} json @param {Record<string, string>} [headers] */
  #post(operation, json, headers) {
    return request(this.#fetch, "POST", `${this.#url}${AUTH}/${operation}`, { json, headers });
  }

  /** @param {string} kind @param {string} operation @param {object} json @param {Record<string, string>} [headers] */
  async #enter(kind, operation, json, headers = {}) {
    const tokens = await tokensOf(await this.#post(operation, json, headers));
    this.#access = tokens.access_token;
    this.#expires = Date.now() + tokens.expires_in * 1000;
    this.#acted = true;
    if (operation !== "refresh" || !this.who()) storage.set(WHO, `${kind}:${Date.now()}`);
  }

  #forget() {
    this.#access = "";
    storage.set(WHO, null);
  }

  async #openGuest() {
    const key = storage.get(TRY) ?? crypto.getRandomValues(new Uint32Array(8)).join("-");
    storage.set(TRY, key);
    const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
    try {
      await this.#enter("guest", "guest", { timezone }, { "Idempotency-Key": key });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 400) throw error;
      await this.#enter("guest", "guest", {}, { "Idempotency-Key": `${key}-utc` }); // a time zone that the server does not know
    }
    storage.set(TRY, null);
  }

  async #renew() {
    const kind = this.who();
    if (kind === null) {
      if (this.#acted) throw new ApiError(401, { detail: { error: "signed_out", message: "Signed out." } });
      return this.#openGuest();
    }
    try {
      await again(() => this.#enter(kind, "refresh", {}));
    } catch (error) {
      if (!signedOut(error)) throw error;
      this.#forget();
      this.#acted = kind === "account";
      if (this.#acted) throw error;
      await this.#openGuest(); // a guest's account is gone, or was never this server's: one simply begins again
    }
  }
}

/** One at a time in all tabs of this browser; pages that are not served over https have no locks. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
function alone(work) {
  return navigator.locks ? /** @type {Promise<any>} */ (navigator.locks.request("parley.sign-in", work)) : work();
}
