"""The operations of the placement."""

from typing import Any

from api.english.placement.service import Placements
from api.english.schemas.placement import XELPlacementAnswerRequest, XELPlacementResponse, XELPlacementStartRequest
from kit.http.operation import Access, Call, Operation

_TAG = "English course"


_ROOT = "/api/learn/english/placement"


class PlacementRoutes:
    """The operations of the placement."""

    def __init__(self, placements: Placements) -> None:
        self._placements = placements

    def operations(self) -> list[Operation]:
        read: dict[str, Any] = {"access": Access.BEARER_OR_KEY, "scope": "xel:read", "added": True}
        write: dict[str, Any] = {
            "access": Access.BEARER_OR_KEY,
            "scope": "xel:write",
            "added": True,
            "idempotent": True,
        }
        return [
            Operation("GET", _ROOT, self.show, "Get my placement", _TAG, **read),
            Operation("POST", f"{_ROOT}/start", self.start, "Start or resume a placement", _TAG, **write),
            Operation(
                "POST",
                f"{_ROOT}/answer",
                self.answer,
                "Answer a question of the placement",
                _TAG,
                errors=(404, 409),
                **write,
            ),
            Operation("POST", f"{_ROOT}/skip", self.skip, "Skip the placement", _TAG, **write),
        ]

    async def show(self, call: Call) -> XELPlacementResponse:
        """The open question, and the last result there is."""
        return await self._placements.state(call.caller.user_id)

    async def start(self, call: Call, body: XELPlacementStartRequest) -> XELPlacementResponse:
        """Begin a placement, or go on with the one that is open. Another attempt has other questions."""
        return await self._placements.start(call.caller.user_id, body)

    async def answer(self, call: Call, body: XELPlacementAnswerRequest) -> XELPlacementResponse:
        """Answer the open question and get the next one, or the result. An answer to an earlier question changes
        nothing and gets the question that is open now. 409 `placement_not_open` without a placement."""
        return await self._placements.answer(call.caller.user_id, body)

    async def skip(self, call: Call) -> XELPlacementResponse:
        """End the open placement without a result."""
        return await self._placements.skip(call.caller.user_id)
