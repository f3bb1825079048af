/** An invitation to this server: open an account by a link that works once. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { callAsStranger, signIn } from "../api.js";
import { fields } from "../form.js";
import { t } from "../i18n.js";
import { go, link } from "../router.js";
import { Screen, heading } from "../screen.js";
import { tellNext } from "../status.js";

const FAULTS = { email_taken: "account.email_taken", username_taken: "invited.name_taken", link_not_valid: "link.not_valid" };

export default class InvitedScreen extends Screen {
  async load() {
    try {
      return await callAsStranger("POST", "/api/auth/invitation", { token: this.params.token });
    } catch (error) {
      if (error.code === "link_not_valid") return { spent: true };
      throw error;
    }
  }

  async #submit(event) {
    event.preventDefault();
    const { email, username, full_name, password } = fields(event.target);
    const own = { token: this.params.token, username: username.trim(), password, full_name: full_name.trim() || null };
    const body = email ? { ...own, email } : own;
    await this.submit(async () => {
      await open(body);
      await signIn(own.username, password);
      tellNext(t("account.made"));
      go("/home");
    }, FAULTS);
  }

  view() {
    if (this.data.spent) {
      return html`<div class="card narrow">${heading(t("invited.title"), t("link.not_valid"))}
        <p class="small"><a href=${link("/sign-in")}>${t("account.sign_in")}</a></p></div>`;
    }
    return html`<div class="card narrow">
      ${heading(t("invited.title"), t("invited.lead"))}
      <form class="form" @submit=${this.#submit}>
        ${this.data.email
          ? html`<p><span class="small">${t("account.email")}</span><br /><strong>${this.data.email}</strong></p>`
          : html`<label>${t("account.email")}<input name="email" type="email" required maxlength="254" autocomplete="email" /></label>`}
        <label>${t("account.full_name")}<input name="full_name" maxlength="100" .value=${this.data.full_name ?? ""} autocomplete="name" /></label>
        <label>${t("invited.username")}
          <input name="username" required minlength="3" maxlength="32" pattern="[a-z0-9_]+" autocapitalize="none" autocomplete="username" aria-describedby="name-rule" />
          <small id="name-rule">${t("invited.username_rule")}</small>
        </label>
        <label>${t("account.password")}
          <input name="password" type="password" required minlength="10" maxlength="256" autocomplete="new-password" aria-describedby="rule" />
          <small id="rule">${t("account.password_rule")}</small>
        </label>
        ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
        <button class="primary" ?disabled=${this.busy}>${t("account.sign_up")}</button>
      </form>
    </div>`;
  }
}

/** Days follow the browser's time zone, unless it is one that the server does not know. */
async function open(body) {
  const timezone = /** @type {"UTC"} */ (Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC");
  try {
    await callAsStranger("POST", "/api/auth/join", { ...body, timezone });
  } catch (error) {
    if (!error.details?.fields?.some((field) => field.path === "/timezone")) throw error;
    await callAsStranger("POST", "/api/auth/join", body);
  }
}
