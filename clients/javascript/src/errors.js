/** What may go wrong. `code` is stable and made for programs, `message` is a sentence for people. */

/** @typedef {{error: string, message: string, retry_after?: number, [member: string]: unknown}} ErrorBody */

/** The server refused a request over HTTP. */
export class ApiError extends Error {
  /** @param {number} status @param {any} [body] as the server sent it; null when a proxy answered @param {number | null} [retryAfter] */
  constructor(status, body, retryAfter = null) {
    const detail = body?.detail ?? body?.error; // those of /v1 have the shape of another API
    const given = detail !== null && typeof detail === "object" ? detail : {};
    super(given.message ?? `The server answered ${status}.`);
    this.name = "ApiError";
    /** The HTTP status. */
    this.status = status;
    /** @type {string} */
    this.code = given.error ?? given.code ?? "unknown";
    /** @type {ErrorBody | Record<string, any>} the whole error body */
    this.details = given;
    /** Seconds after which another try may succeed, where the server says so. */
    this.retryAfter = retryAfter;
  }
}

/** The server cannot be reached. */
export class Offline extends Error {
  /** @param {string} [message] */
  constructor(message = "The server cannot be reached.") {
    super(message);
    this.name = "Offline";
    this.code = "offline";
  }
}

/** The server refused an event or a connection of a session. */
export class Refused extends Error {
  /** @param {ErrorBody} error */
  constructor(error) {
    super(error.message);
    this.name = "Refused";
    this.code = error.error;
    /** The whole error body. */
    this.details = error;
  }
}

/** The connection broke before the answer. Sessions connect again by themselves, so programs do not see it. */
export class Lost extends Error {}

/** Why a session answers nothing: not begun, left by `close()`, ended. */
export const NOT_JOINED = { error: "not_joined", message: "Start or join the session first." };
export const CLOSED = { error: "closed", message: "The session was closed here." };
export const ENDED = { error: "session_ended", message: "The session is over." };
