"""The shapes of requests, answers and events, as TypedDicts.

Written by run.py docs from the documents of the server: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from ._json import JsonObject
from ._upload import Upload


class APIKeyCreateRequest(TypedDict):
    name: str
    """A name that tells keys apart."""
    scopes: list[Literal["conversations:read", "conversations:write", "rag:read", "rag:write", "quiz:read", "quiz:write", "live:read", "live:write", "organizations:read", "organizations:write", "integrations:read", "integrations:write", "xel:read", "xel:write", "xp:read", "webhooks:read", "webhooks:write", "api:read", "api:write", "api:admin"]]
    """What the key opens."""
    organization_id: NotRequired[str | None]
    """Binds the key to it."""
    allowed_ips: NotRequired[list[str]]
    """IP addresses or CIDR blocks; empty allows all."""
    expires_at: NotRequired[str | None]
    """When the key expires."""


class APIKeyList(TypedDict):
    """The caller's keys, the newest first."""
    items: list[APIKeyResponse]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class APIKeyResponse(TypedDict):
    id: str
    """The key's id."""
    name: str
    """The name of the key."""
    prefix: str
    """How the key begins."""
    scopes: list[str]
    """What the key opens."""
    organization_id: str | None
    """The organization it acts in."""
    allowed_ips: list[str]
    """The addresses from which it may be used."""
    expires_at: str | None
    """When it expires."""
    last_used_at: str | None
    """Its last use, to the minute."""
    created_at: str
    """When it was made."""
    key: NotRequired[str | None]
    """The key itself, once: in the answer to its creation."""


class AccountDeleteRequest(TypedDict):
    password: NotRequired[str | None]
    """The password, as a confirmation, of who has one."""


class Ack(TypedDict):
    """The acknowledgement of an event that was taken. A refusal is `{'ok': false, 'error': {...}}`."""
    ok: NotRequired[Literal[True]]
    """Always true."""


class AssignmentCreateRequest(TypedDict):
    work: ModuleWork | TextWork
    """What is to be done."""
    audience: WholeAudience | TeamAudience | MembersAudience
    """For whom."""
    due_at: str
    """Until when."""


class AssignmentDueData(TypedDict):
    account_id: NotRequired[str | None]
    """The account that it is about; null when it is about none."""
    organization_id: NotRequired[str | None]
    """The organization that it is about, or whose endpoint this is."""
    links: NotRequired[EventLinks]
    """Where to fetch what is not in here."""
    assignment_id: str
    """The assignment."""
    due_at: str
    """When it was to be done."""


class AssignmentDueEvent(TypedDict):
    """The time of an assignment is up. Organizations get one event, learners one each."""
    type: Literal["assignment.due"]
    """The event."""
    timestamp: str
    """When it happened."""
    data: AssignmentDueData
    """What happened."""


class AssignmentList(TypedDict):
    """Assignments of an organization, the newest first."""
    items: list[AssignmentResponse]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class AssignmentProgressList(TypedDict):
    """Everybody who has the assignment, in the order in which they joined."""
    items: list[LearnerProgressResponse]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class AssignmentResponse(TypedDict):
    """An assignment as those who teach see it."""
    id: str
    """The assignment."""
    organization_id: str
    """Whose it is."""
    work: WorkResponse
    """What is to be done."""
    audience: AudienceResponse
    """For whom."""
    due_at: str
    """Until when."""
    created_by: str | None
    """Who gave it; null when that account is gone."""
    created_at: str
    """When it was given."""


class AssignmentUpdateRequest(TypedDict):
    due_at: str
    """Until when."""


class AudienceResponse(TypedDict):
    kind: Literal["organization", "team", "members"]
    """Who has it."""
    team: str | None
    """The team; with named members the one whose manager named them."""
    members: int | None
    """The number of named members, if members are named."""


class AudioAck(TypedDict):
    ok: NotRequired[Literal[True]]
    """Always true."""
    duplicate: NotRequired[bool]
    """True when the frame had arrived before and was dropped."""


class AudioFrame(TypedDict):
    seq: int
    """Number of the frame in this session, without holes, the first is 1."""
    codec: NotRequired[Literal["pcm16", "opus"]]
    """`pcm16`: mono, 16 kHz, 16 bit, little endian."""
    sample_rate: NotRequired[int | None]
    """If given, must be 16000."""


class AudioReceived(TypedDict):
    """Sent every second while audio arrives. Not part of the numbered log: its `seq` counts audio frames."""
    seq: int
    """The last frame of the unbroken sequence received."""
    safe_seq: int
    """Frames up to this one will never be asked for again; keep the later ones."""


class AuthSession(TypedDict):
    """One sign-in."""
    id: str
    """The session."""
    created_at: str
    """When it was opened."""
    last_seen_at: str
    """When it was last refreshed."""
    expires_at: str
    """When it ends unless refreshed."""
    address: str
    """The address it was opened from."""
    user_agent: str
    """The program it was opened by."""
    current: bool
    """Whether this request belongs to it."""


class AuthSessionList(TypedDict):
    """Living sessions, newest first."""
    items: list[AuthSession]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class BoosterView(TypedDict):
    multiplier: float
    """Every XP grant is multiplied by this, rounded down."""
    ends_at: str
    """When it ends."""


class CalendarEventResponse(TypedDict):
    event_id: str
    """The entry at Google."""
    html_link: str
    """Shows it."""
    title: str
    """The entry."""
    starts_at: str
    """When the lesson begins."""
    ends_at: str
    """When it ends."""


class CalledFunction(TypedDict):
    name: str
    """The function's name."""
    arguments: str
    """JSON, as the model wrote it."""


class CancelAck(TypedDict):
    ok: NotRequired[Literal[True]]
    """Always true."""
    cancelled: bool
    """False when no reply was under way."""


class ChatBreak(TypedDict):
    error: str
    """The code: stable, for programs."""
    message: str
    """One sentence for people."""
    message_id: str | None
    """What came of the answer, saved; null when nothing came."""


class ChatCompletion(TypedDict):
    id: str
    """The id of this answer; it is kept nowhere."""
    object: NotRequired[Literal["chat.completion"]]
    """Always `chat.completion`."""
    created: int
    """Seconds since 1970."""
    model: str
    """The model that answered."""
    choices: list[CompletionChoice]
    """The one answer."""
    usage: CompletionUsage
    """Tokens."""
    system_fingerprint: NotRequired[None]
    """Always null."""


class ChatCompletionChunk(TypedDict):
    """The stream ends with `[DONE]` in place of a chunk."""
    id: str
    """The id of the answer; it is kept nowhere."""
    object: Literal["chat.completion.chunk"]
    """Always `chat.completion.chunk`."""
    created: int
    """Seconds since 1970."""
    model: str
    """The model that answers."""
    system_fingerprint: None
    """Always null."""
    choices: list[ChunkChoice]
    """The one answer; empty in the chunk of the usage."""
    usage: NotRequired[CompletionUsage | None]
    """In the last chunk, when it was asked for."""


class ChatCompletionRequest(TypedDict):
    model: str
    """One of `GET /v1/models`, or `auto` for the first that works."""
    messages: list[RequestMessage]
    """Oldest first, the last one the user's or a function's. Without a system message the tutor's instructions hold.
    """
    stream: NotRequired[bool]
    """Answer in chunks, as server-sent events."""
    stream_options: NotRequired[StreamOptions | None]
    """How to stream."""
    n: NotRequired[int]
    """One answer is given."""
    tools: NotRequired[list[FunctionTool] | None]
    """Functions that a provider may call. The built-in tutor calls none: 400 `tools_unsupported`."""
    tool_choice: NotRequired[Literal["none", "auto", "required"] | JsonObject | None]
    """Passed to a provider; with `none`, tools are overlooked."""
    parallel_tool_calls: NotRequired[bool | None]
    """Passed to a provider."""
    temperature: NotRequired[float | None]
    """Passed to a provider, 0 to 2."""
    top_p: NotRequired[float | None]
    """Passed to a provider, 0 to 1."""
    max_tokens: NotRequired[int | None]
    """Passed to a provider."""
    max_completion_tokens: NotRequired[int | None]
    """Tokens at most, passed to a provider."""
    stop: NotRequired[str | list[str] | None]
    """Passed to a provider."""
    seed: NotRequired[int | None]
    """Passed to a provider."""
    presence_penalty: NotRequired[float | None]
    """Passed to a provider."""
    frequency_penalty: NotRequired[float | None]
    """Passed to a provider."""
    response_format: NotRequired[JsonObject | None]
    """Passed to a provider."""
    reasoning_effort: NotRequired[str | None]
    """Passed to a provider."""


class ChatDelta(TypedDict):
    text: str
    """The next piece of the answer."""


class ChatRequest(TypedDict):
    message: str
    """What the learner says."""
    provider: NotRequired[str]
    """A provider's id, or `auto`."""
    model: NotRequired[str | None]
    """One of its models."""
    conversation_id: NotRequired[str | None]
    """The conversation to go on with; without one a new one begins."""
    conversation_history: NotRequired[list[ChatTurn] | None]
    """Context to use instead of the saved conversation, oldest first."""
    user_language: NotRequired[str | None]
    """The learner's first language (BCP 47), for explanations."""
    stream: NotRequired[bool]
    """Answer as `text/event-stream`: `delta`, then `done` or `error`."""


class ChatResponse(TypedDict):
    content: str
    """The answer."""
    provider: str
    """Who answered."""
    model: str
    """The model that answered."""
    usage: ChatUsage | None
    """Tokens, where the provider counts them."""
    conversation_id: str
    """The conversation that holds the exchange."""
    message_id: str
    """The saved answer."""


class ChatTurn(TypedDict):
    role: Literal["user", "assistant", "system"]
    """Who spoke."""
    content: str
    """What was said."""


class ChatUsage(TypedDict):
    input_tokens: int
    """Tokens that were read."""
    output_tokens: int
    """Tokens that were written."""


class ChosenFunction(TypedDict):
    type: Literal["function"]
    """This function is called."""
    name: str
    """The function's name."""


class ChunkChoice(TypedDict):
    index: int
    """Always 0."""
    delta: CompletionDelta
    """What is new."""
    logprobs: None
    """Always null."""
    finish_reason: str | None
    """In the last piece: `stop`, or what the provider says."""


class ClaimRequest(TypedDict):
    """What makes a guest's account one that can be signed in to."""
    email: str
    """Unique, whatever its case."""
    username: NotRequired[str | None]
    """Unique; else the name stays."""
    password: str
    """At least 10 characters."""
    full_name: NotRequired[str | None]
    """As the learner wants to be called."""


class ClassLearnerResponse(TypedDict):
    user_id: str
    """The learner."""
    username: str
    """Their public name."""
    full_name: str | None
    """As they want to be called."""
    team: str | None
    """Their team, if any."""
    minutes_7_days: int
    """Minutes learned in the last 7 days, today included."""
    minutes_30_days: int
    """Minutes learned in the last 30 days, today included."""
    xpi: int
    """Proficiency index, 0 to 1000."""
    cefr_level: str
    """The level it lies in."""
    confidence: float
    """How sure the index is, 0 to 1."""
    streak: int
    """Days in a row."""
    last_seen_at: str | None
    """When they learned last; null for never."""
    live_session_id: str | None
    """The live session that runs now, which the caller may watch."""
    weak_sounds: list[ClassSoundResponse]
    """At most 3, the worst first."""


class ClassList(TypedDict):
    """Learners in the order in which they joined."""
    items: list[ClassLearnerResponse]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""
    weak_sounds: list[SharedSoundResponse] | None
    """What most of the class have to practise, at most 10; on the first page, null on others."""


class ClassSoundResponse(TypedDict):
    """A sound that somebody has to practise: a mean below 80 over the last 30 days."""
    phoneme: str
    """The sound, ARPAbet."""
    ipa: str
    """The same in the IPA."""
    mean: float
    """Mean score, 0 to 100."""
    attempts: int
    """The number of attempts."""


class ClientSecret(TypedDict):
    value: str
    """The key: it opens `GET /v1/realtime` and nothing else."""
    expires_at: int
    """Seconds since 1970."""
    session: TalkSession | TranscribingSession
    """The session that it opens."""


class ClientSecretRequest(TypedDict):
    expires_after: NotRequired[Expiry]
    """How long the key lives."""
    session: NotRequired[TalkRequest | TranscriptionRequest]
    """The session that it opens."""


class CloseAck(TypedDict):
    ok: NotRequired[Literal[True]]
    """Always true."""
    audio_seq: int
    """Number the next `audio` frame one higher: the server counted the peer's sound."""
    missing_ms: NotRequired[int | None]
    """Since when no sound has come by the peer, null where there was none. Send what was said since."""


class CompatibleError(TypedDict):
    """Every error body below `/v1`."""
    error: CompatibleErrorDetail
    """What is wrong."""


class CompatibleErrorDetail(TypedDict):
    """An error as the OpenAI API writes it."""
    message: str
    """One sentence for people."""
    type: str
    """What kind of error it is."""
    param: str | None
    """The first field that is wrong."""
    code: str
    """The code, the same as elsewhere: stable, for programs."""


class CompletionChoice(TypedDict):
    index: NotRequired[int]
    """Always 0."""
    message: CompletionMessage
    """The answer."""
    logprobs: NotRequired[None]
    """Always null."""
    finish_reason: str
    """`stop`, or what the provider says, as `length` or `tool_calls`."""


class CompletionDelta(TypedDict):
    role: NotRequired[Literal["assistant"]]
    """In the first chunk."""
    content: NotRequired[str]
    """The next piece of the answer."""
    tool_calls: NotRequired[list[ToolCallDelta]]
    """The next pieces of function calls."""
    refusal: NotRequired[None]
    """Always null."""


class CompletionMessage(TypedDict):
    role: NotRequired[Literal["assistant"]]
    """Always `assistant`."""
    content: str | None
    """The answer; null when it only calls functions."""
    tool_calls: NotRequired[list[ToolCall] | None]
    """The functions that it calls."""
    refusal: NotRequired[None]
    """Always null."""


class CompletionUsage(TypedDict):
    prompt_tokens: int
    """Tokens that were read; words, where nobody counts tokens."""
    completion_tokens: int
    """Tokens that were written."""
    total_tokens: int
    """Tokens together."""


class ConnectResult(TypedDict):
    provider: NotRequired[Literal["google-calendar"]]
    """Whose."""
    connected: bool
    """False when the user declined."""
    account: str | None
    """The account there."""


class ContentPart(TypedDict):
    type: str
    """Only `text` is taken."""
    text: NotRequired[str | None]
    """The text."""


class ConversationCreateRequest(TypedDict):
    title: NotRequired[str | None]
    """Its title; without one it is made from the first message."""
    language: NotRequired[str | None]
    """The language that is spoken (BCP 47)."""


class ConversationList(TypedDict):
    """Conversations, newest first."""
    items: list[ConversationResponse]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class ConversationMessage(TypedDict):
    id: str
    """The message's id."""
    role: Literal["user", "assistant", "system"]
    """Who wrote it."""
    content: str
    """Its text."""
    provider: str | None
    """Who generated it; null for people."""
    model: str | None
    """The model that generated it."""
    status: Literal["complete", "partial"]
    """`partial`: the provider broke off or the reader left."""
    created_at: str
    """When it was written."""


class ConversationMessageList(TypedDict):
    """Messages of a conversation, oldest first."""
    items: list[ConversationMessage]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class ConversationResponse(TypedDict):
    id: str
    """The conversation's id."""
    title: str
    """Its title."""
    language: str | None
    """The language that is spoken (BCP 47)."""
    message_count: int
    """Messages in it."""
    created_at: str
    """When it was created."""
    updated_at: str
    """When its last message came."""


class CoreConversationSessionActivityRequest(TypedDict):
    active_seconds: NotRequired[int | None]
    """Seconds of activity up to now; 300 at most are counted, and no second twice."""
    event: NotRequired[Literal["heartbeat", "message", "typing", "speech", "pause", "resume"] | None]
    """What happened. After `resume` the time before it is not counted."""


class CoreConversationSessionActivityResponse(TypedDict):
    session_id: str
    """The session's id."""
    last_activity_at: str
    """The last sign of life."""
    active_seconds: int
    """Active seconds so far, none counted twice."""


