/** What a learner was given to do, and by whom they are asked to join: for home. */
import { html, nothing } from "../vendor/lit.esm.min.js";
import { all } from "./api.js";
import { date, number, t } from "./i18n.js";
import { icon } from "./icons.js";
import { link } from "./router.js";
import { line } from "./screen.js";

const KEPT_MS = 7 * 86_400_000; // what was due is shown that much longer
const KINDS = { completed: "good", started: "accent", open: "" };

export function given() {
  return all("/api/assignments/mine", { due_from: new Date(Date.now() - KEPT_MS).toISOString() }, 50);
}

/** @param {Awaited<ReturnType<typeof given>>} work */
export function assignments(work) {
  if (!work.length) return nothing;
  const done = work.filter((one) => one.status === "completed").length;
  return html`<section class="card given" aria-label=${t("work.mine")}>
    <div class="between"><h2>${t("work.mine")}</h2><span class="small">${number(done)}/${number(work.length)}</span></div>
    <progress max=${work.length} value=${done} aria-label=${t("work.mine")}></progress>
    <ul class="list flush">${work.map((one) => row(one))}</ul>
    <p class="small">${t("work.seen")}</p>
  </section>`;
}

function row(one) {
  const { kind, title, module_id: module, text } = one.work;
  const late = one.status !== "completed" && Date.parse(one.due_at) < Date.now();
  const place = kind === "module" ? link(`/lessons/${module}`) : link("/read", { text: text ?? "" });
  return html`<li class="row">${icon(kind === "module" ? "lessons" : "read")}
    <span class="grow"><strong lang="en">${title}</strong>
      <span class="small">${line(one.organization_name, t("invite.until", { date: date(one.due_at) }), one.score !== null && t("score.of", { score: one.score }))}</span></span>
    <span class="chip ${late ? "poor" : KINDS[one.status]}">${t(late ? "work.late" : `work.status.${one.status}`)}</span>
    <a class="button ${one.status === "completed" ? "quiet" : "primary"}" href=${place} aria-label=${`${t("home.go")}: ${title}`}>${t("home.go")}</a>
  </li>`;
}

export function invitation(one) {
  const title = t("join.title", { name: one.organization_name });
  return html`<aside class="card banner" aria-label=${title}><p>${title} ${t("join.as", { role: t(`school.role.${one.role}`), name: one.invited_by })}</p>
    <a class="button" href=${link("/organizations")}>${t("join.look")}</a></aside>`;
}
