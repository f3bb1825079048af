/** The organizations that one belongs to, who asks one to belong, and a new one. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { all, call, get } from "../api.js";
import { fields } from "../form.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { go, link } from "../router.js";
import { Screen, empty, heading } from "../screen.js";

export default class OrganizationsScreen extends Screen {
  static properties = { ...Screen.properties, making: { state: true } };

  async load() {
    const [me, organizations, invitations] = await Promise.all([get("/api/auth/me"), all("/api/organizations"), all("/api/invitations")]);
    return { me, organizations, invitations };
  }

  #create(event) {
    event.preventDefault();
    const { name, description } = fields(event.target);
    this.act(async () => {
      const made = await call("POST", "/api/organizations", { name: name.trim(), slug: slugOf(name), description: description.trim() || null });
      go(`/organizations/${made.id}`);
    });
  }

  #answer(invitation, what) {
    this.act(async () => {
      await (what === "accept" ? call("POST", `/api/invitations/${invitation.id}/accept`) : call("POST", `/api/invitations/${invitation.id}/decline`));
      await this.refresh();
    }, t(what === "accept" ? "join.done" : "join.declined"));
  }

  view() {
    const { me, organizations, invitations } = this.data;
    const begin = html`<button type="button" class="primary" @click=${() => (this.making = true)}>${icon("teach")}<span>${t("school.new")}</span></button>`;
    return html`${heading(t("school.title"), t("school.lead"), me.is_guest ? nothing : begin)}
      ${invitations.map((one) => this.#invitation(one))}
      ${this.making ? this.#form() : nothing}
      <div class="card">
        ${organizations.length
          ? html`<ul class="list flush">
              ${organizations.map(
                (one) => html`<li><a class="row" href=${link(`/organizations/${one.id}`)}>${icon("teach")}
                  <span class="grow"><strong>${one.name}</strong><span class="small">${t("school.members", { count: one.members })}${one.description ? ` · ${one.description}` : ""}</span></span>
                  <span class="chip ${one.role === "member" ? "" : "accent"}">${t(`school.role.${one.role}`)}</span></a></li>`,
              )}
            </ul>`
          : empty("teach", t(me.is_guest ? "school.none_guest" : "school.none"), me.is_guest ? html`<a class="button primary" href=${link("/sign-up", { next: "/organizations" })}>${t("account.sign_up")}</a>` : nothing)}
      </div>`;
  }

  #invitation(one) {
    return html`<section class="card banner" aria-label=${t("join.title", { name: one.organization_name })}>
      <div><h2>${t("join.title", { name: one.organization_name })}</h2>
        <p>${t("join.as", { role: t(`school.role.${one.role}`), name: one.invited_by })}</p>
        <p class="small">${t("join.seen")}</p></div>
      <div class="controls"><button type="button" class="primary" ?disabled=${this.busy} @click=${() => this.#answer(one, "accept")}>${t("join.accept")}</button>
        <button type="button" ?disabled=${this.busy} @click=${() => this.#answer(one, "decline")}>${t("join.decline")}</button></div>
    </section>`;
  }

  #form() {
    return html`<form class="card form wide-form" @submit=${this.#create}>
      <h2>${t("school.new")}</h2>
      <label>${t("school.name")}<input name="name" required maxlength="100" autocomplete="organization" /></label>
      <label>${t("school.description")}<input name="description" maxlength="1000" /></label>
      <div class="controls"><button class="primary" ?disabled=${this.busy}>${t("school.create")}</button>
        <button type="button" @click=${() => (this.making = false)}>${t("cancel")}</button></div>
    </form>`;
  }
}

/** A short name that no other organization has: what the name says in plain letters, and some that say nothing. */
function slugOf(name) {
  const plain = name.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40);
  const random = crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
  return [plain.replace(/-+$/, ""), random].filter(Boolean).join("-");
}
