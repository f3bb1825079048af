/**
 * Server-sent events of a response to fetch (WHATWG HTML, section 9.2): {event, data} with the data as JSON.
 * @param {Response} response
 * @returns {AsyncGenerator<{event: string, data: any}>}
 */
export function events(response: Response): AsyncGenerator<{
    event: string;
    data: any;
}>;
