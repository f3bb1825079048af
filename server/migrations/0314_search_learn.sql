-- As before, at two thirds of the cost: plain ASCII has no accents to take off, and lexemes of one vector are distinct.
create or replace function search_learn(content text) returns void language plpgsql as $$
declare
    fresh text[];
begin
    if octet_length(content) <> length(content) then
        content := unaccent(content);
    end if;
    select array_agg(lexeme) into fresh from unnest(to_tsvector('simple', content))
    where length(lexeme) between 4 and 30 and lexeme ~ '^[[:alpha:]]+$'
        and not exists (select from search_words where word = lexeme);
    if fresh is not null then
        -- One writer of new words at a time, or two transactions could wait for each other's words.
        perform pg_advisory_xact_lock(7021020319);
        insert into search_words select unnest(fresh) on conflict do nothing;
    end if;
end
$$;
