/**
 * Turns whatever rate the device has into frames of 16 kHz PCM16.
 *
 * A windowed-sinc interpolator (Smith, "Digital Audio Resampling"): every output sample is the input weighted with a
 * low-pass kernel around its position, read from a table of phases.
 */
const TARGET_RATE = 16000;
const FRAME_SAMPLES = 640; // 40 ms: a word on screen waits half of it on average
const ZERO_CROSSINGS = 12;
const PHASES = 256;

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.step = sampleRate / TARGET_RATE; // input samples for one output sample
    const cut = Math.min(1, 1 / this.step) * 0.94;
    this.half = Math.ceil(ZERO_CROSSINGS / cut);
    this.kernel = kernelTable(this.half, cut);
    this.input = new Float32Array(this.half * 2 + 65536);
    this.filled = this.half; // silence before the first sample
    this.position = this.half;
    this.frame = new Int16Array(FRAME_SAMPLES);
    this.inFrame = 0;
    this.port.onmessage = () => this.flush();
  }

  process(inputs) {
    const channel = inputs[0]?.[0];
    if (channel) {
      this.input.set(channel, this.filled);
      this.filled += channel.length;
      this.convert();
    }
    return true;
  }

  convert() {
    while (this.position + this.half < this.filled) {
      this.push(this.sampleAt(this.position));
      this.position += this.step;
    }
    const first = Math.floor(this.position) - this.half;
    if (first > 32768) {
      this.input.copyWithin(0, first, this.filled);
      this.filled -= first;
      this.position -= first;
    }
  }

  sampleAt(position) {
    const centre = Math.floor(position);
    const phase = Math.round((position - centre) * PHASES);
    const weights = this.kernel[phase];
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i] * this.input[centre - this.half + 1 + i];
    return sum;
  }

  push(value) {
    this.frame[this.inFrame++] = Math.max(-1, Math.min(1, value)) * 32767;
    if (this.inFrame === FRAME_SAMPLES) this.flush();
  }

  flush() {
    if (this.inFrame === 0) return;
    const samples = this.frame.slice(0, this.inFrame);
    this.inFrame = 0;
    this.port.postMessage(samples, [samples.buffer]);
  }
}

function kernelTable(half, cut) {
  const table = [];
  for (let phase = 0; phase <= PHASES; phase++) {
    const weights = new Float32Array(half * 2);
    let total = 0;
    for (let i = 0; i < weights.length; i++) {
      const distance = i - half + 1 - phase / PHASES;
      const x = distance * cut;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
      const window = Math.cos((Math.PI * distance) / (2 * half)) ** 2; // Hann
      weights[i] = sinc * window;
      total += weights[i];
    }
    table.push(weights.map((weight) => weight / total));
  }
  return table;
}

registerProcessor("capture", Capture);
