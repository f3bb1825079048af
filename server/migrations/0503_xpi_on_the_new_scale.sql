-- Pronunciation has a new scale (scorer 2, docs/pronunciation.md). Evidence of speaking that rests on a report of the old one is
-- restated, once, so that old and new work count alike; then the states are what replaying the ledger gives, with the
-- arithmetic of api/english/xpi/formula.py. What the history says was told then, and stays.

create function pg_temp.restated(old double precision) returns double precision language plpgsql as $$
declare
    x double precision[] := array[0, 35, 45, 55, 65, 75, 80, 85, 90, 100];
    y double precision[] := array[0, 62, 68, 77, 85.5, 93, 96.5, 99, 99.5, 100];
begin
    for k in 1..9 loop
        if old <= x[k + 1] then
            return y[k] + (y[k + 1] - y[k]) * (old - x[k]) / (x[k + 1] - x[k]);
        end if;
    end loop;
    return 100;
end $$;

create temporary table restated_evidence on commit drop as
select e.id, e.user_id,
    -- Reading aloud: seven tenths pronunciation; free speech: 0.18 pronunciation and 0.12 fluency (tasks/spoken.py).
    least(100, e.score + case when p.report ->> 'reference' = 'recognised'
        then 0.18 * (pg_temp.restated(p.overall) - p.overall) + 0.12 * (pg_temp.restated(p.fluency) - p.fluency)
        else 0.7 * (pg_temp.restated(p.overall) - p.overall) end) as score
from xpi_evidence e
join english_submissions s on s.user_id = e.user_id and e.source_key = 'english:' || s.id
cross join lateral (
    select s.answer #> '{evaluation,pronunciation}' as report,
        (s.answer #>> '{evaluation,pronunciation,overall}')::double precision as overall,
        coalesce((s.answer #>> '{evaluation,pronunciation,fluency}')::double precision, 0) as fluency
) p
where e.skill = 'speaking' and p.overall is not null
    and (p.report #>> '{scorer,name}') like 'parley-%' and (p.report #>> '{scorer,version}') like '1.%';

update xpi_evidence e set score = r.score from restated_evidence r where e.id = r.id;

do $$
declare
    learner uuid;
    one record;
    state record;
    kept double precision;
    square double precision;
    hours bigint;
    base double precision;
    expected double precision;
begin
    for learner in select distinct user_id from restated_evidence loop
        select 100::double precision as ability, 2::double precision as weight, 0::double precision as fresh,
            null::timestamptz as last_at into state;
        for one in select level, score, weight, at from xpi_evidence
            where user_id = learner and skill = 'speaking' order by seq loop
            kept := 1;
            if state.last_at is not null and one.at > state.last_at then
                hours := floor(extract(epoch from one.at - state.last_at) / 3600);
                square := 0.9995187636226662;
                while hours > 0 loop
                    if hours % 2 = 1 then
                        kept := kept * square;
                    end if;
                    square := square * square;
                    hours := hours / 2;
                end loop;
            end if;
            base := case one.level when 'A1' then 100 when 'A2' then 250 when 'B1' then 400 when 'B2' then 550
                when 'C1' then 700 else 850 end;
            state.weight := least(12, state.weight * kept + one.weight);
            expected := least(1, greatest(0, 0.5::double precision + (state.ability - base) / 300));
            state.ability := least(1000, greatest(0, state.ability + 300::double precision
                * least(1, one.weight / state.weight)
                * (least(1, greatest(0, one.score / 100)) - expected)));
            state.fresh := state.fresh * kept + one.weight;
            state.last_at := greatest(state.last_at, one.at);
        end loop;
        update xpi_states set ability = state.ability, weight = state.weight, fresh = state.fresh
            where user_id = learner and skill = 'speaking';
    end loop;
end $$;