class CoreConversationSessionEndResponse(TypedDict):
    session_id: str
    """The session's id."""
    ended_at: str
    """When it ended."""
    duration_seconds: int
    """Seconds from its start to its end."""
    active_seconds: int
    """Seconds of activity in it."""
    xp_awarded: int
    """XP given for it."""


class CoreConversationSessionStartResponse(TypedDict):
    session_id: str
    """The session's id."""
    conversation_id: str
    """Its conversation."""
    started_at: str
    """When it began."""
    status: Literal["active", "idle"]
    """`idle` after two minutes without activity."""


class CoreConversationSessionStatusResponse(TypedDict):
    session_id: str | None
    """The running or last session; null when there was none."""
    status: Literal["none", "active", "idle", "ended"]
    """How it is."""
    started_at: str | None
    """When it began."""
    last_activity_at: str | None
    """The last sign of life."""
    active_seconds: int
    """Active seconds so far."""


class CoreSearchConversationResult(TypedDict):
    id: str
    """The conversation's id."""
    title: str
    """Its title, as it is."""
    snippet: str
    """HTML: `<mark>` around what was found, the rest escaped."""
    score: float
    """Higher is better; comparable within one answer."""


class CoreSearchMessageResult(TypedDict):
    id: str
    """The message's id."""
    conversation_id: str
    """Its conversation."""
    role: Literal["user", "assistant", "system"]
    """Who wrote it."""
    snippet: str
    """HTML: `<mark>` around what was found, the rest escaped."""
    score: float
    """Higher is better; comparable within one answer."""
    created_at: str
    """When it was written."""


class CoreSearchNoteResult(TypedDict):
    id: str
    """The note's id."""
    title: str
    """Its title, as it is."""
    snippet: str
    """HTML: `<mark>` around what was found, the rest escaped."""
    score: float
    """Higher is better; comparable within one answer."""


class CoreSearchResponse(TypedDict):
    query: str
    """What was looked for."""
    conversations: list[CoreSearchConversationResult]
    """Conversations by their title, best first."""
    messages: list[CoreSearchMessageResult]
    """Messages, best first."""
    notes: list[CoreSearchNoteResult]
    """Notes, best first."""
    took_ms: float
    """Milliseconds that the search took."""


class Credential(TypedDict):
    """One of the two."""
    token: NotRequired[str | None]
    """An access token, API key or integration token."""
    ticket: NotRequired[str | None]
    """A ticket of one session."""


class DescribedDetection(TypedDict):
    type: Literal["server_vad", "semantic_vad"]
    """As it was set."""
    threshold: float
    """As it was set."""
    prefix_padding_ms: int
    """As it was set, in milliseconds."""
    silence_duration_ms: int | None
    """Milliseconds of silence that end a turn; null adapts."""
    create_response: NotRequired[bool]
    """Whether a spoken turn is answered without being asked for."""
    interrupt_response: NotRequired[bool]
    """Whether the learner's words cut an answer off."""


class DescribedFormat(TypedDict):
    type: Literal["audio/pcm", "audio/pcmu", "audio/pcma"]
    """The format."""
    rate: NotRequired[int]
    """Samples per second, of `audio/pcm`."""


class DescribedHeardSound(TypedDict):
    input: DescribedInput
    """The learner's sound."""


class DescribedInput(TypedDict):
    format: DescribedFormat
    """What the client sends."""
    transcription: DescribedTranscription | None
    """How it is written down."""
    noise_reduction: None
    """Always null."""
    turn_detection: DescribedDetection | None
    """How turns end; null: when the client commits."""


class DescribedOutput(TypedDict):
    format: DescribedFormat
    """What the client gets."""
    voice: str
    """As it was set."""
    speed: float
    """Always 1."""


class DescribedSpokenSound(TypedDict):
    input: DescribedInput
    """The learner's sound."""
    output: DescribedOutput
    """The tutor's sound."""


class DescribedTranscription(TypedDict):
    language: NotRequired[str]
    """Language (BCP 47)."""
    model: NotRequired[str]
    """As it was sent."""
    prompt: NotRequired[str]
    """As it was sent."""


class DetailedHealthResponse(TypedDict):
    status: Literal["ok", "degraded", "down"]
    """The worst state of a needed part."""
    checks: list[HealthCheckItem]
    """One entry for each part."""
    node: str
    """The node that answered."""
    uptime_seconds: int
    """Seconds since this node started."""


class Details(TypedDict):
    """Figures behind fluency and prosody; only `miscues` when nothing could be judged."""
    words_per_minute: NotRequired[int]
    """Words of the text a minute."""
    syllables_per_second: NotRequired[float]
    """Without the pauses."""
    pauses: NotRequired[int]
    """Silences inside the reading."""
    longest_pause_ms: NotRequired[int]
    """The longest of them."""
    pauses_inside_phrases: NotRequired[int]
    """Pauses where the text has none."""
    breaks_kept: NotRequired[float]
    """Share of the text's breaks kept."""
    hesitations: NotRequired[int]
    """Places with other sound, such as 'er'."""
    pitch_range_semitones: NotRequired[float | None]
    """From the 5th to the 95th percentile."""
    final_tone: NotRequired[Literal["falling", "rising", "level"] | None]
    """How the melody ends."""
    judged_words: NotRequired[int]
    """Free speech: words that the scores rest on."""
    doubtful_words: NotRequired[int]
    """Free speech: words that were not judged."""
    miscues: Miscues
    """Words left out, added and repeated."""
    unread_probability: NotRequired[float]
    """Mean over the words."""


class EmbeddingList(TypedDict):
    object: NotRequired[Literal["list"]]
    """Always `list`."""
    data: list[EmbeddingObject]
    """The vectors, in the order of the texts."""
    model: str
    """The model that made them."""
    usage: EmbeddingUsage
    """What was read."""


class EmbeddingObject(TypedDict):
    object: NotRequired[Literal["embedding"]]
    """Always `embedding`."""
    embedding: list[float] | str
    """The vector, of length 1."""
    index: int
    """Which text it belongs to, from 0."""


class EmbeddingRequest(TypedDict):
    input: str | list[str]
    """A text, or up to 2,048 of them; no tokens."""
    model: NotRequired[str]
    """Accepted and not used: the answer names it."""
    encoding_format: NotRequired[Literal["float", "base64"]]
    """Numbers, or float32 in base64."""
    dimensions: NotRequired[int | None]
    """Number of dimensions: only what the vectors have."""


class EmbeddingUsage(TypedDict):
    prompt_tokens: int
    """Number of words."""
    total_tokens: int
    """Number of words."""


class EndAck(TypedDict):
    ok: NotRequired[Literal[True]]
    """Always true."""
    status: Literal["created", "active", "suspended", "ending", "ended"]
    """The state of the session; `suspended`: no client is there, it can be resumed."""


class Engine(TypedDict):
    """What recognized a turn."""
    name: str
    """The program."""
    model: str
    """Its model."""
    version: str
    """Its version."""


class EntranceChangeRequest(TypedDict):
    """Only what is given changes; null leaves it to the server's settings again."""
    registration: NotRequired[bool | None]
    """Whether anybody may open an account."""
    guests: NotRequired[bool | None]
    """Whether guests are taken."""
    guests_a_day: NotRequired[int | None]
    """Guests from one address in 24 hours."""


class EntranceResponse(TypedDict):
    """What a stranger may do here."""
    registration: bool
    """Whether anybody may open an account."""
    guests: bool
    """Whether guests are taken."""
    mail: bool
    """Whether this server mails links."""
    provider: str | None
    """Who signs people in, too."""
    contact: str | None
    """Whom people ask who cannot get in."""


class EntranceSettings(TypedDict):
    """What holds now."""
    registration: bool
    """Whether anybody may open an account."""
    guests: bool
    """Whether guests are taken."""
    guests_a_day: int | None
    """Guests from one address in 24 hours; null: any."""


class Envelope(TypedDict):
    """Members that every server event has."""
    seq: int
    """Number of the event in its session, from 1, without holes."""
    session_id: str
    """The session's id."""
    at_ms: int
    """Milliseconds since the session was started."""


class Error(TypedDict):
    """Every error body, with the members of RFC 9457 beside `detail`."""
    detail: SimpleDetailResponse
    type: str
    """A URI for the kind of problem (RFC 9457)."""
    title: str
    """The status in words."""
    status: int
    """The HTTP status."""
    instance: str
    """The path that was asked."""
    request_id: str
    """The X-Request-Id of this request, for questions to the operator."""


class EventLinks(TypedDict):
    self: NotRequired[str | None]
    """Where the account itself reads more."""
    organization: NotRequired[str | None]
    """Where those who lead the organization read more."""


class Exercise(TypedDict):
    """One thing to try now, for what cost most."""
    instruction: str
    """What to do."""
    text: str
    """What to read aloud."""


class Expiry(TypedDict):
    anchor: NotRequired[Literal["created_at"]]
    """From when the time counts."""
    seconds: NotRequired[int]
    """Lifetime of the key in seconds."""


class FieldFault(TypedDict):
    """A fault of one member."""
    path: str
    """Where, as a JSON pointer."""
    message: str
    """What is wrong."""


class FieldProblem(TypedDict):
    """One fault of a request."""
    path: str
    """Where, as a JSON pointer."""
    message: str
    """What is wrong."""


class ForgottenRequest(TypedDict):
    email: str
    """The address of the account."""
    language: NotRequired[str | None]
    """Of the letter; BCP 47."""


class FunctionCall(TypedDict):
    name: str
    """The function's name."""
    arguments: str
    """JSON, as the model wrote it: it may be broken."""


class FunctionCallDelta(TypedDict):
    name: NotRequired[str]
    """The function's name, in a call's first piece."""
    arguments: str
    """The next piece of the arguments."""


class FunctionDefinition(TypedDict):
    name: str
    """Its name."""
    description: NotRequired[str | None]
    """What it is for."""
    parameters: NotRequired[JsonObject | None]
    """A JSON Schema of its arguments."""
    strict: NotRequired[bool | None]
    """Whether arguments must fit the schema."""


class FunctionTool(TypedDict):
    type: Literal["function"]
    """Only functions are passed on."""
    function: FunctionDefinition
    """The function."""


class GoogleCalendarStartResponse(TypedDict):
    authorization_url: str
    """Send the user there."""
    state: str
    """Comes back with the user."""
    expires_at: str
    """Until when they must be back."""


class GuardClearRequest(TypedDict):
    """At least one of the two."""
    account: NotRequired[str | None]
    """Id, address or user name."""
    address: NotRequired[str | None]
    """An IP address."""


class GuardCleared(TypedDict):
    forgotten: int
    """How many failed sign-ins no longer count."""


class HandoverLink(TypedDict):
    """A link to hand over. It is shown once, works once, and stands for a password: send it to nobody else."""
    link: str
    """The whole address, or the path of it without PARLEY_PUBLIC_URL."""
    expires_at: str
    """When it runs out."""


class HealthCheckItem(TypedDict):
    name: str
    """The part that was checked."""
    status: Literal["ok", "degraded", "down"]
    """How it is."""
    latency_ms: float
    """Duration of the check in milliseconds."""
    detail: str
    """The result in words."""
    waiting_for: NotRequired[str | None]
    """What has to come first: `fetching` or `loading` of a model."""
    wait_seconds: NotRequired[int | None]
    """Estimated seconds until then; null when unknown."""


class HealthPulse(TypedDict):
    number: int
    """1, and a second later 2."""


class HealthResponse(TypedDict):
    status: Literal["ok"]
    """The process answers."""
    version: str
    """Parley's version."""


class HeardSound(TypedDict):
    input: NotRequired[SoundIn]
    """The learner's sound."""


class HeartbeatAck(TypedDict):
    ok: NotRequired[Literal[True]]
    """Always true."""
    status: Literal["created", "active", "suspended", "ending", "ended"]
    """The state of the session; `suspended`: no client is there, it can be resumed."""
    remaining_seconds: int
    """Seconds left for this session."""


class IceServer(TypedDict):
    urls: list[str]
    """STUN or TURN addresses."""
    username: NotRequired[str | None]
    """Time-limited user name."""
    credential: NotRequired[str | None]
    """Its password."""


class IceServers(TypedDict):
    ice_servers: list[IceServer]
    """For `RTCPeerConnection`; empty without any."""


class ImportLine(TypedDict):
    line: int
    """The line of the file, from 1."""
    email: str | None
    """What the line says."""
    result: Literal["created", "ready", "faulty"]
    """`ready`: right, and not created, because of the other lines or of `dry_run`."""
    message: NotRequired[str | None]
    """What is wrong with it."""
    person_id: NotRequired[str | None]
    """The new account."""
    set_password: NotRequired[HandoverLink | None]
    """For their first password."""


class InputTranscription(TypedDict):
    language: NotRequired[str]
    """Language (BCP 47)."""
    model: NotRequired[str]
    """Accepted and not used."""
    prompt: NotRequired[str]
    """Accepted and not used."""


class IntegrationClaims(TypedDict):
    """What the token says (RFC 7519)."""
    iss: str
    """Who issued it."""
    sub: str
    """Your own name for the learner, or the id of who issued it."""
    jti: str
    """The token's id."""
    tenantId: str
    """The tenant."""
    mode: Literal["api", "embed"]
    """For calls of the API, or for the embed page."""
    origin: str
    """The one web origin it is good for."""
    scopes: list[str]
    """What it opens."""
    iat: int
    """When it was issued, in seconds since 1970."""
    exp: int
    """When it ends, in seconds since 1970."""


class IntegrationFingerprint(TypedDict):
    kid: str
    """The key's id."""
    sha256: str
    """SHA-256 of its SubjectPublicKeyInfo."""
    active: bool
    """Whether it signs new tokens."""


class IntegrationFingerprintResponse(TypedDict):
    fingerprints: list[IntegrationFingerprint]
    """As in the key set."""


class IntegrationGrantRequest(TypedDict):
    mode: Literal["api", "embed"]
    """For calls of the API, or for the embed page."""
    origin: str
    """The one web origin it is good for."""
    scopes: list[Literal["conversations:read", "conversations:write", "rag:read", "rag:write", "quiz:read", "quiz:write", "live:read", "live:write", "organizations:read", "organizations:write", "integrations:read", "integrations:write", "xel:read", "xel:write", "xp:read", "webhooks:read", "webhooks:write", "api:read", "api:write", "api:admin"]]
    """What it opens."""
    ttlSeconds: int
    """Its lifetime."""
    tenantId: NotRequired[str | None]
    """The tenant; needed with more than one."""
    subject: NotRequired[str | None]
    """Your own name for the learner."""


class IntegrationGrantResponse(TypedDict):
    integrationToken: str
    """The token, a JWT signed with RS256."""
    tokenType: NotRequired[Literal["Bearer"]]
    """Always Bearer."""
    jti: str
    """The token's id."""
    tenantId: str
    """The tenant."""
    expiresAt: str
    """When it dies."""
    scopes: list[str]
    """What it opens."""
    origin: str
    """The one web origin it is good for."""


class IntegrationJWK(TypedDict):
    """RFC 7517."""
    kty: Literal["RSA"]
    """The kind of key."""
    n: str
    """The modulus, base64url."""
    e: str
    """The exponent, base64url."""
    alg: Literal["RS256"]
    """The algorithm."""
    use: Literal["sig"]
    """The use."""
    kid: str
    """The key's id (RFC 7638)."""


class IntegrationJWKSResponse(TypedDict):
    keys: list[IntegrationJWK]
    """All keys whose tokens may be alive, the active one first."""


class IntegrationList(TypedDict):
    """The newest first."""
    items: list[IntegrationOut]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class IntegrationOut(TypedDict):
    """An account at another provider."""
    id: str
    """The connection."""
    provider: str
    """Whose."""
    status: Literal["active", "expired", "revoked"]
    """Whether it can be used; else connect again."""
    account: str
    """The account there."""
    scopes: list[str]
    """What was permitted."""
    connected_at: str
    """When it was permitted."""


class IntegrationRevokeRequest(TypedDict):
    """Either integrationToken, or tenantId and jti."""
    integrationToken: NotRequired[str | None]
    """The token itself."""
    tenantId: NotRequired[str | None]
    """The tenant."""
    jti: NotRequired[str | None]
    """The token's id."""
    reason: str
    """Why, for the record."""


