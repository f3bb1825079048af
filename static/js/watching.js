/** Watch somebody else's live session: its events from the beginning, then as they happen. Nothing is sent into it. */
import { Session } from "/sdk/session.js";
import { token } from "./api.js";
import { SCORED } from "./turns.js";

const EVENTS = /** @type {const} */ ([
  "transcript.partial",
  "transcript.final",
  "pronunciation.word",
  "pronunciation.final",
  "response.delta",
  "response.done",
  "session.snapshot",
  "session.ended",
  "turn.void",
]);

export class Watching {
  #session = new Session("/live", { token, waitForRoom: Infinity, keepTurns: SCORED }); // a session that no node runs now is asked for again

  /** @param {string} sessionId @param {(name: string, event: any) => void} tell also "connected", "silent", "reconnecting" and "refused" */
  constructor(sessionId, tell) {
    const session = this.#session;
    for (const name of EVENTS) session.on(name, (event) => tell(name, event));
    session.on("connection", ({ state, error }) => tell(state, error ?? {}));
    session.observe(sessionId).catch((error) => {
      if (session.over) return;
      this.close();
      tell("refused", error);
    });
  }

  close() {
    this.#session.close();
  }
}
