/** Integration tokens of an organization: for a page of its own. One is issued and shown once, checked, and revoked. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { ApiError, Offline, all, call, get } from "../api.js";
import { fields } from "../form.js";
import { dateAndTime, t } from "../i18n.js";
import { SCOPES, notYours, once, organization, runs, scopeBoxes, tabs, ticked } from "../school.js";
import { Screen, heading } from "../screen.js";

/** @typedef {import("../school.js").Scope} Scope */

export default class TokensScreen extends Screen {
  static properties = { ...Screen.properties, issued: { state: true }, verdict: { state: true } };

  constructor() {
    super();
    this.issued = null;
    this.verdict = null;
  }

  async load() {
    const one = await organization(this.params.organization);
    if (!runs(one.role)) return { one, keys: null };
    const [me, keys] = await Promise.all([get("/api/auth/me"), fingerprints(one.id)]);
    const revoked = me.role === "admin" ? await all("/api/admin/integration-token-revocations", { tenantId: one.id }, 200) : null;
    return { one, keys, revoked };
  }

  #issue(event) {
    event.preventDefault();
    const { mode, origin, minutes, subject, fresh } = fields(event.target);
    const scopes = /** @type {Scope[]} */ (ticked(event.target, "scopes"));
    this.fault = scopes.length ? "" : t("keys.choose_scopes");
    if (this.fault) return;
    const body = {
      mode: /** @type {"api" | "embed"} */ (mode), origin: origin.trim().replace(/\/$/, ""), scopes, ttlSeconds: Number(minutes) * 60,
      tenantId: this.data.one.id, subject: subject.trim() || null,
    };
    this.act(async () => {
      this.issued = fresh ? await call("POST", "/api/integration/rotate", { ...body, rotateKey: true }) : await call("POST", "/api/integration/grant", body);
      await this.refresh();
    });
  }

  #check(event) {
    event.preventDefault();
    const { token } = fields(event.target);
    this.act(async () => {
      this.verdict = await call("POST", "/api/integration/verify", { token: token.trim(), tenantId: this.data.one.id });
    });
  }

  #revoke(event) {
    event.preventDefault();
    const form = event.target;
    const { which, reason } = fields(form);
    const id = which.trim();
    const body = id.includes(".") ? { integrationToken: id, reason } : { tenantId: this.data.one.id, jti: id, reason };
    this.act(async () => {
      await call("POST", "/api/integration/revoke", body);
      form.reset();
      this.verdict = null;
      await this.refresh();
    }, t("tokens.revoked"));
  }

  view() {
    const { one, keys } = this.data;
    if (keys === null) return html`${tabs(one, "tokens")}${heading(one.name)}${notYours()}`;
    return html`${tabs(one, "tokens")}
      ${heading(t("school.tab.tokens"), t("tokens.lead"))}
      <div class="grid">
        ${this.#issuing()}
        <div class="stack">${this.#checking()} ${this.#revoking()} ${this.#keys(keys)}</div>
      </div>`;
  }

  #issuing() {
    const { issued } = this;
    return html`<form class="card form wide-form" @submit=${this.#issue}>
      <h2>${t("tokens.issue")}</h2>
      <label>${t("tokens.mode")}<select name="mode"><option value="embed">${t("tokens.mode.embed")}</option><option value="api">${t("tokens.mode.api")}</option></select></label>
      <label>${t("tokens.origin")}<input name="origin" type="url" required dir="ltr" placeholder="https://school.example" /></label>
      <label>${t("tokens.minutes")}<input name="minutes" type="number" min="1" max="15" value="10" required /></label>
      <label>${t("tokens.subject")}<input name="subject" maxlength="200" /><small>${t("tokens.subject_hint")}</small></label>
      ${scopeBoxes(SCOPES, ["live:read", "live:write"])}
      <label class="check"><input type="checkbox" name="fresh" value="yes" /> ${t("tokens.fresh_key")}</label>
      ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
      <div class="controls"><button class="primary" ?disabled=${this.busy}>${t("tokens.issue")}</button></div>
      ${issued ? once(t("tokens.one"), issued.integrationToken, `${t("shown_once")} ${t("invite.until", { date: dateAndTime(issued.expiresAt) })} · ${issued.jti}`) : nothing}
    </form>`;
  }

  #checking() {
    const { verdict } = this;
    const state = verdict?.valid ? "valid" : verdict?.revoked ? "revoked" : "invalid";
    return html`<form class="card form wide-form" @submit=${this.#check}>
      <h2>${t("tokens.check")}</h2>
      <label>${t("tokens.one")}<input name="token" required maxlength="2000" dir="ltr" autocomplete="off" /></label>
      <div class="controls"><button ?disabled=${this.busy}>${t("tokens.check")}</button></div>
      <div role="status">${verdict ? html`<p><span class="chip ${verdict.valid ? "good" : "poor"}">${t(`tokens.is.${state}`)}</span>
        ${verdict.valid || verdict.revoked ? nothing : html`<code>${verdict.reason}</code>`}</p>` : nothing}</div>
    </form>`;
  }

  #revoking() {
    const { revoked } = this.data;
    return html`<form class="card form wide-form" @submit=${this.#revoke}>
      <h2>${t("tokens.revoke")}</h2>
      <label>${t("tokens.which")}<input name="which" required maxlength="2000" dir="ltr" autocomplete="off" /></label>
      <label>${t("tokens.reason")}<input name="reason" required maxlength="200" /></label>
      <div class="controls"><button class="danger" ?disabled=${this.busy}>${t("revoke")}</button></div>
      ${revoked?.length
        ? html`<ul class="list flush">${revoked.map((each) => html`<li class="row"><span class="grow"><strong>${each.reason}</strong><span class="small"><code>${each.jti}</code> · ${dateAndTime(each.revokedAt)}</span></span></li>`)}</ul>`
        : nothing}
    </form>`;
  }

  #keys(keys) {
    if (!keys.length) return nothing;
    return html`<div class="card"><h2>${t("tokens.keys")}</h2><p class="small">${t("tokens.keys_hint")}</p>
      <ul class="list flush">${keys.map((key) => html`<li class="row"><span class="grow"><code class="small print">${key.sha256}</code></span>
        ${key.active ? html`<span class="chip good">${t("tokens.active")}</span>` : nothing}</li>`)}</ul></div>`;
  }
}

/** Of the keys that sign. The answer is public and may be kept for a minute, which is too long after a new one was made. */
async function fingerprints(id) {
  const response = await fetch(`/api/integration/fingerprint?tenantId=${id}`, { cache: "no-store" }).catch((error) => {
    throw new Offline(error.message);
  });
  if (!response.ok) throw new ApiError(response.status, null);
  return (await response.json()).fingerprints;
}
