/** The client of this page (clients/javascript, served under /sdk), and its calls as functions for the screens. */
import { ApiError, Offline } from "/sdk/errors.js";
import { PageSignIn } from "/sdk/page.js";
import { Parley } from "/sdk/parley.js";
import { Given } from "/sdk/sign-in.js";
import { freshen } from "./router.js";

export { ApiError, Offline };

export const parley = new Parley();
const visitor = new PageSignIn("", parley.fetch, { onChange: freshen });
parley.actAs(visitor);

export const call = parley.call.bind(parley);
export const get = parley.get.bind(parley);
export const all = parley.all.bind(parley);
export const send = parley.send.bind(parley);
export const token = parley.token.bind(parley);
export const signOut = parley.signOut.bind(parley);
export const signIn = parley.signIn.bind(parley);

const stranger = new Parley("", { token: "" });

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
  parley.actAs(new Given(integrationToken));
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
