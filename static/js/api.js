/** The client of this page (clients/javascript, served under /sdk), and its calls as functions for the screens. */
import { Api } from "/sdk/api.js";
import { ApiError, Offline } from "/sdk/errors.js";
import { PageSignIn } from "/sdk/page.js";
import { Given } from "/sdk/sign-in.js";
import { freshen } from "./router.js";

export { ApiError, Offline };

// Without the sessions of the SDK, which come with the screens that have one: a first visit is lighter.
/** @type {import("/sdk/http.js").Fetch} */
const fetching = (address, init) => fetch(address, init);
const visitor = new PageSignIn("", fetching, { onChange: freshen });
const client = new Api("", visitor, fetching);

export const call = client.call.bind(client);
export const get = client.get.bind(client);
export const all = client.all.bind(client);
export const send = client.send.bind(client);
export const token = client.token.bind(client);
export const signOut = client.signOut.bind(client);
export const signIn = client.signIn.bind(client);

const stranger = new Api("", new Given(""), fetching);

/** As `call`, for what strangers may ask: without an account, and without opening one. */
export const callAsStranger = stranger.call.bind(stranger);

/** Whose browser this is, as far as it knows: "guest", "account" or null. */
export const who = visitor.who.bind(visitor);

/** Whoever has no account, or none any more, begins as a guest. */
export const begin = visitor.begin.bind(visitor);

/** The provider sent the browser back, signed in. */
export const arrived = visitor.arrived.bind(visitor);

/** From now on act with this token, which somebody else gave us, and not as a guest. @param {string} integrationToken */
export function actWith(integrationToken) {
  client.actAs(new Given(integrationToken));
}

/** A guest keeps what was done, under a name and password; a stranger begins with them, or stays one. @param {any} fields */
export async function signUp(fields) {
  const unknown = who() === null;
  await begin();
  try {
    await call("POST", "/api/auth/claim", fields);
  } catch (error) {
    if (unknown && error instanceof ApiError) await leave(); // the guest was made for this only
    throw error;
  }
  visitor.claimed();
}

/** The account is gone: so is what this browser knows of it. @param {string | null} [password] */
export async function leave(password) {
  await call("DELETE", "/api/auth/me", password ? { password } : {});
  await signOut();
}
