export class Pulse {
    /** @param {PulseWiring} wiring */
    constructor(wiring: PulseWiring);
    /** Over a new line. @param {number} interval between two heartbeats, in milliseconds */
    begin(interval: number): void;
    end(): void;
    /** Something was sent over the line that is answered. @param {Line} line */
    sent(line: Line): void;
    #private;
}
export type Line = import("./line.js").Line;
export type PulseWiring = {
    line: () => Line | null;
    /**
     * what was sent is not answered, and not long enough to give the line up
     */
    silent: () => void;
    /**
     * something came again over the silent line
     */
    heard: () => void;
    /**
     * the line is to be left
     */
    lost: (line: Line) => void;
};
