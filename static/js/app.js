/** The frame: menu, minutes, the screen that the address names, and the line that says what happens. */
import { LitElement, html, nothing } from "../vendor/lit.esm.min.js";
import { Offline, token, who } from "./api.js";
import { first, load, ready } from "./hurry.js";
import { icon } from "./icons.js";
import * as i18n from "./i18n.js";
import { follow, go, link } from "./router.js";
import { MISSING, ROUTES } from "./routes.js";
import { trouble, waiting } from "./screen.js";
import { install } from "./shell.js";
import { clear, showMinutes } from "./status.js";

const t = i18n.t;
let ended = false; // the sign-in that this browser had when it came was not taken any more

class App extends LitElement {
  static properties = { route: { state: true }, screen: { state: true }, problem: { state: true } };

  constructor() {
    super();
    this.route = null;
    this.screen = null;
    this.problem = null;
    this.shown = false;
    /** @type {Record<string, string>} */
    this.params = {};
  }

  createRenderRoot() {
    return this;
  }

  firstUpdated() {
    follow(ROUTES, (route, params) => this.#show(route, params));
  }

  async #show(found, params) {
    const route = found ?? MISSING;
    if (!route.open && who() === null) return go(ended ? "/sign-in" : "/", { next: location.hash.slice(1) });
    const again = route === this.route;
    this.route = route;
    this.params = params;
    this.problem = null;
    document.title = route.path === "/" ? "Parley" : `${t(route.title)} · Parley`;
    clear();
    if (!again) this.screen = null;
    try {
      const { default: Made } = await load(route).catch((error) => {
        throw new Offline(error.message);
      });
      const name = `screen-${route.screen}`;
      if (!customElements.get(name)) customElements.define(name, Made);
      if (!route.open) await token();
      if (this.route !== route) return; // somebody went on meanwhile
      const screen = /** @type {import("./screen.js").Screen} */ (document.createElement(name));
      screen.params = params;
      screen.announced = this.shown;
      this.screen = screen;
    } catch (error) {
      if (who() === null && !route.open) return go("/sign-in", { next: location.hash.slice(1) });
      this.problem = { error, again: () => this.#show(route, params) };
    }
    if (!route.open) showMinutes();
    await this.updateComplete;
    scrollTo(0, 0);
    this.shown = true;
  }

  #item(route) {
    const here = this.route && (this.route === route || this.route.path.startsWith(`${route.path}/`));
    return html`<a href=${link(route.path)} class="nav-item" aria-current=${here ? "page" : nothing}>
      ${icon(route.icon)}<span>${t(route.title)}</span>
    </a>`;
  }

  #menu() {
    const main = ROUTES.filter((route) => route.nav === "main");
    const more = ROUTES.filter((route) => route.nav === "more");
    return html`<nav class="menu" aria-label=${t("nav.label")}>
      ${main.map((route) => this.#item(route))}
      <div class="menu-more">${more.map((route) => this.#item(route))}</div>
      <a href=${link("/more")} class="nav-item menu-rest" aria-current=${this.route?.path === "/more" ? "page" : nothing}>
        ${icon("more")}<span>${t("nav.more")}</span>
      </a>
    </nav>`;
  }

  render() {
    const inside = who() !== null && this.route?.path !== "/";
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>${t("nav.skip")}</a>
      <header class="top">
        <a class="brand" href=${link(who() ? "/home" : "/")}><img src="/static/icon.svg" alt="" width="30" height="30" />Parley</a>
        <span id="minutes" role="timer" ?hidden=${!inside}></span>
        ${inside ? nothing : this.#strangers()}
      </header>
      ${inside ? this.#menu() : nothing}
      <main id="main" class=${inside ? "inside" : "outside"} tabindex="-1">
        ${this.problem ? trouble(this.problem.error, this.problem.again) : (this.screen ?? waiting())}
      </main>
      <footer>
        <p id="status" role="status"></p>
        <details class="technical" hidden><summary>${t("technical.title")}</summary><p id="engine"></p></details>
      </footer>
    `;
  }

  #strangers() {
    return html`<label class="language">
        <span class="unseen">${t("language")}</span>
        <select @change=${(event) => i18n.choose(event.target.value)}>
          ${Object.entries(i18n.LANGUAGES).map(
            ([code, name]) => html`<option value=${code} lang=${code} ?selected=${code === i18n.current()}>${name}</option>`,
          )}
        </select>
      </label>
      <a class="button" href=${who() ? link("/home") : link("/sign-in", this.#next())}>${who() ? t("nav.home") : t("account.sign_in")}</a>`;
  }

  /** Where to go on after signing in: what was asked for before, or what is shown. */
  #next() {
    if (this.params.next) return { next: this.params.next };
    return [MISSING.path, "/", "/sign-in", "/sign-up"].includes(this.route?.path) ? {} : { next: location.hash.slice(1) };
  }

  #skip(event) {
    event.preventDefault();
    document.getElementById("main").focus();
  }
}

await ready;
if (first && !first.open && who() !== null) token().catch(() => (ended = who() === null)); // its screen asks again
customElements.define("parley-app", App);
document.body.classList.add("entered");
requestAnimationFrame(() => setTimeout(() => install(i18n.file()))); // what is seen comes first
