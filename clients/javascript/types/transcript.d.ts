export class Transcript {
    /** @param {number} [most] so many of the newest turns are kept */
    constructor(most?: number);
    /** The turns that have a text, in the order in which they began. */
    get turns(): Turn[];
    /**
     * @param {string} name @param {any} data of an event, each once and in order
     * @returns {string[]} the turns that are void from now on
     */
    take(name: string, data: any): string[];
    #private;
}
export type Turn = {
    turn_id: string;
    role: "user" | "ai";
    text: string;
    /**
     * so many characters of the text will not change any more
     */
    stable_prefix_length: number;
    words: any[];
    /**
     * the report; null before it is there
     */
    pronunciation: any;
    /**
     * whether the turn is complete
     */
    final: boolean;
};
