/**
 * A WebSocket (RFC 6455) for Node before version 22, which has none of its own: as much of the browsers' class as a
 * session needs, without extensions.
 */
import { createHash, randomBytes } from "node:crypto";
import http from "node:http";
import https from "node:https";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
const MOST_BYTES = 64 * 1024 * 1024;
const CLOSE_MS = 2000;

export class NodeSocket {
  binaryType = "arraybuffer";
  /** @type {((event: any) => void) | null} */
  onopen = null;
  /** @type {((event: any) => void) | null} */
  onmessage = null;
  /** @type {((event: any) => void) | null} */
  onclose = null;
  /** @type {((event: any) => void) | null} */
  onerror = null;
  #request;
  /** @type {import("node:stream").Duplex | null} */
  #stream = null;
  /** @type {Buffer} */
  #waiting = Buffer.alloc(0);
  /** @type {{kind: number, parts: Buffer[]} | null} a message of several frames */
  #begun = null;
  #over = false;
  #closing = false;

  /** @param {string} address ws: or wss: @param {string} protocol */
  constructor(address, protocol) {
    const url = new URL(address.replace(/^ws/, "http"));
    const key = randomBytes(16).toString("base64");
    const wanted = createHash("sha1").update(key + GUID).digest("base64");
    const headers = {
      Connection: "Upgrade",
      Upgrade: "websocket",
      "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": key,
      "Sec-WebSocket-Protocol": protocol,
    };
    this.#request = (url.protocol === "https:" ? https : http).request(url, { headers });
    this.#request.on("upgrade", (response, stream, head) => {
      if (response.headers["sec-websocket-accept"] !== wanted) this.#end(1006, "");
      else this.#opened(stream, head);
    });
    this.#request.on("response", (response) => {
      response.resume();
      this.#end(1006, "");
    });
    this.#request.on("error", () => this.#end(1006, ""));
    this.#request.end();
  }

  /** @param {string | Uint8Array} message */
  send(message) {
    if (typeof message === "string") this.#write(TEXT, Buffer.from(message));
    else this.#write(BINARY, Buffer.from(message.buffer, message.byteOffset, message.byteLength));
  }

  close(code = 1000) {
    if (this.#over) return;
    if (!this.#stream) return this.#end(1006, "");
    if (!this.#closing) this.#write(CLOSE, Buffer.from([code >> 8, code & 255]));
    this.#closing = true;
    setTimeout(() => this.#end(1006, ""), CLOSE_MS).unref();
  }

  /** @param {import("node:stream").Duplex} stream @param {Buffer} head */
  #opened(stream, head) {
    if (this.#over) return void stream.destroy();
    this.#stream = stream;
    stream.on("data", (data) => this.#take(data));
    stream.on("error", () => this.#end(1006, ""));
    stream.on("close", () => this.#end(1006, ""));
    stream.on("end", () => this.#end(1006, ""));
    this.onopen?.({});
    if (head.length) this.#take(head);
  }

  /** @param {Buffer} data */
  #take(data) {
    this.#waiting = this.#waiting.length ? Buffer.concat([this.#waiting, data]) : data;
    for (let frame; !this.#over && (frame = this.#frame()); ) this.#received(...frame);
  }

  /** @returns {[number, boolean, Buffer] | null} kind, whether it is the last of its message, and content, once it is whole */
  #frame() {
    const data = this.#waiting;
    if (data.length < 2) return null;
    const short = data[1] & 127;
    const from = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (data.length < from) return null;
    const size = short === 127 ? Number(data.readBigUInt64BE(2)) : short === 126 ? data.readUInt16BE(2) : short;
    if (data[1] & 128 || data[0] & 112 || size > MOST_BYTES) {
      this.#end(1002, "");
      return null;
    }
    if (data.length < from + size) return null;
    this.#waiting = data.subarray(from + size);
    return [data[0] & 15, (data[0] & 128) !== 0, data.subarray(from, from + size)];
  }

  /** @param {number} kind @param {boolean} last @param {Buffer} content */
  #received(kind, last, content) {
    if (kind === PING) this.#write(PONG, content);
    else if (kind === CLOSE) {
      if (!this.#closing) this.#write(CLOSE, content.subarray(0, 2));
      this.#end(content.length >= 2 ? content.readUInt16BE(0) : 1005, content.subarray(2).toString());
    } else if (kind < CLOSE) {
      this.#begun ??= { kind, parts: [] };
      this.#begun.parts.push(content);
      if (!last) return;
      const { kind: whole, parts } = this.#begun;
      this.#begun = null;
      const bytes = Buffer.concat(parts);
      this.onmessage?.({ data: whole === TEXT ? bytes.toString() : new Uint8Array(bytes).buffer });
    }
  }

  /** @param {number} kind @param {Buffer} content */
  #write(kind, content) {
    if (!this.#stream || this.#over) return;
    const mask = randomBytes(4);
    const size = content.length;
    const head = size < 126 ? Buffer.from([128 | kind, 128 | size]) : Buffer.alloc(size < 65536 ? 4 : 10);
    if (head.length > 2) {
      head[0] = 128 | kind;
      head[1] = 128 | (head.length === 4 ? 126 : 127);
      if (head.length === 4) head.writeUInt16BE(size, 2);
      else head.writeBigUInt64BE(BigInt(size), 2);
    }
    const masked = Buffer.from(content);
    for (let index = 0; index < size; index++) masked[index] ^= mask[index & 3];
    this.#stream.write(Buffer.concat([head, mask, masked]));
  }

  /** @param {number} code @param {string} reason */
  #end(code, reason) {
    if (this.#over) return;
    this.#over = true;
    this.#stream?.destroy();
    this.#request.destroy();
    this.onclose?.({ code, reason });
  }
}
