/// <reference lib="dom" preserve="true" />
export { Api } from "./api.js";
export { Call } from "./call.js";
export { PageSignIn } from "./page.js";
export { Parley } from "./parley.js";
export { events } from "./server-sent.js";
export { Session } from "./session.js";
export { Transcript } from "./transcript.js";
export { ApiError, Offline, Refused } from "./errors.js";
export { Capture, play } from "./microphone.js";
export { Account, Given } from "./sign-in.js";
export { readWave, wave } from "./wav.js";
