"""SQL of sound: recordings kept with consent, and listening texts that were spoken once."""

from dataclasses import dataclass
from datetime import datetime

from kit.database import Connection


@dataclass(frozen=True)
class Sound:
    """Encoded sound."""

    media_type: str
    content: bytes


async def add_recording(
    tx: Connection, *, audio_id: str, user_id: str, sound: Sound, seconds: float, at: datetime
) -> None:
    """Store a recording."""
    await tx.execute(
        """
        insert into english_recordings (id, user_id, media_type, content, seconds, created_at)
        values ($1, $2, $3, $4, $5, $6)
        """,
        audio_id,
        user_id,
        sound.media_type,
        sound.content,
        seconds,
        at,
    )


async def recording(cx: Connection, user_id: str, audio_id: str) -> Sound | None:
    """The user's recording; None if there is none."""
    row = await cx.fetchrow(
        "select media_type, content from english_recordings where id = $2 and user_id = $1", user_id, audio_id
    )
    return Sound(row["media_type"], row["content"]) if row else None


async def delete_recording(cx: Connection, user_id: str, audio_id: str) -> bool:
    """Whether it existed."""
    return (
        await cx.fetchval(
            "delete from english_recordings where id = $2 and user_id = $1 returning true", user_id, audio_id
        )
        is not None
    )


async def voiced(cx: Connection, audio_id: str) -> Sound | None:
    """A listening text as sound; None if it was not spoken yet."""
    row = await cx.fetchrow("select media_type, content from english_voiced where id = $1", audio_id)
    return Sound(row["media_type"], row["content"]) if row else None


async def add_voiced(cx: Connection, audio_id: str, sound: Sound, at: datetime, module_id: str | None) -> None:
    """Keep a listening text as sound, for all learners: as long as the module of a teacher is there that it is of."""
    await cx.execute(
        """
        insert into english_voiced (id, media_type, content, created_at, module_id)
        select $1, $2, $3, $4, $5 where $5::text is null
            or exists (select from english_own_modules where id = $5 for key share)
        on conflict do nothing
        """,
        audio_id,
        sound.media_type,
        sound.content,
        at,
        module_id,
    )
