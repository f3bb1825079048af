/** One server that is told what happens: its state, its secret, and what was sent to it. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { call, get } from "../api.js";
import { dateAndTime, number, t } from "../i18n.js";
import { icon } from "../icons.js";
import { go, link } from "../router.js";
import { Screen, empty, heading } from "../screen.js";
import { tell } from "../status.js";
import { ask } from "../takeover.js";
import { secretCard, stateChip } from "./webhooks.js";

const STATES = ["waiting", "delivered", "dead"];
const BANDS = { waiting: "fair", delivered: "good", dead: "poor" };
const KEPT_MS = 30 * 86_400_000;

export default class WebhookScreen extends Screen {
  static properties = { ...Screen.properties, secret: { state: true }, status: { state: true } };

  async load() {
    const wanted = this.status ? { limit: 50, status: this.status } : { limit: 50 };
    const [hook, page] = await Promise.all([get(`/api/webhooks/${this.params.webhook}`), get(`/api/webhooks/${this.params.webhook}/deliveries`, wanted)]);
    return { hook, deliveries: page.items };
  }

  #do(work, said) {
    this.act(async () => {
      await work();
      await this.refresh();
    }, said);
  }

  async #rotate() {
    if (!(await ask(t("webhooks.rotate"), t("webhooks.rotate_hint"), t("webhooks.rotate")))) return;
    this.#do(async () => {
      this.secret = (await call("POST", `/api/webhooks/${this.params.webhook}/rotate`)).secret;
    }, t("saved"));
  }

  async #delete() {
    if (!(await ask(t("delete"), t("webhooks.delete_sure"), t("delete"), "danger"))) return;
    const gone = await this.act(async () => {
      await call("DELETE", `/api/webhooks/${this.params.webhook}`);
      return true;
    }, t("deleted"));
    if (gone) go("/webhooks");
  }

  #replayDead() {
    this.#do(async () => {
      const since = new Date(Date.now() - KEPT_MS).toISOString();
      const { replayed } = await call("POST", `/api/webhooks/${this.params.webhook}/replay`, { since });
      tell(t("webhooks.replayed", { count: replayed }));
    }, "");
  }

  #filter(event) {
    this.status = event.target.value;
    this.act(() => this.refresh());
  }

  view() {
    const { hook } = this.data;
    return html`<nav class="crumbs"><a href=${link("/webhooks")}>${t("webhooks.title")}</a></nav>
      <div class="address" lang="en" dir="ltr">${heading(hook.url, hook.description, stateChip(hook))}</div>
      ${this.#notice(hook)} ${this.secret ? secretCard(this.secret) : nothing}
      <div class="card">
        <p class="small" lang="en" dir="ltr">${hook.events.join(", ")}</p>
        <div class="controls">
          <button type="button" class="primary" ?disabled=${this.busy || !hook.enabled} @click=${() => this.#do(() => call("POST", `/api/webhooks/${this.params.webhook}/test`), t("webhooks.tested"))}>${t("webhooks.test")}</button>
          <button type="button" ?disabled=${this.busy} @click=${() => this.#do(() => call("PATCH", `/api/webhooks/${this.params.webhook}`, { enabled: !hook.enabled }), t("saved"))}>
            ${hook.enabled ? t("webhooks.disable") : t("webhooks.enable")}</button>
          <button type="button" ?disabled=${this.busy} @click=${() => this.#rotate()}>${t("webhooks.rotate")}</button>
          <button type="button" class="danger" ?disabled=${this.busy} @click=${() => this.#delete()}>${icon("trash")}<span>${t("delete")}</span></button>
        </div>
      </div>
      ${this.#log(hook)}`;
  }

  #notice(hook) {
    if (hook.disabled_reason) return html`<p class="note" role="alert">${t(`webhooks.disabled_${hook.disabled_reason}`, { at: dateAndTime(hook.disabled_at) })}</p>`;
    return hook.failing_since ? html`<p class="note" role="status">${t("webhooks.failing_since", { at: dateAndTime(hook.failing_since) })}</p>` : nothing;
  }

  #log(hook) {
    const { deliveries } = this.data;
    return html`<div class="card">
      <div class="between"><h2>${t("webhooks.deliveries")}</h2>
        <button type="button" ?disabled=${this.busy} @click=${() => this.act(() => this.refresh())}>${t("webhooks.refresh")}</button></div>
      <div class="between"><label class="pick">${t("webhooks.show")}
        <select @change=${this.#filter}><option value="">${t("webhooks.all")}</option>
          ${STATES.map((state) => html`<option value=${state} ?selected=${state === this.status}>${t(`webhooks.status_${state}`)}</option>`)}
        </select></label>
        <button type="button" ?disabled=${this.busy || !hook.enabled} @click=${() => this.#replayDead()}>${t("webhooks.replay_dead")}</button></div>
      ${deliveries.length ? html`<ul class="list flush">${deliveries.map((one) => this.#delivery(one, hook))}</ul>` : empty("hook", t("webhooks.no_deliveries"))}
    </div>`;
  }

  #delivery(one, hook) {
    const answer = [one.response_status, one.problem, one.latency_ms === null ? null : `${number(one.latency_ms)} ms`];
    const next = one.next_attempt_at ? t("webhooks.next_try", { at: dateAndTime(one.next_attempt_at) }) : "";
    return html`<li class="row">
      <span class="grow"><strong lang="en" dir="ltr">${one.event}</strong>
        <span class="small">${dateAndTime(one.created_at)} · ${t("webhooks.tries", { count: one.attempts })}</span>
        <span class="small" lang="en" dir="ltr">${answer.filter(Boolean).join(" · ")}</span>${next ? html`<span class="small">${next}</span>` : nothing}</span>
      <span class="chip ${BANDS[one.status]}">${t(`webhooks.status_${one.status}`)}</span>
      <button type="button" class="quiet" ?disabled=${this.busy || !hook.enabled} aria-label=${`${t("webhooks.replay")}: ${one.event}, ${dateAndTime(one.created_at)}`}
        @click=${() => this.#do(() => call("POST", `/api/webhooks/${this.params.webhook}/deliveries/${one.id}/replay`), t("webhooks.replayed", { count: 1 }))}>${t("webhooks.replay")}</button>
    </li>`;
  }
}
