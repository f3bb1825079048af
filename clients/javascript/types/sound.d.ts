export class Sound {
    /** @param {SoundWiring} wiring */
    constructor(wiring: SoundWiring);
    /** Whether a peer carries the sound (see call.js). */
    get carried(): boolean;
    /** @param {Uint8Array} bytes @param {number} codec @returns {boolean} whether it is kept */
    add(bytes: Uint8Array, codec: number): boolean;
    /** What comes from now on waits until the server says with which number to go on. */
    hold(): void;
    carry(): void;
    /**
     * No peer carries the sound any more.
     * @param {() => Promise<{audio_seq: number, missing_ms?: number | null}>} tell the server, which has numbered the sound of the peer
     */
    leavePeer(tell: () => Promise<{
        audio_seq: number;
        missing_ms?: number | null;
    }>): Promise<void>;
    /** A join was answered. @param {number} seq */
    joined(seq: number): void;
    /** @param {{seq: number, safe_seq: number}} event `audio.ack` */
    acknowledged({ seq, safe_seq: safe }: {
        seq: number;
        safe_seq: number;
    }): void;
    /** The server did not take a frame. @param {number} expected its number @param {number} [pause] after how many seconds to go on */
    refused(expected: number, pause?: number): void;
    /** Send frames in order, from the one that the server expects next. */
    pump(): void;
    /**
     * Resolves when every frame has arrived. The answer to a heartbeat comes after a complaint about a frame, but the server
     * does not repeat each complaint: after one, only its acknowledgement counts.
     * @param {() => Promise<unknown>} beat @param {() => boolean} over
     */
    flushed(beat: () => Promise<unknown>, over: () => boolean): Promise<void>;
    #private;
}
export type Line = import("./line.js").Line;
export type SoundWiring = {
    line: () => Line | null;
    /**
     * something was sent over the line that is answered
     */
    sent: (line: Line) => void;
};
