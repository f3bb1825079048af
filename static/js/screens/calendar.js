/** The calendar at Google that is connected, or could be. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { all, call, get } from "../api.js";
import { date, t } from "../i18n.js";
import { icon } from "../icons.js";
import { link } from "../router.js";
import { Screen, empty, heading, line } from "../screen.js";
import { ask } from "../takeover.js";

export default class CalendarScreen extends Screen {
  load() {
    return all("/api/integrations");
  }

  #connect() {
    this.act(async () => {
      const begun = await get("/api/integrations/google-calendar/start", { redirect_to: "/#/calendar" });
      location.assign(begun.authorization_url);
    });
  }

  async #disconnect(one) {
    if (!(await ask(t("calendar.disconnect"), t("calendar.disconnect_sure", { account: one.account }), t("calendar.disconnect"), "danger"))) return;
    this.act(async () => {
      await call("DELETE", `/api/integrations/${one.id}`);
      await this.refresh();
    }, t("calendar.disconnected"));
  }

  view() {
    const found = this.data;
    const connect = html`<button type="button" class="primary" ?disabled=${this.busy} @click=${this.#connect}>${icon("calendar")}<span>${t("calendar.connect")}</span></button>`;
    return html`<p class="crumbs"><a href=${link("/account")}>${t("account.title")}</a></p>
      ${heading(t("calendar.title"), t("calendar.lead"), found.length ? connect : nothing)}
      ${this.params.error ? html`<p class="note" role="alert">${t("calendar.declined")}</p>` : nothing}
      ${this.params.connected && found.length ? html`<p class="note" role="status">${t("calendar.done")}</p>` : nothing}
      <div class="card">${found.length ? html`<ul class="list flush">${found.map((one) => this.#row(one))}</ul>` : empty("calendar", t("calendar.none"), connect)}</div>`;
  }

  #row(one) {
    const works = one.status === "active";
    return html`<li class="row">${icon("calendar")}
      <span class="grow"><strong>${one.account}</strong><span class="small">${line("Google", date(one.connected_at))}</span></span>
      <span class="chip ${works ? "good" : "poor"}">${t(works ? "calendar.works" : "calendar.broken")}</span>
      <button type="button" class="quiet" aria-label=${`${t("calendar.disconnect")}: ${one.account}`} @click=${() => this.#disconnect(one)}>${t("calendar.disconnect")}</button>
    </li>`;
  }
}
