/** A class is invited by pasting its list: what became of each line, and a link for those who have no account. */
import { html, nothing } from "../vendor/lit.esm.min.js";
import { call } from "./api.js";
import { fields } from "./form.js";
import { number, t } from "./i18n.js";
import { icon } from "./icons.js";
import { addressOf } from "./invitations.js";
import { once } from "./school.js";

const MARKS = { invited: "good", added: "good", already_member: "", already_invited: "", too_many_invitations: "poor", faulty: "poor" };
const LONGEST = 1900; // what mail programs take of an address
const open = ({ result }) => MARKS[result] === "poor";

/**
 * @param {any} screen acts, and keeps `inviting`, `report`, what became of the last list, and `link`, which was made for it
 * @param {{id: string, role: import("./school.js").Role, name: string}} one
 * @param {string[]} teams
 */
export function pasting(screen, one, teams) {
  const send = (event) => {
    event.preventDefault();
    const { people, team = "" } = fields(event.target);
    screen.act(() => invite(screen, one, event.target.elements.people, people, team.trim() || null));
  };
  return html`<form class="card form wide-form" @submit=${send}>
    <h2>${t("paste.title")}</h2>
    <label>${t("paste.people")}<textarea name="people" rows="6" required maxlength="60000" dir="auto" spellcheck="false" autocapitalize="none" placeholder="Ana Souza, ana@example.com"></textarea>
      <small>${t("paste.hint")}</small></label>
    ${one.role === "team_manager"
      ? nothing
      : html`<label>${t("school.team")}<input name="team" maxlength="60" list="teams" /></label>
          <datalist id="teams">${teams.map((team) => html`<option value=${team}></option>`)}</datalist>`}
    <div class="controls"><button class="primary" ?disabled=${screen.busy}>${t("invite.send")}</button>
      <button type="button" @click=${() => (screen.inviting = false)}>${t("close")}</button></div>
    ${screen.report ? reported(one, screen.report, screen.link) : nothing}
  </form>`;
}

/** What could not be done stays in the field, to be put right. */
async function invite(screen, one, field, people, team) {
  const path = `/api/organizations/${one.id}`;
  const answer = await call("POST", `${path}/invitations/import`, { people, team });
  screen.report = answer.people;
  const left = new Set(answer.people.filter(open).map(({ line }) => line));
  field.value = people.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/).filter((_, index) => left.has(index + 1)).join("\n");
  if (!answer.people.some(({ result }) => result === "invited") || screen.link?.team === answer.team) return;
  const { token } = await call("POST", `${path}/invitation-links`, { role: "member", team: answer.team, days: 14 });
  screen.link = { team: answer.team, address: addressOf(token) };
}

function reported(one, report, link) {
  const left = report.filter(open).length;
  return html`<div role="status"><p><strong>${t("paste.report", { done: number(report.length - left), left: number(left) })}</strong></p>
      ${left ? html`<p class="small">${t("paste.left")}</p>` : nothing}</div>
    ${link ? html`${once(t("invite.link"), link.address, t("paste.link"))}${letter(one, report, link.address)}` : nothing}
    <ul class="list flush">${report.map(
      (each) => html`<li class="row"><span class="grow"><strong dir="auto">${each.name ?? each.email}</strong>
          <span class="small">${[t("admin.line", { line: number(each.line) }), each.name && each.email].filter(Boolean).join(" ")}${each.message ? html` · <span lang="en">${each.message}</span>` : nothing}</span></span>
        <span class="chip ${MARKS[each.result]}">${t(`paste.result.${each.result}`)}</span></li>`,
    )}</ul>`;
}

/** In the teacher's own mail program: the addresses are theirs to write to, and none sees another. */
function letter(one, report, address) {
  const to = report.filter(({ result }) => ["invited", "already_invited"].includes(result)).map(({ email }) => encodeURIComponent(email));
  const href = `mailto:?bcc=${to.join(",")}&subject=${encodeURIComponent(t("join.title", { name: one.name }))}&body=${encodeURIComponent(address)}`;
  return href.length > LONGEST ? nothing : html`<p><a class="button" href=${href}>${icon("write")}<span>${t("paste.letter")}</span></a></p>`;
}
