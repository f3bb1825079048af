/**
 * Who acts. Each kind has `token(refused)`: an access token that is good for at least half a minute; `refused` says that
 * the last one was not taken, although it should have been.
 */
import { ApiError } from "./errors.js";
import { again, content, request, signedOut, tokensOf } from "./http.js";

/** @typedef {import("./http.js").Fetch} Fetch */
/**
 * @typedef {object} SignIn
 * @property {(refused?: boolean) => Promise<string>} token
 * @property {boolean} fixed whether another token than the last cannot be had
 * @property {boolean} [nobody] nobody has signed in yet: requests go without a token
 * @property {(username: string, password: string) => Promise<void>} [signIn]
 * @property {(everywhere?: boolean) => Promise<void>} [signOut]
 */

const MARGIN_MS = 30_000;

/** With a token that somebody else gave: an integration token, an API key, or what a function returns. @implements {SignIn} */
export class Given {
  #give;

  /** @param {string | ((refused: boolean) => string | Promise<string>)} token */
  constructor(token) {
    this.#give = typeof token === "function" ? token : () => token;
    this.fixed = typeof token !== "function";
  }

  async token(refused = false) {
    return this.#give(refused);
  }
}

/**
 * With name and password. The access token is kept in memory; the refresh token, too, unless `keep` stores it: it is
 * worth a password, changes with every use, and no script of another's should be able to read it.
 * @implements {SignIn}
 */
export class Account {
  fixed = false;
  #url;
  #fetch;
  #keep;
  #access = "";
  #expires = 0;
  /** @type {string | null} */
  #refresh;
  /** @type {{of: string | null, done: Promise<void>} | null} */
  #renewing = null;

  /**
   * @param {string} url @param {Fetch} fetch
   * @param {{refreshToken?: string | null, keep?: (refreshToken: string | null) => void | Promise<void>}} [options]
   */
  constructor(url, fetch, { refreshToken = null, keep = () => {} } = {}) {
    this.#url = url;
    this.#fetch = fetch;
    this.#refresh = refreshToken;
    this.#keep = keep;
  }

  get nobody() {
    return this.#refresh === null;
  }

  /** @param {string} username or the e-mail address @param {string} password */
  async signIn(username, password) {
    await this.#take(await this.#ask("login", { body: new URLSearchParams({ username, password }) }));
  }

  async token(refused = false) {
    if (refused) this.#expires = 0;
    if (this.#expires - Date.now() < MARGIN_MS) {
      await this.#renewed();
    }
    return this.#access;
  }

  /** @param {boolean} [everywhere] all devices of the account */
  async signOut(everywhere = false) {
    const token = await this.token();
    if (everywhere) await this.#others(token);
    await content(await request(this.#fetch, "POST", `${this.#url}/api/auth/logout`, { json: { refresh_token: this.#refresh }, token }));
    await this.#forget();
  }

  /** @param {string} token */
  async #others(token) {
    const address = `${this.#url}/api/auth/sessions`;
    for (let cursor = ""; cursor !== null; ) {
      const page = await content(await request(this.#fetch, "GET", `${address}?limit=100${cursor && `&cursor=${cursor}`}`, { token }));
      for (const one of page.items) if (!one.current) await request(this.#fetch, "DELETE", `${address}/${one.id}`, { token });
      cursor = page.next_cursor;
    }
  }

  /** Once for all that need it: a refresh token is taken once. That of an earlier sign-in may still be under way. */
  #renewed() {
    if (this.#renewing?.of !== this.#refresh || this.#renewing === null) {
      const renewing = { of: this.#refresh, done: this.#renew() };
      const over = () => void (this.#renewing === renewing && (this.#renewing = null));
      renewing.done.then(over, over);
      this.#renewing = renewing;
    }
    return this.#renewing.done;
  }

  async #renew() {
    const held = this.#refresh;
    if (!held) throw new ApiError(401, { detail: { error: "not_authenticated", message: "Sign in first." } });
    try {
      const tokens = await again(() => this.#ask("refresh", { json: { refresh_token: held } }));
      if (this.#refresh === held) await this.#take(tokens); // else somebody has signed in meanwhile
    } catch (error) {
      if (signedOut(error) && this.#refresh === held) await this.#forget();
      throw error;
    }
  }

  /** @param {string} operation @param {import("./http.js").RequestOptions} given */
  async #ask(operation, given) {
    return tokensOf(await request(this.#fetch, "POST", `${this.#url}/api/auth/${operation}`, given));
  }

  /** @param {import("./http.js").Tokens} tokens */
  async #take(tokens) {
    this.#access = tokens.access_token;
    this.#expires = Date.now() + tokens.expires_in * 1000;
    this.#refresh = tokens.refresh_token;
    await this.#keep(this.#refresh);
  }

  async #forget() {
    this.#access = "";
    this.#expires = 0;
    this.#refresh = null;
    await this.#keep(null);
  }
}
