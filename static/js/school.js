/** What the screens of organizations share: roles, the tabs above each, names of people, and secrets that are shown once. */
import { html, nothing } from "../vendor/lit.esm.min.js";
import { ApiError, get } from "./api.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { link } from "./router.js";
import { empty } from "./screen.js";
import { tell } from "./status.js";

/** @typedef {"member" | "team_manager" | "admin" | "owner"} Role */

/** From the least to the most. @type {Role[]} */
export const ROLES = ["member", "team_manager", "admin", "owner"];

export const rank = (role) => ROLES.indexOf(role);
export const runs = (role) => rank(role) >= rank("admin");
export const teaches = (role) => rank(role) >= rank("team_manager");

export function organization(id) {
  return get(`/api/organizations/${encodeURIComponent(id)}`);
}

/** What those who do not teach get in place of what teachers see: null. */
export async function asTeacher(ask) {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) return null;
    throw error;
  }
}

/** In place of what only teachers see. */
export function notYours() {
  return html`<div class="card">${empty("lock", t("school.no_teacher"))}</div>`;
}

/** Where one is among the screens of an organization. @param {{id: string, role: Role, name: string}} one */
export function tabs(one, here) {
  const all = [
    ["people", "", true],
    ["class", "/class", teaches(one.role)],
    ["assignments", "/assignments", teaches(one.role)],
    ["texts", "/texts", teaches(one.role)],
    ["tokens", "/tokens", runs(one.role)],
  ];
  return html`<p class="crumbs"><a href=${link("/organizations")}>${t("school.title")}</a></p>
    <nav class="tabs" aria-label=${one.name}>
      ${all.map(([name, path, shown]) =>
        shown ? html`<a href=${link(`/organizations/${one.id}${path}`)} aria-current=${name === here ? "page" : nothing}>${t(`school.tab.${name}`)}</a>` : nothing,
      )}
    </nav>`;
}

/** @param {{full_name: string | null, username: string | null}} person */
export const nameOf = (person) => person.full_name || person.username || "";

/** What tells people of one name apart; not the name that a guest was given. */
export const nickOf = (person) => (person.full_name && !person.username?.startsWith("guest_") ? person.username : "");

/** A role as a choice, up to what the caller is. */
export function roleOptions(most, chosen) {
  return ROLES.filter((role) => rank(role) <= rank(most)).map(
    (role) => html`<option value=${role} ?selected=${role === chosen}>${t(`school.role.${role}`)}</option>`,
  );
}

/** A secret that the server does not show again, with a button that copies it. */
export function once(label, secret, hint) {
  const copy = async (event) => {
    const field = event.currentTarget.parentElement.querySelector("input");
    field.select();
    try {
      await navigator.clipboard.writeText(secret);
      tell(t("copied"));
    } catch {
      tell(t("copy_by_hand"), "warning"); // pages that are not served over https may not: it is selected
    }
  };
  return html`<div class="once" role="status">
    <label>${label}<span class="once-row"><input readonly dir="ltr" .value=${secret} @focus=${(event) => event.target.select()} />
      <button type="button" @click=${copy}>${icon("copy")}<span>${t("copy")}</span></button></span></label>
    <p class="small">${hint}</p>
  </div>`;
}

/** @typedef {import("/sdk/operations.js").Body<"POST", "/api/api-keys">["scopes"][number]} Scope */

/** @type {Scope[]} */
export const SCOPES = [
  "live:read", "live:write", "conversations:read", "conversations:write", "rag:read", "rag:write", "quiz:read", "quiz:write", "xel:read", "xel:write",
  "xp:read", "organizations:read", "organizations:write", "integrations:read", "integrations:write", "api:read", "api:write", "api:admin",
];

/** The scopes that a key or a token can hold, as boxes to tick. */
export function scopeBoxes(scopes, chosen = []) {
  return html`<fieldset class="scopes"><legend>${t("keys.scopes")}</legend>
    ${scopes.map((scope) => html`<label class="check"><input type="checkbox" name="scopes" value=${scope} ?checked=${chosen.includes(scope)} /><code>${scope}</code></label>`)}
  </fieldset>`;
}

/** Which boxes of that name are ticked. @param {EventTarget | null} form */
export const ticked = (form, name) => new FormData(/** @type {HTMLFormElement} */ (form)).getAll(name).map(String);
