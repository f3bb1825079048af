"""The operations of modules, tasks, evaluations and learning sessions; other rooms of the course have their own."""

from api.english.evaluation.service import Evaluations
from api.english.modules.service import Modules
from api.english.schemas.evaluation import XELEvaluationRequest, XELEvaluationResponse, XELEvaluationUpload
from api.english.schemas.modules import (
    XELModuleCompleteResponse,
    XELModuleDetail,
    XELModuleList,
    XELModuleStartResponse,
)
from api.english.schemas.practice import (
    XELSessionEndRequest,
    XELSessionEndResponse,
    XELSessionStartRequest,
    XELSessionStartResponse,
    XELTaskRegenerateRequest,
    XELTaskRegenerateResponse,
    XELTaskSubmissionRequest,
    XELTaskSubmissionResponse,
    XELTranscriptList,
    XELTranscriptSaveRequest,
    XELTranscriptSaveResponse,
)
from api.english.sessions.service import Sessions
from api.english.submissions.service import Submissions
from kit import errors
from kit.http import leaving, uploads
from kit.http.operation import MEBIBYTE, Access, Call, Operation
from kit.http.wire import Id, Paging

_TAG = "English course"
_ROOT = "/api/learn/english"
_BK = Access.BEARER_OR_KEY
_READ, _WRITE = "xel:read", "xel:write"


