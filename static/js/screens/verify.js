/** The link of a letter that proves an address. A button uses it, because programs that check mail open links, too. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { callAsStranger, who } from "../api.js";
import { t } from "../i18n.js";
import { go } from "../router.js";
import { Screen, heading } from "../screen.js";
import { tellNext } from "../status.js";

const FAULTS = { link_not_valid: "link.not_valid" };

export default class VerifyScreen extends Screen {
  #confirm() {
    return this.submit(async () => {
      await callAsStranger("POST", "/api/auth/verify", { token: this.params.token });
      tellNext(t("verify.done"));
      go(who() === null ? "/sign-in" : "/account");
    }, FAULTS);
  }

  view() {
    return html`<div class="card narrow">
      ${heading(t("verify.title"), t("verify.confirm_lead"))}
      ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
      <button type="button" class="primary" @click=${this.#confirm} ?disabled=${this.busy}>${t("verify.confirm")}</button>
    </div>`;
  }
}