class IntegrationRevokeResponse(TypedDict):
    revoked: bool
    """Always true."""
    jti: str
    """The token's id."""
    revokedAt: str
    """When it was revoked first."""


class IntegrationRotateRequest(TypedDict):
    mode: Literal["api", "embed"]
    """For calls of the API, or for the embed page."""
    origin: str
    """The one web origin it is good for."""
    scopes: list[Literal["conversations:read", "conversations:write", "rag:read", "rag:write", "quiz:read", "quiz:write", "live:read", "live:write", "organizations:read", "organizations:write", "integrations:read", "integrations:write", "xel:read", "xel:write", "xp:read", "webhooks:read", "webhooks:write", "api:read", "api:write", "api:admin"]]
    """What it opens."""
    ttlSeconds: int
    """Its lifetime."""
    tenantId: NotRequired[str | None]
    """The tenant; needed with more than one."""
    subject: NotRequired[str | None]
    """Your own name for the learner."""
    previousToken: NotRequired[str | None]
    """The token that the new one replaces."""
    revokePrevious: NotRequired[bool]
    """Whether the previous token is revoked now."""
    rotateKey: NotRequired[bool]
    """Whether the tenant's key pair is replaced too."""


class IntegrationRotateResponse(TypedDict):
    integrationToken: str
    """The token, a JWT signed with RS256."""
    tokenType: NotRequired[Literal["Bearer"]]
    """Always Bearer."""
    jti: str
    """The token's id."""
    tenantId: str
    """The tenant."""
    expiresAt: str
    """When it dies."""
    scopes: list[str]
    """What it opens."""
    origin: str
    """The one web origin it is good for."""
    previousRevoked: bool
    """Whether the previous token was revoked."""


class IntegrationTokenRevocationItem(TypedDict):
    jti: str
    """The token's id."""
    tenantId: str
    """The tenant."""
    reason: str
    """Why."""
    revokedAt: str
    """When."""
    revokedBy: str | None
    """By whom, unless that account is gone."""
    expiresAt: str
    """When the token would have expired."""


class IntegrationTokenRevocationList(TypedDict):
    """The newest first."""
    items: list[IntegrationTokenRevocationItem]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class IntegrationVerifyRequest(TypedDict):
    token: str
    """The token in question."""
    tenantId: str
    """The tenant it should belong to."""
    origin: NotRequired[str | None]
    """The web origin that presented it."""


class IntegrationVerifyResponse(TypedDict):
    valid: bool
    """Whether the token is good now."""
    reason: Literal["malformed", "unknown_key", "bad_signature", "expired", "wrong_origin", "revoked"] | None
    """Why not."""
    claims: IntegrationClaims | None
    """What it says, when the signature is the tenant's."""
    revoked: bool
    """Whether it was revoked."""


class InvitationImportRequest(TypedDict):
    people: str
    """Lines with an address and, before or behind it, a name; at most 300 people."""
    team: NotRequired[str | None]
    """The team; null for none, or for a team manager's own."""


class InvitationImportResponse(TypedDict):
    team: str | None
    """The team that they are asked to join."""
    people: list[InvitedPersonResponse]
    """In the order of the lines."""


class InvitationLinkList(TypedDict):
    """Open links, the newest first."""
    items: list[InvitationLinkResponse]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class InvitationLinkRequest(TypedDict):
    role: NotRequired[Literal["team_manager", "member"]]
    """What they become."""
    team: NotRequired[str | None]
    """The team, if any."""
    days: NotRequired[int]
    """How long it is good for."""


class InvitationLinkResponse(TypedDict):
    id: str
    """The link."""
    role: Literal["owner", "admin", "team_manager", "member"]
    """The role that is offered."""
    team: str | None
    """The team, if any."""
    invited_by: str
    """User name of its maker."""
    created_at: str
    """When it was made."""
    expires_at: str
    """When it runs out."""
    used: int
    """How many became members by it."""
    token: NotRequired[str | None]
    """The secret, once: in the answer to its creation."""


class InvitationLinkToken(TypedDict):
    token: str
    """The link's secret."""


class InvitationList(TypedDict):
    """Open invitations, the newest first."""
    items: list[InvitationResponse]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class InvitationResponse(TypedDict):
    """An invitation as its senders see it."""
    id: str
    """The invitation."""
    user: str
    """The invited person, as the inviter wrote it."""
    role: Literal["owner", "admin", "team_manager", "member"]
    """The role that is offered."""
    team: str | None
    """The team, if any."""
    status: NotRequired[Literal["invited"]]
    """Accepted ones are members."""
    invited_by: str
    """User name of the inviter."""
    created_at: str
    """When it was sent."""
    expires_at: str
    """When it runs out."""


class InvitationView(TypedDict):
    """What an invitation offers."""
    email: str | None
    """The account's address; null: the guest chooses."""
    full_name: str | None
    """As they want to be called."""
    expires_at: str
    """When it runs out."""


class InvitedPersonResponse(TypedDict):
    """What became of a person of the list."""
    line: int
    """The line, from 1."""
    name: str | None
    """The name in it, if any; it is not kept."""
    email: str | None
    """The address in it, if any."""
    result: Literal["invited", "added", "already_member", "already_invited", "too_many_invitations", "faulty"]
    """`invited` is said whether there is such an account or not; `added` are learners of the organization's own site;
    the others changed nothing.
    """
    message: str | None
    """Why a line is `faulty`; null otherwise."""


class JoinAck(TypedDict):
    ok: NotRequired[Literal[True]]
    """Always true."""
    session_id: str
    """The session's id."""
    status: Literal["created", "active", "suspended", "ending", "ended"]
    """The state of the session; `suspended`: no client is there, it can be resumed."""
    seq: int
    """Number of the newest server event."""
    audio_seq: int
    """The last audio frame that need not be sent again; continue with the next."""
    replayed: int
    """How many missed events follow, or 0 when a snapshot or nothing follows."""
    snapshot: bool
    """True when `session.snapshot` follows in place of the missed events."""
    remaining_seconds: int
    """Seconds left for this session."""
    heartbeat_interval_seconds: float
    """Send `session.heartbeat` this often when no audio is sent."""
    resume_ticket: NotRequired[str | None]
    """Opens one later connection for this session, as a ticket."""
    observing: NotRequired[bool]
    """True for an observer: every other event is refused, `read_only`."""
    voice: NotRequired[Literal["server", "client"]]
    """Who speaks the replies."""


class JoinInvitation(TypedDict):
    id: str
    """The invitation."""
    email: str | None
    """The account's address, or null."""
    full_name: str | None
    """As they want to be called."""
    plan: Literal["free", "plus", "pro"]
    """The plan of the account."""
    created_at: str
    """When it was made."""
    expires_at: str
    """When it runs out."""


class JoinInvitationCreated(TypedDict):
    id: str
    """The invitation."""
    email: str | None
    """The account's address, or null."""
    full_name: str | None
    """As they want to be called."""
    plan: Literal["free", "plus", "pro"]
    """The plan of the account."""
    created_at: str
    """When it was made."""
    expires_at: str
    """When it runs out."""
    link: str | None
    """To hand over; shown once, and null when it was mailed."""


class JoinInvitationList(TypedDict):
    """Open invitations, the newest first."""
    items: list[JoinInvitation]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class JoinInvitationRequest(TypedDict):
    """The holder of the link may open one account, also while registration is closed."""
    email: NotRequired[str | None]
    """The account's address; else they choose."""
    full_name: NotRequired[str | None]
    """As they want to be called."""
    plan: NotRequired[Literal["free", "plus", "pro"]]
    """The plan of the account."""
    mail: NotRequired[bool]
    """Mail the link to the address instead of showing it."""
    language: NotRequired[str | None]
    """Of the letter; BCP 47."""


class JoinRequest(TypedDict):
    """A new account, by invitation."""
    token: str
    """From the link."""
    email: NotRequired[str | None]
    """When the invitation names none."""
    username: str
    """Unique; small letters, digits and _."""
    password: str
    """At least 10 characters."""
    full_name: NotRequired[str | None]
    """As the learner wants to be called."""
    timezone: NotRequired[str]
    """IANA zone; days and streaks follow it."""
    native_language: NotRequired[str | None]
    """BCP 47."""


class KnowledgeSearchFilters(TypedDict):
    document_ids: NotRequired[list[str] | None]
    """Only passages of these documents."""
    visibility: NotRequired[Literal["private", "organization"] | None]
    """Only private documents, or only those of an organization."""
    media_type: NotRequired[str | None]
    """Only files of this type."""


class KnowledgeSearchRequest(TypedDict):
    query: str
    """What to look for."""
    top_k: NotRequired[int]
    """Passages at most."""
    conversation_id: NotRequired[str | None]
    """Look into this conversation's documents too."""
    filters: NotRequired[KnowledgeSearchFilters | None]
    """Narrows the search."""


class KnowledgeSearchResponse(TypedDict):
    query: str
    """What was looked for."""
    results: list[KnowledgeSearchResultItem]
    """Passages, best first."""


class KnowledgeSearchResultItem(TypedDict):
    document_id: str
    """The document."""
    title: str
    """Its title."""
    chunk_id: str
    """The passage."""
    heading: str
    """The headings above the passage, outermost first."""
    text: str
    """Its text."""
    score: float
    """0 to 1; comparable within one answer."""
    page: int | None
    """Its page, counted from 1, where the file has pages."""


class Latency(TypedDict):
    """From the end of the speech to this event, and where the time went: waiting for a worker, the engine, the wait
    for a pause.
    """
    total: float
    """Milliseconds."""
    queue: NotRequired[float]
    """Milliseconds."""
    engine: NotRequired[float]
    """Milliseconds."""
    policy: NotRequired[float]
    """Milliseconds."""


class LearnerProgressResponse(TypedDict):
    """What a learner did of an assignment."""
    status: Literal["open", "started", "completed"]
    """`completed` for a completed module, or a text that was read with a score of at least 60."""
    practised_at: str | None
    """When it was practised last."""
    completed_at: str | None
    """When it was completed first."""
    score: int | None
    """0 to 100: the module's score, or the best pronunciation score of the text; null before one."""
    user_id: str
    """The learner."""
    username: str
    """Their public name."""
    full_name: str | None
    """As they want to be called."""
    team: str | None
    """Their team, if any."""


class LearningPulseDayEntry(TypedDict):
    date: str
    """Day in the learner's zone at that time."""
    xp: int
    """XP earned on that day."""
    seconds: int
    """Seconds learned, overlapping sessions counted once."""
    level: int
    """Shade from 0 (nothing) to 4 (a full day)."""


class LearningPulseResponse(TypedDict):
    days: list[LearningPulseDayEntry]
    """365 days, the last one today."""


class LearningTimeAnalyticsResponse(TypedDict):
    total_seconds: int
    """Seconds learned in the period."""
    by_day: list[LearningTimeDay]
    """Every day of the period, in order."""
    by_kind: LearningTimeKinds
    """The same seconds by kind of session; an overlap belongs to the one recorded first."""


class LearningTimeDay(TypedDict):
    date: str
    """Day in the learner's zone at that time."""
    seconds: int
    """Seconds learned on that day."""


class LearningTimeKinds(TypedDict):
    conversation: int
    """Seconds in conversations."""
    english: int
    """Seconds in lessons and tasks."""
    live: int
    """Seconds in live voice sessions."""


class LessonRequest(TypedDict):
    starts_at: str
    """When the lesson begins."""
    duration_minutes: NotRequired[int]
    """How long it takes."""
    title: NotRequired[str]
    """The entry."""
    description: NotRequired[str]
    """The entry's text."""


class LetterResponse(TypedDict):
    """The same whether there is such an account or not."""
    message: str
    """A sentence for people."""


class LinkRequest(TypedDict):
    token: str
    """From the link."""


class LiveEndRequest(TypedDict):
    session_id: str
    """The session."""
    reason: NotRequired[str | None]
    """Why, for the records."""


class LiveHeartbeatRequest(TypedDict):
    session_id: str
    """The session."""


class LiveNicknameRequest(TypedDict):
    nickname: str
    """How the tutor calls the caller."""


class LiveNicknameResponse(TypedDict):
    nickname: str
    """The nickname now in use."""


class LiveQuotaResponse(TypedDict):
    plan: str
    """The caller's plan."""
    limit_seconds: int
    """Seconds of live sessions per calendar month (UTC)."""
    used_seconds: int
    """Seconds used this month, a running session included."""
    reserved_seconds: int
    """Part of the remaining seconds that a running session holds."""
    remaining_seconds: int
    """Limit less used."""
    period_start: str
    """Start of the month."""
    resets_at: str
    """When the next month begins."""


class LiveRecordingListItem(TypedDict):
    session_id: str
    """The session it is of."""
    started_at: str
    """When the session started."""
    duration_ms: int
    """How long it is."""
    size_bytes: int
    """Size of the WAV file."""
    expires_at: str
    """When it will be deleted."""


class LiveRecordingListResponse(TypedDict):
    items: list[LiveRecordingListItem]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class LiveSessionEndResponse(TypedDict):
    session_id: str
    """The session."""
    status: str
    """Always `ended`."""
    started_at: str
    """When it was started."""
    ended_at: str
    """When it ended."""
    billed_seconds: int
    """Seconds billed."""
    transcript_id: str | None
    """Its transcript; null when nothing was said."""
    xp_awarded: int
    """Points earned."""


class LiveSessionHeartbeatResponse(TypedDict):
    session_id: str
    """The session."""
    status: str
    """active, or ended when this heartbeat found the quota used up."""
    used_seconds: int
    """Seconds this session has used."""
    remaining_seconds: int
    """Seconds it may still use."""
    expires_at: str
    """When it ends if used without a pause."""


class LiveSessionResponse(TypedDict):
    session_id: str
    """The new session."""
    session_type: str
    """As asked for."""
    started_at: str
    """When it was started."""
    expires_at: str
    """When it ends at the latest if used without a pause."""
    heartbeat_interval_seconds: float
    """Send a heartbeat this often while no media flows."""
    remaining_seconds: int
    """Seconds reserved for this session."""
    realtime: RealtimeAccess
    """How to connect."""


class LiveStartSessionRequest(TypedDict):
    session_type: Literal["voice", "avatar", "speaking"]
    """A conversation, one with mouth shapes, or reading aloud and free speech, scored."""
    reference_text: NotRequired[str | None]
    """The text to be read, of `speaking`; absent in free speech."""
    conversation_id: NotRequired[str | None]
    """A conversation that this session goes on with."""
    scenario: NotRequired[str | None]
    """A scene to play."""
    language: NotRequired[str]
    """Language spoken, BCP 47."""
    patience_ms: NotRequired[Literal[0] | int | None]
    """Silence that ends the learner's turn; null adapts to the learner, 0 is push-to-talk."""
    record: NotRequired[bool]
    """Consent to keep the audio. Nothing is recorded without it."""
    takeover: NotRequired[bool]
    """End another running session of the caller first."""


class LiveTranscriptDetailResponse(TypedDict):
    id: str
    """The transcript."""
    session_id: str | None
    """Its session, if it has one."""
    started_at: str
    """When the session started."""
    ended_at: str | None
    """When it ended."""
    turns: list[LiveTranscriptTurn]
    """All turns in order."""


class LiveTranscriptListItem(TypedDict):
    id: str
    """The transcript."""
    session_id: str | None
    """Its session; null when it was saved from elsewhere."""
    started_at: str
    """When the session started."""
    ended_at: str | None
    """When it ended; null while it runs."""
    turns: int
    """How many turns."""
    preview: str
    """The beginning of the first turn."""


class LiveTranscriptListResponse(TypedDict):
    items: list[LiveTranscriptListItem]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class LiveTranscriptSaveResponse(TypedDict):
    id: str
    """The new transcript."""
    saved: int
    """Turns kept."""


class LiveTranscriptTurn(TypedDict):
    role: str
    """user or ai."""
    text: str
    """What was said."""
    timestamp: str
    """When the turn was complete."""
    turn_id: str
    """As in the realtime events."""
    start_ms: NotRequired[int | None]
    """Start on the session's audio clock."""
    end_ms: NotRequired[int | None]
    """End on the session's audio clock."""
    words: NotRequired[list[Word] | None]
    """Words with times and confidence."""
    engine: NotRequired[Engine | None]
    """What recognized it."""
    pronunciation: NotRequired[Report | None]
    """How it was pronounced."""


