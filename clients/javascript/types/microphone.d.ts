/** Play PCM16 samples at 16 kHz. @param {Int16Array} samples */
export function play(samples: Int16Array): Promise<void>;
/**
 * Frames of PCM16 at 16 kHz from a source.
 *
 * `stream` is the same sound for a peer connection. A recording plays after `start()`; `finished` resolves when it has
 * been played to its end. `stop()` closes the device. All frames are kept, so that a word can be heard again: 2 MB a minute,
 * which a long talk does without (`keep: false`).
 */
export class Capture {
    /** Needs https, or localhost. @param {OnFrame} onFrame @param {{keep?: boolean}} [options] @returns {Promise<Capture>} DOMException of the browser */
    static microphone(onFrame: OnFrame, { keep }?: {
        keep?: boolean;
    }): Promise<Capture>;
    /** @param {string} address of a file that the browser can play @param {OnFrame} onFrame */
    static recording(address: string, onFrame: OnFrame): Promise<Capture>;
    /** @type {MediaStream} */
    stream: MediaStream;
    /** @type {Promise<unknown>} */
    finished: Promise<unknown>;
    start(): void;
    /** Send on an incomplete frame. */
    flush(): void;
    /** The samples between two moments, in milliseconds from the first frame. @param {number} startMs @param {number} endMs */
    slice(startMs: number, endMs: number): Int16Array<ArrayBuffer>;
    stop(): Promise<void>;
    #private;
}
/**
 * 40 ms of PCM16 at 16 kHz, and how loud it is, 0 to 1
 */
export type OnFrame = (samples: Int16Array, level: number) => void;
