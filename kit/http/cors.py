"""What scripts of other origins may send and read: preflights and the headers of CORS."""

from aiohttp import hdrs, web

from kit.http.origins import Origins
from kit.http.requests import REQUEST_ID_HEADER

_ALLOWED_HEADERS = "Authorization, Content-Type, Idempotency-Key, X-API-Key, X-Request-Id, Accept, Range, If-Match"
_EXPOSED_HEADERS = (
    f"{REQUEST_ID_HEADER}, RateLimit, RateLimit-Policy, Retry-After, Idempotency-Replayed, Link, "
    "Location, Content-Disposition, ETag, Accept-Post, Accept-Patch"
)
_METHODS = "GET, POST, PUT, PATCH, DELETE"
_PREFLIGHT_SECONDS = "7200"


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
