/** Watch somebody else's live session: its events from the beginning, then as they happen. Nothing is sent into it. */
import { io } from "../vendor/socket.io.esm.min.js";
import { ApiError, token } from "./api.js";

const ACK_TIMEOUT_MS = 10_000;
const RETRY_MS = 1500;
const FINAL = ["not_found", "session_ended", "forbidden", "not_authenticated", "invalid_request"];

export class Watching {
  #socket;
  #id;
  #tell;
  #lastSeq = 0;
  #refused = false;
  #over = false;

  /** @param {string} sessionId @param {(name: string, event: any) => void} tell also "connected", "reconnecting" and "refused" */
  constructor(sessionId, tell) {
    this.#id = sessionId;
    this.#tell = tell;
    this.#socket = io("/live", {
      transports: ["websocket"],
      forceNew: true,
      auth: async (give) => give({ token: await token(this.#refused).catch(() => "") }),
    });
    this.#socket.on("connect", () => this.#join());
    this.#socket.on("connect_error", (error) => this.#connectFailed(error));
    this.#socket.on("disconnect", (reason) => {
      if (this.#over) return;
      this.#tell("reconnecting", {});
      if (reason === "io server disconnect") this.#again();
    });
    this.#socket.onAny((name, event) => this.#received(name, event));
  }

  close() {
    this.#over = true;
    this.#socket.disconnect();
  }

  async #join() {
    this.#refused = false;
    try {
      const answer = await this.#socket.timeout(ACK_TIMEOUT_MS).emitWithAck("session.join", { session_id: this.#id, observe: true, last_seq: this.#lastSeq });
      if (answer.ok) this.#tell("connected", answer);
      else this.#turnedAway(answer.error);
    } catch {
      this.#again(); // no answer: another node may give one
    }
  }

  #received(name, event) {
    if (name === "error") return this.#turnedAway(event);
    if (event?.seq !== undefined) {
      if (event.seq <= this.#lastSeq && name !== "session.snapshot") return; // seen before the break
      this.#lastSeq = Math.max(this.#lastSeq, event.seq);
    }
    this.#tell(name, event);
    if (name === "session.ended") this.close();
  }

  #connectFailed(error) {
    const code = error.data?.error;
    if (["not_authenticated", "token_expired"].includes(code) && !this.#refused) {
      this.#refused = true;
      this.#again();
    } else if (code) this.#turnedAway(error.data);
    else this.#tell("reconnecting", {});
  }

  #turnedAway(error) {
    if (this.#over) return;
    if (!FINAL.includes(error.error)) return this.#again();
    this.close();
    this.#tell("refused", new ApiError(404, { detail: error }));
  }

  #again() {
    if (!this.#over) setTimeout(() => this.#over || this.#socket.disconnect().connect(), RETRY_MS);
  }
}
