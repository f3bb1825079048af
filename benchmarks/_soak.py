"""What a long run is judged by: numbers of each minute in, what grew out. No process is looked at here."""

from collections.abc import Sequence
from dataclasses import dataclass, field

SLOPE_MB_PER_HOUR = 12.0
NOISE_MB = 8.0  # what a run of minutes can grow by without a leak: buffers, pools, late loading
_LEFT = {"tasks": 5, "files": 20}  # more than before the run: pools hold connections, the exporter of metrics has some
MEGABYTE = 2**20


@dataclass(frozen=True)
class Minute:
    """Memory in bytes by kind of process, and what the server counted. `lag_ms` is the p99 of this minute."""

    at_s: float
    memory: dict[str, int]
    files: int
    tasks: int
    sessions: int
    lag_ms: float


@dataclass
class Bills:
    """Seconds that were billed, and the bounds between which that had to be."""

    actual: float = 0.0
    least: float = 0.0
    most: float = 0.0
    off: list[str] = field(default_factory=list)

    def add(self, actual: float, least: float, most: float) -> None:
        """One session's. A second that began counts."""
        self.actual += actual
        self.least += least
        self.most += most
        if not least - 0.5 <= actual <= most + 1:
            self.off.append(f"{actual:.0f} s billed, {least:.1f} to {most:.1f} expected")


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Of the straight line nearest to (x, y); 0 for fewer than two points."""
    if len(points) < 2:
        return 0.0
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread if spread else 0.0


def second_half(minutes: Sequence[Minute]) -> list[Minute]:
    """Everything is loaded by then."""
    middle = (minutes[0].at_s + minutes[-1].at_s) / 2
    return [minute for minute in minutes if minute.at_s >= middle]


def slopes(minutes: Sequence[Minute]) -> dict[str, tuple[float, float]]:
    """Of each kind of process over the second half: MB per hour, and the MB that it means for that half. Kinds that
    come and go, as what decodes a recording, are left out."""
    half = second_half(minutes)
    hours = (half[-1].at_s - half[0].at_s) / 3600
    found = {}
    for kind in sorted(set.intersection(*(set(minute.memory) for minute in half))):
        rise = slope([(minute.at_s / 3600, minute.memory[kind] / MEGABYTE) for minute in half])
        found[kind] = rise, rise * hours
    return found


def verdict(before: Minute, minutes: Sequence[Minute], after: Minute, bills: Bills, wrong: Sequence[str]) -> list[str]:
    """What is not as it has to be, in words; empty when the run was flat. `before` and `after` are without sessions;
    `wrong` is what learners saw."""
    found = [
        f"memory of {kind} grows by {rise:.1f} MB per hour ({grown:.1f} MB in the second half)"
        for kind, (rise, grown) in slopes(minutes).items()
        if rise > SLOPE_MB_PER_HOUR and grown > NOISE_MB
    ]
    for what, spare in _LEFT.items():
        first, last = getattr(before, what), getattr(after, what)
        if last > first + spare:
            found.append(f"{what} from {first} to {last} when all had left")
    if after.sessions:
        found.append(f"{after.sessions} sessions stayed")
    if bills.off:
        found.append(f"{len(bills.off)} wrong bills, the first: {bills.off[0]}")
    return [*found, *wrong]
