// Written by `python3 run.py docs` from the OpenAPI document: do not edit.

export type APIKeyCreateRequest = {
  /** A name that tells keys apart. */
  "name": string;
  /** What the key opens. */
  "scopes": ("conversations:read" | "conversations:write" | "rag:read" | "rag:write" | "quiz:read" | "quiz:write" | "live:read" | "live:write" | "organizations:read" | "organizations:write" | "integrations:read" | "integrations:write" | "xel:read" | "xel:write" | "xp:read" | "webhooks:read" | "webhooks:write" | "api:read" | "api:write" | "api:admin")[];
  /** Binds the key to it. */
  "organization_id"?: (string) | (null);
  /** IP addresses or CIDR blocks; empty allows all. */
  "allowed_ips"?: ((string))[];
  /** When the key expires. */
  "expires_at"?: (string) | (null);
};

/** The caller's keys, the newest first. */
export type APIKeyList = {
  /** The items of this page, in a stable order. */
  "items": (APIKeyResponse)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

export type APIKeyResponse = {
  /** The key's id. */
  "id": string;
  /** The name of the key. */
  "name": string;
  /** How the key begins. */
  "prefix": string;
  /** What the key opens. */
  "scopes": (string)[];
  /** The organization it acts in. */
  "organization_id": (string) | (null);
  /** The addresses from which it may be used. */
  "allowed_ips": (string)[];
  /** When it expires. */
  "expires_at": (string) | (null);
  /** Its last use, to the minute. */
  "last_used_at": (string) | (null);
  /** When it was made. */
  "created_at": string;
  /** The key itself, once: in the answer to its creation. */
  "key"?: (string) | (null);
};

export type AccountDeleteRequest = {
  /** The password, as a confirmation, of who has one. */
  "password"?: (string) | (null);
};

export type AssignmentCreateRequest = {
  /** What is to be done. */
  "work": (ModuleWork) | (TextWork);
  /** For whom. */
  "audience": (WholeAudience) | (TeamAudience) | (MembersAudience);
  /** Until when. */
  "due_at": string;
};

export type AssignmentDueData = {
  /** The account that it is about; null when it is about none. */
  "account_id"?: (string) | (null);
  /** The organization that it is about, or whose endpoint this is. */
  "organization_id"?: (string) | (null);
  /** Where to fetch what is not in here. */
  "links"?: EventLinks;
  /** The assignment. */
  "assignment_id": string;
  /** When it was to be done. */
  "due_at": string;
};

/** The time of an assignment is up. Organizations get one event, learners one each. */
export type AssignmentDueEvent = {
  /** The event. */
  "type": "assignment.due";
  /** When it happened. */
  "timestamp": string;
  /** What happened. */
  "data": AssignmentDueData;
};

/** Assignments of an organization, the newest first. */
export type AssignmentList = {
  /** The items of this page, in a stable order. */
  "items": (AssignmentResponse)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

/** Everybody who has the assignment, in the order in which they joined. */
export type AssignmentProgressList = {
  /** The items of this page, in a stable order. */
  "items": (LearnerProgressResponse)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

/** An assignment as those who teach see it. */
export type AssignmentResponse = {
  /** The assignment. */
  "id": string;
  /** Whose it is. */
  "organization_id": string;
  /** What is to be done. */
  "work": WorkResponse;
  /** For whom. */
  "audience": AudienceResponse;
  /** Until when. */
  "due_at": string;
  /** Who gave it; null when that account is gone. */
  "created_by": (string) | (null);
  /** When it was given. */
  "created_at": string;
};

export type AssignmentUpdateRequest = {
  /** Until when. */
  "due_at": string;
};

export type AudienceResponse = {
  /** Who has it. */
  "kind": "organization" | "team" | "members";
  /** The team; with named members the one whose manager named them. */
  "team": (string) | (null);
  /** The number of named members, if members are named. */
  "members": (number) | (null);
};

/** One sign-in. */
export type AuthSession = {
  /** The session. */
  "id": string;
  /** When it was opened. */
  "created_at": string;
  /** When it was last refreshed. */
  "last_seen_at": string;
  /** When it ends unless refreshed. */
  "expires_at": string;
  /** The address it was opened from. */
  "address": string;
  /** The program it was opened by. */
  "user_agent": string;
  /** Whether this request belongs to it. */
  "current": boolean;
};

/** Living sessions, newest first. */
export type AuthSessionList = {
  /** The items of this page, in a stable order. */
  "items": (AuthSession)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

export type BoosterView = {
  /** Every XP grant is multiplied by this, rounded down. */
  "multiplier": number;
  /** When it ends. */
  "ends_at": string;
};

export type CalendarEventResponse = {
  /** The entry at Google. */
  "event_id": string;
  /** Shows it. */
  "html_link": string;
  /** The entry. */
  "title": string;
  /** When the lesson begins. */
  "starts_at": string;
  /** When it ends. */
  "ends_at": string;
};

export type CalledFunction = {
  /** The function's name. */
  "name": string;
  /** JSON, as the model wrote it. */
  "arguments": string;
};

export type ChatBreak = {
  /** The code: stable, for programs. */
  "error": string;
  /** One sentence for people. */
  "message": string;
  /** What came of the answer, saved; null when nothing came. */
  "message_id": (string) | (null);
};

export type ChatCompletion = {
  /** The id of this answer; it is kept nowhere. */
  "id": string;
  /** Always `chat.completion`. */
  "object"?: "chat.completion";
  /** Seconds since 1970. */
  "created": number;
  /** The model that answered. */
  "model": string;
  /** The one answer. */
  "choices": (CompletionChoice)[];
  /** Tokens. */
  "usage": CompletionUsage;
  /** Always null. */
  "system_fingerprint"?: null;
};

/** The stream ends with `[DONE]` in place of a chunk. */
export type ChatCompletionChunk = {
  /** The id of the answer; it is kept nowhere. */
  "id": string;
  /** Always `chat.completion.chunk`. */
  "object": "chat.completion.chunk";
  /** Seconds since 1970. */
  "created": number;
  /** The model that answers. */
  "model": string;
  /** Always null. */
  "system_fingerprint": null;
  /** The one answer; empty in the chunk of the usage. */
  "choices": (ChunkChoice)[];
  /** In the last chunk, when it was asked for. */
  "usage"?: (CompletionUsage) | (null);
};

export type ChatCompletionRequest = {
  /** One of `GET /v1/models`, or `auto` for the first that works. */
  "model": string;
  /** Oldest first, the last one the user's or a function's. Without a system message the tutor's instructions hold. */
  "messages": (RequestMessage)[];
  /** Answer in chunks, as server-sent events. */
  "stream"?: boolean;
  /** How to stream. */
  "stream_options"?: (StreamOptions) | (null);
  /** One answer is given. */
  "n"?: number;
  /** Functions that a provider may call. The built-in tutor calls none: 400 `tools_unsupported`. */
  "tools"?: ((FunctionTool)[]) | (null);
  /** Passed to a provider; with `none`, tools are overlooked. */
  "tool_choice"?: ("none" | "auto" | "required") | (Record<string, any>) | (null);
  /** Passed to a provider. */
  "parallel_tool_calls"?: (boolean) | (null);
  /** Passed to a provider, 0 to 2. */
  "temperature"?: (number) | (null);
  /** Passed to a provider, 0 to 1. */
  "top_p"?: (number) | (null);
  /** Passed to a provider. */
  "max_tokens"?: (number) | (null);
  /** Tokens at most, passed to a provider. */
  "max_completion_tokens"?: (number) | (null);
  /** Passed to a provider. */
  "stop"?: (string) | ((string)[]) | (null);
  /** Passed to a provider. */
  "seed"?: (number) | (null);
  /** Passed to a provider. */
  "presence_penalty"?: (number) | (null);
  /** Passed to a provider. */
  "frequency_penalty"?: (number) | (null);
  /** Passed to a provider. */
  "response_format"?: (Record<string, any>) | (null);
  /** Passed to a provider. */
  "reasoning_effort"?: (string) | (null);
};

export type ChatDelta = {
  /** The next piece of the answer. */
  "text": string;
};

export type ChatRequest = {
  /** What the learner says. */
  "message": string;
  /** A provider's id, or `auto`. */
  "provider"?: string;
  /** One of its models. */
  "model"?: (string) | (null);
  /** The conversation to go on with; without one a new one begins. */
  "conversation_id"?: (string) | (null);
  /** Context to use instead of the saved conversation, oldest first. */
  "conversation_history"?: ((ChatTurn)[]) | (null);
  /** The learner's first language (BCP 47), for explanations. */
  "user_language"?: (string) | (null);
  /** Answer as `text/event-stream`: `delta`, then `done` or `error`. */
  "stream"?: boolean;
};

export type ChatResponse = {
  /** The answer. */
  "content": string;
  /** Who answered. */
  "provider": string;
  /** The model that answered. */
  "model": string;
  /** Tokens, where the provider counts them. */
  "usage": (ChatUsage) | (null);
  /** The conversation that holds the exchange. */
  "conversation_id": string;
  /** The saved answer. */
  "message_id": string;
};

export type ChatTurn = {
  /** Who spoke. */
  "role": "user" | "assistant" | "system";
  /** What was said. */
  "content": string;
};

export type ChatUsage = {
  /** Tokens that were read. */
  "input_tokens": number;
  /** Tokens that were written. */
  "output_tokens": number;
};

export type ChosenFunction = {
  /** This function is called. */
  "type": "function";
  /** The function's name. */
  "name": string;
};

export type ChunkChoice = {
  /** Always 0. */
  "index": number;
  /** What is new. */
  "delta": CompletionDelta;
  /** Always null. */
  "logprobs": null;
  /** In the last piece: `stop`, or what the provider says. */
  "finish_reason": (string) | (null);
};

/** What makes a guest's account one that can be signed in to. */
export type ClaimRequest = {
  /** Unique, whatever its case. */
  "email": string;
  /** Unique; else the name stays. */
  "username"?: (string) | (null);
  /** At least 10 characters. */
  "password": string;
  /** As the learner wants to be called. */
  "full_name"?: (string) | (null);
};

export type ClassLearnerResponse = {
  /** The learner. */
  "user_id": string;
  /** Their public name. */
  "username": string;
  /** As they want to be called. */
  "full_name": (string) | (null);
  /** Their team, if any. */
  "team": (string) | (null);
  /** Minutes learned in the last 7 days, today included. */
  "minutes_7_days": number;
  /** Minutes learned in the last 30 days, today included. */
  "minutes_30_days": number;
  /** Proficiency index, 0 to 1000. */
  "xpi": number;
  /** The level it lies in. */
  "cefr_level": string;
  /** How sure the index is, 0 to 1. */
  "confidence": number;
  /** Days in a row. */
  "streak": number;
  /** When they learned last; null for never. */
  "last_seen_at": (string) | (null);
  /** The live session that runs now, which the caller may watch. */
  "live_session_id": (string) | (null);
  /** At most 3, the worst first. */
  "weak_sounds": (ClassSoundResponse)[];
};

/** Learners in the order in which they joined. */
export type ClassList = {
  /** The items of this page, in a stable order. */
  "items": (ClassLearnerResponse)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
  /** What most of the class have to practise, at most 10; on the first page, null on others. */
  "weak_sounds": ((SharedSoundResponse)[]) | (null);
};

/** A sound that somebody has to practise: a mean below 80 over the last 30 days. */
export type ClassSoundResponse = {
  /** The sound, ARPAbet. */
  "phoneme": string;
  /** The same in the IPA. */
  "ipa": string;
  /** Mean score, 0 to 100. */
  "mean": number;
  /** The number of attempts. */
  "attempts": number;
};

export type ClientSecret = {
  /** The key: it opens `GET /v1/realtime` and nothing else. */
  "value": string;
  /** Seconds since 1970. */
  "expires_at": number;
  /** The session that it opens. */
  "session": (TalkSession) | (TranscribingSession);
};

export type ClientSecretRequest = {
  /** How long the key lives. */
  "expires_after"?: Expiry;
  /** The session that it opens. */
  "session"?: (TalkRequest) | (TranscriptionRequest);
};

/** Every error body below `/v1`. */
export type CompatibleError = {
  /** What is wrong. */
  "error": CompatibleErrorDetail;
};

/** An error as the OpenAI API writes it. */
export type CompatibleErrorDetail = {
  /** One sentence for people. */
  "message": string;
  /** What kind of error it is. */
  "type": string;
  /** The first field that is wrong. */
  "param": (string) | (null);
  /** The code, the same as elsewhere: stable, for programs. */
  "code": string;
};

export type CompletionChoice = {
  /** Always 0. */
  "index"?: number;
  /** The answer. */
  "message": CompletionMessage;
  /** Always null. */
  "logprobs"?: null;
  /** `stop`, or what the provider says, as `length` or `tool_calls`. */
  "finish_reason": string;
};

export type CompletionDelta = {
  /** In the first chunk. */
  "role"?: "assistant";
  /** The next piece of the answer. */
  "content"?: string;
  /** The next pieces of function calls. */
  "tool_calls"?: (ToolCallDelta)[];
  /** Always null. */
  "refusal"?: null;
};

export type CompletionMessage = {
  /** Always `assistant`. */
  "role"?: "assistant";
  /** The answer; null when it only calls functions. */
  "content": (string) | (null);
  /** The functions that it calls. */
  "tool_calls"?: ((ToolCall)[]) | (null);
  /** Always null. */
  "refusal"?: null;
};

export type CompletionUsage = {
  /** Tokens that were read; words, where nobody counts tokens. */
  "prompt_tokens": number;
  /** Tokens that were written. */
  "completion_tokens": number;
  /** Tokens together. */
  "total_tokens": number;
};

export type ConnectResult = {
  /** Whose. */
  "provider"?: "google-calendar";
  /** False when the user declined. */
  "connected": boolean;
  /** The account there. */
  "account": (string) | (null);
};

export type ContentPart = {
  /** Only `text` is taken. */
  "type": string;
  /** The text. */
  "text"?: (string) | (null);
};

export type ConversationCreateRequest = {
  /** Its title; without one it is made from the first message. */
  "title"?: (string) | (null);
  /** The language that is spoken (BCP 47). */
  "language"?: (string) | (null);
};

/** Conversations, newest first. */
export type ConversationList = {
  /** The items of this page, in a stable order. */
  "items": (ConversationResponse)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

export type ConversationMessage = {
  /** The message's id. */
  "id": string;
  /** Who wrote it. */
  "role": "user" | "assistant" | "system";
  /** Its text. */
  "content": string;
  /** Who generated it; null for people. */
  "provider": (string) | (null);
  /** The model that generated it. */
  "model": (string) | (null);
  /** `partial`: the provider broke off or the reader left. */
  "status": "complete" | "partial";
  /** When it was written. */
  "created_at": string;
};

/** Messages of a conversation, oldest first. */
export type ConversationMessageList = {
  /** The items of this page, in a stable order. */
  "items": (ConversationMessage)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

export type ConversationResponse = {
  /** The conversation's id. */
  "id": string;
  /** Its title. */
  "title": string;
  /** The language that is spoken (BCP 47). */
  "language": (string) | (null);
  /** Messages in it. */
  "message_count": number;
  /** When it was created. */
  "created_at": string;
  /** When its last message came. */
  "updated_at": string;
};

export type CoreConversationSessionActivityRequest = {
  /** Seconds of activity up to now; 300 at most are counted, and no second twice. */
  "active_seconds"?: (number) | (null);
  /** What happened. After `resume` the time before it is not counted. */
  "event"?: ("heartbeat" | "message" | "typing" | "speech" | "pause" | "resume") | (null);
};

export type CoreConversationSessionActivityResponse = {
  /** The session's id. */
  "session_id": string;
  /** The last sign of life. */
  "last_activity_at": string;
  /** Active seconds so far, none counted twice. */
  "active_seconds": number;
};

export type CoreConversationSessionEndResponse = {
  /** The session's id. */
  "session_id": string;
  /** When it ended. */
  "ended_at": string;
  /** Seconds from its start to its end. */
  "duration_seconds": number;
  /** Seconds of activity in it. */
  "active_seconds": number;
  /** XP given for it. */
  "xp_awarded": number;
};

export type CoreConversationSessionStartResponse = {
  /** The session's id. */
  "session_id": string;
  /** Its conversation. */
  "conversation_id": string;
  /** When it began. */
  "started_at": string;
  /** `idle` after two minutes without activity. */
  "status": "active" | "idle";
};

export type CoreConversationSessionStatusResponse = {
  /** The running or last session; null when there was none. */
  "session_id": (string) | (null);
  /** How it is. */
  "status": "none" | "active" | "idle" | "ended";
  /** When it began. */
  "started_at": (string) | (null);
  /** The last sign of life. */
  "last_activity_at": (string) | (null);
  /** Active seconds so far. */
  "active_seconds": number;
};

export type CoreSearchConversationResult = {
  /** The conversation's id. */
  "id": string;
  /** Its title, as it is. */
  "title": string;
  /** HTML: `<mark>` around what was found, the rest escaped. */
  "snippet": string;
  /** Higher is better; comparable within one answer. */
  "score": number;
};

export type CoreSearchMessageResult = {
  /** The message's id. */
  "id": string;
  /** Its conversation. */
  "conversation_id": string;
  /** Who wrote it. */
  "role": "user" | "assistant" | "system";
  /** HTML: `<mark>` around what was found, the rest escaped. */
  "snippet": string;
  /** Higher is better; comparable within one answer. */
  "score": number;
  /** When it was written. */
  "created_at": string;
};

export type CoreSearchNoteResult = {
  /** The note's id. */
  "id": string;
  /** Its title, as it is. */
  "title": string;
  /** HTML: `<mark>` around what was found, the rest escaped. */
  "snippet": string;
  /** Higher is better; comparable within one answer. */
  "score": number;
};

export type CoreSearchResponse = {
  /** What was looked for. */
  "query": string;
  /** Conversations by their title, best first. */
  "conversations": (CoreSearchConversationResult)[];
  /** Messages, best first. */
  "messages": (CoreSearchMessageResult)[];
  /** Notes, best first. */
  "notes": (CoreSearchNoteResult)[];
  /** Milliseconds that the search took. */
  "took_ms": number;
};

export type DescribedDetection = {
  /** As it was set. */
  "type": "server_vad" | "semantic_vad";
  /** As it was set. */
  "threshold": number;
  /** As it was set, in milliseconds. */
  "prefix_padding_ms": number;
  /** Milliseconds of silence that end a turn; null adapts. */
  "silence_duration_ms": (number) | (null);
  /** Whether a spoken turn is answered without being asked for. */
  "create_response"?: boolean;
  /** Whether the learner's words cut an answer off. */
  "interrupt_response"?: boolean;
};

export type DescribedFormat = {
  /** The format. */
  "type": "audio/pcm" | "audio/pcmu" | "audio/pcma";
  /** Samples per second, of `audio/pcm`. */
  "rate"?: number;
};

export type DescribedHeardSound = {
  /** The learner's sound. */
  "input": DescribedInput;
};

export type DescribedInput = {
  /** What the client sends. */
  "format": DescribedFormat;
  /** How it is written down. */
  "transcription": (DescribedTranscription) | (null);
  /** Always null. */
  "noise_reduction": null;
  /** How turns end; null: when the client commits. */
  "turn_detection": (DescribedDetection) | (null);
};

export type DescribedOutput = {
  /** What the client gets. */
  "format": DescribedFormat;
  /** As it was set. */
  "voice": string;
  /** Always 1. */
  "speed": number;
};

export type DescribedSpokenSound = {
  /** The learner's sound. */
  "input": DescribedInput;
  /** The tutor's sound. */
  "output": DescribedOutput;
};

export type DescribedTranscription = {
  /** Language (BCP 47). */
  "language"?: string;
  /** As it was sent. */
  "model"?: string;
  /** As it was sent. */
  "prompt"?: string;
};

export type DetailedHealthResponse = {
  /** The worst state of a needed part. */
  "status": "ok" | "degraded" | "down";
  /** One entry for each part. */
  "checks": (HealthCheckItem)[];
  /** The node that answered. */
  "node": string;
  /** Seconds since this node started. */
  "uptime_seconds": number;
};

/** Figures behind fluency and prosody; only `miscues` when nothing could be judged. */
export type Details = {
  /** Words of the text a minute. */
  "words_per_minute"?: number;
  /** Without the pauses. */
  "syllables_per_second"?: number;
  /** Silences inside the reading. */
  "pauses"?: number;
  /** The longest of them. */
  "longest_pause_ms"?: number;
  /** Pauses where the text has none. */
  "pauses_inside_phrases"?: number;
  /** Share of the text's breaks kept. */
  "breaks_kept"?: number;
  /** Places with other sound, such as 'er'. */
  "hesitations"?: number;
  /** From the 5th to the 95th percentile. */
  "pitch_range_semitones"?: (number) | (null);
  /** How the melody ends. */
  "final_tone"?: ("falling" | "rising" | "level") | (null);
  /** Free speech: words that the scores rest on. */
  "judged_words"?: number;
  /** Free speech: words that were not judged. */
  "doubtful_words"?: number;
  /** Words left out, added and repeated. */
  "miscues": Miscues;
  /** Mean over the words. */
  "unread_probability"?: number;
};

export type EmbeddingList = {
  /** Always `list`. */
  "object"?: "list";
  /** The vectors, in the order of the texts. */
  "data": (EmbeddingObject)[];
  /** The model that made them. */
  "model": string;
  /** What was read. */
  "usage": EmbeddingUsage;
};

export type EmbeddingObject = {
  /** Always `embedding`. */
  "object"?: "embedding";
  /** The vector, of length 1. */
  "embedding": ((number)[]) | (string);
  /** Which text it belongs to, from 0. */
  "index": number;
};

export type EmbeddingRequest = {
  /** A text, or up to 2,048 of them; no tokens. */
  "input": (string) | ((string)[]);
  /** Accepted and not used: the answer names it. */
  "model"?: string;
  /** Numbers, or float32 in base64. */
  "encoding_format"?: "float" | "base64";
  /** Number of dimensions: only what the vectors have. */
  "dimensions"?: (number) | (null);
};

export type EmbeddingUsage = {
  /** Number of words. */
  "prompt_tokens": number;
  /** Number of words. */
  "total_tokens": number;
};

/** What recognized a turn. */
export type Engine = {
  /** The program. */
  "name": string;
  /** Its model. */
  "model": string;
  /** Its version. */
  "version": string;
};

/** Only what is given changes; null leaves it to the server's settings again. */
export type EntranceChangeRequest = {
  /** Whether anybody may open an account. */
  "registration"?: (boolean) | (null);
  /** Whether guests are taken. */
  "guests"?: (boolean) | (null);
  /** Guests from one address in 24 hours. */
  "guests_a_day"?: (number) | (null);
};

/** What a stranger may do here. */
export type EntranceResponse = {
  /** Whether anybody may open an account. */
  "registration": boolean;
  /** Whether guests are taken. */
  "guests": boolean;
  /** Whether this server mails links. */
  "mail": boolean;
  /** Who signs people in, too. */
  "provider": (string) | (null);
  /** Whom people ask who cannot get in. */
  "contact": (string) | (null);
};

/** What holds now. */
export type EntranceSettings = {
  /** Whether anybody may open an account. */
  "registration": boolean;
  /** Whether guests are taken. */
  "guests": boolean;
  /** Guests from one address in 24 hours; null: any. */
  "guests_a_day": (number) | (null);
};

/** Every error body, with the members of RFC 9457 beside `detail`. */
export type Error = {
  "detail": SimpleDetailResponse;
  /** A URI for the kind of problem (RFC 9457). */
  "type": string;
  /** The status in words. */
  "title": string;
  /** The HTTP status. */
  "status": number;
  /** The path that was asked. */
  "instance": string;
  /** The X-Request-Id of this request, for questions to the operator. */
  "request_id": string;
};

export type EventLinks = {
  /** Where the account itself reads more. */
  "self"?: (string) | (null);
  /** Where those who lead the organization read more. */
  "organization"?: (string) | (null);
};

/** One thing to try now, for what cost most. */
export type Exercise = {
  /** What to do. */
  "instruction": string;
  /** What to read aloud. */
  "text": string;
};

export type Expiry = {
  /** From when the time counts. */
  "anchor"?: "created_at";
  /** Lifetime of the key in seconds. */
  "seconds"?: number;
};

/** One fault of a request. */
export type FieldProblem = {
  /** Where, as a JSON pointer. */
  "path": string;
  /** What is wrong. */
  "message": string;
};

export type ForgottenRequest = {
  /** The address of the account. */
  "email": string;
  /** Of the letter; BCP 47. */
  "language"?: (string) | (null);
};

export type FunctionCall = {
  /** The function's name. */
  "name": string;
  /** JSON, as the model wrote it: it may be broken. */
  "arguments": string;
};

export type FunctionCallDelta = {
  /** The function's name, in a call's first piece. */
  "name"?: string;
  /** The next piece of the arguments. */
  "arguments": string;
};

export type FunctionDefinition = {
  /** Its name. */
  "name": string;
  /** What it is for. */
  "description"?: (string) | (null);
  /** A JSON Schema of its arguments. */
  "parameters"?: (Record<string, any>) | (null);
  /** Whether arguments must fit the schema. */
  "strict"?: (boolean) | (null);
};

export type FunctionTool = {
  /** Only functions are passed on. */
  "type": "function";
  /** The function. */
  "function": FunctionDefinition;
};

export type GoogleCalendarStartResponse = {
  /** Send the user there. */
  "authorization_url": string;
  /** Comes back with the user. */
  "state": string;
  /** Until when they must be back. */
  "expires_at": string;
};

/** At least one of the two. */
export type GuardClearRequest = {
  /** Id, address or user name. */
  "account"?: (string) | (null);
  /** An IP address. */
  "address"?: (string) | (null);
};

export type GuardCleared = {
  /** How many failed sign-ins no longer count. */
  "forgotten": number;
};

/** A link to hand over. It is shown once, works once, and stands for a password: send it to nobody else. */
export type HandoverLink = {
  /** The whole address, or the path of it without PARLEY_PUBLIC_URL. */
  "link": string;
  /** When it runs out. */
  "expires_at": string;
};

export type HealthCheckItem = {
  /** The part that was checked. */
  "name": string;
  /** How it is. */
  "status": "ok" | "degraded" | "down";
  /** Duration of the check in milliseconds. */
  "latency_ms": number;
  /** The result in words. */
  "detail": string;
  /** What has to come first: `fetching` or `loading` of a model. */
  "waiting_for"?: (string) | (null);
  /** Estimated seconds until then; null when unknown. */
  "wait_seconds"?: (number) | (null);
};

export type HealthPulse = {
  /** 1, and a second later 2. */
  "number": number;
};

export type HealthResponse = {
  /** The process answers. */
  "status": "ok";
  /** Parley's version. */
  "version": string;
};

export type HeardSound = {
  /** The learner's sound. */
  "input"?: SoundIn;
};

export type IceServer = {
  /** STUN or TURN addresses. */
  "urls": (string)[];
  /** Time-limited user name. */
  "username"?: (string) | (null);
  /** Its password. */
  "credential"?: (string) | (null);
};

export type IceServers = {
  /** For `RTCPeerConnection`; empty without any. */
  "ice_servers": (IceServer)[];
};

export type ImportLine = {
  /** The line of the file, from 1. */
  "line": number;
  /** What the line says. */
  "email": (string) | (null);
  /** `ready`: right, and not created, because of the other lines or of `dry_run`. */
  "result": "created" | "ready" | "faulty";
  /** What is wrong with it. */
  "message"?: (string) | (null);
  /** The new account. */
  "person_id"?: (string) | (null);
  /** For their first password. */
  "set_password"?: (HandoverLink) | (null);
};

export type InputTranscription = {
  /** Language (BCP 47). */
  "language"?: string;
  /** Accepted and not used. */
  "model"?: string;
  /** Accepted and not used. */
  "prompt"?: string;
};

/** What the token says (RFC 7519). */
export type IntegrationClaims = {
  /** Who issued it. */
  "iss": string;
  /** Your own name for the learner, or the id of who issued it. */
  "sub": string;
  /** The token's id. */
  "jti": string;
  /** The tenant. */
  "tenantId": string;
  /** For calls of the API, or for the embed page. */
  "mode": "api" | "embed";
  /** The one web origin it is good for. */
  "origin": string;
  /** What it opens. */
  "scopes": (string)[];
  /** When it was issued, in seconds since 1970. */
  "iat": number;
  /** When it ends, in seconds since 1970. */
  "exp": number;
};

export type IntegrationFingerprint = {
  /** The key's id. */
  "kid": string;
  /** SHA-256 of its SubjectPublicKeyInfo. */
  "sha256": string;
  /** Whether it signs new tokens. */
  "active": boolean;
};

export type IntegrationFingerprintResponse = {
  /** As in the key set. */
  "fingerprints": (IntegrationFingerprint)[];
};

export type IntegrationGrantRequest = {
  /** For calls of the API, or for the embed page. */
  "mode": "api" | "embed";
  /** The one web origin it is good for. */
  "origin": string;
  /** What it opens. */
  "scopes": ("conversations:read" | "conversations:write" | "rag:read" | "rag:write" | "quiz:read" | "quiz:write" | "live:read" | "live:write" | "organizations:read" | "organizations:write" | "integrations:read" | "integrations:write" | "xel:read" | "xel:write" | "xp:read" | "webhooks:read" | "webhooks:write" | "api:read" | "api:write" | "api:admin")[];
  /** Its lifetime. */
  "ttlSeconds": number;
  /** The tenant; needed with more than one. */
  "tenantId"?: (string) | (null);
  /** Your own name for the learner. */
  "subject"?: (string) | (null);
};

export type IntegrationGrantResponse = {
  /** The token, a JWT signed with RS256. */
  "integrationToken": string;
  /** Always Bearer. */
  "tokenType"?: "Bearer";
  /** The token's id. */
  "jti": string;
  /** The tenant. */
  "tenantId": string;
  /** When it dies. */
  "expiresAt": string;
  /** What it opens. */
  "scopes": (string)[];
  /** The one web origin it is good for. */
  "origin": string;
};

/** RFC 7517. */
export type IntegrationJWK = {
  /** The kind of key. */
  "kty": "RSA";
  /** The modulus, base64url. */
  "n": string;
  /** The exponent, base64url. */
  "e": string;
  /** The algorithm. */
  "alg": "RS256";
  /** The use. */
  "use": "sig";
  /** The key's id (RFC 7638). */
  "kid": string;
};

export type IntegrationJWKSResponse = {
  /** All keys whose tokens may be alive, the active one first. */
  "keys": (IntegrationJWK)[];
};

/** The newest first. */
export type IntegrationList = {
  /** The items of this page, in a stable order. */
  "items": (IntegrationOut)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

/** An account at another provider. */
export type IntegrationOut = {
  /** The connection. */
  "id": string;
  /** Whose. */
  "provider": string;
  /** Whether it can be used; else connect again. */
  "status": "active" | "expired" | "revoked";
  /** The account there. */
  "account": string;
  /** What was permitted. */
  "scopes": (string)[];
  /** When it was permitted. */
  "connected_at": string;
};

/** Either integrationToken, or tenantId and jti. */
export type IntegrationRevokeRequest = {
  /** The token itself. */
  "integrationToken"?: (string) | (null);
  /** The tenant. */
  "tenantId"?: (string) | (null);
  /** The token's id. */
  "jti"?: (string) | (null);
  /** Why, for the record. */
  "reason": string;
};

export type IntegrationRevokeResponse = {
  /** Always true. */
  "revoked": boolean;
  /** The token's id. */
  "jti": string;
  /** When it was revoked first. */
  "revokedAt": string;
};

export type IntegrationRotateRequest = {
  /** For calls of the API, or for the embed page. */
  "mode": "api" | "embed";
  /** The one web origin it is good for. */
  "origin": string;
  /** What it opens. */
  "scopes": ("conversations:read" | "conversations:write" | "rag:read" | "rag:write" | "quiz:read" | "quiz:write" | "live:read" | "live:write" | "organizations:read" | "organizations:write" | "integrations:read" | "integrations:write" | "xel:read" | "xel:write" | "xp:read" | "webhooks:read" | "webhooks:write" | "api:read" | "api:write" | "api:admin")[];
  /** Its lifetime. */
  "ttlSeconds": number;
  /** The tenant; needed with more than one. */
  "tenantId"?: (string) | (null);
  /** Your own name for the learner. */
  "subject"?: (string) | (null);
  /** The token that the new one replaces. */
  "previousToken"?: (string) | (null);
  /** Whether the previous token is revoked now. */
  "revokePrevious"?: boolean;
  /** Whether the tenant's key pair is replaced too. */
  "rotateKey"?: boolean;
};

export type IntegrationRotateResponse = {
  /** The token, a JWT signed with RS256. */
  "integrationToken": string;
  /** Always Bearer. */
  "tokenType"?: "Bearer";
  /** The token's id. */
  "jti": string;
  /** The tenant. */
  "tenantId": string;
  /** When it dies. */
  "expiresAt": string;
  /** What it opens. */
  "scopes": (string)[];
  /** The one web origin it is good for. */
  "origin": string;
  /** Whether the previous token was revoked. */
  "previousRevoked": boolean;
};

export type IntegrationTokenRevocationItem = {
  /** The token's id. */
  "jti": string;
  /** The tenant. */
  "tenantId": string;
  /** Why. */
  "reason": string;
  /** When. */
  "revokedAt": string;
  /** By whom, unless that account is gone. */
  "revokedBy": (string) | (null);
  /** When the token would have expired. */
  "expiresAt": string;
};

/** The newest first. */
export type IntegrationTokenRevocationList = {
  /** The items of this page, in a stable order. */
  "items": (IntegrationTokenRevocationItem)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

export type IntegrationVerifyRequest = {
  /** The token in question. */
  "token": string;
  /** The tenant it should belong to. */
  "tenantId": string;
  /** The web origin that presented it. */
  "origin"?: (string) | (null);
};

export type IntegrationVerifyResponse = {
  /** Whether the token is good now. */
  "valid": boolean;
  /** Why not. */
  "reason": ("malformed" | "unknown_key" | "bad_signature" | "expired" | "wrong_origin" | "revoked") | (null);
  /** What it says, when the signature is the tenant's. */
  "claims": (IntegrationClaims) | (null);
  /** Whether it was revoked. */
  "revoked": boolean;
};

export type InvitationImportRequest = {
  /** Lines with an address and, before or behind it, a name; at most 300 people. */
  "people": string;
  /** The team; null for none, or for a team manager's own. */
  "team"?: (string) | (null);
};

export type InvitationImportResponse = {
  /** The team that they are asked to join. */
  "team": (string) | (null);
  /** In the order of the lines. */
  "people": (InvitedPersonResponse)[];
};

/** Open links, the newest first. */
export type InvitationLinkList = {
  /** The items of this page, in a stable order. */
  "items": (InvitationLinkResponse)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

export type InvitationLinkRequest = {
  /** What they become. */
  "role"?: "team_manager" | "member";
  /** The team, if any. */
  "team"?: (string) | (null);
  /** How long it is good for. */
  "days"?: number;
};

export type InvitationLinkResponse = {
  /** The link. */
  "id": string;
  /** The role that is offered. */
  "role": "owner" | "admin" | "team_manager" | "member";
  /** The team, if any. */
  "team": (string) | (null);
  /** User name of its maker. */
  "invited_by": string;
  /** When it was made. */
  "created_at": string;
  /** When it runs out. */
  "expires_at": string;
  /** How many became members by it. */
  "used": number;
  /** The secret, once: in the answer to its creation. */
  "token"?: (string) | (null);
};

export type InvitationLinkToken = {
  /** The link's secret. */
  "token": string;
};

/** Open invitations, the newest first. */
export type InvitationList = {
  /** The items of this page, in a stable order. */
  "items": (InvitationResponse)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

/** An invitation as its senders see it. */
export type InvitationResponse = {
  /** The invitation. */
  "id": string;
  /** The invited person, as the inviter wrote it. */
  "user": string;
  /** The role that is offered. */
  "role": "owner" | "admin" | "team_manager" | "member";
  /** The team, if any. */
  "team": (string) | (null);
  /** Accepted ones are members. */
  "status"?: "invited";
  /** User name of the inviter. */
  "invited_by": string;
  /** When it was sent. */
  "created_at": string;
  /** When it runs out. */
  "expires_at": string;
};

/** What an invitation offers. */
export type InvitationView = {
  /** The account's address; null: the guest chooses. */
  "email": (string) | (null);
  /** As they want to be called. */
  "full_name": (string) | (null);
  /** When it runs out. */
  "expires_at": string;
};

/** What became of a person of the list. */
export type InvitedPersonResponse = {
  /** The line, from 1. */
  "line": number;
  /** The name in it, if any; it is not kept. */
  "name": (string) | (null);
  /** The address in it, if any. */
  "email": (string) | (null);
  /** `invited` is said whether there is such an account or not; `added` are learners of the organization's own site; the others changed nothing. */
  "result": "invited" | "added" | "already_member" | "already_invited" | "too_many_invitations" | "faulty";
  /** Why a line is `faulty`; null otherwise. */
  "message": (string) | (null);
};

export type JoinInvitation = {
  /** The invitation. */
  "id": string;
  /** The account's address, or null. */
  "email": (string) | (null);
  /** As they want to be called. */
  "full_name": (string) | (null);
  /** The plan of the account. */
  "plan": "free" | "plus" | "pro";
  /** When it was made. */
  "created_at": string;
  /** When it runs out. */
  "expires_at": string;
};

export type JoinInvitationCreated = {
  /** The invitation. */
  "id": string;
  /** The account's address, or null. */
  "email": (string) | (null);
  /** As they want to be called. */
  "full_name": (string) | (null);
  /** The plan of the account. */
  "plan": "free" | "plus" | "pro";
  /** When it was made. */
  "created_at": string;
  /** When it runs out. */
  "expires_at": string;
  /** To hand over; shown once, and null when it was mailed. */
  "link": (string) | (null);
};

/** Open invitations, the newest first. */
export type JoinInvitationList = {
  /** The items of this page, in a stable order. */
  "items": (JoinInvitation)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

/** The holder of the link may open one account, also while registration is closed. */
export type JoinInvitationRequest = {
  /** The account's address; else they choose. */
  "email"?: (string) | (null);
  /** As they want to be called. */
  "full_name"?: (string) | (null);
  /** The plan of the account. */
  "plan"?: "free" | "plus" | "pro";
  /** Mail the link to the address instead of showing it. */
  "mail"?: boolean;
  /** Of the letter; BCP 47. */
  "language"?: (string) | (null);
};

/** A new account, by invitation. */
export type JoinRequest = {
  /** From the link. */
  "token": string;
  /** When the invitation names none. */
  "email"?: (string) | (null);
  /** Unique; small letters, digits and _. */
  "username": string;
  /** At least 10 characters. */
  "password": string;
  /** As the learner wants to be called. */
  "full_name"?: (string) | (null);
  /** IANA zone; days and streaks follow it. */
  "timezone"?: string;
  /** BCP 47. */
  "native_language"?: (string) | (null);
};

export type KnowledgeSearchFilters = {
  /** Only passages of these documents. */
  "document_ids"?: ((string)[]) | (null);
  /** Only private documents, or only those of an organization. */
  "visibility"?: ("private" | "organization") | (null);
  /** Only files of this type. */
  "media_type"?: (string) | (null);
};

export type KnowledgeSearchRequest = {
  /** What to look for. */
  "query": string;
  /** Passages at most. */
  "top_k"?: number;
  /** Look into this conversation's documents too. */
  "conversation_id"?: (string) | (null);
  /** Narrows the search. */
  "filters"?: (KnowledgeSearchFilters) | (null);
};

export type KnowledgeSearchResponse = {
  /** What was looked for. */
  "query": string;
  /** Passages, best first. */
  "results": (KnowledgeSearchResultItem)[];
};

export type KnowledgeSearchResultItem = {
  /** The document. */
  "document_id": string;
  /** Its title. */
  "title": string;
  /** The passage. */
  "chunk_id": string;
  /** The headings above the passage, outermost first. */
  "heading": string;
  /** Its text. */
  "text": string;
  /** 0 to 1; comparable within one answer. */
  "score": number;
  /** Its page, counted from 1, where the file has pages. */
  "page": (number) | (null);
};

/** What a learner did of an assignment. */
export type LearnerProgressResponse = {
  /** `completed` for a completed module, or a text that was read with a score of at least 60. */
  "status": "open" | "started" | "completed";
  /** When it was practised last. */
  "practised_at": (string) | (null);
  /** When it was completed first. */
  "completed_at": (string) | (null);
  /** 0 to 100: the module's score, or the best pronunciation score of the text; null before one. */
  "score": (number) | (null);
  /** The learner. */
  "user_id": string;
  /** Their public name. */
  "username": string;
  /** As they want to be called. */
  "full_name": (string) | (null);
  /** Their team, if any. */
  "team": (string) | (null);
};

export type LearningPulseDayEntry = {
  /** Day in the learner's zone at that time. */
  "date": string;
  /** XP earned on that day. */
  "xp": number;
  /** Seconds learned, overlapping sessions counted once. */
  "seconds": number;
  /** Shade from 0 (nothing) to 4 (a full day). */
  "level": number;
};

export type LearningPulseResponse = {
  /** 365 days, the last one today. */
  "days": (LearningPulseDayEntry)[];
};

export type LearningTimeAnalyticsResponse = {
  /** Seconds learned in the period. */
  "total_seconds": number;
  /** Every day of the period, in order. */
  "by_day": (LearningTimeDay)[];
  /** The same seconds by kind of session; an overlap belongs to the one recorded first. */
  "by_kind": LearningTimeKinds;
};

export type LearningTimeDay = {
  /** Day in the learner's zone at that time. */
  "date": string;
  /** Seconds learned on that day. */
  "seconds": number;
};

export type LearningTimeKinds = {
  /** Seconds in conversations. */
  "conversation": number;
  /** Seconds in lessons and tasks. */
  "english": number;
  /** Seconds in live voice sessions. */
  "live": number;
};

export type LessonRequest = {
  /** When the lesson begins. */
  "starts_at": string;
  /** How long it takes. */
  "duration_minutes"?: number;
  /** The entry. */
  "title"?: string;
  /** The entry's text. */
  "description"?: string;
};

/** The same whether there is such an account or not. */
export type LetterResponse = {
  /** A sentence for people. */
  "message": string;
};

export type LinkRequest = {
  /** From the link. */
  "token": string;
};

export type LiveEndRequest = {
  /** The session. */
  "session_id": string;
  /** Why, for the records. */
  "reason"?: (string) | (null);
};

export type LiveHeartbeatRequest = {
  /** The session. */
  "session_id": string;
};

export type LiveNicknameRequest = {
  /** How the tutor calls the caller. */
  "nickname": string;
};

export type LiveNicknameResponse = {
  /** The nickname now in use. */
  "nickname": string;
};

export type LiveQuotaResponse = {
  /** The caller's plan. */
  "plan": string;
  /** Seconds of live sessions per calendar month (UTC). */
  "limit_seconds": number;
  /** Seconds used this month, a running session included. */
  "used_seconds": number;
  /** Part of the remaining seconds that a running session holds. */
  "reserved_seconds": number;
  /** Limit less used. */
  "remaining_seconds": number;
  /** Start of the month. */
  "period_start": string;
  /** When the next month begins. */
  "resets_at": string;
};

export type LiveRecordingListItem = {
  /** The session it is of. */
  "session_id": string;
  /** When the session started. */
  "started_at": string;
  /** How long it is. */
  "duration_ms": number;
  /** Size of the WAV file. */
  "size_bytes": number;
  /** When it will be deleted. */
  "expires_at": string;
};

export type LiveRecordingListResponse = {
  /** The items of this page, in a stable order. */
  "items": (LiveRecordingListItem)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

export type LiveSessionEndResponse = {
  /** The session. */
  "session_id": string;
  /** Always `ended`. */
  "status": string;
  /** When it was started. */
  "started_at": string;
  /** When it ended. */
  "ended_at": string;
  /** Seconds billed. */
  "billed_seconds": number;
  /** Its transcript; null when nothing was said. */
  "transcript_id": (string) | (null);
  /** Points earned. */
  "xp_awarded": number;
};

export type LiveSessionHeartbeatResponse = {
  /** The session. */
  "session_id": string;
  /** active, or ended when this heartbeat found the quota used up. */
  "status": string;
  /** Seconds this session has used. */
  "used_seconds": number;
  /** Seconds it may still use. */
  "remaining_seconds": number;
  /** When it ends if used without a pause. */
  "expires_at": string;
};

export type LiveSessionResponse = {
  /** The new session. */
  "session_id": string;
  /** As asked for. */
  "session_type": string;
  /** When it was started. */
  "started_at": string;
  /** When it ends at the latest if used without a pause. */
  "expires_at": string;
  /** Send a heartbeat this often while no media flows. */
  "heartbeat_interval_seconds": number;
  /** Seconds reserved for this session. */
  "remaining_seconds": number;
  /** How to connect. */
  "realtime": RealtimeAccess;
};

export type LiveStartSessionRequest = {
  /** A conversation, one with mouth shapes, or reading aloud and free speech, scored. */
  "session_type": "voice" | "avatar" | "speaking";
  /** The text to be read, of `speaking`; absent in free speech. */
  "reference_text"?: (string) | (null);
  /** A conversation that this session goes on with. */
  "conversation_id"?: (string) | (null);
  /** A scene to play. */
  "scenario"?: (string) | (null);
  /** Language spoken, BCP 47. */
  "language"?: string;
  /** Silence that ends the learner's turn; null adapts to the learner, 0 is push-to-talk. */
  "patience_ms"?: (0) | (number) | (null);
  /** Consent to keep the audio. Nothing is recorded without it. */
  "record"?: boolean;
  /** End another running session of the caller first. */
  "takeover"?: boolean;
};

export type LiveTranscriptDetailResponse = {
  /** The transcript. */
  "id": string;
  /** Its session, if it has one. */
  "session_id": (string) | (null);
  /** When the session started. */
  "started_at": string;
  /** When it ended. */
  "ended_at": (string) | (null);
  /** All turns in order. */
  "turns": (LiveTranscriptTurn)[];
};

export type LiveTranscriptListItem = {
  /** The transcript. */
  "id": string;
  /** Its session; null when it was saved from elsewhere. */
  "session_id": (string) | (null);
  /** When the session started. */
  "started_at": string;
  /** When it ended; null while it runs. */
  "ended_at": (string) | (null);
  /** How many turns. */
  "turns": number;
  /** The beginning of the first turn. */
  "preview": string;
};

export type LiveTranscriptListResponse = {
  /** The items of this page, in a stable order. */
  "items": (LiveTranscriptListItem)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

export type LiveTranscriptSaveResponse = {
  /** The new transcript. */
  "id": string;
  /** Turns kept. */
  "saved": number;
};

export type LiveTranscriptTurn = {
  /** user or ai. */
  "role": string;
  /** What was said. */
  "text": string;
  /** When the turn was complete. */
  "timestamp": string;
  /** As in the realtime events. */
  "turn_id": string;
  /** Start on the session's audio clock. */
  "start_ms"?: (number) | (null);
  /** End on the session's audio clock. */
  "end_ms"?: (number) | (null);
  /** Words with times and confidence. */
  "words"?: ((Word)[]) | (null);
  /** What recognized it. */
  "engine"?: (Engine) | (null);
  /** How it was pronounced. */
  "pronunciation"?: (Report) | (null);
};

/** The form of a sign-in; the members besides name and password are those of an OAuth 2 password form. */
export type LoginForm = {
  /** User name or e-mail address. */
  "username": string;
  /** The password. */
  "password": string;
  /** Taken and ignored. */
  "grant_type"?: "password";
  /** Taken and ignored. */
  "scope"?: string;
};

export type LogoutRequest = {
  /** Ends the session of this token too. */
  "refresh_token"?: (string) | (null);
};

export type LogoutResponse = {
  /** A sentence for people. */
  "message": string;
  /** How many sessions ended. */
  "revoked_sessions": number;
};

/** Points that the overall score lacks, and on what they were lost. */
export type Loss = {
  /** What it was. */
  "kind": "sound" | "missing_sound" | "stress" | "pause" | "hesitation" | "omission" | "insertion" | "repetition" | "other_sounds" | "pace" | "melody";
  /** The score that it lowered. */
  "part": "accuracy" | "fluency" | "completeness" | "prosody";
  /** Points of the overall score that it cost. */
  "points": number;
  /** The same for the learner. */
  "message": string;
  /** The words concerned, by `index`; empty for the whole. */
  "words": (number)[];
  /** What to listen to, as the model voice should say it. */
  "text": string;
  /** Where it can be heard in the recording. */
  "start_ms": number;
  /** Up to where. */
  "end_ms": number;
  /** The sound of the text, ARPAbet. */
  "phoneme"?: string;
  /** The same in the IPA. */
  "ipa"?: string;
  /** What was heard instead; empty: nothing. */
  "heard"?: string;
  /** The same in the IPA. */
  "heard_ipa"?: string;
};

export type MemberAddRequest = {
  /** Id, e-mail address or user name. */
  "user": string;
  /** Not above the caller's own. */
  "role"?: "owner" | "admin" | "team_manager" | "member";
  /** The team, if any. */
  "team"?: (string) | (null);
};

/** Members in the order in which they joined. */
export type MemberList = {
  /** The items of this page, in a stable order. */
  "items": (MemberResponse)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

/** A member, or an invited person: then the answer does not reveal whether there is such an account. */
export type MemberResponse = {
  /** The account; null while invited. */
  "user_id": (string) | (null);
  /** Its public name; null while invited. */
  "username": (string) | (null);
  /** As the member wants to be called. */
  "full_name": (string) | (null);
  /** The role in the organization. */
  "role": "owner" | "admin" | "team_manager" | "member";
  /** The team, if any. */
  "team": (string) | (null);
  /** When the membership began; null while invited. */
  "joined_at": (string) | (null);
  /** Whether consent is awaited. */
  "status"?: "member" | "invited";
  /** The invitation that awaits it. */
  "invitation_id"?: (string) | (null);
};

export type MemberRoleRequest = {
  /** Not above the caller's own. */
  "role": "owner" | "admin" | "team_manager" | "member";
};

export type MemberUpdateRequest = {
  /** Not above the caller's own. */
  "role": "owner" | "admin" | "team_manager" | "member";
  /** The team, or null for none. */
  "team": (string) | (null);
  /** Another organization moves the member. */
  "organization_id": string;
};

export type MembersAudience = {
  /** Learners by name. */
  "kind": "members";
  /** Who. */
  "user_ids": (string)[];
};

/** How many words of each kind. */
export type Miscues = {
  /** Words of the text that were left out. */
  "omission": number;
  /** Words that are not in the text. */
  "insertion": number;
  /** Words that were said again. */
  "repetition": number;
};

export type ModelObject = {
  /** Name it by this. */
  "id": string;
  /** Always `model`. */
  "object"?: "model";
  /** Seconds since 1970; when it was made is not known here. */
  "created": number;
  /** Who serves it: `parley`, or a provider's id. */
  "owned_by": string;
};

export type ModelObjectList = {
  /** Always `list`. */
  "object"?: "list";
  /** Every model, those of chat first. */
  "data": (ModelObject)[];
};

export type ModuleCompletedData = {
  /** The account that it is about; null when it is about none. */
  "account_id"?: (string) | (null);
  /** The organization that it is about, or whose endpoint this is. */
  "organization_id"?: (string) | (null);
  /** Where to fetch what is not in here. */
  "links"?: EventLinks;
  /** The module. */
  "module_id": string;
  /** The mean of the best scores of its tasks, 0 to 100. */
  "score": number;
  /** When it was completed for the first time. */
  "completed_at": string;
};

/** A learner has completed a module for the first time. */
export type ModuleCompletedEvent = {
  /** The event. */
  "type": "module.completed";
  /** When it happened. */
  "timestamp": string;
  /** What happened. */
  "data": ModuleCompletedData;
};

export type ModuleWork = {
  /** A module of the course. */
  "kind": "module";
  /** The module. */
  "module_id": string;
};

export type MouthMark = {
  /** From when on, in milliseconds of the sound. */
  "at_ms": number;
  /** The shape, as in `response.viseme`. */
  "id": number;
  /** Its name in the set of 15 that avatars have as blend shapes. */
  "name": string;
};

/** What the caller has to do, the soonest first. */
export type MyAssignmentList = {
  /** The items of this page, in a stable order. */
  "items": (MyAssignmentResponse)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

/** An assignment as the learner sees it. */
export type MyAssignmentResponse = {
  /** `completed` for a completed module, or a text that was read with a score of at least 60. */
  "status": "open" | "started" | "completed";
  /** When it was practised last. */
  "practised_at": (string) | (null);
  /** When it was completed first. */
  "completed_at": (string) | (null);
  /** 0 to 100: the module's score, or the best pronunciation score of the text; null before one. */
  "score": (number) | (null);
  /** The assignment. */
  "id": string;
  /** Who gave it. */
  "organization_id": string;
  /** What people call it. */
  "organization_name": string;
  /** What is to be done. */
  "work": WorkResponse;
  /** Until when. */
  "due_at": string;
  /** When it was given. */
  "created_at": string;
};

/** Invitations that wait for an answer, the newest first. */
export type MyInvitationList = {
  /** The items of this page, in a stable order. */
  "items": (MyInvitationResponse)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

/** An invitation as the invited person sees it. */
export type MyInvitationResponse = {
  /** The invitation. */
  "id": string;
  /** Who asks. */
  "organization_id": string;
  /** What people call it. */
  "organization_name": string;
  /** Its unique short name. */
  "organization_slug": string;
  /** The role that is offered. */
  "role": "owner" | "admin" | "team_manager" | "member";
  /** The team, if any. */
  "team": (string) | (null);
  /** The organization that accepting it leaves. */
  "moves_from": (string) | (null);
  /** User name of the inviter. */
  "invited_by": string;
  /** When it was sent. */
  "created_at": string;
  /** When it runs out. */
  "expires_at": string;
};

export type NoteCreate = {
  /** Its title. */
  "title": string;
  /** Its text. */
  "content": string;
  /** Words to find it by. */
  "tags"?: (string)[];
  /** The conversation it belongs to. */
  "conversation_id"?: (string) | (null);
};

/** Notes, newest first. */
export type NoteList = {
  /** The items of this page, in a stable order. */
  "items": (NoteResponse)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

export type NoteResponse = {
  /** The note's id. */
  "id": string;
  /** Its title. */
  "title": string;
  /** Its text. */
  "content": string;
  /** Words to find it by. */
  "tags": (string)[];
  /** The conversation it belongs to. */
  "conversation_id": (string) | (null);
  /** When it was written. */
  "created_at": string;
  /** When it was changed last. */
  "updated_at": string;
};

export type NoteUpdate = {
  /** A new title; left out, it stays. */
  "title"?: (string) | (null);
  /** A new text; left out, it stays. */
  "content"?: (string) | (null);
  /** New tags; left out, they stay. */
  "tags"?: ((string)[]) | (null);
  /** Another conversation, or null for none; left out, it stays. */
  "conversation_id"?: (string) | (null);
};

/** A link as those see it who have it. */
export type OpenedLinkResponse = {
  /** Who asks. */
  "organization_id": string;
  /** What people call it. */
  "organization_name": string;
  /** The role that is offered. */
  "role": "owner" | "admin" | "team_manager" | "member";
  /** The team, if any. */
  "team": (string) | (null);
  /** User name of its maker. */
  "invited_by": string;
  /** When it runs out. */
  "expires_at": string;
  /** Whether the caller belongs to it already. */
  "is_member": boolean;
};

export type OrganizationCreateRequest = {
  /** What people call it. */
  "name": string;
  /** Unique; small letters, digits and single hyphens. */
  "slug": string;
  /** A few words. */
  "description"?: (string) | (null);
};

/** The caller's organizations, the newest first. */
export type OrganizationList = {
  /** The items of this page, in a stable order. */
  "items": (OrganizationResponse)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

export type OrganizationResponse = {
  /** The organization. */
  "id": string;
  /** What people call it. */
  "name": string;
  /** Its unique short name. */
  "slug": string;
  /** A few words. */
  "description": (string) | (null);
  /** What the caller is in it. */
  "role": "owner" | "admin" | "team_manager" | "member";
  /** The number of members. */
  "members": number;
  /** When it was made. */
  "created_at": string;
};

/** Only what is given changes. */
export type OrganizationUpdateRequest = {
  /** What people call it. */
  "name"?: string;
  /** Unique. */
  "slug"?: string;
  /** A few words; null clears. */
  "description"?: (string) | (null);
};

/** Somebody who tries it first. */
export type PageGuestRequest = {
  /** IANA zone; days and streaks follow it. */
  "timezone"?: string;
  /** BCP 47. */
  "native_language"?: (string) | (null);
};

export type PageLoginRequest = {
  /** User name or e-mail address. */
  "username": string;
  /** The password. */
  "password": string;
};

export type PageLogoutRequest = {
  /** End all sessions of the account. */
  "everywhere"?: boolean;
};

/** Nothing: the browser sends the cookie. */
export type PageRefreshRequest = {
};

/** An access token. What buys the next one is in a cookie that no script can read. */
export type PageTokenResponse = {
  /** For `Authorization: Bearer`. */
  "access_token": string;
  /** Always bearer. */
  "token_type"?: "bearer";
  /** Lifetime of the access token in seconds. */
  "expires_in": number;
};

export type PasswordChangeRequest = {
  /** The current password. */
  "current_password": string;
  /** At least 10 characters. */
  "new_password": string;
};

export type PasswordResetRequest = {
  /** From the link. */
  "token": string;
  /** The new password. */
  "password": string;
};

export type PcmFormat = {
  /** 16 bits, mono, little endian. */
  "type": "audio/pcm";
  /** Samples per second. */
  "rate"?: number;
};

/** The text of a file. Its first line names the columns: email, and any of username, full_name, plan, timezone, native_language; commas, semicolons or tabs are between them. */
export type PeopleImportRequest = {
  /** At most 2,000 lines. */
  "csv": string;
  /** Only say what would happen. */
  "dry_run"?: boolean;
};

/** All lines were created, or none. */
export type PeopleImportResponse = {
  /** How many accounts were opened. */
  "created": number;
  /** How many lines are wrong. */
  "faulty": number;
  /** In the order of the file. */
  "lines": (ImportLine)[];
};

export type PersonChangeRequest = {
  /** Decides the monthly live seconds. */
  "plan": "free" | "plus" | "pro";
};

/** An account for somebody else. Without a password the answer has a link with which they set one. */
export type PersonCreateRequest = {
  /** Unique, whatever its case. */
  "email": string;
  /** Unique; else it is made of the address. */
  "username"?: (string) | (null);
  /** At least 10 characters. */
  "password"?: (string) | (null);
  /** As the learner wants to be called. */
  "full_name"?: (string) | (null);
  /** Decides the monthly live seconds. */
  "plan"?: "free" | "plus" | "pro";
  /** IANA zone. */
  "timezone"?: string;
  /** BCP 47. */
  "native_language"?: (string) | (null);
};

export type PersonCreated = {
  /** The account. */
  "id": string;
  /** The e-mail address. */
  "email": string;
  /** The public name. */
  "username": string;
  /** As the learner wants to be called. */
  "full_name": (string) | (null);
  /** The role on this server. */
  "role": "user" | "admin";
  /** Decides the monthly live seconds. */
  "plan": "free" | "plus" | "pro";
  /** When the account was made. */
  "created_at": string;
  /** When a sign-in was last refreshed. */
  "last_seen_at": (string) | (null);
  /** Since when nothing opens it, or null. */
  "disabled_at": (string) | (null);
  /** When the address was proved. */
  "email_verified_at": (string) | (null);
  /** Whether nobody can sign in to it. */
  "is_guest": boolean;
  /** Whether its owner has set a password. */
  "has_password": boolean;
  /** The providers that sign them in. */
  "identities": (PersonIdentity)[];
  /** Whose learner it is, if an organization's. */
  "embedded"?: (PersonSubject) | (null);
  /** For their first password; null when one was given. */
  "set_password"?: (HandoverLink) | (null);
};

/** By whom else an account is signed in to. */
export type PersonIdentity = {
  /** The provider. */
  "issuer": string;
  /** Its name for the person. */
  "subject": string;
  /** When they first came from there. */
  "joined_at": string;
  /** When they last came from there. */
  "last_used_at": string;
};

/** Accounts, the newest first. */
export type PersonList = {
  /** The items of this page, in a stable order. */
  "items": (PersonResponse)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

/** An account as administrators see it. */
export type PersonResponse = {
  /** The account. */
  "id": string;
  /** The e-mail address. */
  "email": string;
  /** The public name. */
  "username": string;
  /** As the learner wants to be called. */
  "full_name": (string) | (null);
  /** The role on this server. */
  "role": "user" | "admin";
  /** Decides the monthly live seconds. */
  "plan": "free" | "plus" | "pro";
  /** When the account was made. */
  "created_at": string;
  /** When a sign-in was last refreshed. */
  "last_seen_at": (string) | (null);
  /** Since when nothing opens it, or null. */
  "disabled_at": (string) | (null);
  /** When the address was proved. */
  "email_verified_at": (string) | (null);
  /** Whether nobody can sign in to it. */
  "is_guest": boolean;
  /** Whether its owner has set a password. */
  "has_password": boolean;
  /** The providers that sign them in. */
  "identities": (PersonIdentity)[];
  /** Whose learner it is, if an organization's. */
  "embedded"?: (PersonSubject) | (null);
};

/** A learner of an organization's own site. */
export type PersonSubject = {
  /** The organization. */
  "organization_id": string;
  /** Its name for the learner. */
  "subject": string;
};

/** A sound of a word. */
export type Phone = {
  /** The sound of the text, ARPAbet without stress. */
  "phoneme": string;
  /** The same in the IPA. */
  "ipa": string;
  /** Its start. */
  "start_ms": number;
  /** Its end. */
  "end_ms": number;
  /** How well it was said. */
  "score": number;
  /** What was heard instead, ARPAbet; empty: nothing was said. */
  "heard"?: string;
  /** The same in the IPA. */
  "heard_ipa"?: string;
  /** What to do about it, in a sentence. */
  "advice"?: string;
  /** Only where something speaks against it. */
  "evidence"?: PhoneEvidence;
};

/** What speaks against a phone. */
export type PhoneEvidence = {
  /** Nats by which another sound, or none, fits better. */
  "likelihood_gap": number;
  /** Its length, in deviations from a native reader's. */
  "duration_deviations": number;
};

export type PhonemeAccuracy = {
  /** ARPAbet name without stress. */
  "phoneme": string;
  /** The same in the International Phonetic Alphabet. */
  "ipa": string;
  /** Times it was said and scored in the period. */
  "attempts": number;
  /** Mean score in the period, 0 to 100. */
  "mean": number;
  /** Points gained (or lost) a week, by least squares; null with a single week. */
  "trend": (number) | (null);
  /** Weeks with attempts, in order. */
  "by_week": (PhonemeWeek)[];
};

export type PhonemeAnalyticsResponse = {
  /** Phonemes that were said, the lowest mean first. */
  "phonemes": (PhonemeAccuracy)[];
};

export type PhonemeWeek = {
  /** The Sunday that began the week. */
  "week_start": string;
  /** Times the phoneme was said and scored. */
  "attempts": number;
  /** Mean score, 0 to 100. */
  "mean": number;
};

/** Only what is given changes; null clears what may be empty. */
export type ProfileUpdateRequest = {
  /** As the learner wants to be called. */
  "full_name"?: (string) | (null);
  /** IANA zone. */
  "timezone"?: string;
  /** BCP 47. */
  "native_language"?: (string) | (null);
  /** What the tutor says. */
  "nickname"?: (string) | (null);
  /** http or https. */
  "avatar_url"?: (string) | (null);
};

export type ProviderItem = {
  /** The id to use in requests. */
  "id": string;
  /** Its name for people. */
  "name": string;
  /** Its models. */
  "models": (string)[];
  /** The model when none is named. */
  "default_model": string;
  /** Whether it would be asked now. */
  "available": boolean;
  /** Why it is not available. */
  "reason": (string) | (null);
  /** Whether it works without any other server. */
  "offline": boolean;
};

export type ProviderList = {
  /** In the order in which `auto` asks them. */
  "items": (ProviderItem)[];
};

export type PublicXPProfileResponse = {
  /** The unique name. */
  "username": string;
  /** Nickname, or the unique name without one. */
  "display_name": string;
  /** Picture, if there is one. */
  "avatar_url": (string) | (null);
  /** Level reached, from 1. */
  "level": number;
  /** All XP ever earned. */
  "xp_total": number;
  /** Active days in a row, up to today or yesterday in the learner's zone. */
  "current_streak": number;
  /** The longest streak ever, in days. */
  "longest_streak": number;
  /** Day of registration (UTC). */
  "member_since": string;
};

/** Something about the sound that makes scores less sure. */
export type QualityNote = {
  /** For programs. */
  "code": "too_short" | "silent" | "quiet" | "clipping" | "noise" | "very_noisy" | "narrow_band" | "gaps" | "echo" | "unclear";
  /** For the learner. */
  "message": string;
};

export type QuestItem = {
  /** Unique on its date. */
  "id": string;
  /** What to do. */
  "title": string;
  /** Why, and what counts. */
  "description": string;
  /** How much is to be done, in the unit of the title. */
  "target": number;
  /** How much of it is done, up to the target. */
  "progress": number;
  /** Done and rewarded. */
  "completed": boolean;
  /** XP for completing it. */
  "xp_reward": number;
};

export type QuestsResponse = {
  /** Day in the learner's zone at that time. */
  "date": string;
  /** Three quests, made from what the learner is weak at. */
  "quests": (QuestItem)[];
  /** The learner's next midnight, when new quests come. */
  "resets_at": string;
};

export type QuotaLowData = {
  /** The account that it is about; null when it is about none. */
  "account_id"?: (string) | (null);
  /** The organization that it is about, or whose endpoint this is. */
  "organization_id"?: (string) | (null);
  /** Where to fetch what is not in here. */
  "links"?: EventLinks;
  /** Seconds of live sessions a calendar month (UTC). */
  "limit_seconds": number;
  /** Seconds that are left of them. */
  "remaining_seconds": number;
  /** When the next month begins. */
  "resets_at": string;
};

/** Less than a fifth of the month's live minutes is left. Once a month. */
export type QuotaLowEvent = {
  /** The event. */
  "type": "quota.low";
  /** When it happened. */
  "timestamp": string;
  /** What happened. */
  "data": QuotaLowData;
};

export type RagCitation = {
  /** The document. */
  "document_id": string;
  /** Its title. */
  "title": string;
  /** The passage. */
  "chunk_id": string;
  /** Its page, where the file has pages. */
  "page": (number) | (null);
  /** The exact words of the passage. */
  "quote": string;
};

export type RagDocument = {
  /** The document's id. */
  "id": string;
  /** Its title. */
  "title": string;
  /** The file's name. */
  "filename": string;
  /** Its type, decided by its content. */
  "media_type": string;
  /** Its size in bytes. */
  "size_bytes": number;
  /** Passages in it, once it is ready. */
  "chunks": number;
  /** The state of its reading. */
  "status": "processing" | "ready" | "failed";
  /** Why it failed: encrypted, broken, empty, zip_bomb, macros, too_long, too_slow, too_much_memory, unknown_encoding (save it as UTF-8) or unsupported. */
  "error": (string) | (null);
  /** Who may see it. */
  "visibility": "private" | "organization";
  /** The organization that may see it. */
  "organization_id": (string) | (null);
  /** The conversation it belongs to. */
  "conversation_id": (string) | (null);
  /** When it was uploaded. */
  "created_at": string;
};

/** Documents, newest first. */
export type RagDocumentList = {
  /** The items of this page, in a stable order. */
  "items": (RagDocument)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

export type RagDocumentUpload = {
  /** A text, Markdown, HTML, PDF or Word (docx) file of 20 MB at most. */
  "file": string;
  /** Its title; else the file's name. */
  "title"?: string;
  /** Who may see it. */
  "visibility"?: "private" | "organization";
  /** The organization; needed by members of several. */
  "organization_id"?: string;
  /** The conversation it belongs to. */
  "conversation_id"?: string;
};

export type RagQueryRequest = {
  /** The question. */
  "query": string;
  /** Passages that an answer may use. */
  "top_k"?: number;
  /** Answer from this conversation's documents too. */
  "conversation_id"?: (string) | (null);
};

export type RagQueryResponse = {
  /** The answer, or that none was found. */
  "answer": string;
  /** Where it comes from; empty when nothing was found. */
  "citations": (RagCitation)[];
  /** Who wrote it; `builtin` quotes only. */
  "provider": string;
  /** The model. */
  "model": string;
  /** Whether the documents hold the answer. */
  "grounded": boolean;
};

export type RagUploadResponse = {
  /** The document, still being read. */
  "document": RagDocument;
};

export type RealtimeAccess = {
  /** Where Socket.IO answers. */
  "url": string;
  /** The namespace to connect to: `/live` or `/speaking`. */
  "namespace": string;
  /** Opens one connection within 60 s: `auth: {ticket}`. */
  "ticket": string;
  /** For WebRTC. */
  "ice_servers": (IceServer)[];
};

export type RealtimeFunctionTool = {
  /** Only functions are taken. */
  "type": "function";
  /** Its name. */
  "name": string;
  /** What it is for. */
  "description"?: string;
  /** A JSON Schema of its arguments. */
  "parameters"?: Record<string, any>;
};

export type RefreshRequest = {
  /** The newest one. */
  "refresh_token": string;
};

/** A new account. */
export type RegisterRequest = {
  /** Unique, whatever its case. */
  "email": string;
  /** Unique; small letters, digits and _. */
  "username": string;
  /** At least 10 characters. */
  "password": string;
  /** As the learner wants to be called. */
  "full_name"?: (string) | (null);
  /** IANA zone; days and streaks follow it. */
  "timezone"?: string;
  /** BCP 47. */
  "native_language"?: (string) | (null);
};

/** How a text, or what was said freely, was pronounced. Scores are null where nothing could be judged. */
export type Report = {
  /** Of the other four: see docs/pronunciation.md for the formula. */
  "overall": (number) | (null);
  /** The sounds. */
  "accuracy": (number) | (null);
  /** Pace, pauses, hesitations. */
  "fluency": (number) | (null);
  /** The share of the text that was said. */
  "completeness": (number) | (null);
  /** Rhythm, stress and melody. */
  "prosody": (number) | (null);
  /** Every word of the text in order, with what was added. */
  "words": (ScoredWord)[];
  /** What scored. */
  "scorer": Scorer;
  /** How sure the scores are. */
  "confidence"?: number;
  /** What is wrong with the sound, worst first. */
  "quality"?: (QualityNote)[];
  /** Where the text comes from. */
  "reference"?: "given" | "recognised";
  /** Why nothing was scored; null when it was. */
  "refused"?: ("silent" | "too_short" | "nothing_to_read" | "not_the_text" | "not_understood") | (null);
  /** Figures behind the scores. */
  "details"?: Details;
  /** Where 100 - overall went, what cost most first. */
  "lost"?: (Loss)[];
  /** What to try now; null when nothing is lost. */
  "exercise"?: (Exercise) | (null);
};

export type RequestMessage = {
  /** Who speaks; `tool` gives what a function gave. */
  "role": "system" | "developer" | "user" | "assistant" | "tool";
  /** What is said: a text, or parts with texts. */
  "content"?: (string) | ((ContentPart)[]) | (null);
  /** Of the role `assistant`: the functions that it called. */
  "tool_calls"?: ((RequestToolCall)[]) | (null);
  /** Of the role `tool`: the call that this answers. */
  "tool_call_id"?: (string) | (null);
};

export type RequestToolCall = {
  /** The call's id. */
  "id": string;
  /** Always `function`. */
  "type"?: "function";
  /** The function and its arguments. */
  "function": CalledFunction;
};

export type SaveLiveTranscriptsRequest = {
  /** When the session started. */
  "session_started_at": string;
  /** When it ended. */
  "session_ended_at": string;
  /** The turns in order. */
  "transcripts": (TranscriptTurn)[];
  /** Whose it is; needed with a service key. */
  "user_id"?: (string) | (null);
};

/** A word of the text, or one that was said beside it. */
export type ScoredWord = {
  /** The word as the text, or for an insertion the recognizer, writes it. */
  "word": string;
  /** Its place in the text, from 0; null for words not in it. */
  "index": (number) | (null);
  /** Its start. */
  "start_ms": number;
  /** Its end. */
  "end_ms": number;
  /** From its sounds: one that is wrong costs more than its share. Null: it is not judged. */
  "score": (number) | (null);
  /** What is wrong with it. */
  "error": "none" | "mispronunciation" | "omission" | "insertion" | "repetition";
  /** Its sounds in order. */
  "phonemes": (Phone)[];
  /** Its syllables in order. */
  "syllables"?: (Syllable)[];
  /** For words of several syllables. */
  "stress"?: Stress;
  /** The one thing to work on. */
  "advice"?: string;
  /** Free speech: how sure it is that it was said, by recognizer and sounds. */
  "confidence"?: number;
  /** Free speech; true: not sure that it was said, so it is not judged. */
  "doubtful"?: boolean;
  /** True: no dictionary has it, its sounds are a guess. */
  "guessed"?: boolean;
  /** Why it cannot be read aloud. */
  "skipped"?: (string) | (null);
};

/** What scored: scores of different versions do not compare. */
export type Scorer = {
  /** The scorer. */
  "name": string;
  /** Its version. */
  "version": string;
};

export type SearchReindexResponse = {
  /** The job that does it. */
  "job_id": string;
  /** It waits its turn. */
  "status": "queued";
};

export type SessionEndedData = {
  /** The account that it is about; null when it is about none. */
  "account_id"?: (string) | (null);
  /** The organization that it is about, or whose endpoint this is. */
  "organization_id"?: (string) | (null);
  /** Where to fetch what is not in here. */
  "links"?: EventLinks;
  /** The live session. */
  "session_id": string;
  /** What kind of session it was. */
  "session_type": string;
  /** Why it ended. */
  "reason": "client" | "quota" | "limit" | "timeout" | "taken_over" | "draining" | "unavailable";
  /** When it was started. */
  "started_at": string;
  /** When it ended. */
  "ended_at": string;
  /** Seconds that it costs of the quota. */
  "billed_seconds": number;
  /** Null when nothing was said. */
  "transcript_id"?: (string) | (null);
};

/** A live session is over and billed. */
export type SessionEndedEvent = {
  /** The event. */
  "type": "session.ended";
  /** When it happened. */
  "timestamp": string;
  /** What happened. */
  "data": SessionEndedData;
};

/** Mean and attempts are those of the learners for whom it is weak. */
export type SharedSoundResponse = {
  /** The sound, ARPAbet. */
  "phoneme": string;
  /** The same in the IPA. */
  "ipa": string;
  /** Mean score, 0 to 100. */
  "mean": number;
  /** The number of attempts. */
  "attempts": number;
  /** The number of learners for whom it is weak. */
  "learners": number;
};

/** Where the browser is sent, as in the header `Location`. */
export type SignInRedirect = {
  /** An address. */
  "location": string;
};

/** The documented error: a code, a sentence, and what the code needs beside them. Members that a code does not have are absent. */
export type SimpleDetailResponse = {
  /** The code: stable, for programs. */
  "error": string;
  /** One sentence for people. */
  "message": string;
  /** Of `invalid_request`: every fault at once. */
  "fields"?: (FieldProblem)[];
  /** Of `INSUFFICIENT_API_KEY_SCOPE`: what is needed. */
  "required_scope"?: string;
  /** Of `INSUFFICIENT_API_KEY_SCOPE`: what the credential has. */
  "granted_scopes"?: (string)[];
  /** Of `session_active`: the session that runs. */
  "session_id"?: string;
  /** Of `live_quota_exceeded`: the plan. */
  "plan"?: string;
  /** Of `live_quota_exceeded`: seconds that the plan has in a month. */
  "limit_seconds"?: number;
  /** Of `live_quota_exceeded`: seconds that were used. */
  "used_seconds"?: number;
  /** Of `live_quota_exceeded`: when the next month begins. */
  "resets_at"?: (string) | (null);
  /** Of `not_enough_tokens`: tokens that it costs. */
  "price"?: number;
  /** Of `not_enough_tokens`: tokens that are there. */
  "tokens"?: number;
  /** Of `module_locked` and `module_incomplete`: what to do first. */
  "missing"?: (string)[];
  /** Of `last_owner`: which organizations need another owner. */
  "organizations"?: (string)[];
  /** Of an answer that broke off: what was saved of it. */
  "message_id"?: (string) | (null);
};

/** A sentence and nothing else. */
export type SimpleMessageResponse = {
  /** One sentence for people. */
  "message": string;
};

export type SoundIn = {
  /** What the client sends. */
  "format"?: (PcmFormat) | (TelephoneFormat);
  /** How it is written down. */
  "transcription"?: (InputTranscription) | (null);
  /** How turns end; null: when the client commits. */
  "turn_detection"?: (TurnDetection) | (null);
};

export type SoundOut = {
  /** What the client gets. */
  "format"?: (PcmFormat) | (TelephoneFormat);
  /** Accepted and not used. */
  "voice"?: string;
};

export type SpeechDelta = {
  /** More sound. */
  "type": "speech.audio.delta";
  /** The sound in the format that was asked for, in base64. */
  "audio": string;
};

export type SpeechDone = {
  /** The last event. */
  "type": "speech.audio.done";
  /** Tokens. */
  "usage": SpeechUsage;
};

export type SpeechMark = {
  /** A word as written, or a phone as IPA. */
  "text": string;
  /** When it begins, in milliseconds of the sound. */
  "start_ms": number;
  /** When it ends. */
  "end_ms": number;
};

export type SpeechMarks = {
  /** Whether the voice told these times itself; otherwise the shapes are guessed. */
  "timed": boolean;
  /** How long the sound is, in milliseconds. */
  "duration_ms": number;
  /** In order; numbers are one word, however long they are said. */
  "words": (SpeechMark)[];
  /** In order. */
  "phones": (SpeechMark)[];
  /** Each holds until the next; the last is silence. */
  "mouth": (MouthMark)[];
};

export type SpeechRequest = {
  /** What is said. */
  "input": string;
  /** Accepted and not used: the voice is the server's. */
  "model"?: string;
  /** One of GET /api/speech/voices; others are the server's own voice. */
  "voice"?: (string) | (VoiceReference);
  /** The format of the sound. */
  "response_format"?: "mp3" | "opus" | "aac" | "flac" | "wav" | "pcm";
  /** Speed, from 0.25 to 4 times. */
  "speed"?: number;
  /** The sound itself, or events that hold it. */
  "stream_format"?: "audio" | "sse";
  /** The language of the text (BCP 47). */
  "language"?: string;
};

export type SpeechUsage = {
  /** Always 0: speech counts no tokens. */
  "input_tokens": number;
  /** Always 0 tokens. */
  "output_tokens": number;
  /** Always 0 tokens. */
  "total_tokens": number;
};

export type SpeechVoice = {
  /** What to give as `voice`. */
  "id": string;
  /** Its name. */
  "name": string;
  /** Its accent. */
  "language": "en-US" | "en-GB";
  /** How it sounds. */
  "gender": "female" | "male";
};

export type SpeechVoiceList = {
  /** What speaks when all is well; null without a voice. */
  "engine": (string) | (null);
  /** Whether it can speak now; until then another voice does, where there is one. */
  "ready": boolean;
  /** The first is the one that speaks when none is asked for. */
  "voices": (SpeechVoice)[];
};

export type SpokenSound = {
  /** The learner's sound. */
  "input"?: SoundIn;
  /** The tutor's sound. */
  "output"?: SoundOut;
};

export type StreakStatusResponse = {
  /** Active days in a row, up to today or yesterday in the learner's zone. */
  "current_streak": number;
  /** The longest streak ever, in days. */
  "longest_streak": number;
  /** Freezes held; each covers one missed day. 0 to 2. */
  "freezes_available": number;
  /** Freezes ever spent on missed days. */
  "freezes_used": number;
  /** When XP were earned last; null before the first. */
  "last_activity": (string) | (null);
  /** A streak runs and nothing was earned today yet: at midnight a freeze or the streak is lost. */
  "streak_at_risk": boolean;
};

export type StreamOptions = {
  /** Tell the tokens in a last chunk. */
  "include_usage"?: boolean;
};

/** Which syllable of a word carries the stress, counted from 0. */
export type Stress = {
  /** The stressed syllable of the dictionary. */
  "expected": (number) | (null);
  /** The one that stood out; null when none did. */
  "heard": (number) | (null);
};

/** A syllable of a word. */
export type Syllable = {
  /** Its sounds in the IPA. */
  "text": string;
  /** How well it was said, from its sounds. */
  "score": number;
  /** Its start. */
  "start_ms": number;
  /** Its end. */
  "end_ms": number;
};

export type TalkRequest = {
  /** A conversation. */
  "type"?: "realtime";
  /** For a language model; the built-in tutor has none. */
  "instructions"?: string;
  /** How answers come. */
  "output_modalities"?: ("audio" | "text")[];
  /** Sound in and out. */
  "audio"?: SpokenSound;
  /** Functions that a language model may call. */
  "tools"?: (RealtimeFunctionTool)[];
  /** How it chooses among them. */
  "tool_choice"?: ("auto" | "none" | "required") | (ChosenFunction);
};

export type TalkSession = {
  /** A conversation. */
  "type": "realtime";
  /** The session's id. */
  "id": string;
  /** Always `realtime.session`. */
  "object": "realtime.session";
  /** The model that was named, or `auto`. */
  "model": string;
  /** As they were set. */
  "instructions": string;
  /** How answers come. */
  "output_modalities": ("audio" | "text")[];
  /** As they were set. */
  "tools": (Record<string, any>)[];
  /** As it was set. */
  "tool_choice": ("auto" | "none" | "required") | (Record<string, any>);
  /** Always `inf`. */
  "max_output_tokens": "inf";
  /** Always `auto`. */
  "truncation": "auto";
  /** Sound in and out. */
  "audio": DescribedSpokenSound;
};

export type TeamAudience = {
  /** The learners of a team, later ones too. */
  "kind": "team";
  /** The team. */
  "team": string;
};

export type TelephoneFormat = {
  /** G.711, μ-law or A-law, 8,000 samples per second. */
  "type": "audio/pcmu" | "audio/pcma";
};

/** The caller's tenants, the newest first. */
export type TenantList = {
  /** The items of this page, in a stable order. */
  "items": (TenantResponse)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

/** An organization as the owner of API keys and integration tokens. */
export type TenantResponse = {
  /** The organization. */
  "id": string;
  /** What people call it. */
  "name": string;
  /** Its unique short name. */
  "slug": string;
  /** What the caller is in it. */
  "role": "owner" | "admin" | "team_manager" | "member";
};

export type TextWork = {
  /** A text to read aloud. */
  "kind": "text";
  /** What it is called. */
  "title": string;
  /** What is read. */
  "text": string;
};

/** A pair of tokens. */
export type TokenResponse = {
  /** For `Authorization: Bearer`. */
  "access_token": string;
  /** Always bearer. */
  "token_type"?: "bearer";
  /** Exchanged for the next pair, once. */
  "refresh_token": string;
  /** Lifetime of the access token in seconds. */
  "expires_in": number;
};

export type TokenSpendRequest = {
  /** `freeze` (10 tokens) covers a missed day; `booster` (15 tokens) doubles XP for 15 minutes. */
  "item": "freeze" | "booster";
};

export type TokenSpendResponse = {
  /** What was bought. */
  "item": "freeze" | "booster";
  /** Tokens left. */
  "tokens": number;
  /** Freezes held now. */
  "freezes_available": number;
  /** The running booster; null when none runs. */
  "booster": (BoosterView) | (null);
};

export type ToolCall = {
  /** Name the call by this in the answer. */
  "id": string;
  /** Always `function`. */
  "type"?: "function";
  /** The function and its arguments. */
  "function": FunctionCall;
};

export type ToolCallDelta = {
  /** Which call of the answer, from 0. */
  "index": number;
  /** The call's id, in its first piece. */
  "id"?: string;
  /** In a call's first piece. */
  "type"?: "function";
  /** What is new of it. */
  "function": FunctionCallDelta;
};

export type TranscribingSession = {
  /** What is said is written down. */
  "type": "transcription";
  /** The session's id. */
  "id": string;
  /** Always the same. */
  "object": "realtime.transcription_session";
  /** Sound in. */
  "audio": DescribedHeardSound;
  /** Always null. */
  "include": null;
};

export type TranscriptDelta = {
  /** More text. */
  "type": "transcript.text.delta";
  /** What comes next. */
  "delta": string;
};

export type TranscriptDone = {
  /** The last event. */
  "type": "transcript.text.done";
  /** What was said. */
  "text": string;
  /** How much was recognised. */
  "usage": TranscriptionUsage;
};

export type TranscriptReadyData = {
  /** The account that it is about; null when it is about none. */
  "account_id"?: (string) | (null);
  /** The organization that it is about, or whose endpoint this is. */
  "organization_id"?: (string) | (null);
  /** Where to fetch what is not in here. */
  "links"?: EventLinks;
  /** The transcript, which will not change any more. */
  "transcript_id": string;
  /** The live session; null when it was saved by a service. */
  "session_id"?: (string) | (null);
};

/** The whole transcript of a session can be read. */
export type TranscriptReadyEvent = {
  /** The event. */
  "type": "transcript.ready";
  /** When it happened. */
  "timestamp": string;
  /** What happened. */
  "data": TranscriptReadyData;
};

export type TranscriptTurn = {
  /** Who spoke. */
  "role": "user" | "ai";
  /** What was said. */
  "text": string;
  /** When it was said. */
  "timestamp": string;
};

/** With `response_format` `json`. */
export type Transcription = {
  /** What was said. */
  "text": string;
  /** How much was recognised. */
  "usage": TranscriptionUsage;
};

export type TranscriptionForm = {
  /** A recording of at most 25 MiB and two hours. */
  "file": string;
  /** Accepted and not used: the model is the server's. */
  "model"?: string;
  /** ISO 639 code or English name. */
  "language"?: string;
  /** Text before the recording, for the engine. */
  "prompt"?: string;
  /** What is answered. */
  "response_format"?: "json" | "text" | "srt" | "vtt" | "verbose_json";
  /** What `verbose_json` holds: words, segments (also when none is named) or both. */
  "timestamp_granularities[]"?: ("word" | "segment")[];
  /** `transcript.text.delta` for each window, then `transcript.text.done`. */
  "stream"?: boolean;
};

export type TranscriptionRequest = {
  /** What is said is written down. */
  "type": "transcription";
  /** Sound in. */
  "audio"?: HeardSound;
};

export type TranscriptionSegment = {
  /** Number of the segment, from 0. */
  "id": number;
  /** Where its window begins, in hundredths of a second. */
  "seek": number;
  /** Seconds from the beginning of the recording. */
  "start": number;
  /** Seconds from the beginning of the recording. */
  "end": number;
  /** What was said. */
  "text": string;
  /** The engine's tokens; empty with engines that have none. */
  "tokens": (number)[];
  /** Always 0: nothing is drawn by chance. */
  "temperature": number;
  /** Mean log probability of the words. */
  "avg_logprob": number;
  /** Length of the text divided by its compressed length. */
  "compression_ratio": number;
  /** How likely it is that nobody speaks, 0 to 1. */
  "no_speech_prob": number;
};

export type TranscriptionUsage = {
  /** Recordings are counted by their length. */
  "type": "duration";
  /** Length in seconds, at least 1. */
  "seconds": number;
};

export type TranscriptionWord = {
  /** The word. */
  "word": string;
  /** Seconds from the beginning of the recording. */
  "start": number;
  /** Seconds from the beginning of the recording. */
  "end": number;
};

export type TranslationForm = {
  /** A recording of at most 25 MiB and two hours, in any language. */
  "file": string;
  /** Accepted and not used: the model is the server's. */
  "model"?: string;
  /** English text before the recording, for the engine. */
  "prompt"?: string;
  /** What is answered. */
  "response_format"?: "json" | "text" | "srt" | "vtt" | "verbose_json";
};

export type TurnDetection = {
  /** The server's own detection in both. */
  "type"?: "server_vad" | "semantic_vad";
  /** Milliseconds of silence that end a turn, 200 to 5,000; null adapts to the learner. */
  "silence_duration_ms"?: (number) | (null);
  /** Whether a spoken turn is answered without being asked for. */
  "create_response"?: (boolean) | (null);
  /** Whether the learner's words cut an answer off. */
  "interrupt_response"?: (boolean) | (null);
  /** Accepted and not used. */
  "threshold"?: number;
  /** Accepted and not used. */
  "prefix_padding_ms"?: number;
};

export type TypesenseReindexRequest = {
  /** What to index again. */
  "scope"?: "all" | "conversations" | "messages" | "notes";
};

export type TypesenseStatusResponse = {
  /** The search engine in use. */
  "engine": string;
  /** Whether it answers. */
  "healthy": boolean;
  /** Rows in its index. */
  "documents": number;
  /** Rows that it has still to take in. */
  "pending": number;
  /** The newest row in it. */
  "last_indexed_at": (string) | (null);
};

/** An account as its owner sees it. */
export type UserProfile = {
  /** The account. */
  "id": string;
  /** The e-mail address. */
  "email": string;
  /** The public name. */
  "username": string;
  /** As the learner wants to be called. */
  "full_name": (string) | (null);
  /** The name that the tutor uses in live sessions. */
  "nickname": (string) | (null);
  /** A picture. */
  "avatar_url": (string) | (null);
  /** IANA time zone. */
  "timezone": string;
  /** BCP 47. */
  "native_language": (string) | (null);
  /** A1 to C2 as measured so far, or null. */
  "cefr_level": (string) | (null);
  /** The role on this server. */
  "role": "user" | "admin";
  /** Decides the monthly live seconds. */
  "plan": "free" | "plus" | "pro";
  /** When the account was made. */
  "created_at": string;
  /** Whether it has no password yet, so that it can be claimed. */
  "is_guest": boolean;
  /** Whether a password opens it. */
  "has_password": boolean;
  /** Whether mail to the address is known to arrive. */
  "email_verified": boolean;
};

/** With `response_format` `verbose_json`; `words` and `segments` as `timestamp_granularities[]` asks for them. */
export type VerboseTranscription = {
  /** What was done. */
  "task": "transcribe" | "translate";
  /** The language by its English name. */
  "language": string;
  /** Length in seconds. */
  "duration": number;
  /** What was said. */
  "text": string;
  /** How much was recognised. */
  "usage": TranscriptionUsage;
  /** The words with their times. */
  "words"?: (TranscriptionWord)[];
  /** The segments with their times. */
  "segments"?: (TranscriptionSegment)[];
};

export type VerificationRequest = {
  /** Of the letter; BCP 47. */
  "language"?: (string) | (null);
};

export type VoiceReference = {
  /** A voice's id. */
  "id": string;
};

export type WebhookAttempt = {
  /** When it was tried. */
  "at": string;
  /** Status of the answer, from 100 to 599; null when there was none. */
  "response_status": (number) | (null);
  /** Why it did not arrive; null when it did. */
  "problem": ("refused" | "redirected" | "address_refused" | "name_unknown" | "connection_failed" | "tls_failed" | "timed_out" | "answer_unreadable" | "endpoint_disabled") | (null);
  /** How long the try took, in milliseconds. */
  "latency_ms": number;
};

export type WebhookCreateRequest = {
  /** Where events are sent. */
  "url": string;
  /** Which events. */
  "events": ("session.ended" | "transcript.ready" | "module.completed" | "assignment.due" | "quota.low")[];
  /** A note for people. */
  "description"?: string;
  /** The organization whose learners it is about; without it the caller. */
  "organization_id"?: (string) | (null);
};

export type WebhookDelivery = {
  /** The delivery. */
  "id": string;
  /** The event, as `webhook-id` has it. */
  "event_id": string;
  /** What happened. */
  "event": string;
  /** `waiting` for its next try, `delivered`, or `dead` after the last one. */
  "status": "waiting" | "delivered" | "dead";
  /** Number of tries so far. */
  "attempts": number;
  /** When it is tried next. */
  "next_attempt_at": (string) | (null);
  /** Status of the answer, from 100 to 599; null when there was none. */
  "response_status": (number) | (null);
  /** Why it did not arrive; null when it did. */
  "problem": ("refused" | "redirected" | "address_refused" | "name_unknown" | "connection_failed" | "tls_failed" | "timed_out" | "answer_unreadable" | "endpoint_disabled") | (null);
  /** How long the try took, in milliseconds. */
  "latency_ms": (number) | (null);
  /** When it was made. */
  "created_at": string;
  /** When it arrived. */
  "delivered_at": (string) | (null);
};

export type WebhookDeliveryDetail = {
  /** The delivery. */
  "id": string;
  /** The event, as `webhook-id` has it. */
  "event_id": string;
  /** What happened. */
  "event": string;
  /** `waiting` for its next try, `delivered`, or `dead` after the last one. */
  "status": "waiting" | "delivered" | "dead";
  /** Number of tries so far. */
  "attempts": number;
  /** When it is tried next. */
  "next_attempt_at": (string) | (null);
  /** Status of the answer, from 100 to 599; null when there was none. */
  "response_status": (number) | (null);
  /** Why it did not arrive; null when it did. */
  "problem": ("refused" | "redirected" | "address_refused" | "name_unknown" | "connection_failed" | "tls_failed" | "timed_out" | "answer_unreadable" | "endpoint_disabled") | (null);
  /** How long the try took, in milliseconds. */
  "latency_ms": (number) | (null);
  /** When it was made. */
  "created_at": string;
  /** When it arrived. */
  "delivered_at": (string) | (null);
  /** Its tries, the newest first; 100 at most. */
  "tries": (WebhookAttempt)[];
  /** What is sent. */
  "payload": (SessionEndedEvent) | (TranscriptReadyEvent) | (ModuleCompletedEvent) | (AssignmentDueEvent) | (QuotaLowEvent) | (WebhookTestEvent);
};

/** Deliveries, the newest first. */
export type WebhookDeliveryList = {
  /** The items of this page, in a stable order. */
  "items": (WebhookDelivery)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

/** Webhooks, the newest first. */
export type WebhookList = {
  /** The items of this page, in a stable order. */
  "items": (WebhookResponse)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

export type WebhookReplayRequest = {
  /** From when on. */
  "since": string;
  /** Until when; null for now. */
  "until"?: (string) | (null);
  /** Which ones. */
  "status"?: "dead" | "delivered";
};

export type WebhookReplayResponse = {
  /** Number of deliveries that are sent again: the oldest, 500 at most. */
  "replayed": number;
};

export type WebhookResponse = {
  /** The webhook. */
  "id": string;
  /** The organization whose it is; null for a person's own. */
  "organization_id": (string) | (null);
  /** Where events are sent. */
  "url": string;
  /** A note for people. */
  "description": string;
  /** Which events. */
  "events": ("session.ended" | "transcript.ready" | "module.completed" | "assignment.due" | "quota.low")[];
  /** Whether anything is sent. */
  "enabled": boolean;
  /** Why nothing is sent: its owner said so, nothing has arrived for days, or it answered 410. */
  "disabled_reason": ("owner" | "failing" | "gone") | (null);
  /** Since when nothing is sent. */
  "disabled_at": (string) | (null);
  /** Since when nothing has arrived; null when the last event did. */
  "failing_since": (string) | (null);
  /** Until when the secret before this one signs as well. */
  "previous_secret_until": (string) | (null);
  /** When it was made. */
  "created_at": string;
  /** The secret that signs, once: in the answer to its making and rotation. */
  "secret"?: (string) | (null);
};

export type WebhookTestData = {
  /** The account that it is about; null when it is about none. */
  "account_id"?: (string) | (null);
  /** The organization that it is about, or whose endpoint this is. */
  "organization_id"?: (string) | (null);
  /** Where to fetch what is not in here. */
  "links"?: EventLinks;
  /** The endpoint. */
  "webhook_id": string;
};

/** A test that somebody asked for. */
export type WebhookTestEvent = {
  /** The event. */
  "type": "webhook.test";
  /** When it happened. */
  "timestamp": string;
  /** What happened. */
  "data": WebhookTestData;
};

export type WebhookUpdateRequest = {
  /** Where events are sent; null leaves it. */
  "url"?: (string) | (null);
  /** Which events; null leaves them. */
  "events"?: (("session.ended" | "transcript.ready" | "module.completed" | "assignment.due" | "quota.low")[]) | (null);
  /** A note for people. */
  "description"?: (string) | (null);
  /** Whether anything is sent; null leaves it. */
  "enabled"?: (boolean) | (null);
};

export type WeeklyActivityDay = {
  /** Day in the learner's zone at that time. */
  "date": string;
  /** XP earned on that day. */
  "xp": number;
};

export type WeeklyActivityResponse = {
  /** The Sunday that began this week. */
  "week_start": string;
  /** Seven days, Sunday to Saturday; days to come have 0 XP. */
  "days": (WeeklyActivityDay)[];
  /** Missed days of this week that a freeze covered. */
  "freeze_covered_dates": (string)[];
  /** XP of the week. */
  "total_xp": number;
};

export type WholeAudience = {
  /** All learners, later ones too. */
  "kind": "organization";
};

/** A recognized word. */
export type Word = {
  /** The same from the first partial to the final and in pronunciation events. */
  "id": string;
  /** The word as it is shown. */
  "text": string;
  /** Its start on the session's audio clock. */
  "start_ms": number;
  /** Its end. */
  "end_ms": number;
  /** How sure the recognizer is. */
  "confidence": number;
};

export type WorkResponse = {
  /** A module, or a text to read aloud. */
  "kind": "module" | "text";
  /** What it is called. */
  "title": string;
  /** The module; null for a text. */
  "module_id": (string) | (null);
  /** What is read; null for a module. */
  "text": (string) | (null);
};

export type XELCorrection = {
  /** First character of the span, from 0. */
  "start": number;
  /** Character after the span. */
  "end": number;
  /** The span. */
  "original": string;
  /** What to write instead; empty to leave it out. */
  "suggestion": string;
  /** Kind of error. */
  "kind": string;
  /** Why. */
  "message": string;
  /** Where the response is a list: the item that the span is in. */
  "item"?: (string) | (null);
  /** The rule behind it, finer than `kind`: `article_the`, `ing_form`. */
  "rule"?: (string) | (null);
  /** The rule in one sentence, simple for A1 and A2, fuller from B1 on. Null where an earlier correction of the same text explains it. */
  "explanation"?: (string) | (null);
  /** The module that teaches the rule; null when none does. */
  "module_id"?: (string) | (null);
};

export type XELCriterion = {
  /** What was judged. */
  "name": string;
  /** 0 to 100. */
  "score": number;
  /** Why, in a sentence for the learner. */
  "comment": string;
};

export type XELDashboardResponse = {
  /** Proficiency index, 0 to 1000. */
  "xpi": number;
  /** The band it lies in. */
  "cefr_level": "A1" | "A2" | "B1" | "B2" | "C1" | "C2";
  /** Days in a row with XP. */
  "streak": number;
  /** Modules by state. */
  "modules": XELModuleCounts;
  /** The last ten tasks handed in, newest first. */
  "recent": (XELRecentItem)[];
  /** Sounds to practise, worst first. */
  "weak_phonemes": (XELWeakPhoneme)[];
  /** What to do now; null when everything is done. */
  "next_task"?: (XELNextTask) | (null);
  /** Minutes learned since Sunday. */
  "minutes_this_week": number;
};

export type XELEngine = {
  /** What judged it. */
  "name": string;
  /** Its version. */
  "version": string;
};

/** JSON: an evaluation of writing. */
export type XELEvaluationRequest = {
  /** `speaking` needs a recording: send multipart/form-data. */
  "skill": "writing";
  /** The learner's text. */
  "text": string;
  /** What the learner was asked to write. */
  "prompt"?: (string) | (null);
};

export type XELEvaluationResponse = {
  /** Id of the evaluation. */
  "evaluation_id": string;
  /** What was evaluated. */
  "skill": "speaking" | "writing";
  /** 0 to 100. */
  "overall": number;
  /** The sides that make up the whole. */
  "criteria": (XELCriterion)[];
  /** Estimated level; null when there was too little to tell. */
  "cefr_level"?: ("A1" | "A2" | "B1" | "B2" | "C1" | "C2") | (null);
  /** Corrections as spans in the text or transcript. */
  "corrections": (XELCorrection)[];
  /** What to work on. */
  "feedback": string;
  /** Speaking: what was heard. Never the reference text. */
  "transcript"?: (string) | (null);
  /** Speaking: how it was pronounced. */
  "pronunciation"?: (Report) | (null);
  /** Speaking: hand in a task with it. Same as evaluation_id. */
  "audio_id"?: (string) | (null);
  /** Speaking: whether the sound itself was kept. */
  "recording_kept"?: (boolean) | (null);
  /** What judged it. */
  "engine": XELEngine;
};

/** multipart/form-data: an evaluation of a recording. */
export type XELEvaluationUpload = {
  /** The skill. */
  "skill": "speaking";
  /** WAV, Ogg/Opus, WebM, MP3, M4A or FLAC; 5 minutes and 25 MB at most. */
  "audio": string;
  /** What the learner was asked to say. */
  "prompt"?: string;
  /** What the learner meant to read aloud. */
  "reference_text"?: string;
  /** With task_id: what to say comes from the task. */
  "module_id"?: string;
  /** With module_id: the task to be handed in. */
  "task_id"?: string;
  /** The learner's consent to keep the recording. Without it only the evaluation is kept. */
  "keep_recording"?: boolean;
};

export type XELHardWord = {
  /** A word above the level. */
  "word": string;
  /** The level at which learners meet it. */
  "level": string;
  /** How often it occurs. */
  "count": number;
};

/** An answer to a task of a module, or a reading of a text: then `task`, `response` and `result` are null. */
export type XELLearnerAnswer = {
  /** The answer: a submission, recording or transcript. */
  "id": string;
  /** When it was given. */
  "answered_at": string;
  /** The task; null for a text. */
  "task_id": (string) | (null);
  /** What the task or the text is called. */
  "title": string;
  /** Which try of the task it is, from 1; null for a text. */
  "number": (number) | (null);
  /** 0 to 100. */
  "score": number;
  /** What was asked; null when the task is no longer there. */
  "task": (XELTask) | (null);
  /** As it was handed in: a text, an option id, or a list of them. */
  "response": (string) | ((string)[]) | (null);
  /** What the learner was told: right, wrong and why. */
  "result": (XELTaskSubmissionResponse) | (null);
  /** What was recognized of a reading; the sound is the learner's own. */
  "heard": (string) | (null);
  /** The report of a reading. */
  "pronunciation": (Record<string, any>) | (null);
};

/** Answers of a learner to an assignment, the newest first. */
export type XELLearnerAnswerList = {
  /** The items of this page, in a stable order. */
  "items": (XELLearnerAnswer)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
  /** Answers from before, when it was not given or the learner did not belong, are not shown. */
  "since": string;
};

export type XELModuleCompleteResponse = {
  /** Id of the module. */
  "module_id": string;
  /** `completed`. */
  "status": "locked" | "available" | "in_progress" | "completed";
  /** Mean of the best scores of its tasks, 0 to 100. */
  "score": number;
  /** Points given now; 0 when it was completed before. */
  "xp_awarded": number;
  /** What to do next; null after the last module. */
  "next_module_id"?: (string) | (null);
};

export type XELModuleCounts = {
  /** Modules completed. */
  "completed": number;
  /** Modules started and not completed. */
  "in_progress": number;
  /** All modules. */
  "total": number;
};

export type XELModuleDetail = {
  /** Id of the module. */
  "id": string;
  /** Its title. */
  "title": string;
  /** What it is about. */
  "description": string;
  /** Its CEFR level. */
  "cefr_level": "A1" | "A2" | "B1" | "B2" | "C1";
  /** Skills that its tasks train. */
  "skills": ("reading" | "writing" | "listening" | "speaking")[];
  /** What the learner can do afterwards. */
  "objectives": (string)[];
  /** Words that it teaches. */
  "vocabulary": (XELWord)[];
  /** Modules that open this one once completed. */
  "requires": (string)[];
  /** Where the learner stands. */
  "status": "locked" | "available" | "in_progress" | "completed";
  /** Tasks passed. */
  "completed_tasks": number;
  /** Mean of the best scores of its tasks, 0 to 100. */
  "best_score"?: (number) | (null);
  /** Its tasks, each in the variant that is the learner's turn. */
  "tasks": (XELTask)[];
};

export type XELModuleList = {
  /** All modules in teaching order. */
  "modules": (XELModuleSummary)[];
};

export type XELModuleStartResponse = {
  /** Id of the module. */
  "module_id": string;
  /** `in_progress`, or `completed` when it was before. */
  "status": "locked" | "available" | "in_progress" | "completed";
  /** When the learner first started it (UTC). */
  "started_at": string;
};

export type XELModuleSummary = {
  /** Id of the module. */
  "id": string;
  /** Its title. */
  "title": string;
  /** Its CEFR level. */
  "cefr_level": "A1" | "A2" | "B1" | "B2" | "C1";
  /** Skills that its tasks train. */
  "skills": ("reading" | "writing" | "listening" | "speaking")[];
  /** Number of tasks. */
  "tasks": number;
  /** Tasks passed by the learner. */
  "completed_tasks": number;
  /** Where the learner stands. */
  "status": "locked" | "available" | "in_progress" | "completed";
  /** Mean of the best scores of its tasks, 0 to 100. */
  "best_score"?: (number) | (null);
};

export type XELNextTask = {
  /** Id of the module. */
  "module_id": string;
  /** Id of the task. */
  "task_id": string;
  /** Title of the task. */
  "title": string;
  /** Its skill. */
  "skill": "reading" | "writing" | "listening" | "speaking";
  /** Something to repeat, given by a teacher, a weak sound, the weakest skill, or the next in course. */
  "reason": "review" | "assigned" | "sound" | "skill" | "next";
  /** The word, sound or kind of error that it is for. */
  "item"?: (string) | (null);
  /** The reason in a sentence, in English. */
  "why": string;
};

export type XELOption = {
  /** What to send as the response. */
  "id": string;
  /** What to show. */
  "text": string;
};

export type XELOwnModule = {
  /** The module: to be given in an assignment. */
  "id": string;
  /** Whose it is. */
  "organization_id": string;
  /** What it is called. */
  "title": string;
  /** Its level. */
  "cefr_level": "A1" | "A2" | "B1" | "B2" | "C1";
  /** Number of tasks. */
  "tasks": number;
  /** Whether the caller made it. */
  "is_mine": boolean;
  /** When it was made (UTC). */
  "created_at": string;
};

/** Modules that were made of texts in an organization, the newest first. */
export type XELOwnModuleList = {
  /** The items of this page, in a stable order. */
  "items": (XELOwnModule)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

export type XELPicture = {
  /** An SVG: a path on this server, for everybody. */
  "url": string;
  /** What is in it, for those who cannot see it. */
  "alt": string;
};

export type XELPlacementAnswerRequest = {
  /** The question that is answered, as it was given. */
  "number": number;
  /** An option id, or what was typed. Empty for “I do not know”. */
  "response"?: string;
  /** Reading aloud: the `audio_id` from evaluating the recording with `reference_text`. */
  "audio_id"?: (string) | (null);
  /** Reading aloud: leave speaking out, for want of a microphone. */
  "leave_out"?: boolean;
};

export type XELPlacementModule = {
  /** Id of the module. */
  "id": string;
  /** Its title. */
  "title": string;
  /** Its CEFR level. */
  "cefr_level": "A1" | "A2" | "B1" | "B2" | "C1";
};

export type XELPlacementQuestion = {
  /** From 1. */
  "number": number;
  /** There are never more questions than this. */
  "most": number;
  /** What it asks for; `use` is grammar and words. */
  "skill": "use" | "reading" | "listening" | "writing" | "speaking";
  /** How it is answered. */
  "kind": "choice" | "gap" | "writing" | "reading_aloud";
  /** The question, the sentence with its gap (`___`), the topic, or the sentence to read aloud. */
  "text": string;
  /** Text to read. */
  "passage"?: (string) | (null);
  /** What to listen to: a path on this server. */
  "audio_url"?: (string) | (null);
  /** What the client has to say when there is no `audio_url`. */
  "speech"?: (XELSpeech) | (null);
  /** Of a choice. */
  "options"?: ((XELOption)[]) | (null);
  /** Words that a text should have at least. */
  "min_words"?: (number) | (null);
};

export type XELPlacementResponse = {
  /** Of the last placement; `none` before the first. */
  "status": "none" | "open" | "done" | "skipped";
  /** The open question. */
  "question"?: (XELPlacementQuestion) | (null);
  /** The last result there is. */
  "result"?: (XELPlacementResult) | (null);
};

export type XELPlacementResult = {
  /** The CEFR level, A1 to C1. */
  "level": "A1" | "A2" | "B1" | "B2" | "C1";
  /** Where in the level: 0 its beginning, 1 its end. */
  "position": number;
  /** The probability that the truth is within half a level. */
  "confidence": number;
  /** How many were answered. */
  "questions": number;
  /** Why, in English. */
  "why": string;
  /** Those that were asked. */
  "skills": (XELPlacementSkill)[];
  /** What is open from now on: all modules up to the level. */
  "unlocked": (XELPlacementModule)[];
  /** The module to begin with; null when all are completed. */
  "next_module_id"?: (string) | (null);
  /** When (UTC). */
  "finished_at": string;
};

export type XELPlacementSkill = {
  /** The skill; `use` is grammar and words. */
  "skill": "use" | "reading" | "listening" | "writing" | "speaking";
  /** Its CEFR level. */
  "level": "A1" | "A2" | "B1" | "B2" | "C1";
  /** That the truth is within half a level. */
  "confidence": number;
  /** How many were asked. */
  "questions": number;
  /** How many were answered well. */
  "right": number;
  /** The level of the hardest one of those. */
  "hardest_right"?: ("A1" | "A2" | "B1" | "B2" | "C1") | (null);
  /** Why, in English. */
  "why": string;
};

export type XELPlacementStartRequest = {
  /** Whether there is a microphone; speaking is left out otherwise. */
  "speaking"?: boolean;
  /** Begin from the first question, even if a placement is open. */
  "again"?: boolean;
};

export type XELRecentItem = {
  /** Id of the submission. */
  "submission_id": string;
  /** Id of the module. */
  "module_id": string;
  /** Id of the task. */
  "task_id": string;
  /** Title of the task. */
  "title": string;
  /** Its skill. */
  "skill": "reading" | "writing" | "listening" | "speaking";
  /** 0 to 100. */
  "score": number;
  /** When it was handed in (UTC). */
  "at": string;
};

export type XELReviewItem = {
  /** What sort of thing it is. */
  "kind": "phoneme" | "word" | "error";
  /** ARPAbet name of the phoneme, the word, or the kind of error. */
  "item": string;
  /** The chance that it is still remembered. */
  "strength": number;
  /** Since when it should be repeated. */
  "due_at": string;
  /** An open task that practises it; null when there is none. */
  "task": (XELReviewTask) | (null);
};

export type XELReviewResponse = {
  /** What is due, the longest overdue first. */
  "due": (XELReviewItem)[];
};

export type XELReviewTask = {
  /** Id of the module. */
  "module_id": string;
  /** Id of the task. */
  "task_id": string;
  /** Title of the task. */
  "title": string;
  /** Its skill. */
  "skill": string;
};

export type XELSessionEndRequest = {
  /** Id of the session. */
  "session_id": string;
};

export type XELSessionEndResponse = {
  /** Id of the session. */
  "session_id": string;
  /** When it ended (UTC): at the last activity if it was left open. */
  "ended_at": string;
  /** Seconds from start to end. */
  "duration_seconds": number;
  /** Tasks handed in during the session. */
  "tasks_done": number;
  /** Points earned during the session. */
  "xp_awarded": number;
};

export type XELSessionStartRequest = {
  /** The module to work on. */
  "module_id"?: (string) | (null);
  /** What the session is for. */
  "kind"?: "module" | "review" | "free";
};

export type XELSessionStartResponse = {
  /** Id of the session. */
  "session_id": string;
  /** When it started (UTC). */
  "started_at": string;
};

export type XELSkillScores = {
  /** 0 to 1000; 100 without evidence. */
  "reading": number;
  /** 0 to 1000; 100 without evidence. */
  "writing": number;
  /** 0 to 1000; 100 without evidence. */
  "listening": number;
  /** 0 to 1000; 100 without evidence. */
  "speaking": number;
};

/** Text for the client's own voice, sent only when the server has no voice; do not show it to the learner. */
export type XELSpeech = {
  /** What to say aloud. Speaker labels end with a colon. */
  "text": string;
  /** BCP 47 tag of the voice to use. */
  "language": string;
  /** Speed; 1 is the voice's normal speed. */
  "rate": number;
};

export type XELTask = {
  /** Id of the task in its module. */
  "id": string;
  /** The skill that it trains. */
  "skill": "reading" | "writing" | "listening" | "speaking";
  /** How it is answered; docs/english.md describes each kind. */
  "kind": "multiple_choice" | "gap" | "ordering" | "matching" | "short_answer" | "dictation" | "free_writing" | "read_aloud" | "repeat" | "answer_aloud" | "role_play" | "cloze" | "word_formation" | "summary" | "minimal_pairs" | "say_pairs" | "information_gap" | "error_hunt" | "picture_description";
  /** A short name. */
  "title": string;
  /** What to do, with the question when there is one only. */
  "prompt": string;
  /** Text to read aloud. */
  "reference_text"?: (string) | (null);
  /** Text to read; gaps are `(1) ____`. */
  "passage"?: (string) | (null);
  /** What to listen to: a path on this server. */
  "audio_url"?: (string) | (null);
  /** What the client has to say when there is no `audio_url`. */
  "speech"?: (XELSpeech) | (null);
  /** Options for the whole task, or the word box. */
  "options"?: ((XELOption)[]) | (null);
  /** Questions, gaps, left sides or turns, in order. */
  "items"?: ((XELTaskItem)[]) | (null);
  /** What the answer should say. */
  "points"?: ((string)[]) | (null);
  /** What to write or to talk about. */
  "picture"?: (XELPicture) | (null);
  /** Number of errors in `passage`; the response is the whole text without them. */
  "mistakes"?: (number) | (null);
  /** Words that a text should have at least. */
  "min_words"?: (number) | (null);
  /** Words that a text may have at most. */
  "max_words"?: (number) | (null);
  /** Longest recording that makes sense, in seconds. */
  "max_seconds"?: (number) | (null);
  /** Number of the variant, from 1; another one by tasks/regenerate. */
  "variant": number;
  /** `passed` from 60 points on. */
  "status"?: "open" | "attempted" | "passed";
  /** Best score so far, 0 to 100. */
  "best_score"?: (number) | (null);
};

/** One question, gap, left side or turn. A response to a task with items is a list in their order. */
export type XELTaskItem = {
  /** Number of the item, from 1. */
  "id": string;
  /** The question, the left side to match, or the partner's line. */
  "text": string;
  /** Role play: what to do in this turn. */
  "goal"?: (string) | (null);
  /** Options of this item alone, when it has its own. */
  "options"?: ((XELOption)[]) | (null);
  /** What to listen to for this item alone: a path on this server. */
  "audio_url"?: (string) | (null);
  /** What the client has to say when there is no `audio_url`. */
  "speech"?: (XELSpeech) | (null);
};

export type XELTaskPart = {
  /** The question, gap, pair, word or point. */
  "item": string;
  /** How it was judged. */
  "verdict": "right" | "partly" | "wrong";
  /** Share of its points, 0 to 1. */
  "credit": number;
  /** Why. */
  "message": string;
};

export type XELTaskRegenerateRequest = {
  /** Id of the module. */
  "module_id": string;
  /** Id of the task in it. */
  "task_id": string;
};

export type XELTaskRegenerateResponse = {
  /** The same task in another variant. */
  "task": XELTask;
};

export type XELTaskSubmissionRequest = {
  /** Id of the module. */
  "module_id": string;
  /** Id of the task in it. */
  "task_id": string;
  /** The task's skill. */
  "skill": "reading" | "writing" | "listening" | "speaking";
  /** A text, an option id, or a list of them in the order of the items. Empty when `audio_id` says it. */
  "response": (string) | ((string)[]);
  /** Seconds spent on the task. */
  "time_spent_seconds": number;
  /** The learning session that this belongs to. */
  "session_id"?: (string) | (null);
  /** Speaking: the `audio_id` from evaluating the recording. */
  "audio_id"?: (string) | (null);
};

export type XELTaskSubmissionResponse = {
  /** Id of the submission. */
  "submission_id": string;
  /** Id of the task. */
  "task_id": string;
  /** 0 to 100. */
  "score": number;
  /** 60 points or more. */
  "passed": boolean;
  /** What was right and wrong, and why. */
  "feedback": string;
  /** Corrections as spans in the learner's text. */
  "corrections": (XELCorrection)[];
  /** The verdict on each part. */
  "parts": (XELTaskPart)[];
  /** Points given for it; each task gives them once. */
  "xp_awarded": number;
  /** The proficiency index before and after. */
  "xpi": XELXpiChange;
  /** The full evaluation of writing or speech. */
  "evaluation"?: (XELEvaluationResponse) | (null);
  /** What was to be heard, now that it was answered. */
  "transcript"?: (string) | (null);
};

/** What would be made of a text. Nothing is kept. */
export type XELTextPreview = {
  /** What the module is called. */
  "title": string;
  /** Its level. */
  "cefr_level": "A1" | "A2" | "B1" | "B2" | "C1";
  /** The text that was taken. */
  "text": string;
  /** Whether the document goes on. */
  "is_cut": boolean;
  /** Words of the text without names. */
  "words": number;
  /** How many words of each level. */
  "by_level": XELWordLevels;
  /** Words above the level, the hardest first; at most 100. */
  "above": (XELHardWord)[];
  /** What to think about before giving it to learners. */
  "warning": (string) | (null);
  /** The tasks, as learners see the first variant of each. */
  "tasks": (XELTask)[];
  /** The key to each task by its id. */
  "answers": Record<string, (string) | ((string)[])>;
};

/** A text of 40 words to 6,000 characters, or a document of the knowledge base, of which the beginning is taken. */
export type XELTextRequest = {
  /** Where the caller teaches; it owns the module. */
  "organization_id": string;
  /** What the module is called. */
  "title": string;
  /** The text. */
  "text"?: (string) | (null);
  /** A document that the caller may read; `text` is not read then. */
  "document_id"?: (string) | (null);
  /** Its CEFR level; found by its words when left out. */
  "level"?: ("A1" | "A2" | "B1" | "B2" | "C1") | (null);
};

export type XELTranscriptItem = {
  /** Id of the entry. */
  "id": string;
  /** Who spoke. */
  "role": "user" | "ai";
  /** What was said. */
  "text": string;
  /** When it was said (UTC). */
  "timestamp": string;
  /** The pronunciation report, if one was saved. */
  "pronunciation"?: (Record<string, any>) | (null);
};

export type XELTranscriptList = {
  /** The session's entries in the order they were said. */
  "items": (XELTranscriptItem)[];
  /** Cursor of the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

export type XELTranscriptSaveRequest = {
  /** A learning session of the caller. */
  "session_id": string;
  /** Who spoke. */
  "role": "user" | "ai";
  /** What was said. */
  "text": string;
  /** When it was said; now when left out. */
  "timestamp"?: (string) | (null);
  /** A pronunciation report to keep with it. */
  "pronunciation"?: (Record<string, any>) | (null);
};

export type XELTranscriptSaveResponse = {
  /** Id of the entry. */
  "id": string;
  /** Id of the session. */
  "session_id": string;
  /** Always true. */
  "saved"?: true;
};

export type XELWeakPhoneme = {
  /** ARPAbet name. */
  "phoneme": string;
  /** IPA symbol. */
  "ipa": string;
  /** Mean score of the last 30 days, 0 to 100. */
  "mean": number;
  /** How often it was said. */
  "attempts": number;
};

export type XELWord = {
  /** A word that the module teaches. */
  "word": string;
  /** What it means, in easy English. */
  "meaning": string;
};

export type XELWordLevels = {
  /** Words of level A1 in the text. */
  "A1": number;
  /** Words of level A2. */
  "A2": number;
  /** Words of level B1. */
  "B1": number;
  /** Words of level B2. */
  "B2": number;
  /** Words of level C1. */
  "C1": number;
};

export type XELXpiChange = {
  /** XPI before, 0 to 1000. */
  "before": number;
  /** XPI after, 0 to 1000. */
  "after": number;
};

/** Changes of the index, newest first. */
export type XELXpiHistory = {
  /** The items of this page, in a stable order. */
  "items": (XELXpiHistoryItem)[];
  /** Give this as `cursor` for the next page; null on the last. */
  "next_cursor"?: (string) | (null);
};

export type XELXpiHistoryItem = {
  /** When (UTC). */
  "at": string;
  /** The index afterwards, 0 to 1000. */
  "xpi": number;
  /** The skill that was shown. */
  "skill": "reading" | "writing" | "listening" | "speaking";
  /** Points by which it changed the index. */
  "delta": number;
  /** Why. */
  "reason": string;
};

export type XELXpiResponse = {
  /** Proficiency index, 0 to 1000. */
  "xpi": number;
  /** The band it lies in. */
  "cefr_level": "A1" | "A2" | "B1" | "B2" | "C1" | "C2";
  /** The index of each skill. */
  "skills": XELSkillScores;
  /** Pieces of evidence behind it. */
  "samples": number;
  /** How sure it is, 0 to 1. */
  "confidence": number;
  /** Version of the formula; docs/xpi.md has it. */
  "formula_version": string;
};

export type XPProfileResponse = {
  /** Level reached, from 1. */
  "level": number;
  /** All XP ever earned. */
  "xp_total": number;
  /** XP earned since this level began. */
  "xp_in_level": number;
  /** XP that this level asks for in all. */
  "xp_for_next_level": number;
  /** Active days in a row, up to today or yesterday in the learner's zone. */
  "current_streak": number;
  /** The longest streak ever, in days. */
  "longest_streak": number;
  /** Tokens to spend on freezes and boosters. */
  "tokens": number;
  /** The running booster; null when none runs. */
  "booster": (BoosterView) | (null);
  /** Today so far, in the learner's zone. */
  "today": XPToday;
};

export type XPToday = {
  /** XP earned today. */
  "xp": number;
  /** Conversations, live sessions and lessons rewarded today. */
  "segments": number;
  /** Tasks rewarded today. */
  "quizzes": number;
};

export type Answer<M extends string, P extends string> =
  [M, P] extends ["GET", `/api/integrations/google-calendar/callback`] ? ConnectResult :
  [M, P] extends ["GET", `/api/admin/integration-token-revocations`] ? IntegrationTokenRevocationList :
  [M, P] extends ["POST", `/api/integrations/google-calendar/events`] ? CalendarEventResponse :
  [M, P] extends ["GET", `/api/integrations/google-calendar/start`] ? GoogleCalendarStartResponse :
  [M, P] extends ["POST", `/api/learn/english/tasks/regenerate`] ? XELTaskRegenerateResponse :
  [M, P] extends ["POST", `/api/learn/english/placement/answer`] ? XELPlacementResponse :
  [M, P] extends ["POST", `/api/learn/english/placement/start`] ? XELPlacementResponse :
  [M, P] extends ["POST", `/api/learn/english/sessions/start`] ? XELSessionStartResponse :
  [M, P] extends ["POST", `/api/learn/english/placement/skip`] ? XELPlacementResponse :
  [M, P] extends ["POST", `/api/learn/english/texts/preview`] ? XELTextPreview :
  [M, P] extends ["POST", `/api/learn/english/tasks/submit`] ? XELTaskSubmissionResponse :
  [M, P] extends ["POST", `/api/learn/english/sessions/end`] ? XELSessionEndResponse :
  [M, P] extends ["POST", `/api/admin/sign-in-guard/clear`] ? GuardCleared :
  [M, P] extends ["POST", `/api/learn/english/transcripts`] ? XELTranscriptSaveResponse :
  [M, P] extends ["GET", `/api/learn/english/xpi/history`] ? XELXpiHistory :
  [M, P] extends ["POST", `/api/invitation-links/accept`] ? MemberResponse :
  [M, P] extends ["GET", `/api/integration/fingerprint`] ? IntegrationFingerprintResponse :
  [M, P] extends ["GET", `/api/analytics/learning-time`] ? LearningTimeAnalyticsResponse :
  [M, P] extends ["GET", `/api/learn/english/dashboard`] ? XELDashboardResponse :
  [M, P] extends ["GET", `/api/learn/english/placement`] ? XELPlacementResponse :
  [M, P] extends ["POST", `/api/live/session/heartbeat`] ? LiveSessionHeartbeatResponse :
  [M, P] extends ["POST", `/v1/realtime/client_secrets`] ? ClientSecret :
  [M, P] extends ["POST", `/api/learn/english/evaluate`] ? XELEvaluationResponse :
  [M, P] extends ["POST", `/api/invitation-links/look`] ? OpenedLinkResponse :
  [M, P] extends ["GET", `/api/learn/english/modules`] ? XELModuleList :
  [M, P] extends ["GET", `/api/learn/english/review`] ? XELReviewResponse :
  [M, P] extends ["POST", `/api/admin/people/import`] ? PeopleImportResponse :
  [M, P] extends ["POST", `/api/core/search/reindex`] ? SearchReindexResponse :
  [M, P] extends ["POST", `/api/learn/english/texts`] ? XELOwnModule :
  [M, P] extends ["GET", `/api/learn/english/texts`] ? XELOwnModuleList :
  [M, P] extends ["POST", `/v1/audio/transcriptions`] ? (Transcription) | (VerboseTranscription) :
  [M, P] extends ["GET", `/api/auth/oidc/callback`] ? any :
  [M, P] extends ["POST", `/api/integration/verify`] ? IntegrationVerifyResponse :
  [M, P] extends ["POST", `/api/integration/revoke`] ? IntegrationRevokeResponse :
  [M, P] extends ["POST", `/api/integration/rotate`] ? IntegrationRotateResponse :
  [M, P] extends ["GET", `/api/xp/weekly-activity`] ? WeeklyActivityResponse :
  [M, P] extends ["GET", `/api/analytics/phonemes`] ? PhonemeAnalyticsResponse :
  [M, P] extends ["GET", `/api/core/conversations`] ? ConversationList :
  [M, P] extends ["POST", `/api/core/conversations`] ? ConversationResponse :
  [M, P] extends ["GET", `/api/core/search/status`] ? TypesenseStatusResponse :
  [M, P] extends ["POST", `/api/live/session/start`] ? LiveSessionResponse :
  [M, P] extends ["POST", `/api/auth/page/refresh`] ? PageTokenResponse :
  [M, P] extends ["POST", `/api/auth/verification`] ? LetterResponse :
  [M, P] extends ["GET", `/api/admin/invitations`] ? JoinInvitationList :
  [M, P] extends ["POST", `/api/admin/invitations`] ? JoinInvitationCreated :
  [M, P] extends ["POST", `/api/integration/grant`] ? IntegrationGrantResponse :
  [M, P] extends ["GET", `/api/xp/learning-pulse`] ? LearningPulseResponse :
  [M, P] extends ["GET", `/api/learn/english/xpi`] ? XELXpiResponse :
  [M, P] extends ["POST", `/v1/audio/translations`] ? (Transcription) | (VerboseTranscription) :
  [M, P] extends ["POST", `/api/auth/page/logout`] ? LogoutResponse :
  [M, P] extends ["GET", `/api/integration/jwks`] ? IntegrationJWKSResponse :
  [M, P] extends ["GET", `/api/xp/streak-status`] ? StreakStatusResponse :
  [M, P] extends ["GET", `/api/assignments/mine`] ? MyAssignmentList :
  [M, P] extends ["POST", `/api/knowledge/search`] ? KnowledgeSearchResponse :
  [M, P] extends ["GET", `/api/live/ice-servers`] ? IceServers :
  [M, P] extends ["POST", `/api/live/session/end`] ? LiveSessionEndResponse :
  [M, P] extends ["GET", `/api/live/transcripts`] ? LiveTranscriptListResponse :
  [M, P] extends ["POST", `/api/live/transcripts`] ? LiveTranscriptSaveResponse :
  [M, P] extends ["POST", `/api/auth/page/guest`] ? PageTokenResponse :
  [M, P] extends ["POST", `/api/auth/page/login`] ? PageTokenResponse :
  [M, P] extends ["GET", `/api/auth/oidc/start`] ? any :
  [M, P] extends ["POST", `/api/auth/invitation`] ? InvitationView :
  [M, P] extends ["POST", `/api/xp/tokens/spend`] ? TokenSpendResponse :
  [M, P] extends ["GET", `/api/health/detailed`] ? DetailedHealthResponse :
  [M, P] extends ["GET", `/api/live/recordings`] ? LiveRecordingListResponse :
  [M, P] extends ["POST", `/v1/chat/completions`] ? ChatCompletion :
  [M, P] extends ["GET", `/api/auth/me/export`] ? any :
  [M, P] extends ["POST", `/api/auth/forgotten`] ? LetterResponse :
  [M, P] extends ["GET", `/api/admin/entrance`] ? EntranceSettings :
  [M, P] extends ["PATCH", `/api/admin/entrance`] ? EntranceSettings :
  [M, P] extends ["POST", `/api/auth/register`] ? UserProfile :
  [M, P] extends ["POST", `/api/auth/password`] ? any :
  [M, P] extends ["GET", `/api/auth/sessions`] ? AuthSessionList :
  [M, P] extends ["GET", `/api/auth/entrance`] ? EntranceResponse :
  [M, P] extends ["GET", `/api/organizations`] ? OrganizationList :
  [M, P] extends ["POST", `/api/organizations`] ? OrganizationResponse :
  [M, P] extends ["GET", `/api/rag/documents`] ? RagDocumentList :
  [M, P] extends ["POST", `/api/rag/documents`] ? RagUploadResponse :
  [M, P] extends ["GET", `/api/health/stream`] ? any :
  [M, P] extends ["PATCH", `/api/live/nickname`] ? LiveNicknameResponse :
  [M, P] extends ["GET", `/api/speech/voices`] ? SpeechVoiceList :
  [M, P] extends ["POST", `/v1/realtime/calls`] ? any :
  [M, P] extends ["POST", `/api/auth/refresh`] ? TokenResponse :
  [M, P] extends ["GET", `/api/admin/people`] ? PersonList :
  [M, P] extends ["POST", `/api/admin/people`] ? PersonCreated :
  [M, P] extends ["GET", `/api/integrations`] ? IntegrationList :
  [M, P] extends ["GET", `/api/ai/providers`] ? ProviderList :
  [M, P] extends ["GET", `/api/speech/marks`] ? SpeechMarks :
  [M, P] extends ["POST", `/api/auth/logout`] ? LogoutResponse :
  [M, P] extends ["POST", `/api/auth/verify`] ? any :
  [M, P] extends ["GET", `/api/invitations`] ? MyInvitationList :
  [M, P] extends ["GET", `/api/core/search`] ? CoreSearchResponse :
  [M, P] extends ["POST", `/api/ai/generate`] ? ChatResponse :
  [M, P] extends ["POST", `/v1/audio/speech`] ? any :
  [M, P] extends ["POST", `/api/auth/login`] ? TokenResponse :
  [M, P] extends ["POST", `/api/auth/claim`] ? UserProfile :
  [M, P] extends ["POST", `/api/auth/reset`] ? any :
  [M, P] extends ["GET", `/api/xp/profile`] ? XPProfileResponse :
  [M, P] extends ["GET", `/api/core/notes`] ? NoteList :
  [M, P] extends ["POST", `/api/core/notes`] ? NoteResponse :
  [M, P] extends ["GET", `/api/live/quota`] ? LiveQuotaResponse :
  [M, P] extends ["POST", `/api/auth/join`] ? UserProfile :
  [M, P] extends ["GET", `/api/xp/quests`] ? QuestsResponse :
  [M, P] extends ["POST", `/api/rag/query`] ? RagQueryResponse :
  [M, P] extends ["POST", `/v1/embeddings`] ? EmbeddingList :
  [M, P] extends ["POST", `/api/live/whip`] ? any :
  [M, P] extends ["GET", `/api/api-keys`] ? APIKeyList :
  [M, P] extends ["POST", `/api/api-keys`] ? APIKeyResponse :
  [M, P] extends ["GET", `/api/webhooks`] ? WebhookList :
  [M, P] extends ["POST", `/api/webhooks`] ? WebhookResponse :
  [M, P] extends ["GET", `/api/auth/me`] ? UserProfile :
  [M, P] extends ["PATCH", `/api/auth/me`] ? UserProfile :
  [M, P] extends ["DELETE", `/api/auth/me`] ? any :
  [M, P] extends ["GET", `/api/tenants`] ? TenantList :
  [M, P] extends ["GET", `/v1/realtime`] ? any :
  [M, P] extends ["GET", `/api/health`] ? HealthResponse :
  [M, P] extends ["GET", `/api/speech`] ? any :
  [M, P] extends ["GET", `/v1/models`] ? ModelObjectList :
  [M, P] extends ["GET", `/embed`] ? any :
  [M, P] extends ["GET", `/api/organizations/${string}/assignments/${string}/progress/${string}`] ? XELLearnerAnswerList :
  [M, P] extends ["GET", `/api/organizations/${string}/assignments/${string}/progress`] ? AssignmentProgressList :
  [M, P] extends ["POST", `/api/core/conversations/${string}/session/activity`] ? CoreConversationSessionActivityResponse :
  [M, P] extends ["GET", `/api/organizations/${string}/assignments/${string}/export`] ? any :
  [M, P] extends ["GET", `/api/core/conversations/${string}/session/status`] ? CoreConversationSessionStatusResponse :
  [M, P] extends ["POST", `/api/organizations/${string}/invitations/import`] ? InvitationImportResponse :
  [M, P] extends ["POST", `/api/core/conversations/${string}/session/start`] ? CoreConversationSessionStartResponse :
  [M, P] extends ["DELETE", `/api/organizations/${string}/invitation-links/${string}`] ? any :
  [M, P] extends ["GET", `/api/organizations/${string}/invitation-links`] ? InvitationLinkList :
  [M, P] extends ["POST", `/api/organizations/${string}/invitation-links`] ? InvitationLinkResponse :
  [M, P] extends ["POST", `/api/core/conversations/${string}/session/end`] ? CoreConversationSessionEndResponse :
  [M, P] extends ["POST", `/api/learn/english/modules/${string}/complete`] ? XELModuleCompleteResponse :
  [M, P] extends ["POST", `/api/webhooks/${string}/deliveries/${string}/replay`] ? WebhookDelivery :
  [M, P] extends ["GET", `/api/core/conversations/${string}/messages`] ? ConversationMessageList :
  [M, P] extends ["POST", `/api/learn/english/modules/${string}/start`] ? XELModuleStartResponse :
  [M, P] extends ["DELETE", `/api/organizations/${string}/invitations/${string}`] ? any :
  [M, P] extends ["PATCH", `/api/organizations/${string}/assignments/${string}`] ? AssignmentResponse :
  [M, P] extends ["DELETE", `/api/organizations/${string}/assignments/${string}`] ? any :
  [M, P] extends ["GET", `/api/organizations/${string}/class/export`] ? any :
  [M, P] extends ["GET", `/api/organizations/${string}/invitations`] ? InvitationList :
  [M, P] extends ["GET", `/api/organizations/${string}/assignments`] ? AssignmentList :
  [M, P] extends ["POST", `/api/organizations/${string}/assignments`] ? AssignmentResponse :
  [M, P] extends ["GET", `/api/learn/english/transcripts/${string}`] ? XELTranscriptList :
  [M, P] extends ["PATCH", `/api/organizations/${string}/members/${string}`] ? MemberResponse :
  [M, P] extends ["PUT", `/api/organizations/${string}/members/${string}`] ? MemberResponse :
  [M, P] extends ["DELETE", `/api/organizations/${string}/members/${string}`] ? any :
  [M, P] extends ["GET", `/api/organizations/${string}/members`] ? MemberList :
  [M, P] extends ["POST", `/api/organizations/${string}/members`] ? MemberResponse :
  [M, P] extends ["GET", `/api/learn/english/modules/${string}`] ? XELModuleDetail :
  [M, P] extends ["POST", `/api/admin/people/${string}/disable`] ? PersonResponse :
  [M, P] extends ["GET", `/api/webhooks/${string}/deliveries/${string}`] ? WebhookDeliveryDetail :
  [M, P] extends ["POST", `/v1/realtime/calls/${string}/hangup`] ? any :
  [M, P] extends ["POST", `/api/admin/people/${string}/enable`] ? PersonResponse :
  [M, P] extends ["GET", `/api/admin/people/${string}/export`] ? any :
  [M, P] extends ["POST", `/api/invitations/${string}/decline`] ? any :
  [M, P] extends ["GET", `/api/webhooks/${string}/deliveries`] ? WebhookDeliveryList :
  [M, P] extends ["GET", `/api/organizations/${string}/class`] ? ClassList :
  [M, P] extends ["GET", `/api/learn/english/audio/${string}`] ? any :
  [M, P] extends ["DELETE", `/api/learn/english/audio/${string}`] ? any :
  [M, P] extends ["GET", `/api/learn/english/texts/${string}`] ? XELTextPreview :
  [M, P] extends ["DELETE", `/api/learn/english/texts/${string}`] ? any :
  [M, P] extends ["POST", `/api/admin/people/${string}/reset`] ? HandoverLink :
  [M, P] extends ["POST", `/api/invitations/${string}/accept`] ? MemberResponse :
  [M, P] extends ["DELETE", `/api/core/conversations/${string}`] ? any :
  [M, P] extends ["DELETE", `/api/admin/invitations/${string}`] ? any :
  [M, P] extends ["GET", `/api/xp/public-profile/${string}`] ? PublicXPProfileResponse :
  [M, P] extends ["GET", `/api/live/transcripts/${string}`] ? LiveTranscriptDetailResponse :
  [M, P] extends ["POST", `/api/webhooks/${string}/rotate`] ? WebhookResponse :
  [M, P] extends ["POST", `/api/webhooks/${string}/replay`] ? WebhookReplayResponse :
  [M, P] extends ["GET", `/api/live/recordings/${string}`] ? any :
  [M, P] extends ["DELETE", `/api/live/recordings/${string}`] ? any :
  [M, P] extends ["DELETE", `/api/auth/sessions/${string}`] ? any :
  [M, P] extends ["GET", `/api/organizations/${string}`] ? OrganizationResponse :
  [M, P] extends ["PATCH", `/api/organizations/${string}`] ? OrganizationResponse :
  [M, P] extends ["DELETE", `/api/organizations/${string}`] ? any :
  [M, P] extends ["POST", `/api/webhooks/${string}/test`] ? WebhookDelivery :
  [M, P] extends ["DELETE", `/api/rag/documents/${string}`] ? any :
  [M, P] extends ["GET", `/api/admin/people/${string}`] ? PersonResponse :
  [M, P] extends ["PATCH", `/api/admin/people/${string}`] ? PersonResponse :
  [M, P] extends ["DELETE", `/api/admin/people/${string}`] ? any :
  [M, P] extends ["DELETE", `/api/integrations/${string}`] ? any :
  [M, P] extends ["PUT", `/api/core/notes/${string}`] ? NoteResponse :
  [M, P] extends ["DELETE", `/api/core/notes/${string}`] ? any :
  [M, P] extends ["PATCH", `/api/live/whip/${string}`] ? any :
  [M, P] extends ["DELETE", `/api/live/whip/${string}`] ? any :
  [M, P] extends ["DELETE", `/api/api-keys/${string}`] ? any :
  [M, P] extends ["GET", `/api/webhooks/${string}`] ? WebhookResponse :
  [M, P] extends ["PATCH", `/api/webhooks/${string}`] ? WebhookResponse :
  [M, P] extends ["DELETE", `/api/webhooks/${string}`] ? any :
  [M, P] extends ["GET", `/v1/models/${string}`] ? ModelObject : never;

export type Body<M extends string, P extends string> =
  [M, P] extends ["GET", `/api/integrations/google-calendar/callback`] ? undefined :
  [M, P] extends ["GET", `/api/admin/integration-token-revocations`] ? undefined :
  [M, P] extends ["POST", `/api/integrations/google-calendar/events`] ? LessonRequest :
  [M, P] extends ["GET", `/api/integrations/google-calendar/start`] ? undefined :
  [M, P] extends ["POST", `/api/learn/english/tasks/regenerate`] ? XELTaskRegenerateRequest :
  [M, P] extends ["POST", `/api/learn/english/placement/answer`] ? XELPlacementAnswerRequest :
  [M, P] extends ["POST", `/api/learn/english/placement/start`] ? XELPlacementStartRequest :
  [M, P] extends ["POST", `/api/learn/english/sessions/start`] ? XELSessionStartRequest :
  [M, P] extends ["POST", `/api/learn/english/placement/skip`] ? undefined :
  [M, P] extends ["POST", `/api/learn/english/texts/preview`] ? XELTextRequest :
  [M, P] extends ["POST", `/api/learn/english/tasks/submit`] ? XELTaskSubmissionRequest :
  [M, P] extends ["POST", `/api/learn/english/sessions/end`] ? XELSessionEndRequest :
  [M, P] extends ["POST", `/api/admin/sign-in-guard/clear`] ? GuardClearRequest :
  [M, P] extends ["POST", `/api/learn/english/transcripts`] ? XELTranscriptSaveRequest :
  [M, P] extends ["GET", `/api/learn/english/xpi/history`] ? undefined :
  [M, P] extends ["POST", `/api/invitation-links/accept`] ? InvitationLinkToken :
  [M, P] extends ["GET", `/api/integration/fingerprint`] ? undefined :
  [M, P] extends ["GET", `/api/analytics/learning-time`] ? undefined :
  [M, P] extends ["GET", `/api/learn/english/dashboard`] ? undefined :
  [M, P] extends ["GET", `/api/learn/english/placement`] ? undefined :
  [M, P] extends ["POST", `/api/live/session/heartbeat`] ? LiveHeartbeatRequest :
  [M, P] extends ["POST", `/v1/realtime/client_secrets`] ? ClientSecretRequest :
  [M, P] extends ["POST", `/api/learn/english/evaluate`] ? XELEvaluationRequest :
  [M, P] extends ["POST", `/api/invitation-links/look`] ? InvitationLinkToken :
  [M, P] extends ["GET", `/api/learn/english/modules`] ? undefined :
  [M, P] extends ["GET", `/api/learn/english/review`] ? undefined :
  [M, P] extends ["POST", `/api/admin/people/import`] ? PeopleImportRequest :
  [M, P] extends ["POST", `/api/core/search/reindex`] ? TypesenseReindexRequest :
  [M, P] extends ["POST", `/api/learn/english/texts`] ? XELTextRequest :
  [M, P] extends ["GET", `/api/learn/english/texts`] ? undefined :
  [M, P] extends ["POST", `/v1/audio/transcriptions`] ? undefined :
  [M, P] extends ["GET", `/api/auth/oidc/callback`] ? undefined :
  [M, P] extends ["POST", `/api/integration/verify`] ? IntegrationVerifyRequest :
  [M, P] extends ["POST", `/api/integration/revoke`] ? IntegrationRevokeRequest :
  [M, P] extends ["POST", `/api/integration/rotate`] ? IntegrationRotateRequest :
  [M, P] extends ["GET", `/api/xp/weekly-activity`] ? undefined :
  [M, P] extends ["GET", `/api/analytics/phonemes`] ? undefined :
  [M, P] extends ["GET", `/api/core/conversations`] ? undefined :
  [M, P] extends ["POST", `/api/core/conversations`] ? ConversationCreateRequest :
  [M, P] extends ["GET", `/api/core/search/status`] ? undefined :
  [M, P] extends ["POST", `/api/live/session/start`] ? LiveStartSessionRequest :
  [M, P] extends ["POST", `/api/auth/page/refresh`] ? PageRefreshRequest :
  [M, P] extends ["POST", `/api/auth/verification`] ? VerificationRequest :
  [M, P] extends ["GET", `/api/admin/invitations`] ? undefined :
  [M, P] extends ["POST", `/api/admin/invitations`] ? JoinInvitationRequest :
  [M, P] extends ["POST", `/api/integration/grant`] ? IntegrationGrantRequest :
  [M, P] extends ["GET", `/api/xp/learning-pulse`] ? undefined :
  [M, P] extends ["GET", `/api/learn/english/xpi`] ? undefined :
  [M, P] extends ["POST", `/v1/audio/translations`] ? undefined :
  [M, P] extends ["POST", `/api/auth/page/logout`] ? PageLogoutRequest :
  [M, P] extends ["GET", `/api/integration/jwks`] ? undefined :
  [M, P] extends ["GET", `/api/xp/streak-status`] ? undefined :
  [M, P] extends ["GET", `/api/assignments/mine`] ? undefined :
  [M, P] extends ["POST", `/api/knowledge/search`] ? KnowledgeSearchRequest :
  [M, P] extends ["GET", `/api/live/ice-servers`] ? undefined :
  [M, P] extends ["POST", `/api/live/session/end`] ? LiveEndRequest :
  [M, P] extends ["GET", `/api/live/transcripts`] ? undefined :
  [M, P] extends ["POST", `/api/live/transcripts`] ? SaveLiveTranscriptsRequest :
  [M, P] extends ["POST", `/api/auth/page/guest`] ? PageGuestRequest :
  [M, P] extends ["POST", `/api/auth/page/login`] ? PageLoginRequest :
  [M, P] extends ["GET", `/api/auth/oidc/start`] ? undefined :
  [M, P] extends ["POST", `/api/auth/invitation`] ? LinkRequest :
  [M, P] extends ["POST", `/api/xp/tokens/spend`] ? TokenSpendRequest :
  [M, P] extends ["GET", `/api/health/detailed`] ? undefined :
  [M, P] extends ["GET", `/api/live/recordings`] ? undefined :
  [M, P] extends ["POST", `/v1/chat/completions`] ? ChatCompletionRequest :
  [M, P] extends ["GET", `/api/auth/me/export`] ? undefined :
  [M, P] extends ["POST", `/api/auth/forgotten`] ? ForgottenRequest :
  [M, P] extends ["GET", `/api/admin/entrance`] ? undefined :
  [M, P] extends ["PATCH", `/api/admin/entrance`] ? EntranceChangeRequest :
  [M, P] extends ["POST", `/api/auth/register`] ? RegisterRequest :
  [M, P] extends ["POST", `/api/auth/password`] ? PasswordChangeRequest :
  [M, P] extends ["GET", `/api/auth/sessions`] ? undefined :
  [M, P] extends ["GET", `/api/auth/entrance`] ? undefined :
  [M, P] extends ["GET", `/api/organizations`] ? undefined :
  [M, P] extends ["POST", `/api/organizations`] ? OrganizationCreateRequest :
  [M, P] extends ["GET", `/api/rag/documents`] ? undefined :
  [M, P] extends ["POST", `/api/rag/documents`] ? undefined :
  [M, P] extends ["GET", `/api/health/stream`] ? undefined :
  [M, P] extends ["PATCH", `/api/live/nickname`] ? LiveNicknameRequest :
  [M, P] extends ["GET", `/api/speech/voices`] ? undefined :
  [M, P] extends ["POST", `/v1/realtime/calls`] ? undefined :
  [M, P] extends ["POST", `/api/auth/refresh`] ? RefreshRequest :
  [M, P] extends ["GET", `/api/admin/people`] ? undefined :
  [M, P] extends ["POST", `/api/admin/people`] ? PersonCreateRequest :
  [M, P] extends ["GET", `/api/integrations`] ? undefined :
  [M, P] extends ["GET", `/api/ai/providers`] ? undefined :
  [M, P] extends ["GET", `/api/speech/marks`] ? undefined :
  [M, P] extends ["POST", `/api/auth/logout`] ? LogoutRequest :
  [M, P] extends ["POST", `/api/auth/verify`] ? LinkRequest :
  [M, P] extends ["GET", `/api/invitations`] ? undefined :
  [M, P] extends ["GET", `/api/core/search`] ? undefined :
  [M, P] extends ["POST", `/api/ai/generate`] ? ChatRequest :
  [M, P] extends ["POST", `/v1/audio/speech`] ? SpeechRequest :
  [M, P] extends ["POST", `/api/auth/login`] ? undefined :
  [M, P] extends ["POST", `/api/auth/claim`] ? ClaimRequest :
  [M, P] extends ["POST", `/api/auth/reset`] ? PasswordResetRequest :
  [M, P] extends ["GET", `/api/xp/profile`] ? undefined :
  [M, P] extends ["GET", `/api/core/notes`] ? undefined :
  [M, P] extends ["POST", `/api/core/notes`] ? NoteCreate :
  [M, P] extends ["GET", `/api/live/quota`] ? undefined :
  [M, P] extends ["POST", `/api/auth/join`] ? JoinRequest :
  [M, P] extends ["GET", `/api/xp/quests`] ? undefined :
  [M, P] extends ["POST", `/api/rag/query`] ? RagQueryRequest :
  [M, P] extends ["POST", `/v1/embeddings`] ? EmbeddingRequest :
  [M, P] extends ["POST", `/api/live/whip`] ? undefined :
  [M, P] extends ["GET", `/api/api-keys`] ? undefined :
  [M, P] extends ["POST", `/api/api-keys`] ? APIKeyCreateRequest :
  [M, P] extends ["GET", `/api/webhooks`] ? undefined :
  [M, P] extends ["POST", `/api/webhooks`] ? WebhookCreateRequest :
  [M, P] extends ["GET", `/api/auth/me`] ? undefined :
  [M, P] extends ["PATCH", `/api/auth/me`] ? ProfileUpdateRequest :
  [M, P] extends ["DELETE", `/api/auth/me`] ? AccountDeleteRequest :
  [M, P] extends ["GET", `/api/tenants`] ? undefined :
  [M, P] extends ["GET", `/v1/realtime`] ? undefined :
  [M, P] extends ["GET", `/api/health`] ? undefined :
  [M, P] extends ["GET", `/api/speech`] ? undefined :
  [M, P] extends ["GET", `/v1/models`] ? undefined :
  [M, P] extends ["GET", `/embed`] ? undefined :
  [M, P] extends ["GET", `/api/organizations/${string}/assignments/${string}/progress/${string}`] ? undefined :
  [M, P] extends ["GET", `/api/organizations/${string}/assignments/${string}/progress`] ? undefined :
  [M, P] extends ["POST", `/api/core/conversations/${string}/session/activity`] ? CoreConversationSessionActivityRequest :
  [M, P] extends ["GET", `/api/organizations/${string}/assignments/${string}/export`] ? undefined :
  [M, P] extends ["GET", `/api/core/conversations/${string}/session/status`] ? undefined :
  [M, P] extends ["POST", `/api/organizations/${string}/invitations/import`] ? InvitationImportRequest :
  [M, P] extends ["POST", `/api/core/conversations/${string}/session/start`] ? undefined :
  [M, P] extends ["DELETE", `/api/organizations/${string}/invitation-links/${string}`] ? undefined :
  [M, P] extends ["GET", `/api/organizations/${string}/invitation-links`] ? undefined :
  [M, P] extends ["POST", `/api/organizations/${string}/invitation-links`] ? InvitationLinkRequest :
  [M, P] extends ["POST", `/api/core/conversations/${string}/session/end`] ? undefined :
  [M, P] extends ["POST", `/api/learn/english/modules/${string}/complete`] ? undefined :
  [M, P] extends ["POST", `/api/webhooks/${string}/deliveries/${string}/replay`] ? undefined :
  [M, P] extends ["GET", `/api/core/conversations/${string}/messages`] ? undefined :
  [M, P] extends ["POST", `/api/learn/english/modules/${string}/start`] ? undefined :
  [M, P] extends ["DELETE", `/api/organizations/${string}/invitations/${string}`] ? undefined :
  [M, P] extends ["PATCH", `/api/organizations/${string}/assignments/${string}`] ? AssignmentUpdateRequest :
  [M, P] extends ["DELETE", `/api/organizations/${string}/assignments/${string}`] ? undefined :
  [M, P] extends ["GET", `/api/organizations/${string}/class/export`] ? undefined :
  [M, P] extends ["GET", `/api/organizations/${string}/invitations`] ? undefined :
  [M, P] extends ["GET", `/api/organizations/${string}/assignments`] ? undefined :
  [M, P] extends ["POST", `/api/organizations/${string}/assignments`] ? AssignmentCreateRequest :
  [M, P] extends ["GET", `/api/learn/english/transcripts/${string}`] ? undefined :
  [M, P] extends ["PATCH", `/api/organizations/${string}/members/${string}`] ? MemberRoleRequest :
  [M, P] extends ["PUT", `/api/organizations/${string}/members/${string}`] ? MemberUpdateRequest :
  [M, P] extends ["DELETE", `/api/organizations/${string}/members/${string}`] ? undefined :
  [M, P] extends ["GET", `/api/organizations/${string}/members`] ? undefined :
  [M, P] extends ["POST", `/api/organizations/${string}/members`] ? MemberAddRequest :
  [M, P] extends ["GET", `/api/learn/english/modules/${string}`] ? undefined :
  [M, P] extends ["POST", `/api/admin/people/${string}/disable`] ? undefined :
  [M, P] extends ["GET", `/api/webhooks/${string}/deliveries/${string}`] ? undefined :
  [M, P] extends ["POST", `/v1/realtime/calls/${string}/hangup`] ? undefined :
  [M, P] extends ["POST", `/api/admin/people/${string}/enable`] ? undefined :
  [M, P] extends ["GET", `/api/admin/people/${string}/export`] ? undefined :
  [M, P] extends ["POST", `/api/invitations/${string}/decline`] ? undefined :
  [M, P] extends ["GET", `/api/webhooks/${string}/deliveries`] ? undefined :
  [M, P] extends ["GET", `/api/organizations/${string}/class`] ? undefined :
  [M, P] extends ["GET", `/api/learn/english/audio/${string}`] ? undefined :
  [M, P] extends ["DELETE", `/api/learn/english/audio/${string}`] ? undefined :
  [M, P] extends ["GET", `/api/learn/english/texts/${string}`] ? undefined :
  [M, P] extends ["DELETE", `/api/learn/english/texts/${string}`] ? undefined :
  [M, P] extends ["POST", `/api/admin/people/${string}/reset`] ? undefined :
  [M, P] extends ["POST", `/api/invitations/${string}/accept`] ? undefined :
  [M, P] extends ["DELETE", `/api/core/conversations/${string}`] ? undefined :
  [M, P] extends ["DELETE", `/api/admin/invitations/${string}`] ? undefined :
  [M, P] extends ["GET", `/api/xp/public-profile/${string}`] ? undefined :
  [M, P] extends ["GET", `/api/live/transcripts/${string}`] ? undefined :
  [M, P] extends ["POST", `/api/webhooks/${string}/rotate`] ? undefined :
  [M, P] extends ["POST", `/api/webhooks/${string}/replay`] ? WebhookReplayRequest :
  [M, P] extends ["GET", `/api/live/recordings/${string}`] ? undefined :
  [M, P] extends ["DELETE", `/api/live/recordings/${string}`] ? undefined :
  [M, P] extends ["DELETE", `/api/auth/sessions/${string}`] ? undefined :
  [M, P] extends ["GET", `/api/organizations/${string}`] ? undefined :
  [M, P] extends ["PATCH", `/api/organizations/${string}`] ? OrganizationUpdateRequest :
  [M, P] extends ["DELETE", `/api/organizations/${string}`] ? undefined :
  [M, P] extends ["POST", `/api/webhooks/${string}/test`] ? undefined :
  [M, P] extends ["DELETE", `/api/rag/documents/${string}`] ? undefined :
  [M, P] extends ["GET", `/api/admin/people/${string}`] ? undefined :
  [M, P] extends ["PATCH", `/api/admin/people/${string}`] ? PersonChangeRequest :
  [M, P] extends ["DELETE", `/api/admin/people/${string}`] ? undefined :
  [M, P] extends ["DELETE", `/api/integrations/${string}`] ? undefined :
  [M, P] extends ["PUT", `/api/core/notes/${string}`] ? NoteUpdate :
  [M, P] extends ["DELETE", `/api/core/notes/${string}`] ? undefined :
  [M, P] extends ["PATCH", `/api/live/whip/${string}`] ? undefined :
  [M, P] extends ["DELETE", `/api/live/whip/${string}`] ? undefined :
  [M, P] extends ["DELETE", `/api/api-keys/${string}`] ? undefined :
  [M, P] extends ["GET", `/api/webhooks/${string}`] ? undefined :
  [M, P] extends ["PATCH", `/api/webhooks/${string}`] ? WebhookUpdateRequest :
  [M, P] extends ["DELETE", `/api/webhooks/${string}`] ? undefined :
  [M, P] extends ["GET", `/v1/models/${string}`] ? undefined : never;
