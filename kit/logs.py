"""Structured logs: JSON lines for machines, coloured lines for a terminal.

Bound values (`bind(session_id=…)`) are in every line of the same task. Values whose names suggest a secret are replaced
before rendering.
"""

import logging
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

import structlog

Logger = structlog.typing.FilteringBoundLogger

_level = [logging.DEBUG]  # structlog's own default
_SECRET_WORDS = ("password", "token", "secret", "authorization", "api_key", "apikey", "cookie", "ticket")


REQUEST_ID: ContextVar[str] = ContextVar("request_id")
"""Is in every line of the task that sets it and of tasks that this one starts."""


def _add_request(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if (request_id := REQUEST_ID.get(None)) is not None:
        event["request_id"] = request_id
    return event


def _redact(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if value is not None and any(word in key.lower() for word in _SECRET_WORDS):
            event[key] = "***"
    return event


def configure(level: str = "info", as_json: bool | None = None) -> None:
    """Set up logging for the process. `as_json=None`: JSON unless standard error is a terminal."""
    to_json = (not sys.stderr.isatty()) if as_json is None else as_json
    renderer: Any = structlog.processors.JSONRenderer() if to_json else structlog.dev.ConsoleRenderer()
    number = logging.getLevelNamesMapping()[level.upper()]
    _level[0] = number
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _add_request,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _redact,
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=max(number, logging.WARNING), stream=sys.stderr, force=True)


def wants_debug() -> bool:
    """Whether debug lines are written, for values that are costly to compute."""
    return _level[0] <= logging.DEBUG


def get(name: str) -> Logger:
    """The logger of a module."""
    return cast(Logger, structlog.get_logger(module=name))


@contextmanager
def bind(**values: object) -> Iterator[None]:
    """Add `values` to every line logged inside the block by this task and those it starts."""
    with structlog.contextvars.bound_contextvars(**values):
        yield
