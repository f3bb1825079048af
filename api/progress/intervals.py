"""Time that is counted once: unions and differences of half-open intervals [start, end)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

Interval = tuple[datetime, datetime]


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """The same instants as disjoint intervals in order; empty and reversed ones are dropped."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def subtract(interval: Interval, others: Iterable[Interval]) -> list[Interval]:
    """The parts of an interval that none of the others covers."""
    start, end = interval
    rest: list[Interval] = []
    for other_start, other_end in union(others):
        if other_end <= start:
            continue
        if other_start >= end:
            break
        if other_start > start:
            rest.append((start, other_start))
        start = max(start, other_end)
    if start < end:
        rest.append((start, end))
    return rest


def length(intervals: Iterable[Interval]) -> timedelta:
    """Time covered; what overlaps counts once."""
    return sum((end - start for start, end in union(intervals)), timedelta())
