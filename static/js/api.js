/** The REST API, as a learner's browser uses it: a throwaway account that stays in this browser. */

const STORE = "parley.account";

export class ApiError extends Error {
  constructor(status, body) {
    super(body?.detail?.message ?? `The server answered ${status}.`);
    this.status = status;
    this.code = body?.detail?.error ?? "unknown";
  }
}

let account = read();

function read() {
  try {
    const found = JSON.parse(localStorage.getItem(STORE));
    return found !== null && typeof found === "object" && !Array.isArray(found) ? found : null;
  } catch {
    return null;
  }
}

/** Another tab of this browser may have made or renewed the account meanwhile. */
function catchUp() {
  const other = read();
  if (typeof other?.access === "string" && other.access !== account?.access && other.expires > Date.now()) account = other;
}

/** Whether the server does not know, or cannot read, what this browser kept, so that it is useless. */
function unknown(error) {
  return error instanceof ApiError && [400, 401, 403, 404, 422].includes(error.status);
}

function keep(value) {
  account = value;
  try {
    localStorage.setItem(STORE, JSON.stringify(value));
  } catch {
    // private windows may refuse storage; the account then lasts as long as the page
  }
}

async function send(method, path, { json, form, token } = {}) {
  const headers = {};
  let body;
  if (json !== undefined) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(json);
  } else if (form) {
    body = new URLSearchParams(form);
  }
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(path, { method, headers, body });
  const text = await response.text();
  const parsed = parse(text);
  if (!response.ok) throw new ApiError(response.status, parsed);
  return parsed;
}

/** null for an answer that is not JSON, such as a proxy's own. */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function randomText(length) {
  const letters = "abcdefghijkmnpqrstuvwxyz23456789";
  return [...crypto.getRandomValues(new Uint8Array(length))].map((n) => letters[n % letters.length]).join("");
}

/** Make this browser's account and sign in to it. The account is stored before the request is sent: if the answer is lost on
 * the way, the next try signs in to the same one and makes no other. */
async function open() {
  if (!account?.password) keep({ username: `guest_${randomText(10)}`, password: randomText(24) });
  const { username, password } = account;
  const known = account.made || account.refresh;
  if (!known) await register(username, password);
  try {
    keep({ ...account, ...stamped(await send("POST", "/api/auth/login", { form: { username, password } })) });
  } catch (error) {
    if (!unknown(error) || !known) throw error;
    keep(null); // it was deleted: a guest simply gets another
    await open();
  }
}

async function register(username, password) {
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  try {
    await send("POST", "/api/auth/register", {
      json: { email: `${username}@example.com`, username, password, timezone },
    });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 409) throw error; // 409: made before, and the answer was lost
  }
  keep({ ...account, made: true });
}

function stamped(tokens) {
  return {
    access: tokens.access_token,
    refresh: tokens.refresh_token,
    expires: Date.now() + tokens.expires_in * 1000,
  };
}

async function renew() {
  try {
    keep({ ...account, ...stamped(await send("POST", "/api/auth/refresh", { json: { refresh_token: account.refresh } })) });
  } catch (error) {
    if (!unknown(error)) throw error;
    await open(); // signed out: the browser still knows the password
  }
}

let pending = null;
let given = null;

/** From now on act with this token, which the embedding site gave us, and not as a guest. */
export function actWith(integrationToken) {
  given = integrationToken;
}

/** An access token that is good for at least half a minute. `refused`: the last one was, early. */
export async function token(refused = false) {
  if (given) return given;
  if (refused && account) account.expires = 0; // revoked, or the server has another key or another database
  catchUp();
  if (!account?.access || !(account.expires - Date.now() >= 30_000)) {
    pending ??= (account?.refresh ? renew() : open()).finally(() => (pending = null));
    await pending;
  }
  return account.access;
}

export async function call(method, path, json) {
  try {
    return await send(method, path, { json, token: await token() });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401 || given) throw error;
    return send(method, path, { json, token: await token(true) });
  }
}
