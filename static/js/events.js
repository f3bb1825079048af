/** Server-sent events of a response to fetch (WHATWG HTML, section 9.2): {event, data} with the data as JSON. */
export async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  while (true) {
    const { value, done } = await reader.read();
    if (done) return;
    waiting += value.replaceAll("\r\n", "\n");
    const blocks = waiting.split("\n\n");
    waiting = blocks.pop();
    for (const block of blocks) {
      const found = read(block);
      if (found) yield found;
    }
  }
}

function read(block) {
  const fields = { event: "message", data: "" };
  for (const line of block.split("\n")) {
    const [, name, text] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name === "event") fields.event = text;
    else if (name === "data") fields.data += text;
  }
  return fields.data ? { event: fields.event, data: JSON.parse(fields.data) } : null;
}
