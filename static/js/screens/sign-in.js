/** Come back to an account. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { callAsStranger, signIn, who } from "../api.js";
import { fields } from "../form.js";
import { t } from "../i18n.js";
import { go, link } from "../router.js";
import { Screen, heading } from "../screen.js";
import { keep, recall } from "../tab.js";

const NEXT = "parley.next"; // where to go on after a visit to the provider
const START = "/api/auth/oidc/start";

/** Where somebody was going who signed in by the provider; a route of this page. */
export function takeNext() {
  const next = recall(NEXT);
  keep(NEXT, null);
  return next || "/home";
}

/** Why a sign-in by the provider failed; another word in the address means nothing. */
const FAILED = {
  account_disabled: "provider.account_disabled",
  address_not_proved: "provider.address_not_proved",
  address_taken: "provider.address_taken",
  invalid_state: "provider.invalid_state",
  provider_not_configured: "provider.unavailable",
  provider_refused: "provider.refused",
  provider_unavailable: "provider.unavailable",
  registration_closed: "provider.registration_closed",
  sign_in_declined: "provider.declined",
};

export default class SignInScreen extends Screen {
  /** Whoever is signed in already goes on. */
  async load() {
    if (who() === "account") go(this.params.next || "/home");
    this.fault = Object.hasOwn(FAILED, this.params.failed ?? "") ? t(FAILED[this.params.failed]) : "";
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
        ? html`<p><a class="button" href=${START} @click=${() => keep(NEXT, this.params.next)}>${t("provider.sign_in", { name: this.data.provider })}</a></p>`
        : nothing}
      <p class="small"><a href=${link("/forgotten")}>${t("forgotten.link")}</a></p>
      <p class="small">${t("account.none_yet")} <a href=${up}>${t("account.sign_up")}</a></p>
    </div>`;
  }
}
