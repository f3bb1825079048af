"""The operations of the skills connector."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from api.skills import schemas
from api.skills.models import Connection, Lesson
from api.skills.service import Skills
from kit import errors, paging
from kit.audit import Actor
from kit.http.operation import Access, Call, Operation, Reply
from kit.http.wire import Id, Paging

_TAG = "Skills Connector"
_GOOGLE = "/api/integrations/google-calendar"
CALLBACK = f"{_GOOGLE}/callback"
_COOKIE = "parley_connect"


class SkillsRoutes:
    """The operations of connections."""

    def __init__(self, skills: Skills) -> None:
        self._skills = skills

    async def listing(self, call: Call, query: Paging) -> schemas.IntegrationList:
        """The accounts at other providers that the caller has connected."""
        found = await self._skills.listing(call.caller.user_id, paging.id_in(query.cursor), query.limit + 1)
        shown, following = paging.cut(found, query.limit, lambda each: paging.of_id(each.id))
        return schemas.IntegrationList(items=[_view(each) for each in shown], next_cursor=following)

    async def start(self, call: Call, query: schemas.ConnectQuery) -> Reply[schemas.GoogleCalendarStartResponse]:
        """Begin to connect a Google Calendar: send the user to `authorization_url` in the same browser, which holds a
        cookie that must come back with them."""
        begun = await self._skills.start(call.caller.user_id, query.redirect_to)
        secure = "; Secure" if call.https else ""
        cookie = f"{_COOKIE}={begun.browser}; Path={CALLBACK}; Max-Age=600; HttpOnly; SameSite=Lax{secure}"
        view = schemas.GoogleCalendarStartResponse(
            authorization_url=begun.url, state=begun.state, expires_at=begun.expires_at
        )
        return Reply(view, 200, {"Set-Cookie": cookie, "Cache-Control": "no-store"})

    async def callback(self, call: Call, query: schemas.CallbackQuery) -> Reply[schemas.ConnectResult]:
        """Where Google sends the user back. Goes on to `redirect_to` with `connected=google-calendar` or `error`."""
        actor = Actor(None, call.address, call.request_id)
        code = None if query.error is not None else query.code
        connection, redirect_to = await self._skills.finish(query.state, call.http.cookies.get(_COOKIE), code, actor)
        headers = {"Set-Cookie": f"{_COOKIE}=; Path={CALLBACK}; Max-Age=0", "Cache-Control": "no-store"}
        account = connection.account if connection else None
        view = schemas.ConnectResult(connected=connection is not None, account=account)
        if redirect_to is None:
            return Reply(view, 200, headers)
        outcome = {"connected": "google-calendar"} if connection else {"error": "access_denied"}
        joint = "&" if "?" in redirect_to else "?"
        return Reply(view, 303, {**headers, "Location": f"{redirect_to}{joint}{urlencode(outcome)}"})

    async def disconnect(self, call: Call, integration_id: Id) -> None:
        """Forget the account and end the permission at the provider."""
        actor = Actor(call.caller.user_id, call.address, call.request_id)
        await self._skills.disconnect(call.caller.user_id, integration_id, actor)

    async def add_lesson(self, call: Call, body: schemas.LessonRequest) -> schemas.CalendarEventResponse:
        """Put a lesson in the caller's Google Calendar."""
        try:
            ends_at = body.starts_at + timedelta(minutes=body.duration_minutes)
        except OverflowError as error:
            raise errors.invalid("A field is not valid.", [("/starts_at", "is too late")]) from error
        lesson = Lesson(body.title, body.description, body.starts_at, ends_at)
        event = await self._skills.add_lesson(call.caller.user_id, lesson)
        return schemas.CalendarEventResponse(
            event_id=event.id, html_link=event.link, title=lesson.title, starts_at=lesson.starts_at, ends_at=ends_at
        )

    def operations(self) -> list[Operation]:
        write: dict[str, Any] = {"access": Access.BEARER_OR_KEY, "scope": "integrations:write"}
        return [
            Operation(
                "GET",
                "/api/integrations",
                self.listing,
                "List active integrations for the current user",
                _TAG,
                Access.BEARER_OR_KEY,
                scope="integrations:read",
            ),
            Operation(
                "GET", f"{_GOOGLE}/start", self.start, "Start the Google Calendar OAuth flow", _TAG, Access.BEARER
            ),
            Operation(
                "GET",
                CALLBACK,
                self.callback,
                "Finish the Google Calendar OAuth flow",
                _TAG,
                Access.PUBLIC,
                errors=(303, 403),
                added=True,
            ),
            Operation(
                "DELETE",
                "/api/integrations/{integration_id}",
                self.disconnect,
                "Disconnect an integration",
                _TAG,
                **write,
                status=204,
                errors=(404,),
                added=True,
            ),
            Operation(
                "POST",
                f"{_GOOGLE}/events",
                self.add_lesson,
                "Put a lesson in the calendar",
                _TAG,
                **write,
                status=201,
                errors=(409,),
                idempotent=True,
                rate="heavy",
                added=True,
            ),
        ]


def _view(connection: Connection) -> schemas.IntegrationOut:
    return schemas.IntegrationOut.model_validate(connection, from_attributes=True)
