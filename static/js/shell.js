/** The service worker that keeps the page's own files. A new version waits until a visit begins, and takes over then. */
import { freshen } from "./router.js";

export async function install() {
  if (!navigator.serviceWorker) return; // not over https, or switched off
  try {
    const registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
    navigator.serviceWorker.addEventListener("controllerchange", () => freshen());
    registration.waiting?.postMessage("take over");
  } catch (error) {
    console.info("The page works without its service worker:", error.message);
  }
}
