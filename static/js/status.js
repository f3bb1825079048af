/** The line that says how the connection is and what went wrong, in words; what heard the speech stands under "Technical". */
import { ApiError, Offline, call } from "./api.js";
import { clock, t } from "./i18n.js";

const CODES = {
  replaced: "live.elsewhere",
  session_active: "live.elsewhere",
  live_quota_exceeded: "live.no_minutes",
  unavailable: "live.full",
  token_expired: "live.token",
};

let timer;
let next = "";
/** @type {((code: string, message: string) => void)[]} */
const listeners = [];

/** From now on `listener` gets every problem of reading and talking, by its code and in words. */
export function onProblem(listener) {
  listeners.push(listener);
}

function problem(error) {
  const text = advice(error);
  tell(text, "problem");
  for (const listener of listeners) listener(typeof error.code === "string" ? error.code : error.name, text);
}

/** Say something that has happened; a `problem` stays until something else is said. */
export function tell(text, kind = "") {
  const line = document.getElementById("status");
  line.textContent = text;
  line.className = kind;
  clearTimeout(timer);
  if (kind === "" && text) timer = setTimeout(() => tell(""), 12_000);
}

/** Say how things go on, unless the line names a problem that the learner has to mend first. */
function mention(text, kind) {
  if (document.getElementById("status").className !== "problem") tell(text, kind);
}

/** Say it when the next screen is there. */
export function tellNext(text) {
  next = text;
}

/** Another screen: what was said belonged to the last one. */
export function clear() {
  const said = next;
  next = "";
  tell(said);
}

/** What the learner can do about an error of a live session. */
export function advice(error) {
  if (error.name === "NotAllowedError") return t(framedOut() ? "microphone.framed" : "microphone.denied");
  if (error.name === "NotFoundError") return t("microphone.none");
  if (error.name === "NotReadableError") return t("microphone.busy");
  if (error.name === "InsecureOrigin") return t("microphone.insecure");
  if (error instanceof Offline) return t("error.offline");
  if (error instanceof ApiError && error.status >= 502) return t("error.server", { status: error.status });
  const known = CODES[error.code];
  return known ? t(known) : error.message;
}

function framedOut() {
  const { permissionsPolicy, featurePolicy } = /** @type {any} */ (document);
  const policy = permissionsPolicy ?? featurePolicy;
  return window !== window.parent && policy && !policy.allowsFeature("microphone");
}

/** Follow a live session on the status line. */
export function watch() {
  let waited = false;
  return {
    say: tell,
    problem,
    engine(engine, latency) {
      if (!engine) return;
      const line = document.getElementById("engine");
      const seconds = latency ? ` · ${(latency.total / 1000).toFixed(1)} s` : "";
      line.textContent = `${engine.name} ${engine.model}${seconds}`;
      line.closest("details").hidden = false;
    },
    follow(session) {
      session.on("connection", ({ state, error }) => {
        if (error) problem(error);
        else if (state === "connected") tell(t("live.connected"));
        else tell(t("live.reconnecting"), "reconnecting");
      });
      session.on("session.state", ({ waiting_for: what, message }) => {
        if (what) mention(message, "waiting");
        else if (waited && message) tell(message, "warning");
        else if (waited) mention(t("live.ready"), "");
        waited = Boolean(what);
      });
      session.on("session.warning", (event) => tell(warning(event), "warning"));
      session.on("session.snapshot", () => tell(t("live.again")));
      session.on("error", (event) => problem({ ...event, code: event.error }));
      countDown(session);
    },
  };
}

function warning({ reason, remaining_seconds: left, message }) {
  if (reason === "quota" || reason === "limit") return t("live.left", { time: clock(left) });
  if (reason === "draining") return t("live.moving");
  return message ?? t("live.below");
}

/** @type {number | null} seconds of this month, as the server counted them last */
let left = null;

function show(seconds) {
  const place = document.getElementById("minutes");
  if (place) place.textContent = t("minutes.left", { time: clock(seconds) });
}

/** The minutes that are left this month. */
export async function showMinutes() {
  const place = document.getElementById("minutes");
  if (!place) return;
  try {
    left = (await call("GET", "/api/live/quota")).remaining_seconds;
    show(left);
  } catch (error) {
    place.textContent = error instanceof Offline ? t("error.offline") : error.message;
  }
}

/**
 * Show how the minutes go while `session` runs: as the server counts them at each join, and by the clock from there on, as
 * long as the session is active and connected. At its end the server is asked what it cost.
 */
export function countDown(session) {
  let base = null; // what was left when it began
  let join = null; // the newest
  let first = 0; // what the first join had left
  let told = 0; // what it had used when it last stood still, or was joined
  let since = null; // from when on it uses minutes; null while it does not
  const used = () => told + (since === null ? 0 : (performance.now() - since) / 1000);
  const stand = (seconds, runs) => {
    told = seconds;
    since = runs ? performance.now() : null;
  };
  const telling = setInterval(() => {
    if (session.over) clearInterval(telling);
    base ??= left;
    if (base !== null && since !== null && !session.over) show(base - used());
  }, 1000);
  session.on("connection", ({ state }) => {
    const isNew = state === "connected" && session.joined !== join;
    if (!isNew) return stand(used(), state === "connected");
    if (join === null) first = session.joined.remaining_seconds;
    join = session.joined;
    stand(first - join.remaining_seconds, true);
  });
  session.on("session.state", ({ status }) => stand(used(), status === "active"));
  session.on("session.warning", ({ reason, remaining_seconds: seconds }) => {
    if (reason === "quota") base = seconds + used();
  });
  session.on("session.ended", showMinutes);
}