class LoginForm(TypedDict):
    """The form of a sign-in; the members besides name and password are those of an OAuth 2 password form."""
    username: str
    """User name or e-mail address."""
    password: str
    """The password."""
    grant_type: NotRequired[Literal["password"]]
    """Taken and ignored."""
    scope: NotRequired[str]
    """Taken and ignored."""


class LogoutRequest(TypedDict):
    refresh_token: NotRequired[str | None]
    """Ends the session of this token too."""


class LogoutResponse(TypedDict):
    message: str
    """A sentence for people."""
    revoked_sessions: int
    """How many sessions ended."""


class Loss(TypedDict):
    """Points that the overall score lacks, and on what they were lost."""
    kind: Literal["sound", "missing_sound", "stress", "pause", "hesitation", "omission", "insertion", "repetition", "other_sounds", "pace", "melody"]
    """What it was."""
    part: Literal["accuracy", "fluency", "completeness", "prosody"]
    """The score that it lowered."""
    points: float
    """Points of the overall score that it cost."""
    message: str
    """The same for the learner."""
    words: list[int]
    """The words concerned, by `index`; empty for the whole."""
    text: str
    """What to listen to, as the model voice should say it."""
    start_ms: int
    """Where it can be heard in the recording."""
    end_ms: int
    """Up to where."""
    phoneme: NotRequired[str]
    """The sound of the text, ARPAbet."""
    ipa: NotRequired[str]
    """The same in the IPA."""
    heard: NotRequired[str]
    """What was heard instead; empty: nothing."""
    heard_ipa: NotRequired[str]
    """The same in the IPA."""


class MemberAddRequest(TypedDict):
    user: str
    """Id, e-mail address or user name."""
    role: NotRequired[Literal["owner", "admin", "team_manager", "member"]]
    """Not above the caller's own."""
    team: NotRequired[str | None]
    """The team, if any."""


class MemberList(TypedDict):
    """Members in the order in which they joined."""
    items: list[MemberResponse]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class MemberResponse(TypedDict):
    """A member, or an invited person: then the answer does not reveal whether there is such an account."""
    user_id: str | None
    """The account; null while invited."""
    username: str | None
    """Its public name; null while invited."""
    full_name: str | None
    """As the member wants to be called."""
    role: Literal["owner", "admin", "team_manager", "member"]
    """The role in the organization."""
    team: str | None
    """The team, if any."""
    joined_at: str | None
    """When the membership began; null while invited."""
    status: NotRequired[Literal["member", "invited"]]
    """Whether consent is awaited."""
    invitation_id: NotRequired[str | None]
    """The invitation that awaits it."""


class MemberRoleRequest(TypedDict):
    role: Literal["owner", "admin", "team_manager", "member"]
    """Not above the caller's own."""


class MemberUpdateRequest(TypedDict):
    role: Literal["owner", "admin", "team_manager", "member"]
    """Not above the caller's own."""
    team: str | None
    """The team, or null for none."""
    organization_id: str
    """Another organization moves the member."""


class MembersAudience(TypedDict):
    kind: Literal["members"]
    """Learners by name."""
    user_ids: list[str]
    """Who."""


class Miscues(TypedDict):
    """How many words of each kind."""
    omission: int
    """Words of the text that were left out."""
    insertion: int
    """Words that are not in the text."""
    repetition: int
    """Words that were said again."""


class ModelObject(TypedDict):
    id: str
    """Name it by this."""
    object: NotRequired[Literal["model"]]
    """Always `model`."""
    created: int
    """Seconds since 1970; when it was made is not known here."""
    owned_by: str
    """Who serves it: `parley`, or a provider's id."""


class ModelObjectList(TypedDict):
    object: NotRequired[Literal["list"]]
    """Always `list`."""
    data: list[ModelObject]
    """Every model, those of chat first."""


class ModuleCompletedData(TypedDict):
    account_id: NotRequired[str | None]
    """The account that it is about; null when it is about none."""
    organization_id: NotRequired[str | None]
    """The organization that it is about, or whose endpoint this is."""
    links: NotRequired[EventLinks]
    """Where to fetch what is not in here."""
    module_id: str
    """The module."""
    score: int
    """The mean of the best scores of its tasks, 0 to 100."""
    completed_at: str
    """When it was completed for the first time."""


class ModuleCompletedEvent(TypedDict):
    """A learner has completed a module for the first time."""
    type: Literal["module.completed"]
    """The event."""
    timestamp: str
    """When it happened."""
    data: ModuleCompletedData
    """What happened."""


class ModuleWork(TypedDict):
    kind: Literal["module"]
    """A module of the course."""
    module_id: str
    """The module."""


class MouthMark(TypedDict):
    at_ms: int
    """From when on, in milliseconds of the sound."""
    id: int
    """The shape, as in `response.viseme`."""
    name: str
    """Its name in the set of 15 that avatars have as blend shapes."""


class MyAssignmentList(TypedDict):
    """What the caller has to do, the soonest first."""
    items: list[MyAssignmentResponse]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class MyAssignmentResponse(TypedDict):
    """An assignment as the learner sees it."""
    status: Literal["open", "started", "completed"]
    """`completed` for a completed module, or a text that was read with a score of at least 60."""
    practised_at: str | None
    """When it was practised last."""
    completed_at: str | None
    """When it was completed first."""
    score: int | None
    """0 to 100: the module's score, or the best pronunciation score of the text; null before one."""
    id: str
    """The assignment."""
    organization_id: str
    """Who gave it."""
    organization_name: str
    """What people call it."""
    work: WorkResponse
    """What is to be done."""
    due_at: str
    """Until when."""
    created_at: str
    """When it was given."""


class MyInvitationList(TypedDict):
    """Invitations that wait for an answer, the newest first."""
    items: list[MyInvitationResponse]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class MyInvitationResponse(TypedDict):
    """An invitation as the invited person sees it."""
    id: str
    """The invitation."""
    organization_id: str
    """Who asks."""
    organization_name: str
    """What people call it."""
    organization_slug: str
    """Its unique short name."""
    role: Literal["owner", "admin", "team_manager", "member"]
    """The role that is offered."""
    team: str | None
    """The team, if any."""
    moves_from: str | None
    """The organization that accepting it leaves."""
    invited_by: str
    """User name of the inviter."""
    created_at: str
    """When it was sent."""
    expires_at: str
    """When it runs out."""


class NoPayload(TypedDict):
    """No members."""


class NoteCreate(TypedDict):
    title: str
    """Its title."""
    content: str
    """Its text."""
    tags: NotRequired[list[str]]
    """Words to find it by."""
    conversation_id: NotRequired[str | None]
    """The conversation it belongs to."""


class NoteList(TypedDict):
    """Notes, newest first."""
    items: list[NoteResponse]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class NoteResponse(TypedDict):
    id: str
    """The note's id."""
    title: str
    """Its title."""
    content: str
    """Its text."""
    tags: list[str]
    """Words to find it by."""
    conversation_id: str | None
    """The conversation it belongs to."""
    created_at: str
    """When it was written."""
    updated_at: str
    """When it was changed last."""


class NoteUpdate(TypedDict):
    title: NotRequired[str | None]
    """A new title; left out, it stays."""
    content: NotRequired[str | None]
    """A new text; left out, it stays."""
    tags: NotRequired[list[str] | None]
    """New tags; left out, they stay."""
    conversation_id: NotRequired[str | None]
    """Another conversation, or null for none; left out, it stays."""


class OfferAck(TypedDict):
    ok: NotRequired[Literal[True]]
    """Always true."""
    sdp: str
    """The answer, with all candidates of the server."""


class OpenedLinkResponse(TypedDict):
    """A link as those see it who have it."""
    organization_id: str
    """Who asks."""
    organization_name: str
    """What people call it."""
    role: Literal["owner", "admin", "team_manager", "member"]
    """The role that is offered."""
    team: str | None
    """The team, if any."""
    invited_by: str
    """User name of its maker."""
    expires_at: str
    """When it runs out."""
    is_member: bool
    """Whether the caller belongs to it already."""


class OrganizationCreateRequest(TypedDict):
    name: str
    """What people call it."""
    slug: str
    """Unique; small letters, digits and single hyphens."""
    description: NotRequired[str | None]
    """A few words."""


class OrganizationList(TypedDict):
    """The caller's organizations, the newest first."""
    items: list[OrganizationResponse]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class OrganizationResponse(TypedDict):
    id: str
    """The organization."""
    name: str
    """What people call it."""
    slug: str
    """Its unique short name."""
    description: str | None
    """A few words."""
    role: Literal["owner", "admin", "team_manager", "member"]
    """What the caller is in it."""
    members: int
    """The number of members."""
    created_at: str
    """When it was made."""


class OrganizationUpdateRequest(TypedDict):
    """Only what is given changes."""
    name: NotRequired[str]
    """What people call it."""
    slug: NotRequired[str]
    """Unique."""
    description: NotRequired[str | None]
    """A few words; null clears."""


class PageGuestRequest(TypedDict):
    """Somebody who tries it first."""
    timezone: NotRequired[str]
    """IANA zone; days and streaks follow it."""
    native_language: NotRequired[str | None]
    """BCP 47."""


class PageLoginRequest(TypedDict):
    username: str
    """User name or e-mail address."""
    password: str
    """The password."""


class PageLogoutRequest(TypedDict):
    everywhere: NotRequired[bool]
    """End all sessions of the account."""


class PageRefreshRequest(TypedDict):
    """Nothing: the browser sends the cookie."""


class PageTokenResponse(TypedDict):
    """An access token. What buys the next one is in a cookie that no script can read."""
    access_token: str
    """For `Authorization: Bearer`."""
    token_type: NotRequired[Literal["bearer"]]
    """Always bearer."""
    expires_in: int
    """Lifetime of the access token in seconds."""


class PasswordChangeRequest(TypedDict):
    current_password: str
    """The current password."""
    new_password: str
    """At least 10 characters."""


class PasswordResetRequest(TypedDict):
    token: str
    """From the link."""
    password: str
    """The new password."""


class PcmFormat(TypedDict):
    type: Literal["audio/pcm"]
    """16 bits, mono, little endian."""
    rate: NotRequired[int]
    """Samples per second."""


class PeopleImportRequest(TypedDict):
    """The text of a file. Its first line names the columns: email, and any of username, full_name, plan, timezone,
    native_language; commas, semicolons or tabs are between them.
    """
    csv: str
    """At most 2,000 lines."""
    dry_run: NotRequired[bool]
    """Only say what would happen."""


class PeopleImportResponse(TypedDict):
    """All lines were created, or none."""
    created: int
    """How many accounts were opened."""
    faulty: int
    """How many lines are wrong."""
    lines: list[ImportLine]
    """In the order of the file."""


class PersonChangeRequest(TypedDict):
    plan: Literal["free", "plus", "pro"]
    """Decides the monthly live seconds."""


class PersonCreateRequest(TypedDict):
    """An account for somebody else. Without a password the answer has a link with which they set one."""
    email: str
    """Unique, whatever its case."""
    username: NotRequired[str | None]
    """Unique; else it is made of the address."""
    password: NotRequired[str | None]
    """At least 10 characters."""
    full_name: NotRequired[str | None]
    """As the learner wants to be called."""
    plan: NotRequired[Literal["free", "plus", "pro"]]
    """Decides the monthly live seconds."""
    timezone: NotRequired[str]
    """IANA zone."""
    native_language: NotRequired[str | None]
    """BCP 47."""


class PersonCreated(TypedDict):
    id: str
    """The account."""
    email: str
    """The e-mail address."""
    username: str
    """The public name."""
    full_name: str | None
    """As the learner wants to be called."""
    role: Literal["user", "admin"]
    """The role on this server."""
    plan: Literal["free", "plus", "pro"]
    """Decides the monthly live seconds."""
    created_at: str
    """When the account was made."""
    last_seen_at: str | None
    """When a sign-in was last refreshed."""
    disabled_at: str | None
    """Since when nothing opens it, or null."""
    email_verified_at: str | None
    """When the address was proved."""
    is_guest: bool
    """Whether nobody can sign in to it."""
    has_password: bool
    """Whether its owner has set a password."""
    identities: list[PersonIdentity]
    """The providers that sign them in."""
    embedded: NotRequired[PersonSubject | None]
    """Whose learner it is, if an organization's."""
    set_password: NotRequired[HandoverLink | None]
    """For their first password; null when one was given."""


class PersonIdentity(TypedDict):
    """By whom else an account is signed in to."""
    issuer: str
    """The provider."""
    subject: str
    """Its name for the person."""
    joined_at: str
    """When they first came from there."""
    last_used_at: str
    """When they last came from there."""


class PersonList(TypedDict):
    """Accounts, the newest first."""
    items: list[PersonResponse]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class PersonResponse(TypedDict):
    """An account as administrators see it."""
    id: str
    """The account."""
    email: str
    """The e-mail address."""
    username: str
    """The public name."""
    full_name: str | None
    """As the learner wants to be called."""
    role: Literal["user", "admin"]
    """The role on this server."""
    plan: Literal["free", "plus", "pro"]
    """Decides the monthly live seconds."""
    created_at: str
    """When the account was made."""
    last_seen_at: str | None
    """When a sign-in was last refreshed."""
    disabled_at: str | None
    """Since when nothing opens it, or null."""
    email_verified_at: str | None
    """When the address was proved."""
    is_guest: bool
    """Whether nobody can sign in to it."""
    has_password: bool
    """Whether its owner has set a password."""
    identities: list[PersonIdentity]
    """The providers that sign them in."""
    embedded: NotRequired[PersonSubject | None]
    """Whose learner it is, if an organization's."""


class PersonSubject(TypedDict):
    """A learner of an organization's own site."""
    organization_id: str
    """The organization."""
    subject: str
    """Its name for the learner."""


class Phone(TypedDict):
    """A sound of a word."""
    phoneme: str
    """The sound of the text, ARPAbet without stress."""
    ipa: str
    """The same in the IPA."""
    start_ms: int
    """Its start."""
    end_ms: int
    """Its end."""
    score: float
    """How well it was said."""
    heard: NotRequired[str]
    """What was heard instead, ARPAbet; empty: nothing was said."""
    heard_ipa: NotRequired[str]
    """The same in the IPA."""
    advice: NotRequired[str]
    """What to do about it, in a sentence."""
    evidence: NotRequired[PhoneEvidence]
    """Only where something speaks against it."""


class PhoneEvidence(TypedDict):
    """What speaks against a phone."""
    likelihood_gap: float
    """Nats by which another sound, or none, fits better."""
    duration_deviations: float
    """Its length, in deviations from a native reader's."""


class PhonemeAccuracy(TypedDict):
    phoneme: str
    """ARPAbet name without stress."""
    ipa: str
    """The same in the International Phonetic Alphabet."""
    attempts: int
    """Times it was said and scored in the period."""
    mean: float
    """Mean score in the period, 0 to 100."""
    trend: float | None
    """Points gained (or lost) a week, by least squares; null with a single week."""
    by_week: list[PhonemeWeek]
    """Weeks with attempts, in order."""


class PhonemeAnalyticsResponse(TypedDict):
    phonemes: list[PhonemeAccuracy]
    """Phonemes that were said, the lowest mean first."""


class PhonemeWeek(TypedDict):
    week_start: str
    """The Sunday that began the week."""
    attempts: int
    """Times the phoneme was said and scored."""
    mean: float
    """Mean score, 0 to 100."""


class PlaybackFlush(TypedDict):
    epoch: int
    """Audio of earlier epochs must not be played."""


class PlaybackResume(TypedDict):
    """After a `playback.flush` for a cough, a sign of listening or the tutor's own echo: the reply goes on. Its sound
    follows with this epoch; a client that speaks by itself speaks `text`.
    """
    epoch: int
    """Grows when the client has to drop what it has not played."""
    text: str
    """What was not heard yet."""


