/** The line at the foot of the page: how the connection is, what heard the words, what went wrong. */
import { call } from "./api.js";

const CONNECTION = {
  connected: "Connected",
  reconnecting: "The connection is lost. What you say is kept and sent when it is back.",
};

export function watch() {
  const line = document.getElementById("status");
  const engineLine = document.getElementById("engine");
  let waited = false;
  const say = (text, kind = "") => {
    line.textContent = text;
    line.className = kind;
  };
  return {
    say,
    problem(error) {
      const denied = error.name === "NotAllowedError" || error.name === "NotFoundError";
      say(denied ? noMicrophone() : error.message, "problem");
    },
    engine(engine, latency) {
      if (!engine) return;
      const wait = latency ? `, ${(latency.total / 1000).toFixed(1)} s after the last word` : "";
      engineLine.textContent = `Heard by ${engine.name} ${engine.model}${wait}`;
    },
    follow(session) {
      session.on("connection", ({ state, error }) => say(error?.message ?? CONNECTION[state], state));
      session.on("session.state", ({ waiting_for: what, message }) => {
        if (what) say(message, "waiting");
        else if (waited) say(message ?? "Speech is recognised now.", message ? "warning" : "");
        waited = Boolean(what);
      });
      session.on("session.warning", (event) => say(warning(event), "warning"));
      session.on("session.snapshot", () => say("Connected again; this is the session as it stands."));
      session.on("error", (event) => say(event.message, "problem"));
      session.on("session.ended", showMinutes);
    },
  };
}

function noMicrophone() {
  const policy = document.permissionsPolicy ?? document.featurePolicy;
  if (window !== window.parent && policy && !policy.allowsFeature("microphone")) {
    return 'No microphone: the site around this page keeps it back (its frame needs allow="microphone"). Play a recording.';
  }
  return "No microphone: allow it in the browser, or play a recording.";
}

function warning({ reason, remaining_seconds: left, message }) {
  if (reason === "quota" || reason === "limit") return `${left} seconds are left.`;
  if (reason === "draining") return "This server is going down; the session moves to another one.";
  return message ?? "Something works below its best.";
}

/** The minutes that are left this month. */
export async function showMinutes() {
  const place = document.getElementById("minutes");
  try {
    const quota = await call("GET", "/api/live/quota");
    const left = Math.max(0, quota.remaining_seconds);
    place.textContent = `${Math.floor(left / 60)} min ${left % 60} s left this month`;
  } catch (error) {
    place.textContent = error.message;
  }
}
