"""Fair order: the owner who used least comes next, so no owner waits behind all the work of another."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from kit.clock import Clock

_HALF_LIFE_SECONDS = 60.0
_FORGOTTEN_SECONDS = 0.05
_MOST_OWNERS = 4096


class Use:
    """Seconds that each owner used recently. Use of a minute ago counts half."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._used: dict[str, tuple[float, float]] = {}

    def of(self, owner: str | None) -> float:
        """0 without a name: each of them counts as a new owner."""
        if owner is None or (found := self._used.get(owner)) is None:
            return 0.0
        seconds, at = found
        return float(seconds * 0.5 ** ((self._clock.monotonic() - at) / _HALF_LIFE_SECONDS))

    def add(self, owner: str | None, seconds: float) -> None:
        """Count seconds of use for an owner; use without an owner counts for nobody."""
        if owner is None:
            return
        if len(self._used) >= _MOST_OWNERS:
            self._used = {one: used for one, used in self._used.items() if self.of(one) > _FORGOTTEN_SECONDS}
        self._used[owner] = self.of(owner) + seconds, self._clock.monotonic()


@dataclass(eq=False)
class Place:
    """One of the places, held by `owner`."""

    places: "Places"
    owner: str | None
    since: float = 0.0
    inside: bool = False

    @property
    def seconds_left(self) -> float:
        """How long this turn lasts. After that other owners may have the slot."""
        return max(0.0, self.since + self.places.turn_seconds - self.places.clock.monotonic())

    @property
    def is_wanted(self) -> bool:
        """Whether the turn is over and another owner waits."""
        return self.seconds_left == 0.0 and self.places.is_wanted_by_others(self.owner)

    async def let_by(self) -> None:
        """Queue again. The work that the slot was held for must pause meanwhile."""
        self.places.leave(self)
        await self.places.enter(self)


class Places:
    """A number of slots, given in turns: owners without a slot come first, then those who used least."""

    def __init__(self, size: int, clock: Clock, *, each: int | None = None, turn_seconds: float = 2.0) -> None:
        """`each`: the most that one owner may have, even if more are free."""
        self.clock = clock
        self._each = each
        self.turn_seconds = turn_seconds
        self._free = size
        self._use = Use(clock)
        self._inside: Counter[str | None] = Counter()
        self._line: dict[Place, asyncio.Future[None]] = {}

    @asynccontextmanager
    async def place(self, owner: str | None) -> AsyncIterator[Place]:
        """A place for as long as the block runs; waits until one is free."""
        place = Place(self, owner)
        await self.enter(place)
        try:
            yield place
        finally:
            if place.inside:
                self.leave(place)

    def is_wanted_by_others(self, owner: str | None) -> bool:
        """Whether anybody else waits for a place."""
        return any(place.owner is None or place.owner != owner for place in self._line)

    async def enter(self, place: Place) -> None:
        """Wait for a place. If the wait is cancelled, nothing stays behind."""
        admitted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._line[place] = admitted
        self._admit()
        try:
            await admitted
        except asyncio.CancelledError:
            if self._line.pop(place, None) is None:  # it came in the very moment of giving up
                self.leave(place)
            raise

    def leave(self, place: Place) -> None:
        """Give the place back, and count how long it was used."""
        self._use.add(place.owner, self.clock.monotonic() - place.since)
        place.inside = False
        self._inside[place.owner] -= 1
        if not self._inside[place.owner]:
            del self._inside[place.owner]
        self._free += 1
        self._admit()

    def _had(self, place: Place) -> tuple[int, float]:
        """The queue is in order of arrival, and `min` takes the first of equals."""
        return (self._inside[place.owner] if place.owner is not None else 0), self._use.of(place.owner)

    def _may(self, place: Place) -> bool:
        return self._each is None or place.owner is None or self._inside[place.owner] < self._each

    def _admit(self) -> None:
        while self._free and (able := [place for place in self._line if self._may(place)]):
            had = {place.owner: self._had(place) for place in able}  # once an owner: use fades while one looks
            place = min(able, key=lambda one: had[one.owner])
            admitted = self._line.pop(place)
            place.since, place.inside = self.clock.monotonic(), True
            self._inside[place.owner] += 1
            self._free -= 1
            if not admitted.done():
                admitted.set_result(None)
