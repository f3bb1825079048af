import { Reading } from "./reading.js";
import { showMinutes } from "./status.js";
import { Talk } from "./talk.js";

function show(name) {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const chosen = tab.dataset.panel === name;
    tab.setAttribute("aria-selected", chosen);
    tab.tabIndex = chosen ? 0 : -1;
    document.getElementById(tab.dataset.panel).hidden = !chosen;
  }
}

function enter() {
  document.body.classList.add("entered");
  document.getElementById("welcome").hidden = true;
  document.getElementById("work").hidden = false;
  showMinutes();
}

new Reading(document.getElementById("reading"));
new Talk(document.getElementById("talk"));

document.getElementById("try").addEventListener("click", enter);
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
if (location.hash === "#talk" || location.hash === "#reading") {
  enter();
  show(location.hash.slice(1));
}
