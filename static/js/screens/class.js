/** A class at a glance: who practises, how much, with what success, which sounds most have to work on, and who is live. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { get } from "../api.js";
import { download } from "../files.js";
import { ago, number, t } from "../i18n.js";
import { icon } from "../icons.js";
import { pasting } from "../pasting.js";
import { link } from "../router.js";
import { asTeacher, nameOf, nickOf, notYours, organization, tabs } from "../school.js";
import { Screen, empty, heading, line } from "../screen.js";

const seen = (one) => (one.last_seen_at ? Date.parse(one.last_seen_at) : 0);
const worst = (one) => one.weak_sounds[0]?.mean ?? 101;

/** How each column sorts when it is chosen first: names from A, numbers from the most, what needs help first. */
const COLUMNS = {
  name: (a, b) => nameOf(a).localeCompare(nameOf(b)),
  week: (a, b) => b.minutes_7_days - a.minutes_7_days,
  month: (a, b) => b.minutes_30_days - a.minutes_30_days,
  xpi: (a, b) => b.xpi - a.xpi,
  streak: (a, b) => b.streak - a.streak,
  sounds: (a, b) => worst(a) - worst(b),
  seen: (a, b) => seen(b) - seen(a),
};
const NARROW = ["name", "week", "xpi", "seen"]; // the others have no room on a phone

export default class ClassScreen extends Screen {
  static properties = { ...Screen.properties, order: { state: true }, back: { state: true }, team: { state: true },
    inviting: { state: true }, report: { state: true }, link: { state: true } };

  constructor() {
    super();
    this.order = "name";
    this.back = false;
    this.team = "";
    this.inviting = false;
    this.report = null;
    /** @type {{team: string | null, address: string} | null} */
    this.link = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.inviting = Boolean(this.params.invite);
  }

  get stale() {
    return 20_000;
  }

  async load() {
    const one = await organization(this.params.organization);
    return { one, found: await asTeacher(() => this.#learners(one.id)) };
  }

  async #learners(id) {
    let page = await get(`/api/organizations/${id}/class`, { limit: 100 });
    const found = { items: page.items, sounds: page.weak_sounds ?? [] };
    while (page.next_cursor) {
      page = await get(`/api/organizations/${id}/class`, { limit: 100, cursor: page.next_cursor });
      found.items.push(...page.items);
    }
    return found;
  }

  async #invite() {
    this.inviting = true;
    await this.updateComplete;
    this.querySelector("textarea")?.focus();
  }

