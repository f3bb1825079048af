/** A player for listening tasks: play, go back, speed. What is said is not shown. */
import { LitElement, html, nothing } from "../vendor/lit.esm.min.js";
import { send } from "./api.js";
import { clock, number, t } from "./i18n.js";
import { icon } from "./icons.js";
import { explained } from "./screen.js";

const SPEEDS = [0.65, 0.8, 1, 1.2];

class SoundPlayer extends LitElement {
  static properties = { src: {}, speech: { attribute: false }, at: { state: true }, playing: { state: true }, fault: { state: true }, speed: { state: true } };

  constructor() {
    super();
    /** @type {string | null} */
    this.src = null;
    /** @type {{text: string, language: string, rate: number} | null} */
    this.speech = null;
    this.at = 0;
    this.playing = false;
    this.fault = "";
    this.speed = 1;
    this.sound = null;
    /** @type {Promise<void> | null} */
    this.opening = null;
    this.left = new AbortController();
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.left.abort();
    this.left = new AbortController();
    this.sound?.pause();
    globalThis.speechSynthesis?.cancel();
  }

  async #open() {
    const blob = await (await send("GET", this.src, { signal: this.left.signal })).blob();
    this.sound = new Audio(URL.createObjectURL(blob));
    this.sound.addEventListener("timeupdate", () => (this.at = this.sound.currentTime));
    for (const name of ["play", "pause", "ended"]) this.sound.addEventListener(name, () => (this.playing = name === "play"));
  }

  async #toggle() {
    this.fault = "";
    try {
      if (!this.src) return this.#byBrowser();
      if (!this.sound) await (this.opening ??= this.#open().finally(() => (this.opening = null))); // pressed again meanwhile
      this.sound.playbackRate = this.speed;
      if (this.playing) this.sound.pause();
      else await this.sound.play();
    } catch (error) {
      if (error.name !== "AbortError") this.fault = explained(error);
    }
  }

  #byBrowser() {
    if (!this.speech || !globalThis.speechSynthesis) return;
    speechSynthesis.cancel();
    if (this.playing) return;
    const said = new SpeechSynthesisUtterance(this.speech.text);
    said.lang = this.speech.language;
    said.rate = this.speech.rate * this.speed;
    said.onend = said.onerror = () => (this.playing = false);
    this.playing = true;
    speechSynthesis.speak(said);
  }

  #faster(event) {
    this.speed = Number(event.target.value);
    if (this.sound) this.sound.playbackRate = this.speed;
  }

  render() {
    const length = this.sound && Number.isFinite(this.sound.duration) ? this.sound.duration : 0;
    return html`<div class="player">
      <button type="button" class="round primary" aria-label=${t(this.playing ? "sound.pause" : "sound.play")} @click=${this.#toggle}>${icon(this.playing ? "stop" : "play")}</button>
      <input type="range" min="0" max=${length || 1} step="0.1" .value=${String(this.at)} ?disabled=${!length} aria-label=${t("sound.place")}
        @input=${(event) => this.sound && (this.sound.currentTime = Number(event.target.value))} />
      <span class="small">${clock(this.at)}</span>
      <select aria-label=${t("sound.speed")} @change=${this.#faster}>
        ${SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === this.speed}>${number(speed)}×</option>`)}
      </select>
      ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
    </div>`;
  }
}

customElements.define("sound-player", SoundPlayer);
