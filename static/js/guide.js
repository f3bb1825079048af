/** The pages under /docs: the menu, copy buttons, tabs, addresses of this server in the samples, and the search. */
import { element } from "./words.js";

const SAMPLE = "http://127.0.0.1:8080";
const CHOICE = "parley.docs.tab";
const MOST = 20;

/* The menu is open beside the text on a wide screen, and a fold above it on a narrow one. */
const menu = /** @type {HTMLDetailsElement} */ (document.getElementById("menu"));
const wide = matchMedia("(min-width: 56rem)");
const fit = () => {
  menu.open = wide.matches;
};
wide.addEventListener("change", fit);
fit();

/* Samples show the address that the reader came by. */
for (const code of document.querySelectorAll("figure.code code")) {
  for (const node of [...code.querySelectorAll("*"), code].flatMap((one) => [...one.childNodes])) {
    if (node.nodeType === Node.TEXT_NODE && node.nodeValue.includes("127.0.0.1:8080")) {
      const socket = location.origin.replace("http", "ws");
      node.nodeValue = node.nodeValue.replaceAll(SAMPLE, location.origin).replaceAll("ws://127.0.0.1:8080", socket);
    }
  }
}

/** @param {string} text */
async function copied(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = /** @type {HTMLTextAreaElement} */ (element("textarea", { class: "unseen", "aria-hidden": "true" }));
  area.value = text;
  document.body.append(area); // without TLS a page has no clipboard but this one
  area.select();
  document.execCommand("copy");
  area.remove();
}

for (const figure of document.querySelectorAll("figure.code:not(.output)")) {
  const button = element("button", { type: "button", class: "copy" }, "Copy");
  button.addEventListener("click", async () => {
    await copied(figure.querySelector("code").textContent);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
  figure.append(button);
}

/* Neighbouring samples with a tab each become one box. */
let number = 0;
for (const first of document.querySelectorAll("figure[data-tab]")) {
  if (first.closest(".samples")) continue;
  const group = [first];
  for (let next = first.nextElementSibling; next?.matches("figure[data-tab]"); next = next.nextElementSibling) group.push(next);
  const names = [...new Set(group.map((one) => /** @type {HTMLElement} */ (one).dataset.tab))];
  if (names.length > 1) box(group, names);
}

/** @param {Element[]} group @param {string[]} names */
function box(group, names) {
  const id = `samples-${++number}`;
  const list = element("div", { role: "tablist", "aria-label": "Language" });
  const whole = element("div", { class: "samples" }, list);
  group[0].before(whole);
  for (const name of names) {
    const tab = element("button", { type: "button", role: "tab", id: `${id}-${name}`, "aria-controls": `${id}-${name}-panel`, "data-name": name }, name);
    const panel = element("div", { role: "tabpanel", id: `${id}-${name}-panel`, "aria-labelledby": `${id}-${name}` });
    panel.append(...group.filter((one) => /** @type {HTMLElement} */ (one).dataset.tab === name));
    tab.addEventListener("click", () => choose(name));
    tab.addEventListener("keydown", (event) => step(list, tab, /** @type {KeyboardEvent} */ (event)));
    list.append(tab);
    whole.append(panel);
  }
  show(whole, names.includes(kept()) ? kept() : names[0]);
}

/** @param {Element} list @param {Element} from @param {KeyboardEvent} event */
function step(list, from, event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  const tabs = /** @type {HTMLElement[]} */ ([...list.children]);
  const to = tabs[(tabs.indexOf(/** @type {HTMLElement} */ (from)) + by + tabs.length) % tabs.length];
  choose(to.dataset.name);
  to.focus();
}

function kept() {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null; // a browser that keeps nothing
  }
}

/** @param {string} name In every box that has it. */
function choose(name) {
  try {
    localStorage.setItem(CHOICE, name);
  } catch {
    // shown all the same, and forgotten
  }
  for (const whole of document.querySelectorAll(".samples")) show(whole, name);
}

/** @param {Element} whole @param {string} name */
function show(whole, name) {
  const tabs = /** @type {HTMLElement[]} */ ([...whole.querySelectorAll("[role=tab]")]);
  if (!tabs.some((one) => one.dataset.name === name)) return;
  for (const tab of tabs) {
    const chosen = tab.dataset.name === name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !chosen;
  }
}

/* The search: an index of every passage, fetched at the first use. */
const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("search"));
const words = /** @type {HTMLInputElement} */ (document.getElementById("words"));
const results = document.getElementById("results");
const found = document.getElementById("found");
/** @type {Promise<{page: string, title: string, text: string, url: string}[]> | null} */
let index = null;

async function opened() {
  dialog.showModal();
  words.select();
  index ??= fetch("/docs/search.json").then((response) => response.json());
  await looked();
}

/** @param {{title: string, text: string, page: string}} row @param {string[]} wanted */
function weight(row, wanted) {
  const title = row.title.toLowerCase();
  const text = `${row.page} ${row.text}`.toLowerCase();
  let sum = 0;
  for (const word of wanted) {
    if (title.startsWith(word)) sum += 12;
    else if (title.includes(word)) sum += 8;
    else if (text.includes(word)) sum += 1 + (row.page.toLowerCase().includes(word) ? 4 : 0);
    else return 0;
  }
  return sum;
}

/** @param {string} text @param {string} word */
function around(text, word) {
  const at = Math.max(0, text.toLowerCase().indexOf(word) - 40);
  return `${at ? "… " : ""}${text.slice(at, at + 140)}`;
}

async function looked() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = await index.catch(() => null);
  if (!rows) {
    index = null;
    found.textContent = "The search cannot be had right now.";
    return;
  }
  const best = wanted.length ? rows.map((row) => ({ row, points: weight(row, wanted) })).filter((one) => one.points) : [];
  best.sort((one, other) => other.points - one.points);
  found.textContent = wanted.length ? `${best.length} found` : "";
  results.replaceChildren(
    ...best.slice(0, MOST).map(({ row }) =>
      element(
        "li",
        {},
        element(
          "a",
          { href: row.url },
          element("strong", {}, row.title),
          element("span", { class: "small" }, row.page),
          element("span", { class: "small" }, around(row.text, wanted[0])),
        ),
      ),
    ),
  );
}

words.addEventListener("input", looked);
words.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  results.querySelector("a")?.click();
});
results.addEventListener("click", () => dialog.close());
document.getElementById("find").addEventListener("click", opened);
document.addEventListener("keydown", (event) => {
  const field = /** @type {Element} */ (event.target).closest("input, textarea, select");
  const asked = (event.key === "/" && !field) || (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey));
  if (!asked || dialog.open) return;
  event.preventDefault();
  opened();
});
