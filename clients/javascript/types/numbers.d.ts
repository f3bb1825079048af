/** Which events of a session came: their numbers go up from 1 without holes. */
export class Numbers {
    /** Of the last event that came. */
    last: number;
    /** The time of the session in milliseconds, as far as its events tell. */
    get now(): number;
    /**
     * Whether events are missing before this one: joining again brings them. It is found once for each number: what does not
     * come even then is gone.
     * @param {string} name @param {number} seq
     */
    misses(name: string, seq: number): boolean;
    /**
     * Whether it is new, and not one that was seen before a break. A snapshot always is.
     * @param {string} name @param {{seq: number, at_ms?: number}} event
     */
    takes(name: string, { seq, at_ms: at }: {
        seq: number;
        at_ms?: number;
    }): boolean;
    #private;
}
