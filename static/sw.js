/**
 * Keeps the files of the page, so that a second visit asks nobody for them, and never anything of the API. The server
 * writes VERSION and FILES above this line: other files are another version.
 */
/* global VERSION, FILES */
const NAME = `parley-${VERSION}`;
const SHELL = new Set(FILES);
const LATER = "/static/messages/"; // one language of eight is enough: kept when the page says which
const ROUTED = ["/", "/static/*", "/sdk/*"];

self.addEventListener("install", (event) => {
  // Where the browser can, it takes files out of the cache without waking this script.
  const patterns = event.addRoutes ? ROUTED.map((pathname) => new URLPattern({ pathname, search: "", baseURL: location.origin })) : [];
  const condition = { or: patterns.map((urlPattern) => ({ urlPattern, requestMethod: "GET" })) };
  event.waitUntil(Promise.all([event.addRoutes?.({ condition, source: { cacheName: NAME } }), keep()]));
});

async function keep() {
  const cache = await caches.open(NAME);
  const used = await languages();
  const now = FILES.filter((path) => !path.startsWith(LATER) || used.has(path));
  await cache.addAll(now.map((path) => new Request(path, { cache: "no-cache" })));
}

/** Messages that the version before keeps. */
async function languages() {
  const old = (await caches.keys()).filter((name) => name.startsWith("parley-"));
  const requests = await Promise.all(old.map(async (name) => (await caches.open(name)).keys()));
  return new Set(requests.flat().map((one) => new URL(one.url).pathname));
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

self.addEventListener("message", (event) => {
  const { data } = event;
  if (data === "take over") self.skipWaiting();
  else if (SHELL.has(data.keep)) event.waitUntil(keepOne(data.keep));
});

async function keepOne(path) {
  const cache = await caches.open(NAME);
  if (!(await cache.match(path))) await cache.add(new Request(path, { cache: "no-cache" }));
}

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
