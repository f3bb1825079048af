// Written by `python3 run.py docs` from the AsyncAPI document: do not edit.

import type { Details, Engine, Exercise, Loss, Miscues, Phone, PhoneEvidence, QualityNote, Report, ScoredWord, Scorer, Stress, Syllable, Word } from "./operations.js";
export type { Details, Engine, Exercise, Loss, Miscues, Phone, PhoneEvidence, QualityNote, Report, ScoredWord, Scorer, Stress, Syllable, Word };

/** The acknowledgement of an event that was taken. A refusal is `{"ok": false, "error": {...}}`. */
export type Ack = {
  /** Always true. */
  "ok"?: true;
};

export type AudioAck = {
  /** Always true. */
  "ok"?: true;
  /** True when the frame had arrived before and was dropped. */
  "duplicate"?: boolean;
};

export type AudioFrame = {
  /** Number of the frame in this session, without holes, the first is 1. */
  "seq": number;
  /** `pcm16`: mono, 16 kHz, 16 bit, little endian. */
  "codec"?: "pcm16" | "opus";
  /** If given, must be 16000. */
  "sample_rate"?: (number) | (null);
};

/** Sent every second while audio arrives. Not part of the numbered log: its `seq` counts audio frames. */
export type AudioReceived = {
  /** The last frame of the unbroken sequence received. */
  "seq": number;
  /** Frames up to this one will never be asked for again; keep the later ones. */
  "safe_seq": number;
};

export type CancelAck = {
  /** Always true. */
  "ok"?: true;
  /** False when no reply was under way. */
  "cancelled": boolean;
};

export type CloseAck = {
  /** Always true. */
  "ok"?: true;
  /** Number the next `audio` frame one higher: the server counted the peer's sound. */
  "audio_seq": number;
  /** Since when no sound has come by the peer, null where there was none. Send what was said since. */
  "missing_ms"?: (number) | (null);
};

/** One of the two. */
export type Credential = {
  /** An access token, API key or integration token. */
  "token"?: (string) | (null);
  /** A ticket of one session. */
  "ticket"?: (string) | (null);
};

export type EndAck = {
  /** Always true. */
  "ok"?: true;
  /** The state of the session; `suspended`: no client is there, it can be resumed. */
  "status": "created" | "active" | "suspended" | "ending" | "ended";
};

/** Members that every server event has. */
export type Envelope = {
  /** Number of the event in its session, from 1, without holes. */
  "seq": number;
  /** The session's id. */
  "session_id": string;
  /** Milliseconds since the session was started. */
  "at_ms": number;
};

/** A fault of one member. */
export type FieldFault = {
  /** Where, as a JSON pointer. */
  "path": string;
  /** What is wrong. */
  "message": string;
};

export type HeartbeatAck = {
  /** Always true. */
  "ok"?: true;
  /** The state of the session; `suspended`: no client is there, it can be resumed. */
  "status": "created" | "active" | "suspended" | "ending" | "ended";
  /** Seconds left for this session. */
  "remaining_seconds": number;
};

export type JoinAck = {
  /** Always true. */
  "ok"?: true;
  /** The session's id. */
  "session_id": string;
  /** The state of the session; `suspended`: no client is there, it can be resumed. */
  "status": "created" | "active" | "suspended" | "ending" | "ended";
  /** Number of the newest server event. */
  "seq": number;
  /** The last audio frame that need not be sent again; continue with the next. */
  "audio_seq": number;
  /** How many missed events follow, or 0 when a snapshot or nothing follows. */
  "replayed": number;
  /** True when `session.snapshot` follows in place of the missed events. */
  "snapshot": boolean;
  /** Seconds left for this session. */
  "remaining_seconds": number;
  /** Send `session.heartbeat` this often when no audio is sent. */
  "heartbeat_interval_seconds": number;
  /** Opens one later connection for this session, as a ticket. */
  "resume_ticket"?: (string) | (null);
  /** True for an observer: every other event is refused, `read_only`. */
  "observing"?: boolean;
  /** Who speaks the replies. */
  "voice"?: "server" | "client";
};