  /** Of the team that is shown. */
  #export(one) {
    const of = this.team ? `?team=${encodeURIComponent(this.team)}` : "";
    this.act(() => download(`/api/organizations/${one.id}/class/export${of}`, `class-${one.slug}.csv`));
  }

  #sort(name) {
    this.back = this.order === name && !this.back;
    this.order = name;
  }

  view() {
    const { one, found } = this.data;
    if (found === null) return html`${tabs(one, "class")}${heading(one.name)}${notYours()}`;
    const shown = found.items.filter((each) => !this.team || each.team === this.team).sort((a, b) => COLUMNS[this.order](a, b) * (this.back ? -1 : 1));
    return html`${tabs(one, "class")}
      ${heading(t("school.tab.class"), one.name, this.#actions(one, found.items.length > 0))}
      ${this.inviting ? pasting(this, one, teamsOf(found.items)) : nothing}
      ${found.items.length
        ? html`${this.#tiles(shown)} ${this.#teams(found.items)}
            <div class="card table-card">${this.#table(one, shown)}</div>
            ${this.#sounds(found)}`
        : html`<div class="card">${empty("teach", t("class.none"))}</div>`}`;
  }

  #actions(one, some) {
    return html`<div class="controls">
      <button type="button" class="primary" @click=${() => this.#invite()}>${icon("teach")}<span>${t("invite.people")}</span></button>
      ${some ? html`<button type="button" ?disabled=${this.busy} @click=${() => this.#export(one)}>${icon("download")}<span>${t("school.export")}</span></button>` : nothing}
      <button type="button" ?disabled=${this.busy} @click=${() => this.act(() => this.refresh())}>${icon("history")}<span>${t("class.again")}</span></button>
    </div>`;
  }

  #tiles(learners) {
    const active = learners.filter((each) => each.minutes_7_days > 0).length;
    const minutes = learners.reduce((sum, each) => sum + each.minutes_7_days, 0);
    const live = learners.filter((each) => each.live_session_id).length;
    return html`<ul class="tiles">
      <li class="card tile">${icon("check")}<div><strong>${number(active)}/${number(learners.length)}</strong><span>${t("class.practised")}</span></div></li>
      <li class="card tile">${icon("clock")}<div><strong>${number(minutes)}</strong><span>${t("class.minutes")}</span></div></li>
      <li class="card tile">${icon("talk")}<div><strong>${number(live)}</strong><span>${t("class.live_now")}</span></div></li>
    </ul>`;
  }

  #teams(learners) {
    const teams = teamsOf(learners);
    if (teams.length < 2) return nothing;
    return html`<label class="pick team-pick">${t("school.team")}<select @change=${(event) => (this.team = event.target.value)}>
      <option value="">${t("class.everybody")}</option>
      ${teams.map((team) => html`<option ?selected=${team === this.team}>${team}</option>`)}
    </select></label>`;
  }

  #table(one, learners) {
    return html`<table class="class-table" aria-label=${t("school.tab.class")}>
      <thead><tr>${Object.keys(COLUMNS).map(
        (name) => html`<th scope="col" class=${column(name)} aria-sort=${this.order !== name ? nothing : this.#ascends(name) ? "ascending" : "descending"}>
          <button type="button" class="quiet sort" @click=${() => this.#sort(name)}>${t(`class.column.${name}`)}<span aria-hidden="true">${this.order === name ? (this.#ascends(name) ? "↑" : "↓") : ""}</span></button></th>`,
      )}</tr></thead>
      <tbody>${learners.map((each) => this.#row(one, each))}</tbody>
    </table>`;
  }

  #ascends(name) {
    return ["name", "sounds"].includes(name) !== this.back;
  }

  #row(one, each) {
    const name = nameOf(each);
    const watch = each.live_session_id && link(`/organizations/${one.id}/watch/${each.live_session_id}`, { name });
    return html`<tr>
      <th scope="row" class=${column("name")}><span class="pupil">${name}</span>
        <span class="small">${line(nickOf(each), each.team)}</span>
        <span class="small narrow-sounds">${this.#weak(each)}</span>
        ${watch ? html`<a class="button watch" href=${watch} aria-label=${t("watch.name", { name })}>${icon("eye")}<span>${t("watch.go")}</span></a>` : nothing}</th>
      <td class=${column("week")}>${number(each.minutes_7_days)}</td>
      <td class=${column("month")}>${number(each.minutes_30_days)}</td>
      <td class=${column("xpi")}>${each.confidence > 0 ? html`${number(each.xpi)} <span class="chip accent">${each.cefr_level}</span>` : html`<span class="small">–</span>`}</td>
      <td class=${column("streak")}>${number(each.streak)}</td>
      <td class=${column("sounds")}>${this.#weak(each)}</td>
      <td class=${column("seen")}><span class="small">${each.last_seen_at ? ago(each.last_seen_at) : t("class.never")}</span></td>
    </tr>`;
  }

  #weak(each) {
    return each.weak_sounds.map((sound) => html`<span class="chip poor ipa" lang="en" title=${t("score.of", { score: Math.round(sound.mean) })}>${sound.ipa}</span> `);
  }

  #sounds({ items, sounds }) {
    return html`<div class="card"><h2>${t("class.sounds")}</h2>
      ${sounds.length
        ? html`<p class="small">${t("class.sounds_hint")}</p><ul class="plain shared">
            ${sounds.map((sound) => html`<li><span class="ipa" lang="en">${sound.ipa}</span>
              <progress max=${items.length} value=${sound.learners} aria-label=${sound.ipa}></progress>
              <span class="small">${t("class.have_it", { count: sound.learners })} · ${t("score.of", { score: Math.round(sound.mean) })}</span></li>`)}
          </ul>`
        : empty("microphone", t("class.no_sounds"))}
    </div>`;
  }
}

const teamsOf = (learners) => [...new Set(learners.map((each) => each.team).filter(Boolean))].sort();
const column = (name) => `column-${name}${NARROW.includes(name) ? "" : " roomy"}`;
