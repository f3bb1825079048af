/** What is due for repetition, one thing after the other. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { get } from "../api.js";
import { ago, t } from "../i18n.js";
import { icon } from "../icons.js";
import { ENGLISH } from "../lessons.js";
import { link } from "../router.js";
import { Screen, empty, heading } from "../screen.js";

const ICONS = { phoneme: "microphone", word: "read", error: "write" };

export default class ReviewScreen extends Screen {
  async load() {
    return (await get(`${ENGLISH}/review`, { limit: 50 })).due;
  }

  view() {
    const first = this.data.find((one) => one.task);
    return html`${heading(t("review.title"), t("review.lead"), first ? this.#link(first.task, html`${t("lesson.start")} ${icon("arrow")}`, "button primary big") : nothing)}
      ${this.data.length
        ? html`<ul class="card list">${this.data.map((one) => html`<li>${one.task ? this.#link(one.task, this.#row(one), "row") : html`<div class="row">${this.#row(one)}</div>`}</li>`)}</ul>`
        : html`<div class="card">${empty("check", t("review.none"), html`<a class="button primary" href=${link("/lessons")}>${t("lessons.title")}</a>`)}</div>`}`;
  }

  #link(task, inside, kind) {
    return html`<a class=${kind} href=${link(`/lessons/${task.module_id}/${task.task_id}`, { review: "1" })}>${inside}</a>`;
  }

  #row(one) {
    return html`${icon(ICONS[one.kind])}
      <span class="grow"><strong lang="en">${one.item}</strong><span class="small">${t(`review.${one.kind}`)} · ${ago(one.due_at)}${one.task ? html` · <span lang="en">${one.task.title}</span>` : nothing}</span></span>
      <progress class="strength" max="1" value=${one.strength} aria-label=${t("review.strength")}></progress>`;
  }
}
