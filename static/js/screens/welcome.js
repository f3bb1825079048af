/** What a stranger sees first: what this is, and one button to try it. */
import { html, svg } from "../../vendor/lit.esm.min.js";
import { begin, who } from "../api.js";
import { icon } from "../icons.js";
import { t } from "../i18n.js";
import { go, link } from "../router.js";
import { Screen } from "../screen.js";

const EXAMPLE = [
  ["Let", "good"], ["us", "good"], ["know", "fair"], ["if", "good"], ["you", "good"], ["have", "good"], ["any", "good"], ["questions.", "poor"],
];
const PROMISES = ["read", "talk", "lessons"];
const MODULES = 40; // of the course; a test compares it with the catalog

export default class WelcomeScreen extends Screen {
  /** The guest's account is opened by the screen that comes next. */
  async #begin(screen) {
    if (!who()) await this.act(() => begin());
    if (who()) go(screen);
  }

  view() {
    return html`<section id="welcome">
      <div class="hero">
        <h1 tabindex="-1">${t("welcome.title")}</h1>
        <p class="lead">${t("welcome.lead")}</p>
        <div class="controls">
          <button id="try" type="button" class="primary big" @click=${() => this.#begin(this.params.next || "/read")} ?disabled=${this.busy}>${t("welcome.try")}</button>
          <button type="button" class="big" @click=${() => this.#begin("/placement")} ?disabled=${this.busy}>${t("placement.title")}</button>
          <a class="button big" href=${link("/sign-up", this.params.next ? { next: this.params.next } : {})}>${t("account.sign_up")}</a>
        </div>
        <p class="small">${t("welcome.small")}</p>
      </div>
      <figure class="card example" lang="en" dir="ltr" aria-hidden="true">
        <p class="sentence">${EXAMPLE.map(([word, band]) => html`<span class="word ${band}">${word}</span> `)}</p>
        <div class="example-sound"><span class="ipa">/ˈkwɛs.tʃənz/</span><span class="word poor">tʃ</span><span>→ ʃ</span></div>
        <svg class="wave" viewBox="0 0 240 40" focusable="false">${bars()}</svg>
      </figure>
      <ul class="promises">
        ${PROMISES.map(
          (name) => html`<li class="card">${icon(name)}<h2>${t(`welcome.${name}.title`)}</h2><p>${t(`welcome.${name}.text`, { modules: MODULES })}</p></li>`,
        )}
      </ul>
      <p class="small links"><a href="/docs">${t("welcome.api")}</a></p>
    </section>`;
  }
}

function bars() {
  return Array.from({ length: 40 }, (_, index) => {
    const high = 6 + Math.abs(Math.sin(index * 0.55) * Math.cos(index * 0.21)) * 30;
    return svg`<rect x=${index * 6} y=${20 - high / 2} width="3" height=${high} rx="1.5"></rect>`;
  });
}
