/** Lessons that teachers make of their own texts: what would become of one, with its key, and those that are kept. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { all, call } from "../api.js";
import { fields } from "../form.js";
import { date, t } from "../i18n.js";
import { icon } from "../icons.js";
import { ENGLISH, LEVELS } from "../lessons.js";
import { asTeacher, notYours, organization, tabs } from "../school.js";
import { Screen, empty, heading, line } from "../screen.js";

export default class TextsScreen extends Screen {
  static properties = { ...Screen.properties, seen: { state: true } };

  async load() {
    const one = await organization(this.params.organization);
    const kept = await asTeacher(() => all(`${ENGLISH}/texts`, { organization_id: one.id }));
    if (kept === null) return { one, kept };
    const documents = (await all("/api/rag/documents", {}, 200)).filter((each) => each.status === "ready");
    return { one, kept, documents };
  }

  #preview(event) {
    event.preventDefault();
    const given = fields(event.target);
    const asked = {
      organization_id: this.data.one.id,
      title: given.title.trim(),
      level: given.level || null,
      ...(given.document_id ? { document_id: given.document_id } : { text: given.text }),
    };
    const field = event.target.elements.text;
    this.fault = "";
    this.act(async () => {
      try {
        this.seen = { asked, ...(await call("POST", `${ENGLISH}/texts/preview`, asked)) };
      } catch (error) {
        const fault = error.details?.fields?.find(({ path }) => path === "/text");
        if (!fault) throw error;
        this.fault = fault.message;
        await this.updateComplete;
        return field.focus();
      }
      await this.updateComplete;
      document.getElementById("preview")?.focus();
    });
  }

  #keep() {
    this.act(async () => {
      await call("POST", `${ENGLISH}/texts`, this.seen.asked);
      this.seen = null;
      await this.refresh();
    }, t("texts.kept"));
  }

  #remove(each) {
    this.act(async () => {
      await call("DELETE", `${ENGLISH}/texts/${each.id}`);
      await this.refresh();
    }, t("deleted"));
  }

  view() {
    const { one, kept } = this.data;
    if (kept === null) return html`${tabs(one, "texts")}${heading(one.name)}${notYours()}`;
    return html`${tabs(one, "texts")}
      ${heading(t("school.tab.texts"), t("texts.lead"))}
      ${this.#form()}
      ${this.seen ? this.#shown(this.seen) : nothing}
      <div class="card">
        ${kept.length ? html`<ul class="list flush">${kept.map((each) => this.#row(each))}</ul>` : empty("lessons", t("texts.none"))}
      </div>`;
  }

  #row(each) {
    return html`<li class="row">${icon("lessons")}
      <span class="grow"><strong lang="en">${each.title}</strong><span class="small">${line(each.cefr_level, date(each.created_at))}</span></span>
      <button type="button" class="round quiet" ?disabled=${this.busy} aria-label=${`${t("delete")}: ${each.title}`} @click=${() => this.#remove(each)}>${icon("trash")}</button>
    </li>`;
  }

  #form() {
    const { documents } = this.data;
    return html`<form class="card form wide-form" @submit=${this.#preview}>
      <label>${t("notes.name")}<input name="title" required maxlength="120" lang="en" /></label>
      <label>${t("texts.text")}<textarea name="text" rows="6" maxlength="6000" lang="en" aria-invalid=${this.fault ? "true" : nothing} aria-describedby=${this.fault ? "text-fault" : nothing}></textarea></label>
      ${this.fault ? html`<p class="fault" id="text-fault" lang="en">${this.fault}</p>` : nothing}
      ${documents.length
        ? html`<label>${t("texts.document")}<select name="document_id"><option value="">–</option>${documents.map((each) => html`<option value=${each.id}>${each.title}</option>`)}</select></label>`
        : nothing}
      <label>${t("texts.level")}<select name="level"><option value="">${t("texts.level_found")}</option>${LEVELS.map((level) => html`<option>${level}</option>`)}</select></label>
      <div class="controls"><button class="primary" ?disabled=${this.busy}>${t("texts.preview")}</button></div>
    </form>`;
  }

  #shown(seen) {
    return html`<section class="card" aria-label=${t("texts.preview")}>
      <h2 id="preview" tabindex="-1"><span lang="en">${seen.title}</span> <span class="chip accent">${seen.cefr_level}</span></h2>
      <p class="small">${LEVELS.map((level) => `${level}: ${seen.by_level[level]}`).join(" · ")}</p>
      ${seen.is_cut ? html`<p class="small">${t("texts.cut")}</p>` : nothing}
      ${seen.above.length
        ? html`<h3>${t("texts.above", { level: seen.cefr_level })}</h3>
            ${seen.warning ? html`<p class="fault" lang="en">${seen.warning}</p>` : nothing}
            <p class="word-box" lang="en">${seen.above.map((word) => html`<span class="chip">${word.word} · ${word.level}</span>`)}</p>`
        : nothing}
      <ul class="plain parts">
        ${seen.tasks.map((task) => html`<li><span class="chip">${t(`skill.${task.skill}`)}</span>
          <span><strong lang="en">${task.title}</strong> <span class="small">${t("texts.key")}: <span lang="en">${keyOf(task, seen.answers[task.id])}</span></span></span></li>`)}
      </ul>
      <div class="controls"><button type="button" class="primary" ?disabled=${this.busy} @click=${this.#keep}>${t("texts.keep")}</button>
        <button type="button" @click=${() => (this.seen = null)}>${t("cancel")}</button></div>
    </section>`;
  }
}

/** In words: options stand for what they say. */
function keyOf(task, key) {
  const said = Object.fromEntries((task.options ?? []).map((option) => [option.id, option.text]));
  return [key].flat().map((one) => said[one] ?? one).join(" / ");
}
