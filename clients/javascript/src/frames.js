/** The sound of a session: numbered from 1 without holes, kept until the server will never ask for it again. */

/** @typedef {{seq: number, bytes: Uint8Array, codec: number}} Frame */

const SHORTEST_BYTES = 640; // 20 ms of PCM16
const LONGEST_BYTES = 6400;
const LONGEST_PACKET = 3825;
const MOST_BYTES = 24 * 1024 * 1024; // over twelve minutes of PCM16

/**
 * @param {Int16Array | Uint8Array} sound @param {string} codec
 * @returns {Uint8Array} a copy; TypeError or RangeError for what the server would never take
 */
export function frameBytes(sound, codec) {
  const kind = Object.prototype.toString.call(sound).slice(8, -1); // of another window, too
  if (kind !== "Uint8Array" && (kind !== "Int16Array" || codec === "opus")) {
    throw new TypeError(`A frame is an Int16Array or a Uint8Array of PCM16, or a Uint8Array with a packet of Opus; not ${kind}.`);
  }
  const size = sound.byteLength;
  if (codec === "opus") insistOnPacket(/** @type {Uint8Array} */ (sound));
  else if (size % 2 || size < SHORTEST_BYTES || size > LONGEST_BYTES) {
    throw new RangeError(`A frame of PCM16 has ${SHORTEST_BYTES} to ${LONGEST_BYTES} bytes, an even number; not ${size}.`);
  }
  return new Uint8Array(sound.buffer, sound.byteOffset, size).slice();
}

/** Its header says how long it is (RFC 6716, section 3.1). @param {Uint8Array} packet */
function insistOnPacket(packet) {
  const size = packet.length;
  if (!size || size > LONGEST_PACKET) throw new RangeError(`A packet of Opus has 1 to ${LONGEST_PACKET} bytes, not ${size}.`);
  const [configuration, code] = [packet[0] >> 3, packet[0] & 3];
  const lengths = configuration < 12 ? [10, 20, 40, 60] : configuration < 16 ? [10, 20, 10, 20] : [2.5, 5, 10, 20];
  const count = code === 3 ? (packet[1] ?? 0) & 0x3f : [1, 2, 2][code];
  const ms = lengths[configuration % 4] * count;
  if (ms <= 0 || ms > 120) throw new RangeError(`A packet of Opus holds at most 120 ms, and is whole; this one says ${ms} ms.`);
}

export class Frames {
  /** @type {Frame[]} oldest first, without holes */
  #kept = [];
  #next = 1;
  #bytes = 0;
  #sent = 0; // the number of the last one that was sent over this connection
  #acknowledged = 0;
  #doubted = false; // the server refused one since it last acknowledged all

  /** Whether there is no room for more: the server has been away for too long. */
  get full() {
    return this.#bytes >= MOST_BYTES;
  }

  /** Whether the server has all of them, when it has answered what was sent after them. */
  get arrived() {
    return this.#sent >= this.#next - 1 && (!this.#doubted || this.#acknowledged >= this.#next - 1);
  }

  /** @param {Uint8Array} bytes @param {number} codec */
  add(bytes, codec) {
    this.#kept.push({ seq: this.#next++, bytes, codec });
    this.#bytes += bytes.length;
  }

  /** What is to be sent now, in order. @returns {Generator<Frame>} */
  *unsent() {
    while (true) {
      // Behind sound that a peer carried there is a hole.
      let at = Math.min(this.#kept.length, Math.max(0, this.#sent + 1 - (this.#kept[0]?.seq ?? 0)));
      while (at > 0 && this.#kept[at - 1].seq > this.#sent) at--;
      const frame = this.#kept[at];
      if (!frame) return;
      this.#sent = frame.seq;
      yield frame;
    }
  }

  /** A join was answered: the server goes on after `seq`. Older frames are kept, because another node might ask for them. @param {number} seq */
  goOnAfter(seq) {
    this.#sent = this.#acknowledged = seq;
    this.#doubted = false;
  }

  /** The server did not take `seq` and what follows. @param {number} seq */
  takeBack(seq) {
    this.#sent = Math.min(this.#sent, seq - 1);
    this.#doubted = true;
  }

  /** Send everything again that was not acknowledged: what had arrived is dropped by the server. */
  resend() {
    this.#sent = Math.min(this.#sent, this.#acknowledged);
  }

  /** The server has counted other sound up to `seq`: new frames get later numbers. @param {number} seq */
  startAfter(seq) {
    this.#next = Math.max(this.#next, seq + 1);
    this.#sent = Math.max(this.#sent, seq);
    this.#acknowledged = Math.max(this.#acknowledged, seq);
  }

  /** @param {number} seq the last one that has arrived @param {number} safe the last one that will never be asked for again */
  acknowledge(seq, safe) {
    this.#acknowledged = Math.max(this.#acknowledged, seq);
    if (this.#acknowledged >= this.#next - 1) this.#doubted = false;
    let gone = 0;
    while (gone < this.#kept.length && this.#kept[gone].seq <= safe) this.#bytes -= this.#kept[gone++].bytes.length;
    this.#kept.splice(0, gone);
  }
}
