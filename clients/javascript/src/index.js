/// <reference lib="dom" preserve="true" />
/** Parley's client for browsers and Node: see README.md. */
export { Api } from "./api.js";
export { Call } from "./call.js";
export { ApiError, Offline, Refused } from "./errors.js";
export { Capture, play } from "./microphone.js";
export { PageSignIn } from "./page.js";
export { Parley } from "./parley.js";
export { events } from "./server-sent.js";
export { Session } from "./session.js";
export { Account, Given } from "./sign-in.js";
export { Transcript } from "./transcript.js";
export { readWave, wave } from "./wav.js";
