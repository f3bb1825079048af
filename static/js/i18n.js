/** The words of the interface, in the learner's language. What the server sends and what is read aloud stays English. */

export const LANGUAGES = {
  en: "English",
  es: "Español",
  pt: "Português",
  fr: "Français",
  de: "Deutsch",
  ar: "العربية",
  zh: "中文",
  ja: "日本語",
};
const STORE = "parley.language";

let language = "en";
/** @type {Record<string, string | Record<string, string>>} */
let messages = {};

function kept() {
  try {
    return localStorage.getItem(STORE);
  } catch {
    return null; // a frame of another site may have no storage
  }
}

/** The language that was chosen here, else the first of the browser's that we have. */
function wanted() {
  const asked = [kept() ?? "", ...navigator.languages];
  return asked.map((tag) => tag.toLowerCase().split("-")[0]).find((code) => code in LANGUAGES) ?? "en";
}

/** Where the messages of the language are that is shown. */
export function file() {
  return `/static/messages/${language}.json`;
}

/** Load the messages; the page's language and direction follow. */
export async function start() {
  language = wanted();
  try {
    messages = await (await fetch(file())).json();
  } catch {
    language = "en"; // a language whose messages cannot be had
    messages = await (await fetch(file())).json();
  }
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
}

/** Everything on screen is made anew in that language. */
export function choose(code) {
  localStorage.setItem(STORE, code);
  location.reload();
}

export function current() {
  return language;
}

/**
 * The message `key` with `{names}` replaced by values. A message with several forms is chosen by the value `count`.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  const found = messages[key] ?? key;
  const text = typeof found === "string" ? found : (found[new Intl.PluralRules(language).select(Number(values.count))] ?? found.other);
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

export function number(value, options = {}) {
  return new Intl.NumberFormat(language, options).format(value);
}

/** @param {string | number | Date} at @param {Intl.DateTimeFormatOptions} [options] */
export function date(at, options = { dateStyle: "medium" }) {
  return new Intl.DateTimeFormat(language, options).format(new Date(at));
}

export const dateAndTime = (at) => date(at, { dateStyle: "medium", timeStyle: "short" });

/** "today", "3 days ago" */
export function ago(at) {
  const days = Math.round((Date.parse(at) - Date.now()) / 86_400_000);
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(days, "day");
}

/** Seconds as "12:05". */
export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** A language's own name for itself, for the choice of a native language. */
export function nameOf(code) {
  return new Intl.DisplayNames([language], { type: "language" }).of(code) ?? code;
}
