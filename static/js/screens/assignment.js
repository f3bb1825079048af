/** What each learner did of one assignment. */
import { html } from "../../vendor/lit.esm.min.js";
import { all, call } from "../api.js";
import { download } from "../files.js";
import { fields } from "../form.js";
import { date, number, t } from "../i18n.js";
import { icon } from "../icons.js";
import { go, link } from "../router.js";
import { asTeacher, nameOf, nickOf, notYours, organization, tabs } from "../school.js";
import { Screen, empty, heading, line } from "../screen.js";
import { tellNext } from "../status.js";
import { ask } from "../takeover.js";
import { day, endOf } from "./assignments.js";

const KINDS = { completed: "good", started: "fair", open: "" };

export default class AssignmentScreen extends Screen {
  async load() {
    const { organization: id, assignment } = this.params;
    const one = await organization(id);
    const progress = await asTeacher(() => all(`/api/organizations/${one.id}/assignments/${encodeURIComponent(assignment)}/progress`));
    if (progress === null) return { one, progress };
    const given = await all(`/api/organizations/${one.id}/assignments`);
    return { one, progress, work: given.find((each) => each.id === assignment) };
  }

  #move(event) {
    event.preventDefault();
    const { due } = fields(event.target);
    const { one, work } = this.data;
    this.act(async () => {
      await call("PATCH", `/api/organizations/${one.id}/assignments/${work.id}`, { due_at: endOf(due) });
      await this.refresh();
    }, t("saved"));
  }

  async #delete() {
    const { one, work } = this.data;
    if (!(await ask(t("delete"), t("work.delete_sure", { title: work.work.title }), t("delete"), "danger"))) return;
    const gone = await this.act(async () => {
      await call("DELETE", `/api/organizations/${one.id}/assignments/${work.id}`);
      return true;
    });
    if (!gone) return;
    tellNext(t("deleted"));
    go(`/organizations/${one.id}/assignments`);
  }

  #export() {
    const { one, work } = this.data;
    this.act(() => download(`/api/organizations/${one.id}/assignments/${work.id}/export`, `assignment-${work.id}.csv`));
  }

  view() {
    const { one, progress, work } = this.data;
    if (progress === null) return html`${tabs(one, "assignments")}${heading(one.name)}${notYours()}`;
    const done = progress.filter((each) => each.status === "completed").length;
    return html`${tabs(one, "assignments")}
      ${heading(html`<span lang="en">${work.work.title}</span>`, `${t("work.due")}: ${date(work.due_at)}`, html`<button type="button" ?disabled=${this.busy} @click=${this.#export}>${icon("download")}<span>${t("school.export")}</span></button>`)}
      ${work.work.text ? html`<p class="passage" lang="en" dir="ltr">${work.work.text}</p>` : ""}
      <div class="card">
        <h2>${t("work.done_of", { done, count: progress.length })}</h2>
        ${progress.length ? html`<p class="small">${t("work.open_answers")}</p>` : ""}
        ${progress.length
          ? html`<ul class="list flush">${progress.map(
              (each) => html`<li><a class="row" href=${link(`/organizations/${one.id}/assignments/${work.id}/${each.user_id}`)}><span class="grow"><strong>${nameOf(each)}</strong>
                  <span class="small">${line(nickOf(each), each.team, each.practised_at && date(each.practised_at))}</span></span>
                ${each.score === null ? "" : html`<span class="small">${number(each.score)}</span>`}
                <span class="chip ${KINDS[each.status]}">${t(`work.status.${each.status}`)}</span></a></li>`,
            )}</ul>`
          : empty("teach", t("class.none"))}
      </div>
      <form class="card form inline-form" @submit=${this.#move}>
        <label>${t("work.due")}<input name="due" type="date" required .value=${day(work.due_at)} /></label>
        <div class="controls"><button ?disabled=${this.busy}>${t("save")}</button>
          <button type="button" class="danger" @click=${this.#delete}>${icon("trash")}<span>${t("delete")}</span></button></div>
      </form>`;
  }
}
