/** A new password, by a link that works once. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { callAsStranger } from "../api.js";
import { fields } from "../form.js";
import { t } from "../i18n.js";
import { go, link } from "../router.js";
import { Screen, heading } from "../screen.js";
import { tellNext } from "../status.js";

const FAULTS = { link_not_valid: "link.not_valid" };

export default class ResetScreen extends Screen {
  async #submit(event) {
    event.preventDefault();
    const { password } = fields(event.target);
    await this.submit(async () => {
      await callAsStranger("POST", "/api/auth/reset", { token: this.params.token, password });
      tellNext(t("reset.done"));
      go("/sign-in");
    }, FAULTS);
  }

  view() {
    return html`<div class="card narrow">
      ${heading(t("reset.title"), t("reset.lead"))}
      <form class="form" @submit=${this.#submit}>
        <label>${t("account.password_new")}
          <input name="password" type="password" required minlength="10" maxlength="256" autocomplete="new-password" aria-describedby="rule" />
          <small id="rule">${t("account.password_rule")}</small>
        </label>
        ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
        <button class="primary" ?disabled=${this.busy}>${t("reset.set")}</button>
      </form>
      <p class="small"><a href=${link("/forgotten")}>${t("reset.again")}</a></p>
    </div>`;
  }
}
