/** The result card: what cost most, each thing to hear as it was said and as it should be, and one exercise. */
import { t } from "./i18n.js";
import { element, scoreboard } from "./words.js";

const SHOWN = 3;
const BEFORE_MS = 80;
const AFTER_MS = 120;

/**
 * A pronunciation report (`lost`, `exercise`) as an element.
 *
 * `mine(startMs, endMs)` plays the learner's recording, `model(text)` the model voice, `practise(text)` begins the
 * exercise; a button whose function is missing is not there.
 */
export function resultCard(report, { mine = null, model = null, practise = null } = {}) {
  const lost = (report.lost ?? []).slice(0, SHOWN);
  return element(
    "section",
    { class: "result-card", "aria-label": t("card.title") },
    scoreboard(report),
    lost.length ? element("h3", {}, t("card.cost")) : null,
    lost.length ? element("ol", { class: "losses" }, ...lost.map((loss) => row(loss, { mine, model }))) : null,
    report.exercise ? exerciseOf(report.exercise, { model, practise }) : null,
  );
}

function row(loss, { mine, model }) {
  const canHear = mine !== null && loss.end_ms > loss.start_ms;
  const again = () => mine(Math.max(0, loss.start_ms - BEFORE_MS), loss.end_ms + AFTER_MS);
  return element(
    "li",
    { class: `loss ${loss.kind}` },
    element("span", { class: "points" }, `−${pointsOf(loss.points)}`),
    element("span", { class: "message" }, loss.message),
    element(
      "span",
      { class: "hear" },
      canHear ? button(t("card.mine"), `${t("card.hear.mine")} ${loss.message}`, again) : null,
      model !== null && loss.text ? button(t("card.model"), `${t("card.hear.model")} ${loss.message}`, () => model(loss.text)) : null,
    ),
  );
}

function exerciseOf(exercise, { model, practise }) {
  return element(
    "div",
    { class: "exercise" },
    element("h3", {}, t("card.try")),
    element("p", {}, exercise.instruction),
    element("p", { class: "text", lang: "en" }, exercise.text),
    element(
      "div",
      { class: "controls" },
      model ? button(t("card.model"), `${t("card.hear.model")} ${exercise.text}`, () => model(exercise.text)) : null,
      practise ? button(t("card.read"), `${t("card.read")}: ${exercise.text}`, () => practise(exercise.text), "primary") : null,
    ),
  );
}

/** Whole points, or tenths where less than one was lost. */
function pointsOf(points) {
  return points < 1 ? points.toFixed(1) : `${Math.round(points)}`;
}

function button(text, label, onclick, kind = "") {
  return element("button", { type: "button", class: kind, "aria-label": label, onclick }, text);
}
