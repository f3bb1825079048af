"""How many errors are logged of one kind."""

import errno

import pytest

from kit import errors
from kit.errors import Kind


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EMFILE, "Too many open files"),
        OSError(errno.EROFS, "Read-only file system"),
        MemoryError(),
        RuntimeError("can't start new thread"),
    ],
)
def test_what_the_machine_lacks_passes(error: Exception) -> None:
    failure = errors.of(error)
    assert (failure.kind, failure.code) == (Kind.UNAVAILABLE, "unavailable")
    assert failure.retry_after


def test_a_fault_of_ours_is_one_and_a_failure_is_itself() -> None:
    assert errors.of(ValueError("x")).kind is Kind.INTERNAL
    mine = errors.not_found()
    assert errors.of(mine) is mine
