/** One module: what it is about, its words, its tasks, and its end. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { call, get } from "../api.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { ENGLISH, closeFrame } from "../lessons.js";
import { link } from "../router.js";
import { Screen, heading } from "../screen.js";
import { speak } from "../speech.js";
import { statusChip } from "../tasks/result.js";
import { SKILL_ICONS } from "./home.js";

export default class LessonScreen extends Screen {
  static properties = { ...Screen.properties, completed: { state: true } };

  load() {
    return get(`${ENGLISH}/modules/${encodeURIComponent(this.params.module)}`);
  }

  async #complete() {
    const done = await this.act(async () => {
      await closeFrame();
      return call("POST", `${ENGLISH}/modules/${encodeURIComponent(this.params.module)}/complete`);
    });
    if (!done) return;
    this.completed = done;
    await this.refresh();
  }

  #end({ score, xp_awarded: xp, next_module_id: next }) {
    return html`<div class="card banner" role="status">
      <h2>${t("lesson.completed", { score, xp })}</h2>
      ${next ? html`<a class="button primary" href=${link(`/lessons/${next}`)}>${t("lesson.next")} ${icon("arrow")}</a>` : nothing}
    </div>`;
  }

  view() {
    const module = this.data;
    const first = module.tasks.find((task) => task.status !== "passed") ?? module.tasks[0];
    const tried = module.tasks.every((task) => task.status !== "open");
    const start = html`<a class="button primary big" href=${link(`/lessons/${module.id}/${first.id}`)}>${t(module.completed_tasks ? "lesson.go_on" : "lesson.start")} ${icon("arrow")}</a>`;
    return html`
      <p class="crumbs"><a href=${link("/lessons")}>${t("lessons.title")}</a></p>
      ${heading(html`<span lang="en">${module.title}</span> <span class="chip accent">${module.cefr_level}</span>`, html`<span lang="en">${module.description}</span>`, start)}
      ${this.completed ? this.#end(this.completed) : nothing}
      <div class="grid">
        <div class="card">
          <h2>${t("lesson.tasks")}</h2>
          <ol class="list flush">
            ${module.tasks.map(
              (task) => html`<li><a class="row" href=${link(`/lessons/${module.id}/${task.id}`)}>
                ${icon(SKILL_ICONS[task.skill])}<span class="grow"><strong lang="en">${task.title}</strong><span class="small">${t(`kind.${task.kind}`)}</span></span>
                ${task.best_score !== null ? html`<span class="small">${task.best_score}</span>` : nothing}${statusChip(task.status)}
              </a></li>`,
            )}
          </ol>
          ${tried && module.status !== "completed" ? html`<div class="controls"><button class="primary" ?disabled=${this.busy} @click=${this.#complete}>${t("lesson.complete")}</button></div>` : nothing}
        </div>
        <div class="stack">
          <div class="card"><h2>${t("lesson.objectives")}</h2><ul class="objectives" lang="en">${module.objectives.map((one) => html`<li>${one}</li>`)}</ul></div>
          <div class="card">
            <h2>${t("lesson.words")}</h2>
            <dl class="words" lang="en">
              ${module.vocabulary.map(
                (one) => html`<div><dt><button type="button" class="quiet say" aria-label=${t("play.named", { name: one.word })} @click=${() => this.act(() => speak(one.word))}>${icon("speaker")}</button>${one.word}</dt><dd>${one.meaning}</dd></div>`,
              )}
            </dl>
          </div>
        </div>
      </div>`;
  }
}
