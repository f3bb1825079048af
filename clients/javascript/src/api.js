/** The REST API, typed by the server's own description of it (`types/operations.d.ts`). */
import { ApiError } from "./errors.js";
import { content, queryOf, request } from "./http.js";
import { events } from "./server-sent.js";

/** @typedef {import("./sign-in.js").SignIn} SignIn */
/** @typedef {import("./http.js").RequestOptions} RequestOptions */
/** @typedef {Record<string, string | number | boolean | null | undefined>} Query */
/** @template {string} M @template {string} P @typedef {import("../types/operations.js").Answer<M, P>} Answer */
/** @template {string} M @template {string} P @typedef {import("../types/operations.js").Body<M, P>} Body */

export class Api {
  #signIn;

  /** @param {string} url the server's address without a path; "" in its own pages @param {SignIn} signIn @param {import("./http.js").Fetch} fetch */
  constructor(url, signIn, fetch) {
    this.url = url.replace(/\/+$/, "");
    this.#signIn = signIn;
    this.fetch = fetch;
  }

  /** From now on act as somebody else. @param {SignIn} signIn */
  actAs(signIn) {
    this.#signIn = signIn;
  }

  /** An access token that is good for at least half a minute. `refused`: the last one was, early. @param {boolean} [refused] */
  token(refused = false) {
    return this.#signIn.token(refused);
  }

  /** Sign in with name and password. @param {string} username or the e-mail address @param {string} password */
  async signIn(username, password) {
    if (!this.#signIn.signIn) throw new TypeError("This client was given a token: nobody can sign in with it.");
    await this.#signIn.signIn(username, password);
  }

  /**
   * Open an account and sign in with it.
   * @param {import("../types/operations.js").RegisterRequest} account
   * @returns {Promise<import("../types/operations.js").UserProfile>} ApiError `email_taken`, `username_taken`, `registration_closed` …
   */
  async register(account) {
    if (!this.#signIn.signIn) throw new TypeError("This client was given a token: nobody can sign in with it.");
    const response = await request(this.fetch, "POST", `${this.url}/api/auth/register`, { json: account });
    await this.signIn(account.username, account.password);
    return content(response);
  }

  /** End this sign-in, or those of all devices. @param {boolean} [everywhere] */
  async signOut(everywhere = false) {
    if (!this.#signIn.signOut) throw new TypeError("This client was given a token: nobody can sign out of it.");
    await this.#signIn.signOut(everywhere);
  }

  /**
   * Like fetch, as this account; before a sign-in without one, as operations that are open to all need none. A token that
   * is refused is replaced once.
   * @param {string} method @param {string} path with its query @param {RequestOptions} [options]
   * @returns {Promise<Response>} one of status 2xx; ApiError for another, Offline when the server cannot be reached
   */
  async send(method, path, options = {}) {
    const signIn = this.#signIn;
    const address = this.url + path;
    try {
      return await request(this.fetch, method, address, { ...options, token: signIn.nobody ? null : await signIn.token() });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401 || signIn.fixed || error.code === "invalid_credentials") throw error;
      return request(this.fetch, method, address, { ...options, token: await signIn.token(true) });
    }
  }

  /**
   * What the API answers to a JSON request; null for 204.
   * @template {string} M @template {string} P
   * @param {M} method @param {P} path as in "/api/conversations/01a2…" @param {Body<M, P>} [json] @param {RequestOptions} [options]
   * @returns {Promise<Answer<M, P>>}
   */
  async call(method, path, json, options = {}) {
    return content(await this.send(method, path, { ...options, json }), options.signal);
  }

  /**
   * @template {string} P
   * @param {P} path @param {Query} [query] members that are null or "" are left out
   * @returns {Promise<Answer<"GET", P>>}
   */
  get(path, query = {}) {
    return /** @type {Promise<any>} */ (this.call("GET", String(path + queryOf(query))));
  }

  /**
   * All pages of a list, at most about `most` items.
   * @template {string} P
   * @param {P} path @param {Query} [query] @param {number} [most]
   * @returns {Promise<Answer<"GET", P> extends { items: (infer I)[] } ? I[] : never>}
   */
  async all(path, query = {}, most = 1000) {
    /** @type {any} */
    const items = [];
    let cursor = null;
    do {
      /** @type {any} */
      const page = await this.get(path, { limit: 100, ...query, cursor });
      items.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor && items.length < most);
    return items;
  }

  /**
   * The events of an operation that streams, as `POST /api/ai/generate` with `stream`.
   * @template {string} M @template {string} P
   * @param {M} method @param {P} path @param {Body<M, P>} [json] @param {RequestOptions} [options]
   * @returns {AsyncGenerator<{event: string, data: any}>}
   */
  async *stream(method, path, json, options = {}) {
    yield* events(await this.send(method, path, { ...options, json }), options.signal);
  }
}
