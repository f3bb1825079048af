"""A process with children of each kind, made to be killed: prints their ids and waits."""

import asyncio
import json
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from kit.processes import environment
from kit.processes.conversation import Conversation
from kit.processes.piped import piped
from kit.processes.process import Program, python, start


async def main() -> None:
    bare = environment.bare()
    conversation: Conversation[str, str] = Conversation(
        lambda number: python("test", "tests.support.children", "converses", str(number), variables=bare)
    )
    await conversation.start()
    child = await piped(python("test", "tests.support.children", "ignores", variables=bare))
    await child.out.readline()
    foreign = start(Program("test", ["sleep", "60"], bare, tie=signal.SIGTERM))
    pids = [int(await conversation.ask("pid", 30)), child.process.pid, foreign.pid]
    print(json.dumps(pids), flush=True)
    await asyncio.sleep(60)


if __name__ == "__main__":
    asyncio.run(main())
