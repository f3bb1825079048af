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
    return JSON.parse(localStorage.getItem(STORE));
  } catch {
    return null;
  }
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
  const parsed = text ? JSON.parse(text) : null;
  if (!response.ok) throw new ApiError(response.status, parsed);
  return parsed;
}

function randomText(length) {
  const letters = "abcdefghijkmnpqrstuvwxyz23456789";
  return [...crypto.getRandomValues(new Uint8Array(length))].map((n) => letters[n % letters.length]).join("");
}

async function register() {
  const username = `guest_${randomText(10)}`;
  const password = randomText(24);
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  await send("POST", "/api/auth/register", {
    json: { email: `${username}@example.com`, username, password, timezone },
  });
  const tokens = await send("POST", "/api/auth/login", { form: { username, password } });
  keep({ username, password, ...stamped(tokens) });
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
    if (!(error instanceof ApiError)) throw error;
    await register(); // the old account is gone or was signed out: a guest simply gets another
  }
}

let pending = null;

/** An access token that is good for at least half a minute. */
export async function token() {
  if (!account || account.expires - Date.now() < 30_000) {
    pending ??= (account ? renew() : register()).finally(() => (pending = null));
    await pending;
  }
  return account.access;
}

export async function call(method, path, json) {
  try {
    return await send(method, path, { json, token: await token() });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    account.expires = 0; // revoked early, or the server's key changed
    return send(method, path, { json, token: await token() });
  }
}
