/** Make an account: a guest keeps what was done, a stranger begins with nothing. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { signUp, who } from "../api.js";
import { fields } from "../form.js";
import { t } from "../i18n.js";
import { go, link } from "../router.js";
import { Screen, heading } from "../screen.js";
import { tellNext } from "../status.js";

const FAULTS = { email_taken: "account.email_taken", already_claimed: "account.already" };

export default class SignUpScreen extends Screen {
  /** Whoever is signed in already goes on. */
  async load() {
    if (who() === "account") go(this.params.next || "/home");
  }

  async #submit(event) {
    event.preventDefault();
    const { name, email, password } = fields(event.target);
    await this.submit(async () => {
      await signUp({ email, password, full_name: name.trim() || null });
      tellNext(t("account.made"));
      go(this.params.next || "/home");
    }, FAULTS);
  }

  view() {
    const guest = who() === "guest";
    return html`<div class="card narrow">
      ${heading(t(guest ? "account.keep" : "account.sign_up"), t(guest ? "account.keep_lead" : "account.sign_up_lead"))}
      <form class="form" @submit=${this.#submit}>
        <label>${t("account.full_name")}<input name="name" maxlength="100" autocomplete="name" /></label>
        <label>${t("account.email")}<input name="email" type="email" required maxlength="254" autocomplete="email" /></label>
        <label>${t("account.password")}
          <input name="password" type="password" required minlength="10" maxlength="256" autocomplete="new-password" aria-describedby="rule" />
          <small id="rule">${t("account.password_rule")}</small>
        </label>
        ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
        <button class="primary" ?disabled=${this.busy}>${t(guest ? "account.keep" : "account.sign_up")}</button>
      </form>
      <p class="small">${t("account.have_one")} <a href=${link("/sign-in", this.params.next ? { next: this.params.next } : {})}>${t("account.sign_in")}</a></p>
    </div>`;
  }
}
