export class Call {
    /**
     * @param {import("./session.js").Session} session joined already
     * @param {MediaStream} stream the microphone
     * @param {{iceServers?: RTCIceServer[], onLost?: () => void}} [options] `iceServers`: what `GET /api/live/ice-servers` gives
     * @returns {Promise<Call>} Error when there is no way from here
     */
    static open(session: import("./session.js").Session, stream: MediaStream, { iceServers, onLost }?: {
        iceServers?: RTCIceServer[];
        onLost?: () => void;
    }): Promise<Call>;
    /** The tutor is interrupted: the rest of the browser's buffer is not played. */
    hush(): void;
    close(): void;
    #private;
}
