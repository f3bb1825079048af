-- Conversations, their messages and study sessions, notes, and what language models used.

create table conversations (
    id uuid primary key,
    owner_id uuid not null references users (id) on delete cascade,
    title text not null,
    -- Whether the title still waits for the first message to be made from.
    untitled boolean not null,
    language text,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index conversations_owner on conversations (owner_id, id);

create table messages (
    id uuid primary key,
    -- The order in which they were written; two in the same millisecond keep it.
    seq bigint generated always as identity unique,
    conversation_id uuid not null references conversations (id) on delete cascade,
    owner_id uuid not null references users (id) on delete cascade,
    role text not null check (role in ('user', 'assistant', 'system')),
    content text not null,
    provider text,
    model text,
    status text not null check (status in ('complete', 'partial')),
    created_at timestamptz not null
);
create index messages_conversation on messages (conversation_id, seq);
create index messages_owner on messages (owner_id, created_at desc);

create table conversation_sessions (
    id uuid primary key,
    conversation_id uuid not null references conversations (id) on delete cascade,
    owner_id uuid not null references users (id) on delete cascade,
    started_at timestamptz not null,
    last_activity_at timestamptz not null,
    ended_at timestamptz,
    xp_awarded integer not null default 0
);
create unique index conversation_sessions_running on conversation_sessions (conversation_id) where ended_at is null;
create index conversation_sessions_conversation on conversation_sessions (conversation_id, started_at);
create index conversation_sessions_owner on conversation_sessions (owner_id);

-- Disjoint stretches of activity: their sum is the active time, whatever clients claim and however often.
create table conversation_session_intervals (
    session_id uuid not null references conversation_sessions (id) on delete cascade,
    started_at timestamptz not null,
    ended_at timestamptz not null check (ended_at >= started_at),
    primary key (session_id, started_at)
);

create table notes (
    id uuid primary key,
    owner_id uuid not null references users (id) on delete cascade,
    conversation_id uuid references conversations (id) on delete set null,
    title text not null,
    content text not null,
    tags text[] not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index notes_owner on notes (owner_id, id);
create index notes_conversation on notes (conversation_id);

-- Append-only: one row for each answer of a provider, also for those that broke off.
create table chat_usage (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    message_id uuid,
    provider text not null,
    model text not null,
    input_tokens integer,
    output_tokens integer,
    outcome text not null check (outcome in ('complete', 'partial', 'failed')),
    at timestamptz not null
);
create index chat_usage_user on chat_usage (user_id, at);
