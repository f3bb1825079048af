"""The text of a document, for who may read it."""

from api.knowledge import store
from api.knowledge.models import Reader
from kit.caller import Caller
from kit.database import Connection


class DocumentTexts:
    """What other areas may read of documents."""

    async def text(self, cx: Connection, caller: Caller, document_id: str, most: int) -> str | None:
        """Its passages from the beginning, up to `most` characters or a passage more; None for a document that the
        caller may not see or that is not read yet."""
        found = await store.seen(cx, Reader(caller.user_id, caller.organization_id), document_id)
        if found is None or found.status != "ready":
            return None
        return await store.beginning(cx, document_id, most)
