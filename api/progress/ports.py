"""What this slice needs from others."""

from typing import Protocol

from kit.database import Connection


class Skills(Protocol):
    """Where a learner's weakest skills are known."""

    async def weakest(self, tx: Connection, user_id: str) -> list[str]:
        """Skills that lag behind the others (of reading, writing, listening, speaking), the weakest first; none while
        too little is known to say so."""
        ...