class ProfileUpdateRequest(TypedDict):
    """Only what is given changes; null clears what may be empty."""
    full_name: NotRequired[str | None]
    """As the learner wants to be called."""
    timezone: NotRequired[str]
    """IANA zone."""
    native_language: NotRequired[str | None]
    """BCP 47."""
    nickname: NotRequired[str | None]
    """What the tutor says."""
    avatar_url: NotRequired[str | None]
    """http or https."""


class PronunciationFinal(TypedDict):
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    pronunciation: Report
    """The report of the whole turn."""


class PronunciationWord(TypedDict):
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    word_id: str
    """The `id` of a word, or `r<index>` beside a reference text."""
    index: NotRequired[int | None]
    """Position in the reference text, if there is one."""
    word: str
    """The word."""
    score: float | None
    """0 to 100; null where nothing can be judged, or in doubt what was said."""
    error: Literal["none", "mispronunciation", "omission", "insertion", "repetition"]
    """What is wrong with the word."""
    phonemes: list[Phone]
    """Its sounds in order."""
    provisional: bool
    """True: the word may be scored again."""


class ProviderItem(TypedDict):
    id: str
    """The id to use in requests."""
    name: str
    """Its name for people."""
    models: list[str]
    """Its models."""
    default_model: str
    """The model when none is named."""
    available: bool
    """Whether it would be asked now."""
    reason: str | None
    """Why it is not available."""
    offline: bool
    """Whether it works without any other server."""


class ProviderList(TypedDict):
    items: list[ProviderItem]
    """In the order in which `auto` asks them."""


class PublicXPProfileResponse(TypedDict):
    username: str
    """The unique name."""
    display_name: str
    """Nickname, or the unique name without one."""
    avatar_url: str | None
    """Picture, if there is one."""
    level: int
    """Level reached, from 1."""
    xp_total: int
    """All XP ever earned."""
    current_streak: int
    """Active days in a row, up to today or yesterday in the learner's zone."""
    longest_streak: int
    """The longest streak ever, in days."""
    member_since: str
    """Day of registration (UTC)."""


class QualityNote(TypedDict):
    """Something about the sound that makes scores less sure."""
    code: Literal["too_short", "silent", "quiet", "clipping", "noise", "very_noisy", "narrow_band", "gaps", "echo", "unclear"]
    """For programs."""
    message: str
    """For the learner."""


class QuestItem(TypedDict):
    id: str
    """Unique on its date."""
    title: str
    """What to do."""
    description: str
    """Why, and what counts."""
    target: int
    """How much is to be done, in the unit of the title."""
    progress: int
    """How much of it is done, up to the target."""
    completed: bool
    """Done and rewarded."""
    xp_reward: int
    """XP for completing it."""


class QuestsResponse(TypedDict):
    date: str
    """Day in the learner's zone at that time."""
    quests: list[QuestItem]
    """Three quests, made from what the learner is weak at."""
    resets_at: str
    """The learner's next midnight, when new quests come."""


class QuotaLowData(TypedDict):
    account_id: NotRequired[str | None]
    """The account that it is about; null when it is about none."""
    organization_id: NotRequired[str | None]
    """The organization that it is about, or whose endpoint this is."""
    links: NotRequired[EventLinks]
    """Where to fetch what is not in here."""
    limit_seconds: int
    """Seconds of live sessions a calendar month (UTC)."""
    remaining_seconds: int
    """Seconds that are left of them."""
    resets_at: str
    """When the next month begins."""


class QuotaLowEvent(TypedDict):
    """Less than a fifth of the month's live minutes is left. Once a month."""
    type: Literal["quota.low"]
    """The event."""
    timestamp: str
    """When it happened."""
    data: QuotaLowData
    """What happened."""


class RagCitation(TypedDict):
    document_id: str
    """The document."""
    title: str
    """Its title."""
    chunk_id: str
    """The passage."""
    page: int | None
    """Its page, where the file has pages."""
    quote: str
    """The exact words of the passage."""


class RagDocument(TypedDict):
    id: str
    """The document's id."""
    title: str
    """Its title."""
    filename: str
    """The file's name."""
    media_type: str
    """Its type, decided by its content."""
    size_bytes: int
    """Its size in bytes."""
    chunks: int
    """Passages in it, once it is ready."""
    status: Literal["processing", "ready", "failed"]
    """The state of its reading."""
    error: str | None
    """Why it failed: encrypted, broken, empty, zip_bomb, macros, too_long, too_slow, too_much_memory, unknown_encoding
    (save it as UTF-8) or unsupported.
    """
    visibility: Literal["private", "organization"]
    """Who may see it."""
    organization_id: str | None
    """The organization that may see it."""
    conversation_id: str | None
    """The conversation it belongs to."""
    created_at: str
    """When it was uploaded."""


class RagDocumentList(TypedDict):
    """Documents, newest first."""
    items: list[RagDocument]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class RagDocumentUpload(TypedDict):
    file: Upload
    """A text, Markdown, HTML, PDF or Word (docx) file of 20 MB at most."""
    title: NotRequired[str]
    """Its title; else the file's name."""
    visibility: NotRequired[Literal["private", "organization"]]
    """Who may see it."""
    organization_id: NotRequired[str]
    """The organization; needed by members of several."""
    conversation_id: NotRequired[str]
    """The conversation it belongs to."""


class RagQueryRequest(TypedDict):
    query: str
    """The question."""
    top_k: NotRequired[int]
    """Passages that an answer may use."""
    conversation_id: NotRequired[str | None]
    """Answer from this conversation's documents too."""


class RagQueryResponse(TypedDict):
    answer: str
    """The answer, or that none was found."""
    citations: list[RagCitation]
    """Where it comes from; empty when nothing was found."""
    provider: str
    """Who wrote it; `builtin` quotes only."""
    model: str
    """The model."""
    grounded: bool
    """Whether the documents hold the answer."""


class RagUploadResponse(TypedDict):
    document: RagDocument
    """The document, still being read."""


class RealtimeAccess(TypedDict):
    url: str
    """Where Socket.IO answers."""
    namespace: str
    """The namespace to connect to: `/live` or `/speaking`."""
    ticket: str
    """Opens one connection within 60 s: `auth: {ticket}`."""
    ice_servers: list[IceServer]
    """For WebRTC."""


class RealtimeFunctionTool(TypedDict):
    type: Literal["function"]
    """Only functions are taken."""
    name: str
    """Its name."""
    description: NotRequired[str]
    """What it is for."""
    parameters: NotRequired[JsonObject]
    """A JSON Schema of its arguments."""


class RefreshRequest(TypedDict):
    refresh_token: str
    """The newest one."""


class Refusal(TypedDict):
    """The acknowledgement of an event that was not taken."""
    ok: NotRequired[Literal[False]]
    """Always false."""
    error: SocketError
    """Why."""


class RegisterRequest(TypedDict):
    """A new account."""
    email: str
    """Unique, whatever its case."""
    username: str
    """Unique; small letters, digits and _."""
    password: str
    """At least 10 characters."""
    full_name: NotRequired[str | None]
    """As the learner wants to be called."""
    timezone: NotRequired[str]
    """IANA zone; days and streaks follow it."""
    native_language: NotRequired[str | None]
    """BCP 47."""


class Report(TypedDict):
    """How a text, or what was said freely, was pronounced. Scores are null where nothing could be judged."""
    overall: float | None
    """Of the other four: see docs/pronunciation.md for the formula."""
    accuracy: float | None
    """The sounds."""
    fluency: float | None
    """Pace, pauses, hesitations."""
    completeness: float | None
    """The share of the text that was said."""
    prosody: float | None
    """Rhythm, stress and melody."""
    words: list[ScoredWord]
    """Every word of the text in order, with what was added."""
    scorer: Scorer
    """What scored."""
    confidence: NotRequired[float]
    """How sure the scores are."""
    quality: NotRequired[list[QualityNote]]
    """What is wrong with the sound, worst first."""
    reference: NotRequired[Literal["given", "recognised"]]
    """Where the text comes from."""
    refused: NotRequired[Literal["silent", "too_short", "nothing_to_read", "not_the_text", "not_understood"] | None]
    """Why nothing was scored; null when it was."""
    details: NotRequired[Details]
    """Figures behind the scores."""
    lost: NotRequired[list[Loss]]
    """Where 100 - overall went, what cost most first."""
    exercise: NotRequired[Exercise | None]
    """What to try now; null when nothing is lost."""


class RequestMessage(TypedDict):
    role: Literal["system", "developer", "user", "assistant", "tool"]
    """Who speaks; `tool` gives what a function gave."""
    content: NotRequired[str | list[ContentPart] | None]
    """What is said: a text, or parts with texts."""
    tool_calls: NotRequired[list[RequestToolCall] | None]
    """Of the role `assistant`: the functions that it called."""
    tool_call_id: NotRequired[str | None]
    """Of the role `tool`: the call that this answers."""


class RequestToolCall(TypedDict):
    id: str
    """The call's id."""
    type: NotRequired[Literal["function"]]
    """Always `function`."""
    function: CalledFunction
    """The function and its arguments."""


class ResponseAudio(TypedDict):
    """Followed by the bytes. Not part of the numbered log: its `seq` counts audio chunks of the epoch."""
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    epoch: int
    """Grows when the client has to drop what it has not played."""
    seq: int
    """Number of the piece in its epoch."""


class ResponseDelta(TypedDict):
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    text: str
    """The next piece of the reply."""


class ResponseDone(TypedDict):
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    text: str
    """The reply; when it was cut off, what was heard of it."""
    complete: bool
    """False when the reply was cut off."""


class ResponseViseme(TypedDict):
    """Sent up to half a second ahead, with the sound that it belongs to; not part of the numbered log. A
    `playback.flush` also drops shapes of earlier epochs whose time has not come.
    """
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    epoch: int
    """Grows when the client has to drop what it has not played."""
    at_ms: int
    """When to show it, in the session's time, if the sound is played as it arrives."""
    id: int
    """0 sil, 1 PP, 2 FF, 3 TH, 4 DD, 5 kk, 6 CH, 7 SS, 8 nn, 9 RR, 10 aa, 11 E, 12 I, 13 O, 14 U."""


class SaveLiveTranscriptsRequest(TypedDict):
    session_started_at: str
    """When the session started."""
    session_ended_at: str
    """When it ended."""
    transcripts: list[TranscriptTurn]
    """The turns in order."""
    user_id: NotRequired[str | None]
    """Whose it is; needed with a service key."""


class ScoredWord(TypedDict):
    """A word of the text, or one that was said beside it."""
    word: str
    """The word as the text, or for an insertion the recognizer, writes it."""
    index: int | None
    """Its place in the text, from 0; null for words not in it."""
    start_ms: int
    """Its start."""
    end_ms: int
    """Its end."""
    score: float | None
    """From its sounds: one that is wrong costs more than its share. Null: it is not judged."""
    error: Literal["none", "mispronunciation", "omission", "insertion", "repetition"]
    """What is wrong with it."""
    phonemes: list[Phone]
    """Its sounds in order."""
    syllables: NotRequired[list[Syllable]]
    """Its syllables in order."""
    stress: NotRequired[Stress]
    """For words of several syllables."""
    advice: NotRequired[str]
    """The one thing to work on."""
    confidence: NotRequired[float]
    """Free speech: how sure it is that it was said, by recognizer and sounds."""
    doubtful: NotRequired[bool]
    """Free speech; true: not sure that it was said, so it is not judged."""
    guessed: NotRequired[bool]
    """True: no dictionary has it, its sounds are a guess."""
    skipped: NotRequired[str | None]
    """Why it cannot be read aloud."""


class Scorer(TypedDict):
    """What scored: scores of different versions do not compare."""
    name: str
    """The scorer."""
    version: str
    """Its version."""


class SearchReindexResponse(TypedDict):
    job_id: str
    """The job that does it."""
    status: Literal["queued"]
    """It waits its turn."""


class SessionEnd(TypedDict):
    reason: NotRequired[str | None]
    """Why, for the records."""


class SessionEnded(TypedDict):
    reason: str
    """`client`, `quota`, `limit`, `timeout`, `taken_over`, `draining` or what the client said."""
    billed_seconds: int
    """What the session costs of the quota."""
    transcript_id: str | None
    """Where to read what was said; null when nothing was."""


class SessionEndedData(TypedDict):
    account_id: NotRequired[str | None]
    """The account that it is about; null when it is about none."""
    organization_id: NotRequired[str | None]
    """The organization that it is about, or whose endpoint this is."""
    links: NotRequired[EventLinks]
    """Where to fetch what is not in here."""
    session_id: str
    """The live session."""
    session_type: str
    """What kind of session it was."""
    reason: Literal["client", "quota", "limit", "timeout", "taken_over", "draining", "unavailable"]
    """Why it ended."""
    started_at: str
    """When it was started."""
    ended_at: str
    """When it ended."""
    billed_seconds: int
    """Seconds that it costs of the quota."""
    transcript_id: NotRequired[str | None]
    """Null when nothing was said."""


class SessionEndedEvent(TypedDict):
    """A live session is over and billed."""
    type: Literal["session.ended"]
    """The event."""
    timestamp: str
    """When it happened."""
    data: SessionEndedData
    """What happened."""


class SessionJoin(TypedDict):
    session_id: str
    """The session from `session/start` or `speaking.start`."""
    last_seq: NotRequired[int | None]
    """The last server event seen; later ones are sent again."""
    observe: NotRequired[bool]
    """Only watch, as owner, admin or (of the learner's team) team_manager of an organization."""


class SessionObservers(TypedDict):
    """Who watches the session now. Sent whenever an observer comes or leaves."""
    count: int
    """How many."""
    names: list[str]
    """Their names."""


class SessionSnapshot(TypedDict):
    """The session as it is now, when the log no longer reaches back to the client's `last_seq`."""
    status: Literal["created", "active", "suspended", "ending", "ended"]
    """The state of the session; `suspended`: no client is there, it can be resumed."""
    turns: list[SnapshotTurn]
    """All finished turns in order."""
    remaining_seconds: int
    """Seconds left for this session."""


class SessionState(TypedDict):
    status: Literal["created", "active", "suspended", "ending", "ended"]
    """The state of the session; `suspended`: no client is there, it can be resumed."""
    void_turn_ids: NotRequired[list[str]]
    """Unfinished turns that will get no final because their audio is heard again."""
    waiting_for: NotRequired[Literal["fetching", "loading"] | None]
    """Of a model; sound is kept for it."""
    wait_seconds: NotRequired[int | None]
    """How long that takes, as far as anybody can know."""
    message: NotRequired[str | None]
    """What is waited for, for people."""


class SessionUpdate(TypedDict):
    patience_ms: NotRequired[int | None]
    """Silence that ends a turn; null adapts to the learner, with 0 only `audio.commit` ends a turn."""


class SessionWarning(TypedDict):
    reason: Literal["quota", "limit", "draining", "degraded"]
    """What the warning is about."""
    remaining_seconds: NotRequired[int | None]
    """Seconds until the session ends (quota and limit)."""
    message: NotRequired[str | None]
    """What that means, for people."""
    part: NotRequired[Literal["media", "voice", "recognition", "language_model", "redis"] | None]
    """What is degraded: `media` (WebRTC is away), `voice` (the client speaks from now on), `recognition`,
    `language_model`, or `redis` (no resuming on another node).
    """


class SharedSoundResponse(TypedDict):
    """Mean and attempts are those of the learners for whom it is weak."""
    phoneme: str
    """The sound, ARPAbet."""
    ipa: str
    """The same in the IPA."""
    mean: float
    """Mean score, 0 to 100."""
    attempts: int
    """The number of attempts."""
    learners: int
    """The number of learners for whom it is weak."""


class SignInRedirect(TypedDict):
    """Where the browser is sent, as in the header `Location`."""
    location: str
    """An address."""


