/** @typedef {import("./sign-in.js").SignIn} SignIn */
/** @typedef {import("./http.js").RequestOptions} RequestOptions */
/** @typedef {Record<string, string | number | boolean | null | undefined>} Query */
/** @template {string} M @template {string} P @typedef {import("../types/operations.js").Answer<M, P>} Answer */
/** @template {string} M @template {string} P @typedef {import("../types/operations.js").Body<M, P>} Body */
export class Api {
    /** @param {string} url the server's address without a path; "" in its own pages @param {SignIn} signIn @param {import("./http.js").Fetch} fetch */
    constructor(url: string, signIn: SignIn, fetch: import("./http.js").Fetch);
    url: string;
    fetch: import("./http.js").Fetch;
    /** From now on act as somebody else. @param {SignIn} signIn */
    actAs(signIn: SignIn): void;
    /** An access token that is good for at least half a minute. `refused`: the last one was, early. @param {boolean} [refused] */
    token(refused?: boolean): Promise<string>;
    /** Sign in with name and password. @param {string} username or the e-mail address @param {string} password */
    signIn(username: string, password: string): Promise<void>;
    /**
     * Open an account and sign in with it.
     * @param {import("../types/operations.js").RegisterRequest} account
     * @returns {Promise<import("../types/operations.js").UserProfile>} ApiError `email_taken`, `username_taken`, `registration_closed` …
     */
    register(account: import("../types/operations.js").RegisterRequest): Promise<import("../types/operations.js").UserProfile>;
    /** End this sign-in, or those of all devices. @param {boolean} [everywhere] */
    signOut(everywhere?: boolean): Promise<void>;
    /**
     * Like fetch, as this account; before a sign-in without one, as operations that are open to all need none. A token that
     * is refused is replaced once.
     * @param {string} method @param {string} path with its query @param {RequestOptions} [options]
     * @returns {Promise<Response>} one of status 2xx; ApiError for another, Offline when the server cannot be reached
     */
    send(method: string, path: string, options?: RequestOptions): Promise<Response>;
    /**
     * What the API answers to a JSON request; null for 204.
     * @template {string} M @template {string} P
     * @param {M} method @param {P} path as in "/api/conversations/01a2…" @param {Body<M, P>} [json] @param {RequestOptions} [options]
     * @returns {Promise<Answer<M, P>>}
     */
    call<M extends string, P extends string>(method: M, path: P, json?: Body<M, P>, options?: RequestOptions): Promise<Answer<M, P>>;
    /**
     * @template {string} P
     * @param {P} path @param {Query} [query] members that are null or "" are left out
     * @returns {Promise<Answer<"GET", P>>}
     */
    get<P extends string>(path: P, query?: Query): Promise<Answer<"GET", P>>;
    /**
     * All pages of a list, at most about `most` items.
     * @template {string} P
     * @param {P} path @param {Query} [query] @param {number} [most]
     * @returns {Promise<Answer<"GET", P> extends { items: (infer I)[] } ? I[] : never>}
     */
    all<P extends string>(path: P, query?: Query, most?: number): Promise<Answer<"GET", P> extends {
        items: (infer I)[];
    } ? I[] : never>;
    /**
     * The events of an operation that streams, as `POST /api/ai/generate` with `stream`.
     * @template {string} M @template {string} P
     * @param {M} method @param {P} path @param {Body<M, P>} [json] @param {RequestOptions} [options]
     * @returns {AsyncGenerator<{event: string, data: any}>}
     */
    stream<M extends string, P extends string>(method: M, path: P, json?: Body<M, P>, options?: RequestOptions): AsyncGenerator<{
        event: string;
        data: any;
    }>;
    #private;
}
export type SignIn = import("./sign-in.js").SignIn;
export type RequestOptions = import("./http.js").RequestOptions;
export type Query = Record<string, string | number | boolean | null | undefined>;
export type Answer<M extends string, P extends string> = import("../types/operations.js").Answer<M, P>;
export type Body<M extends string, P extends string> = import("../types/operations.js").Body<M, P>;
