/**
 * Server-sent events of a response to fetch (WHATWG HTML, section 9.2): {event, data} with the data as JSON.
 * @param {Response} response
 * @returns {AsyncGenerator<{event: string, data: any}>}
 */
export async function* events(response) {
  const reader = /** @type {ReadableStream<any>} */ (response.body).pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  while (true) {
    const { value, done } = await reader.read();
    if (done) return;
    waiting += value.replaceAll("\r\n", "\n");
    const blocks = waiting.split("\n\n");
    waiting = blocks.pop() ?? "";
    for (const block of blocks) {
      const found = read(block);
      if (found) yield found;
    }
  }
}

/** @param {string} block @returns {{event: string, data: any} | null} null for a comment, and for the `[DONE]` of OpenAI's streams */
function read(block) {
  const fields = { event: "message", data: "" };
  for (const line of block.split("\n")) {
    const [, name, text] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name === "event") fields.event = text;
    else if (name === "data") fields.data += text;
  }
  return fields.data && fields.data !== "[DONE]" ? { event: fields.event, data: JSON.parse(fields.data) } : null;
}
