/** The card of a word, which opens on a click: the scores of its sounds, and advice. */
import { t } from "./i18n.js";
import { band, element, meter } from "./words.js";

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

/** In the model voice, which only those load who ask for it. @param {Parameters<typeof import("./speech.js").speak>} said */
export const speak = async (...said) => (await import("./speech.js")).speak(...said);

async function pronounce(text) {
  await speak(text, 0.85).catch((error) => console.info("No model voice:", error.message));
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
