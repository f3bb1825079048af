-- Search over conversations, messages and notes: filled by triggers, so it can never disagree with what it indexes.

create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- English stems without stop words being dropped ("to be" can be found), accents folded first.
create text search dictionary parley_stem (template = snowball, language = english);
create text search configuration parley (copy = english);
alter text search configuration parley
    alter mapping for asciiword, asciihword, hword_asciipart, word, hword, hword_part with unaccent, parley_stem;

create table search_entries (
    kind text not null check (kind in ('conversation', 'message', 'note')),
    id uuid not null,
    owner_id uuid not null references users (id) on delete cascade,
    conversation_id uuid,
    lexemes tsvector not null,
    written_at timestamptz not null,
    primary key (kind, id)
);
create index search_entries_lexemes on search_entries using gin (lexemes);
create index search_entries_owner on search_entries (owner_id, written_at desc);

-- Every word that was ever indexed, without owner: a misspelled query is compared with these, never with texts.
create table search_words (word text primary key);
create index search_words_trigrams on search_words using gin (word gin_trgm_ops);

create function search_learn(content text) returns void language plpgsql as $$
declare
    fresh text[];
begin
    select array_agg(distinct lexeme) into fresh
    from unnest(to_tsvector('simple', unaccent(content)))
    where length(lexeme) between 4 and 30 and lexeme ~ '^[[:alpha:]]+$'
        and not exists (select from search_words where word = lexeme);
    if fresh is not null then
        -- One writer of new words at a time, or two transactions could wait for each other's words.
        perform pg_advisory_xact_lock(7021020319);
        insert into search_words select unnest(fresh) on conflict do nothing;
    end if;
end
$$;

create function search_enter(kind text, id uuid, owner uuid, conversation uuid, heading text, body text, at timestamptz)
returns void language plpgsql as $$
begin
    insert into search_entries values (
        kind, id, owner, conversation,
        setweight(to_tsvector('parley', heading), 'A') || to_tsvector('parley', left(body, 200000)), at
    )
    on conflict on constraint search_entries_pkey do update set
        owner_id = excluded.owner_id, conversation_id = excluded.conversation_id, lexemes = excluded.lexemes,
        written_at = excluded.written_at;
    perform search_learn(heading || ' ' || left(body, 200000));
end
$$;

create function search_conversation() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        delete from search_entries where kind = 'conversation' and id = old.id;
        return old;
    end if;
    perform search_enter('conversation', new.id, new.owner_id, new.id, new.title, '', new.created_at);
    return new;
end
$$;

create function search_message() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        delete from search_entries where kind = 'message' and id = old.id;
        return old;
    end if;
    perform search_enter('message', new.id, new.owner_id, new.conversation_id, '', new.content, new.created_at);
    return new;
end
$$;

create function search_note() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        delete from search_entries where kind = 'note' and id = old.id;
        return old;
    end if;
    perform search_enter(
        'note', new.id, new.owner_id, new.conversation_id, new.title,
        new.content || ' ' || array_to_string(new.tags, ' '), new.updated_at
    );
    return new;
end
$$;

create trigger search_conversation_written after insert or update of title or delete on conversations
    for each row execute function search_conversation();
create trigger search_message_written after insert or update of content or delete on messages
    for each row execute function search_message();
create trigger search_note_written after insert or update or delete on notes
    for each row execute function search_note();

-- What an outside engine (Typesense) has not been told yet; filled only while one is set.
create table search_outbox (
    seq bigint generated always as identity primary key,
    kind text not null,
    id uuid not null,
    gone boolean not null,
    at timestamptz not null
);

create table search_settings (single boolean primary key default true check (single), outside boolean not null default false);
insert into search_settings default values;

create function search_tell_outside() returns trigger language plpgsql as $$
begin
    if (select outside from search_settings) then
        insert into search_outbox (kind, id, gone, at)
        values (coalesce(new.kind, old.kind), coalesce(new.id, old.id), tg_op = 'DELETE', clock_timestamp());
    end if;
    return null;
end
$$;
create trigger search_entry_changed after insert or update or delete on search_entries
    for each row execute function search_tell_outside();

create table search_rebuilds (
    id uuid primary key,
    scope text not null check (scope in ('all', 'conversations', 'messages', 'notes')),
    status text not null check (status in ('queued', 'running', 'done', 'failed')),
    total bigint not null default 0,
    done bigint not null default 0,
    created_at timestamptz not null,
    finished_at timestamptz
);
create index search_rebuilds_created on search_rebuilds (created_at);
