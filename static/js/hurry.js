/** What the first screen needs. It runs as soon as it is here, while the rest of the page is still coming. */
import * as i18n from "./i18n.js";
import { match } from "./router.js";
import { ROUTES } from "./routes.js";
import { newest } from "./shell.js";

/** @type {Map<string, Promise<any>>} by the name of the screen */
const modules = new Map();

/** The module of a screen, asked for once: what is here already waits for nothing. @param {import("./router.js").Route} route */
export function load({ screen }) {
  let coming = modules.get(screen);
  if (!coming) {
    coming = import(`./screens/${screen}.js`);
    coming.catch(() => modules.delete(screen));
    modules.set(screen, coming);
  }
  return coming;
}

/** The screen that the address names when the page comes. */
export const first = match(ROUTES, location.hash)?.route;
if (first) load(first).catch(() => {}); // told when it is to be shown

/** The page is the newest one, and its words are here. */
export const ready = Promise.all([newest(), i18n.start()]);
ready.catch(() => {}); // told by the page that waits for it
