/** Numbers as pictures. Each says in words what it shows, for those who do not see it. */
import { html, svg } from "../vendor/lit.esm.min.js";
import { date, number, t } from "./i18n.js";

/** @type {Promise<unknown> | null} */
let sheet = null;

/** The style sheet of what draws lines: no visit waits for it that shows none. */
function dressed() {
  sheet ??= new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = "/static/vendor/uplot.min.css";
    link.onload = link.onerror = done; // without it the line is still there
    document.head.append(link);
  });
  return sheet;
}

/** A line over time in `place`; drawn again when the place changes its width. */
export async function timeline(place, points, label) {
  const [{ default: Plot }] = await Promise.all([import("../vendor/uplot.esm.min.js"), dressed()]);
  if (!place.isConnected) return;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false }, font: "12px system-ui" };
  const size = () => ({ width: Math.max(200, place.clientWidth), height: 180 });
  const plot = new Plot(
    {
      ...size(),
      legend: { show: false },
      cursor: { y: false },
      scales: { y: { range: (_, low, high) => [Math.max(0, Math.floor(low - 20)), Math.ceil(high + 20)] } },
      axes: [{ ...axis, size: 30, values: (_, at) => at.map((one) => date(one * 1000, { day: "numeric", month: "short" })) }, { ...axis, size: 44 }],
      series: [
        {},
        { label, stroke: colour("--accent"), width: 3, fill: colour("--accent-ground"), points: { show: points.length < 30, size: 7, fill: colour("--accent") } },
      ],
    },
    [points.map(([at]) => at / 1000), points.map(([, value]) => value)],
    place,
  );
  const watcher = new ResizeObserver(() => (place.isConnected ? plot.setSize(size()) : watcher.disconnect()));
  watcher.observe(place);
}

/** Years as a grid of days: columns are weeks. @param {{date: string, xp: number, seconds: number, level: number}[]} days */
export function pulse(days) {
  const first = new Date(`${days[0].date}T00:00Z`).getUTCDay();
  const weeks = Math.ceil((days.length + first) / 7);
  const active = days.filter((day) => day.level > 0);
  const minutes = Math.round(active.reduce((sum, day) => sum + day.seconds, 0) / 60);
  return html`<div class="pulse" tabindex="0" role="group" aria-label=${t("home.pulse")}>
      <svg viewBox="0 0 ${weeks * 14} 98" width=${weeks * 14} height="98" role="img" aria-label=${t("home.pulse_text", { count: active.length, minutes })}>
        ${days.map((day, index) => {
          const place = index + first;
          const title = `${date(`${day.date}T12:00Z`)}: ${t("home.pulse_day", { xp: day.xp, minutes: Math.round(day.seconds / 60) })}`;
          return svg`<rect class="level-${day.level}" x=${Math.floor(place / 7) * 14} y=${(place % 7) * 14} width="11" height="11" rx="3"><title>${title}</title></rect>`;
        })}
      </svg>
    </div>
    <p class="small">${t("home.pulse_text", { count: active.length, minutes })}</p>`;
}

function shade(mean) {
  return mean >= 80 ? "good" : mean >= 60 ? "fair" : "poor";
}

/** Sounds by week: a table whose cells have a colour and a number. */
export function heatmap(sounds) {
  const weeks = [...new Set(sounds.flatMap((sound) => sound.by_week.map((week) => week.week_start)))].sort().slice(-8);
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${t("home.sounds")}>
    <table class="heat">
      <thead><tr><th scope="col">${t("home.sound")}</th>${weeks.map((week) => html`<th scope="col">${date(`${week}T12:00Z`, { day: "numeric", month: "short" })}</th>`)}</tr></thead>
      <tbody>
        ${sounds.map(
          (sound) => html`<tr>
            <th scope="row"><span class="ipa" lang="en">${sound.ipa}</span></th>
            ${weeks.map((week) => {
              const found = sound.by_week.find((one) => one.week_start === week);
              return found ? html`<td class=${shade(found.mean)}>${number(Math.round(found.mean))}</td>` : html`<td>·</td>`;
            })}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** A share of a whole as a ring with a text inside. */
export function ring(share, text) {
  const length = 2 * Math.PI * 26;
  return html`<svg class="ring" viewBox="0 0 64 64" aria-hidden="true">
    <circle cx="32" cy="32" r="26" class="whole"></circle>
    <circle cx="32" cy="32" r="26" class=${share > 0 ? "share" : "nothing"} stroke-dasharray="${Math.max(0, Math.min(1, share)) * length} ${length}" transform="rotate(-90 32 32)"></circle>
    <text x="32" y="38" text-anchor="middle">${text}</text>
  </svg>`;
}
