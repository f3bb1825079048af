/** Read aloud: a sentence whose words take colour while they are read. */
import { Offline, token } from "./api.js";
import { Capture, play } from "/sdk/microphone.js";
import { wave } from "/sdk/wav.js";
import { resultCard } from "./result_card.js";
import { t } from "./i18n.js";
import { showObservers } from "./observers.js";
import { SENTENCES } from "./sentences.js";
import { Session } from "/sdk/session.js";
import { mayTakeOver } from "./takeover.js";
import { watch } from "./status.js";
import { openCard, speak } from "./word_card.js";
import { WordButton, element, read } from "./words.js";

const MODEL_RATE = 0.85; // slow enough to hear every sound

/** @type {Map<string, any>} the last report of each text, to compare the next one with */
const last = new Map();

export class Reading {
  #root;
  #follow;
  #words = [];
  #capture = null;
  #session = null;
  #start = null;
  #left = false;
  #stopped = false; // before it had begun
  #finishing = false;
  #whole = ""; // the text to which one goes back from a single word

  /** @param {any} root @param {(session: Session) => void} [follow] gets each session */
  constructor(root, follow = () => {}) {
    this.#root = root;
    this.#follow = follow;
    const picker = this.#find("select");
    picker.append(...SENTENCES.map((one, index) => element("option", { value: index }, one.text)));
    picker.append(element("option", { value: "own" }, t("read.own")));
    picker.addEventListener("change", () => this.#choose());
    this.#find("textarea").addEventListener("input", () => this.#layOut());
    this.#find(".microphone").addEventListener("click", () => this.#run("microphone"));
    this.#find(".recording").addEventListener("click", () => this.#run("recording"));
    this.#find(".stop").addEventListener("click", () => this.#stop());
    this.#find(".model").addEventListener("click", () => this.#model());
    this.#find(".onward").addEventListener("click", () => this.#next());
    this.#find(".back").addEventListener("click", () => this.offer(this.#whole));
    this.#choose();
  }

  /** Begin with this sentence, which may be none of ours. */
  offer(text) {
    const index = SENTENCES.findIndex((one) => one.text === text);
    this.#find("select").value = index >= 0 ? index : "own";
    if (index < 0) this.#find("textarea").value = text;
    this.#choose();
  }

  #next() {
    this.#find("select").value = (Number(this.#find("select").value) + 1) % SENTENCES.length;
    this.#choose();
    this.#find(".microphone").focus();
  }

  /** One word of the text alone, at once; what it was worth in the text is its last try. */
  #retry(word) {
    if (this.#session) return;
    const whole = this.#whole || this.#text;
    const text = word.word;
    if (text !== this.#text) last.set(text, { overall: word.score ?? 0, words: [word] });
    this.offer(text);
    this.#whole = whole;
    this.#find(".back").hidden = false;
    this.#run("microphone");
  }

  /** Somebody goes elsewhere: what runs ends, and what is only about to run. */
  leave() {
    this.#left = true;
    this.#stop();
  }

  #stop() {
    this.#stopped = true;
    if (this.#session?.id) this.#finish();
  }

  async #model() {
    const button = this.#find(".model");
    const { text, words } = { text: this.#text, words: this.#words }; // another one may be chosen meanwhile
    button.disabled = true;
    try {
      await speak(text, 1, (at) => follow(words, text, at));
    } catch (error) {
      watch().problem(error);
    } finally {
      button.disabled = this.#words.length === 0;
    }
  }

  #find(selector) {
    return this.#root.querySelector(selector);
  }

  get #sentence() {
    return SENTENCES[this.#find("select").value] ?? null;
  }

  get #text() {
    return (this.#sentence?.text ?? this.#find("textarea").value).trim();
  }

  #choose() {
    this.#whole = "";
    this.#find(".back").hidden = true;
    this.#find("textarea").hidden = this.#sentence !== null;
    if (this.#sentence === null && !this.#find("textarea").value) this.#find("textarea").focus();
    this.#layOut();
  }

  #layOut() {
    const open = (word, node) =>
      openCard(word, node, {
        replay: this.#start === null ? null : (asked) => this.#replay(asked),
        retry: this.#session ? null : (asked) => this.#retry(asked),
      });
    this.#words = this.#text.split(/\s+/).filter(Boolean).map((text) => new WordButton(text, open));
    this.#find(".sentence").replaceChildren(...this.#words.flatMap((word) => [word.node, " "]));
    this.#find(".heard").textContent = "";
    this.#find(".result").replaceChildren();
    this.#find(".onward").hidden = true;
    this.#find(".microphone span").textContent = t("read.microphone");
    const recording = this.#find(".recording");
    recording.disabled = !this.#sentence?.clip;
    recording.hidden = !this.#sentence?.clip;
    if (this.#sentence?.who) recording.textContent = t(`read.play.${this.#sentence.who}`);
    for (const name of [".microphone", ".model"]) this.#find(name).disabled = this.#words.length === 0;
    this.#find(".compare").hidden = true;
  }

