/** Documents, and questions that are answered from them with the place where it stands. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { all, call } from "../api.js";
import { upload } from "../files.js";
import { fields } from "../form.js";
import { ago, number, t } from "../i18n.js";
import { icon } from "../icons.js";
import { Screen, empty, heading } from "../screen.js";

const LOOK_AGAIN_MS = 1500;

export default class DocumentsScreen extends Screen {
  static properties = { ...Screen.properties, sent: { state: true }, answer: { state: true } };

  async load() {
    const documents = await all("/api/rag/documents", {}, 500);
    clearTimeout(this.timer);
    if (this.isConnected && documents.some((one) => one.status === "processing")) this.timer = setTimeout(() => this.refresh(), LOOK_AGAIN_MS);
    return documents;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  #upload(event) {
    const [file] = event.target.files;
    event.target.value = "";
    if (!file) return;
    const form = new FormData();
    form.set("file", file);
    this.sent = { name: file.name, share: 0 };
    this.act(async () => {
      try {
        await upload("/api/rag/documents", form, (share) => (this.sent = { name: file.name, share }));
      } finally {
        this.sent = null;
      }
      await this.refresh();
    }, t("documents.uploaded"));
  }

  #ask(event) {
    event.preventDefault();
    const { query } = fields(event.target);
    this.act(async () => {
      this.answer = await call("POST", "/api/rag/query", { query });
    });
  }

  #remove(one) {
    this.act(async () => {
      await call("DELETE", `/api/rag/documents/${one.id}`);
      await this.refresh();
    }, t("deleted"));
  }

  view() {
    const pick = html`<label class="button primary upload">${icon("upload")}<span>${t("documents.upload")}</span>
      <input type="file" class="unseen" accept=".txt,.md,.html,.pdf,.docx" @change=${this.#upload} ?disabled=${this.busy} /></label>`;
    return html`${heading(t("documents.title"), t("documents.lead"), pick)}
      ${this.sent ? html`<div class="card" role="status"><p>${t("documents.sending", { name: this.sent.name, percent: Math.round(this.sent.share * 100) })}</p><progress max="1" value=${this.sent.share} aria-label=${this.sent.name}></progress></div>` : nothing}
      <div class="grid">
        <div class="card">
          <h2>${t("documents.mine")}</h2>
          ${this.data.length ? html`<ul class="list flush">${this.data.map((one) => this.#document(one))}</ul>` : empty("library", t("documents.none"))}
        </div>
        <div class="card">
          <h2>${t("documents.ask")}</h2>
          <form class="search-form" @submit=${this.#ask}>
            <input name="query" required maxlength="1000" aria-label=${t("documents.question")} placeholder=${t("documents.question")} />
            <button class="primary" ?disabled=${this.busy}>${t("documents.ask_button")}</button>
          </form>
          <div aria-live="polite">${this.answer ? this.#answer(this.answer) : nothing}</div>
        </div>
      </div>`;
  }

  #document(one) {
    const kind = { ready: "good", processing: "fair", failed: "poor" }[one.status];
    return html`<li class="row" id=${`document-${one.id}`}>
      ${icon("library")}
      <span class="grow"><strong>${one.title}</strong>
        <span class="small">${number(Math.ceil(one.size_bytes / 1024))} kB · ${ago(one.created_at)}${one.error ? ` · ${t(`documents.error.${ERRORS.includes(one.error) ? one.error : "broken"}`)}` : ""}</span></span>
      <span class="chip ${kind}">${t(`documents.${one.status}`)}</span>
      <button type="button" class="round quiet" aria-label=${`${t("delete")}: ${one.title}`} @click=${() => this.#remove(one)}>${icon("trash")}</button>
    </li>`;
  }

  #answer(found) {
    return html`<p class="answer">${found.answer}</p>
      ${found.citations.map(
        (one) => html`<figure class="quote"><blockquote>${one.quote}</blockquote>
          <figcaption class="small">${one.title}${one.page ? ` · ${t("documents.page", { page: one.page })}` : ""}</figcaption></figure>`,
      )}`;
  }
}

const ERRORS = ["encrypted", "empty", "too_long", "unknown_encoding", "unsupported"];
