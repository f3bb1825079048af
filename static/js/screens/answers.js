/** What a learner answered in an assignment, every try, for those who teach them. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { all, get } from "../api.js";
import { ago, date, number, t } from "../i18n.js";
import { PASSED } from "../lessons.js";
import { link } from "../router.js";
import { nameOf, organization, tabs } from "../school.js";
import { Screen, empty, heading } from "../screen.js";
import { answered, asked } from "../tasks/answered.js";
import { evaluation, findings } from "../tasks/result.js";

export default class AnswersScreen extends Screen {
  async load() {
    const { organization: id, assignment, learner } = this.params;
    const one = await organization(id);
    // First: others than their teachers are told that there is nothing, whatever they may read of the organization.
    const page = await this.#page(one.id);
    const [members, works] = await Promise.all([all(`/api/organizations/${one.id}/members`), all(`/api/organizations/${one.id}/assignments`)]);
    return { one, page, who: members.find((each) => each.user_id === learner), work: works.find((each) => each.id === assignment) };
  }

  /** @param {string} id the organization's @param {string} [cursor] behind which answer, else from the newest */
  #page(id, cursor) {
    const [assignment, learner] = [this.params.assignment, this.params.learner].map(encodeURIComponent);
    return get(`/api/organizations/${id}/assignments/${assignment}/progress/${learner}`, { limit: 50, cursor });
  }

  #more() {
    this.act(async () => {
      const { one, page } = this.data;
      const next = await this.#page(one.id, page.next_cursor);
      this.data = { ...this.data, page: { ...next, items: [...page.items, ...next.items] } };
    });
  }

  view() {
    const { one, page, who, work } = this.data;
    const newest = new Set();
    return html`${tabs(one, "assignments")}
      ${heading(nameOf(who), t("work.answers_since", { date: date(page.since) }))}
      <section class="card">
        <h2 lang="en"><a href=${link(`/organizations/${one.id}/assignments/${work.id}`)}>${work.work.title}</a></h2>
        ${page.items.length
          ? page.items.map((each) => {
              const first = !newest.has(each.task_id);
              newest.add(each.task_id);
              return this.#try(each, first);
            })
          : empty("write", t("work.no_answers"))}
        ${page.next_cursor ? html`<button type="button" ?disabled=${this.busy} @click=${this.#more}>${t("admin.more")}</button>` : nothing}
      </section>`;
  }

  /** The last try of each task stands open. */
  #try(one, open) {
    const tries = one.number === null ? "" : `${t("work.try", { number: number(one.number) })} · `;
    return html`<details class="person" ?open=${open}>
      <summary class="row"><span class="grow"><strong lang="en">${one.title}</strong><span class="small">${tries}${ago(one.answered_at)}</span></span>
        <span class="chip ${one.score >= PASSED ? "good" : "poor"}">${t("score.of", { score: Math.round(one.score) })}</span></summary>
      <div class="task">
        ${one.result ? this.#answer(one) : evaluation({ transcript: one.heard, pronunciation: one.pronunciation, criteria: [] })}
      </div>
    </details>`;
  }

  #answer({ task, response, result }) {
    if (!task) return html`<p class="marked" lang="en" dir="ltr">${[response].flat().join(" · ")}</p>${findings({}, response, result)}`;
    return html`${asked(task)} ${answered(task, response, result)} ${findings(task, response, result)}`;
  }
}
