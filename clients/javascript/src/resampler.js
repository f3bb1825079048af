/**
 * Turns sound of any rate into 16 kHz PCM16.
 *
 * A windowed-sinc interpolator (Smith, "Digital Audio Resampling"): every output sample is the input weighted with a
 * low-pass kernel around its position, read from a table of phases.
 */
export const TARGET_RATE = 16000;
const ZERO_CROSSINGS = 12;
const PHASES = 256;

export class Resampler {
  #step;
  #half;
  #kernel;
  #input;
  #filled;
  #position;
  #give;

  /** @param {number} rate samples per second of what comes in @param {(sample: number) => void} give gets each sample, as int16 */
  constructor(rate, give) {
    this.#step = rate / TARGET_RATE; // input samples for one output sample
    const cut = Math.min(1, 1 / this.#step) * 0.94;
    this.#half = Math.ceil(ZERO_CROSSINGS / cut);
    this.#kernel = kernelTable(this.#half, cut);
    this.#input = new Float32Array(this.#half * 2 + 65536);
    this.#filled = this.#half; // silence before the first sample
    this.#position = this.#half;
    this.#give = give;
  }

  /** @param {Float32Array} samples from -1 to 1; at most 8,192 at a time */
  push(samples) {
    this.#input.set(samples, this.#filled);
    this.#filled += samples.length;
    while (this.#position + this.#half < this.#filled) {
      this.#give(Math.trunc(Math.max(-1, Math.min(1, this.#sampleAt(this.#position))) * 32767));
      this.#position += this.#step;
    }
    const first = Math.floor(this.#position) - this.#half;
    if (first > 32768) {
      this.#input.copyWithin(0, first, this.#filled);
      this.#filled -= first;
      this.#position -= first;
    }
  }

  /** Give what is still inside, with silence behind it. */
  end() {
    this.push(new Float32Array(this.#half));
  }

  /** @param {number} position */
  #sampleAt(position) {
    const centre = Math.floor(position);
    const phase = Math.round((position - centre) * PHASES);
    const weights = this.#kernel[phase];
    const from = centre - this.#half + 1;
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i] * this.#input[from + i];
    return sum;
  }
}

/** @param {number} half @param {number} cut @returns {Float32Array[]} */
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
