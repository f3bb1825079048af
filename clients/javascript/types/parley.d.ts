export class Parley extends Api {
    /** @param {string} [url] as "https://parley.example"; in a page of the server itself it may be left out @param {ParleyOptions} [options] */
    constructor(url?: string, options?: ParleyOptions);
    /**
     * A session that is not started yet: for listeners that must miss nothing, then `startSpeaking`, `join` or `observe`.
     * @param {"/live" | "/speaking"} namespace @param {Partial<import("./session.js").SessionOptions>} [options]
     */
    session(namespace: "/live" | "/speaking", options?: Partial<import("./session.js").SessionOptions>): Session;
    /**
     * Read `reference_text` aloud, or speak freely without it; every word is scored.
     * @param {SpeakingOptions} [options] @param {Partial<import("./session.js").SessionOptions>} [session]
     */
    speaking(options?: SpeakingOptions, session?: Partial<import("./session.js").SessionOptions>): Promise<Session>;
    /**
     * Talk with the tutor. `session.started` is what the start answered, `session.joined` what the join did.
     * @param {TalkOptions} [options] @param {Partial<import("./session.js").SessionOptions>} [session]
     */
    talk(options?: TalkOptions, session?: Partial<import("./session.js").SessionOptions>): Promise<Session>;
    #private;
}
export type TalkOptions = import("../types/operations.js").LiveStartSessionRequest;
export type SpeakingOptions = import("../types/events.js").SpeakingStart;
export type ParleyOptions = {
    /**
     * an API key, an integration token, or a
     * function that gives a token; without it sign in with `signIn`, or give a `refreshToken`
     */
    token?: string | ((refused: boolean) => string | Promise<string>) | undefined;
    /**
     * of an earlier sign-in, as `keep` got it
     */
    refreshToken?: string | null | undefined;
    /**
     * called with each new refresh token: the one
     * before is worth nothing then
     */
    keep?: ((refreshToken: string | null) => void | Promise<void>) | undefined;
    /**
     * for pages of the server's own origin: the refresh token is in a cookie (`PageSignIn`)
     */
    cookie?: boolean | undefined;
    /**
     * with `cookie`: another tab signed in or out
     */
    onChange?: (() => void) | undefined;
    /**
     * in place of the platform's own
     */
    fetch?: import("./http.js").Fetch | undefined;
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
     * addresses for sessions, tried in turn; without it `url`
     */
    nodes?: string[] | undefined;
};
import { Api } from "./api.js";
import { Session } from "./session.js";
