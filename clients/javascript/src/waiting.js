import { Offline } from "./errors.js";

/** @param {number} count @returns {Promise<void>} */
export function seconds(count) {
  return new Promise((done) => setTimeout(done, Math.max(0, count) * 1000));
}

/** Pauses that are over at once when what they are for is. */
export class Pauses {
  /** @type {Set<() => void>} */
  #running = new Set();

  /** @param {number} count of seconds @returns {Promise<void>} */
  seconds(count) {
    return new Promise((done) => {
      const over = () => {
        clearTimeout(timer);
        this.#running.delete(over);
        done();
      };
      const timer = setTimeout(over, Math.max(0, count) * 1000);
      this.#running.add(over);
    });
  }

  end() {
    for (const over of [...this.#running]) over();
  }
}

/**
 * @template T
 * @typedef {{promise: Promise<T>, resolve: (value: T) => void, reject: (error: Error) => void, resolved: boolean}} Deferred
 */

/** A promise that is settled from outside; one that is rejected while nobody waits is no fault. @template T @returns {Deferred<T>} */
export function deferred() {
  const made = /** @type {Deferred<T>} */ ({ resolved: false });
  made.promise = new Promise((done, fail) => {
    made.reject = fail;
    made.resolve = (value) => {
      made.resolved = true;
      done(value);
    };
  });
  made.promise.catch(() => {});
  return made;
}

/** A key that nobody else has, for what may be sent twice. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const LOOK_MS = 200;

/**
 * @template T
 * @param {Promise<T>} work @param {() => boolean} here @param {number} patience in seconds
 * @returns {Promise<T>} what comes of the work; Offline when `here` was false for as long as `patience`
 */
export async function whileHere(work, here, patience) {
  let since = performance.now();
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let looking;
  const away = new Promise((_, fail) => {
    looking = setInterval(() => {
      if (here()) since = performance.now();
      else if (performance.now() - since > patience * 1000) fail(new Offline());
    }, LOOK_MS);
  });
  try {
    return await Promise.race([work, /** @type {Promise<never>} */ (away)]);
  } finally {
    clearInterval(looking);
  }
}
