"""Security headers, on everything that browsers get."""

from aiohttp import hdrs, web

DRAWING_STYLE = "sha256-fF0LBso7Nz75zaFRDBUefBDvPe19hjaiDnnc8lt+2Js="
"""Of the one style that is written into a page by a script: around a drawn recording (static/js/waveforms.js)."""

PAGE_POLICY = (
    "default-src 'self'; connect-src 'self' ws: wss: blob:; img-src 'self' data: https:; "
    f"media-src 'self' blob: data:; worker-src 'self'; style-src 'self' '{DRAWING_STYLE}'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'"
)
"""Content-Security-Policy of our own pages, but for who may frame them."""

_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
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
