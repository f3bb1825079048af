"""A learner in a process of its own, to be killed: prints its offer, reads the answer, says when it is connected."""

import asyncio
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.support.webrtc import Learner


async def main() -> None:
    learner = Learner()
    print(json.dumps({"sdp": await learner.offer()}), flush=True)
    await learner.accept(json.loads(sys.stdin.readline())["sdp"])
    await learner.connected()
    print("connected", flush=True)
    await asyncio.sleep(60)


if __name__ == "__main__":
    asyncio.run(main())
