/** The tutor's voice: sound from the server when it has one, otherwise the browser's own, sentence by sentence. */

const LEAD_S = 0.05; // before the first sound, so that a late piece is not heard as a gap
const PAUSE_MS = 500; // no more text for so long: the last sentence is complete

export class Voice {
  /** Whether the server speaks. */
  served = false;
  #pending = "";
  #epoch = 0;
  #context = null;
  #sources = new Set();
  #playAt = 0;
  #patience = null;
  #face;

  /** @param {import("./face.js").Face} face moves its mouth with the sound */
  constructor(face) {
    this.#face = face;
  }

  /** Text of a reply as it streams. */
  add(text) {
    this.#pending += text;
    const sentence = /^[\s\S]*?[.!?…]["')\]]?\s+/;
    for (let match; (match = this.#pending.match(sentence)); ) {
      this.#speak(match[0]);
      this.#pending = this.#pending.slice(match[0].length);
    }
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.flush(), PAUSE_MS);
  }

  flush() {
    clearTimeout(this.#patience);
    this.#speak(this.#pending);
    this.#pending = "";
  }

  /** PCM16 mono at 24 kHz from the server. Late pieces of an old reply are dropped. */
  audio({ epoch, at_ms: sentAt }, bytes) {
    if (epoch < this.#epoch) return;
    this.#context ??= new AudioContext();
    const samples = new Int16Array(bytes instanceof ArrayBuffer ? bytes : bytes.slice().buffer);
    const buffer = this.#context.createBuffer(1, samples.length, 24000);
    buffer.getChannelData(0).set(Float32Array.from(samples, (sample) => sample / 32768));
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#context.destination);
    const now = this.#context.currentTime;
    if (this.#playAt < now) {
      this.#playAt = now + LEAD_S;
      this.#face.align(sentAt, LEAD_S * 1000);
    }
    source.start(this.#playAt);
    this.#playAt += buffer.duration;
    this.#sources.add(source);
    source.onended = () => this.#sources.delete(source);
  }

  get speaking() {
    return this.#sources.size > 0 || Boolean(globalThis.speechSynthesis?.speaking);
  }

  /** Be silent at once: the learner speaks. */
  stop(epoch = this.#epoch) {
    this.#epoch = epoch;
    this.#pending = "";
    clearTimeout(this.#patience);
    globalThis.speechSynthesis?.cancel();
    for (const source of this.#sources) source.stop();
    this.#sources.clear();
    this.#playAt = 0;
    this.#face.rest();
  }

  /** It was not speech: the server's sound comes again by itself, the browser's voice speaks the rest. */
  resume({ text }) {
    if (!this.served) this.add(`${text} `);
  }

  /** Words of the learner: the browser's own voice stops, which the server cannot hear. */
  yields() {
    if (!this.served) this.stop();
  }

  #speak(sentence) {
    if (this.served || !sentence.trim() || !globalThis.speechSynthesis) return;
    const utterance = new SpeechSynthesisUtterance(sentence.trim());
    utterance.lang = "en-US";
    utterance.rate = 0.95;
    utterance.onboundary = () => this.#face.move();
    utterance.onend = () => this.#face.rest();
    speechSynthesis.speak(utterance);
  }
}
