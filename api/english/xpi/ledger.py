"""The ledger of XPI evidence: append-only, in order, each key once. The state beside it is what replaying gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.english.xpi import formula as xpi
from kit import ids
from kit.database import Connection

PLACED = "placement:"


@dataclass(frozen=True)
class Change:
    """The index before and after a piece of evidence."""

    before: int
    after: int


@dataclass(frozen=True)
class HistoryRow:
    """One change of the index."""

    id: str
    at: datetime
    xpi: int
    skill: str
    delta: int
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A score on work of a CEFR level, as `Evidence` has it; weight 1 is a usual task. With a key that begins with
    `PLACED` the score says where in the level a placement found the learner."""

    skill: str
    score: float
    level: str
    at: datetime
    source_key: str
    reason: str
    weight: float = 1.0

    @property
    def evidence(self) -> xpi.Evidence:
        """What the formula takes of it."""
        placed = self.source_key.startswith(PLACED)
        return xpi.Evidence(self.skill, self.level, float(self.score), self.at, float(self.weight), placed)


async def record(tx: Connection, user_id: str, entry: Entry) -> Change:
    """Add an entry, once for each source key of the user; a used key changes nothing.

    ValueError for an unknown skill or level. The learner's XPI row stays locked until the transaction ends.
    """
    seq = await _lock(tx, user_id) + 1
    state = await _state(tx, user_id)
    before = xpi.overall(state)
    after_state = xpi.update(state, entry.evidence)
    after = xpi.overall(after_state)
    if not await _add(tx, user_id, seq, entry, Change(before, after)):
        return Change(before, before)
    await tx.execute("update xpi_learners set seq = $2 where user_id = $1", user_id, seq)
    await _save(tx, user_id, entry.skill, after_state[entry.skill])
    await tx.execute(
        "update users set cefr_level = $2 where id = $1 and cefr_level is distinct from $2",
        user_id,
        xpi.cefr_level(after),
    )
    return Change(before, after)


async def current(tx: Connection, user_id: str, at: datetime) -> xpi.Standing:
    """The learner's index now."""
    return xpi.standing(await _state(tx, user_id), at)


async def standings(cx: Connection, user_ids: Sequence[str], at: datetime) -> dict[str, xpi.Standing]:
    """By user, in one statement."""
    rows = await cx.fetch(
        """
        select user_id, skill, ability, weight, fresh, samples, last_at from xpi_states
        where user_id = any($1::uuid[])
        """,
        user_ids,
    )
    states: dict[str, dict[str, xpi.SkillState]] = {user_id: {} for user_id in user_ids}
    for user_id, skill, *rest in rows:
        states[user_id][skill] = xpi.SkillState(*rest)
    return {user_id: xpi.standing(state, at) for user_id, state in states.items()}


async def current_and_weakest(tx: Connection, user_id: str, at: datetime) -> tuple[xpi.Standing, list[str]]:
    """The standing, and the skills that lag behind, the weakest first."""
    state = await _state(tx, user_id)
    return xpi.standing(state, at), xpi.weakest(state)


async def weakest(tx: Connection, user_id: str) -> list[str]:
    """Skills that lag behind, the weakest first (`formula.weakest`)."""
    return xpi.weakest(await _state(tx, user_id))


async def history(
    tx: Connection,
    user_id: str,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    after: tuple[datetime, str] | None,
) -> list[HistoryRow]:
    """Changes in [since, until), newest first; `after` is (at, id) of the last row of the page before."""
    rows = await tx.fetch(
        """
        select id, at, xpi, skill, delta, reason from xpi_evidence
        where user_id = $1 and ($2::timestamptz is null or at >= $2) and ($3::timestamptz is null or at < $3)
            and ($4::timestamptz is null or (at, id) < ($4, $5::uuid))
        order by at desc, id desc limit $6
        """,
        user_id,
        since,
        until,
        after[0] if after else None,
        after[1] if after else None,
        limit,
    )
    return [HistoryRow(*row) for row in rows]


async def replayed(tx: Connection, user_id: str) -> dict[str, xpi.SkillState]:
    """The state recomputed from the whole ledger."""
    rows = await tx.fetch(
        "select skill, level, score, at, weight, starts_with(source_key, $2) from xpi_evidence "
        "where user_id = $1 order by seq",
        user_id,
        PLACED,
    )
    return xpi.replay(xpi.Evidence(*row) for row in rows)


async def stored(tx: Connection, user_id: str) -> dict[str, xpi.SkillState]:
    """The stored state."""
    return await _state(tx, user_id)


async def _lock(tx: Connection, user_id: str) -> int:
    await tx.execute("insert into xpi_learners (user_id) values ($1) on conflict do nothing", user_id)
    seq: int = await tx.fetchval("select seq from xpi_learners where user_id = $1 for update", user_id)
    return seq


async def _state(tx: Connection, user_id: str) -> dict[str, xpi.SkillState]:
    rows = await tx.fetch(
        "select skill, ability, weight, fresh, samples, last_at from xpi_states where user_id = $1", user_id
    )
    return {skill: xpi.SkillState(*rest) for skill, *rest in rows}


async def _add(tx: Connection, user_id: str, seq: int, entry: Entry, change: Change) -> bool:
    return (
        await tx.fetchval(
            """
            insert into xpi_evidence
                (id, user_id, seq, source_key, skill, level, score, weight, at, reason, xpi, delta, formula_version)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (user_id, source_key) do nothing returning true
            """,
            ids.new_id(),
            user_id,
            seq,
            entry.source_key,
            entry.skill,
            entry.level,
            float(entry.score),
            float(entry.weight),
            entry.at,
            entry.reason,
            change.after,
            change.after - change.before,
            xpi.VERSION,
        )
        is not None
    )


async def _save(tx: Connection, user_id: str, skill: str, one: xpi.SkillState) -> None:
    await tx.execute(
        """
        insert into xpi_states (user_id, skill, ability, weight, fresh, samples, last_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (user_id, skill) do update set ability = $3, weight = $4, fresh = $5, samples = $6, last_at = $7
        """,
        user_id,
        skill,
        one.ability,
        one.weight,
        one.fresh,
        one.samples,
        one.last_at,
    )
