"""Decides who is served next, by which worker. There is no queue of audio: clients report how urgent their next wish
is, and a worker that becomes free takes the most urgent one and requests the job at that moment. So a partial is never
stale, memory does not grow with load, and a client has one job under way at most. Finals go first, oldest first; among
the others the client that has used the least worker time. Recordings come last, and their owners take turns: many of
one person do not delay one of another."""

from collections.abc import Callable

from kit import fair, logs
from kit.clock import Clock
from kit.tasks import Tasks
from speech.assessment import Engine
from speech.pool import jobs, metrics
from speech.pool.clients import Account, Client, Once, asked
from speech.pool.ladder import Ladder, Rung
from speech.pool.lane_set import LaneSet
from speech.pool.lanes import EngineBroken, JobFailed, Lane, LaneLost
from speech.pool.usage import Usage
from speech.transcription.types import Kind

_log = logs.get(__name__)

_ORDER: dict[Kind, int] = {"final": 0, "stable": 1, "partial": 2, "file": 3}
CROWD_S = 3.0
COUNT_S = 0.2  # every frame of every speaker asks how many there are


def deadline_s(job: jobs.Job, slowest: float = 6.0) -> float:
    """Seconds after which a worker counts as hung: a start-up allowance and a multiple of the audio."""
    return 15.0 + slowest * len(job.pcm) / 32_000


