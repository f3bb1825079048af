/** @typedef {import("./sign-in.js").SignIn} SignIn */
/** @implements {SignIn} */
export class PageSignIn implements SignIn {
    /**
     * @param {string} url @param {import("./http.js").Fetch} fetch
     * @param {{onChange?: () => void}} [options] `onChange`: another tab signed in or out
     */
    constructor(url: string, fetch: import("./http.js").Fetch, { onChange }?: {
        onChange?: () => void;
    });
    fixed: boolean;
    /** Whose browser this is, as far as it knows. @returns {"guest" | "account" | null} */
    who(): "guest" | "account" | null;
    token(refused?: boolean): Promise<string>;
    /** @param {string} username @param {string} password */
    signIn(username: string, password: string): Promise<void>;
    /** The server signed this browser in while it was at the provider: whose it is now is the server's word. */
    arrived(): Promise<void>;
    /** Whoever has no account, or none any more, begins as a guest. */
    begin(): Promise<void>;
    /** The guest has become an account with a name and a password. */
    claimed(): void;
    signOut(everywhere?: boolean): Promise<void>;
    #private;
}
export type SignIn = import("./sign-in.js").SignIn;
