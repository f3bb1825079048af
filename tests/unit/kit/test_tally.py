"""What Prometheus reads about requests."""

import re
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from kit import metrics
from kit.http import tally


async def _routed(method: str, path: str, route: str) -> web.Request:
    async def nothing(_request: web.Request) -> web.Response:
        return web.Response()

    handler: Callable[[web.Request], Awaitable[web.Response]] = nothing
    app = web.Application()
    app.router.add_route("GET", route, handler)
    request = make_mocked_request(method, path)
    match = await app.router.resolve(request)
    match.add_app(app)
    request._match_info = match
    return request


def _values(route: str) -> dict[str, float]:
    lines = [line for line in metrics.render().decode().splitlines() if f'route="{route}"' in line]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


async def test_requests_are_counted_by_route_and_status_and_timed_by_route() -> None:
    request = await _routed("GET", "/tally/17", "/tally/{number}")
    for status, seconds in [(200, 0.004), (200, 0.005), (404, 0.03), (200, 99.0)]:
        tally.count(request, status, seconds)
    values = _values("/tally/{number}")
    labels = 'method="GET",route="/tally/{number}"'
    assert values[f'parley_http_requests_total{{{labels},status="200"}}'] == 3
    assert values[f'parley_http_requests_total{{{labels},status="404"}}'] == 1
    buckets = {found[1]: value for name, value in values.items() if (found := re.search(r'le="([^"]+)"', name))}
    assert (buckets["0.005"], buckets["0.025"], buckets["0.05"], buckets["10.0"], buckets["+Inf"]) == (2, 2, 3, 3, 4)
    assert values[f"parley_http_request_seconds_count{{{labels}}}"] == 4
    assert abs(values[f"parley_http_request_seconds_sum{{{labels}}}"] - 99.039) < 1e-9


async def test_strange_methods_and_addresses_share_one_line() -> None:
    for method in ("BREW", "PROPFIND"):
        request = await _routed(method, "/nowhere", "/tally/{number}")
        tally.count(request, 418, 0.001)
    values = _values("unmatched")
    assert values['parley_http_requests_total{method="any",route="unmatched",status="418"}'] == 2
    assert not [name for name in metrics.render().decode().splitlines() if "BREW" in name]
