/** What reading and talking look like; reading.js and talk.js bring it to life, in the app and in frames of other sites. */
import { html } from "../vendor/lit.esm.min.js";
import { icon } from "./icons.js";
import { t } from "./i18n.js";

const SCENES = ["restaurant", "hotel", "job_interview", "doctor", "directions", "shopping", "phone_call"];

export function readingPanel() {
  return html`
    <div class="card stage">
      <label class="pick">${t("read.sentence")} <select lang="en"></select></label>
      <textarea rows="2" maxlength="500" lang="en" aria-label=${t("read.own_label")} placeholder=${t("read.own_hint")} hidden></textarea>
      <p class="observers" role="status" hidden></p>
      <p class="sentence" lang="en" dir="ltr"></p>
      <div class="controls">
        <button type="button" class="microphone primary big">${icon("microphone")}<span>${t("read.microphone")}</span></button>
        <button type="button" class="onward big" hidden>${t("read.next")} ${icon("arrow")}</button>
        <button type="button" class="stop big" disabled>${icon("stop")}<span>${t("read.done")}</span></button>
        <button type="button" class="model" title=${t("read.model_hint")}>${icon("speaker")}<span>${t("read.model")}</span></button>
        <button type="button" class="recording quiet"></button>
        <button type="button" class="back quiet" hidden>${t("read.back")}</button>
        <meter class="level" min="0" max="1" value="0" aria-label=${t("loudness")}></meter>
      </div>
      <p class="caption"><span class="label">${t("read.heard")}</span> <span class="heard" lang="en" dir="ltr" aria-live="polite"></span></p>
      <p class="legend">
        <span class="word good">${t("score.good")}</span> <span class="word fair">${t("score.fair")}</span>
        <span class="word poor">${t("score.poor")}</span> <span class="word missed">${t("score.missed")}</span>
      </p>
    </div>
    <div class="result" aria-live="polite"></div>
    <div class="compare card" hidden></div>
  `;
}

export function talkPanel() {
  return html`
    ${talkSetup()}
    <p class="observers" role="status" hidden></p>
    <svg class="face" viewBox="0 0 120 120" role="img" aria-label=${t("talk.face_label")} hidden>
      <circle class="skin" cx="60" cy="60" r="54"></circle>
      <circle class="eye" cx="42" cy="48" r="5"></circle><circle class="eye" cx="78" cy="48" r="5"></circle>
      <path class="brow" d="M33 37q9-6 18 0M69 37q9-6 18 0"></path>
      <ellipse class="mouth" cx="60" cy="82" rx="15" ry="1"></ellipse>
    </svg>
    <p class="invitation">${t("talk.invitation")}</p>
    <ol class="turns" lang="en" dir="ltr" aria-live="polite"></ol>
    <div class="dock">
      <form hidden>
        <input type="text" maxlength="1000" lang="en" aria-label=${t("talk.type_label")} placeholder=${t("talk.type_hint")} autocomplete="off" />
        <button type="submit">${t("talk.send")}</button>
      </form>
      <div class="controls">
        <button type="button" class="start primary big">${icon("microphone")}<span>${t("talk.start")}</span></button>
        <button type="button" class="hold big" hidden>${icon("microphone")}<span>${t("talk.hold")}</span></button>
        <button type="button" class="stop big" disabled>${icon("stop")}<span>${t("talk.end")}</span></button>
        <button type="button" class="recording quiet">${t("talk.recording")}</button>
        <meter class="level" min="0" max="1" value="0" aria-label=${t("loudness")}></meter>
      </div>
    </div>
  `;
}

/** What is chosen before a talk begins. */
function talkSetup() {
  return html`
    <div class="card setup">
      <label class="pick">${t("talk.scene")}
        <select class="scenario">
          <option value="">${t("talk.scene.free")}</option>
          ${SCENES.map((scene) => html`<option value=${scene}>${t(`talk.scene.${scene}`)}</option>`)}
        </select>
      </label>
      <label class="pick">${t("talk.pace")}
        <select class="patience">
          <option value="">${t("talk.pace.normal")}</option>
          <option value="1500">${t("talk.pace.slow")}</option>
          <option value="0">${t("talk.pace.push")}</option>
        </select>
      </label>
      <label class="check"><input type="checkbox" class="avatar-wanted" /> ${t("talk.face")}</label>
      <details class="technical">
        <summary>${t("technical.title")}</summary>
        <label class="pick">${t("technical.way")}
          <select class="way">
            <option value="webrtc">${t("technical.way.webrtc")}</option>
            <option value="socket">${t("technical.way.socket")}</option>
          </select>
        </label>
      </details>
    </div>
  `;
}
