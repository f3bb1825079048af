/**
 * @param {Int16Array | Uint8Array} sound @param {string} codec
 * @returns {Uint8Array} a copy; TypeError or RangeError for what the server would never take
 */
export function frameBytes(sound: Int16Array | Uint8Array, codec: string): Uint8Array;
export class Frames {
    /** Whether there is no room for more: the server has been away for too long. */
    get full(): boolean;
    /** Whether the server has all of them, when it has answered what was sent after them. */
    get arrived(): boolean;
    /** @param {Uint8Array} bytes @param {number} codec */
    add(bytes: Uint8Array, codec: number): void;
    /** What is to be sent now, in order. @returns {Generator<Frame>} */
    unsent(): Generator<Frame>;
    /** A join was answered: the server goes on after `seq`. Older frames are kept, because another node might ask for them. @param {number} seq */
    goOnAfter(seq: number): void;
    /** The server did not take `seq` and what follows. @param {number} seq */
    takeBack(seq: number): void;
    /** Send everything again that was not acknowledged: what had arrived is dropped by the server. */
    resend(): void;
    /** The server has counted other sound up to `seq`: new frames get later numbers. @param {number} seq */
    startAfter(seq: number): void;
    /** @param {number} seq the last one that has arrived @param {number} safe the last one that will never be asked for again */
    acknowledge(seq: number, safe: number): void;
    #private;
}
export type Frame = {
    seq: number;
    bytes: Uint8Array;
    codec: number;
};
