"""The operations that say where a learner stands: proficiency index, its history, dashboard."""

from api.english.overview.service import Overview
from api.english.schemas.standing import XELDashboardResponse, XELXpiHistory, XELXpiHistoryQuery, XELXpiResponse
from kit.http.operation import Access, Call, Operation

_TAG = "English course"
_ROOT = "/api/learn/english"
_BK = Access.BEARER_OR_KEY
_READ = "xel:read"


class OverviewRoutes:
    """The operations that say where a learner stands."""

    def __init__(self, overview: Overview) -> None:
        self._overview = overview

    def operations(self) -> list[Operation]:
        return [
            Operation("GET", f"{_ROOT}/xpi", self.get_xpi, "Get current XPI breakdown", _TAG, _BK, scope=_READ),
            Operation("GET", f"{_ROOT}/xpi/history", self.get_xpi_history, "Get XPI history", _TAG, _BK, scope=_READ),
            Operation(
                "GET",
                f"{_ROOT}/dashboard",
                self.get_dashboard,
                "Get the dashboard",
                _TAG,
                _BK,
                scope=_READ,
            ),
        ]

    async def get_xpi(self, call: Call) -> XELXpiResponse:
        """The proficiency index with its skills."""
        return await self._overview.xpi(call.caller.user_id)

    async def get_xpi_history(self, call: Call, query: XELXpiHistoryQuery) -> XELXpiHistory:
        """Every change of the index with its reason, newest first."""
        return await self._overview.history(call.caller.user_id, query)

    async def get_dashboard(self, call: Call) -> XELDashboardResponse:
        """Everything for the learner's first page: where they stand and what to do next."""
        return await self._overview.dashboard(call.caller.user_id)
