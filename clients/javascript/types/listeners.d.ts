/** @typedef {import("../types/events.js").ServerEvents} ServerEvents */
/** @typedef {{state: "connected" | "silent" | "reconnecting" | "refused", error?: Error}} ConnectionEvent */
/**
 * What a session itself reports: how its connection is, and turns that will get no final, whose words come again under
 * another id.
 * @typedef {{"connection": ConnectionEvent, "turn.void": {turn_id: string}}} OwnEvents
 */
/** @typedef {ServerEvents & OwnEvents} Events */
/** Who listens to what. */
export class Listeners {
    /**
     * @template {keyof Events} N
     * @param {N} name @param {(data: Events[N], sound: ArrayBuffer) => void} listener `sound`: the bytes of `response.audio`
     * @returns {() => void} what takes the listener away again
     */
    on<N extends keyof Events>(name: N, listener: (data: Events[N], sound: ArrayBuffer) => void): () => void;
    /**
     * What a listener throws concerns neither the session nor the other listeners: it is reported as an error of the page
     * or of the program, as for an EventTarget.
     * @param {string} name @param {any} data @param {ArrayBuffer} [sound]
     */
    tell(name: string, data: any, sound?: ArrayBuffer): void;
    #private;
}
export type ServerEvents = import("../types/events.js").ServerEvents;
export type ConnectionEvent = {
    state: "connected" | "silent" | "reconnecting" | "refused";
    error?: Error;
};
/**
 * What a session itself reports: how its connection is, and turns that will get no final, whose words come again under
 * another id.
 */
export type OwnEvents = {
    "connection": ConnectionEvent;
    "turn.void": {
        turn_id: string;
    };
};
export type Events = ServerEvents & OwnEvents;
