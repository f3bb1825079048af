/** Words that are coloured by their score, and the numbers of a report as bars. */
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
