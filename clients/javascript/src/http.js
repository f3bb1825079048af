/** One request, and its failures as errors. */
import { ApiError, Offline } from "./errors.js";

/** @typedef {(address: string, init?: RequestInit) => Promise<Response>} Fetch */
/**
 * @typedef {object} RequestOptions
 * @property {unknown} [json] what is sent as JSON
 * @property {BodyInit} [body] what is sent as it is: a form, a file
 * @property {Record<string, string>} [headers]
 * @property {AbortSignal} [signal]
 */

const TRIES = 3;
const LONGEST_S = 5; // that somebody waits for a page
const AGAIN_S = 0.5;

/**
 * What only reads is asked again when the server is too busy for it (503) and says that it soon will not be.
 *
 * @param {Fetch} fetch
 * @param {string} method
 * @param {string} address
 * @param {RequestOptions & {token?: string | null}} [given]
 * @returns {Promise<Response>} one of status 2xx; ApiError for another, Offline when there is none
 */
export async function request(fetch, method, address, { json, body, token, headers = {}, signal } = {}) {
  const sent = { ...headers };
  if (json !== undefined) sent["Content-Type"] = "application/json";
  if (token) sent.Authorization = `Bearer ${token}`;
  const init = { method, headers: sent, body: json !== undefined ? JSON.stringify(json) : body, signal };
  for (let left = method === "GET" ? TRIES - 1 : 0; ; left--) {
    const response = await arrived(fetch(address, init), signal);
    if (response.ok) return response;
    const after = Number(response.headers.get("Retry-After"));
    const error = new ApiError(response.status, parse(await arrived(response.text(), signal)), after > 0 ? after : null);
    if (!left || error.status !== 503 || error.retryAfter === null || error.retryAfter > LONGEST_S) throw error;
    await pause(error.retryAfter * (1 + Math.random() / 4), signal); // not all at once
  }
}

/** @param {number} seconds @param {AbortSignal} [signal] @returns {Promise<void>} its reason when it is aborted meanwhile */
async function pause(seconds, signal) {
  signal?.throwIfAborted();
  await new Promise((done, fail) => {
    const quit = () => (clearTimeout(over), fail(signal?.reason));
    const over = setTimeout(() => (signal?.removeEventListener("abort", quit), done(undefined)), 1000 * seconds);
    signal?.addEventListener("abort", quit, { once: true });
  });
}

/**
 * @template T @param {Promise<T>} work of fetch, or of the body that it brings @param {AbortSignal} [signal]
 * @returns {Promise<T>} Offline when the connection broke, the signal's reason when it was aborted
 */
export function arrived(work, signal) {
  return work.catch((error) => {
    throw signal?.aborted ? error : new Offline(error?.message);
  });
}

/**
 * @param {Response} response @param {AbortSignal} [signal]
 * @returns {Promise<any>} its JSON, null for none; Offline when it breaks off, or is the page of a network that wants a sign-in of its own
 */
export async function content(response, signal) {
  const text = await arrived(response.text(), signal);
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    throw new Offline("Something else answered in place of the server.");
  }
}

/**
 * Once more when the answer is lost: the server gives it again for a few seconds, and would take a later use of the same
 * refresh token for theft.
 * @template T @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function again(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Offline)) throw error;
    await pause(AGAIN_S);
    return work();
  }
}

/** @typedef {{access_token: string, refresh_token: string, expires_in: number}} Tokens */
/**
 * @param {Response} response to a sign-in
 * @returns {Promise<Tokens>} Offline when there are no tokens in it
 */
export async function tokensOf(response) {
  const tokens = await content(response);
  if (typeof tokens?.access_token !== "string") throw new Offline("Something else answered in place of the server.");
  return tokens;
}

/** Whether the server itself says that this sign-in is over; a proxy on the way does not know. @param {unknown} error @returns {error is ApiError} */
export function signedOut(error) {
  return error instanceof ApiError && [400, 401, 403].includes(error.status) && error.code !== "unknown";
}

/** null for what a proxy says in its own words. @param {string} text @returns {any} */
export function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param {Record<string, string | number | boolean | null | undefined>} query @returns {string} with its question mark; "" for none */
export function queryOf(query) {
  const wanted = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const text = new URLSearchParams(wanted.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}
