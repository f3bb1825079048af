/**
 * What only reads is asked again when the server is too busy for it (503) and says that it soon will not be.
 *
 * @param {Fetch} fetch
 * @param {string} method
 * @param {string} address
 * @param {RequestOptions & {token?: string | null}} [given]
 * @returns {Promise<Response>} one of status 2xx; ApiError for another, Offline when there is none
 */
export function request(fetch: Fetch, method: string, address: string, { json, body, token, headers, signal }?: RequestOptions & {
    token?: string | null;
}): Promise<Response>;
/**
 * @template T @param {Promise<T>} work of fetch, or of the body that it brings @param {AbortSignal} [signal]
 * @returns {Promise<T>} Offline when the connection broke, the signal's reason when it was aborted
 */
export function arrived<T>(work: Promise<T>, signal?: AbortSignal): Promise<T>;
/**
 * @param {Response} response @param {AbortSignal} [signal]
 * @returns {Promise<any>} its JSON, null for none; Offline when it breaks off, or is the page of a network that wants a sign-in of its own
 */
export function content(response: Response, signal?: AbortSignal): Promise<any>;
/**
 * Once more when the answer is lost: the server gives it again for a few seconds, and would take a later use of the same
 * refresh token for theft.
 * @template T @param {() => Promise<T>} work @returns {Promise<T>}
 */
export function again<T>(work: () => Promise<T>): Promise<T>;
/** @typedef {{access_token: string, refresh_token: string, expires_in: number}} Tokens */
/**
 * @param {Response} response to a sign-in
 * @returns {Promise<Tokens>} Offline when there are no tokens in it
 */
export function tokensOf(response: Response): Promise<Tokens>;
/** Whether the server itself says that this sign-in is over; a proxy on the way does not know. @param {unknown} error @returns {error is ApiError} */
export function signedOut(error: unknown): error is ApiError;
/** null for what a proxy says in its own words. @param {string} text @returns {any} */
export function parse(text: string): any;
/** @param {Record<string, string | number | boolean | null | undefined>} query @returns {string} with its question mark; "" for none */
export function queryOf(query: Record<string, string | number | boolean | null | undefined>): string;
export type Tokens = {
    access_token: string;
    refresh_token: string;
    expires_in: number;
};
export type Fetch = (address: string, init?: RequestInit) => Promise<Response>;
export type RequestOptions = {
    /**
     * what is sent as JSON
     */
    json?: unknown;
    /**
     * what is sent as it is: a form, a file
     */
    body?: BodyInit | undefined;
    headers?: Record<string, string> | undefined;
    signal?: AbortSignal | undefined;
};
import { ApiError } from "./errors.js";
