-- Live sessions: who talks, for how long, and what was said.

create table live_sessions (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    kind text not null check (kind in ('voice', 'avatar', 'speaking')),
    status text not null check (status in ('created', 'active', 'suspended', 'ended')),
    conversation_id uuid,
    scenario text,
    language text not null,
    reference_text text,
    patience_ms int,
    record boolean not null,
    reserved_seconds int not null check (reserved_seconds >= 0),
    started_at timestamptz not null,
    limit_at timestamptz not null,
    -- The last sign of life that is billed, and the last time anybody saw the session alive.
    last_sign_at timestamptz,
    seen_at timestamptz not null,
    ended_at timestamptz,
    end_reason text,
    billed_seconds int check (billed_seconds >= 0),
    xp_awarded int,
    -- Who may write: a node that comes with an older fence is refused.
    owner text,
    fence bigint not null default 0,
    -- Where another node goes on: the newest event, the audio that is done with, the next spoken turn.
    last_seq bigint not null default 0,
    audio_seq bigint not null default 0,
    audio_ms bigint not null default 0,
    next_turn int not null default 1,
    check ((ended_at is null) = (status <> 'ended')),
    check ((ended_at is null) = (billed_seconds is null))
);
create unique index live_sessions_running on live_sessions (user_id) where ended_at is null;
create index live_sessions_seen on live_sessions (seen_at) where ended_at is null;
create index live_sessions_user on live_sessions (user_id, started_at);

-- Stretches of use, only ever added to. Their union is what is billed, so writing one twice does no harm.
create table live_intervals (
    session_id uuid not null references live_sessions (id) on delete cascade,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    fence bigint not null,
    check (ended_at > started_at)
);
create index live_intervals_session on live_intervals (session_id, started_at);

-- Settled seconds by month, only ever added to: once for a session and month.
create table live_usage (
    session_id uuid not null references live_sessions (id) on delete cascade,
    user_id uuid not null references users (id) on delete cascade,
    period_start timestamptz not null,
    seconds int not null check (seconds > 0),
    settled_at timestamptz not null,
    primary key (session_id, period_start)
);
create index live_usage_user on live_usage (user_id, period_start);

create function live_books_are_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are never changed', tg_table_name;
end
$$;
create trigger live_intervals_append_only before update on live_intervals
    for each row execute function live_books_are_append_only();
create trigger live_usage_append_only before update on live_usage
    for each row execute function live_books_are_append_only();

-- `session_id` is null for transcripts that a client or service saved itself.
create table live_transcripts (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    session_id uuid unique references live_sessions (id) on delete cascade,
    started_at timestamptz not null,
    ended_at timestamptz,
    created_at timestamptz not null
);
create index live_transcripts_user on live_transcripts (user_id, started_at, id);

create table live_turns (
    transcript_id uuid not null references live_transcripts (id) on delete cascade,
    ordinal int not null,
    turn_id text not null,
    role text not null check (role in ('user', 'ai')),
    text text not null,
    words jsonb,
    engine jsonb,
    pronunciation jsonb,
    start_ms bigint,
    end_ms bigint,
    at timestamptz not null,
    primary key (transcript_id, ordinal),
    unique (transcript_id, turn_id)
);
