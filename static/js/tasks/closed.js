/** Tasks whose answers are chosen or typed: each `view(task, answer, change)` shows one, `first(task)` is the empty answer. */
import { html, nothing, repeat } from "../../vendor/lit.esm.min.js";
import { icon } from "../icons.js";
import { t } from "../i18n.js";
import { blank, choices, count, gapped, set, whole } from "./parts.js";

const all = (answer) => answer.every((one) => one.trim());

/** A single question stands in the prompt. */
const questions = (task) => task.items ?? [{ id: "1", text: "", options: task.options }];

export const multiple_choice = {
  first: (task) => questions(task).map(() => ""),
  complete: all,
  view: (task, answer, change) =>
    questions(task).map(
      (item, index) => html`<fieldset class="question-block">
        <legend lang="en" class=${item.text ? "" : "unseen"}>${item.text || task.prompt}</legend>
        ${choices(item, `q${index}`, answer[index], (id) => change(set(answer, index, id)))}
      </fieldset>`,
    ),
};

export const matching = {
  first: blank,
  complete: all,
  view: (task, answer, change) =>
    html`<div class="pairs">
      ${task.items.map(
        (item, index) => html`<label class="pair" lang="en">
          <span>${item.text}</span>
          <select @change=${(event) => change(set(answer, index, event.target.value))}>
            <option value="" ?selected=${!answer[index]}>${t("task.choose")}</option>
            ${task.options.map((option) => html`<option value=${option.id} ?selected=${answer[index] === option.id}>${option.text}</option>`)}
          </select>
        </label>`,
      )}
    </div>`,
};

export const short_answer = {
  first: blank,
  complete: all,
  view: (task, answer, change) =>
    task.items.map(
      (item, index) => html`<label class="written" lang="en">${item.text}
        <input maxlength="500" .value=${answer[index]} autocomplete="off" autocapitalize="none" spellcheck="false" @input=${(event) => change(set(answer, index, event.target.value))} />
      </label>`,
    ),
};

/** Gaps stand in the text itself, where it has a mark for each; else below it. */
export const gap = {
  first: blank,
  complete: all,
  inText: true,
  view: (task, answer, change) => {
    const field = (index) => html`<input class="gap" size="12" maxlength="200" aria-label=${t("task.gap", { number: index + 1 })} .value=${answer[index]}
      autocomplete="off" autocapitalize="none" spellcheck="false" @input=${(event) => change(set(answer, index, event.target.value))} />`;
    return html`${task.options ? html`<p class="word-box" lang="en" aria-label=${t("task.word_box")}>${task.options.map((option) => html`<span class="chip accent">${option.text}</span>`)}</p>` : nothing}
      ${gapped(task, field)}`;
  },
};

export const ordering = {
  first: (task) => task.options.map((option) => option.id),
  complete: () => true,
  view: (task, answer, change) => {
    const texts = Object.fromEntries(task.options.map((option) => [option.id, option.text]));
    const move = (index, step) => {
      const moved = [...answer];
      [moved[index], moved[index + step]] = [moved[index + step], moved[index]];
      change(moved);
    };
    return html`<ol class="order">
      ${repeat(
        answer,
        (id) => id,
        (id, index) => html`<li class="order-item">
          <span class="grow" lang="en">${texts[id]}</span>
          <button type="button" class="round up" ?disabled=${index === 0} aria-label=${t("task.up", { text: texts[id] })} @click=${() => move(index, -1)}>${icon("arrow")}</button>
          <button type="button" class="round down" ?disabled=${index === answer.length - 1} aria-label=${t("task.down", { text: texts[id] })} @click=${() => move(index, 1)}>${icon("arrow")}</button>
        </li>`,
      )}
    </ol>`;
  },
};

const field = (rows, label) => (_task, answer, change) =>
  html`<textarea rows=${rows} maxlength="10000" lang="en" aria-label=${t(label)} .value=${answer} spellcheck="false" @input=${(event) => change(event.target.value)}></textarea>`;

export const dictation = { first: () => "", complete: whole, view: field(2, "task.dictation") };

export const free_writing = {
  first: () => "",
  complete: whole,
  view: (task, answer, change) => {
    const words = count(answer);
    return html`${field(9, "task.your_text")(task, answer, change)}
      <p class="small">${task.min_words ? t("task.words_of", { words, least: task.min_words }) : t("task.words", { words })}</p>`;
  },
};
