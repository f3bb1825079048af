/** What a task asks, and after its check the learner's own answers in their places, and whether each was right. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { t } from "../i18n.js";
import "../player.js";
import { of } from "./drills.js";
import { gapped, typed } from "./parts.js";
import { MARKS, marked, pieces } from "./result.js";

const SIGNS = { right: "✓", partly: "≈", wrong: "✗" };

/** What is to be done, and what that is about. */
export function asked(task) {
  const sound = task.audio_url || task.speech ? html`<sound-player .src=${task.audio_url} .speech=${task.speech}></sound-player>` : nothing;
  return html`<p class="prompt" lang="en">${task.prompt}</p>
    ${task.points?.length ? html`<ul class="points" lang="en">${task.points.map((point) => html`<li>${point}</li>`)}</ul>` : nothing}
    ${task.picture ? html`<img class="picture" src=${task.picture.url} alt=${task.picture.alt} lang="en" />` : nothing}
    ${sound}
    ${task.passage && !of(task)?.inText ? html`<p class="passage" lang="en" dir="ltr">${task.passage}</p>` : nothing}
    ${task.reference_text ? html`<p class="sentence small-sentence" lang="en" dir="ltr">${task.reference_text}</p>` : nothing}`;
}

/** The answers as they were given. @param {any} task @param {string | string[]} answer @param {any} done what came of it */
export function answered(task, answer, done) {
  if (!typed(answer)) return nothing; // it was spoken
  if (!Array.isArray(answer)) return marked(answer, done.corrections);
  if (task.kind === "ordering") return ordered(task, answer, done.parts[0]);
  const questions = task.items ?? [{ id: "1", text: "", options: task.options }];
  const part = (item) => done.parts.find((each) => each.item === item.id);
  if (questions[0].options) return questions.map((item, index) => chosen(item, answer[index], part(item)));
  const texts = Object.fromEntries((task.options ?? []).map((option) => [option.id, option.text]));
  const own = (item, index) => given(texts[answer[index]] ?? answer[index], part(item), done.corrections.filter((one) => one.item === item.id));
  if (of(task)?.inText) return gapped(task, (index) => html`<span class="filled"><small>(${index + 1})</small> ${own(task.items[index], index)}</span>`);
  return html`<ol class="answers" lang="en" dir="ltr">${questions.map((item, index) => html`<li>${item.text} ${item.goal ? html`<small>${item.goal}</small>` : nothing}<p>${own(item, index)}</p></li>`)}</ol>`;
}

/** By a sign and, for those who do not see it, a word. */
function sign(part) {
  return part ? html` <span aria-hidden="true">${SIGNS[part.verdict]}</span><span class="unseen">(${t(`verdict.${part.verdict}`)})</span>` : nothing;
}

const colour = (part) => (part ? MARKS[part.verdict] : "waiting");

function given(text, part, corrections) {
  return html`<span class="word ${colour(part)}">${pieces(text, corrections)}${sign(part)}</span>`;
}

function chosen(item, answer, part) {
  return html`<div class="question-block" lang="en">
    ${item.text ? html`<p><strong>${item.text}</strong></p>` : nothing}
    ${item.audio_url || item.speech ? html`<sound-player .src=${item.audio_url} .speech=${item.speech}></sound-player>` : nothing}
    <ul class="plain">${item.options.map((option) => html`<li>${option.id === answer ? given(option.text, part, []) : html`<span class="word waiting">${option.text}</span>`}</li>`)}</ul>
  </div>`;
}

function ordered(task, answer, part) {
  const texts = Object.fromEntries(task.options.map((option) => [option.id, option.text]));
  return html`<ol class="answers" lang="en" dir="ltr">${answer.map((id) => html`<li>${texts[id]}</li>`)}</ol>
    <p><span class="word ${colour(part)}">${t(`verdict.${part.verdict}`)}${sign(part)}</span></p>`;
}
