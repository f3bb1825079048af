/** The model voice: the server's, and the browser's own where the server has none. */
import { ApiError, send } from "./api.js";

const kept = new Map(); // address of the sound by what is said: the last few
const KEPT = 20;

/** The sound of a text as a blob; null when this server does not speak. */
export async function spoken(text, rate = 1) {
  const wanted = new URLSearchParams({ text, rate: String(rate) }).toString();
  if (kept.has(wanted)) return kept.get(wanted);
  try {
    const blob = await (await send("GET", `/api/speech?${wanted}`)).blob();
    kept.set(wanted, blob);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
    return blob;
  } catch (error) {
    if (error instanceof ApiError && [403, 404, 503].includes(error.status)) return null;
    throw error;
  }
}

/** Say it; resolves when it has been said. `rate`: 0.65 to 1.2 */
export async function speak(text, rate = 1) {
  const blob = await spoken(text, rate);
  if (blob) await playBlob(blob);
  else await byBrowser(text, rate);
}

/** @param {Blob} blob */
export async function playBlob(blob) {
  const address = URL.createObjectURL(blob);
  const sound = new Audio(address);
  try {
    const over = new Promise((done) => {
      for (const name of ["ended", "error", "pause"]) sound.addEventListener(name, done, { once: true });
    });
    await sound.play();
    await over;
  } finally {
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
