/** The model voice: the server's, and the browser's own where the server has none. */
import { ApiError, send } from "./api.js";

const kept = new Map(); // address of the sound by what is said: the last few
const KEPT = 20;
const LOOK_MS = 50;
const FAR = 40; // characters that may stand between two words

/** The sound of a text as a blob; null when this server does not speak. */
export async function spoken(text, rate = 1) {
  return (await sounding(text, rate))?.blob ?? null;
}

/** `lasts`: by the best voice, which the server keeps. */
async function sounding(text, rate) {
  const wanted = asked(text, rate);
  if (kept.has(wanted)) return kept.get(wanted);
  try {
    const response = await send("GET", `/api/speech?${wanted}`);
    const sound = { blob: await response.blob(), lasts: response.headers.has("ETag") };
    kept.set(wanted, sound);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
    return sound;
  } catch (error) {
    if (error instanceof ApiError && [403, 404, 503].includes(error.status)) return null;
    throw error;
  }
}

/**
 * Say it; resolves when it has been said.
 *
 * @param {string} text
 * @param {number} [rate] 0.65 to 1.2
 * @param {(at: number | null) => void} [onWord] gets where in the text the word begins that is being said, as far as the best
 *   voice tells, and null when it is over
 */
export async function speak(text, rate = 1, onWord) {
  const sound = await sounding(text, rate);
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
  const { words } = await (await send("GET", `/api/speech/marks?${asked(text, rate)}`)).json();
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
  const telling = onTime && setInterval(() => onTime(1000 * sound.currentTime), LOOK_MS);
  try {
    const over = new Promise((done) => {
      for (const name of ["ended", "error", "pause"]) sound.addEventListener(name, done, { once: true });
    });
    await sound.play();
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
