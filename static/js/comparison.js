/** Two readings of one text beside each other: whether the whole and which words got better or worse. */
import { t } from "./i18n.js";
import { element, read } from "./words.js";

const LEAST = 5; // points: less is chance

/** A word that was left out counts nothing; null is one that could not be scored. */
function points(word) {
  if (word.error === "omission") return 0;
  return typeof word.score === "number" ? Math.round(word.score) : null;
}

/**
 * Two reports of the same text.
 * @returns {{before: number, now: number, better: Change[], worse: Change[]}}
 * @typedef {{word: string, before: number, now: number}} Change
 */
export function compared(last, report) {
  const before = read(last).map(points);
  const changes = read(report)
    .map((word, index) => ({ word: word.word, before: before[index] ?? null, now: points(word) }))
    .filter((one) => one.before !== null && one.now !== null);
  const by = (one) => one.now - one.before;
  return {
    before: Math.round(last.overall),
    now: Math.round(report.overall),
    better: changes.filter((one) => by(one) >= LEAST).sort((a, b) => by(b) - by(a)),
    worse: changes.filter((one) => by(one) <= -LEAST).sort((a, b) => by(a) - by(b)),
  };
}

/** The comparison as an element. */
export function comparison(last, report) {
  const { before, now, better, worse } = compared(last, report);
  return element(
    "section",
    { class: "attempts", "aria-label": t("attempts.title") },
    element("h3", {}, t("attempts.title")),
    element("p", { class: "overall" }, `${t("part.overall")}: `, step(before, now)),
    better.length ? list("better", better) : null,
    worse.length ? list("worse", worse) : null,
    better.length || worse.length ? null : element("p", {}, t("attempts.same")),
  );
}

/** @param {"better" | "worse"} kind @param {Change[]} changes */
function list(kind, changes) {
  const row = ({ word, before, now }) => element("li", {}, element("span", { lang: "en" }, word), " ", step(before, now));
  const label = t(kind === "better" ? "attempts.better" : "attempts.worse");
  return element("div", { class: kind }, element("h4", {}, label), element("ul", {}, ...changes.map(row)));
}

function step(before, now) {
  return element("span", { class: "step", dir: "ltr" }, `${before} → ${now}`);
}
