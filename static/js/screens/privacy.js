/** What is kept of me, and what I can do about it. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { all, call, get, leave, send } from "../api.js";
import { clock, dateAndTime, number, t } from "../i18n.js";
import { icon } from "../icons.js";
import { go } from "../router.js";
import { empty, heading, Screen } from "../screen.js";
import { keepRecordings, keepsRecordings } from "../settings.js";
import { playBlob } from "../speech.js";
import { download } from "../files.js";
import { fields } from "../form.js";

export default class PrivacyScreen extends Screen {
  async load() {
    const [me, recordings] = await Promise.all([get("/api/auth/me"), all("/api/live/recordings")]);
    return { me, recordings };
  }

  /** Everything that is kept of this account, as one file. */
  async #everything() {
    await download("/api/auth/me/export", "parley.zip");
  }

  async #play(recording) {
    await playBlob(await (await send("GET", `/api/live/recordings/${recording.session_id}`)).blob());
  }

  async #remove(recording) {
    await call("DELETE", `/api/live/recordings/${recording.session_id}`);
    await this.refresh();
  }

  async #delete(event) {
    event.preventDefault();
    const { password } = fields(event.target);
    const gone = await this.act(async () => {
      await leave(password);
      return true;
    });
    if (gone) go("/");
  }

  view() {
    const { me, recordings } = this.data;
    return html`
      ${heading(t("privacy.title"), t("privacy.lead"))}
      <div class="grid">
        <div class="card">
          <h2>${t("privacy.recordings")}</h2>
          <label class="check">
            <input type="checkbox" .checked=${keepsRecordings()} @change=${(event) => keepRecordings(event.target.checked)} />
            ${t("privacy.consent")}
          </label>
          <p class="small">${t("privacy.consent_hint")}</p>
          ${recordings.length ? html`<ul class="list flush">${recordings.map((one) => this.#recording(one))}</ul>` : empty("microphone", t("privacy.no_recordings"))}
        </div>
        <div class="stack">
          <div class="card">
            <h2>${t("privacy.export")}</h2>
            <p class="small">${t("privacy.export_hint")}</p>
            <div class="controls">
              <button type="button" ?disabled=${this.busy} @click=${() => this.act(() => this.#everything(), t("privacy.exported"))}>
                ${icon("download")}<span>${t("privacy.export")}</span>
              </button>
            </div>
          </div>
          <form class="card form" @submit=${this.#delete}>
            <h2>${t("privacy.delete")}</h2>
            <p class="small">${t("privacy.delete_hint")}</p>
            ${me.has_password ? html`<label>${t("account.password")}<input name="password" type="password" required autocomplete="current-password" /></label>` : nothing}
            <label class="check"><input type="checkbox" required /> ${t("privacy.delete_sure")}</label>
            <button class="danger" ?disabled=${this.busy}>${icon("trash")}<span>${t("privacy.delete")}</span></button>
          </form>
        </div>
      </div>`;
  }

  #recording(one) {
    return html`<li class="row">
      <button type="button" class="round" aria-label=${t("play.named", { name: dateAndTime(one.started_at) })} @click=${() => this.act(() => this.#play(one))}>${icon("play")}</button>
      <span class="grow"><strong>${dateAndTime(one.started_at)}</strong>
        <span class="small">${clock(one.duration_ms / 1000)} · ${number(one.size_bytes / 1e6, { maximumFractionDigits: 1 })} MB</span></span>
      <button type="button" class="round quiet" aria-label=${t("delete")} @click=${() => this.act(() => this.#remove(one), t("deleted"))}>${icon("trash")}</button>
    </li>`;
  }
}
