/** One session that is over: what was said, how it sounded, the sound if it was kept, and files to take away. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { all, get, send } from "../api.js";
import { resultCard } from "../result_card.js";
import { download } from "../files.js";
import { dateAndTime, t } from "../i18n.js";
import { icon } from "../icons.js";
import { link } from "../router.js";
import { Screen, heading } from "../screen.js";
import { speak } from "../speech.js";
import { watch } from "../status.js";
import { openCard } from "../word_card.js";
import { WordButton, read } from "../words.js";

const FORMATS = ["txt", "srt", "vtt"];

export default class SessionScreen extends Screen {
  async load() {
    const transcript = await get(`/api/live/transcripts/${this.params.transcript}`);
    return { transcript, sound: await recording(transcript.session_id) };
  }

  async updated(changed) {
    const place = this.querySelector("#sound");
    if (!changed.has("data") || !place || place.childElementCount) return;
    await this.act(async () => {
      const { track } = await import("../waveforms.js");
      track(place, t("history.sound"), this.data.sound);
    });
  }

  async #download(format) {
    const { id } = this.data.transcript;
    await download(`/api/live/transcripts/${id}?format=${format}`, `parley-${id.slice(-6)}.${format}`);
  }

  view() {
    const { transcript, sound } = this.data;
    const downloads = html`<div class="controls">
      ${FORMATS.map((format) => html`<button type="button" @click=${() => this.act(() => this.#download(format))}>${icon("download")}<span>${format}</span></button>`)}
    </div>`;
    return html`<p class="crumbs"><a href=${link("/history")}>${t("history.title")}</a></p>
      ${heading(dateAndTime(transcript.started_at), "", downloads)}
      ${sound ? html`<div class="card" id="sound"></div>` : nothing}
      <ol class="turns" lang="en" dir="ltr">
        ${transcript.turns.map((turn) => this.#turn(turn))}
      </ol>`;
  }

  #turn(turn) {
    const scored = read(turn.pronunciation);
    return html`<li class=${turn.role}>
      <span class="who">${t(turn.role === "user" ? "talk.you" : "talk.tutor")}</span>
      <p class="text">${scored.length ? scored.map((word) => html`${button(word)} `) : turn.text}</p>
      ${scored.length ? html`<details><summary>${t("history.scores")}</summary>${resultCard(turn.pronunciation, { model: say })}</details>` : nothing}
    </li>`;
  }
}

const say = (text) => speak(text).catch((error) => watch().problem(error));

function button(word) {
  const made = new WordButton(word.word, (scored, node) => openCard(scored, node));
  made.update(word);
  return made.node;
}

/** The sound of a session, if it was kept. */
async function recording(session) {
  const kept = session ? await all("/api/live/recordings") : [];
  if (!kept.some((one) => one.session_id === session)) return null;
  return (await send("GET", `/api/live/recordings/${session}`)).blob();
}