class SimpleDetailResponse(TypedDict):
    """The documented error: a code, a sentence, and what the code needs beside them. Members that a code does not have
    are absent.
    """
    error: str
    """The code: stable, for programs."""
    message: str
    """One sentence for people."""
    fields: NotRequired[list[FieldProblem]]
    """Of `invalid_request`: every fault at once."""
    required_scope: NotRequired[str]
    """Of `INSUFFICIENT_API_KEY_SCOPE`: what is needed."""
    granted_scopes: NotRequired[list[str]]
    """Of `INSUFFICIENT_API_KEY_SCOPE`: what the credential has."""
    session_id: NotRequired[str]
    """Of `session_active`: the session that runs."""
    plan: NotRequired[str]
    """Of `live_quota_exceeded`: the plan."""
    limit_seconds: NotRequired[int]
    """Of `live_quota_exceeded`: seconds that the plan has in a month."""
    used_seconds: NotRequired[int]
    """Of `live_quota_exceeded`: seconds that were used."""
    resets_at: NotRequired[str | None]
    """Of `live_quota_exceeded`: when the next month begins."""
    price: NotRequired[int]
    """Of `not_enough_tokens`: tokens that it costs."""
    tokens: NotRequired[int]
    """Of `not_enough_tokens`: tokens that are there."""
    missing: NotRequired[list[str]]
    """Of `module_locked` and `module_incomplete`: what to do first."""
    organizations: NotRequired[list[str]]
    """Of `last_owner`: which organizations need another owner."""
    message_id: NotRequired[str | None]
    """Of an answer that broke off: what was saved of it."""


class SimpleMessageResponse(TypedDict):
    """A sentence and nothing else."""
    message: str
    """One sentence for people."""


class SnapshotTurn(TypedDict):
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    role: Literal["user", "ai"]
    """Who spoke: the learner or the tutor."""
    text: str
    """What was said."""
    words: NotRequired[list[Word]]
    """Its words with times; empty for typed turns and replies."""
    pronunciation: NotRequired[Report | None]
    """Once the turn was scored."""


class SocketError(TypedDict):
    """The `error` member of a refused acknowledgement, and the data of a refused connect."""
    error: str
    """Stable code, the same as in REST."""
    message: str
    """One sentence for people."""
    fields: NotRequired[list[FieldFault] | None]
    """With `invalid_request`: what is wrong where."""
    expected_seq: NotRequired[int | None]
    """With `out_of_order`: the frame that comes next."""
    retry_after: NotRequired[float | None]
    """Seconds until trying again may help."""
    required_scope: NotRequired[str | None]
    """With `INSUFFICIENT_API_KEY_SCOPE`: what is needed."""
    granted_scopes: NotRequired[list[str] | None]
    """With it: what the credential has."""
    session_id: NotRequired[str | None]
    """With `session_active`: the session that runs."""


class SoundIn(TypedDict):
    format: NotRequired[PcmFormat | TelephoneFormat]
    """What the client sends."""
    transcription: NotRequired[InputTranscription | None]
    """How it is written down."""
    turn_detection: NotRequired[TurnDetection | None]
    """How turns end; null: when the client commits."""


class SoundOut(TypedDict):
    format: NotRequired[PcmFormat | TelephoneFormat]
    """What the client gets."""
    voice: NotRequired[str]
    """Accepted and not used."""


class SpeakingStart(TypedDict):
    reference_text: NotRequired[str | None]
    """The text to be read; absent in free speech."""
    language: NotRequired[str]
    """Language spoken, BCP 47."""
    sample_rate: NotRequired[int]
    """Samples a second of PCM audio. Only 16000 is taken."""
    codec: NotRequired[Literal["pcm16", "opus"]]
    """Codec of the audio frames."""
    patience_ms: NotRequired[int | None]
    """Silence that ends a turn; null adapts to the learner, with 0 only `audio.commit` ends a turn."""
    takeover: NotRequired[bool]
    """End another running session of the same person first."""


class SpeechDelta(TypedDict):
    type: Literal["speech.audio.delta"]
    """More sound."""
    audio: str
    """The sound in the format that was asked for, in base64."""


class SpeechDone(TypedDict):
    type: Literal["speech.audio.done"]
    """The last event."""
    usage: SpeechUsage
    """Tokens."""


class SpeechMark(TypedDict):
    text: str
    """A word as written, or a phone as IPA."""
    start_ms: int
    """When it begins, in milliseconds of the sound."""
    end_ms: int
    """When it ends."""


class SpeechMarks(TypedDict):
    timed: bool
    """Whether the voice told these times itself; otherwise the shapes are guessed."""
    duration_ms: int
    """How long the sound is, in milliseconds."""
    words: list[SpeechMark]
    """In order; numbers are one word, however long they are said."""
    phones: list[SpeechMark]
    """In order."""
    mouth: list[MouthMark]
    """Each holds until the next; the last is silence."""


class SpeechRequest(TypedDict):
    input: str
    """What is said."""
    model: NotRequired[str]
    """Accepted and not used: the voice is the server's."""
    voice: NotRequired[str | VoiceReference]
    """One of GET /api/speech/voices; others are the server's own voice."""
    response_format: NotRequired[Literal["mp3", "opus", "aac", "flac", "wav", "pcm"]]
    """The format of the sound."""
    speed: NotRequired[float]
    """Speed, from 0.25 to 4 times."""
    stream_format: NotRequired[Literal["audio", "sse"]]
    """The sound itself, or events that hold it."""
    language: NotRequired[str]
    """The language of the text (BCP 47)."""


class SpeechStarted(TypedDict):
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    start_ms: int
    """Milliseconds on the session's audio clock."""


class SpeechStopped(TypedDict):
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    end_ms: int
    """Milliseconds on the session's audio clock."""


class SpeechUsage(TypedDict):
    input_tokens: int
    """Always 0: speech counts no tokens."""
    output_tokens: int
    """Always 0 tokens."""
    total_tokens: int
    """Always 0 tokens."""


class SpeechVoice(TypedDict):
    id: str
    """What to give as `voice`."""
    name: str
    """Its name."""
    language: Literal["en-US", "en-GB"]
    """Its accent."""
    gender: Literal["female", "male"]
    """How it sounds."""


class SpeechVoiceList(TypedDict):
    engine: str | None
    """What speaks when all is well; null without a voice."""
    ready: bool
    """Whether it can speak now; until then another voice does, where there is one."""
    voices: list[SpeechVoice]
    """The first is the one that speaks when none is asked for."""


class SpokenSound(TypedDict):
    input: NotRequired[SoundIn]
    """The learner's sound."""
    output: NotRequired[SoundOut]
    """The tutor's sound."""


class StreakStatusResponse(TypedDict):
    current_streak: int
    """Active days in a row, up to today or yesterday in the learner's zone."""
    longest_streak: int
    """The longest streak ever, in days."""
    freezes_available: int
    """Freezes held; each covers one missed day. 0 to 2."""
    freezes_used: int
    """Freezes ever spent on missed days."""
    last_activity: str | None
    """When XP were earned last; null before the first."""
    streak_at_risk: bool
    """A streak runs and nothing was earned today yet: at midnight a freeze or the streak is lost."""


class StreamOptions(TypedDict):
    include_usage: NotRequired[bool]
    """Tell the tokens in a last chunk."""


class Stress(TypedDict):
    """Which syllable of a word carries the stress, counted from 0."""
    expected: int | None
    """The stressed syllable of the dictionary."""
    heard: int | None
    """The one that stood out; null when none did."""


class Syllable(TypedDict):
    """A syllable of a word."""
    text: str
    """Its sounds in the IPA."""
    score: float
    """How well it was said, from its sounds."""
    start_ms: int
    """Its start."""
    end_ms: int
    """Its end."""


class TalkRequest(TypedDict):
    type: NotRequired[Literal["realtime"]]
    """A conversation."""
    instructions: NotRequired[str]
    """For a language model; the built-in tutor has none."""
    output_modalities: NotRequired[list[Literal["audio", "text"]]]
    """How answers come."""
    audio: NotRequired[SpokenSound]
    """Sound in and out."""
    tools: NotRequired[list[RealtimeFunctionTool]]
    """Functions that a language model may call."""
    tool_choice: NotRequired[Literal["auto", "none", "required"] | ChosenFunction]
    """How it chooses among them."""


class TalkSession(TypedDict):
    type: Literal["realtime"]
    """A conversation."""
    id: str
    """The session's id."""
    object: Literal["realtime.session"]
    """Always `realtime.session`."""
    model: str
    """The model that was named, or `auto`."""
    instructions: str
    """As they were set."""
    output_modalities: list[Literal["audio", "text"]]
    """How answers come."""
    tools: list[JsonObject]
    """As they were set."""
    tool_choice: Literal["auto", "none", "required"] | JsonObject
    """As it was set."""
    max_output_tokens: Literal["inf"]
    """Always `inf`."""
    truncation: Literal["auto"]
    """Always `auto`."""
    audio: DescribedSpokenSound
    """Sound in and out."""


class TeamAudience(TypedDict):
    kind: Literal["team"]
    """The learners of a team, later ones too."""
    team: str
    """The team."""


class TelephoneFormat(TypedDict):
    type: Literal["audio/pcmu", "audio/pcma"]
    """G.711, μ-law or A-law, 8,000 samples per second."""


class TenantList(TypedDict):
    """The caller's tenants, the newest first."""
    items: list[TenantResponse]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class TenantResponse(TypedDict):
    """An organization as the owner of API keys and integration tokens."""
    id: str
    """The organization."""
    name: str
    """What people call it."""
    slug: str
    """Its unique short name."""
    role: Literal["owner", "admin", "team_manager", "member"]
    """What the caller is in it."""


class TextTyped(TypedDict):
    text: str
    """A turn that is typed instead of spoken."""
    key: NotRequired[str | None]
    """Chosen by the client: sent again after a break, the same turn is taken once."""


class TextWork(TypedDict):
    kind: Literal["text"]
    """A text to read aloud."""
    title: str
    """What it is called."""
    text: str
    """What is read."""


class TokenResponse(TypedDict):
    """A pair of tokens."""
    access_token: str
    """For `Authorization: Bearer`."""
    token_type: NotRequired[Literal["bearer"]]
    """Always bearer."""
    refresh_token: str
    """Exchanged for the next pair, once."""
    expires_in: int
    """Lifetime of the access token in seconds."""


class TokenSpendRequest(TypedDict):
    item: Literal["freeze", "booster"]
    """`freeze` (10 tokens) covers a missed day; `booster` (15 tokens) doubles XP for 15 minutes."""


class TokenSpendResponse(TypedDict):
    item: Literal["freeze", "booster"]
    """What was bought."""
    tokens: int
    """Tokens left."""
    freezes_available: int
    """Freezes held now."""
    booster: BoosterView | None
    """The running booster; null when none runs."""


class ToolCall(TypedDict):
    id: str
    """Name the call by this in the answer."""
    type: NotRequired[Literal["function"]]
    """Always `function`."""
    function: FunctionCall
    """The function and its arguments."""


class ToolCallDelta(TypedDict):
    index: int
    """Which call of the answer, from 0."""
    id: NotRequired[str]
    """The call's id, in its first piece."""
    type: NotRequired[Literal["function"]]
    """In a call's first piece."""
    function: FunctionCallDelta
    """What is new of it."""


class TranscribingSession(TypedDict):
    type: Literal["transcription"]
    """What is said is written down."""
    id: str
    """The session's id."""
    object: Literal["realtime.transcription_session"]
    """Always the same."""
    audio: DescribedHeardSound
    """Sound in."""
    include: None
    """Always null."""


class TranscriptDelta(TypedDict):
    type: Literal["transcript.text.delta"]
    """More text."""
    delta: str
    """What comes next."""


class TranscriptDone(TypedDict):
    type: Literal["transcript.text.done"]
    """The last event."""
    text: str
    """What was said."""
    usage: TranscriptionUsage
    """How much was recognised."""


class TranscriptFinal(TypedDict):
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    role: Literal["user", "ai"]
    """Who spoke: the learner or the tutor."""
    text: str
    """What was said."""
    words: list[Word]
    """Its words with times; empty for typed turns and replies."""
    engine: NotRequired[Engine | None]
    """Absent for typed turns."""
    latency_ms: NotRequired[Latency | None]
    """How long it took; absent for typed turns."""


class TranscriptPartial(TypedDict):
    turn_id: str
    """The turn: what a person says between two silences, or a reply to it."""
    text: str
    """What was said."""
    stable_prefix_length: int
    """Characters at the start of `text` that will never change."""
    words: list[Word]
    """Its words with times; empty for typed turns and replies."""


class TranscriptReadyData(TypedDict):
    account_id: NotRequired[str | None]
    """The account that it is about; null when it is about none."""
    organization_id: NotRequired[str | None]
    """The organization that it is about, or whose endpoint this is."""
    links: NotRequired[EventLinks]
    """Where to fetch what is not in here."""
    transcript_id: str
    """The transcript, which will not change any more."""
    session_id: NotRequired[str | None]
    """The live session; null when it was saved by a service."""


class TranscriptReadyEvent(TypedDict):
    """The whole transcript of a session can be read."""
    type: Literal["transcript.ready"]
    """The event."""
    timestamp: str
    """When it happened."""
    data: TranscriptReadyData
    """What happened."""


class TranscriptTurn(TypedDict):
    role: Literal["user", "ai"]
    """Who spoke."""
    text: str
    """What was said."""
    timestamp: str
    """When it was said."""


class Transcription(TypedDict):
    """With `response_format` `json`."""
    text: str
    """What was said."""
    usage: TranscriptionUsage
    """How much was recognised."""


TranscriptionForm = TypedDict(
    "TranscriptionForm",
    {
        "file": "str",
        "model": "NotRequired[str]",
        "language": "NotRequired[str]",
        "prompt": "NotRequired[str]",
        "response_format": 'NotRequired[Literal["json", "text", "srt", "vtt", "verbose_json"]]',
        "timestamp_granularities[]": 'NotRequired[list[Literal["word", "segment"]]]',
        "stream": "NotRequired[bool]",
    },
)


class TranscriptionRequest(TypedDict):
    type: Literal["transcription"]
    """What is said is written down."""
    audio: NotRequired[HeardSound]
    """Sound in."""


class TranscriptionSegment(TypedDict):
    id: int
    """Number of the segment, from 0."""
    seek: int
    """Where its window begins, in hundredths of a second."""
    start: float
    """Seconds from the beginning of the recording."""
    end: float
    """Seconds from the beginning of the recording."""
    text: str
    """What was said."""
    tokens: list[int]
    """The engine's tokens; empty with engines that have none."""
    temperature: float
    """Always 0: nothing is drawn by chance."""
    avg_logprob: float
    """Mean log probability of the words."""
    compression_ratio: float
    """Length of the text divided by its compressed length."""
    no_speech_prob: float
    """How likely it is that nobody speaks, 0 to 1."""


class TranscriptionUsage(TypedDict):
    type: Literal["duration"]
    """Recordings are counted by their length."""
    seconds: int
    """Length in seconds, at least 1."""


class TranscriptionWord(TypedDict):
    word: str
    """The word."""
    start: float
    """Seconds from the beginning of the recording."""
    end: float
    """Seconds from the beginning of the recording."""


class TranslationForm(TypedDict):
    file: str
    """A recording of at most 25 MiB and two hours, in any language."""
    model: NotRequired[str]
    """Accepted and not used: the model is the server's."""
    prompt: NotRequired[str]
    """English text before the recording, for the engine."""
    response_format: NotRequired[Literal["json", "text", "srt", "vtt", "verbose_json"]]
    """What is answered."""


class TurnDetection(TypedDict):
    type: NotRequired[Literal["server_vad", "semantic_vad"]]
    """The server's own detection in both."""
    silence_duration_ms: NotRequired[int | None]
    """Milliseconds of silence that end a turn, 200 to 5,000; null adapts to the learner."""
    create_response: NotRequired[bool | None]
    """Whether a spoken turn is answered without being asked for."""
    interrupt_response: NotRequired[bool | None]
    """Whether the learner's words cut an answer off."""
    threshold: NotRequired[float]
    """Accepted and not used."""
    prefix_padding_ms: NotRequired[int]
    """Accepted and not used."""


class TypesenseReindexRequest(TypedDict):
    scope: NotRequired[Literal["all", "conversations", "messages", "notes"]]
    """What to index again."""


class TypesenseStatusResponse(TypedDict):
    engine: str
    """The search engine in use."""
    healthy: bool
    """Whether it answers."""
    documents: int
    """Rows in its index."""
    pending: int
    """Rows that it has still to take in."""
    last_indexed_at: str | None
    """The newest row in it."""


class UpdateAck(TypedDict):
    ok: NotRequired[Literal[True]]
    """Always true."""
    patience_ms: int | None
    """As it is now; null adapts to the learner."""


