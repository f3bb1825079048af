/** What may go wrong. `code` is stable and made for programs, `message` is a sentence for people. */
/** @typedef {{error: string, message: string, retry_after?: number, [member: string]: unknown}} ErrorBody */
/** The server refused a request over HTTP. */
export class ApiError extends Error {
    /** @param {number} status @param {any} [body] as the server sent it; null when a proxy answered @param {number | null} [retryAfter] */
    constructor(status: number, body?: any, retryAfter?: number | null);
    /** The HTTP status. */
    status: number;
    /** @type {string} */
    code: string;
    /** @type {ErrorBody | Record<string, any>} the whole error body */
    details: ErrorBody | Record<string, any>;
    /** Seconds after which another try may succeed, where the server says so. */
    retryAfter: number | null;
}
/** The server cannot be reached. */
export class Offline extends Error {
    /** @param {string} [message] */
    constructor(message?: string);
    code: string;
}
/** The server refused an event or a connection of a session. */
export class Refused extends Error {
    /** @param {ErrorBody} error */
    constructor(error: ErrorBody);
    code: string;
    /** The whole error body. */
    details: ErrorBody;
}
/** The connection broke before the answer. Sessions connect again by themselves, so programs do not see it. */
export class Lost extends Error {
}
export namespace NOT_JOINED {
    let error: string;
    let message: string;
}
export namespace CLOSED {
    let error_1: string;
    export { error_1 as error };
    let message_1: string;
    export { message_1 as message };
}
export namespace ENDED {
    let error_2: string;
    export { error_2 as error };
    let message_2: string;
    export { message_2 as message };
}
export type ErrorBody = {
    error: string;
    message: string;
    retry_after?: number;
    [member: string]: unknown;
};
