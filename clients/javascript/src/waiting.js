/** @param {number} count @returns {Promise<void>} */
export function seconds(count) {
  return new Promise((done) => setTimeout(done, Math.max(0, count) * 1000));
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
