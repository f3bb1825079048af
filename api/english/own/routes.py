"""The operations of texts that teachers bring."""

from api.english.own.service import OwnTexts
from api.english.schemas.own import (
    XELOwnModule,
    XELOwnModuleList,
    XELOwnModuleQuery,
    XELTextPreview,
    XELTextRequest,
)
from kit import paging
from kit.http.operation import Access, Call, Operation

_TAG = "English course"
_ROOT = "/api/learn/english/texts"
_BK = Access.BEARER_OR_KEY


class OwnTextRoutes:
    def __init__(self, texts: OwnTexts) -> None:
        self._texts = texts

    def operations(self) -> list[Operation]:
        """All of them need `xel:read` or `xel:write`; who may do what is for the service to say."""
        read, write = "xel:read", "xel:write"
        one = f"{_ROOT}/{{module_id}}"
        return [
            Operation("POST", f"{_ROOT}/preview", self.preview, "See what a text would become", _TAG, _BK, scope=write,
                      errors=(403, 404)),
            Operation("POST", _ROOT, self.keep, "Make a module of a text", _TAG, _BK, scope=write, status=201,
                      errors=(403, 404, 409), idempotent=True),
            Operation("GET", _ROOT, self.listing, "List modules made of texts", _TAG, _BK, scope=read,
                      errors=(403, 404)),
            Operation("GET", one, self.one, "Get a module made of a text, with its key", _TAG, _BK, scope=read,
                      errors=(404,)),
            Operation("DELETE", one, self.delete, "Delete a module made of a text", _TAG, _BK, scope=write, status=204,
                      errors=(403, 404)),
        ]  # fmt: skip

    async def preview(self, call: Call, body: XELTextRequest) -> XELTextPreview:
        """The tasks that would be made of a text, with their key and the levels of its words. Nothing is kept. For
        those who teach in the organization."""
        return await self._texts.preview(call.caller, body)

    async def keep(self, call: Call, body: XELTextRequest) -> XELOwnModule:
        """Keep it as a module of the organization. Learners get it by an assignment; for others it does not exist."""
        return await self._texts.keep(call.caller, body)

    async def listing(self, call: Call, query: XELOwnModuleQuery) -> XELOwnModuleList:
        """Those of an organization in which the caller teaches."""
        after = paging.place_in(query.cursor)
        found = await self._texts.page(call.caller, query.organization_id, after, query.limit + 1)
        shown, following = paging.cut(found, query.limit, lambda each: paging.of_place(each.created_at, each.id))
        return XELOwnModuleList(items=shown, next_cursor=following)

    async def one(self, call: Call, module_id: str) -> XELTextPreview:
        """Text, levels of its words, tasks and key: for those who teach where it belongs."""
        return await self._texts.one(call.caller, module_id)

    async def delete(self, call: Call, module_id: str) -> None:
        """Learners cannot go on with it; what they did stays theirs."""
        await self._texts.delete(call.caller, module_id)
