"""A node's process as far as media workers go, to be killed: prints the ids of its workers and waits."""

import asyncio
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from kit.clock import SystemClock
from kit.tasks import Tasks
from realtime.transports.webrtc.media_processes import MediaProcesses
from realtime.transports.webrtc.peers import PeerSettings


async def main() -> None:
    media_processes = MediaProcesses(1, Tasks(), SystemClock(), PeerSettings(24_000), "error")
    await media_processes.start()
    await media_processes.ready()
    print(json.dumps([worker.pid for worker in media_processes.workers]), flush=True)
    await asyncio.sleep(60)


if __name__ == "__main__":
    asyncio.run(main())
