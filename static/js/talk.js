/** Talk: a conversation with the tutor, by voice or by typing. */
import { call, token } from "./api.js";
import { Capture } from "/sdk/microphone.js";
import { Call } from "/sdk/call.js";
import { Face } from "./face.js";
import { Voice } from "./voice.js";
import { t } from "./i18n.js";
import { showObservers } from "./observers.js";
import { Refused } from "/sdk/errors.js";
import { Session } from "/sdk/session.js";
import { keepsRecordings } from "./settings.js";
import { watch } from "./status.js";
import { keep, recall } from "./tab.js";
import { mayTakeOver } from "./takeover.js";
import { SCORED, Turns } from "./turns.js";

const RUNNING = "parley.talk"; // in this tab: the session that goes on when the page is loaded again
const REPLAY_MS = 1500; // what is told again after that is not said aloud again

const REASONS = ["client", "quota", "limit", "timeout", "taken_over"];

export class Talk {
  #root;
  #follow;
  #session = null;
  #capture = null;
  #call = null;
  #turns;
  #face;
  #voice;
  #quietUntil = 0;
  #left = false;
  #stopped = false; // before it had begun
  #held = true; // whether what the microphone hears is sent: always, or while a button is pressed

  /** @param {any} root @param {(session: Session) => void} [follow] gets each session */
  constructor(root, follow = () => {}) {
    this.#root = root;
    this.#follow = follow;
    this.#turns = new Turns(root.querySelector(".turns"));
    this.#face = new Face(root.querySelector(".face"));
    this.#voice = new Voice(this.#face);
    this.#find(".start").addEventListener("click", () => this.#start());
    this.#find(".recording").addEventListener("click", () => this.#start("jfk"));
    this.#find(".stop").addEventListener("click", () => this.#stop());
    this.#find("form").addEventListener("submit", (event) => this.#type(event));
    if (recall(RUNNING)) this.#find(".start span").textContent = t("talk.go_on");
    const hold = this.#find(".hold");
    for (const name of ["pointerdown", "keydown"]) hold.addEventListener(name, (event) => this.#hold(event, true));
    for (const name of ["pointerup", "pointercancel", "keyup", "blur"]) hold.addEventListener(name, (event) => this.#hold(event, false));
  }

  /** Somebody goes elsewhere: the session ends, also one that is only about to begin. */
  leave() {
    this.#left = true;
    this.#stop();
  }

  #stop() {
    this.#stopped = true;
    if (this.#session?.id) this.#finish();
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
    this.#stopped = false;
    this.#turns.clear();
    const note = watch();
    try {
      const avatar = this.#find(".avatar-wanted").checked;
      this.#face.shown = avatar;
      const patience = this.#find(".patience").value;
      const before = clip ? null : recall(RUNNING);
      const started = (before && (await this.#again(before, note))) || (await this.#open(avatar, patience));
      if (!this.#session) {
        this.#session = new Session("/live", { token, ticket: started.realtime.ticket, keepTurns: SCORED });
        this.#listen(note);
        started.voice = (await this.#session.join(started.session_id)).voice;
        keep(RUNNING, started.session_id);
      }
      if (this.#stopped) return await this.#finish();
      this.#voice.served = started.voice === "server";
      this.#find("form").hidden = false; // what is typed before would be lost
      await this.#hear(clip, patience === "0");
    } catch (error) {
      if (!this.#session?.over && !this.#left) note.problem(error); // else why it is, has been said
      // Without a microphone one can still type.
      if (!this.#session?.id) await this.#close();
    }
  }

  /** The microphone, or a recording in its place; `push`: only while a button is pressed. */
  async #hear(clip, push) {
    this.#held = !push;
    this.#find(".hold").hidden = !push;
    const onFrame = (samples, level) => {
      this.#find(".level").value = level;
      if (this.#held) this.#session?.sendAudio(samples);
    };
    const capture = clip
      ? await Capture.recording(`/static/audio/${clip}.flac`, onFrame)
      : await Capture.microphone(onFrame, { keep: false });
    if (!this.#session || this.#stopped) return await capture.stop(); // it has ended meanwhile
    this.#capture = capture;
    // By WebRTC the end of the sound is still under way; the silence after it ends the turn.
    this.#capture.finished.then(() => this.#call ?? this.#session?.commit());
    this.#carriedBy(null);
    // The microphone is sent over the socket at once: where UDP is blocked it takes seconds until a peer fails.
    if (!push && this.#find(".way").value === "webrtc") await this.#dial();
    this.#capture.start(); // a recording begins when it is clear which way its sound goes
  }

  #open(avatar, patience) {
    return mayTakeOver((takeover) =>
      call("POST", "/api/live/session/start", {
        session_type: avatar ? "avatar" : "voice",
        takeover,
        scenario: this.#find(".scenario").value || null,
        patience_ms: patience ? Number(patience) : null,
        record: keepsRecordings(),
      }),
    );
  }

  /** The session that this tab had before it was loaded again, with all that was said; null when it is over. */
  async #again(id, note) {
    const session = new Session("/live", { token, keepTurns: SCORED });
    this.#session = session;
    this.#quietUntil = performance.now() + REPLAY_MS;
    this.#listen(note);
    try {
      const answer = await session.rejoin(id);
      note.say(t("talk.back"));
      return answer;
    } catch (error) {
      session.close();
      this.#session = null;
      keep(RUNNING, null);
      if (!(error instanceof Refused)) throw error;
      this.#turns.clear();
      return null;
    }
  }

  /** Carry the sound by WebRTC; where that does not work, it goes over the socket. */
  async #dial() {
    const session = this.#session;
    const onLost = async () => {
      this.#carriedBy(null);
      try {
        await session.leavePeer(false); // nothing is lost while a new peer is tried
        if (this.#session === session) await this.#dial();
      } catch (error) {
        // The peer goes with its session; else the socket is away, too, and the sound is sent when it is back.
        if (!session.over) watch().problem(error);
      }
    };
    try {
      // Asked each time: credentials of a relay end, and a page that was loaded again has none.
      const { ice_servers: iceServers } = await call("GET", "/api/live/ice-servers");
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
    this.#follow(session);
    session.on("transcript.partial", (event) => {
      this.#voice.yields();
      this.#turns.grow(event);
    });
    session.on("transcript.final", (event) => {
      if (event.role === "user" && event.text) this.#voice.yields();
      if (event.text) this.#turns.settle(event);
      else this.#turns.drop(event.turn_id);
      note.engine(event.engine, event.latency_ms);
    });
    session.on("pronunciation.word", (event) => this.#turns.word(event));
    session.on("pronunciation.final", (event) => this.#turns.report(event));
    this.#listenToTutor(session);
    showObservers(session, this.#find(".observers"));
    session.on("turn.void", ({ turn_id: id }) => this.#turns.drop(id));
    session.on("session.snapshot", ({ turns }) => this.#turns.settleAll(turns));
    session.on("session.ended", (event) => {
      keep(RUNNING, null);
      note.say(`${t(`ended.${REASONS.includes(event.reason) ? event.reason : "other"}`)} ${t("live.counted", { seconds: event.billed_seconds })}`, "ended");
      this.#close();
    });
  }

  #listenToTutor(session) {
    session.on("response.delta", (event) => {
      this.#turns.add(event);
      if (performance.now() > this.#quietUntil) this.#voice.add(event.text);
    });
    session.on("response.done", (event) => {
      this.#turns.close(event);
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
  }

  async #type(event) {
    event.preventDefault();
    const field = this.#find("form input");
    const text = field.value.trim();
    if (!text || !this.#session) return;
    field.value = ""; // sent once, also when it takes long
    try {
      await this.#session.say(text);
    } catch (error) {
      field.value ||= text;
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
    this.#find(".observers").hidden = true;
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
    if (!running) this.#find(".start span").textContent = t("talk.start");
    this.#find(".level").value = 0;
    this.#root.dataset.running = running;
  }
}
