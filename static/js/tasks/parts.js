/** What several kinds of task share: answers in a list, and texts with gaps. */
import { html, nothing } from "../../vendor/lit.esm.min.js";

export const set = (answer, index, value) => answer.map((old, at) => (at === index ? value : old));
export const blank = (task) => task.items.map(() => "");
export const whole = (answer) => answer.trim() !== "";
export const count = (text) => text.split(/\s+/).filter(Boolean).length;

/** Whether anything was chosen or written. */
export const typed = (answer) => [answer].flat().some((one) => one?.trim());

/** One of an item's options is chosen. @param {string} name of the group */
export function choices(item, name, chosen, choose) {
  return item.options.map(
    (option) => html`<label class="option" lang="en">
      <input type="radio" name=${name} value=${option.id} .checked=${chosen === option.id} @change=${() => choose(option.id)} />
      <span>${option.text}</span>
    </label>`,
  );
}

/** The passage with a field in each gap, where it has a mark for each; else the fields stand below it. @param {(index: number) => unknown} field */
export function gapped(task, field) {
  const parts = (task.passage ?? "").split(/\(\d+\)\s*_{2,}/);
  return parts.length === task.items.length + 1
    ? html`<p class="passage gaps" lang="en" dir="ltr">${parts.map((part, index) => html`${part}${index < task.items.length ? field(index) : nothing}`)}</p>`
    : html`<p class="passage" lang="en" dir="ltr">${task.passage}</p>${task.items.map((item, index) => html`<label class="written" lang="en">${item.text} ${field(index)}</label>`)}`;
}
