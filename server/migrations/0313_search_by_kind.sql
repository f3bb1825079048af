-- One word index a kind: a frequent word stands in many more messages than titles, and a search for titles must not
-- visit them.
create index search_conversation_lexemes on search_entries using gin (lexemes) where kind = 'conversation';
create index search_message_lexemes on search_entries using gin (lexemes) where kind = 'message';
create index search_note_lexemes on search_entries using gin (lexemes) where kind = 'note';
drop index search_entries_lexemes;

-- The best `most` of the newest `looked_at` rows of each kind. Planned anew for every query (`execute`): a rare word wants
-- the word index, a frequent one a walk along the newest rows.
create function search_find(owner uuid, kinds text[], wanted tsquery, looked_at int, most int)
returns table (kind text, id uuid, score real) language plpgsql as $$
begin
    -- The index is in memory, or nothing helps: a page out of order costs little more than the next one.
    perform set_config('random_page_cost', '1.5', true);
    return query execute $find$
        select kind, id, score from (
            select kind, id, score, row_number() over (partition by kind order by score desc, written_at desc, id) as place
            from (
                select kind, id, written_at, ts_rank_cd('{0.1, 0.2, 0.4, 1.0}', lexemes, $3, 33) as score from (
                    (select kind, id, lexemes, written_at from search_entries
                    where 'conversation' = any($2) and owner_id = $1 and kind = 'conversation' and lexemes @@ $3
                    order by written_at desc limit $4)
                    union all
                    (select kind, id, lexemes, written_at from search_entries
                    where 'message' = any($2) and owner_id = $1 and kind = 'message' and lexemes @@ $3
                    order by written_at desc limit $4)
                    union all
                    (select kind, id, lexemes, written_at from search_entries
                    where 'note' = any($2) and owner_id = $1 and kind = 'note' and lexemes @@ $3
                    order by written_at desc limit $4)
                ) as newest
            ) as scored
        ) as placed where place <= $5
    $find$ using owner, kinds, wanted, looked_at, most;
end
$$;

-- For each typed word the indexed words that share enough of its letters.
create function search_resembling(typed text[]) returns table (word text, near text[]) language plpgsql as $$
begin
    perform set_config('pg_trgm.similarity_threshold', '0.22', true);
    return query select one.word, array(
        select known.word from search_words known where known.word % one.word
        order by similarity(known.word, one.word) desc limit 60
    ) from unnest(typed) as one (word);
end
$$;
