"""The process that speaks with Ray for all lanes of a server process; the only place that knows Ray.

Ray gets a process of its own because its library ends the process that it is in: a minute after the cluster's GCS is
lost, and after two where none answers at first. The server sees a closed socket and goes on. Actors end with the driver
that made them.
"""

import contextlib
import os
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from kit.processes.channel import Channel
from speech.engines.cluster import actor
from speech.engines.cluster.messages import HELLO, Close, Cluster, Do, Found, Gone, Message, Open, Reply
from speech.pool import jobs

_CURE = "uv pip install --python .venv/bin/python --require-hashes --requirement requirements-ray.lock"
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")  # as in a worker process
_REACH_SECONDS = 5.0
_LEAST_SECONDS = 0.01
_LANES = 256
_LINE = 300


class RayDriver:
    """The actors of our lanes."""

    def __init__(self, channel: "Channel[tuple[int, Reply], tuple[int, Message]]") -> None:
        self._channel = channel
        self._sending = threading.Lock()
        self._actors: dict[int, Any] = {}
        self._silence: Any = None
        self._grouping = threading.Lock()
        self._group: Any = None
        self._grouped: set[int] = set()  # lanes whose actors are in the group

    def serve(self) -> None:
        """Answer until the socket closes. Each message has a thread: it waits for its actor."""
        threads = ThreadPoolExecutor(_LANES, thread_name_prefix="lane")
        while True:
            try:
                number, message = self._channel.receive()
            except (EOFError, OSError):
                return
            threads.submit(self._answer, number, message, time.monotonic())

    def send(self, number: int, reply: Reply) -> None:
        """From any thread."""
        with self._sending, contextlib.suppress(OSError):  # the server is gone; `serve` sees it
            self._channel.send((number, reply))

    def _answer(self, number: int, message: Message, came: float) -> None:
        """`came`: when it did, of `time.monotonic`; its deadline counts from then."""
        try:
            reply = self._handle(message, came)
        except Exception as error:
            reply = Gone(_line(error))
        self.send(number, reply)

    def _handle(self, message: Message, came: float) -> Reply:
        if isinstance(message, Open):
            return self._open(message, came)
        if isinstance(message, Close):
            self._drop(message.lane)
            return None
        if (one := self._actors.get(message.lane)) is None:
            return Gone("there is no actor")
        return self._asked(one.handle.remote(message.job), message, came)

    def _open(self, message: Open, came: float) -> Reply:
        import ray

        self._drop(message.lane)
        cluster = message.cluster
        remote: Any = ray.remote(
            num_cpus=cluster.cpus,
            num_gpus=cluster.gpus,
            max_restarts=0,  # another lane comes in its place
            max_task_retries=0,  # the pool repeats a job, on whichever lane is free
            scheduling_strategy=self._apart(message.lane, cluster),
            runtime_env={"env_vars": dict.fromkeys(_THREADS, str(message.wanted.threads))},
        )(actor.Recognizer)
        one = remote.remote(message.wanted, self._silence)
        self._actors[message.lane] = one
        reply = self._asked(one.loaded.remote(), message, came)
        if isinstance(reply, jobs.Loaded):
            self._silence = reply.silence
            return jobs.Loaded(reply.engine)
        self._drop(message.lane)
        return reply

    def _apart(self, lane: int, cluster: Cluster) -> Any:
        """How an actor is placed: the first ones in a group that Ray spreads over machines, so that one that dies does
        not take all; further ones wherever there is room. Ray finds places for a group only as a whole."""
        from ray.util.placement_group import placement_group
        from ray.util.scheduling_strategies import PlacementGroupSchedulingStrategy

        with self._grouping:
            if self._group is None:
                size = {name: each for name, each in (("CPU", cluster.cpus), ("GPU", cluster.gpus)) if each}
                self._group = placement_group([size] * cluster.least, strategy="SPREAD")
            if len(self._grouped) >= cluster.least:
                return "SPREAD"
            self._grouped.add(lane)
            return PlacementGroupSchedulingStrategy(self._group)

    def _asked(self, answer: Any, message: Open | Do, came: float) -> Reply:
        """What the actor says, in time."""
        from ray import exceptions, get

        try:
            reply: Reply = get(answer, timeout=max(_LEAST_SECONDS, came + message.seconds - time.monotonic()))
            return reply
        except exceptions.GetTimeoutError:
            if isinstance(message, Open):
                each = f"{message.cluster.cpus:g} CPUs and {message.cluster.gpus:g} GPUs"
                why = f"the cluster has no place for {message.cluster.least} or more with {each} each, or is too slow"
                return jobs.Failed("cluster_full", why)
            return Gone(f"no answer within {message.seconds:g} s")
        except exceptions.RayTaskError as error:  # by Ray or Python before our own code ran, which raises nothing
            return jobs.Failed("engine_broken", _line(error.cause))

    def _drop(self, lane: int) -> None:
        import ray

        self._grouped.discard(lane)
        if (one := self._actors.pop(lane, None)) is not None:
            with contextlib.suppress(Exception):  # it has ended
                ray.kill(one)


def _line(error: object) -> str:
    """The first line of an error; the others are a trace of another machine."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0] if lines else ''}"[:_LINE]


def connected(address: str) -> Found | jobs.Failed:
    """Join the cluster."""
    try:
        import ray
    except ImportError as missing:
        return jobs.Failed("ray_missing", f"the package {missing.name} is missing: {_CURE}")
    try:
        if address != "auto":  # Ray itself tries for two minutes, then ends the process
            host, _, port = address.removeprefix("ray://").rpartition(":")
            socket.create_connection((host.strip("[]"), int(port)), _REACH_SECONDS).close()
        ray.init(address=address, namespace="parley", log_to_driver=False, configure_logging=False)
        untyped: Any = ray
        whole = untyped.cluster_resources()
        return Found(sum(node["Alive"] for node in untyped.nodes()), whole.get("CPU", 0.0), whole.get("GPU", 0.0))
    except (Exception, SystemExit) as error:
        return jobs.Failed("cluster_unreachable", _line(error))


def main(descriptor: str, address: str) -> None:
    """Serve the socket of this number until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    driver = RayDriver(Channel(int(descriptor)))
    found = connected(address)
    driver.send(HELLO, found)
    if isinstance(found, Found):
        driver.serve()
    os._exit(0)  # threads that wait for actors would hold it; Ray ends the actors of a driver that is gone
