/** Live sessions that are over. */
import { html } from "../../vendor/lit.esm.min.js";
import { all } from "../api.js";
import { clock, dateAndTime, t } from "../i18n.js";
import { icon } from "../icons.js";
import { link } from "../router.js";
import { Screen, empty, heading } from "../screen.js";

export default class HistoryScreen extends Screen {
  load() {
    return all("/api/live/transcripts", {}, 500);
  }

  view() {
    return html`${heading(t("history.title"), t("history.lead"))}
      <div class="card">
        ${this.data.length
          ? html`<ul class="list flush">
              ${this.data.map(
                (one) => html`<li><a class="row" href=${link(`/history/${one.id}`)}>
                  ${icon("history")}<span class="grow"><strong lang="en">${one.preview || "…"}</strong>
                    <span class="small">${dateAndTime(one.started_at)}${one.ended_at ? ` · ${clock((Date.parse(one.ended_at) - Date.parse(one.started_at)) / 1000)}` : ""} · ${t("history.turns", { count: one.turns })}</span></span>
                </a></li>`,
              )}
            </ul>`
          : empty("history", t("history.none"), html`<a class="button primary" href=${link("/talk")}>${t("nav.talk")}</a>`)}
      </div>`;
  }
}
