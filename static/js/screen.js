/** What all screens share: they ask the server, show that they wait, say what went wrong, and then show what came. */
import { LitElement, html, nothing } from "../vendor/lit.esm.min.js";
import { ApiError, Offline } from "./api.js";
import { icon } from "./icons.js";
import { t } from "./i18n.js";
import { link, match } from "./router.js";
import { ROUTES } from "./routes.js";
import { tell } from "./status.js";

/** What the server refuses for a reason that people can do something about. */
const CODES = {
  last_owner: "error.last_owner",
  already_member: "error.already_member",
  already_invited: "error.already_invited",
  module_locked: "error.module_locked",
  integration_not_configured: "calendar.not_set_up",
};

/** A sentence that says what to do about `error`. What the server says of itself is shown as it is. */
export function explained(error) {
  if (error instanceof ApiError) {
    if (error.code in CODES) return t(CODES[error.code]);
    if (error.status === 429) return t("error.later", { seconds: Number(error.details.retry_after ?? 60) });
    if (error.status === 404) return t("error.gone");
    if (error.status === 401 && error.code !== "invalid_credentials") return t("error.signed_out");
    if (error.status >= 502 || error.code === "unavailable") return t("error.server", { status: error.status });
    return error.message;
  }
  if (error instanceof Offline) return t("error.offline");
  return error.message;
}

/**
 * A screen without a shadow: one style sheet and one set of ids for all. Screens define `load()` for what they need
 * (kept as `this.data`) and `view()` for what they show.
 */
export class Screen extends LitElement {
  static properties = {
    params: { attribute: false },
    data: { state: true },
    problem: { state: true },
    busy: { state: true },
    fault: { state: true },
  };

  constructor() {
    super();
    /** @type {Record<string, string>} */
    this.params = {};
    this.data = undefined;
    this.problem = null;
    this.busy = false;
    this.fault = "";
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.renewing = undefined;
    this.announced = false; // whether what is read out begins with this screen's heading, once it is there
  }

  createRenderRoot() {
    return this;
  }

  /** After how many milliseconds what is shown is asked for again while somebody may see it; 0 for never. */
  get stale() {
    return 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
    if (this.stale) this.renewing = setInterval(() => this.#renew(), this.stale);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.renewing);
  }

  /** What is shown stays when the server cannot be asked; it is asked again later. */
  async #renew() {
    if (document.hidden || this.busy || this.problem || this.data === undefined) return;
    try {
      this.data = (await this.load()) ?? null;
    } catch (error) {
      tell(explained(error), "waiting");
    }
  }

  /** Ask again for what is shown. */
  async refresh() {
    try {
      this.data = (await this.load()) ?? null;
      this.problem = null;
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof Offline)) console.error(error);
      this.problem = error;
    }
    await this.updateComplete;
    if (this.announced) this.querySelector("h1")?.focus({ preventScroll: true });
    this.announced = false;
  }

  async load() {
    return null;
  }

  /** Do `work` for a button that was pressed; what goes wrong is told, and the screen stays as it is. */
  async act(work, said = "") {
    if (this.busy) return undefined;
    this.busy = true;
    try {
      const done = await work();
      if (said) tell(said);
      return done;
    } catch (error) {
      tell(explained(error), "problem");
      return undefined;
    } finally {
      this.busy = false;
    }
  }

  /**
   * Do `work` for a form that was sent; what goes wrong stands in the form.
   * @param {() => Promise<void>} work @param {Record<string, string>} [faults] messages by the code of the failure
   */
  async submit(work, faults = {}) {
    if (this.busy) return;
    this.busy = true;
    this.fault = "";
    try {
      await work();
    } catch (error) {
      this.fault = error.code in faults ? t(faults[error.code]) : explained(error);
    } finally {
      this.busy = false;
    }
  }

  render() {
    if (this.problem) return trouble(this.problem, () => this.refresh());
    if (this.data === undefined) return waiting();
    return this.view();
  }

  view() {
    return nothing;
  }
}

export function waiting() {
  return html`<div class="waiting-screen" role="status"><span class="spinner" aria-hidden="true"></span> ${t("loading")}</div>`;
}

export function trouble(error, again) {
  const list = error.status === 404 ? listAbove() : null;
  return html`<div class="card trouble" role="alert">
    <h2>${t("error.title")}</h2>
    <p>${explained(error)}</p>
    <div class="controls">
      ${list ? html`<a class="button primary" href=${link(list.path)}>${t(list.title)}</a>` : nothing}
      <button type="button" class=${list ? "" : "primary"} @click=${again}>${t("error.again")}</button>
    </div>
  </div>`;
}

/** The screen with all things of the kind of which the address names one, if there is such a screen. */
function listAbove() {
  const [, place] = location.hash.split(/[/?]/);
  return match(ROUTES, `#/${place}`)?.route ?? null;
}

/** What stands where there is nothing yet, and what to do about it. */
export function empty(drawing, text, action = nothing) {
  return html`<div class="empty">${icon(drawing)}<p>${text}</p>${action}</div>`;
}

/** The head of a screen. */
export function heading(title, lead = "", beside = nothing) {
  return html`<header class="heading">
    <div><h1 tabindex="-1">${title}</h1>${lead ? html`<p class="lead">${lead}</p>` : nothing}</div>
    ${beside}
  </header>`;
}

/** Facts in one line, those that are there. Each keeps its own direction: a date behind a Latin name stays whole in Arabic. @param {any[]} facts */
export function line(...facts) {
  return facts.filter(Boolean).map((fact, place) => html`${place ? " · " : ""}<bdi>${fact}</bdi>`);
}
