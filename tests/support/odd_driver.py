"""A driver that reaches its cluster and then does as its address says."""

import time

from kit.processes.channel import Channel
from speech.engines.cluster.messages import HELLO, Found, Gone, Message, Reply
from speech.pool import jobs


def main(descriptor: str, address: str) -> None:
    channel: Channel[tuple[int, Reply], tuple[int, Message]] = Channel(int(descriptor))
    if address == "refuses":
        channel.send((HELLO, jobs.Failed("cluster_unreachable", "nobody there")))
        return
    channel.send((HELLO, Found(1, 2.0, 0.0)))
    while True:
        try:
            number, _ = channel.receive()
        except (EOFError, OSError):
            return
        if address == "dies":
            return
        if address == "hangs":
            time.sleep(3600)
        channel.send((number + 1000, Gone("of another question")))
        channel.send((number, Gone("the actor died")))
