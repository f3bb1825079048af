"""Ids and secrets."""

import time

import pytest

from kit import ids


def test_ids_sort_by_the_moment_they_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = ids.new_id()
    real = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real() + 5_000_000)
    assert earlier < ids.new_id()


def test_ids_of_one_millisecond_sort_too(monkeypatch: pytest.MonkeyPatch) -> None:
    at = iter(range(1_700_000_000_000_000_000, 1_700_000_000_001_000_000, 1_000))  # a microsecond apart
    monkeypatch.setattr(time, "time_ns", lambda: next(at))
    made = [ids.new_id() for _ in range(1000)]
    assert made == sorted(made) and len({one[:13] for one in made}) == 1


def test_an_id_has_the_version_and_variant_of_uuid7() -> None:
    made = ids.new_id()
    assert made[14] == "7"
    assert made[19] in "89ab"
    assert ids.is_id(made)


def test_only_our_form_of_an_id_is_one() -> None:
    made = ids.new_id()
    assert not ids.is_id(made.upper())
    assert not ids.is_id(made.replace("-", ""))
    assert not ids.is_id("'; drop table users")
