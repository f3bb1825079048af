/**
 * In place of a session's WebSocket: a server that has a lesson ready and tells it `window.lessonSpeed` times as fast. A turn
 * of the learner and a reply take twelve seconds of it. What the page does with the events is the page's own.
 */
(() => {
  const Plain = WebSocket;
  const SAID = "yesterday I went to the market with my sister because we wanted to buy some fresh bread".split(" ");
  const REPLY = "That sounds like a lovely morning. What did you buy there, and who did you meet on the way? ".split(" ");
  const TURN_MS = 12_000;
  window.lesson = { turns: 0, over: false };

  class Line extends EventTarget {
    binaryType = "arraybuffer";
    readyState = 1;
    #id = "";
    #seq = 0;
    #sound = 0;
    #began = 0;

    constructor() {
      super();
      setTimeout(() => this.onopen?.({}));
    }

    send(message) {
      if (typeof message !== "string") return void (this.#sound = new DataView(message.buffer).getUint32(0));
      const { event, id, data } = JSON.parse(message);
      const answer = { ok: true };
      if (event === "session.join") {
        this.#id = data.session_id;
        Object.assign(answer, { session_id: this.#id, audio_seq: 0, last_seq: 0, heartbeat_interval_seconds: 5, voice: "server" });
        setTimeout(() => this.#tell());
      }
      if (event === "session.end") {
        window.lesson.over = true;
        setTimeout(() => this.#event("session.ended", { reason: "client", billed_seconds: 3600 }));
      }
      this.#give({ ack: id, data: answer });
    }

    close() {}

    #give(message) {
      setTimeout(() => this.onmessage?.({ data: JSON.stringify(message) }));
    }

    #event(event, data) {
      this.#give({ event, data: { session_id: this.#id, seq: ++this.#seq, at_ms: Math.round(performance.now()), ...data } });
    }

    /** Events come in the rhythm of speech: a partial for each word, a score a moment later, the reply word by word. */
    #tell() {
      this.#began ||= performance.now();
      const steps = SAID.length * 2 + REPLY.length + 4;
      let step = 0;
      const next = () => {
        if (window.lesson.over) return;
        this.#step(window.lesson.turns, step++ % steps);
        if (step % steps === 0) window.lesson.turns++;
        const due = this.#began + (step * TURN_MS) / steps / window.lessonSpeed;
        setTimeout(next, Math.max(0, due - performance.now()));
      };
      next();
    }

    #step(turn, step) {
      const mine = `${turn}`;
      const words = SAID.map((text, at) => ({ id: `${turn}-${at}`, text, start_ms: at * 300, end_ms: at * 300 + 250, confidence: 0.9 }));
      if (step % 10 === 0) this.#give({ event: "audio.ack", data: { seq: this.#sound, safe_seq: this.#sound } });
      if (step === 0) return this.#event("speech.started", { turn_id: mine });
      if (step <= SAID.length) {
        const text = SAID.slice(0, step).join(" ");
        return this.#event("transcript.partial", { turn_id: mine, text, stable_prefix_length: Math.max(0, text.length - 12), words: [] });
      }
      step -= SAID.length + 1;
      if (step === 0) return this.#event("transcript.final", { turn_id: mine, role: "user", text: SAID.join(" "), words });
      if (step <= SAID.length) {
        const word = words[step - 1];
        return this.#event("pronunciation.word", { turn_id: mine, word_id: word.id, index: null, ...scored(word.text, step) });
      }
      step -= SAID.length + 1;
      if (step === 0) {
        const report = { overall: 80, accuracy: 80, fluency: 80, prosody: 80, words: SAID.map(scored) };
        return this.#event("pronunciation.final", { turn_id: mine, pronunciation: report });
      }
      if (step <= REPLY.length) return this.#event("response.delta", { turn_id: `a${turn}`, epoch: turn, text: `${REPLY[step - 1]} ` });
      return this.#event("response.done", { turn_id: `a${turn}`, epoch: turn, text: REPLY.join(" "), complete: true });
    }
  }

  function scored(word, at) {
    const phonemes = [...word].map((letter) => ({ phoneme: letter, ipa: letter, score: 60 + ((at * 7) % 40), heard: letter }));
    return { word, score: 55 + ((at * 13) % 45), error: "none", phonemes };
  }

  window.WebSocket = /** @type {any} */ (function (address, protocols) {
    return new URL(address, location.href).pathname.startsWith("/api/realtime/live") ? new Line() : new Plain(address, protocols);
  });
})();
