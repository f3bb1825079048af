/** @param {number} count @returns {Promise<void>} */
export function seconds(count: number): Promise<void>;
/**
 * @template T
 * @typedef {{promise: Promise<T>, resolve: (value: T) => void, reject: (error: Error) => void, resolved: boolean}} Deferred
 */
/** A promise that is settled from outside; one that is rejected while nobody waits is no fault. @template T @returns {Deferred<T>} */
export function deferred<T>(): Deferred<T>;
/** A key that nobody else has, for what may be sent twice. */
export function newKey(): string;
/**
 * @template T
 * @param {Promise<T>} work @param {() => boolean} here @param {number} patience in seconds
 * @returns {Promise<T>} what comes of the work; Offline when `here` was false for as long as `patience`
 */
export function whileHere<T>(work: Promise<T>, here: () => boolean, patience: number): Promise<T>;
/** Pauses that are over at once when what they are for is. */
export class Pauses {
    /** @param {number} count of seconds @returns {Promise<void>} */
    seconds(count: number): Promise<void>;
    end(): void;
    #private;
}
export type Deferred<T> = {
    promise: Promise<T>;
    resolve: (value: T) => void;
    reject: (error: Error) => void;
    resolved: boolean;
};
