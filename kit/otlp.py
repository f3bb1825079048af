"""Sends traces by OTLP over HTTP, with OpenTelemetry's SDK: the only place that knows it.

The SDK keeps ended spans in a queue of 2,048 and a thread of its own sends them; when the receiver is away or slow, the
event loop does not notice, and spans are dropped. Its other standard variables (`OTEL_TRACES_SAMPLER`,
`OTEL_EXPORTER_OTLP_HEADERS`, …) it reads itself.
"""

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from kit import logs
from kit.tracing import NOTHING, Span, Tracer, Values

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span as SdkSpan

_CLOSE_SECONDS = 5.0
_SEND_SECONDS = 3.0  # less: a thread that waits for an answer cannot be stopped, and holds the end of the process
_NONE: Values = {}
_CURE = "uv pip install --python .venv/bin/python --require-hashes --requirement requirements-otel.lock"
_log = logs.get(__name__)


def opened(endpoint: str, node: str, version: str) -> Tracer:
    """A tracer that sends to the receiver at `endpoint`, without `/v1/traces`. Nothing is traced, and the log says why,
    where the packages of the extra `otel` are missing: a server works without them."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as missing:
        _log.error("traces_not_sent", missing=missing.name, cure=_CURE)
        return NOTHING
    resource = {"service.name": "parley", "service.version": version, "service.instance.id": node}
    provider = TracerProvider(resource=Resource.create(resource), shutdown_on_exit=False)
    exporter = OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces", timeout=_SEND_SECONDS)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return _Tracer(provider, exporter.shutdown)


class _Tracer:
    def __init__(self, provider: "TracerProvider", give_up: Callable[[], None]) -> None:
        """`give_up` ends the tries to send."""
        self._provider = provider
        self._give_up = give_up
        self._tracer = provider.get_tracer("parley")

    def begin(self, name: str, values: Values = _NONE) -> Span:
        return _Span(self, self.start(None, name, values))

    def start(self, parent: "SdkSpan | None", name: str, values: Values, began_ns: int | None = None) -> "SdkSpan":
        """Inside `parent`."""
        from opentelemetry.context import Context
        from opentelemetry.trace import set_span_in_context

        context = Context() if parent is None else set_span_in_context(parent, Context())
        return self._tracer.start_span(name, context=context, attributes=dict(values), start_time=began_ns)

    def start_apart(self, cause: "SdkSpan", name: str, values: Values) -> "SdkSpan":
        """A trace of its own."""
        from opentelemetry.context import Context
        from opentelemetry.trace import Link

        links = [Link(cause.get_span_context())]
        return self._tracer.start_span(name, context=Context(), attributes=dict(values), links=links)

    async def close(self) -> None:
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await asyncio.to_thread(self._provider.shutdown)
        except TimeoutError:
            self._give_up()
            _log.warning("traces_left_unsent")


class _Span:
    __slots__ = ("_ended_ns", "_span", "_tracer")

    def __init__(self, tracer: _Tracer, span: "SdkSpan") -> None:
        self._tracer = tracer
        self._span = span
        self._ended_ns: int | None = None

    def begin(self, name: str, values: Values = _NONE, began_ns: int | None = None) -> Span:
        return _Span(self._tracer, self._tracer.start(self._span, name, values, began_ns))

    def apart(self, name: str, values: Values = _NONE) -> Span:
        return _Span(self._tracer, self._tracer.start_apart(self._span, name, values))

    def note(self, values: Values) -> None:
        self._span.set_attributes(dict(values))

    def end(self, problem: str | None = None, ended_ns: int | None = None) -> None:
        from opentelemetry.trace import StatusCode

        if self._ended_ns is not None:
            return
        self._ended_ns = time.time_ns() if ended_ns is None else ended_ns
        if problem is not None:
            self._span.set_attribute("error.type", problem)
            self._span.set_status(StatusCode.ERROR)
        self._span.end(self._ended_ns)

    def covers(self, at_ns: int) -> bool:
        sampled: bool = self._span.get_span_context().trace_flags.sampled
        return sampled and (self._ended_ns is None or at_ns < self._ended_ns)