class UserProfile(TypedDict):
    """An account as its owner sees it."""
    id: str
    """The account."""
    email: str
    """The e-mail address."""
    username: str
    """The public name."""
    full_name: str | None
    """As the learner wants to be called."""
    nickname: str | None
    """The name that the tutor uses in live sessions."""
    avatar_url: str | None
    """A picture."""
    timezone: str
    """IANA time zone."""
    native_language: str | None
    """BCP 47."""
    cefr_level: str | None
    """A1 to C2 as measured so far, or null."""
    role: Literal["user", "admin"]
    """The role on this server."""
    plan: Literal["free", "plus", "pro"]
    """Decides the monthly live seconds."""
    created_at: str
    """When the account was made."""
    is_guest: bool
    """Whether it has no password yet, so that it can be claimed."""
    has_password: bool
    """Whether a password opens it."""
    email_verified: bool
    """Whether mail to the address is known to arrive."""


class VerboseTranscription(TypedDict):
    """With `response_format` `verbose_json`; `words` and `segments` as `timestamp_granularities[]` asks for them."""
    task: Literal["transcribe", "translate"]
    """What was done."""
    language: str
    """The language by its English name."""
    duration: float
    """Length in seconds."""
    text: str
    """What was said."""
    usage: TranscriptionUsage
    """How much was recognised."""
    words: NotRequired[list[TranscriptionWord]]
    """The words with their times."""
    segments: NotRequired[list[TranscriptionSegment]]
    """The segments with their times."""


class VerificationRequest(TypedDict):
    language: NotRequired[str | None]
    """Of the letter; BCP 47."""


class VoiceReference(TypedDict):
    id: str
    """A voice's id."""


class WebhookAttempt(TypedDict):
    at: str
    """When it was tried."""
    response_status: int | None
    """Status of the answer, from 100 to 599; null when there was none."""
    problem: Literal["refused", "redirected", "address_refused", "name_unknown", "connection_failed", "tls_failed", "timed_out", "answer_unreadable", "endpoint_disabled"] | None
    """Why it did not arrive; null when it did."""
    latency_ms: int
    """How long the try took, in milliseconds."""


class WebhookCreateRequest(TypedDict):
    url: str
    """Where events are sent."""
    events: list[Literal["session.ended", "transcript.ready", "module.completed", "assignment.due", "quota.low"]]
    """Which events."""
    description: NotRequired[str]
    """A note for people."""
    organization_id: NotRequired[str | None]
    """The organization whose learners it is about; without it the caller."""


class WebhookDelivery(TypedDict):
    id: str
    """The delivery."""
    event_id: str
    """The event, as `webhook-id` has it."""
    event: str
    """What happened."""
    status: Literal["waiting", "delivered", "dead"]
    """`waiting` for its next try, `delivered`, or `dead` after the last one."""
    attempts: int
    """Number of tries so far."""
    next_attempt_at: str | None
    """When it is tried next."""
    response_status: int | None
    """Status of the answer, from 100 to 599; null when there was none."""
    problem: Literal["refused", "redirected", "address_refused", "name_unknown", "connection_failed", "tls_failed", "timed_out", "answer_unreadable", "endpoint_disabled"] | None
    """Why it did not arrive; null when it did."""
    latency_ms: int | None
    """How long the try took, in milliseconds."""
    created_at: str
    """When it was made."""
    delivered_at: str | None
    """When it arrived."""


class WebhookDeliveryDetail(TypedDict):
    id: str
    """The delivery."""
    event_id: str
    """The event, as `webhook-id` has it."""
    event: str
    """What happened."""
    status: Literal["waiting", "delivered", "dead"]
    """`waiting` for its next try, `delivered`, or `dead` after the last one."""
    attempts: int
    """Number of tries so far."""
    next_attempt_at: str | None
    """When it is tried next."""
    response_status: int | None
    """Status of the answer, from 100 to 599; null when there was none."""
    problem: Literal["refused", "redirected", "address_refused", "name_unknown", "connection_failed", "tls_failed", "timed_out", "answer_unreadable", "endpoint_disabled"] | None
    """Why it did not arrive; null when it did."""
    latency_ms: int | None
    """How long the try took, in milliseconds."""
    created_at: str
    """When it was made."""
    delivered_at: str | None
    """When it arrived."""
    tries: list[WebhookAttempt]
    """Its tries, the newest first; 100 at most."""
    payload: SessionEndedEvent | TranscriptReadyEvent | ModuleCompletedEvent | AssignmentDueEvent | QuotaLowEvent | WebhookTestEvent
    """What is sent."""


class WebhookDeliveryList(TypedDict):
    """Deliveries, the newest first."""
    items: list[WebhookDelivery]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class WebhookList(TypedDict):
    """Webhooks, the newest first."""
    items: list[WebhookResponse]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class WebhookReplayRequest(TypedDict):
    since: str
    """From when on."""
    until: NotRequired[str | None]
    """Until when; null for now."""
    status: NotRequired[Literal["dead", "delivered"]]
    """Which ones."""


class WebhookReplayResponse(TypedDict):
    replayed: int
    """Number of deliveries that are sent again: the oldest, 500 at most."""


class WebhookResponse(TypedDict):
    id: str
    """The webhook."""
    organization_id: str | None
    """The organization whose it is; null for a person's own."""
    url: str
    """Where events are sent."""
    description: str
    """A note for people."""
    events: list[Literal["session.ended", "transcript.ready", "module.completed", "assignment.due", "quota.low"]]
    """Which events."""
    enabled: bool
    """Whether anything is sent."""
    disabled_reason: Literal["owner", "failing", "gone"] | None
    """Why nothing is sent: its owner said so, nothing has arrived for days, or it answered 410."""
    disabled_at: str | None
    """Since when nothing is sent."""
    failing_since: str | None
    """Since when nothing has arrived; null when the last event did."""
    previous_secret_until: str | None
    """Until when the secret before this one signs as well."""
    created_at: str
    """When it was made."""
    secret: NotRequired[str | None]
    """The secret that signs, once: in the answer to its making and rotation."""


class WebhookTestData(TypedDict):
    account_id: NotRequired[str | None]
    """The account that it is about; null when it is about none."""
    organization_id: NotRequired[str | None]
    """The organization that it is about, or whose endpoint this is."""
    links: NotRequired[EventLinks]
    """Where to fetch what is not in here."""
    webhook_id: str
    """The endpoint."""


class WebhookTestEvent(TypedDict):
    """A test that somebody asked for."""
    type: Literal["webhook.test"]
    """The event."""
    timestamp: str
    """When it happened."""
    data: WebhookTestData
    """What happened."""


class WebhookUpdateRequest(TypedDict):
    url: NotRequired[str | None]
    """Where events are sent; null leaves it."""
    events: NotRequired[list[Literal["session.ended", "transcript.ready", "module.completed", "assignment.due", "quota.low"]] | None]
    """Which events; null leaves them."""
    description: NotRequired[str | None]
    """A note for people."""
    enabled: NotRequired[bool | None]
    """Whether anything is sent; null leaves it."""


class WebrtcCandidate(TypedDict):
    """An RTCIceCandidate as a browser writes it (`toJSON`)."""
    candidate: NotRequired[str]
    """The candidate; empty when there are no more."""
    sdpMid: NotRequired[str | None]
    """The media section it belongs to."""
    sdpMLineIndex: NotRequired[int | None]
    """The same as a number."""
    usernameFragment: NotRequired[str | None]
    """Of the offer that it belongs to."""


class WebrtcClose(TypedDict):
    failed: NotRequired[bool]
    """True when WebRTC did not work: the session is told as degraded."""


class WebrtcOffer(TypedDict):
    sdp: str
    """The SDP of an offer with audio, and a data channel `events`."""


class WeeklyActivityDay(TypedDict):
    date: str
    """Day in the learner's zone at that time."""
    xp: int
    """XP earned on that day."""


class WeeklyActivityResponse(TypedDict):
    week_start: str
    """The Sunday that began this week."""
    days: list[WeeklyActivityDay]
    """Seven days, Sunday to Saturday; days to come have 0 XP."""
    freeze_covered_dates: list[str]
    """Missed days of this week that a freeze covered."""
    total_xp: int
    """XP of the week."""


class WholeAudience(TypedDict):
    kind: Literal["organization"]
    """All learners, later ones too."""


class Word(TypedDict):
    """A recognized word."""
    id: str
    """The same from the first partial to the final and in pronunciation events."""
    text: str
    """The word as it is shown."""
    start_ms: int
    """Its start on the session's audio clock."""
    end_ms: int
    """Its end."""
    confidence: float
    """How sure the recognizer is."""


class WorkResponse(TypedDict):
    kind: Literal["module", "text"]
    """A module, or a text to read aloud."""
    title: str
    """What it is called."""
    module_id: str | None
    """The module; null for a text."""
    text: str | None
    """What is read; null for a module."""


class XELCorrection(TypedDict):
    start: int
    """First character of the span, from 0."""
    end: int
    """Character after the span."""
    original: str
    """The span."""
    suggestion: str
    """What to write instead; empty to leave it out."""
    kind: str
    """Kind of error."""
    message: str
    """Why."""
    item: NotRequired[str | None]
    """Where the response is a list: the item that the span is in."""
    rule: NotRequired[str | None]
    """The rule behind it, finer than `kind`: `article_the`, `ing_form`."""
    explanation: NotRequired[str | None]
    """The rule in one sentence, simple for A1 and A2, fuller from B1 on. Null where an earlier correction of the same
    text explains it.
    """
    module_id: NotRequired[str | None]
    """The module that teaches the rule; null when none does."""


class XELCriterion(TypedDict):
    name: str
    """What was judged."""
    score: int
    """0 to 100."""
    comment: str
    """Why, in a sentence for the learner."""


class XELDashboardResponse(TypedDict):
    xpi: int
    """Proficiency index, 0 to 1000."""
    cefr_level: Literal["A1", "A2", "B1", "B2", "C1", "C2"]
    """The band it lies in."""
    streak: int
    """Days in a row with XP."""
    modules: XELModuleCounts
    """Modules by state."""
    recent: list[XELRecentItem]
    """The last ten tasks handed in, newest first."""
    weak_phonemes: list[XELWeakPhoneme]
    """Sounds to practise, worst first."""
    next_task: NotRequired[XELNextTask | None]
    """What to do now; null when everything is done."""
    minutes_this_week: int
    """Minutes learned since Sunday."""


class XELEngine(TypedDict):
    name: str
    """What judged it."""
    version: str
    """Its version."""


class XELEvaluationRequest(TypedDict):
    """JSON: an evaluation of writing."""
    skill: Literal["writing"]
    """`speaking` needs a recording: send multipart/form-data."""
    text: str
    """The learner's text."""
    prompt: NotRequired[str | None]
    """What the learner was asked to write."""


class XELEvaluationResponse(TypedDict):
    evaluation_id: str
    """Id of the evaluation."""
    skill: Literal["speaking", "writing"]
    """What was evaluated."""
    overall: int
    """0 to 100."""
    criteria: list[XELCriterion]
    """The sides that make up the whole."""
    cefr_level: NotRequired[Literal["A1", "A2", "B1", "B2", "C1", "C2"] | None]
    """Estimated level; null when there was too little to tell."""
    corrections: list[XELCorrection]
    """Corrections as spans in the text or transcript."""
    feedback: str
    """What to work on."""
    transcript: NotRequired[str | None]
    """Speaking: what was heard. Never the reference text."""
    pronunciation: NotRequired[Report | None]
    """Speaking: how it was pronounced."""
    audio_id: NotRequired[str | None]
    """Speaking: hand in a task with it. Same as evaluation_id."""
    recording_kept: NotRequired[bool | None]
    """Speaking: whether the sound itself was kept."""
    engine: XELEngine
    """What judged it."""


class XELEvaluationUpload(TypedDict):
    """multipart/form-data: an evaluation of a recording."""
    skill: Literal["speaking"]
    """The skill."""
    audio: Upload
    """WAV, Ogg/Opus, WebM, MP3, M4A or FLAC; 5 minutes and 25 MB at most."""
    prompt: NotRequired[str]
    """What the learner was asked to say."""
    reference_text: NotRequired[str]
    """What the learner meant to read aloud."""
    module_id: NotRequired[str]
    """With task_id: what to say comes from the task."""
    task_id: NotRequired[str]
    """With module_id: the task to be handed in."""
    keep_recording: NotRequired[bool]
    """The learner's consent to keep the recording. Without it only the evaluation is kept."""


class XELHardWord(TypedDict):
    word: str
    """A word above the level."""
    level: str
    """The level at which learners meet it."""
    count: int
    """How often it occurs."""


class XELLearnerAnswer(TypedDict):
    """An answer to a task of a module, or a reading of a text: then `task`, `response` and `result` are null."""
    id: str
    """The answer: a submission, recording or transcript."""
    answered_at: str
    """When it was given."""
    task_id: str | None
    """The task; null for a text."""
    title: str
    """What the task or the text is called."""
    number: int | None
    """Which try of the task it is, from 1; null for a text."""
    score: float
    """0 to 100."""
    task: XELTask | None
    """What was asked; null when the task is no longer there."""
    response: str | list[str] | None
    """As it was handed in: a text, an option id, or a list of them."""
    result: XELTaskSubmissionResponse | None
    """What the learner was told: right, wrong and why."""
    heard: str | None
    """What was recognized of a reading; the sound is the learner's own."""
    pronunciation: JsonObject | None
    """The report of a reading."""


class XELLearnerAnswerList(TypedDict):
    """Answers of a learner to an assignment, the newest first."""
    items: list[XELLearnerAnswer]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""
    since: str
    """Answers from before, when it was not given or the learner did not belong, are not shown."""


class XELModuleCompleteResponse(TypedDict):
    module_id: str
    """Id of the module."""
    status: Literal["locked", "available", "in_progress", "completed"]
    """`completed`."""
    score: int
    """Mean of the best scores of its tasks, 0 to 100."""
    xp_awarded: int
    """Points given now; 0 when it was completed before."""
    next_module_id: NotRequired[str | None]
    """What to do next; null after the last module."""


class XELModuleCounts(TypedDict):
    completed: int
    """Modules completed."""
    in_progress: int
    """Modules started and not completed."""
    total: int
    """All modules."""


class XELModuleDetail(TypedDict):
    id: str
    """Id of the module."""
    title: str
    """Its title."""
    description: str
    """What it is about."""
    cefr_level: Literal["A1", "A2", "B1", "B2", "C1"]
    """Its CEFR level."""
    skills: list[Literal["reading", "writing", "listening", "speaking"]]
    """Skills that its tasks train."""
    objectives: list[str]
    """What the learner can do afterwards."""
    vocabulary: list[XELWord]
    """Words that it teaches."""
    requires: list[str]
    """Modules that open this one once completed."""
    status: Literal["locked", "available", "in_progress", "completed"]
    """Where the learner stands."""
    completed_tasks: int
    """Tasks passed."""
    best_score: NotRequired[int | None]
    """Mean of the best scores of its tasks, 0 to 100."""
    tasks: list[XELTask]
    """Its tasks, each in the variant that is the learner's turn."""


class XELModuleList(TypedDict):
    modules: list[XELModuleSummary]
    """All modules in teaching order."""


class XELModuleStartResponse(TypedDict):
    module_id: str
    """Id of the module."""
    status: Literal["locked", "available", "in_progress", "completed"]
    """`in_progress`, or `completed` when it was before."""
    started_at: str
    """When the learner first started it (UTC)."""


class XELModuleSummary(TypedDict):
    id: str
    """Id of the module."""
    title: str
    """Its title."""
    cefr_level: Literal["A1", "A2", "B1", "B2", "C1"]
    """Its CEFR level."""
    skills: list[Literal["reading", "writing", "listening", "speaking"]]
    """Skills that its tasks train."""
    tasks: int
    """Number of tasks."""
    completed_tasks: int
    """Tasks passed by the learner."""
    status: Literal["locked", "available", "in_progress", "completed"]
    """Where the learner stands."""
    best_score: NotRequired[int | None]
    """Mean of the best scores of its tasks, 0 to 100."""


