/** The service worker that keeps the page's own files. A new version waits until a visit begins, and takes over then. */
import { freshen } from "./router.js";

const PATIENCE_MS = 3000;

/** Before anything is shown: when a newer version waits, the page comes again with it. */
export async function newest() {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (!registration?.waiting) return;
  const taken = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS));
  registration.waiting.postMessage("take over");
  await Promise.race([taken, late]);
  location.reload();
  await new Promise(() => {});
}

/** @param {string} messages the file of them that this page uses: it is kept, too */
export async function install(messages) {
  if (!navigator.serviceWorker) return; // not over https, or switched off
  const first = navigator.serviceWorker.controller === null;
  navigator.serviceWorker.addEventListener("controllerchange", () => first || freshen(), { once: true }); // another tab's
  try {
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
    const { active } = await navigator.serviceWorker.ready;
    if (!(await caches.match(messages))) active.postMessage({ keep: messages }); // the worker is not woken for nothing
  } catch (error) {
    console.info("The page works without its service worker:", error.message);
  }
}
