/** What the learners of an organization were given, and new work for them. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { all, call, get } from "../api.js";
import { fields } from "../form.js";
import { date, t } from "../i18n.js";
import { icon } from "../icons.js";
import { ENGLISH } from "../lessons.js";
import { link } from "../router.js";
import { asTeacher, nameOf, notYours, organization, tabs, ticked } from "../school.js";
import { Screen, empty, heading, line } from "../screen.js";

const WEEK_MS = 7 * 86_400_000;

export default class AssignmentsScreen extends Screen {
  static properties = { ...Screen.properties, making: { state: true }, kind: { state: true }, whom: { state: true } };

  constructor() {
    super();
    this.making = false;
    this.kind = "module";
    this.whom = "organization";
  }

  async load() {
    const one = await organization(this.params.organization);
    const given = await asTeacher(() => all(`/api/organizations/${one.id}/assignments`));
    if (given === null) return { one, given };
    const [me, { modules }, own, members] = await Promise.all([
      get("/api/auth/me"),
      get(`${ENGLISH}/modules`),
      all(`${ENGLISH}/texts`, { organization_id: one.id }),
      all(`/api/organizations/${one.id}/members`),
    ]);
    const mine = one.role === "team_manager" ? (members.find((each) => each.user_id === me.id)?.team ?? null) : null;
    if (mine) this.whom = "team"; // others are not theirs to teach
    const learners = members.filter((each) => each.role === "member" && (!mine || each.team === mine));
    return { one, given, modules: [...own, ...modules], learners, mine };
  }

  #give(event) {
    event.preventDefault();
    const given = fields(event.target);
    const people = ticked(event.target, "user_ids");
    this.act(async () => {
      await call("POST", `/api/organizations/${this.data.one.id}/assignments`, {
        work: this.kind === "module" ? { kind: "module", module_id: given.module_id } : { kind: "text", title: given.title.trim(), text: given.text.trim() },
        audience: this.whom === "organization" ? { kind: "organization" } : this.whom === "team" ? { kind: "team", team: given.team } : { kind: "members", user_ids: people },
        due_at: endOf(given.due),
      });
      this.making = false;
      await this.refresh();
    }, t("work.given"));
  }

  view() {
    const { one, given } = this.data;
    if (given === null) return html`${tabs(one, "assignments")}${heading(one.name)}${notYours()}`;
    const begin = html`<button type="button" class="primary" @click=${() => (this.making = true)}>${icon("write")}<span>${t("work.new")}</span></button>`;
    return html`${tabs(one, "assignments")}
      ${heading(t("school.tab.assignments"), one.name, begin)}
      ${this.making ? this.#form() : nothing}
      <div class="card">
        ${given.length ? html`<ul class="list flush">${given.map((each) => this.#row(one, each))}</ul>` : empty("lessons", t("work.none"))}
      </div>`;
  }

  #row(one, each) {
    const whom = each.audience.kind === "organization" ? t("class.everybody") : each.audience.kind === "team" ? each.audience.team : t("school.members", { count: each.audience.members ?? 0 });
    return html`<li><a class="row" href=${link(`/organizations/${one.id}/assignments/${each.id}`)}>
      ${icon(each.work.kind === "module" ? "lessons" : "read")}
      <span class="grow"><strong lang="en">${each.work.title}</strong><span class="small">${line(whom, t("invite.until", { date: date(each.due_at) }))}</span></span>
      ${Date.parse(each.due_at) < Date.now() ? html`<span class="chip">${t("work.over")}</span>` : nothing}
    </a></li>`;
  }

  #form() {
    const { modules } = this.data;
    return html`<form class="card form wide-form" @submit=${this.#give}>
      <h2>${t("work.new")}</h2>
      <label>${t("work.kind")}<select name="kind" @change=${(event) => (this.kind = event.target.value)}>
        ${["module", "text"].map((kind) => html`<option value=${kind} ?selected=${kind === this.kind}>${t(`work.kind.${kind}`)}</option>`)}
      </select></label>
      ${this.kind === "module"
        ? html`<label>${t("work.kind.module")}<select name="module_id" lang="en">${modules.map((each) => html`<option value=${each.id}>${each.cefr_level} · ${each.title}</option>`)}</select></label>`
        : html`<label>${t("notes.name")}<input name="title" required maxlength="200" lang="en" /></label>
            <label>${t("work.text")}<textarea name="text" rows="4" required maxlength="2000" lang="en"></textarea></label>`}
      ${this.#audience()}
      <label>${t("work.due")}<input name="due" type="date" required min=${day(Date.now())} value=${day(Date.now() + WEEK_MS)} /></label>
      <div class="controls"><button class="primary" ?disabled=${this.busy}>${t("work.give")}</button>
        <button type="button" @click=${() => (this.making = false)}>${t("cancel")}</button></div>
    </form>`;
  }

  #audience() {
    const { learners, mine } = this.data;
    const teams = mine ? [mine] : [...new Set(learners.map((each) => each.team).filter(Boolean))].sort();
    const kinds = [...(mine ? [] : ["organization"]), ...(teams.length ? ["team"] : []), ...(learners.length ? ["members"] : [])];
    return html`<label>${t("work.whom")}<select name="whom" @change=${(event) => (this.whom = event.target.value)}>
        ${kinds.map((kind) => html`<option value=${kind} ?selected=${kind === this.whom}>${t(`work.whom.${kind}`)}</option>`)}
      </select></label>
      ${this.whom === "team" ? html`<label>${t("school.team")}<select name="team">${teams.map((team) => html`<option>${team}</option>`)}</select></label>` : nothing}
      ${this.whom === "members"
        ? html`<fieldset class="scopes"><legend>${t("work.whom.members")}</legend>
            ${learners.map((each) => html`<label class="check"><input type="checkbox" name="user_ids" value=${each.user_id} /> ${nameOf(each)}</label>`)}</fieldset>`
        : nothing}`;
  }
}

/** A day as date fields have it, in the learner's zone. */
export function day(at) {
  const local = new Date(at);
  return `${local.getFullYear()}-${String(local.getMonth() + 1).padStart(2, "0")}-${String(local.getDate()).padStart(2, "0")}`;
}

/** The last minute of that day here. */
export const endOf = (text) => new Date(`${text}T23:59:00`).toISOString();
