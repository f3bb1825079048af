"""A receiver of OTLP in the test's own process: what a collector is to a node."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

Value = str | int | float | bool


@dataclass(frozen=True)
class Received:
    """A span as it came. Times are nanoseconds; `parent` is empty for the first of a trace, `links` are the spans that
    it points to."""

    name: str
    trace: bytes
    id: bytes
    parent: bytes
    began: int
    ended: int
    values: dict[str, Value]
    failed: bool
    links: tuple[bytes, ...]


@dataclass
class Receiver:
    spans: list[Received] = field(default_factory=list)
    resource: dict[str, Value] = field(default_factory=dict)
    raw: list[bytes] = field(default_factory=list)
    url: str = ""

    def named(self, name: str, **values: Value) -> list[Received]:
        """Those of a name that have these values."""
        return [span for span in self.spans if span.name == name and values.items() <= span.values.items()]

    def one(self, name: str, **values: Value) -> Received:
        (found,) = self.named(name, **values)
        return found

    def inside(self, parent: Received) -> list[Received]:
        return [span for span in self.spans if (span.trace, span.parent) == (parent.trace, parent.id)]

    async def take(self, request: web.Request) -> web.Response:
        from opentelemetry.proto.collector.trace.v1 import trace_service_pb2 as service

        assert request.content_type == "application/x-protobuf"
        body = await request.read()
        self.raw.append(body)
        for sent in service.ExportTraceServiceRequest.FromString(body).resource_spans:
            self.resource = _values(sent.resource.attributes)
            self.spans += [_received(span) for scope in sent.scope_spans for span in scope.spans]
        answer = service.ExportTraceServiceResponse().SerializeToString()
        return web.Response(body=answer, content_type="application/x-protobuf")


def _received(span: Any) -> Received:
    return Received(
        name=span.name,
        trace=span.trace_id,
        id=span.span_id,
        parent=span.parent_span_id,
        began=span.start_time_unix_nano,
        ended=span.end_time_unix_nano,
        values=_values(span.attributes),
        failed=span.status.code == 2,
        links=tuple(link.span_id for link in span.links),
    )


def _values(attributes: Any) -> dict[str, Value]:
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in attributes}


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    found = Receiver()
    app = web.Application(client_max_size=64 << 20)
    app.router.add_post("/v1/traces", found.take)
    async with TestServer(app) as server:
        found.url = str(server.make_url("")).rstrip("/")
        yield found
