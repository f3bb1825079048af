/** Those who are asked to join an organization: by a link for many, or one by one. */
import { html, nothing } from "../vendor/lit.esm.min.js";
import { all, call } from "./api.js";
import { fields } from "./form.js";
import { date, t } from "./i18n.js";
import { icon } from "./icons.js";
import { link } from "./router.js";
import { once, roleOptions } from "./school.js";
import { empty, line } from "./screen.js";

/** What is open. */
export async function opened(id) {
  const [links, sent] = await Promise.all([all(`/api/organizations/${id}/invitation-links`), all(`/api/organizations/${id}/invitations`)]);
  return { links, sent };
}

/**
 * @param {any} screen acts, and keeps `link`, the one that was made last
 * @param {{id: string, role: import("./school.js").Role}} one
 * @param {{team: string | null}[]} members
 * @param {Awaited<ReturnType<typeof opened>>} open
 */
export function invitations(screen, one, members, { links, sent }) {
  const teams = [...new Set(members.map((member) => member.team).filter(Boolean))].sort();
  return html`<datalist id="teams">${teams.map((team) => html`<option value=${team}></option>`)}</datalist>
    <div class="grid invite-grid">
      <div class="card">
        <h2 id="invite" tabindex="-1">${t("invite.by_link")}</h2>
        <p class="small">${t("invite.by_link_hint")}</p>
        ${linkForm(screen, one)}
        ${screen.link ? once(t("invite.link"), addressOf(screen.link), t("shown_once")) : nothing}
        ${links.length ? html`<ul class="list flush">${links.map((each) => linkRow(screen, one, each))}</ul>` : nothing}
      </div>
      <div class="card">
        <h2>${t("invite.person")}</h2>
        <p class="small">${t("invite.person_hint")}</p>
        ${personForm(screen, one)}
        <p><a href=${link(`/organizations/${one.id}/class`, { invite: "1" })}>${t("paste.title")}</a></p>
        ${sent.length ? html`<ul class="list flush">${sent.map((each) => sentRow(screen, one, each))}</ul>` : empty("account", t("invite.none"))}
      </div>
    </div>`;
}

export const addressOf = (token) => `${location.origin}/#/join/${token}`;

function linkForm(screen, one) {
  const make = (event) => {
    event.preventDefault();
    const { role, team, days } = fields(event.target);
    screen.act(async () => {
      const body = { role: /** @type {"member" | "team_manager"} */ (role), team: team.trim() || null, days: Number(days) };
      screen.link = (await call("POST", `/api/organizations/${one.id}/invitation-links`, body)).token;
      await screen.refresh();
    });
  };
  return html`<form class="form inline-form" @submit=${make}>
    <label>${t("school.role")}<select name="role">${roleOptions(one.role === "team_manager" ? "member" : "team_manager", "member")}</select></label>
    <label>${t("school.team")}<input name="team" maxlength="60" list="teams" /></label>
    <label>${t("invite.days")}<input name="days" type="number" min="1" max="90" value="14" required /></label>
    <div class="controls wide"><button class="primary" ?disabled=${screen.busy}>${t("invite.make_link")}</button></div>
  </form>`;
}

function linkRow(screen, one, each) {
  const revoke = () =>
    screen.act(async () => {
      await call("DELETE", `/api/organizations/${one.id}/invitation-links/${each.id}`);
      screen.link = "";
      await screen.refresh();
    }, t("invite.revoked"));
  const facts = [t(`school.role.${each.role}`), each.team];
  return html`<li class="row">${icon("key")}
    <span class="grow"><strong>${line(...facts)}</strong><span class="small">${t("invite.used", { count: each.used })} · ${t("invite.until", { date: date(each.expires_at) })}</span></span>
    <button type="button" class="quiet" aria-label=${`${t("revoke")}: ${facts.filter(Boolean).join(" · ")}`} @click=${revoke}>${t("revoke")}</button>
  </li>`;
}

function personForm(screen, one) {
  const send = (event) => {
    event.preventDefault();
    const form = event.target;
    const { user, role, team } = fields(form);
    screen.act(async () => {
      const body = { user: user.trim(), role: /** @type {import("./school.js").Role} */ (role), team: team.trim() || null };
      await call("POST", `/api/organizations/${one.id}/members`, body);
      form.reset();
      await screen.refresh();
    }, t("invite.sent"));
  };
  return html`<form class="form inline-form" @submit=${send}>
    <label class="wide">${t("account.name_or_email")}<input name="user" required maxlength="254" autocapitalize="none" autocomplete="off" /></label>
    <label>${t("school.role")}<select name="role">${roleOptions(one.role === "team_manager" ? "member" : one.role, "member")}</select></label>
    <label>${t("school.team")}<input name="team" maxlength="60" list="teams" /></label>
    <div class="controls wide"><button class="primary" ?disabled=${screen.busy}>${t("invite.send")}</button></div>
  </form>`;
}

function sentRow(screen, one, each) {
  const withdraw = () =>
    screen.act(async () => {
      await call("DELETE", `/api/organizations/${one.id}/invitations/${each.id}`);
      await screen.refresh();
    }, t("invite.revoked"));
  return html`<li class="row">
    <span class="grow"><strong>${each.user}</strong><span class="small">${t(`school.role.${each.role}`)} · ${t("invite.until", { date: date(each.expires_at) })}</span></span>
    <button type="button" class="quiet" aria-label=${`${t("revoke")}: ${each.user}`} @click=${withdraw}>${t("revoke")}</button>
  </li>`;
}