class EnglishRoutes:
    """The operations of modules, tasks, evaluations and learning sessions."""

    def __init__(
        self,
        modules: Modules,
        submissions: Submissions,
        evaluations: Evaluations,
        sessions: Sessions,
    ) -> None:
        self._modules = modules
        self._submissions = submissions
        self._evaluations = evaluations
        self._sessions = sessions

    def operations(self) -> list[Operation]:
        return [
            Operation(
                "GET",
                f"{_ROOT}/modules",
                self.list_modules,
                "List modules with my progress",
                _TAG,
                _BK,
                scope=_READ,
            ),
            Operation(
                "GET",
                f"{_ROOT}/modules/{{module_id}}",
                self.get_module,
                "Get a module",
                _TAG,
                _BK,
                scope=_READ,
            ),
            Operation(
                "POST",
                f"{_ROOT}/modules/{{module_id}}/start",
                self.start_module,
                "Start a module",
                _TAG,
                _BK,
                scope=_WRITE,
                errors=(409,),
                idempotent=True,
            ),
            Operation(
                "POST",
                f"{_ROOT}/modules/{{module_id}}/complete",
                self.complete_module,
                "Complete a module",
                _TAG,
                _BK,
                scope=_WRITE,
                errors=(409,),
                idempotent=True,
            ),
            Operation(
                "POST",
                f"{_ROOT}/tasks/submit",
                self.submit_task,
                "Submit a learning task response",
                _TAG,
                _BK,
                scope=_WRITE,
                errors=(404, 409),
                idempotent=True,
            ),
            Operation(
                "POST",
                f"{_ROOT}/tasks/regenerate",
                self.regenerate_task,
                "Regenerate a task variant",
                _TAG,
                _BK,
                scope=_WRITE,
                errors=(404, 409),
                idempotent=True,
            ),
            Operation(
                "POST",
                f"{_ROOT}/evaluate",
                self.evaluate,
                "Run AI evaluation for speaking or writing",
                _TAG,
                _BK,
                scope=_WRITE,
                rate="heavy",
                errors=(404,),
                consumes=("json", "multipart"),
                idempotent=True,
                multipart=XELEvaluationUpload,
                json=XELEvaluationRequest,
                max_bytes=26 * MEBIBYTE,
            ),
            Operation(
                "POST",
                f"{_ROOT}/sessions/start",
                self.start_session,
                "Start a learning session",
                _TAG,
                _BK,
                scope=_WRITE,
                status=201,
                errors=(404,),
                idempotent=True,
            ),
            Operation(
                "POST",
                f"{_ROOT}/sessions/end",
                self.end_session,
                "End a learning session",
                _TAG,
                _BK,
                scope=_WRITE,
                errors=(404,),
                idempotent=True,
            ),
            Operation(
                "POST",
                f"{_ROOT}/transcripts",
                self.save_transcript,
                "Save a transcript entry",
                _TAG,
                _BK,
                scope=_WRITE,
                status=201,
                errors=(404,),
                idempotent=True,
            ),
            Operation(
                "GET",
                f"{_ROOT}/transcripts/{{session_id}}",
                self.get_transcripts,
                "Get transcripts for a session",
                _TAG,
                _BK,
                scope=_READ,
            ),
        ]

    async def list_modules(self, call: Call) -> XELModuleList:
        """All modules in teaching order, with the learner's progress and which are open."""
        return await self._modules.listed(call.caller.user_id)

    async def get_module(self, call: Call, module_id: str) -> XELModuleDetail:
        """One module with its tasks. Answers, scripts and rubrics are never sent."""
        return await self._modules.detail(call.caller.user_id, module_id)

    async def start_module(self, call: Call, module_id: str) -> XELModuleStartResponse:
        """Start a module, or learn when it was started. 409 `module_locked` names the modules to complete first."""
        return await self._modules.start(call.caller.user_id, module_id)

    async def complete_module(self, call: Call, module_id: str) -> XELModuleCompleteResponse:
        """Complete a module: every task tried, and a mean of best scores of 60 or more. 409 `module_incomplete` lists
        the tasks that are missing."""
        return await self._modules.complete(call.caller.user_id, module_id)

    async def submit_task(self, call: Call, body: XELTaskSubmissionRequest) -> XELTaskSubmissionResponse:
        """Hand in a response. The same one again within a minute gets the same answer; a task gives its XP once."""
        return await self._submissions.submit(call.caller.user_id, body)

    async def regenerate_task(self, call: Call, body: XELTaskRegenerateRequest) -> XELTaskRegenerateResponse:
        """Another variant of the task: the same skill and level, never the same twice in a row."""
        task = await self._modules.regenerate(call.caller.user_id, body.module_id, body.task_id)
        return XELTaskRegenerateResponse(task=task)

    async def evaluate(self, call: Call) -> XELEvaluationResponse:
        """Evaluate a text (JSON) or a recording (multipart/form-data). A recording made for a task names it, and is
        then handed in with its `audio_id`. The sound itself is kept only with consent (`keep_recording`)."""
        user_id = call.caller.user_id
        if call.http.content_type == "multipart/form-data":
            upload = await uploads.read(call.http, XELEvaluationUpload, file="audio", max_bytes=25 * MEBIBYTE)
            async with leaving.while_connected(call.http):
                return await self._evaluations.recording(user_id, upload.audio, upload)
        body = await call.json(XELEvaluationRequest)
        if not body.text.strip():
            raise errors.invalid("There is no text.", [("/text", "is empty")])
        return await self._evaluations.text(user_id, body.text, body.prompt)

    async def start_session(self, call: Call, body: XELSessionStartRequest) -> XELSessionStartResponse:
        """Start a learning session. One that is still open is ended."""
        return await self._sessions.start(call.caller.user_id, body)

    async def end_session(self, call: Call, body: XELSessionEndRequest) -> XELSessionEndResponse:
        """End a learning session; a second call gets the same answer."""
        return await self._sessions.end(call.caller.user_id, body.session_id)

    async def save_transcript(self, call: Call, body: XELTranscriptSaveRequest) -> XELTranscriptSaveResponse:
        """Keep what was said in a session."""
        return await self._sessions.save(call.caller.user_id, body)

    async def get_transcripts(self, call: Call, session_id: Id, query: Paging) -> XELTranscriptList:
        """What was said in a session, in order."""
        return await self._sessions.transcripts(call.caller.user_id, session_id, query)
