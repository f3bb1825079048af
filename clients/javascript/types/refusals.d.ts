/** The server has no room, or no time, for a new session. @param {unknown} error @returns {error is Refused} */
export function busy(error: unknown): error is Refused;
/**
 * Whether nothing is to be hoped for any more: an error of the program's own token source is, what a proxy says on the way
 * to a new token is not.
 * @param {Error & {code?: string}} error @param {boolean} observing
 */
export function isFinal(error: Error & {
    code?: string;
}, observing: boolean): boolean;
export const CREDENTIAL: string[];
/** This line does not lead to the session any more. */
export const ELSEWHERE: string[];
import { Refused } from "./errors.js";
