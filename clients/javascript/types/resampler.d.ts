/**
 * Turns sound of any rate into 16 kHz PCM16.
 *
 * A windowed-sinc interpolator (Smith, "Digital Audio Resampling"): every output sample is the input weighted with a
 * low-pass kernel around its position, read from a table of phases.
 */
export const TARGET_RATE: 16000;
export class Resampler {
    /** @param {number} rate samples per second of what comes in @param {(sample: number) => void} give gets each sample, as int16 */
    constructor(rate: number, give: (sample: number) => void);
    /** @param {Float32Array} samples from -1 to 1; at most 8,192 at a time */
    push(samples: Float32Array): void;
    /** Give what is still inside, with silence behind it. */
    end(): void;
    #private;
}
