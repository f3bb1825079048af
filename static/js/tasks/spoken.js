/** Speaking tasks: a recording whose words appear while it is made; it is judged as a whole afterwards. */
import { LitElement, html, nothing } from "../../vendor/lit.esm.min.js";
import { send, token } from "../api.js";
import { Capture } from "/sdk/microphone.js";
import { wave } from "/sdk/wav.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { ENGLISH } from "../lessons.js";
import { Session } from "/sdk/session.js";
import { keepsRecordings } from "../settings.js";
import { advice, countDown } from "../status.js";
import { mayTakeOver } from "../takeover.js";

class VoiceRecorder extends LitElement {
  static properties = { task: { attribute: false }, module: {}, state: { state: true }, heard: { state: true }, level: { state: true }, fault: { state: true }, watchers: { state: true } };

  constructor() {
    super();
    this.task = null;
    this.module = "";
    /** @type {"idle" | "asking" | "recording" | "judging"} */
    this.state = "idle";
    this.heard = { stable: "", tail: "" };
    this.level = 0;
    this.fault = "";
    this.capture = null;
    this.session = null;
    this.settled = "";
    /** @type {string[]} */
    this.watchers = [];
    /** @type {FormData | null} what could not be sent */
    this.unsent = null;
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#hush();
  }

  async #start() {
    this.fault = "";
    this.settled = "";
    this.heard = { stable: "", tail: "" };
    this.unsent = null;
    this.state = "asking";
    try {
      this.capture = await Capture.microphone((samples, level) => {
        this.level = level;
        this.session?.sendAudio(samples);
      });
    } catch (error) {
      this.fault = advice(error);
      this.state = "idle";
      return;
    }
    if (!this.isConnected) {
      await this.#hush(); // somebody went elsewhere before the browser gave the microphone
      return;
    }
    this.state = "recording";
    this.timer = setTimeout(() => this.#finish(), (this.task.max_seconds ?? 60) * 1000);
    this.#words();
  }

  /** Live words are a help, not the result: without minutes or connection the recording goes on. */
  async #words() {
    const session = new Session("/speaking", { token });
    this.session = session;
    countDown(session);
    session.on("session.observers", ({ names }) => (this.watchers = names));
    session.on("transcript.partial", (event) => {
      this.heard = { stable: this.settled + event.text.slice(0, event.stable_prefix_length), tail: event.text.slice(event.stable_prefix_length) };
    });
    session.on("transcript.final", (event) => {
      if (event.text) this.settled += `${event.text} `;
      this.heard = { stable: this.settled, tail: "" };
    });
    try {
      await mayTakeOver((takeover) => session.startSpeaking({ takeover }));
    } catch (error) {
      console.info("No live words:", error.message);
      session.close();
      if (this.session === session) this.session = null;
    }
  }

  async #hush() {
    clearTimeout(this.timer);
    const { capture, session } = this;
    this.capture = this.session = null;
    this.watchers = [];
    await capture?.stop();
    session?.end().catch((error) => console.info("The live words ended with:", error.message));
  }

  async #finish() {
    if (this.state !== "recording") return;
    this.state = "judging";
    const { capture } = this;
    await this.#hush();
    const form = new FormData();
    form.set("skill", "speaking");
    form.set("audio", wave(capture.slice(0, Infinity)), "answer.wav");
    if (this.module) {
      form.set("module_id", this.module);
      form.set("task_id", this.task.id);
    } else form.set("reference_text", this.task.reference_text);
    form.set("keep_recording", String(keepsRecordings()));
    await this.#judge(form);
  }

  async #judge(form) {
    this.state = "judging";
    this.fault = "";
    this.unsent = form;
    try {
      const evaluation = await (await send("POST", `${ENGLISH}/evaluate`, { body: form })).json();
      this.unsent = null;
      this.dispatchEvent(new CustomEvent("judged", { detail: evaluation }));
    } catch (error) {
      this.fault = advice(error);
    }
    this.state = "idle";
  }

  render() {
    const going = this.state === "recording";
    return html`<div class="recorder">
      <div class="controls">
        <button type="button" class="big ${going ? "stop-now" : "primary"}" ?disabled=${this.state === "judging" || this.state === "asking"} @click=${() => (going ? this.#finish() : this.#start())}>
          ${icon(going ? "stop" : "microphone")}<span>${t(going ? "task.stop" : "task.record")}</span>
        </button>
        ${going ? html`<meter class="level" min="0" max="1" .value=${this.level} aria-label=${t("loudness")}></meter>` : nothing}
        ${this.state === "judging" ? html`<p role="status"><span class="spinner" aria-hidden="true"></span> ${t("read.working")}</p>` : nothing}
      </div>
      <p class="observers" role="status" ?hidden=${!this.watchers.length}>${this.watchers.length ? t("talk.watching", { count: this.watchers.length, names: this.watchers.join(", ") }) : nothing}</p>
      ${going || this.heard.stable
        ? html`<p class="caption"><span class="label">${t("read.heard")}</span> <span class="heard" lang="en" dir="ltr" aria-live="off">${this.heard.stable}<span class="tail">${this.heard.tail}</span></span></p>`
        : nothing}
      ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
      ${this.fault && this.unsent ? html`<button type="button" @click=${() => this.#judge(this.unsent)}>${t("error.again")}</button>` : nothing}
    </div>`;
  }
}

customElements.define("voice-recorder", VoiceRecorder);
