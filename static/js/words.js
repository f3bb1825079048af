/** Words that are coloured by their score, and the card that opens on a click. */
import { t } from "./i18n.js";

export function band(score, error) {
  if (error === "omission") return "missed";
  if (score === null || score === undefined) return "unscored";
  if (score >= 80) return "good";
  return score >= 60 ? "fair" : "poor";
}

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A word as a button; `update(word)` colours it. */
export class WordButton {
  constructor(text, onOpen) {
    this.word = null;
    this.node = element("button", { type: "button", class: "word waiting", disabled: "" }, text);
    this.node.addEventListener("click", () => onOpen(this.word, this.node));
  }

  /** `word`: {word, score, error, phonemes, start_ms?, end_ms?, provisional?} */
  update(word) {
    this.word = word;
    const found = band(word.score, word.error);
    this.node.className = `word ${found}${word.provisional ? " provisional" : ""}`;
    this.node.disabled = false;
    const score = typeof word.score === "number" ? `${t("score.of", { score: Math.round(word.score) })}, ` : "";
    this.node.setAttribute("aria-label", `${this.node.textContent}: ${score}${t(`score.${found}`)}`);
  }
}

/** The phonemes of a word. `replay(word)` plays it again, `retry(word)` has it said again; null where that cannot be. */
export function openCard(word, anchor, { replay = null, retry = null } = {}) {
  const card = /** @type {HTMLDialogElement} */ (document.getElementById("word-card"));
  const rows = (word.phonemes ?? []).map(soundOf);
  const score = typeof word.score === "number" ? `${Math.round(word.score)}` : "–";
  card.replaceChildren(
    element(
      "header",
      {},
      element("strong", {}, word.word),
      element("span", { class: `score ${band(word.score, word.error)}` }, score),
      element("button", { type: "button", class: "close", "aria-label": t("close"), onclick: () => card.close() }, "×"),
    ),
    word.error && word.error !== "none" ? element("p", { class: "error" }, t(`word.${word.error}`)) : "",
    rows.length ? element("table", {}, element("tbody", {}, ...rows)) : element("p", {}, word.doubtful ? t("word.doubtful") : t("word.no_sounds")),
    adviceOf(word),
    element(
      "div",
      { class: "controls" },
      replay ? element("button", { type: "button", onclick: () => replay(word) }, t("word.again")) : "",
      element("button", { type: "button", onclick: () => pronounce(word.word) }, t("card.model")),
      retry ? element("button", { type: "button", class: "primary", onclick: () => (card.close(), retry(word)) }, t("word.retry")) : "",
    ),
  );
  card.close();
  card.show();
  closeWithoutButton(card, anchor);
  const place = anchor.getBoundingClientRect();
  const left = Math.max(8, Math.min(place.left, innerWidth - card.offsetWidth - 8));
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${place.bottom + scrollY + 6}px`;
  card.querySelector("button").focus({ preventScroll: true }); // where it stands by now
  card.scrollIntoView({ block: "nearest" });
}

function soundOf(phone) {
  return element(
    "tr",
    { class: band(phone.score, null) },
    element("td", { class: "ipa", lang: "en" }, phone.ipa),
    element("td", {}, meter(phone.score)),
    element("td", { class: "number" }, typeof phone.score === "number" ? `${Math.round(phone.score)}` : ""),
    element("td", {}, heardInstead(phone)),
  );
}

/** A single word in the model voice, which only those load who ask for it. */
async function pronounce(text) {
  const spoken = import("./speech.js").then(({ speak }) => speak(text, 0.85));
  await spoken.catch((error) => console.info("No model voice:", error.message));
}

/** "" in `heard` means that nothing was said in the phoneme's place. */
function heardInstead(phone) {
  if (phone.heard === "") return t("score.missed");
  return phone.heard && phone.heard !== phone.phoneme ? t("word.heard", { sound: phone.heard_ipa ?? phone.heard }) : "";
}

/** Escape or a press anywhere else closes the card: it stands beside the text and does not block it. */
function closeWithoutButton(card, anchor) {
  const over = new AbortController();
  const close = () => {
    over.abort();
    if (card.contains(document.activeElement)) anchor.focus();
    card.close();
  };
  const options = { signal: over.signal, capture: true };
  document.addEventListener("keydown", (event) => event.key === "Escape" && close(), options);
  document.addEventListener("pointerdown", (event) => card.contains(event.target) || close(), options);
  card.addEventListener("close", () => over.abort(), { once: true, signal: over.signal });
}

function adviceOf(word) {
  const texts = [word.advice, ...(word.phonemes ?? []).map((phone) => phone.advice)].filter(Boolean);
  const sentences = texts.map((advice) => (typeof advice === "string" ? advice : advice.text)).filter(Boolean);
  return sentences.length ? element("p", { class: "advice" }, [...new Set(sentences)].slice(0, 2).join(" ")) : "";
}

export function meter(score) {
  if (typeof score !== "number") return element("span", { class: "meter empty" }, t("score.unsure"));
  const bar = element("span", { class: "bar" });
  bar.style.width = `${Math.round(score)}%`;
  return element("span", { class: `meter ${band(score, null)}`, title: t("score.of", { score: Math.round(score) }) }, bar);
}

export const PARTS = ["overall", "accuracy", "fluency", "completeness", "prosody"];

/** The words of the text in a report, if there is one; what was said beside it is left out. */
export function read(report) {
  return report?.words?.filter((word) => word.error !== "insertion" && word.error !== "repetition") ?? [];
}

/** The numbers of a report as labelled bars. */
export function scoreboard(pronunciation) {
  const rows = PARTS.filter((key) => typeof pronunciation[key] === "number").map((key) =>
    element(
      "div",
      { class: `part ${key}` },
      element("span", { class: "label" }, t(`part.${key}`)),
      meter(pronunciation[key]),
      element("output", {}, `${Math.round(pronunciation[key])}`),
    ),
  );
  return element("div", { class: "scoreboard" }, ...rows);
}
