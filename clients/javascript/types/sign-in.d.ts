/** With a token that somebody else gave: an integration token, an API key, or what a function returns. @implements {SignIn} */
export class Given implements SignIn {
    /** @param {string | ((refused: boolean) => string | Promise<string>)} token */
    constructor(token: string | ((refused: boolean) => string | Promise<string>));
    fixed: boolean;
    token(refused?: boolean): Promise<string>;
    #private;
}
/**
 * With name and password. The access token is kept in memory; the refresh token, too, unless `keep` stores it: it is
 * worth a password, changes with every use, and no script of another's should be able to read it.
 * @implements {SignIn}
 */
export class Account implements SignIn {
    /**
     * @param {string} url @param {Fetch} fetch
     * @param {{refreshToken?: string | null, keep?: (refreshToken: string | null) => void | Promise<void>}} [options]
     */
    constructor(url: string, fetch: Fetch, { refreshToken, keep }?: {
        refreshToken?: string | null;
        keep?: (refreshToken: string | null) => void | Promise<void>;
    });
    fixed: boolean;
    get nobody(): boolean;
    /** @param {string} username or the e-mail address @param {string} password */
    signIn(username: string, password: string): Promise<void>;
    token(refused?: boolean): Promise<string>;
    /** @param {boolean} [everywhere] all devices of the account */
    signOut(everywhere?: boolean): Promise<void>;
    #private;
}
export type Fetch = import("./http.js").Fetch;
export type SignIn = {
    token: (refused?: boolean) => Promise<string>;
    /**
     * whether another token than the last cannot be had
     */
    fixed: boolean;
    /**
     * nobody has signed in yet: requests go without a token
     */
    nobody?: boolean | undefined;
    signIn?: ((username: string, password: string) => Promise<void>) | undefined;
    signOut?: ((everywhere?: boolean) => Promise<void>) | undefined;
};
