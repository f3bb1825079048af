/** Reading and talking as two tabs, where there is no menu around them. */
import { html, render } from "../vendor/lit.esm.min.js";
import { t } from "./i18n.js";
import { Reading } from "./reading.js";
import { Talk } from "./talk.js";
import { readingPanel, talkPanel } from "./templates.js";

function show(name) {
  for (const tab of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[role=tab]"))) {
    const chosen = tab.dataset.panel === name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    document.getElementById(tab.dataset.panel).hidden = !chosen;
  }
}

function tab(panel, label) {
  return html`<button role="tab" type="button" data-panel=${panel} aria-controls=${panel} @click=${() => show(panel)}>${label}</button>`;
}

/** Bring the page to life. Nothing is asked of the server before somebody presses a button in a panel; `follow` gets each session. */
export function prepare(place, follow) {
  render(
    html`<div class="tabs" role="tablist" aria-label=${t("nav.label")} @keydown=${move}>
        ${tab("reading", t("nav.read"))} ${tab("talk", t("nav.talk"))}
      </div>
      <section id="reading" role="tabpanel" aria-label=${t("nav.read")}>${readingPanel()}</section>
      <section id="talk" role="tabpanel" aria-label=${t("nav.talk")} hidden>${talkPanel()}</section>`,
    place,
  );
  new Reading(document.getElementById("reading"), (session) => follow(session, "reading"));
  new Talk(document.getElementById("talk"), (session) => follow(session, "talk"));
  show("reading");
}

function move(event) {
  if (!["ArrowRight", "ArrowLeft"].includes(event.key)) return;
  const other = /** @type {HTMLElement} */ (document.querySelector("[role=tab][aria-selected=false]"));
  show(other.dataset.panel);
  other.focus();
}
