/** Tasks that train one thing, as closed.js has them; `of(task)` finds the view of any task that is not spoken. */
import { html } from "../../vendor/lit.esm.min.js";
import { t } from "../i18n.js";
import "../player.js";
import * as closed from "./closed.js";
import { blank, choices, count, gapped, set, whole } from "./parts.js";

/** Each pair has its own sound. */
const minimal_pairs = {
  first: blank,
  complete: (answer) => answer.every(Boolean),
  view: (task, answer, change) =>
    task.items.map(
      (item, index) => html`<fieldset class="question-block heard-pair">
        <legend><span class="small">${t("task.pair", { number: index + 1 })}</span> <span lang="en">${item.text}</span></legend>
        <sound-player .src=${item.audio_url} .speech=${item.speech}></sound-player>
        <div class="two-words">
          ${choices(item, `pair${index}`, answer[index], (id) => change(set(answer, index, id)))}
        </div>
      </fieldset>`,
    ),
};

/** The text stands in the field with its errors: what is sent is the whole text. */
const error_hunt = {
  first: (task) => task.passage,
  complete: whole,
  inText: true,
  view: (task, answer, change) => html`<p id="errors-left">${t("task.errors", { count: task.mistakes })}</p>
    <textarea rows="8" maxlength="10000" lang="en" dir="ltr" spellcheck="false" autocapitalize="none" aria-label=${t("task.text_to_correct")} aria-describedby="errors-left"
      .value=${answer} @input=${(event) => change(event.target.value)}></textarea>
    <button type="button" class="quiet" ?disabled=${answer === task.passage} @click=${() => change(task.passage)}>${t("task.as_it_was")}</button>`,
};

/** A limited text: how long it is, for those who cannot see the field as well. */
const summary = {
  first: () => "",
  complete: whole,
  view: (task, answer, change) => {
    const words = count(answer);
    const over = words > task.max_words;
    return html`<textarea rows="6" maxlength="10000" lang="en" aria-label=${t("task.your_text")} aria-describedby="length" aria-invalid=${over} .value=${answer}
        spellcheck="false" @input=${(event) => change(event.target.value)}></textarea>
      <p class="small ${over ? "fault" : ""}" id="length" aria-live=${over ? "polite" : "off"}>${t("task.words_between", { words, least: task.min_words, most: task.max_words })}</p>`;
  },
};

/** With words to choose from: each of them stands in every gap's list. */
const banked = {
  ...closed.gap,
  view: (task, answer, change) => {
    const list = (index) => html`<select class="gap" aria-label=${t("task.gap", { number: index + 1 })} @change=${(event) => change(set(answer, index, event.target.value))}>
      <option value="" ?selected=${!answer[index]}>${t("task.gap", { number: index + 1 })}</option>
      ${task.options.map((option) => html`<option value=${option.id} ?selected=${answer[index] === option.id}>${option.text}</option>`)}
    </select>`;
    return gapped(task, list);
  },
};

const KINDS = {
  ...closed,
  minimal_pairs,
  error_hunt,
  summary,
  cloze: closed.gap,
  word_formation: closed.gap,
  information_gap: closed.short_answer,
  picture_description: closed.free_writing,
};

/** The view of a task; undefined when it is spoken. */
export function of(task) {
  if (task.skill === "speaking") return undefined;
  return task.kind === "cloze" && task.options ? banked : KINDS[task.kind];
}
