/** @typedef {import("../types/events.js").ServerEvents} ServerEvents */
/** @typedef {{state: "connected" | "silent" | "reconnecting" | "refused", error?: Error}} ConnectionEvent */
/**
 * What a session itself reports: how its connection is, and turns that will get no final, whose words come again under
 * another id.
 * @typedef {{"connection": ConnectionEvent, "turn.void": {turn_id: string}}} OwnEvents
 */
/** @typedef {ServerEvents & OwnEvents} Events */

/** Who listens to what. */
export class Listeners {
  /** @type {Map<string, Set<(data: any, sound?: ArrayBuffer) => void>>} */
  #listeners = new Map();

  /**
   * @template {keyof Events} N
   * @param {N} name @param {(data: Events[N], sound: ArrayBuffer) => void} listener `sound`: the bytes of `response.audio`
   * @returns {() => void} what takes the listener away again
   */
  on(name, listener) {
    const all = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, all);
    const added = /** @type {(data: any, sound?: ArrayBuffer) => void} */ (listener);
    all.add(added);
    return () => all.delete(added);
  }

  /**
   * What a listener throws concerns neither the session nor the other listeners: it is reported as an error of the page
   * or of the program, as for an EventTarget.
   * @param {string} name @param {any} data @param {ArrayBuffer} [sound]
   */
  tell(name, data, sound) {
    for (const listener of this.#listeners.get(name) ?? []) {
      try {
        listener(data, sound);
      } catch (error) {
        setTimeout(() => {
          throw error;
        });
      }
    }
  }
}
