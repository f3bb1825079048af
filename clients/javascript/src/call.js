/**
 * In browsers, the sound of a session by WebRTC, both ways.
 *
 *   const call = await Call.open(session, stream, { iceServers, onLost });   // rejects when there is none
 *
 * Events stay on the socket. The channel `events` is opened because its end says at once that the server has gone.
 */
const GATHER_MS = 2000;
const BUFFER_MS = 300;
const PATIENCE_MS = 10_000; // a peer that has not connected by then hardly ever does, on a busy machine either

export class Call {
  #peer = new RTCPeerConnection();
  #voice = new Audio();
  /** @type {(() => void) | null} */
  #onLost = null;
  #deafen = () => {};

  /**
   * @param {import("./session.js").Session} session joined already
   * @param {MediaStream} stream the microphone
   * @param {{iceServers?: RTCIceServer[], onLost?: () => void}} [options] `iceServers`: what `GET /api/live/ice-servers` gives
   * @returns {Promise<Call>} Error when there is no way from here
   */
  static async open(session, stream, { iceServers = [], onLost = () => {} } = {}) {
    const call = new Call();
    try {
      await call.#connect(session, stream, iceServers);
    } catch (error) {
      call.close();
      throw error;
    }
    call.#onLost = onLost;
    // The server's end may die without notice; the session reports it.
    call.#deafen = session.on("session.warning", ({ part }) => void (part === "media" && call.#lost()));
    session.carry();
    return call;
  }

  /** @param {import("./session.js").Session} session @param {MediaStream} stream @param {RTCIceServer[]} iceServers */
  async #connect(session, stream, iceServers) {
    const peer = this.#peer;
    peer.setConfiguration({ iceServers });
    peer.ontrack = ({ track }) => {
      this.#voice.srcObject = new MediaStream([track]);
      this.#voice.play().catch(() => {}); // a page that was never touched may not play; the text is there
    };
    peer.addTrack(stream.getAudioTracks()[0], stream);
    peer.createDataChannel("events").onclose = () => this.#lost();
    peer.addEventListener("connectionstatechange", () => {
      if (peer.connectionState === "failed") this.#lost();
    });
    await peer.setLocalDescription();
    const gathered = when(peer, "icegatheringstatechange", () => peer.iceGatheringState === "complete", GATHER_MS);
    await gathered.catch(() => {}); // a STUN server does not answer: go on with the addresses that there are
    const offer = peer.localDescription?.sdp ?? "";
    if (!offer.includes("a=candidate:")) throw new Error("there is no way for WebRTC from here");
    const { sdp } = await session.offer(offer);
    await peer.setRemoteDescription({ type: "answer", sdp });
    await when(peer, "connectionstatechange", () => peer.connectionState === "connected", PATIENCE_MS);
  }

  /** The tutor is interrupted: the rest of the browser's buffer is not played. */
  hush() {
    this.#voice.muted = true;
    setTimeout(() => (this.#voice.muted = false), BUFFER_MS);
  }

  #lost() {
    const tell = this.#onLost;
    if (!tell) return;
    this.close();
    tell();
  }

  close() {
    this.#onLost = null;
    this.#deafen();
    this.#peer.close();
    this.#voice.srcObject = null;
  }
}

/** @param {RTCPeerConnection} peer @param {string} event @param {() => boolean} holds @param {number} patience in milliseconds @returns {Promise<void>} */
function when(peer, event, holds, patience) {
  return new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error("WebRTC cannot be connected from here.")), patience);
    const look = () => {
      if (!holds()) return;
      clearTimeout(late);
      peer.removeEventListener(event, look);
      done();
    };
    peer.addEventListener(event, look);
    look();
  });
}
