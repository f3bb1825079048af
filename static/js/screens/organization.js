/** One organization: its people, who is asked to join, and its name. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { all, call, get } from "../api.js";
import { fields } from "../form.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { invitations, opened } from "../invitations.js";
import { go } from "../router.js";
import { asTeacher, nameOf, nickOf, organization, rank, roleOptions, runs, tabs, teaches } from "../school.js";
import { Screen, heading, line } from "../screen.js";
import { ask } from "../takeover.js";
import { tellNext } from "../status.js";

export default class OrganizationScreen extends Screen {
  static properties = { ...Screen.properties, edited: { state: true }, link: { state: true }, renaming: { state: true } };

  async load() {
    const { organization: id } = this.params;
    const one = await organization(id);
    const [me, members, open] = await Promise.all([
      get("/api/auth/me"), all(`/api/organizations/${one.id}/members`), teaches(one.role) ? asTeacher(() => opened(one.id)) : null,
    ]);
    return { one, me, members, open };
  }

  get #path() {
    return `/api/organizations/${this.data.one.id}`;
  }

  /** Whether I may change what this member is; the server decides, this is what is offered. */
  #manages(member) {
    const { one, me, members } = this.data;
    if (one.role === "owner" || (one.role === "admin" && rank(member.role) < rank("admin"))) return true;
    const mine = members.find((each) => each.user_id === me.id);
    return one.role === "team_manager" && member.role === "member" && member.team !== null && member.team === mine?.team;
  }

  /** @param {Event} event */
  #rename(event) {
    event.preventDefault();
    const { name, description } = fields(event.target);
    this.act(async () => {
      await call("PATCH", `/api/organizations/${this.data.one.id}`, { name: name.trim(), description: description.trim() || null });
      this.renaming = false;
      await this.refresh();
    }, t("saved"));
  }

  #change(event, member) {
    event.preventDefault();
    const { role, team } = fields(event.target);
    const body = { role: /** @type {import("../school.js").Role} */ (role), team: team.trim() || null, organization_id: this.data.one.id };
    this.act(async () => {
      await call("PUT", `/api/organizations/${this.data.one.id}/members/${member.user_id}`, body);
      this.edited = null;
      await this.refresh();
    }, t("saved"));
  }

  async #remove(member) {
    const name = nameOf(member);
    if (!(await ask(t("school.remove"), t("school.remove_sure", { name }), t("school.remove"), "danger"))) return;
    this.act(async () => {
      await call("DELETE", `/api/organizations/${this.data.one.id}/members/${member.user_id}`);
      this.edited = null;
      await this.refresh();
    }, t("school.removed", { name }));
  }

  async #end(question, sure, path) {
    if (!(await ask(question, sure, question, "danger"))) return;
    const gone = await this.act(async () => {
      await call("DELETE", path);
      return true;
    });
    if (!gone) return;
    tellNext(t("deleted"));
    go("/organizations");
  }

  view() {
    const { one, me, members, open } = this.data;
    const invite = html`<button type="button" class="primary" @click=${() => this.#toInvitations()}>${icon("teach")}<span>${t("invite.people")}</span></button>`;
    const edit = html`<button type="button" @click=${() => (this.renaming = !this.renaming)}>${icon("write")}<span>${t("edit")}</span></button>`;
    return html`${tabs(one, "people")}
      ${heading(one.name, one.description ?? "", html`<div class="controls">${open ? invite : nothing}${runs(one.role) ? edit : nothing}</div>`)}
      ${this.renaming ? this.#names(one) : nothing}
      <div class="card"><h2>${t("school.members", { count: one.members })}</h2>
        <ul class="list flush people">${members.map((member) => (this.edited === member.user_id ? this.#form(member) : this.#person(member)))}</ul>
      </div>
      ${open ? invitations(this, one, members, open) : nothing}
      <div class="controls">
        <button type="button" class="danger" @click=${() => this.#end(t("school.leave"), t("school.leave_sure", { name: one.name }), `${this.#path}/members/${me.id}`)}>${t("school.leave")}</button>
        ${one.role === "owner"
          ? html`<button type="button" class="danger" @click=${() => this.#end(t("school.delete"), t("school.delete_sure", { name: one.name }), this.#path)}>${icon("trash")}<span>${t("school.delete")}</span></button>`
          : nothing}
      </div>`;
  }

  /** They are below all members. */
  #toInvitations() {
    const place = /** @type {HTMLElement} */ (this.querySelector("#invite"));
    place.scrollIntoView({ block: "start" });
    place.focus({ preventScroll: true });
  }

  #names(one) {
    return html`<form class="card form wide-form" @submit=${this.#rename}>
      <label>${t("school.name")}<input name="name" required maxlength="100" .value=${one.name} /></label>
      <label>${t("school.description")}<input name="description" maxlength="1000" .value=${one.description ?? ""} /></label>
      <div class="controls"><button class="primary" ?disabled=${this.busy}>${t("save")}</button>
        <button type="button" @click=${() => (this.renaming = false)}>${t("cancel")}</button></div>
    </form>`;
  }

  #person(member) {
    const name = nameOf(member);
    return html`<li class="row">
      <span class="grow"><strong>${name}</strong><span class="small">${line(nickOf(member), member.team, member.user_id === this.data.me.id && t("school.me"))}</span></span>
      <span class="chip ${member.role === "member" ? "" : "accent"}">${t(`school.role.${member.role}`)}</span>
      ${this.#manages(member)
        ? html`<button type="button" class="round quiet" aria-label=${`${t("edit")}: ${name}`} @click=${() => (this.edited = member.user_id)}>${icon("write")}</button>`
        : nothing}
    </li>`;
  }

  #form(member) {
    const { one, me } = this.data;
    return html`<li><form class="form inline-form" @submit=${(event) => this.#change(event, member)}>
      <strong class="wide">${nameOf(member)}</strong>
      <label>${t("school.role")}<select name="role">${roleOptions(one.role === "team_manager" ? "member" : one.role, member.role)}</select></label>
      <label>${t("school.team")}<input name="team" maxlength="60" list="teams" .value=${member.team ?? ""} /></label>
      <div class="controls wide"><button class="primary" ?disabled=${this.busy}>${t("save")}</button>
        <button type="button" @click=${() => (this.edited = null)}>${t("cancel")}</button>
        ${member.user_id === me.id ? nothing : html`<button type="button" class="danger" @click=${() => this.#remove(member)}>${t("school.remove")}</button>`}</div>
    </form></li>`;
  }
}
