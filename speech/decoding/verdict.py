"""Why a recording cannot be read."""

from typing import Literal

from kit import errors

Reason = Literal["unknown", "silent", "broken", "too_long", "too_much"]


class Unreadable(Exception):
    """The recording cannot be decoded; the text says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def refusal(verdict: Unreadable, most_s: float) -> errors.Failure:
    """The same for a client: `invalid_audio` or `too_large`."""
    match verdict.reason:
        case "too_long":
            return errors.too_large(f"The recording is longer than {most_s / 60:g} minutes.")
        case "too_much":
            return errors.too_large("The recording takes too much memory or time to decode.")
        case "silent":
            return errors.invalid("The file has no sound.", code="invalid_audio")
    return errors.invalid("The file is no recording that can be decoded.", code="invalid_audio")
