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
    const response = await fetch(address, init).catch((error) => {
      throw error.name === "AbortError" || error.name === "TimeoutError" ? error : new Offline(error.message);
    });
    if (response.ok) return response;
    const after = Number(response.headers.get("Retry-After"));
    const error = new ApiError(response.status, parse(await response.text()), after > 0 ? after : null);
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
