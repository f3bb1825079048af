/** The course: its modules by level. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { get } from "../api.js";
import { number, t } from "../i18n.js";
import { icon } from "../icons.js";
import { ENGLISH, LEVELS } from "../lessons.js";
import { link } from "../router.js";
import { Screen, heading } from "../screen.js";
import { statusChip } from "../tasks/result.js";
import { SKILL_ICONS } from "./home.js";

export default class LessonsScreen extends Screen {
  async load() {
    const [{ modules }, { due }] = await Promise.all([get(`${ENGLISH}/modules`), get(`${ENGLISH}/review`, { limit: 50 })]);
    return { modules, due: due.length };
  }

  view() {
    const { modules, due } = this.data;
    const repeat = due ? html`<a class="button primary" href=${link("/review")}>${t("home.review", { count: due })}</a>` : nothing;
    return html`${heading(t("lessons.title"), t("lessons.lead"), repeat)}
      ${LEVELS.map(
        (level) => html`<section class="level-group" aria-label=${level}>
          <h2><span class="chip accent">${level}</span> ${t(`level.${level}`)}</h2>
          <ul class="modules">${modules.filter((module) => module.cefr_level === level).map((module) => this.#module(module))}</ul>
        </section>`,
      )}`;
  }

  #module(module) {
    const locked = module.status === "locked";
    const inside = html`<div class="between"><h3 lang="en">${module.title}</h3>${statusChip(module.status)}</div>
      <p class="skill-icons">${module.skills.map((skill) => html`<span title=${t(`skill.${skill}`)}>${icon(SKILL_ICONS[skill])}</span>`)}</p>
      <div class="between"><progress max=${module.tasks} value=${module.completed_tasks} aria-label=${t("lessons.done_label")}></progress>
        <span class="small">${number(module.completed_tasks)}/${number(module.tasks)}</span></div>`;
    return html`<li>${
      locked
        ? html`<div class="card module locked">${inside}</div>`
        : html`<a class="card module" href=${link(`/lessons/${module.id}`)}>${inside}</a>`
    }</li>`;
  }
}
