/** Who I am, how I sign in, and where I am signed in. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { all, call, callAsStranger, get, signOut } from "../api.js";
import { fields } from "../form.js";
import { LANGUAGES, choose, current, dateAndTime, nameOf, t } from "../i18n.js";
import { icon } from "../icons.js";
import { go, link } from "../router.js";
import { Screen, heading, line } from "../screen.js";
import { ask } from "../takeover.js";

// The most spoken first languages; a learner with another one keeps it.
const NATIVE = "ar bn cs da de el en es fa fi fr he hi hu id it ja ko ms nl no pl pt-BR pt ro ru sv ta te th tl tr uk ur vi zh".split(" ");

export default class AccountScreen extends Screen {
  async load() {
    const [me, sessions, entrance] = await Promise.all([
      get("/api/auth/me"),
      all("/api/auth/sessions"),
      callAsStranger("GET", "/api/auth/entrance"),
    ]);
    return { me, sessions, entrance };
  }

  #save(event) {
    event.preventDefault();
    const changes = Object.fromEntries(Object.entries(fields(event.target)).map(([name, text]) => [name, text.trim() || null]));
    this.act(async () => {
      this.data = { ...this.data, me: await call("PATCH", "/api/auth/me", changes) };
    }, t("saved"));
  }

  #password(event) {
    event.preventDefault();
    const form = event.target;
    const { current_password, new_password } = fields(form);
    this.act(async () => {
      await call("POST", "/api/auth/password", { current_password, new_password });
      form.reset();
      await this.refresh();
    }, t("account.password_changed"));
  }

  #prove() {
    this.act(() => call("POST", "/api/auth/verification", { language: current() }), t("verify.sent"));
  }

  async #leave(everywhere) {
    const guest = this.data.me.is_guest;
    if (guest && !(await ask(t("account.sign_out"), t("account.guest_sign_out"), t("account.sign_out"), "danger"))) return;
    await this.act(() => signOut(everywhere));
    go("/");
  }

  #end(session) {
    this.act(async () => {
      await call("DELETE", `/api/auth/sessions/${session.id}`);
      await this.refresh();
    }, t("account.device_out"));
  }

  view() {
    const { me } = this.data;
    return html`
      ${heading(t("account.title"), me.is_guest ? "" : me.email)}
      ${me.is_guest
        ? html`<div class="card banner"><div><h2>${t("account.guest_title")}</h2><p>${t("account.keep_lead")}</p></div>
            <a class="button primary" href=${link("/sign-up")}>${t("account.keep")}</a></div>`
        : nothing}
      ${!me.is_guest && !me.email_verified && this.data.entrance.mail
        ? html`<div class="card banner"><p>${t("verify.lead", { email: me.email })}</p>
            <button type="button" @click=${this.#prove} ?disabled=${this.busy}>${t("verify.send")}</button></div>`
        : nothing}
      ${me.role === "admin" ? html`<p><a class="button" href=${link("/admin")}>${icon("teach")}<span>${t("admin.title")}</span></a></p>` : nothing}
      <div class="grid">
        ${this.#profile(me)}
        <div class="stack">${me.has_password ? this.#passwordCard() : nothing} ${this.#devices()}</div>
      </div>`;
  }

  #profile(me) {
    const natives = [...new Set([...NATIVE, me.native_language].filter(Boolean))].map((code) => [code, nameOf(code)]);
    natives.sort(([, a], [, b]) => a.localeCompare(b, current()));
    const zones = [...new Set([me.timezone, "UTC", ...(Intl.supportedValuesOf?.("timeZone") ?? [])])].sort();
    return html`<form class="card form" @submit=${this.#save}>
      <h2>${t("account.profile")}</h2>
      <label>${t("account.full_name")}<input name="full_name" maxlength="100" .value=${me.full_name ?? ""} autocomplete="name" /></label>
      <label>${t("account.nickname")}<input name="nickname" maxlength="40" .value=${me.nickname ?? ""} /><small>${t("account.nickname_hint")}</small></label>
      <label>${t("account.native")}
        <select name="native_language">
          <option value="" ?selected=${!me.native_language}>${t("account.not_said")}</option>
          ${natives.map(([code, name]) => html`<option value=${code} ?selected=${code === me.native_language}>${name}</option>`)}
        </select>
      </label>
      <label>${t("account.timezone")}
        <select name="timezone">${zones.map((zone) => html`<option ?selected=${zone === me.timezone}>${zone}</option>`)}</select>
        <small>${t("account.timezone_hint")}</small>
      </label>
      <label>${t("language")}
        <select @change=${(event) => choose(event.target.value)}>
          ${Object.entries(LANGUAGES).map(([code, name]) => html`<option value=${code} lang=${code} ?selected=${code === current()}>${name}</option>`)}
        </select>
      </label>
      <button class="primary" ?disabled=${this.busy}>${t("save")}</button>
    </form>`;
  }

  #passwordCard() {
    return html`<form class="card form" @submit=${this.#password}>
      <h2>${t("account.change_password")}</h2>
      <input type="text" autocomplete="username" .value=${this.data.me.email} hidden />
      <label>${t("account.password_now")}<input name="current_password" type="password" required autocomplete="current-password" /></label>
      <label>${t("account.password_new")}
        <input name="new_password" type="password" required minlength="10" maxlength="256" autocomplete="new-password" />
        <small>${t("account.password_rule")}</small>
      </label>
      <button ?disabled=${this.busy}>${t("account.change_password")}</button>
    </form>`;
  }

  #devices() {
    return html`<div class="card">
      <h2>${t("account.devices")}</h2>
      <ul class="list flush">
        ${this.data.sessions.map(
          (one) => html`<li class="row">
            <span class="grow"><strong>${device(one.user_agent)}</strong><span class="small">${line(one.address, dateAndTime(one.last_seen_at))}</span></span>
            ${one.current
              ? html`<span class="chip good">${t("account.this_device")}</span>`
              : html`<button type="button" class="quiet" @click=${() => this.#end(one)}>${t("account.sign_out")}</button>`}
          </li>`,
        )}
      </ul>
      <div class="controls">
        <button type="button" @click=${() => this.#leave(false)}>${t("account.sign_out")}</button>
        ${this.data.sessions.length > 1
          ? html`<button type="button" class="danger" @click=${() => this.#leave(true)}>${t("account.everywhere")}</button>`
          : nothing}
        <a class="button quiet" href=${link("/privacy")}>${icon("lock")}<span>${t("privacy.title")}</span></a>
        ${this.data.me.is_guest ? "" : html`<a class="button quiet" href=${link("/keys")}>${icon("key")}<span>${t("keys.title")}</span></a>
              <a class="button quiet" href=${link("/calendar")}>${icon("calendar")}<span>${t("calendar.title")}</span></a>`}
      </div>
    </div>`;
  }
}

/** A browser and system that a person recognizes. */
function device(agent) {
  const browser = /Edg|OPR|Firefox|Chrome|Safari/.exec(agent)?.[0] ?? agent.split("/")[0];
  const system = /Windows|Android|iPhone|iPad|Mac OS|Linux/.exec(agent)?.[0];
  const names = { Edg: "Edge", OPR: "Opera", "Mac OS": "Mac" };
  return [browser, system].filter(Boolean).map((name) => names[name] ?? name).join(" · ") || t("account.program");
}
