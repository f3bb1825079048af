/** What may open the lines of one session: its tickets, and tokens of whoever it belongs to. */
/** @typedef {import("./line.js").Credential} Credential */
export class Credentials {
    /** @param {((refused: boolean) => string | Promise<string>) | undefined} token @param {string | null} ticket */
    constructor(token: ((refused: boolean) => string | Promise<string>) | undefined, ticket: string | null);
    /** Best first: each is tried when the one before was refused. @returns {Generator<() => Promise<Credential>>} */
    choices(): Generator<() => Promise<Credential>>;
    /** A join gave a ticket for the next line. @param {string | undefined} ticket */
    renew(ticket: string | undefined): void;
    #private;
}
export type Credential = import("./line.js").Credential;
