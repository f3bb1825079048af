/** In browsers, the source of the sound: the microphone, or a recording played in real time. */

import { deferred, seconds } from "./waiting.js";

/** @typedef {(samples: Int16Array, level: number) => void} OnFrame 40 ms of PCM16 at 16 kHz, and how loud it is, 0 to 1 */

const PATIENCE_S = 3; // of the last frames, however busy the machine is
const WORKLET = new URL("./capture-worklet.js", import.meta.url);

/**
 * Frames of PCM16 at 16 kHz from a source.
 *
 * `stream` is the same sound for a peer connection. A recording plays after `start()`; `finished` resolves when it has
 * been played to its end. `stop()` closes the device. All frames are kept, so that a word can be heard again: 2 MB a minute,
 * which a long talk does without (`keep: false`).
 */
export class Capture {
  /** @type {MediaStream} */
  stream = new MediaStream();
  /** @type {Promise<unknown>} */
  finished = new Promise(() => {});
  #context = new AudioContext();
  /** @type {AudioBufferSourceNode | null} */
  #source = null;
  /** @type {AudioWorkletNode | null} */
  #node = null;
  /** @type {Int16Array[]} */
  #kept = [];
  #keep = true;
  /** @type {import("./waiting.js").Deferred<null>} all frames have come */
  #all = deferred();

  /** Needs https, or localhost. @param {OnFrame} onFrame @param {{keep?: boolean}} [options] @returns {Promise<Capture>} DOMException of the browser */
  static async microphone(onFrame, { keep = true } = {}) {
    if (!navigator.mediaDevices?.getUserMedia) {
      throw new DOMException("no microphone without https", "InsecureOrigin");
    }
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: false, autoGainControl: true },
    });
    const capture = new Capture();
    capture.#keep = keep;
    const node = await capture.#open(onFrame);
    capture.stream = stream;
    capture.#context.createMediaStreamSource(stream).connect(node);
    return capture;
  }

  /** @param {string} address of a file that the browser can play @param {OnFrame} onFrame */
  static async recording(address, onFrame) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`The recording cannot be loaded (${response.status}).`);
    const capture = new Capture();
    const node = await capture.#open(onFrame);
    const source = capture.#context.createBufferSource();
    source.buffer = await capture.#context.decodeAudioData(await response.arrayBuffer());
    const outlet = capture.#context.createMediaStreamDestination();
    for (const one of [node, capture.#context.destination, outlet]) source.connect(one);
    const silence = new ConstantSourceNode(capture.#context, { offset: 0 }); // without it a peer gets nothing behind the end
    silence.connect(outlet);
    silence.start();
    capture.stream = outlet.stream;
    capture.finished = new Promise((done) => (source.onended = () => done(null)));
    capture.#source = source;
    return capture;
  }

  start() {
    this.#source?.start();
  }

  /** Send on an incomplete frame. */
  flush() {
    this.#node?.port.postMessage("flush");
  }

  /** Resolves when the last frame has come, or when the audio thread takes too long. */
  #last() {
    if (!this.#node || this.#context.state === "closed") return;
    this.#node.port.postMessage("stop");
    return Promise.race([this.#all.promise, seconds(PATIENCE_S)]);
  }

  /** @param {OnFrame} onFrame */
  async #open(onFrame) {
    await this.#context.audioWorklet.addModule(WORKLET);
    const node = new AudioWorkletNode(this.#context, "capture", { numberOfOutputs: 0, channelCount: 1, channelCountMode: "explicit" });
    this.#node = node;
    node.port.onmessage = ({ data }) => {
      if (data === null) return this.#all.resolve(null);
      if (this.#keep) this.#kept.push(data);
      onFrame(data, level(data));
    };
    await this.#context.resume();
    return node;
  }

  /** The samples between two moments, in milliseconds from the first frame. @param {number} startMs @param {number} endMs */
  slice(startMs, endMs) {
    const all = new Int16Array(this.#kept.reduce((sum, part) => sum + part.length, 0));
    let offset = 0;
    for (const part of this.#kept) {
      all.set(part, offset);
      offset += part.length;
    }
    return all.slice(Math.max(0, startMs * 16), endMs * 16);
  }

  async stop() {
    const come = this.#last();
    this.stream.getTracks().forEach((track) => track.stop());
    await come;
    if (this.#context.state !== "closed") await this.#context.close();
  }
}

/** Play PCM16 samples at 16 kHz. @param {Int16Array} samples */
export async function play(samples) {
  if (!samples.length) return;
  const context = new AudioContext();
  const buffer = context.createBuffer(1, samples.length, 16000);
  buffer.getChannelData(0).set(Float32Array.from(samples, (sample) => sample / 32768));
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  source.onended = () => context.close();
  source.start();
}

/** How loud a frame is, 0 to 1 over 50 dB. @param {Int16Array} samples */
function level(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / samples.length) / 32768;
  return Math.max(0, Math.min(1, (20 * Math.log10(rms + 1e-6) + 55) / 50));
}
