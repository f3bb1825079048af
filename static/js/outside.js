/**
 * Tells the page around the frame what happens: `{ source: "parley", event, … }` by postMessage, to the one origin that the
 * token names. docs/guides/embedding.md lists the events.
 */
import { onProblem } from "./status.js";
import { PARTS } from "./words.js";

/** @param {string} token a JWT, which the server has checked @returns {string} the origin that may show it */
function originOf(token) {
  const claims = token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/");
  return JSON.parse(atob(claims)).origin;
}

export class Outside {
  #origin;

  /** @param {string} token */
  constructor(token) {
    this.#origin = originOf(token);
    onProblem((code, message) => this.tell("error", { code, message }));
    const whole = document.documentElement;
    const measure = () => this.tell("size", { height: Math.ceil(whole.getBoundingClientRect().height) });
    new ResizeObserver(measure).observe(whole);
  }

  /** @param {string} event @param {object} [data] */
  tell(event, data = {}) {
    if (window.parent !== window) window.parent.postMessage({ source: "parley", event, ...data }, this.#origin);
  }

  /** What happens in a live session. @param {"reading" | "talk"} kind */
  follow(session, kind) {
    let started = false;
    session.on("connection", ({ state }) => {
      if (state === "connected" && !started) this.tell("started", { kind, session_id: session.id });
      started ||= state === "connected";
    });
    const words = (role, final) => (event) => event.text && this.tell("words", { kind, role, turn_id: event.turn_id, text: event.text, final });
    session.on("transcript.partial", words("user", false));
    session.on("transcript.final", (event) => words(event.role, true)(event));
    session.on("response.done", words("ai", true));
    session.on("pronunciation.final", ({ turn_id, pronunciation }) => this.tell("score", { kind, turn_id, ...scores(pronunciation) }));
    session.on("session.ended", ({ reason, billed_seconds }) => this.tell("ended", { kind, reason, billed_seconds }));
  }
}

function scores(report) {
  const numbers = Object.fromEntries(PARTS.map((name) => [name, report[name] ?? null]));
  return { ...numbers, words: report.words.map(({ word, score, error }) => ({ word, score, error })) };
}
