/**
 * Keeps the files of the page, so that a second visit asks nobody for them, and never anything of the API. The server
 * writes VERSION and FILES above this line: other files are another version.
 */
/* global VERSION, FILES */
const NAME = `parley-${VERSION}`;
const SHELL = new Set(FILES);
const LATER = "/static/messages/"; // one language of eight is enough: kept when it is asked for

self.addEventListener("install", (event) => {
  event.waitUntil(keep());
});

async function keep() {
  const cache = await caches.open(NAME);
  const now = FILES.filter((path) => !path.startsWith(LATER));
  await cache.addAll(now.map((path) => new Request(path, { cache: "no-cache" })));
}

self.addEventListener("activate", (event) => {
  event.waitUntil(begin());
});

async function begin() {
  for (const name of await caches.keys()) {
    if (name.startsWith("parley-") && name !== NAME) await caches.delete(name);
  }
  await self.clients.claim();
}

self.addEventListener("message", ({ data }) => {
  if (data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || !SHELL.has(pathname)) return;
  event.respondWith(answer(request, pathname));
});

async function answer(request, pathname) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(pathname);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) await cache.put(pathname, fresh.clone());
  return fresh;
}
