/** @param {string} codec */
export function codecNumber(codec: string): number;
export class Line {
    /**
     * @param {string} address @param {Credential} credential @param {Ends} ends @param {typeof WebSocket} [given]
     * @returns {Promise<Line>} once the server has let the client in; Refused when it does not, Lost when it is not there
     */
    static open(address: string, credential: Credential, ends: Ends, given?: typeof WebSocket): Promise<Line>;
    /** @param {WebSocket} socket @param {Ends} ends */
    constructor(socket: WebSocket, ends: Ends);
    /** Whether it can be used. */
    open: boolean;
    /** When something last came, in milliseconds of `performance.now()`. */
    heardAt: number;
    /**
     * @param {string} name @param {object} data
     * @returns {Promise<any>} the answer; Refused, or Lost when the connection ends before
     */
    ask(name: string, data: object): Promise<any>;
    /** @param {import("./frames.js").Frame} frame */
    sound({ seq, bytes, codec }: import("./frames.js").Frame): void;
    /** Leave it at once; nothing that still comes is passed on. */
    close(): void;
    #private;
}
export type ErrorBody = import("./errors.js").ErrorBody;
export type Credential = {
    token: string;
} | {
    ticket: string;
};
export type Ends = {
    /**
     * an event of the server
     */
    event: (name: string, data: any, sound?: ArrayBuffer) => void;
    /**
     * called once, when the connection has ended and was not closed here
     */
    closed: () => void;
};
