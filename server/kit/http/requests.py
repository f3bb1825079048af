"""What every request gets: an id, a log line, and the headers that every response carries."""

import re
import time

from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client import Counter, Histogram

from server.kit import ids, logs

REQUEST_ID_HEADER = "X-Request-Id"
REQUEST_ID = web.RequestKey("request_id", str)
EXTRA_HEADERS = web.RequestKey("extra_headers", dict)

_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

_REQUESTS = Counter("parley_http_requests", "HTTP requests.", ["method", "route", "status"])
_SECONDS = Histogram("parley_http_request_seconds", "Seconds to answer a request.", ["method", "route"])
_log = logs.get(__name__)


@web.middleware
async def track(request: web.Request, handler: Handler) -> web.StreamResponse:
    given = request.headers.get(REQUEST_ID_HEADER, "")
    request[REQUEST_ID] = given if _SANE_ID.fullmatch(given) else ids.new_id()
    started = time.perf_counter()
    with logs.bind(request_id=request[REQUEST_ID]):
        response = await handler(request)
        seconds = time.perf_counter() - started
        route = _route(request)
        _REQUESTS.labels(request.method, route, response.status).inc()
        _SECONDS.labels(request.method, route).observe(seconds)
        _log.debug(
            "request", method=request.method, path=request.path, status=response.status, ms=round(seconds * 1e3, 1)
        )
    return response


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """For `on_response_prepare`, so that streams and files carry them too."""
    if REQUEST_ID in request:
        response.headers[REQUEST_ID_HEADER] = request[REQUEST_ID]
    for name, value in request.get(EXTRA_HEADERS, {}).items():
        response.headers[name] = value


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "unmatched"