class WorkerPool:
    """A set of lanes and the clients they serve."""

    def __init__(self, clock: Clock, tasks: Tasks, *, rss_limit: int = 2 << 30) -> None:
        self.clock = clock
        self._tasks = tasks
        self._clients: dict[Client, Account] = {}
        self._lanes = LaneSet(clock, rss_limit, lambda lane: self.on_lost(lane))
        self.usage = Usage()
        self._recordings = fair.Use(clock)
        self._crowd = (float("-inf"), 1.0)  # when it was counted
        self._closed = False
        self._ladder = Ladder()
        self.on_lost: Callable[[Lane], None] = lambda _: None  # it could not be started again

    # ---- lanes

    @property
    def engines(self) -> list[Engine]:
        """The engine of each lane."""
        return [lane.engine.as_dict() for lane in self._lanes.all]

    @property
    def lanes(self) -> list[Lane]:
        """All lanes."""
        return list(self._lanes.all)

    def add(self, lane: Lane) -> None:
        """A lane that is ready for work."""
        if not self._lanes.all:  # waiting for the first engine does not count as a crowd
            for account in self._clients.values():
                account.waiting_since = None
        self._lanes.add(lane)
        self.notify()

    async def open(self, lane: Lane) -> None:
        """Start a lane and give it work. Raises EngineBroken, also when the pool was closed meanwhile."""
        try:
            await lane.start()
            if self._closed:
                raise EngineBroken("engine_crashed", "The workers were ended meanwhile.")
        except BaseException:
            await lane.stop()
            raise
        self.add(lane)

    async def retire(self, lane: Lane) -> None:
        """Take a lane out of service, at once or after the job that it is doing."""
        await self._lanes.retire(lane)

    async def close(self) -> None:
        """End all lanes."""
        self._closed = True
        await self._lanes.close()

    # ---- clients

    def join(self, client: Client) -> None:
        """Serve a client from now on; it begins with the use of the least served one."""
        least = min((account.used for account in self._clients.values()), default=0.0)
        self._clients[client] = Account(used=least)

    def leave(self, client: Client) -> None:
        """Serve a client no more."""
        self._clients.pop(client, None)

    def heard(self, client: Client) -> None:
        """Something may have become urgent for one client. Cheap; call it whenever audio arrived.

        The others need not be asked: while a worker is idle nobody waits.
        """
        account = self._clients.get(client)
        if account is not None:
            self._serve_some([(client, account)])

    def notify(self) -> None:
        """Something may have become urgent for anybody."""
        self._serve_some(list(self._clients.items()))

    def _serve_some(self, clients: list[tuple[Client, Account]]) -> None:
        now = self.clock.monotonic()
        wanting: list[tuple[Kind, Client, Account]] = []
        for client, account in clients:
            kind = None if account.busy else asked(client.pending, None)
            if kind is None:
                account.waiting_since = None
                continue
            if account.waiting_since is None:
                account.waiting_since = now
            wanting.append((kind, client, account))
        if self._closed or not self._lanes.idle or not wanting:
            return
        wanting.sort(key=self._urgency)
        for kind, client, account in wanting:
            if not self._lanes.idle:
                return
            job = asked(client.take, None)
            if job is None:
                account.waiting_since = None
                continue
            self._begin(kind, client, account, job, now)

    def _urgency(self, entry: tuple[Kind, Client, Account]) -> tuple[int, float, float]:
        kind, client, account = entry
        since = account.waiting_since or 0.0
        used = self._recordings.of(client.owner) if isinstance(client, Once) else account.used
        return (_ORDER[kind], 0.0 if kind == "final" else used, since)

    def _begin(self, kind: Kind, client: Client, account: Account, job: jobs.Job, now: float) -> None:
        account.lane = lane = self._lanes.take(account.lane)
        queue_s = now - (account.waiting_since if account.waiting_since is not None else now)
        account.waiting_since, account.busy, account.served_at = None, True, now
        self.usage.began(lane, now, queue_s)
        metrics.QUEUE_SECONDS.labels(kind).observe(queue_s)
        self._tasks.spawn(self._serve(lane, kind, client, account, job, queue_s), name="recognition")

    async def _serve(
        self, lane: Lane, kind: Kind, client: Client, account: Account, job: jobs.Job, queue_s: float
    ) -> None:
        answer, error = jobs.Answer(), None
        try:
            answer = await lane.run(job, deadline_s(job))
        except (LaneLost, JobFailed) as failure:
            error = failure
            _log.warning("recognition_job_failed", kind=kind, error=str(error))
        except Exception as failure:  # after any other error the lane may be broken: it is replaced
            error = LaneLost(f"{type(failure).__name__}: {failure}")
            _log.exception("recognition_lane_failed", kind=kind)
        finally:
            self._settle(lane, client, account)
        if error is None:
            metrics.ENGINE_SECONDS.labels(kind).observe(answer.seconds)
            asked(lambda: client.done(answer, queue_s), None)
        else:
            asked(lambda: client.failed(error), None)
        await self._lanes.put_back(lane, lost=isinstance(error, LaneLost), rss=answer.rss)
        self.notify()

    def _settle(self, lane: Lane, client: Client, account: Account) -> None:
        seconds = self.usage.ended(lane, self.clock.monotonic())
        account.used += seconds
        if isinstance(client, Once):
            self._recordings.add(client.owner, seconds)
        account.busy = False

    async def perform(self, job: jobs.Job, kind: Kind, owner: str | None = None) -> jobs.Answer:
        """Do one job for `owner` and wait for it. Raises Failure `recognition_failed` when it failed several times."""
        once = Once(job, kind, owner)
        self.join(once)
        self.notify()
        try:
            return await once.result
        finally:
            self.leave(once)

    # ---- how busy

    def busy_share(self) -> float:
        """Share of all lanes' time in use over the last ten seconds, 0 to 1."""
        share = self.usage.share(self.clock.monotonic(), len(self._lanes.all))
        metrics.BUSY.set(share)
        metrics.WAITING.set(self.waiting)
        return share

    @property
    def crowd(self) -> float:
        """Clients that were served within the last seconds for each lane, at least 1."""
        now = self.clock.monotonic()
        counted, crowd = self._crowd
        if now - counted >= COUNT_S:
            served = sum(1 for account in self._clients.values() if account.served_at >= now - CROWD_S)
            crowd = max(1.0, served / max(1, len(self._lanes.all)))
            self._crowd = now, crowd
        return crowd

    @property
    def rung(self) -> Rung:
        """What is reduced at the moment."""
        now = self.clock.monotonic()
        return self._ladder.update(now, self.usage.waited_s(now))

    @property
    def waiting(self) -> int:
        """Clients that want a worker and have none."""
        return sum(1 for account in self._clients.values() if account.waiting_since is not None)
