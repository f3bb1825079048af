/** Come back to an account. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { callAsStranger, signIn, who } from "../api.js";
import { fields } from "../form.js";
import { t } from "../i18n.js";
import { go, link } from "../router.js";
import { Screen, heading } from "../screen.js";

const NEXT = "parley.next"; // where to go on after a visit to the provider
const START = "/api/auth/oidc/start";

/** Where somebody was going who signed in by the provider; a route of this page. */
export function takeNext() {
  try {
    const next = sessionStorage.getItem(NEXT);
    sessionStorage.removeItem(NEXT);
    return next || "/home";
  } catch {
    return "/home";
  }
}

function keepNext(next) {
  try {
    if (next) sessionStorage.setItem(NEXT, next);
    else sessionStorage.removeItem(NEXT);
  } catch {
    // a private window goes home
  }
}

/** Why a sign-in by the provider failed, as a sentence; another word in the address means nothing. */
const FAILED = {
  account_disabled: () => t("provider.account_disabled"),
  address_not_proved: () => t("provider.address_not_proved"),
  address_taken: () => t("provider.address_taken"),
  invalid_state: () => t("provider.invalid_state"),
  provider_not_configured: () => t("provider.unavailable"),
  provider_refused: () => t("provider.refused"),
  provider_unavailable: () => t("provider.unavailable"),
  registration_closed: () => t("provider.registration_closed"),
  sign_in_declined: () => t("provider.declined"),
};

export default class SignInScreen extends Screen {
  /** Whoever is signed in already goes on. */
  async load() {
    if (who() === "account") go(this.params.next || "/home");
    this.fault = Object.hasOwn(FAILED, this.params.failed ?? "") ? FAILED[this.params.failed]() : "";
    return callAsStranger("GET", "/api/auth/entrance");
  }

  async #submit(event) {
    event.preventDefault();
    const { name, password } = fields(event.target);
    await this.submit(async () => {
      await signIn(name, password);
      go(this.params.next || "/home");
    }, { invalid_credentials: "account.wrong" });
  }

  view() {
    const up = link("/sign-up", this.params.next ? { next: this.params.next } : {});
    return html`<div class="card narrow">
      ${heading(t("account.sign_in"))}
      ${who() === "guest" ? html`<p class="note">${t("account.guest_leaves")} <a href=${up}>${t("account.keep")}</a></p>` : nothing}
      <form class="form" @submit=${this.#submit}>
        <label>${t("account.name_or_email")}<input name="name" required maxlength="254" autocomplete="username" autocapitalize="none" /></label>
        <label>${t("account.password")}<input name="password" type="password" required maxlength="256" autocomplete="current-password" /></label>
        ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
        <button class="primary" ?disabled=${this.busy}>${t("account.sign_in")}</button>
      </form>
      ${this.data.provider
        ? html`<p><a class="button" href=${START} @click=${() => keepNext(this.params.next)}>${t("provider.sign_in", { name: this.data.provider })}</a></p>`
        : nothing}
      <p class="small"><a href=${link("/forgotten")}>${t("forgotten.link")}</a></p>
      <p class="small">${t("account.none_yet")} <a href=${up}>${t("account.sign_up")}</a></p>
    </div>`;
  }
}
