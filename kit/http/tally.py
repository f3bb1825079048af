"""Counts answered requests for Prometheus.

A labelled counter and a histogram of the client library cost a tenth of a small request. Here a request is one look-up
and three additions; the metrics are built when they are read.
"""

from bisect import bisect_left
from collections.abc import Iterator

from aiohttp import web
from prometheus_client import REGISTRY
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)
"""Seconds: the client library's own buckets."""

_UNMATCHED = "unmatched"


class _Tally:
    __slots__ = ("buckets", "seconds")

    def __init__(self) -> None:
        self.buckets = [0] * (len(BOUNDS) + 1)
        self.seconds = 0.0


_tallies: dict[tuple[str, str, int], _Tally] = {}


def count(request: web.Request, status: int, seconds: float) -> None:
    """Add a response to the metrics. Paths that match no route are counted as one."""
    resource = request.match_info.route.resource
    # A client may write any method: methods of unknown addresses are counted together.
    key = (request.method, resource.canonical, status) if resource is not None else ("any", _UNMATCHED, status)
    tally = _tallies.get(key)
    if tally is None:
        tally = _tallies[key] = _Tally()
    tally.buckets[bisect_left(BOUNDS, seconds)] += 1
    tally.seconds += seconds


class _Requests(Collector):
    def collect(self) -> Iterator[CounterMetricFamily | HistogramMetricFamily]:
        counter = CounterMetricFamily("parley_http_requests", "HTTP requests.", labels=["method", "route", "status"])
        times: dict[tuple[str, str], _Tally] = {}
        for (method, route, status), tally in list(_tallies.items()):
            counter.add_metric([method, route, str(status)], sum(tally.buckets))
            whole = times.setdefault((method, route), _Tally())
            whole.buckets = [one + other for one, other in zip(whole.buckets, tally.buckets, strict=True)]
            whole.seconds += tally.seconds
        yield counter
        histogram = HistogramMetricFamily(
            "parley_http_request_seconds", "Seconds to answer a request.", labels=["method", "route"]
        )
        for (method, route), whole in times.items():
            histogram.add_metric([method, route], _cumulated(whole.buckets), whole.seconds)
        yield histogram


def _cumulated(buckets: list[int]) -> list[tuple[str, float]]:
    total, found = 0, list[tuple[str, float]]()
    for bound, number in zip((*map(str, BOUNDS), "+Inf"), buckets, strict=True):
        total += number
        found.append((bound, total))
    return found


REGISTRY.register(_Requests())
