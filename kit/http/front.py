"""What happens around every request: an id, failures as answers, counters, a log line, and the headers of every
response.

One middleware and one signal instead of several: each costs a few microseconds per request.
"""

import re
import time
from collections.abc import Callable

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from kit import logs, tracing
from kit.http import failures, requests, security, tally
from kit.http.cors import Cors
from kit.http.origins import Origins

Attach = Callable[[web.Application], None]
"""Adds routes that are no operations to the application."""

_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_FAULT = 500
_log = logs.get(__name__)


class Front:
    """`origins` are those whose scripts may call. `https`: whether clients use HTTPS, to the server or to a proxy in
    front."""

    def __init__(
        self, origins: Origins | None = None, *, https: bool = False, tracer: tracing.Tracer = tracing.NOTHING
    ) -> None:
        self._cors = Cors(origins or Origins())
        self._https = https
        self._tracer = tracer

    def attach(self, app: web.Application) -> None:
        """Put this before every handler of the application."""
        app.middlewares.append(self._answer if self._tracer is tracing.NOTHING else self._traced)
        app.on_response_prepare.append(self._prepare)

    @web.middleware
    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        given = request.headers.get(requests.REQUEST_ID_HEADER)
        request_id = given if given is not None and _SANE_ID.fullmatch(given) else requests.new_id()
        notes = requests.Notes(request_id, self._https or request.secure)
        request[requests.NOTES] = notes
        legible = requests.legible(request)
        # aiohttp answers each request in a task of its own, so this ends with it.
        logs.REQUEST_ID.set(request_id)
        started = time.perf_counter()
        try:
            requests.check(request)
            if request.method == hdrs.METH_OPTIONS and hdrs.ACCESS_CONTROL_REQUEST_METHOD in request.headers:
                response: web.StreamResponse = self._cors.preflight(legible)
            else:
                response = await handler(legible)
        except Exception as error:
            response = failures.rendered(legible, error)
        seconds = time.perf_counter() - started
        tally.count(request, response.status, seconds)
        if logs.wants_debug():
            ms = round(seconds * 1e3, 1)
            _log.debug("request", method=request.method, path=request.path, status=response.status, ms=ms)
        return response

    @web.middleware
    async def _traced(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Every request begins a trace: an id that a stranger sends is not continued."""
        resource = request.match_info.route.resource
        # As for the metrics, methods of unknown addresses are one.
        method, route = (request.method, resource.canonical) if resource is not None else ("any", "unmatched")
        span = self._tracer.begin(f"{method} {route}", {"http.request.method": method, "http.route": route})
        with tracing.failing(span), tracing.within(span):
            response = await self._answer(request, handler)
        span.note({"http.response.status_code": response.status, "request.id": request[requests.NOTES].id})
        span.end(str(response.status) if response.status >= _FAULT else None)
        return response

    async def _prepare(self, request: web.Request, response: web.StreamResponse) -> None:
        """For `on_response_prepare`, so that errors, streams and files carry them too."""
        notes = request[requests.NOTES]
        response.headers[requests.REQUEST_ID_HEADER] = notes.id
        if notes.extra_headers is not None:
            response.headers.update(notes.extra_headers)
        security.describe(request, response, https=notes.https)
        self._cors.describe(request, response)
