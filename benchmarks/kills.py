"""Kill -9 in the middle of uploads and writes: `run.py bench kills [--kills 50] [--seed 1]`.

Starts a node, lets two writers upload documents, write notes and talk, kills it at a random moment, checks that all it
had confirmed is in the database, and starts it again. After every ten kills every document must become ready, passages
and bytes must agree with their documents, and the search index with its rows. Ends with 1 and says what is wrong.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from kit import logs
from kit.database import Database
from server.embedded.stack import EmbeddedStack
from server.migrate import migrate
from tests.support import victim


async def run(kills: int, seed: int, folder: Path, database_url: str, redis_url: str) -> None:
    await migrate(database_url)
    database = await Database.open(database_url)
    node, chance, begun = victim.victim(database_url, redis_url, folder), random.Random(seed), time.monotonic()
    for number in range(1, kills + 1):
        await victim.one_kill(node, database, chance)
        confirmed = ", ".join(f"{len(held)} {kind}" for kind, held in node.promised.items())
        print(f"kill {number} of {kills}: all that was confirmed is there ({confirmed})", flush=True)
        if number % 10 == 0 or number == kills:
            await victim.after_all(node, database)
            print("   every document is whole, the index agrees with its rows", flush=True)
    await database.close()
    print(f"{kills} kills in {time.monotonic() - begun:.0f} s: nothing lost, every document whole, the index agrees")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(argv)
    logs.configure("warning")
    with tempfile.TemporaryDirectory(prefix="parley-kills-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        stack = EmbeddedStack(folder / "servers")
        try:
            ends = stack.start()
            asyncio.run(run(given.kills, given.seed, folder, ends.database_url, ends.redis_url))
        except AssertionError as wrong:
            print(f"not consistent: {wrong}")
            return 1
        finally:
            stack.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
