/** API keys: for programs that act as this account. A key is shown once. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { all, call } from "../api.js";
import { fields } from "../form.js";
import { ago, date, t } from "../i18n.js";
import { icon } from "../icons.js";
import { link } from "../router.js";
import { SCOPES, once, scopeBoxes, ticked } from "../school.js";
import { Screen, empty, heading } from "../screen.js";
import { ask } from "../takeover.js";
import { endOf } from "./assignments.js";

export default class KeysScreen extends Screen {
  static properties = { ...Screen.properties, making: { state: true }, secret: { state: true } };

  async load() {
    const [keys, tenants] = await Promise.all([all("/api/api-keys"), all("/api/tenants")]);
    return { keys, tenants };
  }

  #make(event) {
    event.preventDefault();
    const { name, organization, expires, addresses } = fields(event.target);
    const scopes = ticked(event.target, "scopes");
    this.fault = scopes.length ? "" : t("keys.choose_scopes");
    if (this.fault) return;
    this.act(async () => {
      const body = {
        name: name.trim(),
        scopes: /** @type {import("../school.js").Scope[]} */ (scopes),
        organization_id: organization || null,
        allowed_ips: addresses.split(/[\s,]+/).filter(Boolean),
        expires_at: expires ? endOf(expires) : null,
      };
      this.secret = (await call("POST", "/api/api-keys", body)).key;
      this.making = false;
      await this.refresh();
    });
  }

  async #revoke(key) {
    if (!(await ask(t("revoke"), t("keys.revoke_sure", { name: key.name }), t("revoke"), "danger"))) return;
    this.act(async () => {
      await call("DELETE", `/api/api-keys/${key.id}`);
      this.secret = "";
      await this.refresh();
    }, t("invite.revoked"));
  }

  view() {
    const { keys } = this.data;
    const begin = html`<button type="button" class="primary" @click=${() => (this.making = true)}>${icon("key")}<span>${t("keys.new")}</span></button>`;
    return html`<p class="crumbs"><a href=${link("/account")}>${t("account.title")}</a></p>
      ${heading(t("keys.title"), t("keys.lead"), begin)}
      ${this.secret ? html`<div class="card">${once(t("keys.one"), this.secret, t("shown_once"))}</div>` : nothing}
      ${this.making ? this.#form() : nothing}
      <div class="card">${keys.length ? html`<ul class="list flush">${keys.map((key) => this.#row(key))}</ul>` : empty("key", t("keys.none"))}</div>`;
  }

  #row(key) {
    const owner = this.data.tenants.find((one) => one.id === key.organization_id);
    const facts = [owner?.name, key.last_used_at ? t("keys.used", { when: ago(key.last_used_at) }) : t("keys.unused"), key.expires_at && t("invite.until", { date: date(key.expires_at) }), ...key.allowed_ips];
    return html`<li class="row">
      <span class="grow"><strong>${key.name}</strong><span class="small"><code>${key.prefix}…</code> · ${facts.filter(Boolean).join(" · ")}</span>
        <span class="small scope-list">${key.scopes.map((scope) => html`<code>${scope}</code> `)}</span></span>
      <button type="button" class="quiet" aria-label=${`${t("revoke")}: ${key.name}`} @click=${() => this.#revoke(key)}>${t("revoke")}</button>
    </li>`;
  }

  #form() {
    const { tenants } = this.data;
    return html`<form class="card form wide-form" @submit=${this.#make}>
      <h2>${t("keys.new")}</h2>
      <label>${t("school.name")}<input name="name" required maxlength="100" /><small>${t("keys.name_hint")}</small></label>
      ${scopeBoxes([...SCOPES, "webhooks:read", "webhooks:write"], ["live:read", "live:write"])}
      <label>${t("keys.organization")}<select name="organization"><option value="">${t("keys.myself")}</option>
        ${tenants.map((one) => html`<option value=${one.id}>${one.name}</option>`)}</select></label>
      <label>${t("keys.expires")}<input name="expires" type="date" /></label>
      <label>${t("keys.addresses")}<input name="addresses" dir="ltr" placeholder="203.0.113.0/24" /><small>${t("keys.addresses_hint")}</small></label>
      ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
      <div class="controls"><button class="primary" ?disabled=${this.busy}>${t("keys.make")}</button>
        <button type="button" @click=${() => (this.making = false)}>${t("cancel")}</button></div>
    </form>`;
  }
}
