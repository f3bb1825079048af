/**
 * What only reads is asked again when the server is too busy for it (503) and says that it soon will not be.
 *
 * @param {Fetch} fetch
 * @param {string} method
 * @param {string} address
 * @param {RequestOptions & {token?: string | null}} [given]
 * @returns {Promise<Response>} one of status 2xx; ApiError for another, Offline when there is none
 */
export function request(fetch: Fetch, method: string, address: string, { json, body, token, headers, signal }?: RequestOptions & {
    token?: string | null;
}): Promise<Response>;
/** null for what a proxy says in its own words. @param {string} text @returns {any} */
export function parse(text: string): any;
/** @param {Record<string, string | number | boolean | null | undefined>} query @returns {string} with its question mark; "" for none */
export function queryOf(query: Record<string, string | number | boolean | null | undefined>): string;
export type Fetch = (address: string, init?: RequestInit) => Promise<Response>;
export type RequestOptions = {
    /**
     * what is sent as JSON
     */
    json?: unknown;
    /**
     * what is sent as it is: a form, a file
     */
    body?: BodyInit | undefined;
    headers?: Record<string, string> | undefined;
    signal?: AbortSignal | undefined;
};
