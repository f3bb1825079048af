"""What all parts of a node use, opened and closed together."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from kit import ids, otlp, tracing
from kit.clock import Clock, SystemClock
from kit.database import Database
from kit.foreign_servers import ForeignServers
from kit.jobs import Jobs
from kit.jwt import Signer
from kit.outbound import Outbound
from kit.redis import Redis, connect
from kit.secrets import Sealer
from kit.tasks import Tasks
from server import keys
from server.config import VERSION, Settings


@dataclass(frozen=True)
class Resources:
    """What the parts of one process share."""

    settings: Settings
    node: str
    clock: Clock
    database: Database
    redis: Redis
    tasks: Tasks
    outbound: Outbound
    foreign_servers: ForeignServers
    jobs: Jobs
    signer: Signer
    sealer: Sealer
    tracer: tracing.Tracer


@asynccontextmanager
async def opened(
    settings: Settings, *, database_url: str, redis_url: str, clock: Clock | None = None
) -> AsyncIterator[Resources]:
    """Connect to everything; close it in the opposite order on every path."""
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        node = settings.node or f"node-{ids.secret(6)}"
        receiver = settings.otel_exporter_otlp_endpoint
        tracer = tracing.NOTHING if receiver is None else otlp.opened(receiver, node, VERSION)
        stack.push_async_callback(tracer.close)
        traced = tracer is not tracing.NOTHING
        database = await Database.open(database_url, max_size=settings.database_pool, traced=traced)
        stack.push_async_callback(database.close)
        redis = connect(redis_url)
        stack.push_async_callback(redis.aclose)
        outbound = await stack.enter_async_context(Outbound(clock))
        foreign_servers = ForeignServers(settings.webhook_reach())
        stack.push_async_callback(foreign_servers.close)
        tasks = Tasks()
        stack.push_async_callback(tasks.close)
        key = keys.secret_key(settings)
        yield Resources(
            settings=settings,
            node=node,
            clock=clock,
            database=database,
            redis=redis,
            tasks=tasks,
            outbound=outbound,
            foreign_servers=foreign_servers,
            jobs=Jobs(database, clock, tasks),
            signer=Signer(key, clock),
            sealer=Sealer(key),
            tracer=tracer,
        )
