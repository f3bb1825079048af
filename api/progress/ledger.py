"""Adding to the XP ledger, in the caller's transaction and with the learner's wallet locked."""

from dataclasses import replace

from api.progress import boosters, levels, store, zones
from api.progress.models import Grant, Wallet
from kit.database import Connection

QUEST = "quest"
TOKENS_PER_LEVEL = 5


async def add(tx: Connection, wallet: Wallet, grant: Grant) -> tuple[int, Wallet]:
    """Points given (0 when the source key was used) and the wallet after that. Quest rewards are not boosted."""
    at = grant.at
    points = grant.amount if grant.kind == QUEST else boosters.apply(grant.amount, wallet.booster, at)
    day = zones.local_day(at, wallet.zone)
    if not await store.add_grant(tx, wallet, grant, points, day):
        return 0, wallet
    await store.add_to_day(tx, wallet.user_id, day, points, at, wallet.zone)
    await store.add_to_kind(tx, wallet.user_id, day, grant.kind, points)
    total = await store.add_xp(tx, wallet.user_id, points)
    for level in range(levels.level_of(wallet.xp_total) + 1, levels.level_of(total) + 1):
        await store.add_tokens(tx, wallet.user_id, f"level:{level}", TOKENS_PER_LEVEL, f"Reached level {level}", at)
    return points, replace(wallet, xp_total=total)
