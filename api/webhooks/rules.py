"""When a delivery is tried again and when an endpoint is given up. Pure."""

from datetime import datetime, timedelta

from api.webhooks.models import DisabledReason, Outcome

DELAYS = (5, 30, 300, 1_800, 7_200, 18_000, 28_800, 28_800)
"""Seconds between tries: nine tries within a day."""
SPREAD = 0.2
"""Each delay is up to this part longer or shorter, so that what failed together does not come back together."""
LONG_FAILURE = timedelta(days=3)
OVERLAP = timedelta(hours=24)
"""How long a replaced secret signs as well."""
KEPT = timedelta(days=30)
"""How long events and their deliveries can be seen and replayed."""
NAMES_KEPT = timedelta(days=62)
"""How long names of events that are sent once are remembered: a month is longer than events are kept."""
MOST_ENDPOINTS = 20
"""Of a person or an organization."""
MOST_REPLAYED = 500
"""At once."""
_LONGEST_WISH = 3_600
_GONE = 410


def delay(failures: int, chance: float, wished: int | None = None) -> timedelta | None:
    """The time until the next try after so many failures in a row; None when there is none. `chance` is from 0 to 1.
    A later time that the receiver `wished` for is kept up to an hour."""
    if failures > len(DELAYS):
        return None
    planned = DELAYS[failures - 1] * (1 - SPREAD + 2 * SPREAD * chance)
    return timedelta(seconds=max(planned, min(wished or 0, _LONGEST_WISH)))


def is_given_up(outcome: Outcome, failures: int) -> bool:
    """Whether the delivery is dead after this try."""
    return outcome.status == _GONE or failures > len(DELAYS)


def disabling(outcome: Outcome, *, is_dead: bool, failing_since: datetime | None) -> DisabledReason | None:
    """Why the endpoint gets nothing any more, None when it does: it says that it is gone, or a delivery is dead and
    nothing else has arrived for days."""
    if outcome.status == _GONE:
        return "gone"
    is_long = failing_since is not None and outcome.at - failing_since >= LONG_FAILURE
    return "failing" if is_dead and is_long else None
