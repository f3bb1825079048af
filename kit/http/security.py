"""Headers for browsers: security headers on everything, CORS where it is configured."""

from aiohttp import hdrs, web

from kit.http.origins import Origins
from kit.http.requests import REQUEST_ID_HEADER

DRAWING_STYLE = "sha256-fF0LBso7Nz75zaFRDBUefBDvPe19hjaiDnnc8lt+2Js="
"""Of the one style that is written into a page by a script: around a drawn recording (static/js/compare.js)."""

PAGE_POLICY = (
    "default-src 'self'; connect-src 'self' ws: wss: blob:; img-src 'self' data: https:; "
    f"media-src 'self' blob: data:; worker-src 'self'; style-src 'self' '{DRAWING_STYLE}'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'"
)
"""Content-Security-Policy of our own pages, but for who may frame them."""

_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
_ALLOWED_HEADERS = "Authorization, Content-Type, Idempotency-Key, X-API-Key, X-Request-Id, Accept, Range, If-Match"
_EXPOSED_HEADERS = (
    f"{REQUEST_ID_HEADER}, RateLimit, RateLimit-Policy, Retry-After, Idempotency-Replayed, Link, "
    "Location, Content-Disposition, ETag, Accept-Post, Accept-Patch"
)
_METHODS = "GET, POST, PUT, PATCH, DELETE"
_PREFLIGHT_SECONDS = "7200"


_DATA_HEADERS = (("Referrer-Policy", "no-referrer"), ("Content-Security-Policy", _DATA_POLICY))


def page_headers(framed_by: str = "'none'") -> dict[str, str]:
    """What a route that shows a page sets on every answer, whatever becomes of it: a 304 has no Content-Type, and the
    browser puts its headers in the place of those that it kept. `framed_by`: sources of `frame-ancestors`."""
    return {
        "Content-Security-Policy": f"{PAGE_POLICY}; frame-ancestors {framed_by}",
        "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def describe(request: web.BaseRequest, response: web.StreamResponse, *, https: bool = False) -> None:
    """Put the security headers on a response: those of data, where its route has not set those of a page."""
    headers, asked = response.headers, request.headers
    headers["X-Content-Type-Options"] = "nosniff"
    headers[hdrs.SERVER] = "Parley"
    for name, value in _DATA_HEADERS:
        headers.setdefault(name, value)
    if hdrs.AUTHORIZATION in asked or "X-API-Key" in asked:
        headers.setdefault(hdrs.CACHE_CONTROL, "no-store")
    elif isinstance(response, web.FileResponse):
        headers.setdefault(hdrs.CACHE_CONTROL, "no-cache")  # asked each time: pages and scripts are of one version
    if https:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")


class Cors:
    """Lets scripts of the origins that the settings name call the API (Fetch standard, section 3.2).

    No cookies are involved: a caller always shows a token or a key.
    """

    def __init__(self, origins: Origins) -> None:
        self._origins = origins

    def describe(self, request: web.Request, response: web.StreamResponse) -> None:
        """Tell the browser whether a script may read this response."""
        if self._origins.any_named:
            response.headers.add(hdrs.VARY, hdrs.ORIGIN)
        if self._allows(request):
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = request.headers[hdrs.ORIGIN]
            response.headers[hdrs.ACCESS_CONTROL_EXPOSE_HEADERS] = _EXPOSED_HEADERS

    def preflight(self, request: web.Request) -> web.Response:
        """The answer to the question whether a script may call at all."""
        return web.Response(status=204, headers=self._preflight(request))

    def _preflight(self, request: web.Request) -> dict[str, str]:
        if not self._allows(request):
            return {}
        return {
            hdrs.ACCESS_CONTROL_ALLOW_METHODS: _METHODS,
            hdrs.ACCESS_CONTROL_ALLOW_HEADERS: _ALLOWED_HEADERS,
            hdrs.ACCESS_CONTROL_MAX_AGE: _PREFLIGHT_SECONDS,
        }

    def _allows(self, request: web.Request) -> bool:
        origin = request.headers.get(hdrs.ORIGIN)
        if origin is None:
            return False
        if self._origins.named(origin):
            return True
        host, forwarded = request.headers.get(hdrs.HOST), request.headers.get(hdrs.X_FORWARDED_HOST)
        if not self._origins.ours(origin, host, forwarded):
            self._origins.note_refusal(origin, host)
        return False
