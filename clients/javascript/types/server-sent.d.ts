/**
 * Server-sent events of a response to fetch (WHATWG HTML, section 9.2): {event, data} with the data as JSON. Whoever stops
 * reading hangs up.
 * @param {Response} response @param {AbortSignal} [signal] that of the request
 * @returns {AsyncGenerator<{event: string, data: any}>} Offline when the connection breaks
 */
export function events(response: Response, signal?: AbortSignal): AsyncGenerator<{
    event: string;
    data: any;
}>;
