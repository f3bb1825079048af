/** Notes of one's own. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { all, call } from "../api.js";
import { fields } from "../form.js";
import { ago, t } from "../i18n.js";
import { icon } from "../icons.js";
import { Screen, empty, heading } from "../screen.js";

export default class NotesScreen extends Screen {
  static properties = { ...Screen.properties, edited: { state: true } };

  async load() {
    const notes = await all("/api/core/notes", {}, 500);
    this.edited ??= notes.find((one) => one.id === this.params.note) ?? null;
    return notes;
  }

  #save(event) {
    event.preventDefault();
    const { title, content, tags } = fields(event.target);
    const body = { title, content, tags: tags.split(",").map((tag) => tag.trim()).filter(Boolean) };
    const { id } = this.edited;
    this.act(async () => {
      await (id ? call("PUT", `/api/core/notes/${id}`, body) : call("POST", "/api/core/notes", body));
      this.edited = null;
      await this.refresh();
    }, t("saved"));
  }

  #remove(note) {
    this.act(async () => {
      await call("DELETE", `/api/core/notes/${note.id}`);
      if (this.edited?.id === note.id) this.edited = null;
      await this.refresh();
    }, t("deleted"));
  }

  view() {
    const begin = html`<button type="button" class="primary" @click=${() => (this.edited = {})}>${icon("write")}<span>${t("notes.new")}</span></button>`;
    return html`${heading(t("notes.title"), t("notes.lead"), begin)}
      ${this.edited ? this.#form(this.edited) : nothing}
      ${this.data.length
        ? html`<ul class="notes">
            ${this.data.map(
              (note) => html`<li class="card">
                <div class="between"><h2>${note.title}</h2><span class="small">${ago(note.updated_at)}</span></div>
                <p class="note-text">${note.content}</p>
                <div class="between"><span>${note.tags.map((tag) => html`<span class="chip">${tag}</span> `)}</span>
                  <span><button type="button" class="round quiet" aria-label=${`${t("edit")}: ${note.title}`} @click=${() => (this.edited = note)}>${icon("write")}</button>
                    <button type="button" class="round quiet" aria-label=${`${t("delete")}: ${note.title}`} @click=${() => this.#remove(note)}>${icon("trash")}</button></span></div>
              </li>`,
            )}
          </ul>`
        : this.edited ? nothing : html`<div class="card">${empty("write", t("notes.none"), begin)}</div>`}`;
  }

  #form(note) {
    return html`<form class="card form wide-form" @submit=${this.#save}>
      <label>${t("notes.name")}<input name="title" required maxlength="200" .value=${note.title ?? ""} /></label>
      <label>${t("notes.text")}<textarea name="content" rows="6" required maxlength="20000" .value=${note.content ?? ""}></textarea></label>
      <label>${t("notes.tags")}<input name="tags" maxlength="200" .value=${(note.tags ?? []).join(", ")} /><small>${t("notes.tags_hint")}</small></label>
      <div class="controls"><button class="primary" ?disabled=${this.busy}>${t("save")}</button>
        <button type="button" @click=${() => (this.edited = null)}>${t("cancel")}</button></div>
    </form>`;
  }
}
