"""A driver that reaches its cluster and then does as its address says."""

import time

from kit.processes.channel import Channel
from speech.engines.cluster.messages import HELLO, Close, Found, Gone, Message, Open, Reply
from speech.pool import jobs
from speech.transcription.types import EngineName


def main(descriptor: str, address: str) -> None:
    channel: Channel[tuple[int, Reply], tuple[int, Message]] = Channel(int(descriptor))
    if address == "refuses":
        channel.send((HELLO, jobs.Failed("cluster_unreachable", "nobody there")))
        return
    if address == "mute":
        time.sleep(3600)
    channel.send((HELLO, Found(1, 2.0, 0.0)))
    if address == "deaf":
        time.sleep(3600)
    while True:
        try:
            number, message = channel.receive()
        except (EOFError, OSError):
            return
        if address == "dies":
            return
        if address == "lets be" or (address == "hears" and isinstance(message, Close)):
            continue
        if address == "hears":
            loaded = jobs.Loaded(EngineName("faster-whisper", "base", "1"))
            channel.send((number, loaded if isinstance(message, Open) else jobs.Answer(rss=3 << 30)))
            continue
        if address == "hangs":
            time.sleep(3600)
        channel.send((number + 1000, Gone("of another question")))
        channel.send((number, Gone("the actor died")))