  async #run(source) {
    this.#layOut();
    this.#busy(true);
    this.#capture = this.#start = null;
    this.#stopped = this.#finishing = false;
    const note = watch();
    try {
      const onFrame = (samples, level) => {
        this.#find(".level").value = level;
        this.#session?.sendAudio(samples);
      };
      this.#session = new Session("/speaking", { token });
      this.#listen(note);
      // The microphone first: whoever has none spends no minute. What is said before the session began is sent then.
      if (source === "microphone") this.#capture = await Capture.microphone(onFrame);
      if (this.#stopped) return await this.#close();
      await mayTakeOver((takeover) => this.#session.startSpeaking({ reference_text: this.#text, takeover }));
      if (this.#stopped) return await this.#finish();
      this.#start = performance.now();
      this.#capture ??= await Capture.recording(`/static/audio/${this.#sentence.clip}.flac`, onFrame);
      this.#capture.finished.then(() => this.#finish());
      this.#capture.start();
    } catch (error) {
      if (!this.#left) note.problem(error);
      await this.#close();
    }
  }

  #listen(note) {
    const session = this.#session;
    note.follow(session);
    this.#follow(session);
    showObservers(session, this.#find(".observers"));
    session.on("transcript.partial", (event) => this.#caption(event.text, event.stable_prefix_length));
    session.on("transcript.final", (event) => {
      if (event.text) this.#caption(event.text, event.text.length);
      note.engine(event.engine, event.latency_ms);
    });
    session.on("pronunciation.word", (event) => {
      if (event.index !== null && event.index !== undefined) this.#words[event.index]?.update(event);
    });
    session.on("pronunciation.final", (event) => {
      this.#report(event.pronunciation);
      this.#finish(); // the server tells it when all has been read: what is said after that is not judged
    });
    session.on("session.ended", (event) => {
      this.#pending(false);
      this.#find(".result").append(element("p", { class: "billed" }, t("live.counted", { seconds: event.billed_seconds })));
      this.#close().then(() => this.#offerMore());
    });
  }

  /** What to do when a text has been read: read it again, or the next one. */
  #offerMore() {
    if (!this.#root.isConnected || !this.#find(".scoreboard")) return;
    this.#find(".microphone span").textContent = t("read.again");
    this.#find(".onward").hidden = this.#sentence === null;
    if (document.activeElement === document.body) this.#find(".microphone").focus({ preventScroll: true }); // "Done" is gone
  }

  #caption(text, stable) {
    this.#find(".heard").replaceChildren(
      element("span", { class: "stable" }, text.slice(0, stable)),
      element("span", { class: "tail" }, text.slice(stable)),
    );
  }

  #report(pronunciation) {
    read(pronunciation).forEach((word, index) => this.#words[word.index ?? index]?.update(word));
    this.#pending(false);
    const capture = this.#capture;
    this.#find(".result").replaceChildren(
      resultCard(pronunciation, {
        mine: capture && ((start, end) => play(capture.slice(start, end))),
        model: (text) => speak(text, MODEL_RATE).catch((error) => watch().problem(error)),
        practise: (text) => this.offer(text),
      }),
    );
    const untold = (error) => this.#left || watch().problem(error); // what comes later may meet a line that is down
    this.#compareTries(last.get(this.#text), pronunciation).catch(untold);
    last.set(this.#text, pronunciation);
    for (const remark of pronunciation.quality ?? []) {
      const text = typeof remark === "string" ? remark : remark.message;
      if (text) this.#find(".result").append(element("p", { class: "quality" }, text));
    }
    this.#compare().catch(untold);
  }

  /** This try beside the one before, where there was one. */
  async #compareTries(before, now) {
    if (!before) return;
    const place = this.#find(".result");
    const { comparison } = await import("./comparison.js");
    place.append(comparison(before, now));
  }

  #replay(word) {
    if (this.#capture && word.end_ms > word.start_ms) play(this.#capture.slice(word.start_ms - 60, word.end_ms + 80));
  }

  /** My voice and the model's, one under the other. */
  async #compare() {
    const place = this.#find(".compare");
    const { compare } = await import("./waveforms.js");
    if (this.#capture) compare(place, wave(this.#capture.slice(0, Infinity)), this.#text);
  }

  async #finish() {
    this.#find(".stop").disabled = true;
    const { session, capture } = { session: this.#session, capture: this.#capture };
    if (!session || this.#finishing) return;
    this.#finishing = true;
    await capture?.stop();
    if (!this.#find(".scoreboard")) this.#pending(true);
    try {
      await session.end();
    } catch (error) {
      // It ends by itself as soon as there is a connection again: what was read is not given up.
      if (error instanceof Offline && !this.#left) {
        session.ended.catch(() => this.#session === session && this.#close()); // refused when it is back: that was said
        return watch().say(t("live.reconnecting"), "reconnecting");
      }
      if (!session.over) watch().problem(error);
      await this.#close();
    }
  }

  #pending(waiting) {
    this.#find(".pending")?.remove();
    if (waiting) this.#find(".result").append(element("p", { class: "pending" }, t("read.working")));
  }

  async #close() {
    this.#pending(false);
    await this.#capture?.stop();
    this.#session?.close();
    this.#session = null;
    if (!this.#root.isConnected) return;
    this.#find(".observers").hidden = true;
    this.#busy(false);
  }

  #busy(running) {
    for (const name of ["select", "textarea", ".microphone", ".model", ".recording", ".back", ".onward"]) this.#find(name).disabled = running;
    this.#find(".stop").disabled = !running;
    this.#find(".level").value = 0;
    if (!running) this.#find(".recording").disabled = !this.#sentence?.clip;
    this.#root.dataset.running = running;
  }
}

/** Mark the word that the model voice is saying; `at`: where it begins in the text, null when it has ended. */
function follow(words, text, at) {
  let end = 0;
  for (const { node } of words) {
    const start = text.indexOf(node.textContent, end);
    end = start + node.textContent.length;
    node.classList.toggle("said", at !== null && start <= at && at < end);
  }
}
