export class Session extends Listeners {
    /** @param {"/live" | "/speaking"} namespace @param {SessionOptions} options */
    constructor(namespace: "/live" | "/speaking", options: SessionOptions);
    /** @type {string | null} */
    id: string | null;
    /** What `POST /api/live/session/start` answered, in conversations. @type {import("../types/operations.js").LiveSessionResponse | null} */
    started: import("../types/operations.js").LiveSessionResponse | null;
    /** What the newest join was answered. @type {JoinAck | null} */
    joined: JoinAck | null;
    /** What was said so far. */
    transcript: Transcript;
    /**
     * Start a scored reading (`reference_text`) or free speech, and join it.
     * @param {import("../types/events.js").SpeakingStart} [options] @returns {Promise<JoinAck>} Refused, Offline
     */
    startSpeaking(options?: import("../types/events.js").SpeakingStart): Promise<JoinAck>;
    /** Join a session that `POST /api/live/session/start` began. @param {string} sessionId @returns {Promise<JoinAck>} Refused, Offline */
    join(sessionId: string): Promise<JoinAck>;
    /**
     * Come back to a session that another page or process began, as after a reload. All its events come again, and its
     * sound goes on.
     * @param {string} sessionId @returns {Promise<JoinAck>} Refused, Offline
     */
    rejoin(sessionId: string): Promise<JoinAck>;
    /** Only watch the session of a member of one's organization. @param {string} sessionId @returns {Promise<JoinAck>} Refused, Offline */
    observe(sessionId: string): Promise<JoinAck>;
    /**
     * @param {Int16Array | Uint8Array} sound PCM16, mono, 16 kHz, 20 to 200 ms, as samples or bytes; or one packet of Opus
     * @param {"pcm16" | "opus"} [codec]
     * @returns {boolean} whether it is kept: not while a peer carries the sound, after `end`, or when the server has been
     *   away for over ten minutes. TypeError, RangeError for what the server would never take
     */
    sendAudio(sound: Int16Array | Uint8Array, codec?: "pcm16" | "opus"): boolean;
    /**
     * Send a whole recording as a microphone would, `speed` times as fast, in frames of 20 to 200 ms.
     * @param {Int16Array} samples @param {{speed?: number, frameMs?: number}} [options] @returns {Promise<void>} TypeError, RangeError
     */
    stream(samples: Int16Array, { speed, frameMs }?: {
        speed?: number;
        frameMs?: number;
    }): Promise<void>;
    /** Ask for a peer that carries the sound. @param {string} sdp @returns {Promise<{sdp: string}>} Refused, Offline */
    offer(sdp: string): Promise<{
        sdp: string;
    }>;
    /** The peer is connected: the sound goes its way. */
    carry(): void;
    /** The sound goes over the socket (again); `failed` when WebRTC did not work. @param {boolean} failed */
    leavePeer(failed: boolean): Promise<void>;
    /** End the turn now. */
    commit(): Promise<any>;
    /** A typed turn. @param {string} text */
    say(text: string): Promise<any>;
    /** How long a silence ends a turn: milliseconds, 0 for `commit` only, null to adapt to the learner. @param {number | null} patienceMs */
    update(patienceMs: number | null): Promise<any>;
    /** Stop the tutor's reply. @returns {Promise<{cancelled: boolean}>} Refused, Offline */
    cancelResponse(): Promise<{
        cancelled: boolean;
    }>;
    /**
     * Send what is left, end the session and wait for its last event, over as many connections as it takes.
     * @returns {Promise<import("../types/events.js").SessionEnded>} Refused when the session is no longer this client's:
     *   `closed` after `close()`, `not_joined` before a start. Offline when there was no connection for `patience`: it is
     *   ended as soon as there is one again, unless it is closed before
     */
    end(): Promise<import("../types/events.js").SessionEnded>;
    /** Resolves with the data of `session.ended`. @returns {Promise<import("../types/events.js").SessionEnded>} Refused when it is left before, or no longer this client's */
    get ended(): Promise<import("../types/events.js").SessionEnded>;
    /** Ended, replaced, refused or closed: requests from now on are refused. */
    get over(): boolean;
    /** Leave without ending it: the session can be joined again for some minutes. */
    close(): void;
    #private;
}
export type ErrorBody = import("./errors.js").ErrorBody;
export type JoinAck = import("../types/events.js").JoinAck;
export type SessionOptions = {
    /**
     * the server; several nodes are tried in turn. In a page of the server: ""
     */
    url?: string | string[] | undefined;
    /**
     * gives a fresh access token for every connection,
     * another one where the last was `refused`
     */
    token?: ((refused: boolean) => string | Promise<string>) | undefined;
    /**
     * opens the first connection instead. Those that the server gives with each join open
     * the others without a `token`, or when that is refused
     */
    ticket?: string | null | undefined;
    /**
     * in place of the platform's own
     */
    WebSocket?: {
        new (url: string | URL, protocols?: string | string[]): WebSocket;
        prototype: WebSocket;
        readonly CONNECTING: 0;
        readonly OPEN: 1;
        readonly CLOSING: 2;
        readonly CLOSED: 3;
    } | undefined;
    /**
     * how many seconds to go on asking while the server has no room for a new session
     */
    waitForRoom?: number | undefined;
    /**
     * how many of the newest turns `transcript` keeps, in long talks; all
     */
    keepTurns?: number | undefined;
    /**
     * after how many seconds without a connection a start, a join and `end` are given up; 30
     */
    patience?: number | undefined;
};
import { Listeners } from "./listeners.js";
import { Transcript } from "./transcript.js";
