/** Which screen is shown: the part of the address behind `#` against a table of routes. */

/** @typedef {{path: string, screen: string, title: string, icon?: string, nav?: "main" | "more", open?: boolean}} Route */

let stale = false;

/** What runs here is not the newest, or not this account's, any more: the next screen comes with a fresh page. */
export function freshen() {
  stale = true;
}

/** @param {string} path as in `#/lessons/3` @returns {string} */
export function link(path, params = {}) {
  const query = new URLSearchParams(params).toString();
  return `#${path}${query && `?${query}`}`;
}

export function go(path, params = {}) {
  location.hash = link(path, params);
}

/** The route for an address, with what its `:names` and its query stand for; null when there is none. */
export function match(routes, hash) {
  const [path, query = ""] = (hash.replace(/^#/, "") || "/").split("?");
  const given = path.split("/").filter(Boolean);
  for (const route of routes) {
    const wanted = route.path.split("/").filter(Boolean);
    if (wanted.length !== given.length) continue;
    const params = Object.fromEntries(new URLSearchParams(query));
    const fits = wanted.every((part, index) => {
      if (!part.startsWith(":")) return part === given[index];
      params[part.slice(1)] = decoded(given[index]);
      return true;
    });
    if (fits) return { route, params };
  }
  return null;
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * Call `show(route, params)` now and whenever the address changes.
 * @param {Route[]} routes
 * @param {(route: Route | null, params: Record<string, string>) => void} show
 */
export function follow(routes, show) {
  const look = () => {
    const found = match(routes, location.hash);
    show(found?.route ?? null, found?.params ?? {});
  };
  addEventListener("hashchange", () => {
    if (stale) location.reload();
    else look();
  });
  look();
}