class XELNextTask(TypedDict):
    module_id: str
    """Id of the module."""
    task_id: str
    """Id of the task."""
    title: str
    """Title of the task."""
    skill: Literal["reading", "writing", "listening", "speaking"]
    """Its skill."""
    reason: Literal["review", "assigned", "sound", "skill", "next"]
    """Something to repeat, given by a teacher, a weak sound, the weakest skill, or the next in course."""
    item: NotRequired[str | None]
    """The word, sound or kind of error that it is for."""
    why: str
    """The reason in a sentence, in English."""


class XELOption(TypedDict):
    id: str
    """What to send as the response."""
    text: str
    """What to show."""


class XELOwnModule(TypedDict):
    id: str
    """The module: to be given in an assignment."""
    organization_id: str
    """Whose it is."""
    title: str
    """What it is called."""
    cefr_level: Literal["A1", "A2", "B1", "B2", "C1"]
    """Its level."""
    tasks: int
    """Number of tasks."""
    is_mine: bool
    """Whether the caller made it."""
    created_at: str
    """When it was made (UTC)."""


class XELOwnModuleList(TypedDict):
    """Modules that were made of texts in an organization, the newest first."""
    items: list[XELOwnModule]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class XELPicture(TypedDict):
    url: str
    """An SVG: a path on this server, for everybody."""
    alt: str
    """What is in it, for those who cannot see it."""


class XELPlacementAnswerRequest(TypedDict):
    number: int
    """The question that is answered, as it was given."""
    response: NotRequired[str]
    """An option id, or what was typed. Empty for “I do not know”."""
    audio_id: NotRequired[str | None]
    """Reading aloud: the `audio_id` from evaluating the recording with `reference_text`."""
    leave_out: NotRequired[bool]
    """Reading aloud: leave speaking out, for want of a microphone."""


class XELPlacementModule(TypedDict):
    id: str
    """Id of the module."""
    title: str
    """Its title."""
    cefr_level: Literal["A1", "A2", "B1", "B2", "C1"]
    """Its CEFR level."""


class XELPlacementQuestion(TypedDict):
    number: int
    """From 1."""
    most: int
    """There are never more questions than this."""
    skill: Literal["use", "reading", "listening", "writing", "speaking"]
    """What it asks for; `use` is grammar and words."""
    kind: Literal["choice", "gap", "writing", "reading_aloud"]
    """How it is answered."""
    text: str
    """The question, the sentence with its gap (`___`), the topic, or the sentence to read aloud."""
    passage: NotRequired[str | None]
    """Text to read."""
    audio_url: NotRequired[str | None]
    """What to listen to: a path on this server."""
    speech: NotRequired[XELSpeech | None]
    """What the client has to say when there is no `audio_url`."""
    options: NotRequired[list[XELOption] | None]
    """Of a choice."""
    min_words: NotRequired[int | None]
    """Words that a text should have at least."""


class XELPlacementResponse(TypedDict):
    status: Literal["none", "open", "done", "skipped"]
    """Of the last placement; `none` before the first."""
    question: NotRequired[XELPlacementQuestion | None]
    """The open question."""
    result: NotRequired[XELPlacementResult | None]
    """The last result there is."""


class XELPlacementResult(TypedDict):
    level: Literal["A1", "A2", "B1", "B2", "C1"]
    """The CEFR level, A1 to C1."""
    position: float
    """Where in the level: 0 its beginning, 1 its end."""
    confidence: float
    """The probability that the truth is within half a level."""
    questions: int
    """How many were answered."""
    why: str
    """Why, in English."""
    skills: list[XELPlacementSkill]
    """Those that were asked."""
    unlocked: list[XELPlacementModule]
    """What is open from now on: all modules up to the level."""
    next_module_id: NotRequired[str | None]
    """The module to begin with; null when all are completed."""
    finished_at: str
    """When (UTC)."""


class XELPlacementSkill(TypedDict):
    skill: Literal["use", "reading", "listening", "writing", "speaking"]
    """The skill; `use` is grammar and words."""
    level: Literal["A1", "A2", "B1", "B2", "C1"]
    """Its CEFR level."""
    confidence: float
    """That the truth is within half a level."""
    questions: int
    """How many were asked."""
    right: int
    """How many were answered well."""
    hardest_right: NotRequired[Literal["A1", "A2", "B1", "B2", "C1"] | None]
    """The level of the hardest one of those."""
    why: str
    """Why, in English."""


class XELPlacementStartRequest(TypedDict):
    speaking: NotRequired[bool]
    """Whether there is a microphone; speaking is left out otherwise."""
    again: NotRequired[bool]
    """Begin from the first question, even if a placement is open."""


class XELRecentItem(TypedDict):
    submission_id: str
    """Id of the submission."""
    module_id: str
    """Id of the module."""
    task_id: str
    """Id of the task."""
    title: str
    """Title of the task."""
    skill: Literal["reading", "writing", "listening", "speaking"]
    """Its skill."""
    score: int
    """0 to 100."""
    at: str
    """When it was handed in (UTC)."""


class XELReviewItem(TypedDict):
    kind: Literal["phoneme", "word", "error"]
    """What sort of thing it is."""
    item: str
    """ARPAbet name of the phoneme, the word, or the kind of error."""
    strength: float
    """The chance that it is still remembered."""
    due_at: str
    """Since when it should be repeated."""
    task: XELReviewTask | None
    """An open task that practises it; null when there is none."""


class XELReviewResponse(TypedDict):
    due: list[XELReviewItem]
    """What is due, the longest overdue first."""


class XELReviewTask(TypedDict):
    module_id: str
    """Id of the module."""
    task_id: str
    """Id of the task."""
    title: str
    """Title of the task."""
    skill: str
    """Its skill."""


class XELSessionEndRequest(TypedDict):
    session_id: str
    """Id of the session."""


class XELSessionEndResponse(TypedDict):
    session_id: str
    """Id of the session."""
    ended_at: str
    """When it ended (UTC): at the last activity if it was left open."""
    duration_seconds: int
    """Seconds from start to end."""
    tasks_done: int
    """Tasks handed in during the session."""
    xp_awarded: int
    """Points earned during the session."""


class XELSessionStartRequest(TypedDict):
    module_id: NotRequired[str | None]
    """The module to work on."""
    kind: NotRequired[Literal["module", "review", "free"]]
    """What the session is for."""


class XELSessionStartResponse(TypedDict):
    session_id: str
    """Id of the session."""
    started_at: str
    """When it started (UTC)."""


class XELSkillScores(TypedDict):
    reading: int
    """0 to 1000; 100 without evidence."""
    writing: int
    """0 to 1000; 100 without evidence."""
    listening: int
    """0 to 1000; 100 without evidence."""
    speaking: int
    """0 to 1000; 100 without evidence."""


class XELSpeech(TypedDict):
    """Text for the client's own voice, sent only when the server has no voice; do not show it to the learner."""
    text: str
    """What to say aloud. Speaker labels end with a colon."""
    language: str
    """BCP 47 tag of the voice to use."""
    rate: float
    """Speed; 1 is the voice's normal speed."""


class XELTask(TypedDict):
    id: str
    """Id of the task in its module."""
    skill: Literal["reading", "writing", "listening", "speaking"]
    """The skill that it trains."""
    kind: Literal["multiple_choice", "gap", "ordering", "matching", "short_answer", "dictation", "free_writing", "read_aloud", "repeat", "answer_aloud", "role_play", "cloze", "word_formation", "summary", "minimal_pairs", "say_pairs", "information_gap", "error_hunt", "picture_description"]
    """How it is answered; docs/english.md describes each kind."""
    title: str
    """A short name."""
    prompt: str
    """What to do, with the question when there is one only."""
    reference_text: NotRequired[str | None]
    """Text to read aloud."""
    passage: NotRequired[str | None]
    """Text to read; gaps are `(1) ____`."""
    audio_url: NotRequired[str | None]
    """What to listen to: a path on this server."""
    speech: NotRequired[XELSpeech | None]
    """What the client has to say when there is no `audio_url`."""
    options: NotRequired[list[XELOption] | None]
    """Options for the whole task, or the word box."""
    items: NotRequired[list[XELTaskItem] | None]
    """Questions, gaps, left sides or turns, in order."""
    points: NotRequired[list[str] | None]
    """What the answer should say."""
    picture: NotRequired[XELPicture | None]
    """What to write or to talk about."""
    mistakes: NotRequired[int | None]
    """Number of errors in `passage`; the response is the whole text without them."""
    min_words: NotRequired[int | None]
    """Words that a text should have at least."""
    max_words: NotRequired[int | None]
    """Words that a text may have at most."""
    max_seconds: NotRequired[int | None]
    """Longest recording that makes sense, in seconds."""
    variant: int
    """Number of the variant, from 1; another one by tasks/regenerate."""
    status: NotRequired[Literal["open", "attempted", "passed"]]
    """`passed` from 60 points on."""
    best_score: NotRequired[int | None]
    """Best score so far, 0 to 100."""


class XELTaskItem(TypedDict):
    """One question, gap, left side or turn. A response to a task with items is a list in their order."""
    id: str
    """Number of the item, from 1."""
    text: str
    """The question, the left side to match, or the partner's line."""
    goal: NotRequired[str | None]
    """Role play: what to do in this turn."""
    options: NotRequired[list[XELOption] | None]
    """Options of this item alone, when it has its own."""
    audio_url: NotRequired[str | None]
    """What to listen to for this item alone: a path on this server."""
    speech: NotRequired[XELSpeech | None]
    """What the client has to say when there is no `audio_url`."""


class XELTaskPart(TypedDict):
    item: str
    """The question, gap, pair, word or point."""
    verdict: Literal["right", "partly", "wrong"]
    """How it was judged."""
    credit: float
    """Share of its points, 0 to 1."""
    message: str
    """Why."""


class XELTaskRegenerateRequest(TypedDict):
    module_id: str
    """Id of the module."""
    task_id: str
    """Id of the task in it."""


class XELTaskRegenerateResponse(TypedDict):
    task: XELTask
    """The same task in another variant."""


class XELTaskSubmissionRequest(TypedDict):
    module_id: str
    """Id of the module."""
    task_id: str
    """Id of the task in it."""
    skill: Literal["reading", "writing", "listening", "speaking"]
    """The task's skill."""
    response: str | list[str]
    """A text, an option id, or a list of them in the order of the items. Empty when `audio_id` says it."""
    time_spent_seconds: float
    """Seconds spent on the task."""
    session_id: NotRequired[str | None]
    """The learning session that this belongs to."""
    audio_id: NotRequired[str | None]
    """Speaking: the `audio_id` from evaluating the recording."""


class XELTaskSubmissionResponse(TypedDict):
    submission_id: str
    """Id of the submission."""
    task_id: str
    """Id of the task."""
    score: int
    """0 to 100."""
    passed: bool
    """60 points or more."""
    feedback: str
    """What was right and wrong, and why."""
    corrections: list[XELCorrection]
    """Corrections as spans in the learner's text."""
    parts: list[XELTaskPart]
    """The verdict on each part."""
    xp_awarded: int
    """Points given for it; each task gives them once."""
    xpi: XELXpiChange
    """The proficiency index before and after."""
    evaluation: NotRequired[XELEvaluationResponse | None]
    """The full evaluation of writing or speech."""
    transcript: NotRequired[str | None]
    """What was to be heard, now that it was answered."""


class XELTextPreview(TypedDict):
    """What would be made of a text. Nothing is kept."""
    title: str
    """What the module is called."""
    cefr_level: Literal["A1", "A2", "B1", "B2", "C1"]
    """Its level."""
    text: str
    """The text that was taken."""
    is_cut: bool
    """Whether the document goes on."""
    words: int
    """Words of the text without names."""
    by_level: XELWordLevels
    """How many words of each level."""
    above: list[XELHardWord]
    """Words above the level, the hardest first; at most 100."""
    warning: str | None
    """What to think about before giving it to learners."""
    tasks: list[XELTask]
    """The tasks, as learners see the first variant of each."""
    answers: dict[str, str | list[str]]
    """The key to each task by its id."""


class XELTextRequest(TypedDict):
    """A text of 40 words to 6,000 characters, or a document of the knowledge base, of which the beginning is taken."""
    organization_id: str
    """Where the caller teaches; it owns the module."""
    title: str
    """What the module is called."""
    text: NotRequired[str | None]
    """The text."""
    document_id: NotRequired[str | None]
    """A document that the caller may read; `text` is not read then."""
    level: NotRequired[Literal["A1", "A2", "B1", "B2", "C1"] | None]
    """Its CEFR level; found by its words when left out."""


class XELTranscriptItem(TypedDict):
    id: str
    """Id of the entry."""
    role: Literal["user", "ai"]
    """Who spoke."""
    text: str
    """What was said."""
    timestamp: str
    """When it was said (UTC)."""
    pronunciation: NotRequired[JsonObject | None]
    """The pronunciation report, if one was saved."""


class XELTranscriptList(TypedDict):
    items: list[XELTranscriptItem]
    """The session's entries in the order they were said."""
    next_cursor: NotRequired[str | None]
    """Cursor of the next page; null on the last."""


class XELTranscriptSaveRequest(TypedDict):
    session_id: str
    """A learning session of the caller."""
    role: Literal["user", "ai"]
    """Who spoke."""
    text: str
    """What was said."""
    timestamp: NotRequired[str | None]
    """When it was said; now when left out."""
    pronunciation: NotRequired[JsonObject | None]
    """A pronunciation report to keep with it."""


class XELTranscriptSaveResponse(TypedDict):
    id: str
    """Id of the entry."""
    session_id: str
    """Id of the session."""
    saved: NotRequired[Literal[True]]
    """Always true."""


class XELWeakPhoneme(TypedDict):
    phoneme: str
    """ARPAbet name."""
    ipa: str
    """IPA symbol."""
    mean: float
    """Mean score of the last 30 days, 0 to 100."""
    attempts: int
    """How often it was said."""


class XELWord(TypedDict):
    word: str
    """A word that the module teaches."""
    meaning: str
    """What it means, in easy English."""


class XELWordLevels(TypedDict):
    A1: int
    """Words of level A1 in the text."""
    A2: int
    """Words of level A2."""
    B1: int
    """Words of level B1."""
    B2: int
    """Words of level B2."""
    C1: int
    """Words of level C1."""


class XELXpiChange(TypedDict):
    before: int
    """XPI before, 0 to 1000."""
    after: int
    """XPI after, 0 to 1000."""


class XELXpiHistory(TypedDict):
    """Changes of the index, newest first."""
    items: list[XELXpiHistoryItem]
    """The items of this page, in a stable order."""
    next_cursor: NotRequired[str | None]
    """Give this as `cursor` for the next page; null on the last."""


class XELXpiHistoryItem(TypedDict):
    at: str
    """When (UTC)."""
    xpi: int
    """The index afterwards, 0 to 1000."""
    skill: Literal["reading", "writing", "listening", "speaking"]
    """The skill that was shown."""
    delta: int
    """Points by which it changed the index."""
    reason: str
    """Why."""


class XELXpiResponse(TypedDict):
    xpi: int
    """Proficiency index, 0 to 1000."""
    cefr_level: Literal["A1", "A2", "B1", "B2", "C1", "C2"]
    """The band it lies in."""
    skills: XELSkillScores
    """The index of each skill."""
    samples: int
    """Pieces of evidence behind it."""
    confidence: float
    """How sure it is, 0 to 1."""
    formula_version: str
    """Version of the formula; docs/xpi.md has it."""


class XPProfileResponse(TypedDict):
    level: int
    """Level reached, from 1."""
    xp_total: int
    """All XP ever earned."""
    xp_in_level: int
    """XP earned since this level began."""
    xp_for_next_level: int
    """XP that this level asks for in all."""
    current_streak: int
    """Active days in a row, up to today or yesterday in the learner's zone."""
    longest_streak: int
    """The longest streak ever, in days."""
    tokens: int
    """Tokens to spend on freezes and boosters."""
    booster: BoosterView | None
    """The running booster; null when none runs."""
    today: XPToday
    """Today so far, in the learner's zone."""


class XPToday(TypedDict):
    xp: int
    """XP earned today."""
    segments: int
    """Conversations, live sessions and lessons rewarded today."""
    quizzes: int
    """Tasks rewarded today."""