/** From the end of the speech to this event, and where the time went: waiting for a worker, the engine, the wait for a pause. */
export type Latency = {
  /** Milliseconds. */
  "total": number;
  /** Milliseconds. */
  "queue"?: number;
  /** Milliseconds. */
  "engine"?: number;
  /** Milliseconds. */
  "policy"?: number;
};

/** No members. */
export type NoPayload = {
};

export type OfferAck = {
  /** Always true. */
  "ok"?: true;
  /** The answer, with all candidates of the server. */
  "sdp": string;
};

export type PlaybackFlush = {
  /** Audio of earlier epochs must not be played. */
  "epoch": number;
};

/** After a `playback.flush` for a cough, a sign of listening or the tutor's own echo: the reply goes on. Its sound follows with this epoch; a client that speaks by itself speaks `text`. */
export type PlaybackResume = {
  /** Grows when the client has to drop what it has not played. */
  "epoch": number;
  /** What was not heard yet. */
  "text": string;
};

export type PronunciationFinal = {
  /** The turn: what a person says between two silences, or a reply to it. */
  "turn_id": string;
  /** The report of the whole turn. */
  "pronunciation": Report;
};

export type PronunciationWord = {
  /** The turn: what a person says between two silences, or a reply to it. */
  "turn_id": string;
  /** The `id` of a word, or `r<index>` beside a reference text. */
  "word_id": string;
  /** Position in the reference text, if there is one. */
  "index"?: (number) | (null);
  /** The word. */
  "word": string;
  /** 0 to 100; null where nothing can be judged, or in doubt what was said. */
  "score": (number) | (null);
  /** What is wrong with the word. */
  "error": "none" | "mispronunciation" | "omission" | "insertion" | "repetition";
  /** Its sounds in order. */
  "phonemes": (Phone)[];
  /** True: the word may be scored again. */
  "provisional": boolean;
};

/** The acknowledgement of an event that was not taken. */
export type Refusal = {
  /** Always false. */
  "ok"?: false;
  /** Why. */
  "error": SocketError;
};

/** Followed by the bytes. Not part of the numbered log: its `seq` counts audio chunks of the epoch. */
export type ResponseAudio = {
  /** The turn: what a person says between two silences, or a reply to it. */
  "turn_id": string;
  /** Grows when the client has to drop what it has not played. */
  "epoch": number;
  /** Number of the piece in its epoch. */
  "seq": number;
};

export type ResponseDelta = {
  /** The turn: what a person says between two silences, or a reply to it. */
  "turn_id": string;
  /** The next piece of the reply. */
  "text": string;
};

export type ResponseDone = {
  /** The turn: what a person says between two silences, or a reply to it. */
  "turn_id": string;
  /** The reply; when it was cut off, what was heard of it. */
  "text": string;
  /** False when the reply was cut off. */
  "complete": boolean;
};

/** Sent up to half a second ahead, with the sound that it belongs to; not part of the numbered log. A `playback.flush` also drops shapes of earlier epochs whose time has not come. */
export type ResponseViseme = {
  /** The turn: what a person says between two silences, or a reply to it. */
  "turn_id": string;
  /** Grows when the client has to drop what it has not played. */
  "epoch": number;
  /** When to show it, in the session's time, if the sound is played as it arrives. */
  "at_ms": number;
  /** 0 sil, 1 PP, 2 FF, 3 TH, 4 DD, 5 kk, 6 CH, 7 SS, 8 nn, 9 RR, 10 aa, 11 E, 12 I, 13 O, 14 U. */
  "id": number;
};

export type SessionEnd = {
  /** Why, for the records. */
  "reason"?: (string) | (null);
};

export type SessionEnded = {
  /** `client`, `quota`, `limit`, `timeout`, `taken_over`, `draining` or what the client said. */
  "reason": string;
  /** What the session costs of the quota. */
  "billed_seconds": number;
  /** Where to read what was said; null when nothing was. */
  "transcript_id": (string) | (null);
};

