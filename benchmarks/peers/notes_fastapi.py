"""What a user would write with FastAPI for the same two operations: `uvicorn benchmarks.peers.notes_fastapi:app`.

The same statements over asyncpg, the same validation by pydantic, the same look at the session for each request and the
same rate limit in Redis. Runs in an environment of its own, made by the benchmark.
"""

import os
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

import asyncpg
import jwt
from fastapi import Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from redis.asyncio import from_url

Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Content = Annotated[str, StringConstraints(max_length=100_000)]
Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50)]
LIMIT_SCRIPT = os.environ["BENCH_LIMIT_SCRIPT"]
QUOTA = 100_000_000


class NoteCreate(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: Title
    content: Content
    tags: Annotated[tuple[Tag, ...], Field(max_length=20)] = ()
    conversation_id: Id | None = None


class NoteQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")
    limit: int = Field(20, ge=1, le=100)
    cursor: str | None = Field(None, pattern=r"^[A-Za-z0-9_-]{32}$")
    tag: str | None = Field(None, max_length=50)
    conversation_id: Id | None = None


class NoteResponse(BaseModel):
    id: str
    title: str
    content: str
    tags: list[str]
    conversation_id: str | None
    created_at: datetime
    updated_at: datetime


class NoteList(BaseModel):
    items: list[NoteResponse]
    next_cursor: str | None


async def _codecs(connection: asyncpg.Connection) -> None:
    await connection.set_type_codec("uuid", schema="pg_catalog", encoder=str, decoder=str, format="text")


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.pool = await asyncpg.create_pool(
        os.environ["DATABASE_URL"], min_size=1, max_size=10, init=_codecs, server_settings={"timezone": "UTC"}
    )
    redis = from_url(os.environ["REDIS_URL"])
    app.state.limit = redis.register_script(LIMIT_SCRIPT)
    yield
    await redis.aclose()
    await app.state.pool.close()


app = FastAPI(lifespan=lifespan)


async def pool(request: Request) -> asyncpg.Pool:
    found: asyncpg.Pool = request.app.state.pool
    return found


Pool = Annotated[asyncpg.Pool, Depends(pool)]


async def caller(
    request: Request,
    response: Response,
    pool: Pool,
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())],
) -> str:
    try:
        claims = jwt.decode(
            credentials.credentials,
            os.environ["PARLEY_SECRET_KEY"],
            algorithms=["HS256"],
            issuer="parley",
            options={"require": ["exp", "iat", "iss"]},
        )
    except jwt.PyJWTError as error:
        raise HTTPException(401, "not_authenticated") from error
    async with pool.acquire() as cx:
        row = await cx.fetchrow(
            """select u.id, u.role from auth_sessions s join users u on u.id = s.user_id
               where s.id = $1 and s.user_id = $2 and s.revoked_at is null and s.expires_at > $3""",
            claims["sid"],
            claims["sub"],
            datetime.now(UTC),
        )
    if row is None:
        raise HTTPException(401, "not_authenticated")
    user_id: str = row["id"]
    name = "read" if request.method == "GET" else "write"
    ((allowed, remaining, _, reset),) = await request.app.state.limit(
        keys=[f"fastapi:limit:{name}:{user_id}"], args=[60 / QUOTA, QUOTA, 1]
    )
    if not allowed:
        raise HTTPException(429, "rate_limited")
    response.headers["RateLimit-Policy"] = f'"{name}";q={QUOTA};w=60'
    response.headers["RateLimit"] = f'"{name}";r={int(remaining)};t={int(float(reset))}'
    return user_id


Caller = Annotated[str, Depends(caller)]


@app.get("/api/core/notes")  # type: ignore[untyped-decorator]
async def listing(query: Annotated[NoteQuery, Query()], caller: Caller, pool: Pool) -> NoteList:
    async with pool.acquire() as cx:
        rows = await cx.fetch(
            """
        select * from notes where owner_id = $1 and ($2::text is null or $2 = any(tags))
            and ($3::uuid is null or conversation_id = $3) and ($4::uuid is null or id < $4)
        order by id desc limit $5
        """,
            caller,
            query.tag,
            query.conversation_id,
            query.cursor,
            query.limit + 1,
        )
    items = [_note(row) for row in rows[: query.limit]]
    return NoteList(items=items, next_cursor=items[-1].id if len(rows) > query.limit else None)


@app.post("/api/core/notes", status_code=201)  # type: ignore[untyped-decorator]
async def create(body: NoteCreate, caller: Caller, pool: Pool) -> NoteResponse:
    async with pool.acquire() as cx:
        row = await cx.fetchrow(
            """
        insert into notes (id, owner_id, conversation_id, title, content, tags, created_at, updated_at)
        select $1, $2, $3, $4, $5, $6, $7, $7
        where $3::uuid is null or exists (select from conversations where id = $3 and owner_id = $2)
        returning *
        """,
            _new_id(),
            caller,
            body.conversation_id,
            body.title,
            body.content,
            list(body.tags),
            datetime.now(UTC),
        )
    if row is None:
        raise HTTPException(404, "not_found")
    return _note(row)


def _note(row: Any) -> NoteResponse:
    return NoteResponse(
        id=row["id"],
        title=row["title"],
        content=row["content"],
        tags=row["tags"],
        conversation_id=row["conversation_id"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )


def _new_id() -> str:
    value = (time.time_ns() // 1_000_000 << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    return str(uuid.UUID(int=(value & ~(0x3 << 62)) | (0x2 << 62)))
