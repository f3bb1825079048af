export class Connection {
    /** @param {string} namespace @param {import("./session.js").SessionOptions} options @param {Wiring} wiring */
    constructor(namespace: string, { url, token, ticket, WebSocket, waitForRoom, patience }: import("./session.js").SessionOptions, wiring: Wiring);
    get over(): boolean;
    /** The line, while the session is joined over it. */
    get line(): Line | null;
    /**
     * The first event: `speaking.start` or `session.join`.
     * @param {string} name @param {object} data
     * @returns {Promise<any>} its answer; Refused, Offline when there is no connection for `patience`
     */
    begin(name: string, data: object): Promise<any>;
    /** Refused before the session has begun, and when nothing connects any more. */
    insist(): void;
    /** @param {string} name @param {object} data @returns {Promise<any>} the answer over this line; Refused, Lost */
    ask(name: string, data: object): Promise<any>;
    /** Now or never. @param {string} name @param {object} data @returns {Promise<any>} Refused, Offline when there is no line, or it breaks before the answer */
    askNow(name: string, data: object): Promise<any>;
    /**
     * @template T @param {Promise<T>} work
     * @returns {Promise<T>} what comes of it; Offline when there was no line for `patience` meanwhile
     */
    whileConnected<T>(work: Promise<T>): Promise<T>;
    /** Over the next line when this one breaks before the answer. @param {string} name @param {object} data @returns {Promise<any>} */
    askUntilAnswered(name: string, data: object): Promise<any>;
    /** Come back over another line. */
    move(): void;
    /** A complaint that may concern the whole line. @param {import("./errors.js").ErrorBody} error */
    complained(error: import("./errors.js").ErrorBody): void;
    /** @param {Error} reason what requests are answered from now on */
    close(reason: Error): void;
    #private;
}
/**
 * what the session hands in
 */
export type Wiring = {
    /**
     * the data of the `session.join` that comes back; null before there is a session
     */
    join: () => object | null;
    observing: boolean;
    welcomed: (answer: any) => void;
    event: (name: string, data: any, sound?: ArrayBuffer) => void;
    changed: (state: {
        state: "connected" | "reconnecting" | "refused";
        error?: Error;
    }) => void;
};
import { Line } from "./line.js";
