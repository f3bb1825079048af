/** The two things to do, reading and talking, and which of them is shown. */
import { Reading } from "./reading.js";
import { Talk } from "./talk.js";

export function show(name) {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const chosen = tab.dataset.panel === name;
    tab.setAttribute("aria-selected", chosen);
    tab.tabIndex = chosen ? 0 : -1;
    document.getElementById(tab.dataset.panel).hidden = !chosen;
  }
}

/** Bring the panels of the page to life. No request is sent before a button is pressed. */
export function prepare() {
  new Reading(document.getElementById("reading"));
  new Talk(document.getElementById("talk"));
  const tabs = [...document.querySelectorAll("[role=tab]")];
  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => show(tab.dataset.panel));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(index + step + tabs.length) % tabs.length];
      show(next.dataset.panel);
      next.focus();
    });
  });
  document.addEventListener("click", (event) => {
    const card = document.getElementById("word-card");
    if (card.open && !card.contains(event.target) && !event.target.closest(".word")) card.close();
  });
}
