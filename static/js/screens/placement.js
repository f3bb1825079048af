/** The placement: what it is, one question after the other, and the level that it found. */
import { html, nothing, repeat } from "../../vendor/lit.esm.min.js";
import { call, get } from "../api.js";
import { ring } from "../charts.js";
import { number, t } from "../i18n.js";
import { icon } from "../icons.js";
import { ENGLISH } from "../lessons.js";
import { go, link } from "../router.js";
import { Screen, heading } from "../screen.js";
import "../player.js";
import { count } from "../tasks/parts.js";
import "../tasks/spoken.js";
import { SKILL_ICONS } from "./home.js";

const ICONS = { ...SKILL_ICONS, use: "lessons" };
const MOST_SECONDS = 30; // for one sentence read aloud

export default class PlacementScreen extends Screen {
  static properties = { ...Screen.properties, answer: { state: true }, silent: { state: true } };

  constructor() {
    super();
    this.answer = "";
    this.silent = false;
  }

  load() {
    return get(`${ENGLISH}/placement`);
  }

  /** Do one step; the next question, or the result, is read out from its heading. */
  async #step(work) {
    const state = await this.act(work);
    if (!state) return;
    this.answer = "";
    this.data = state;
    await this.updateComplete;
    this.querySelector("h1")?.focus();
    scrollTo(0, 0);
  }

  #start(again) {
    return this.#step(() => call("POST", `${ENGLISH}/placement/start`, { speaking: !this.silent, again }));
  }

  /** @param {{response?: string, audio_id?: string, leave_out?: boolean}} said */
  #reply(said) {
    const { number: at } = this.data.question;
    return this.#step(() => call("POST", `${ENGLISH}/placement/answer`, { number: at, ...said }));
  }

  async #skip() {
    if (await this.act(() => call("POST", `${ENGLISH}/placement/skip`))) go("/lessons");
  }

  view() {
    const { status, question, result } = this.data;
    if (question) return repeat([question], (one) => one.number + one.text, (one) => this.#question(one));
    return result && status !== "none" ? this.#result(result) : this.#welcome();
  }

  #welcome() {
    return html`${heading(t("placement.title"), t("placement.lead"))}
      <div class="card">
        <ul class="plain">
          ${Object.entries(ICONS).map(([skill, drawing]) => html`<li class="with-icon">${icon(drawing)} ${t(`skill.${skill}`)}</li>`)}
        </ul>
        ${this.#microphone()}
        <div class="controls">
          <button type="button" class="primary big" ?disabled=${this.busy} @click=${() => this.#start(false)}>${t("placement.start")} ${icon("arrow")}</button>
          <button type="button" class="quiet big" ?disabled=${this.busy} @click=${this.#skip}>${t("placement.skip")}</button>
        </div>
        <p class="small">${t("placement.skip_hint")}</p>
      </div>`;
  }

  #microphone() {
    return html`<label class="check"><input type="checkbox" .checked=${this.silent} @change=${(event) => (this.silent = event.target.checked)} /> <span>${t("placement.no_microphone")}</span></label>`;
  }

  #question(question) {
    const aloud = question.kind === "reading_aloud";
    return html`
      <p class="crumbs"><a href=${link("/home")}>${t("placement.later")}</a>
        <progress max=${question.most} value=${question.number - 1} aria-label=${t("placement.title")}></progress>
        <span class="small">${t("placement.most", { most: question.most })}</span></p>
      ${heading(t("placement.question", { number: question.number }), "", html`<span class="chip accent with-icon">${icon(ICONS[question.skill])} ${t(`skill.${question.skill}`)}</span>`)}
      <form class="card task" @submit=${(event) => (event.preventDefault(), this.#reply({ response: this.answer }))}>
        ${question.audio_url || question.speech ? html`<sound-player .src=${question.audio_url} .speech=${question.speech}></sound-player>` : nothing}
        ${question.passage ? html`<p class="passage" lang="en" dir="ltr">${question.passage}</p>` : nothing}
        ${this.#body(question)}
        <div class="controls">
          ${aloud ? nothing : html`<button class="primary big" ?disabled=${this.busy || !this.answer.trim()}>${t("placement.answer")} ${icon("arrow")}</button>`}
          ${aloud
            ? html`<button type="button" class="quiet" ?disabled=${this.busy} @click=${() => this.#reply({ leave_out: true })}>${t("placement.leave_out")}</button>`
            : html`<button type="button" class="quiet" ?disabled=${this.busy} @click=${() => this.#reply({})}>${t("placement.unknown")}</button>`}
        </div>
      </form>`;
  }

  #body(question) {
    switch (question.kind) {
      case "choice":
        return html`<fieldset class="question-block">
          <legend class="prompt" lang="en" dir="ltr">${gapless(question.text)}</legend>
          ${question.options.map(
            (option) => html`<label class="option" lang="en" dir="ltr">
              <input type="radio" name="answer" value=${option.id} .checked=${this.answer === option.id} @change=${() => (this.answer = option.id)} />
              <span>${option.text}</span>
            </label>`,
          )}
        </fieldset>`;
      case "gap":
        return html`<p>${t("placement.fill")}</p>${this.#gap(question.text)}`;
      case "writing":
        return html`<p class="prompt" lang="en" dir="ltr">${question.text}</p>${this.#writing(question)}`;
      default:
        return html`<p>${t("placement.read_aloud")}</p>
          <p class="sentence small-sentence" lang="en" dir="ltr">${question.text}</p>
          <voice-recorder .task=${{ max_seconds: MOST_SECONDS, reference_text: question.text }}
            @judged=${(event) => this.#reply({ audio_id: event.detail.audio_id })}></voice-recorder>`;
    }
  }

  #gap(text) {
    const [before, after] = text.split("___");
    return html`<p class="passage gaps" lang="en" dir="ltr">${before}<input class="gap" size="14" maxlength="200" aria-label=${gapless(text)} .value=${this.answer}
      autocomplete="off" autocapitalize="none" spellcheck="false" @input=${(event) => (this.answer = event.target.value)} />${after}</p>`;
  }

  #writing(question) {
    const words = count(this.answer);
    return html`<textarea rows="7" maxlength="5000" lang="en" dir="ltr" aria-label=${t("task.your_text")} spellcheck="false" .value=${this.answer}
        @input=${(event) => (this.answer = event.target.value)}></textarea>
      <p class="small">${t("task.words_of", { words, least: question.min_words })}</p>`;
  }

  #result(result) {
    const percent = Math.round(result.confidence * 100);
    const first = result.unlocked.find((one) => one.id === result.next_module_id);
    return html`
      ${heading(t("placement.result"))}
      <div class="card outcome">
        <div class="outcome-head">${ring(result.position, result.level)}
          <div><h2>${result.level} · ${t(`level.${result.level}`)}</h2><p>${t("placement.sure", { percent, count: result.questions })}</p></div></div>
        <div class="controls">
          ${first ? html`<a class="button primary big" href=${link(`/lessons/${first.id}`)}>${t("placement.begin")} ${icon("arrow")}</a>` : nothing}
          <a class="button big" href=${link("/lessons")}>${t("lessons.title")}</a>
        </div>
        <p class="small">${t("placement.note")}</p>
      </div>
      <div class="grid">
        <div class="card"><h2>${t("placement.why")}</h2>
          <ul class="plain">${result.skills.map((one) => this.#skill(one))}</ul>
        </div>
        <div class="card"><h2>${t("placement.opened", { count: result.unlocked.length })}</h2>
          <ul class="plain">${result.unlocked.map(
            (one) => html`<li class="between"><a href=${link(`/lessons/${one.id}`)} lang="en">${one.title}</a><span class="chip accent">${one.cefr_level}</span></li>`,
          )}</ul>
        </div>
      </div>
      <div class="card">${this.#microphone()}
        <div class="controls"><button type="button" class="quiet" ?disabled=${this.busy} @click=${() => this.#start(true)}>${t("placement.again")}</button></div>
      </div>`;
  }

  #skill(one) {
    const { right, questions: count, hardest_right: level } = one;
    const said = level ? t("placement.well_up_to", { right, count, level }) : t("placement.well", { right, count });
    return html`<li>
      <div class="between"><strong class="with-icon">${icon(ICONS[one.skill])} ${t(`skill.${one.skill}`)}</strong><span class="chip accent">${one.level}</span></div>
      <p class="small">${said} · ${t("placement.sure_short", { percent: number(Math.round(one.confidence * 100)) })}</p>
    </li>`;
  }
}

/** A sentence with a line where its gap is. */
function gapless(text) {
  return text.replace("___", "____");
}
