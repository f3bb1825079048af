/** Written conversations with the tutor: the list, and a new one. */
import { html } from "../../vendor/lit.esm.min.js";
import { all, call } from "../api.js";
import { ago, t } from "../i18n.js";
import { icon } from "../icons.js";
import { go, link } from "../router.js";
import { Screen, empty, heading } from "../screen.js";
import { ask } from "../takeover.js";

export default class ConversationsScreen extends Screen {
  load() {
    return all("/api/core/conversations", {}, 500);
  }

  async #begin() {
    const made = await this.act(() => call("POST", "/api/core/conversations", {}));
    if (made) go(`/conversations/${made.id}`);
  }

  async #remove(one) {
    if (!(await ask(t("delete"), t("conversations.sure", { title: one.title }), t("delete"), "danger"))) return;
    await this.act(async () => {
      await call("DELETE", `/api/core/conversations/${one.id}`);
      await this.refresh();
    }, t("deleted"));
  }

  view() {
    const begin = html`<button type="button" class="primary" ?disabled=${this.busy} @click=${this.#begin}>${icon("write")}<span>${t("conversations.new")}</span></button>`;
    return html`${heading(t("conversations.title"), t("conversations.lead"), begin)}
      <div class="card">
        ${this.data.length
          ? html`<ul class="list flush">
              ${this.data.map(
                (one) => html`<li class="row">
                  <a class="grow plain-link" href=${link(`/conversations/${one.id}`)}><strong lang="en">${one.title}</strong>
                    <span class="small">${t("conversations.messages", { count: one.message_count })} · ${ago(one.updated_at)}</span></a>
                  <button type="button" class="round quiet" aria-label=${`${t("delete")}: ${one.title}`} @click=${() => this.#remove(one)}>${icon("trash")}</button>
                </li>`,
              )}
            </ul>`
          : empty("talk", t("conversations.none"), begin)}
      </div>`;
  }
}
