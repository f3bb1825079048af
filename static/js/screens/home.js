/** What to do next, and how it goes. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { all, get } from "../api.js";
import { heatmap, pulse, ring, timeline } from "../charts.js";
import { clock, number, t } from "../i18n.js";
import { icon } from "../icons.js";
import { assignments, given, invitation } from "../given.js";
import { link } from "../router.js";
import { Screen, empty, heading } from "../screen.js";

export const SKILL_ICONS = { reading: "read", writing: "write", listening: "listen", speaking: "microphone" };

export default class HomeScreen extends Screen {
  async load() {
    const english = "/api/learn/english";
    const [me, dashboard, xpi, history, xp, streak, quests, sounds, days, quota, review, work, asked, placement] = await Promise.all([
      get("/api/auth/me"), get(`${english}/dashboard`), get(`${english}/xpi`), all(`${english}/xpi/history`, {}, 300), get("/api/xp/profile"),
      get("/api/xp/streak-status"), get("/api/xp/quests"), get("/api/analytics/phonemes"), get("/api/xp/learning-pulse"), get("/api/live/quota"),
      get(`${english}/review`, { limit: 20 }), given(), all("/api/invitations"), get(`${english}/placement`),
    ]);
    return { work, asked, placement, me, dashboard, xpi, history, xp, streak, quests: quests.quests, sounds: sounds.phonemes, days: days.days, quota, due: review.due };
  }

  updated(changed) {
    for (const one of this.querySelectorAll(".pulse, .scroll")) one.scrollLeft = one.scrollWidth; // the newest first
    const place = this.querySelector("#xpi-history");
    if (!changed.has("data") || !place || place.childElementCount) return;
    const points = this.data.history.map((one) => [Date.parse(one.at), one.xpi]).sort(([a], [b]) => a - b);
    timeline(place, points, "XPI").catch((error) => console.info("No chart:", error.message));
  }

  view() {
    const { me, sounds, days } = this.data;
    const name = me.nickname ?? me.full_name;
    return html`
      ${heading(name ? t(`home.hello.${daytime()}_name`, { name }) : t(`home.hello.${daytime()}`))}
      ${me.is_guest ? this.#guest() : nothing}
      ${this.data.asked.map((one) => invitation(one))}
      ${this.#placement()} ${this.#next()} ${assignments(this.data.work)} ${this.#tiles()}
      <div class="grid">
        ${this.#xpi()} ${this.#quests()}
        <div class="card wide">
          <h2>${t("home.sounds")}</h2>
          ${sounds.length
            ? html`<p class="small">${t("home.sounds_hint")}</p>${heatmap([...sounds].sort((a, b) => a.mean - b.mean).slice(0, 8))}`
            : empty("microphone", t("home.no_sounds"), html`<a class="button" href=${link("/read")}>${t("nav.read")}</a>`)}
        </div>
        <div class="card wide"><h2>${t("home.pulse")}</h2>${pulse(days)}</div>
      </div>`;
  }

  /** A sound as people write it, anything else as it is. */
  #sound(item) {
    const sound = this.data.sounds.find((one) => one.phoneme === item);
    return sound ? `/${sound.ipa}/` : (item ?? "");
  }

  #guest() {
    return html`<aside class="card banner" aria-label=${t("account.keep")}>
      <p>${t("home.guest")}</p>
      <a class="button" href=${link("/sign-up")}>${t("account.keep")}</a>
    </aside>`;
  }

  /** Until the level is known, or the learner has gone their own way. */
  #placement() {
    const { placement, dashboard } = this.data;
    const open = placement.status === "open";
    if (!open && (placement.status !== "none" || dashboard.modules.completed)) return nothing;
    return html`<aside class="card banner" aria-label=${t("placement.title")}>
      <p>${t(open ? "home.placement_open" : "home.placement")}</p>
      <a class="button" href=${link("/placement")}>${t(open ? "placement.go_on" : "placement.title")}</a>
    </aside>`;
  }

  #next() {
    const { next_task: next } = this.data.dashboard;
    const due = this.data.due.length;
    return html`<section class="next" aria-label=${t("home.next")}>
      ${next
        ? html`<div>
              <p class="eyebrow">${icon(SKILL_ICONS[next.skill])}<span>${t(`home.reason.${next.reason}`, { item: this.#sound(next.item) })}</span></p>
              <h2 lang="en">${next.title}</h2>
            </div>
            <div class="controls">
              <a class="button big" href=${link(`/lessons/${next.module_id}/${next.task_id}`)}>${t("home.go")} ${icon("arrow")}</a>
              ${due ? html`<a class="button quiet big" href=${link("/review")}>${t("home.review", { count: due })}</a>` : nothing}
            </div>`
        : html`<div><p class="eyebrow">${t("home.next")}</p><h2>${t("home.all_done")}</h2></div>
            <div class="controls"><a class="button big" href=${link("/talk")}>${t("nav.talk")} ${icon("arrow")}</a></div>`}
    </section>`;
  }

  #tiles() {
    const { streak, xp, quota, dashboard } = this.data;
    return html`<ul class="tiles">
      <li class="card tile">${icon("flame")}<div><strong>${number(streak.current_streak)}</strong><span>${t("home.streak", { count: streak.current_streak })}</span>
        ${streak.streak_at_risk ? html`<span class="chip fair">${t("home.streak_risk")}</span>` : nothing}</div></li>
      <li class="card tile">${ring(xp.xp_in_level / Math.max(1, xp.xp_for_next_level), xp.level)}<div><strong>${number(xp.xp_total)} XP</strong>
        <span>${t("home.level", { level: xp.level })}</span></div></li>
      <li class="card tile">${icon("check")}<div><strong>${number(dashboard.minutes_this_week)}</strong><span>${t("home.week", { count: dashboard.minutes_this_week })}</span></div></li>
      <li class="card tile">${icon("clock")}<div><strong>${clock(quota.remaining_seconds)}</strong><span>${t("home.minutes")}</span></div></li>
    </ul>`;
  }

  #quests() {
    return html`<div class="card">
      <h2>${t("home.quests")}</h2>
      <ul class="plain">
        ${this.data.quests.map(
          (quest) => html`<li class="quest">
            <div class="between"><strong lang="en">${quest.title}</strong><span class="chip ${quest.completed ? "good" : "accent"}">${quest.completed ? t("home.quest_done") : `+${quest.xp_reward} XP`}</span></div>
            <p class="small" lang="en">${quest.description}</p>
            <div class="between"><progress max=${quest.target} value=${Math.min(quest.progress, quest.target)} aria-label=${quest.title}></progress>
              <span class="small">${number(Math.min(quest.progress, quest.target))}/${number(quest.target)}</span></div>
          </li>`,
        )}
      </ul>
    </div>`;
  }

  #xpi() {
    const { xpi, history } = this.data;
    return html`<div class="card">
      <h2>${t("home.xpi")}</h2>
      <div class="figure"><strong>${number(xpi.xpi)}</strong><span class="chip accent">${xpi.cefr_level}</span>
        <span class="small">${t("home.confidence", { percent: Math.round(xpi.confidence * 100), count: xpi.samples })}</span></div>
      ${history.length > 1 ? html`<div id="xpi-history" role="img" aria-label=${t("home.xpi_history", { from: history.at(-1).xpi, to: history[0].xpi })}></div>` : html`<p class="small">${t("home.xpi_hint")}</p>`}
      <div class="skills">
        ${Object.entries(SKILL_ICONS).map(
          ([skill, drawing]) => html`<div class="skill">${icon(drawing)}<span>${t(`skill.${skill}`)}</span>
            <progress max="1000" value=${xpi.skills[skill]} aria-label=${t(`skill.${skill}`)}></progress><output>${number(xpi.skills[skill])}</output></div>`,
        )}
      </div>
    </div>`;
  }
}

function daytime() {
  const hour = new Date().getHours();
  return hour < 5 ? "evening" : hour < 12 ? "morning" : hour < 18 ? "day" : "evening";
}
