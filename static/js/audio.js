/** The source of the sound: the microphone, or a recording played in real time. */

const WORKLET = new URL("./capture-worklet.js", import.meta.url);

/**
 * Frames of PCM16 at 16 kHz from a source.
 *
 * `stream` is the same sound for a peer connection. A recording plays after `start()`; `finished` resolves when it has
 * been played to its end. `stop()` closes the device. All frames are kept, so that a word can be heard again.
 */
export class Capture {
  /** @type {MediaStream} */
  stream;
  /** @type {Promise<unknown>} */
  finished;
  #context;
  #source = null;
  #node;
  #kept = [];

  static async microphone(onFrame) {
    if (!navigator.mediaDevices?.getUserMedia) {
      throw new DOMException("no microphone without https", "InsecureOrigin");
    }
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: false, autoGainControl: true },
    });
    const capture = await new Capture().#open(onFrame);
    capture.stream = stream;
    capture.#context.createMediaStreamSource(stream).connect(capture.#node);
    capture.finished = new Promise(() => {});
    return capture;
  }

  static async recording(address, onFrame) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`The recording cannot be loaded (${response.status}).`);
    const capture = await new Capture().#open(onFrame);
    const source = capture.#context.createBufferSource();
    source.buffer = await capture.#context.decodeAudioData(await response.arrayBuffer());
    const outlet = capture.#context.createMediaStreamDestination();
    for (const one of [capture.#node, capture.#context.destination, outlet]) source.connect(one);
    const silence = new ConstantSourceNode(capture.#context, { offset: 0 }); // without it a peer gets nothing behind the end
    silence.connect(outlet);
    silence.start();
    capture.stream = outlet.stream;
    capture.finished = new Promise((done) => (source.onended = done));
    capture.#source = source;
    return capture;
  }

  start() {
    this.#source?.start();
  }

  /** Send on an incomplete frame. */
  flush() {
    this.#node.port.postMessage("flush");
  }

  async #open(onFrame) {
    this.#context = new AudioContext();
    await this.#context.audioWorklet.addModule(WORKLET);
    this.#node = new AudioWorkletNode(this.#context, "capture", { numberOfOutputs: 0, channelCount: 1, channelCountMode: "explicit" });
    this.#node.port.onmessage = ({ data }) => {
      this.#kept.push(data);
      onFrame(data, level(data));
    };
    await this.#context.resume();
    return this;
  }

  /** The samples between two moments, in milliseconds from the first frame. */
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
    this.flush();
    this.stream.getTracks().forEach((track) => track.stop());
    await new Promise((done) => setTimeout(done, 60)); // the last frame is on its way from the audio thread
    if (this.#context.state !== "closed") await this.#context.close();
  }
}

/** Play PCM16 samples at 16 kHz. */
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

/** PCM16 samples at 16 kHz as a WAV file. @param {Int16Array} samples */
export function wave(samples) {
  const head = new DataView(new ArrayBuffer(44));
  const text = (at, letters) => [...letters].forEach((letter, index) => head.setUint8(at + index, letter.charCodeAt(0)));
  text(0, "RIFF");
  head.setUint32(4, 36 + samples.length * 2, true);
  text(8, "WAVEfmt ");
  [[16, 16], [24, 16000], [28, 32000], [40, samples.length * 2]].forEach(([at, value]) => head.setUint32(at, value, true));
  [[20, 1], [22, 1], [32, 2], [34, 16]].forEach(([at, value]) => head.setUint16(at, value, true));
  text(36, "data");
  return new Blob([head.buffer, /** @type {Int16Array<ArrayBuffer>} */ (samples)], { type: "audio/wav" });
}

/** How loud a frame is, 0 to 1 over 50 dB. */
function level(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / samples.length) / 32768;
  return Math.max(0, Math.min(1, (20 * Math.log10(rms + 1e-6) + 55) / 50));
}
