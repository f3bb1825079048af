/** One task: what to do, the answer, and what came of it. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { ApiError, call } from "../api.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { ENGLISH, PASSED, closeFrame, following, open, submit } from "../lessons.js";
import { link } from "../router.js";
import { Screen, heading } from "../screen.js";
import "../player.js";
import { answered, asked } from "../tasks/answered.js";
import { of } from "../tasks/drills.js";
import { set, typed } from "../tasks/parts.js";
import { result } from "../tasks/result.js";
import "../tasks/spoken.js";
import { SKILL_ICONS } from "./home.js";

const TYPED = ["answer_aloud", "role_play", "information_gap", "picture_description"]; // may be typed where there is no microphone

export default class TaskScreen extends Screen {
  static properties = { ...Screen.properties, answer: { state: true }, done: { state: true }, typing: { state: true } };

  async load() {
    const module = await open(this.params.module);
    const task = module.tasks.find((one) => one.id === this.params.task);
    if (!task) throw new ApiError(404, null);
    this.#begin(task);
    return { module, task };
  }

  #begin(task) {
    this.answer = of(task)?.first(task) ?? (task.items ? task.items.map(() => "") : "");
    this.done = null;
    this.typing = false;
    this.began = performance.now();
  }

  get #kind() {
    return this.params.review ? "review" : "module";
  }

  async #hand(answer) {
    const { module, task } = this.data;
    const seconds = (performance.now() - this.began) / 1000;
    const done = await this.act(() => submit(task, module.id, answer, seconds, this.#kind));
    if (!done) return;
    this.done = done;
    this.answer = answer.response; // also when it was spoken after all
    const best = Math.max(task.best_score ?? 0, done.score);
    const changed = { ...task, best_score: best, status: best >= PASSED ? "passed" : "attempted" };
    this.data = { task: changed, module: { ...module, tasks: module.tasks.map((one) => (one.id === task.id ? changed : one)) } };
    await this.updateComplete;
    document.getElementById("outcome")?.focus();
    this.querySelector(".outcome")?.scrollIntoView({ block: "start" });
  }

  async #another() {
    const { module } = this.data;
    await this.act(async () => {
      const { task } = await call("POST", `${ENGLISH}/tasks/regenerate`, { module_id: module.id, task_id: this.params.task });
      this.#begin(task);
      this.data = { module, task };
    });
  }

  view() {
    const { module, task } = this.data;
    const at = module.tasks.findIndex((one) => one.id === task.id);
    return html`
      <p class="crumbs"><a href=${link(`/lessons/${module.id}`)} lang="en">${module.title}</a>
        <progress max=${module.tasks.length} value=${module.tasks.filter((one) => one.status !== "open").length} aria-label=${t("lessons.done_label")}></progress>
        <span class="small">${at + 1}/${module.tasks.length}</span></p>
      ${heading(html`<span lang="en">${task.title}</span>`, "", html`<span class="chip accent with-icon">${icon(SKILL_ICONS[task.skill])} ${t(`skill.${task.skill}`)}</span>`)}
      ${this.done ? html`${result(task, this.answer, this.done)} ${this.#answered(task)} ${this.#after()}` : this.#form(task)}`;
  }

  /** It stays to be read again, with the answers. */
  #answered(task) {
    return html`<section class="card task answered" aria-label=${t("task.answer")}>
      ${asked(task)} ${typed(this.answer) ? answered(task, this.answer, this.done) : this.#lines(task)}
    </section>`;
  }

  #lines({ items: lines }) {
    return lines
      ? html`<ol class="turns play" lang="en">${lines.map((line) => html`<li class="ai"><p>${line.text}</p></li>${line.goal ? html`<li class="user"><p>${icon("microphone")} ${line.goal}</p></li>` : nothing}`)}</ol>`
      : nothing;
  }

  #form(task) {
    const kind = of(task);
    return html`<form class="card task" @submit=${(event) => (event.preventDefault(), this.#hand({ response: this.answer }))}>
      ${asked(task)}
      ${kind ? kind.view(task, this.answer, (answer) => (this.answer = answer)) : this.#spoken(task)}
      ${kind || this.typing
        ? html`<div class="controls">
            <button class="primary big" ?disabled=${this.busy || !(kind?.complete ?? whole)(this.answer)}>${t("task.check")}</button>
          </div>`
        : nothing}
    </form>`;
  }

  #spoken(task) {
    const lines = task.items;
    return html`
      ${this.typing ? nothing : this.#lines(task)}
      ${this.typing
        ? lines
          ? lines.map((line, index) => html`<label class="written" lang="en">${line.text} <small>${line.goal}</small>
              <input maxlength="1000" .value=${this.answer[index]} @input=${(event) => (this.answer = set(this.answer, index, event.target.value))} /></label>`)
          : html`<textarea rows="4" lang="en" aria-label=${t("task.your_text")} .value=${this.answer} @input=${(event) => (this.answer = event.target.value)}></textarea>`
        : html`<voice-recorder .task=${task} module=${this.data.module.id} @judged=${(event) => this.#hand({ response: "", audio_id: event.detail.audio_id })}></voice-recorder>`}
      ${TYPED.includes(task.kind) ? html`<button type="button" class="quiet" @click=${() => (this.typing = !this.typing)}>${t(this.typing ? "task.speak_instead" : "task.type_instead")}</button>` : nothing}`;
  }

  #after() {
    const { module, task } = this.data;
    const next = this.params.review ? null : following(module, task.id);
    const onward = this.params.review
      ? html`<a class="button primary big" href=${link("/review")}>${t("review.next")} ${icon("arrow")}</a>`
      : next
        ? html`<a class="button primary big" href=${link(`/lessons/${module.id}/${next.id}`)}>${t("task.next")} ${icon("arrow")}</a>`
        : html`<a class="button primary big" href=${link(`/lessons/${module.id}`)} @click=${() => closeFrame()}>${t("task.to_lesson")} ${icon("arrow")}</a>`;
    return html`<div class="controls">
      ${onward}
      <button type="button" @click=${() => this.#begin(task)}>${t("task.again")}</button>
      <button type="button" class="quiet" ?disabled=${this.busy} @click=${this.#another}>${t("task.another")}</button>
    </div>`;
  }
}

function whole(answer) {
  return Array.isArray(answer) ? answer.every((one) => one.trim()) : answer.trim() !== "";
}
