-- Sound is asked for again from before it is done with, so that a new owner's listener is warm; the checksum tells whether
-- a client really sends it again. And what was heard is billed, however fast it came.

alter table live_sessions
    add column done_ms bigint not null default 0,
    add column frame_mark bigint,
    add column heard_ms bigint not null default 0;
update live_sessions set done_ms = audio_ms where ended_at is null;
