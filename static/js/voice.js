/** The tutor's voice: sound from the server when it has one, otherwise the browser's own, sentence by sentence. */

export class Voice {
  #pending = "";
  #epoch = 0;
  #served = false;
  #context = null;
  #playAt = 0;

  /** Text of a reply as it streams. */
  add(text) {
    this.#pending += text;
    const sentence = /^[\s\S]*?[.!?…]["')\]]?\s+/;
    for (let match; (match = this.#pending.match(sentence)); ) {
      this.#speak(match[0]);
      this.#pending = this.#pending.slice(match[0].length);
    }
  }

  flush() {
    this.#speak(this.#pending);
    this.#pending = "";
  }

  /** PCM16 mono from the server, at 24 kHz unless the event says otherwise. Late pieces of an old reply are dropped. */
  audio({ epoch, sample_rate: rate = 24000 }, bytes) {
    if (epoch < this.#epoch) return;
    this.#served = true;
    this.#context ??= new AudioContext();
    const samples = new Int16Array(bytes instanceof ArrayBuffer ? bytes : bytes.buffer);
    const buffer = this.#context.createBuffer(1, samples.length, rate);
    buffer.getChannelData(0).set(Float32Array.from(samples, (sample) => sample / 32768));
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#context.destination);
    this.#playAt = Math.max(this.#playAt, this.#context.currentTime + 0.05);
    source.start(this.#playAt);
    this.#playAt += buffer.duration;
  }

  /** Be silent at once: the learner speaks. */
  stop(epoch = this.#epoch) {
    this.#epoch = epoch;
    this.#pending = "";
    globalThis.speechSynthesis?.cancel();
    this.#context?.close();
    this.#context = null;
    this.#playAt = 0;
  }

  #speak(sentence) {
    if (this.#served || !sentence.trim() || !globalThis.speechSynthesis) return;
    const utterance = new SpeechSynthesisUtterance(sentence.trim());
    utterance.lang = "en-US";
    utterance.rate = 0.95;
    speechSynthesis.speak(utterance);
  }
}
