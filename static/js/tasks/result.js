/** What came of a task: the score, what was right and wrong and why, and corrections where they belong. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { ring } from "../charts.js";
import { number, t } from "../i18n.js";
import { icon } from "../icons.js";
import { link } from "../router.js";
import { band, meter, read } from "../words.js";
import { typed } from "./parts.js";

/** The colour of a verdict. */
export const MARKS = { right: "good", partly: "fair", wrong: "poor" };

export function result(task, answer, done) {
  return html`<section class="card outcome ${done.passed ? "passed" : "missed-out"}" aria-label=${t("task.result")}>
    <div class="outcome-head">
      ${ring(done.score / 100, number(done.score))}
      <div>
        <h2 tabindex="-1" id="outcome">${t(done.passed ? "task.passed" : "task.not_passed")} · ${t("score.of", { score: done.score })}</h2>
        <p class="feedback" lang="en">${summary(done)}</p>
      </div>
    </div>
    <p class="gains">
      ${done.xp_awarded ? html`<span class="chip good">+${done.xp_awarded} XP</span>` : nothing}
      ${done.xpi.after !== done.xpi.before ? html`<span class="chip accent">${t("home.xpi")}: ${done.xpi.before} → ${done.xpi.after}</span>` : nothing}
    </p>
    ${findings(task, answer, done)}
  </section>`;
}

/** What was right and wrong of an answer, and why. */
export function findings(task, answer, done) {
  return html`${done.parts.length ? parts(task, done.parts) : nothing}
    ${done.transcript && !done.evaluation && (task.audio_url || task.speech || !typed(answer)) ? html`<h3>${t("task.transcript")}</h3><p class="marked" lang="en" dir="ltr">${done.transcript}</p>` : nothing}
    ${corrected(done.corrections)}
    ${done.evaluation ? evaluation(done.evaluation) : nothing}`;
}

/** The feedback without what is said of single parts, which stands with them. */
function summary({ feedback, parts: found }) {
  return feedback
    .split("\n")
    .filter((line) => !found.some((part) => line.endsWith(part.message)))
    .join("\n");
}

/** Each remark once, with all that it is about; that an answer was right is seen in its place. */
function parts(task, found) {
  const items = new Set((task.items ?? []).map((item) => item.id));
  const seen = found.every((part) => items.has(part.item)); // the task shows them by number
  const groups = new Map();
  found.forEach((part, index) => {
    if (seen && part.verdict === "right") return;
    const about = seen ? (found.length > 1 ? `(${part.item})` : null) : found.length === task.points?.length ? task.points[index] : null;
    const key = `${part.verdict} ${part.message}`;
    if (!groups.has(key)) groups.set(key, { ...part, about: [] });
    if (about) groups.get(key).about.push(about);
  });
  return html`<ul class="plain parts">
    ${[...groups.values()].map(
      (one) => html`<li>
        <span class="chip ${MARKS[one.verdict]}">${t(`verdict.${one.verdict}`)}</span>
        <span lang="en">${one.about.map((each) => html`<strong>${each}</strong> `)}${one.message}</span>
      </li>`,
    )}
  </ul>`;
}

/** A text with what is wrong struck out and what is better behind it. */
export function pieces(text, corrections) {
  const found = [];
  let at = 0;
  for (const one of [...corrections].sort((a, b) => a.start - b.start)) {
    if (one.start < at) continue; // inside of another one
    found.push(text.slice(at, one.start));
    found.push(html`<span class="correction" title=${one.message}><del>${text.slice(one.start, one.end)}</del> <ins>${one.suggestion}</ins></span>`);
    at = one.end;
  }
  found.push(text.slice(at));
  return found;
}

export function marked(text, corrections) {
  return html`<p class="marked" lang="en" dir="ltr">${pieces(text, corrections)}</p>`;
}

function corrected(corrections) {
  if (!corrections.length) return nothing;
  return html`<h3>${t("task.corrections")}</h3>
    <ul class="plain parts">
      ${corrections.map((one) => html`<li lang="en"><span><del>${one.original}</del> → <ins>${one.suggestion || "–"}</ins></span> <span class="small">${one.message}${one.explanation ? html` ${one.explanation}` : nothing}${one.module_id ? html` <a href=${link(`/lessons/${one.module_id}`)}>${t("task.lesson")}</a>` : nothing}</span></li>`)}
    </ul>`;
}

/** What was heard, its words by their scores, and marks. */
export function evaluation(found) {
  const words = read(found.pronunciation);
  return html`${found.transcript ? html`<h3>${t("read.heard")}</h3><p class="marked" lang="en" dir="ltr">${found.transcript}</p>` : nothing}
    ${words.length
      ? html`<p class="sentence small-sentence" lang="en" dir="ltr">
          ${words.map((word) => html`<span class="word ${band(word.score, word.error)}">${word.word}</span> `)}
        </p>`
      : nothing}
    ${found.criteria.length
      ? html`<div class="criteria">
          ${found.criteria.map((one) => html`<div class="part" lang="en"><span>${one.name}</span>${meter(one.score)}<output>${number(one.score)}</output></div><p class="small" lang="en">${one.comment}</p>`)}
        </div>`
      : nothing}`;
}

export function statusChip(status) {
  const kind = { passed: "good", completed: "good", attempted: "fair", in_progress: "accent", locked: "", available: "accent" }[status] ?? "";
  return html`<span class="chip ${kind}">${status === "locked" ? icon("lock") : nothing}${t(`status.${status}`)}</span>`;
}
