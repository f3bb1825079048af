"""Trainings that do not depend on each other, side by side."""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

T = TypeVar("T")
_calls: list[Callable[[], Any]] = []


def each(calls: list[Callable[[], T]]) -> list[T]:
    """The results of all, in order; a process a processor. What they read is inherited, only results are sent.

    Each runs on one thread, so that the results are the same however many there are.
    """
    _calls[:] = calls
    try:
        with ProcessPoolExecutor(os.cpu_count(), get_context("fork")) as pool:
            return list(pool.map(_call, range(len(calls))))
    finally:
        _calls.clear()


def _call(index: int) -> Any:
    return _calls[index]()
