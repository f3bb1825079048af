export class NodeSocket {
    /** @param {string} address ws: or wss: @param {string} protocol */
    constructor(address: string, protocol: string);
    binaryType: string;
    /** @type {((event: any) => void) | null} */
    onopen: ((event: any) => void) | null;
    /** @type {((event: any) => void) | null} */
    onmessage: ((event: any) => void) | null;
    /** @type {((event: any) => void) | null} */
    onclose: ((event: any) => void) | null;
    /** @type {((event: any) => void) | null} */
    onerror: ((event: any) => void) | null;
    /** @param {string | Uint8Array} message */
    send(message: string | Uint8Array): void;
    close(code?: number): void;
    #private;
}
