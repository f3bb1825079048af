/** Whoever speaks is told who watches, for as long as somebody does. */
import { t } from "./i18n.js";

/** @param {import("/sdk/session.js").Session} session @param {HTMLElement} line hidden while nobody watches */
export function showObservers(session, line) {
  session.on("session.observers", (event) => say(line, event));
  session.on("session.ended", () => say(line, { count: 0, names: [] }));
}

/** @param {HTMLElement} line @param {{count: number, names: string[]}} event */
export function say(line, { count, names }) {
  line.hidden = count === 0;
  line.textContent = count ? t("talk.watching", { count, names: names.join(", ") }) : "";
}