export type SessionJoin = {
  /** The session from `session/start` or `speaking.start`. */
  "session_id": string;
  /** The last server event seen; later ones are sent again. */
  "last_seq"?: (number) | (null);
  /** Only watch, as owner, admin or (of the learner's team) team_manager of an organization. */
  "observe"?: boolean;
};

/** Who watches the session now. Sent whenever an observer comes or leaves. */
export type SessionObservers = {
  /** How many. */
  "count": number;
  /** Their names. */
  "names": (string)[];
};

/** The session as it is now, when the log no longer reaches back to the client's `last_seq`. */
export type SessionSnapshot = {
  /** The state of the session; `suspended`: no client is there, it can be resumed. */
  "status": "created" | "active" | "suspended" | "ending" | "ended";
  /** All finished turns in order. */
  "turns": (SnapshotTurn)[];
  /** Seconds left for this session. */
  "remaining_seconds": number;
};

export type SessionState = {
  /** The state of the session; `suspended`: no client is there, it can be resumed. */
  "status": "created" | "active" | "suspended" | "ending" | "ended";
  /** Unfinished turns that will get no final because their audio is heard again. */
  "void_turn_ids"?: (string)[];
  /** Of a model; sound is kept for it. */
  "waiting_for"?: ("fetching" | "loading") | (null);
  /** How long that takes, as far as anybody can know. */
  "wait_seconds"?: (number) | (null);
  /** What is waited for, for people. */
  "message"?: (string) | (null);
};

export type SessionUpdate = {
  /** Silence that ends a turn; null adapts to the learner, with 0 only `audio.commit` ends a turn. */
  "patience_ms"?: (number) | (null);
};

export type SessionWarning = {
  /** What the warning is about. */
  "reason": "quota" | "limit" | "draining" | "degraded";
  /** Seconds until the session ends (quota and limit). */
  "remaining_seconds"?: (number) | (null);
  /** What that means, for people. */
  "message"?: (string) | (null);
  /** What is degraded: `media` (WebRTC is away), `voice` (the client speaks from now on), `recognition`, `language_model`, or `redis` (no resuming on another node). */
  "part"?: ("media" | "voice" | "recognition" | "language_model" | "redis") | (null);
};

export type SnapshotTurn = {
  /** The turn: what a person says between two silences, or a reply to it. */
  "turn_id": string;
  /** Who spoke: the learner or the tutor. */
  "role": "user" | "ai";
  /** What was said. */
  "text": string;
  /** Its words with times; empty for typed turns and replies. */
  "words"?: (Word)[];
  /** Once the turn was scored. */
  "pronunciation"?: (Report) | (null);
};

/** The `error` member of a refused acknowledgement, and the data of a refused connect. */
export type SocketError = {
  /** Stable code, the same as in REST. */
  "error": string;
  /** One sentence for people. */
  "message": string;
  /** With `invalid_request`: what is wrong where. */
  "fields"?: ((FieldFault)[]) | (null);
  /** With `out_of_order`: the frame that comes next. */
  "expected_seq"?: (number) | (null);
  /** Seconds until trying again may help. */
  "retry_after"?: (number) | (null);
  /** With `INSUFFICIENT_API_KEY_SCOPE`: what is needed. */
  "required_scope"?: (string) | (null);
  /** With it: what the credential has. */
  "granted_scopes"?: ((string)[]) | (null);
  /** With `session_active`: the session that runs. */
  "session_id"?: (string) | (null);
};

export type SpeakingStart = {
  /** The text to be read; absent in free speech. */
  "reference_text"?: (string) | (null);
  /** Language spoken, BCP 47. */
  "language"?: string;
  /** Samples a second of PCM audio. Only 16000 is taken. */
  "sample_rate"?: number;
  /** Codec of the audio frames. */
  "codec"?: "pcm16" | "opus";
  /** Silence that ends a turn; null adapts to the learner, with 0 only `audio.commit` ends a turn. */
  "patience_ms"?: (number) | (null);
  /** End another running session of the same person first. */
  "takeover"?: boolean;
};

export type SpeechStarted = {
  /** The turn: what a person says between two silences, or a reply to it. */
  "turn_id": string;
  /** Milliseconds on the session's audio clock. */
  "start_ms": number;
};

