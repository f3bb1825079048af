/** @typedef {{channels: number, rate: number, bits: number, float: boolean}} Shape */
/**
 * The sound of a WAV file, as a session takes it: mono, 16 kHz, PCM16. Other rates are converted, channels are mixed.
 * @param {ArrayBuffer | Uint8Array} file 16, 24 or 32 bits, whole numbers or floats
 * @returns {Int16Array} RangeError for what is no such file
 */
export function readWave(file: ArrayBuffer | Uint8Array): Int16Array;
/** PCM16 samples at 16 kHz as a WAV file. @param {Int16Array} samples */
export function wave(samples: Int16Array): Blob;
export type Shape = {
    channels: number;
    rate: number;
    bits: number;
    float: boolean;
};
