/** A forgotten password: a letter with a link, or whom to ask. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { callAsStranger } from "../api.js";
import { fields } from "../form.js";
import { current, t } from "../i18n.js";
import { link } from "../router.js";
import { Screen, heading } from "../screen.js";

export default class ForgottenScreen extends Screen {
  static properties = { ...Screen.properties, sent: { state: true } };

  load() {
    return callAsStranger("GET", "/api/auth/entrance");
  }

  async #submit(event) {
    event.preventDefault();
    const { email } = fields(event.target);
    await this.submit(async () => {
      await callAsStranger("POST", "/api/auth/forgotten", { email, language: current() });
      this.sent = true;
    });
  }

  view() {
    return html`<div class="card narrow">
      ${heading(t("forgotten.title"))} ${this.data.mail ? this.#form() : html`<p>${ask(this.data.contact)}</p>`}
      <p class="small"><a href=${link("/sign-in")}>${t("account.sign_in")}</a></p>
    </div>`;
  }

  #form() {
    if (this.sent) return html`<p role="status">${t("forgotten.sent")} ${ask(this.data.contact)}</p>`;
    return html`<p>${t("forgotten.lead")}</p>
      <form class="form" @submit=${this.#submit}>
        <label>${t("account.email")}<input name="email" type="email" required maxlength="254" autocomplete="email" /></label>
        ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
        <button class="primary" ?disabled=${this.busy}>${t("forgotten.send")}</button>
      </form>`;
  }
}

function ask(contact) {
  return contact ? t("forgotten.ask", { contact }) : t("forgotten.ask_operator");
}
