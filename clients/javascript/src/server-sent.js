import { arrived } from "./http.js";

/**
 * Server-sent events of a response to fetch (WHATWG HTML, section 9.2): {event, data} with the data as JSON. Whoever stops
 * reading hangs up.
 * @param {Response} response @param {AbortSignal} [signal] that of the request
 * @returns {AsyncGenerator<{event: string, data: any}>} Offline when the connection breaks
 */
export async function* events(response, signal) {
  const reader = /** @type {ReadableStream<any>} */ (response.body).pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  try {
    while (true) {
      const { value, done } = await arrived(reader.read(), signal);
      if (done) return;
      waiting += value;
      const blocks = waiting.split(/\r\n\r\n|\n\n/);
      waiting = blocks.pop() ?? "";
      for (const block of blocks) {
        const found = read(block);
        if (found) yield found;
      }
    }
  } finally {
    reader.cancel().catch(() => {}); // of one that broke it fails, too
  }
}

/** @param {string} block @returns {{event: string, data: any} | null} null for a comment, and for the `[DONE]` of OpenAI's streams */
function read(block) {
  let event = "message";
  const said = [];
  for (const line of block.split(/\r?\n/)) {
    const [, name, text] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name === "event") event = text;
    else if (name === "data") said.push(text);
  }
  const data = said.join("\n");
  return data && data !== "[DONE]" ? { event, data: JSON.parse(data) } : null;
}
