/** A teacher watches a learner's live session: captions and scores as they come. The learner is told first. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { t } from "../i18n.js";
import { link } from "../router.js";
import { Screen, heading } from "../screen.js";
import { Turns } from "../turns.js";
import { Watching } from "../watching.js";

export default class WatchScreen extends Screen {
  static properties = { ...Screen.properties, state: { state: true }, heard: { state: true } };

  constructor() {
    super();
    /** @type {"asking" | "live" | "waiting" | "over" | "refused"} */
    this.state = "asking";
    this.heard = false;
  }

  updated() {
    const place = /** @type {HTMLElement | null} */ (this.querySelector(".turns"));
    if (this.watching || !place) return;
    this.turns = new Turns(place, this.params.name);
    this.watching = new Watching(this.params.session, (name, event) => this.#take(name, event));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.watching?.close();
  }

  #take(name, event) {
    const { turns } = this;
    const states = { connected: "live", silent: "waiting", reconnecting: "waiting", refused: "refused", "session.ended": "over" };
    if (name in states) this.state = states[name];
    if (name === "transcript.partial") turns.grow(event);
    if (name === "transcript.final") {
      if (event.text) turns.settle(event);
      else turns.drop(event.turn_id);
    }
    if (name === "pronunciation.word") turns.word(event);
    if (name === "pronunciation.final") turns.report(event);
    if (name === "response.delta") turns.add(event);
    if (name === "response.done") turns.close(event);
    if (name === "turn.void") turns.drop(event.turn_id);
    if (name === "session.snapshot") turns.settleAll(event.turns);
    this.heard = Boolean(this.querySelector(".turns li"));
  }

  view() {
    const { organization, name = "" } = this.params;
    const kind = { live: "good", waiting: "fair", asking: "fair", over: "", refused: "poor" }[this.state];
    return html`<p class="crumbs"><a href=${link(`/organizations/${organization}/class`)}>${t("school.tab.class")}</a></p>
      ${heading(name || t("watch.go"), t("watch.lead"), html`<span class="chip ${kind}" role="status">${t(`watch.state.${this.state}`)}</span>`)}
      ${this.state === "live" && !this.heard ? html`<p class="invitation">${t("watch.quiet")}</p>` : nothing}
      <ol class="turns" lang="en" dir="ltr" aria-live="off"></ol>
      ${this.state === "refused" ? html`<div class="card trouble" role="alert"><h2>${t("error.title")}</h2><p>${t("watch.refused")}</p></div>` : nothing}
      ${this.state === "over" || this.state === "refused" ? html`<div class="controls"><a class="button primary" href=${link(`/organizations/${organization}/class`)}>${t("watch.back")}</a></div>` : nothing}`;
  }
}
