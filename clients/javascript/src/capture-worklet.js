/** On the audio thread: whatever rate the device has becomes frames of 16 kHz PCM16. */
import { Resampler } from "./resampler.js";

const SHORTEST_SAMPLES = 320; // 20 ms: the last frame is filled with silence
const FRAME_SAMPLES = 640; // 40 ms: a word on screen waits half of it on average

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.frame = new Int16Array(FRAME_SAMPLES);
    this.inFrame = 0;
    this.resampler = new Resampler(sampleRate, (sample) => this.push(sample));
    this.over = false;
    this.port.onmessage = ({ data }) => {
      this.flush();
      if (data !== "stop") return;
      this.over = true;
      this.port.postMessage(null); // the last frame was sent
    };
  }

  process(inputs) {
    const channel = inputs[0]?.[0];
    if (channel && !this.over) this.resampler.push(channel);
    return !this.over;
  }

  push(value) {
    this.frame[this.inFrame++] = value;
    if (this.inFrame === FRAME_SAMPLES) this.flush();
  }

  flush() {
    if (this.inFrame === 0) return;
    const samples = this.frame.fill(0, this.inFrame).slice(0, Math.max(this.inFrame, SHORTEST_SAMPLES));
    this.inFrame = 0;
    this.port.postMessage(samples, [samples.buffer]);
  }
}

registerProcessor("capture", Capture);
