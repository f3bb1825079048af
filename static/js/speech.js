/** The model voice: the server's, and the browser's own where the server has none. */
import { ApiError, send } from "./api.js";

/** @typedef {{blob: Blob, lasts: boolean}} Sound `lasts`: by the best voice, which the server keeps */

/** @type {Map<string, Sound>} by what is said: the last few */
const kept = new Map();
const KEPT = 20;
const LOOK_MS = 50;
const FAR = 40; // characters that may stand between two words

let screen = entered();
let newest = 0; // of what was to be said, only the last is
/** @type {HTMLAudioElement | null} */
let playing = null;

/** What is asked for on one screen. */
function entered() {
  /** @type {Map<string, Promise<Sound | null | undefined>>} */
  const asking = new Map();
  return { asking, left: new AbortController() };
}

addEventListener("hashchange", () => {
  screen.left.abort();
  screen = entered();
  newest += 1;
  playing?.pause();
});

/** The sound of a text as a blob; null when this server does not speak, or when the screen was left meanwhile. */
export async function spoken(text, rate = 1) {
  return (await sounding(text, rate))?.blob ?? null;
}

/** One request for a text, however often it is asked for. */
function sounding(text, rate) {
  const wanted = asked(text, rate);
  if (kept.has(wanted)) return Promise.resolve(kept.get(wanted));
  const { asking } = screen;
  if (!asking.has(wanted)) asking.set(wanted, load(wanted, screen.left.signal).finally(() => asking.delete(wanted)));
  return asking.get(wanted);
}

/** null when this server does not speak, undefined when the screen was left before it did. */
async function load(wanted, signal) {
  try {
    const response = await send("GET", `/api/speech?${wanted}`, { signal });
    const sound = { blob: await response.blob(), lasts: response.headers.has("ETag") };
    kept.set(wanted, sound);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
    return sound;
  } catch (error) {
    if (error.name === "AbortError") return undefined;
    if (error instanceof ApiError && [403, 404, 503].includes(error.status)) return null;
    throw error;
  }
}

/**
 * Say it; resolves when it has been said, or when something else is to be said or the screen is left before.
 *
 * @param {string} text
 * @param {number} [rate] 0.65 to 1.2
 * @param {(at: number | null) => void} [onWord] gets where in the text the word begins that is being said, as far as the best
 *   voice tells, and null when it is over
 */
export async function speak(text, rate = 1, onWord) {
  newest += 1;
  const mine = newest;
  const sound = await sounding(text, rate);
  if (mine !== newest || sound === undefined) return;
  if (!sound) return byBrowser(text, rate);
  if (!onWord || !sound.lasts) return playBlob(sound.blob);
  /** @type {{at: number, start_ms: number}[]} */
  let words = [];
  places(text, rate).then((found) => (words = found), () => {}); // without them it is only heard
  try {
    await playBlob(sound.blob, (ms) => {
      const word = words.findLast(({ start_ms }) => start_ms <= ms);
      if (word) onWord(word.at);
    });
  } finally {
    onWord(null);
  }
}

const asked = (text, rate) => new URLSearchParams({ text, rate: String(rate) }).toString();

/** Where each word begins, in the text and in the sound. */
async function places(text, rate) {
  const { words } = await (await send("GET", `/api/speech/marks?${asked(text, rate)}`, { signal: screen.left.signal })).json();
  let from = 0;
  return words.flatMap(({ text: word, start_ms }) => {
    const at = text.indexOf(word, from);
    if (at < 0 || at > from + FAR) return []; // it is read in another way than it is written
    from = at + word.length;
    return [{ at, start_ms }];
  });
}

/** @param {Blob} blob @param {(ms: number) => void} [onTime] gets how far it is, some twenty times a second */
export async function playBlob(blob, onTime) {
  const address = URL.createObjectURL(blob);
  const sound = new Audio(address);
  playing?.pause();
  playing = sound;
  const telling = onTime && setInterval(() => onTime(1000 * sound.currentTime), LOOK_MS);
  try {
    const over = new Promise((done) => {
      for (const name of ["ended", "error", "pause"]) sound.addEventListener(name, done, { once: true });
    });
    await sound.play().catch((error) => {
      if (error.name !== "AbortError") throw error; // else it was stopped before it began
    });
    await over;
  } finally {
    clearInterval(telling);
    URL.revokeObjectURL(address);
  }
}

function byBrowser(text, rate) {
  if (!globalThis.speechSynthesis) return Promise.resolve();
  return new Promise((done) => {
    const said = new SpeechSynthesisUtterance(text);
    said.lang = "en-US";
    said.rate = rate;
    said.onend = said.onerror = () => done(undefined);
    speechSynthesis.speak(said);
  });
}
