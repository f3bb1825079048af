/** For administrators: people, who may come in, and how the server is. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { call, get } from "../api.js";
import { download } from "../files.js";
import { fields } from "../form.js";
import { ago, current, number, t } from "../i18n.js";
import { icon } from "../icons.js";
import { Screen, empty, heading } from "../screen.js";
import { ask } from "../takeover.js";

const PEOPLE = "/api/admin/people";
const PLANS = ["free", "plus", "pro"];

export default class AdminScreen extends Screen {
  static properties = { ...Screen.properties, links: { state: true }, report: { state: true } };

  constructor() {
    super();
    this.query = { search: "", kind: "" };
    /** @type {{what: string, link: string}[]} */
    this.links = [];
    this.report = null;
  }

  async load() {
    const [people, doors, entrance, health, search] = await Promise.all([
      get(PEOPLE, this.query),
      get("/api/admin/entrance"),
      get("/api/auth/entrance"),
      get("/api/health/detailed"),
      get("/api/core/search/status"),
    ]);
    return { people: people.items, cursor: people.next_cursor, doors, mail: entrance.mail, checks: health.checks, search };
  }

  #find(event) {
    event.preventDefault();
    const { search, kind } = fields(event.target);
    this.query = { search: search.trim(), kind };
    this.act(() => this.refresh());
  }

  #more() {
    this.act(async () => {
      const page = await get(PEOPLE, { ...this.query, cursor: this.data.cursor });
      this.data = { ...this.data, people: [...this.data.people, ...page.items], cursor: page.next_cursor };
    });
  }

  /** Do something to somebody, and show what they are then. */
  #change(work, said = t("saved")) {
    this.act(async () => {
      const person = await work();
      this.data = { ...this.data, people: this.data.people.map((one) => (one.id === person.id ? person : one)) };
    }, said);
  }

  async #close(person) {
    if (!(await ask(t("admin.disable"), t("admin.disable_text", { name: person.username }), t("admin.disable"), "danger"))) return;
    this.#change(() => call("POST", `${PEOPLE}/${person.id}/disable`));
  }

  async #erase(person) {
    if (!(await ask(t("admin.erase"), t("admin.erase_text", { name: person.username }), t("admin.erase"), "danger"))) return;
    this.act(async () => {
      await call("DELETE", `${PEOPLE}/${person.id}`);
      this.data = { ...this.data, people: this.data.people.filter((one) => one.id !== person.id) };
    }, t("deleted"));
  }

  async #reset(person) {
    if (!(await ask(t("admin.reset"), t("admin.reset_text", { name: person.username }), t("admin.reset")))) return;
    this.act(async () => this.#show(person.email, (await call("POST", `${PEOPLE}/${person.id}/reset`)).link));
  }

  #export(person) {
    this.act(() => download(`${PEOPLE}/${person.id}/export`, `parley-${person.username}.zip`));
  }

  #unlock(person) {
    this.act(() => call("POST", "/api/admin/sign-in-guard/clear", { account: person.id }), t("admin.unlocked"));
  }

  #invite(event) {
    event.preventDefault();
    const form = event.target;
    const { email, plan, mail } = fields(form);
    const body = { ...(email ? { email } : {}), plan: /** @type {"free"} */ (plan), mail: Boolean(mail), language: current() };
    this.act(async () => {
      const made = await call("POST", "/api/admin/invitations", body);
      if (made.link) this.#show(email || t("admin.anybody"), made.link);
      form.reset();
    }, mail ? t("admin.mailed") : "");
  }

  #import(event) {
    event.preventDefault();
    const form = event.target;
    const file = form.elements.file.files[0];
    const dryRun = event.submitter?.value === "dry";
    this.act(async () => {
      this.report = await call("POST", `${PEOPLE}/import`, { csv: await file.text(), dry_run: dryRun });
      if (!this.report.created) return;
      for (const line of this.report.lines) this.#show(line.email, line.set_password.link);
      form.reset();
      await this.refresh();
    });
  }

  #decide(event) {
    event.preventDefault();
    const { registration, guests, a_day } = fields(event.target);
    const changes = { registration: Boolean(registration), guests: Boolean(guests), guests_a_day: a_day ? Number(a_day) : null };
    this.act(async () => {
      this.data = { ...this.data, doors: await call("PATCH", "/api/admin/entrance", changes) };
    }, t("saved"));
  }

  #show(what, link) {
    this.links = [{ what, link: link.startsWith("/") ? location.origin + link : link }, ...this.links];
  }

  view() {
    return html`${heading(t("admin.title"))}
      ${this.links.length ? this.#handover() : nothing} ${this.#people()}
      <div class="grid">
        <div class="stack">${this.#inviting()} ${this.#importing()}</div>
        <div class="stack">${this.#entrance()} ${this.#state()}</div>
      </div>`;
  }

  #handover() {
    return html`<section class="card" role="status">
      <h2>${t("admin.links")}</h2>
      <p>${t("admin.links_lead")}</p>
      <ul class="list flush">
        ${this.links.map(
          (one) => html`<li class="row"><label class="grow">${one.what}<input readonly dir="ltr" .value=${one.link} @focus=${(event) => event.target.select()} /></label></li>`,
        )}
      </ul>
    </section>`;
  }

  #people() {
    const kinds = { "": t("admin.all"), account: t("admin.accounts"), guest: t("admin.guests"), disabled: t("admin.disabled"), admin: t("admin.admins") };
    return html`<section class="card">
      <h2>${t("admin.people")}</h2>
      <form class="setup" role="search" @submit=${this.#find}>
        <label class="pick">${t("admin.search")}<input name="search" type="search" maxlength="254" .value=${this.query.search} /></label>
        <label class="pick">${t("admin.kind")}
          <select name="kind">${Object.entries(kinds).map(([kind, name]) => html`<option value=${kind} ?selected=${kind === this.query.kind}>${name}</option>`)}</select>
        </label>
        <button class="primary" ?disabled=${this.busy}>${icon("search")}<span>${t("search.title")}</span></button>
      </form>
      ${this.data.people.length ? html`<ul class="list flush">${this.data.people.map((one) => this.#person(one))}</ul>` : empty("search", t("admin.nobody"))}
      ${this.data.cursor ? html`<button type="button" @click=${this.#more} ?disabled=${this.busy}>${t("admin.more")}</button>` : nothing}
    </section>`;
  }

  #person(one) {
    const title = one.embedded?.subject ?? one.full_name ?? one.username;
    const chips = [
      one.role === "admin" ? ["accent", t("admin.admin")] : null,
      one.is_guest ? ["", t("admin.guest")] : null,
      one.disabled_at ? ["poor", t("admin.is_disabled")] : null,
    ].filter((chip) => chip !== null);
    const providers = one.identities.map(({ issuer }) => issuer).join(", ");
    const seen = one.last_seen_at ? ` · ${ago(one.last_seen_at)}` : "";
    const button = (text, work, kind = "quiet") => html`<button type="button" class=${kind} @click=${work} ?disabled=${this.busy}>${text}</button>`;
    return html`<li>
      <details class="person">
        <summary class="row"><span class="grow"><strong>${title}</strong><span class="small">${one.email}${seen}</span></span>
          <span>${chips.map(([kind, text]) => html`<span class="chip ${kind}">${text}</span> `)}<span class="chip">${one.plan}</span></span></summary>
        ${providers ? html`<p class="small">${t(one.has_password ? "admin.signs_in_too" : "admin.signs_in", { provider: providers })}</p>` : nothing}
        <div class="controls">
          <label class="pick">${t("admin.plan")}
            <select @change=${(event) => this.#change(() => call("PATCH", `${PEOPLE}/${one.id}`, { plan: event.target.value }))}>
              ${PLANS.map((plan) => html`<option ?selected=${plan === one.plan}>${plan}</option>`)}
            </select>
          </label>
          ${one.is_guest || one.disabled_at ? nothing : button(t("admin.reset"), () => this.#reset(one))}
          ${button(t("admin.unlock"), () => this.#unlock(one))} ${button(t("admin.export"), () => this.#export(one))}
          ${one.disabled_at
            ? button(t("admin.enable"), () => this.#change(() => call("POST", `${PEOPLE}/${one.id}/enable`)))
            : button(t("admin.disable"), () => this.#close(one), "danger")}
          ${button(t("admin.erase"), () => this.#erase(one), "danger")}
        </div>
      </details>
    </li>`;
  }

  #inviting() {
    return html`<form class="card form" @submit=${this.#invite}>
      <h2>${t("admin.invite")}</h2>
      <label>${t("account.email")}<input name="email" type="email" maxlength="254" /><small>${t("admin.invite_hint")}</small></label>
      <label>${t("admin.plan")}<select name="plan">${PLANS.map((plan) => html`<option>${plan}</option>`)}</select></label>
      ${this.data.mail ? html`<label class="check"><input type="checkbox" name="mail" /> ${t("admin.by_mail")}</label>` : nothing}
      <button class="primary" ?disabled=${this.busy}>${t("admin.invite")}</button>
    </form>`;
  }

  #importing() {
    return html`<form class="card form" @submit=${this.#import}>
      <h2>${t("admin.import")}</h2>
      <label>${t("admin.file")}<input name="file" type="file" accept=".csv,text/csv" required /><small>${t("admin.import_hint")}</small></label>
      <div class="controls"><button name="how" value="dry" ?disabled=${this.busy}>${t("admin.try")}</button>
        <button class="primary" name="how" value="do" ?disabled=${this.busy}>${t("admin.import")}</button></div>
      ${this.report ? this.#reported(this.report) : nothing}
    </form>`;
  }

  #reported({ created, faulty, lines }) {
    return html`<div role="status">
      <p>${t("admin.report", { created: number(created), faulty: number(faulty) })}</p>
      <ul class="list flush">
        ${lines.filter((line) => line.result === "faulty").map(
          (line) => html`<li class="row"><span class="grow"><strong>${t("admin.line", { line: number(line.line) })} ${line.email ?? ""}</strong><span class="small" lang="en">${line.message}</span></span></li>`,
        )}
      </ul>
    </div>`;
  }

  #entrance() {
    const { registration, guests, guests_a_day } = this.data.doors;
    return html`<form class="card form" @submit=${this.#decide}>
      <h2>${t("admin.entrance")}</h2>
      <label class="check"><input type="checkbox" name="registration" .checked=${registration} /> ${t("admin.registration")}</label>
      <label class="check"><input type="checkbox" name="guests" .checked=${guests} /> ${t("admin.guests_taken")}</label>
      <label>${t("admin.a_day")}<input name="a_day" type="number" min="0" max="1000000" .value=${guests_a_day ?? ""} /><small>${t("admin.a_day_hint")}</small></label>
      <button class="primary" ?disabled=${this.busy}>${t("save")}</button>
    </form>`;
  }

  #state() {
    const { checks, search } = this.data;
    const kinds = { ok: "good", degraded: "fair", down: "poor" };
    const index = { name: "search", status: search.healthy ? "ok" : "down", detail: `${search.engine}, ${number(search.documents)} + ${number(search.pending)}` };
    return html`<section class="card">
      <h2>${t("admin.state")}</h2>
      <ul class="list flush" lang="en">
        ${[...checks, index].map(
          (one) => html`<li class="row"><span class="grow"><strong>${one.name}</strong><span class="small">${one.detail}</span></span>
            <span class="chip ${kinds[one.status]}">${one.status}</span></li>`,
        )}
      </ul>
    </section>`;
  }
}
