/** Recordings as files, in browsers and in Node. */
import { Resampler, TARGET_RATE } from "./resampler.js";

/** @typedef {{channels: number, rate: number, bits: number, float: boolean}} Shape */

/**
 * The sound of a WAV file, as a session takes it: mono, 16 kHz, PCM16. Other rates are converted, channels are mixed.
 * @param {ArrayBuffer | Uint8Array} file 16, 24 or 32 bits, whole numbers or floats
 * @returns {Int16Array} RangeError for what is no such file
 */
export function readWave(file) {
  const view = file instanceof Uint8Array ? new DataView(file.buffer, file.byteOffset, file.byteLength) : new DataView(file);
  if (view.byteLength < 12 || name(view, 0) !== "RIFF" || name(view, 8) !== "WAVE") throw new RangeError("This is no WAV file.");
  /** @type {Shape | null} */
  let shape = null;
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const size = view.getUint32(at + 4, true);
    if (name(view, at) === "fmt ") shape = shapeOf(view, at + 8);
    if (name(view, at) === "data" && shape) {
      const end = Math.min(view.byteLength, at + 8 + size); // a program that writes into a pipe does not know the size
      return converted(mono(view, at + 8, end, shape), shape.rate);
    }
    at += 8 + size + (size % 2);
  }
  throw new RangeError("The WAV file has no sound.");
}

/** @param {DataView} view @param {number} at */
function name(view, at) {
  return String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));
}

/** @param {DataView} view @param {number} at @returns {Shape} */
function shapeOf(view, at) {
  const tag = view.getUint16(at, true);
  const kind = tag === 0xfffe ? view.getUint16(at + 24, true) : tag; // the extensible form
  const found = { channels: view.getUint16(at + 2, true), rate: view.getUint32(at + 4, true), bits: view.getUint16(at + 14, true), float: kind === 3 };
  const known = found.float ? [32] : kind === 1 ? [16, 24, 32] : [];
  if (!known.includes(found.bits) || !found.channels || !found.rate) throw new RangeError("Only PCM of 16, 24 or 32 bits can be read.");
  return found;
}

/** @param {DataView} view @param {number} from @param {number} end @param {Shape} shape */
function mono(view, from, end, { channels, bits, float }) {
  const bytes = bits / 8;
  const samples = new Float32Array(Math.floor((end - from) / (bytes * channels)));
  /** @param {number} at */
  const sample = (at) => {
    if (float) return view.getFloat32(at, true);
    if (bits === 16) return view.getInt16(at, true) / 32768;
    if (bits === 24) return ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 8388608;
    return view.getInt32(at, true) / 2147483648;
  };
  for (let index = 0; index < samples.length; index++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += sample(from + (index * channels + channel) * bytes);
    samples[index] = sum / channels;
  }
  return samples;
}

/** @param {Float32Array} samples @param {number} rate */
function converted(samples, rate) {
  if (rate === TARGET_RATE) return Int16Array.from(samples, (one) => Math.max(-32768, Math.min(32767, Math.round(one * 32768))));
  const length = Math.floor((samples.length * TARGET_RATE) / rate);
  const made = new Int16Array(length);
  let filled = 0;
  const resampler = new Resampler(rate, (sample) => {
    if (filled < length) made[filled++] = sample;
  });
  for (let at = 0; at < samples.length; at += 4096) resampler.push(samples.subarray(at, at + 4096));
  resampler.end();
  return made;
}

/** PCM16 samples at 16 kHz as a WAV file. @param {Int16Array} samples */
export function wave(samples) {
  const head = new DataView(new ArrayBuffer(44));
  /** @param {number} at @param {string} letters */
  const text = (at, letters) => [...letters].forEach((letter, index) => head.setUint8(at + index, letter.charCodeAt(0)));
  text(0, "RIFF");
  head.setUint32(4, 36 + samples.length * 2, true);
  text(8, "WAVEfmt ");
  [[16, 16], [24, 16000], [28, 32000], [40, samples.length * 2]].forEach(([at, value]) => head.setUint32(at, value, true));
  [[20, 1], [22, 1], [32, 2], [34, 16]].forEach(([at, value]) => head.setUint16(at, value, true));
  text(36, "data");
  return new Blob([head.buffer, /** @type {Int16Array<ArrayBuffer>} */ (samples)], { type: "audio/wav" });
}
