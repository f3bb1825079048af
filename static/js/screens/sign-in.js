/** Come back to an account. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { signIn, who } from "../api.js";
import { fields } from "../form.js";
import { t } from "../i18n.js";
import { go, link } from "../router.js";
import { Screen, heading } from "../screen.js";

export default class SignInScreen extends Screen {
  /** Whoever is signed in already goes on. */
  async load() {
    if (who() === "account") go(this.params.next || "/home");
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
      <p class="small"><a href=${link("/forgotten")}>${t("forgotten.link")}</a></p>
      <p class="small">${t("account.none_yet")} <a href=${up}>${t("account.sign_up")}</a></p>
    </div>`;
  }
}
