/** What a refusal means for a session: that it is over, that another credential may do, or that it is worth another try. */
import { ApiError, Refused } from "./errors.js";

const FINAL = ["not_authenticated", "token_expired", "forbidden", "not_found", "replaced", "INSUFFICIENT_API_KEY_SCOPE", "signed_out"];
export const CREDENTIAL = ["not_authenticated", "token_expired"];
/** This line does not lead to the session any more. */
export const ELSEWHERE = ["session_moved", "not_joined"];

/** The server has no room, or no time, for a new session. @param {unknown} error @returns {error is Refused} */
export function busy(error) {
  return error instanceof Refused && ["unavailable", "rate_limited"].includes(error.code);
}

/**
 * Whether nothing is to be hoped for any more: an error of the program's own token source is, what a proxy says on the way
 * to a new token is not.
 * @param {Error & {code?: string}} error @param {boolean} observing
 */
export function isFinal(error, observing) {
  const code = error.code ?? "";
  if (FINAL.includes(code) || (observing && code === "session_ended")) return true;
  return !(error instanceof Refused || (error instanceof ApiError && (error.status >= 429 || code === "unknown")));
}
