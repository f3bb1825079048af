/**
 * The REST API, as a learner's browser uses it. Nothing that opens an account is kept where a script can read it: the
 * access token lives in this page, and what buys the next one in a cookie that only the server sees.
 */
import { freshen } from "./router.js";

const WHO = "parley.who"; // "guest" or "account" and a number that changes with each sign-in: no secret
const TRY = "parley.try"; // names the request for a guest's account until it is answered, so that none is made twice
const AUTH = "/api/auth/page";

export class ApiError extends Error {
  constructor(status, body) {
    super(body?.detail?.message ?? `The server answered ${status}.`);
    this.status = status;
    this.code = body?.detail?.error ?? "unknown";
    this.details = body?.detail ?? {};
  }
}

/** The server cannot be reached. */
export class Offline extends Error {}

let access = null;
let expires = 0;
let given = null;
let acted = false; // this page has been somebody: signed out elsewhere, it does not go on as somebody new

/** Private windows and frames of other sites may refuse storage; what is kept then lasts as long as the page. */
const storage = {
  own: new Map(),
  get(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return this.own.get(key) ?? null;
    }
  },
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      this.own.set(key, value);
    }
  },
};

/** Whose browser this is, as far as it knows: "guest", "account" or null. */
export function who() {
  const kind = storage.get(WHO)?.split(":")[0];
  return kind === "guest" || kind === "account" ? kind : null;
}

addEventListener("storage", ({ key, oldValue, newValue }) => {
  if (key === WHO && oldValue !== null && oldValue !== newValue) freshen(); // another tab signed in or out
});

/**
 * @param {string} method
 * @param {string} path
 * @param {{json?: unknown, body?: BodyInit, token?: string | null, headers?: Record<string, string>, signal?: AbortSignal}} [given]
 */
async function request(method, path, { json, body, token: bearer, headers = {}, signal } = {}) {
  const sent = { ...headers };
  if (json !== undefined) sent["Content-Type"] = "application/json";
  if (bearer) sent.Authorization = `Bearer ${bearer}`;
  const content = json !== undefined ? JSON.stringify(json) : body;
  const response = await fetch(path, { method, headers: sent, body: content, signal }).catch((error) => {
    throw error.name === "AbortError" ? error : new Offline(error.message);
  });
  if (!response.ok) throw new ApiError(response.status, parse(await response.text()));
  return response;
}

/** null for what a proxy says in its own words. */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** One at a time in all tabs of this browser; pages that are not served over https have no locks. */
function alone(work) {
  return navigator.locks ? navigator.locks.request("parley.sign-in", work) : work();
}

async function enter(kind, operation, json, headers = {}) {
  const tokens = parse(await (await request("POST", `${AUTH}/${operation}`, { json, headers })).text());
  access = tokens.access_token;
  expires = Date.now() + tokens.expires_in * 1000;
  acted = true;
  if (operation !== "refresh" || !who()) storage.set(WHO, `${kind}:${Date.now()}`);
}

function forget() {
  access = null;
  storage.set(WHO, null);
}

async function openGuest() {
  const key = storage.get(TRY) ?? crypto.getRandomValues(new Uint32Array(8)).join("-");
  storage.set(TRY, key);
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  try {
    await enter("guest", "guest", { timezone }, { "Idempotency-Key": key });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 400) throw error;
    await enter("guest", "guest", {}, { "Idempotency-Key": `${key}-utc` }); // a time zone that the server does not know
  }
  storage.set(TRY, null);
}

async function renew() {
  const kind = who();
  if (kind === null) {
    if (acted) throw new ApiError(401, { detail: { error: "signed_out", message: "Signed out." } });
    return openGuest();
  }
  try {
    await enter(kind, "refresh", {});
  } catch (error) {
    if (!(error instanceof ApiError) || ![400, 401, 403].includes(error.status)) throw error;
    forget();
    if (kind === "account") throw error;
    await openGuest(); // a guest's account is gone, or was never this server's: one simply begins again
  }
}

let pending = null;

/** From now on act with this token, which somebody else gave us, and not as a guest. */
export function actWith(integrationToken) {
  given = integrationToken;
}

/** An access token that is good for at least half a minute. `refused`: the last one was, early. */
export async function token(refused = false) {
  if (given) return given;
  if (refused) expires = 0; // revoked, or the server has another key or another database
  if (!access || expires - Date.now() < 30_000) {
    pending ??= alone(renew).finally(() => (pending = null));
    await pending;
  }
  return access;
}

/** Like fetch, as this account; ApiError for what is refused. */
export async function send(method, path, options = {}) {
  try {
    return await request(method, path, { ...options, token: await token() });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401 || given || error.code === "invalid_credentials") throw error;
    return request(method, path, { ...options, token: await token(true) });
  }
}

/**
 * What the API answers to a JSON request; null for 204.
 * @template {string} M @template {string} P
 * @param {M} method @param {P} path @param {import("./api-types").Body<M, P>} [json]
 * @returns {Promise<import("./api-types").Answer<M, P>>}
 */
export async function call(method, path, json) {
  return parse(await (await send(method, path, { json })).text());
}

/**
 * @template {string} P
 * @param {P} path @param {Record<string, string | number | boolean | null | undefined>} [query]
 * @returns {Promise<import("./api-types").Answer<"GET", P>>}
 */
export function get(path, query = {}) {
  const wanted = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const text = new URLSearchParams(wanted.map(([name, value]) => [name, String(value)])).toString();
  return /** @type {Promise<any>} */ (call("GET", String(text ? `${path}?${text}` : path)));
}

/**
 * All pages of a list, at most `most` items.
 * @template {string} P
 * @param {P} path
 * @returns {Promise<import("./api-types").Answer<"GET", P> extends { items: (infer I)[] } ? I[] : never>}
 */
export async function all(path, query = {}, most = 1000) {
  /** @type {any} */
  const items = [];
  let cursor = null;
  do {
    /** @type {any} */
    const page = await get(path, { limit: 100, ...query, cursor });
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor && items.length < most);
  return items;
}

/**
 * As `call`, for what strangers may ask: without an account, and without opening one.
 * @template {string} M @template {string} P
 * @param {M} method @param {P} path @param {import("./api-types").Body<M, P>} [json]
 * @returns {Promise<import("./api-types").Answer<M, P>>}
 */
export async function callAsStranger(method, path, json) {
  return parse(await (await request(method, path, { json })).text());
}

export async function signIn(username, password) {
  await alone(() => enter("account", "login", { username, password }));
}

/** Whoever has no account, or none any more, begins as a guest. */
export async function begin() {
  if (who() === null) {
    access = null;
    acted = false;
  }
  await token();
}

/** A guest keeps what was done, under a name and password; a stranger begins with them, or stays one. */
export async function signUp(fields) {
  const stranger = who() === null;
  await begin();
  try {
    await call("POST", "/api/auth/claim", fields);
  } catch (error) {
    if (stranger && error instanceof ApiError) await leave(null); // the guest was made for this only
    throw error;
  }
  storage.set(WHO, `account:${Date.now()}`);
}

export async function signOut(everywhere = false) {
  await alone(() => request("POST", `${AUTH}/logout`, { json: { everywhere } }));
  forget();
  acted = false;
}

/** The account is gone: so is what this browser knows of it. */
export async function leave(password) {
  await call("DELETE", "/api/auth/me", password ? { password } : {});
  await signOut();
}
