/** Talk: a conversation with the tutor, by voice or by typing. */
import { call, token } from "./api.js";
import { Capture } from "./audio.js";
import { Call } from "./call.js";
import { Face } from "./face.js";
import { Voice } from "./voice.js";
import { t } from "./i18n.js";
import { Session } from "./session.js";
import { keepsRecordings } from "./settings.js";
import { watch } from "./status.js";
import { mayTakeOver } from "./takeover.js";
import { WordButton, element, openCard } from "./words.js";

const REASONS = ["client", "quota", "limit", "timeout", "taken_over"];

export class Talk {
  #root;
  #session = null;
  #capture = null;
  #call = null;
  #turns = new Map();
  #face;
  #voice;
  #held = true; // whether what the microphone hears is sent: always, or while a button is pressed

  constructor(root) {
    this.#root = root;
    this.#face = new Face(root.querySelector(".face"));
    this.#voice = new Voice(this.#face);
    this.#find(".start").addEventListener("click", () => this.#start());
    this.#find(".recording").addEventListener("click", () => this.#start("jfk"));
    this.#find(".stop").addEventListener("click", () => this.#finish());
    this.#find("form").addEventListener("submit", (event) => this.#type(event));
    const hold = this.#find(".hold");
    for (const name of ["pointerdown", "keydown"]) hold.addEventListener(name, (event) => this.#hold(event, true));
    for (const name of ["pointerup", "pointercancel", "keyup", "blur"]) hold.addEventListener(name, (event) => this.#hold(event, false));
  }

  /** Somebody goes elsewhere: the session ends. */
  leave() {
    if (this.#session) this.#finish();
  }

  /** Push to talk: by pointer, space or enter. */
  #hold(event, held) {
    if (event.type.startsWith("key") && ![" ", "Enter"].includes(event.key)) return;
    event.preventDefault();
    if (held === this.#held || !this.#session) return;
    this.#held = held;
    this.#find(".hold").classList.toggle("held", held);
    if (held) this.#voice.stop();
    else this.#session.commit().catch((error) => watch().problem(error));
  }

  #find(selector) {
    return this.#root.querySelector(selector);
  }

  async #start(clip = null) {
    this.#busy(true);
    this.#turns.clear();
    this.#find(".turns").replaceChildren();
    const note = watch();
    try {
      const avatar = this.#find(".avatar-wanted").checked;
      this.#face.shown = avatar;
      const patience = this.#find(".patience").value;
      const push = patience === "0";
      const started = await mayTakeOver((takeover) =>
        call("POST", "/api/live/session/start", {
          session_type: avatar ? "avatar" : "voice",
          takeover,
          scenario: this.#find(".scenario").value || null,
          patience_ms: patience ? Number(patience) : null,
          record: keepsRecordings(),
        }),
      );
      this.#session = new Session("/live", { token, ticket: started.realtime.ticket });
      this.#listen(note);
      const { voice } = await this.#session.join(started.session_id);
      this.#voice.served = voice === "server";
      this.#find("form").hidden = false; // what is typed before would be lost
      this.#held = !push;
      this.#find(".hold").hidden = !push;
      const onFrame = (samples, level) => {
        this.#find(".level").value = level;
        if (this.#held) this.#session?.sendAudio(samples);
      };
      this.#capture = clip
        ? await Capture.recording(`/static/audio/${clip}.flac`, onFrame)
        : await Capture.microphone(onFrame);
      // By WebRTC the end of the sound is still under way; the silence after it ends the turn.
      this.#capture.finished.then(() => this.#call ?? this.#session?.commit());
      this.#carriedBy(null);
      // The microphone is sent over the socket at once: where UDP is blocked it takes seconds until a peer fails.
      if (!push && this.#find(".way").value === "webrtc") await this.#dial(started.realtime.ice_servers);
      this.#capture.start(); // a recording begins when it is clear which way its sound goes
    } catch (error) {
      if (!this.#session?.over) note.problem(error); // else why it is, has been said
      // Without a microphone one can still type.
      if (!this.#session?.id) await this.#close();
    }
  }

  /** Carry the sound by WebRTC; where that does not work, it goes over the socket. */
  async #dial(iceServers) {
    const session = this.#session;
    const onLost = async () => {
      this.#carriedBy(null);
      try {
        await session.leavePeer(false); // nothing is lost while a new peer is tried
        if (this.#session === session) await this.#dial(iceServers);
      } catch (error) {
        // The peer goes with its session; else the socket is away, too, and the sound is sent when it is back.
        if (!session.over) watch().problem(error);
      }
    };
    try {
      const opened = await Call.open(session, this.#capture.stream, { iceServers, onLost });
      if (this.#session === session) this.#carriedBy(opened);
      else opened.close();
    } catch {
      if (this.#session === session && !session.over) await session.leavePeer(true);
    }
  }

  #carriedBy(call) {
    this.#call = call;
    this.#root.dataset.sound = call ? "webrtc" : "websocket";
  }

  #listen(note) {
    const session = this.#session;
    note.follow(session);
    session.on("transcript.partial", (event) => {
      this.#voice.yields();
      this.#turn(event.turn_id, "user").replaceChildren(
        element("span", { class: "stable" }, event.text.slice(0, event.stable_prefix_length)),
        element("span", { class: "tail" }, event.text.slice(event.stable_prefix_length)),
      );
    });
    session.on("transcript.final", (event) => {
      if (event.role === "user" && event.text) this.#voice.yields();
      if (event.text) this.#settle(event);
      else this.#drop(event.turn_id);
      note.engine(event.engine, event.latency_ms);
    });
    session.on("pronunciation.word", (event) => this.#word(event)?.update(event));
    session.on("pronunciation.final", (event) => {
      const buttons = [...(this.#turns.get(event.turn_id)?.words.values() ?? [])];
      event.pronunciation.words.forEach((word, index) => buttons[index]?.update(word));
    });
    session.on("response.delta", (event) => {
      this.#turn(event.turn_id, "ai").append(event.text);
      this.#voice.add(event.text);
      this.#scroll();
    });
    session.on("response.done", (event) => {
      this.#turn(event.turn_id, "ai").textContent = event.text;
      if (!event.text) this.#drop(event.turn_id); // cut off before a word of it was heard
      this.#turns.get(event.turn_id)?.node.classList.toggle("cut", !event.complete);
      if (event.complete) this.#voice.flush();
    });
    session.on("response.audio", (event, bytes) => this.#voice.audio(event, bytes));
    session.on("response.viseme", (event) => this.#face.viseme(event));
    session.on("session.warning", (event) => {
      if (event.part === "voice") this.#voice.served = false;
    });
    session.on("playback.flush", (event) => {
      this.#voice.stop(event.epoch);
      this.#call?.hush();
    });
    session.on("playback.resume", (event) => this.#voice.resume(event));
    session.on("session.observers", (event) => this.#watched(event));
    session.on("session.ended", (event) => {
      note.say(`${t(`ended.${REASONS.includes(event.reason) ? event.reason : "other"}`)} ${t("live.counted", { seconds: event.billed_seconds })}`, "ended");
      this.#close();
    });
  }

  #turn(id, role) {
    if (!this.#turns.has(id)) {
      const text = element("p", { class: "text" });
      const node = element("li", { class: role }, element("span", { class: "who" }, t(role === "ai" ? "talk.tutor" : "talk.you")), text);
      this.#find(".turns").append(node);
      this.#turns.set(id, { text, node, words: new Map() });
      this.#scroll();
    }
    return this.#turns.get(id).text;
  }

  #drop(id) {
    this.#turns.get(id)?.node.remove();
    this.#turns.delete(id);
  }

  #watched({ count, names }) {
    const line = this.#find(".observers");
    line.hidden = count === 0;
    line.textContent = count ? t("talk.watching", { count, names: names.join(", ") }) : "";
  }

  #settle(event) {
    const text = this.#turn(event.turn_id, event.role);
    if (!event.words?.length || event.role === "ai") {
      text.textContent = event.text;
      return;
    }
    const { words } = this.#turns.get(event.turn_id);
    words.clear();
    for (const word of event.words) words.set(word.id, new WordButton(word.text, (scored, node) => openCard(scored, node, null)));
    text.replaceChildren(...[...words.values()].flatMap((button) => [button.node, " "]));
  }

  #word(event) {
    return this.#turns.get(event.turn_id)?.words.get(event.word_id);
  }

  async #type(event) {
    event.preventDefault();
    const field = this.#find("form input");
    const text = field.value.trim();
    if (!text || !this.#session) return;
    try {
      await this.#session.say(text);
      field.value = "";
    } catch (error) {
      watch().problem(error);
    }
  }

  async #finish() {
    this.#voice.stop();
    await this.#capture?.stop();
    try {
      await this.#session?.end();
    } catch (error) {
      watch().problem(error);
      await this.#close();
    }
  }

  async #close() {
    this.#call?.close();
    await this.#capture?.stop();
    this.#session?.close();
    this.#session = this.#capture = null;
    if (!this.#root.isConnected) return;
    this.#watched({ count: 0, names: [] });
    this.#carriedBy(null);
    this.#busy(false);
  }

  #busy(running) {
    for (const name of [".start", ".recording"]) this.#find(name).hidden = running;
    this.#find(".way").disabled = running;
    this.#find(".stop").disabled = !running;
    if (!running) this.#find("form").hidden = true;
    this.#find(".setup").hidden = running;
    this.#find(".invitation").hidden = true;
    if (!running) this.#find(".hold").hidden = true;
    this.#find(".level").value = 0;
    this.#root.dataset.running = running;
  }

  #scroll() {
    this.#find(".turns").lastElementChild?.scrollIntoView({ block: "nearest" });
  }
}
