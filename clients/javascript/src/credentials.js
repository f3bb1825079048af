/** What may open the lines of one session: its tickets, and tokens of whoever it belongs to. */

/** @typedef {import("./line.js").Credential} Credential */

export class Credentials {
  #token;
  #ticket;
  /** @type {string | null} opens this session when the token no longer does: a lesson may be longer than a token */
  #resume = null;

  /** @param {((refused: boolean) => string | Promise<string>) | undefined} token @param {string | null} ticket */
  constructor(token, ticket) {
    this.#token = token;
    this.#ticket = ticket;
  }

  /** Best first: each is tried when the one before was refused. @returns {Generator<() => Promise<Credential>>} */
  *choices() {
    const ticket = this.#ticket;
    if (this.#token) this.#ticket = null; // the first one opens one line only
    const token = this.#token;
    if (ticket) yield async () => ({ ticket });
    if (token && !ticket) yield async () => ({ token: await token(false) });
    const resume = this.#resume;
    if (resume && resume !== ticket) yield async () => ({ ticket: resume });
    if (token) yield async () => ({ token: await token(true) });
  }

  /** A join gave a ticket for the next line. @param {string | undefined} ticket */
  renew(ticket) {
    this.#resume = ticket ?? this.#resume;
    if (!this.#token) this.#ticket = this.#resume;
  }
}
