/** Servers that are told what happens: which there are, and a new one. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { all, call } from "../api.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { link } from "../router.js";
import { once, runs } from "../school.js";
import { Screen, empty, heading } from "../screen.js";

/** @typedef {import("/sdk/operations.js").Body<"POST", "/api/webhooks">["events"][number]} EventName */

/** @type {EventName[]} */
const EVENTS = ["session.ended", "transcript.ready", "module.completed", "assignment.due", "quota.low"];

/** A secret, which is shown this once. */
export function secretCard(secret) {
  return html`<div class="card">${once(t("webhooks.secret"), secret, t("webhooks.secret_hint"))}</div>`;
}

export function stateChip(hook) {
  if (!hook.enabled) return html`<span class="chip poor">${t("webhooks.off")}</span>`;
  return hook.failing_since ? html`<span class="chip fair">${t("webhooks.failing")}</span>` : html`<span class="chip good">${t("webhooks.on")}</span>`;
}

export default class WebhooksScreen extends Screen {
  static properties = { ...Screen.properties, writing: { state: true }, made: { state: true }, whose: { state: true } };

  async load() {
    const organizations = await all("/api/organizations", {}, 500);
    const leading = organizations.filter((one) => runs(one.role));
    const hooks = await all("/api/webhooks", this.whose ? { organization_id: this.whose } : {});
    return { leading, hooks };
  }

  #choose(event) {
    this.whose = event.target.value;
    this.made = null;
    this.act(() => this.refresh());
  }

  #create(event) {
    event.preventDefault();
    const filled = new FormData(event.target);
    const body = {
      url: String(filled.get("url")).trim(),
      description: String(filled.get("description")),
      events: EVENTS.filter((name) => filled.has(name)),
      organization_id: this.whose || null,
    };
    this.act(async () => {
      this.made = await call("POST", "/api/webhooks", body);
      this.writing = false;
      await this.refresh();
    }, t("saved"));
  }

  view() {
    const { hooks } = this.data;
    const begin = html`<button type="button" class="primary" @click=${() => (this.writing = true)}>${icon("hook")}<span>${t("webhooks.new")}</span></button>`;
    return html`${heading(t("webhooks.title"), t("webhooks.lead"), begin)} ${this.#owners()}
      ${this.made ? secretCard(this.made.secret) : nothing} ${this.writing ? this.#form() : nothing}
      ${hooks.length
        ? html`<ul class="list card">
            ${hooks.map(
              (hook) => html`<li><a class="row" href=${link(`/webhooks/${hook.id}`)}>${icon("hook")}
                <span class="grow"><strong class="address" lang="en" dir="ltr">${hook.url}</strong>
                  <span class="small">${hook.description || hook.events.join(", ")}</span></span>${stateChip(hook)}</a></li>`,
            )}
          </ul>`
        : this.writing ? nothing : html`<div class="card">${empty("hook", t("webhooks.none"), begin)}</div>`}`;
  }

  #owners() {
    const { leading } = this.data;
    if (!leading.length) return nothing;
    return html`<div class="card"><label class="pick">${t("webhooks.whose")}
      <select @change=${this.#choose}>
        <option value="" ?selected=${!this.whose}>${t("webhooks.mine")}</option>
        ${leading.map((one) => html`<option value=${one.id} ?selected=${one.id === this.whose}>${one.name}</option>`)}
      </select></label></div>`;
  }

  #form() {
    return html`<form class="card form wide-form" @submit=${this.#create}>
      <label>${t("webhooks.url")}<input name="url" type="url" required maxlength="2000" lang="en" dir="ltr" placeholder="https://" autocomplete="off" />
        <small>${t("webhooks.url_hint")}</small></label>
      <label>${t("webhooks.note")}<input name="description" maxlength="200" /></label>
      <fieldset class="question-block"><legend>${t("webhooks.events")}</legend>
        ${EVENTS.map((name) => html`<label class="check"><input type="checkbox" name=${name} checked /> ${t(`webhooks.event_${name.replace(".", "_")}`)}</label>`)}
      </fieldset>
      <div class="controls"><button class="primary" ?disabled=${this.busy}>${t("save")}</button>
        <button type="button" @click=${() => (this.writing = false)}>${t("cancel")}</button></div>
    </form>`;
  }
}