export type SpeechStopped = {
  /** The turn: what a person says between two silences, or a reply to it. */
  "turn_id": string;
  /** Milliseconds on the session's audio clock. */
  "end_ms": number;
};

export type TextTyped = {
  /** A turn that is typed instead of spoken. */
  "text": string;
  /** Chosen by the client: sent again after a break, the same turn is taken once. */
  "key"?: (string) | (null);
};

export type TranscriptFinal = {
  /** The turn: what a person says between two silences, or a reply to it. */
  "turn_id": string;
  /** Who spoke: the learner or the tutor. */
  "role": "user" | "ai";
  /** What was said. */
  "text": string;
  /** Its words with times; empty for typed turns and replies. */
  "words": (Word)[];
  /** Absent for typed turns. */
  "engine"?: (Engine) | (null);
  /** How long it took; absent for typed turns. */
  "latency_ms"?: (Latency) | (null);
};

export type TranscriptPartial = {
  /** The turn: what a person says between two silences, or a reply to it. */
  "turn_id": string;
  /** What was said. */
  "text": string;
  /** Characters at the start of `text` that will never change. */
  "stable_prefix_length": number;
  /** Its words with times; empty for typed turns and replies. */
  "words": (Word)[];
};

export type UpdateAck = {
  /** Always true. */
  "ok"?: true;
  /** As it is now; null adapts to the learner. */
  "patience_ms": (number) | (null);
};

/** An RTCIceCandidate as a browser writes it (`toJSON`). */
export type WebrtcCandidate = {
  /** The candidate; empty when there are no more. */
  "candidate"?: string;
  /** The media section it belongs to. */
  "sdpMid"?: (string) | (null);
  /** The same as a number. */
  "sdpMLineIndex"?: (number) | (null);
  /** Of the offer that it belongs to. */
  "usernameFragment"?: (string) | (null);
};

export type WebrtcClose = {
  /** True when WebRTC did not work: the session is told as degraded. */
  "failed"?: boolean;
};

export type WebrtcOffer = {
  /** The SDP of an offer with audio, and a data channel `events`. */
  "sdp": string;
};

export interface ServerEvents {
  "session.state": Envelope & SessionState;
  "session.warning": Envelope & SessionWarning;
  "session.observers": Envelope & SessionObservers;
  "session.snapshot": Envelope & SessionSnapshot;
  "session.ended": Envelope & SessionEnded;
  "speech.started": Envelope & SpeechStarted;
  "speech.stopped": Envelope & SpeechStopped;
  "transcript.partial": Envelope & TranscriptPartial;
  "transcript.final": Envelope & TranscriptFinal;
  "pronunciation.word": Envelope & PronunciationWord;
  "pronunciation.final": Envelope & PronunciationFinal;
  "audio.ack": AudioReceived;
  "response.delta": Envelope & ResponseDelta;
  "response.audio": ResponseAudio;
  "response.viseme": ResponseViseme;
  "response.done": Envelope & ResponseDone;
  "playback.flush": Envelope & PlaybackFlush;
  "playback.resume": Envelope & PlaybackResume;
  "error": SocketError;
}

export interface ClientEvents {
  "session.join": SessionJoin;
  "speaking.start": SpeakingStart;
  "audio": AudioFrame;
  "audio.commit": NoPayload;
  "text": TextTyped;
  "session.update": SessionUpdate;
  "response.cancel": NoPayload;
  "webrtc.offer": WebrtcOffer;
  "webrtc.candidate": WebrtcCandidate;
  "webrtc.close": WebrtcClose;
  "session.heartbeat": NoPayload;
  "session.end": SessionEnd;
}

export interface Acks {
  "session.join": JoinAck;
  "speaking.start": JoinAck;
  "audio": AudioAck;
  "audio.commit": Ack;
  "text": Ack;
  "session.update": UpdateAck;
  "response.cancel": CancelAck;
  "webrtc.offer": OfferAck;
  "webrtc.candidate": Ack;
  "webrtc.close": CloseAck;
  "session.heartbeat": HeartbeatAck;
  "session.end": EndAck;
}
