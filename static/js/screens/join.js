/** An invitation by link: who asks, what they will see, and yes or no. It survives signing in, signing up and a reload. */
import { html } from "../../vendor/lit.esm.min.js";
import { ApiError, call, who } from "../api.js";
import { t } from "../i18n.js";
import { go, link } from "../router.js";
import { Screen, empty, heading } from "../screen.js";
import { tellNext } from "../status.js";

export default class JoinScreen extends Screen {
  async load() {
    if (who() !== "account") return null;
    try {
      return await call("POST", "/api/invitation-links/look", { token: this.params.token });
    } catch (error) {
      if (who() === null) return null; // the sign-in of this browser has run out
      if (error instanceof ApiError && [400, 404].includes(error.status)) return { gone: true };
      throw error;
    }
  }

  #accept() {
    this.act(async () => {
      const { organization_id: id } = this.data;
      await call("POST", "/api/invitation-links/accept", { token: this.params.token });
      tellNext(t("join.done"));
      go(`/organizations/${id}`);
    });
  }

  view() {
    const found = this.data;
    if (found === null) return this.#strangers();
    if (found.gone) return html`<div class="card narrow">${heading(t("join.link"))}${empty("lock", t("join.gone"), html`<a class="button" href=${link("/home")}>${t("nav.home")}</a>`)}</div>`;
    const title = t("join.title", { name: found.organization_name });
    if (found.is_member)
      return html`<div class="card narrow">${heading(title)}<p>${t("join.already")}</p>
        <div class="controls"><a class="button primary" href=${link(`/organizations/${found.organization_id}`)}>${found.organization_name}</a></div></div>`;
    return html`<div class="card narrow">
      ${heading(title)}
      <p>${t("join.as", { role: t(`school.role.${found.role}`), name: found.invited_by })}${found.team ? ` ${t("school.team")}: ${found.team}.` : ""}</p>
      <p class="note spaced">${t("join.seen")}</p>
      <div class="controls"><button type="button" class="primary" ?disabled=${this.busy} @click=${this.#accept}>${t("join.accept")}</button>
        <a class="button" href=${link("/home")}>${t("join.decline")}</a></div>
    </div>`;
  }

  #strangers() {
    const next = `/join/${this.params.token}`;
    const guest = who() === "guest";
    return html`<div class="card narrow">
      ${heading(t("join.link"))}
      <p>${t(guest ? "join.guest" : "join.stranger")}</p>
      <div class="controls"><a class="button primary" href=${link("/sign-up", { next })}>${t(guest ? "account.keep" : "account.sign_up")}</a>
        <a class="button" href=${link("/sign-in", { next })}>${t("account.sign_in")}</a></div>
    </div>`;
  }
}
