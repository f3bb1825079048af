"""The operations of conversations and of study sessions."""

from api.conversations.models import Conversation, Message
from api.conversations.schemas import (
    ConversationCreateRequest,
    ConversationList,
    ConversationMessage,
    ConversationMessageList,
    ConversationResponse,
    CoreConversationSessionActivityRequest,
    CoreConversationSessionActivityResponse,
    CoreConversationSessionEndResponse,
    CoreConversationSessionStartResponse,
    CoreConversationSessionStatusResponse,
)
from api.conversations.service import Conversations
from api.conversations.sessions import StudySessions
from kit import errors
from kit.http.operation import Access, Call, Operation, Reply
from kit.http.wire import Id, Paging

_TAG = "Conversations"
_BASE = "/api/core/conversations"
_ONE = _BASE + "/{conversation_id}"
_KEY = Access.BEARER_OR_KEY
_READ, _WRITE = "conversations:read", "conversations:write"


class ConversationRoutes:
    """The operations of conversations and of study sessions."""

    def __init__(self, conversations: Conversations, sessions: StudySessions) -> None:
        self._conversations = conversations
        self._sessions = sessions

    def operations(self) -> list[Operation]:
        return [
            Operation("GET", _BASE, self.list, "List conversations for the current user", _TAG, _KEY, _READ),
            Operation(
                "POST", _BASE, self.create, "Create a conversation", _TAG, _KEY, _WRITE, status=201, idempotent=True
            ),
            Operation("DELETE", _ONE, self.delete, "Delete a conversation", _TAG, _KEY, _WRITE, status=204),
            Operation("GET", _ONE + "/messages", self.messages, "Get messages for a conversation", _TAG, _KEY, _READ),
            Operation(
                "POST",
                _ONE + "/session/start",
                self.start_session,
                "Start a conversation session",
                _TAG,
                _KEY,
                _WRITE,
                status=201,
                idempotent=True,
                errors=(200,),
            ),
            Operation(
                "POST", _ONE + "/session/activity", self.session_activity, "Update session activity", _TAG, _KEY, _WRITE
            ),
            Operation(
                "POST",
                _ONE + "/session/end",
                self.end_session,
                "End a conversation session",
                _TAG,
                _KEY,
                _WRITE,
                idempotent=True,
            ),
            Operation(
                "GET", _ONE + "/session/status", self.session_status, "Get current session status", _TAG, _KEY, _READ
            ),
        ]

    async def list(self, call: Call, query: Paging) -> ConversationList:
        """The caller's conversations, newest first."""
        found, cursor = await self._conversations.page(call.caller.user_id, query.cursor, query.limit)
        return ConversationList(items=[_conversation(one) for one in found], next_cursor=cursor)

    async def create(self, call: Call, body: ConversationCreateRequest) -> ConversationResponse:
        """Begin a conversation. Without a title, the first message gives it one."""
        return _conversation(await self._conversations.create(call.caller.user_id, body.title, body.language))

    async def delete(self, call: Call, conversation_id: Id) -> None:
        """Delete a conversation with its messages, sessions and documents."""
        await self._conversations.delete(call.caller.user_id, conversation_id)

    async def messages(self, call: Call, conversation_id: Id, query: Paging) -> ConversationMessageList:
        """The messages of a conversation, oldest first."""
        found, cursor = await self._conversations.messages(
            call.caller.user_id, conversation_id, query.cursor, query.limit
        )
        return ConversationMessageList(items=[_message(one) for one in found], next_cursor=cursor)

    async def start_session(self, call: Call, conversation_id: Id) -> Reply[CoreConversationSessionStartResponse]:
        """Start counting study time. A session that already runs is returned with status 200."""
        session, new = await self._sessions.start(call.caller.user_id, conversation_id)
        status = "idle" if self._sessions.state(session) == "idle" else "active"
        view = CoreConversationSessionStartResponse(
            session_id=session.id, conversation_id=conversation_id, started_at=session.started_at, status=status
        )
        return Reply(view, 201 if new else 200)

    async def session_activity(
        self, call: Call, conversation_id: Id, body: CoreConversationSessionActivityRequest
    ) -> CoreConversationSessionActivityResponse:
        """A sign of life. Active time is the union of what these vouch for; pauses over two minutes do not count."""
        session = await self._sessions.activity(
            call.caller.user_id, conversation_id, body.active_seconds, resumed=body.event == "resume"
        )
        return CoreConversationSessionActivityResponse(
            session_id=session.id, last_activity_at=session.last_activity_at, active_seconds=session.active_seconds
        )

    async def end_session(self, call: Call, conversation_id: Id) -> CoreConversationSessionEndResponse:
        """End the session and receive its XP. Ending it again gives the same answer."""
        session = await self._sessions.end(call.caller.user_id, conversation_id)
        if session.ended_at is None:
            raise errors.internal()
        return CoreConversationSessionEndResponse(
            session_id=session.id,
            ended_at=session.ended_at,
            active_seconds=session.active_seconds,
            duration_seconds=int((session.ended_at - session.started_at).total_seconds()),
            xp_awarded=session.xp_awarded,
        )

    async def session_status(self, call: Call, conversation_id: Id) -> CoreConversationSessionStatusResponse:
        """The running session, or the last one."""
        session, status = await self._sessions.status(call.caller.user_id, conversation_id)
        return CoreConversationSessionStatusResponse(
            session_id=session.id if session else None,
            status=status,
            started_at=session.started_at if session else None,
            last_activity_at=session.last_activity_at if session else None,
            active_seconds=session.active_seconds if session else 0,
        )


def _conversation(one: Conversation) -> ConversationResponse:
    return ConversationResponse(
        id=one.id,
        title=one.title,
        language=one.language,
        message_count=one.messages,
        created_at=one.created_at,
        updated_at=one.updated_at,
    )


def _message(one: Message) -> ConversationMessage:
    return ConversationMessage(
        id=one.id,
        role=one.role,
        content=one.content,
        provider=one.provider,
        model=one.model,
        status=one.status,
        created_at=one.created_at,
    )
