-- Sets of workers as bits: for each value of what searches count most, who has it. Made after `worker` is whole, and
-- kept by every statement that writes there, in its own transaction: a bit is turned wherever a value came or went.
drop table if exists term;
create table term (
    -- all, region, status, sex, allowed, category, graded, specialty, position, kind, employer_region, ownership, expiry, single
    name text collate "C" not null,
    -- E'\x1e': those without one; of `graded` the specialty of a category, of `expiry` the month; of `single` what they have one of
    value text collate "C" not null,
    segment integer not null,            -- workers' slots from 8192 * segment on
    people bit(8192) not null,
    primary key (name, value, segment)
) with (fillfactor = 80);
create index term_segment on term (name, segment);
-- How many rows a value has cannot be told from its name and itself apart.
create statistics term_values (mcv) on name, value from term;
alter statistics term_values set statistics 1000;

-- A worker's terms, `name:value` each, in one text. It is read in a million rows: no arrays.
create or replace function terms(
    region text, status text, sex text, allowed boolean, category smallint, specialties text[], positions text[],
    kinds text[], employer_regions text[], ownerships text[], nearest_expiry date, organizations bigint[],
    graded text[]
) returns text language sql stable parallel safe
    return e'all:\x1fregion:' || region || e'\x1fstatus:' || status || e'\x1fsex:' || sex
        || e'\x1fallowed:' || case when allowed then 'true' else 'false' end
        || e'\x1fcategory:' || case category when 1 then 'SECOND' when 2 then 'FIRST' when 3 then 'HIGHEST' else e'\x1e' end
        || e'\x1fspecialty:' || coalesce(nullif(array_to_string(specialties, e'\x1fspecialty:'), ''), e'\x1e')
        || e'\x1fposition:' || coalesce(nullif(array_to_string(positions, e'\x1fposition:'), ''), e'\x1e')
        || e'\x1fkind:' || coalesce(nullif(array_to_string(kinds, e'\x1fkind:', e'\x1e'), ''), e'\x1e')
        || e'\x1femployer_region:' || coalesce(nullif(array_to_string(employer_regions, e'\x1femployer_region:', e'\x1e'), ''), e'\x1e')
        || e'\x1fownership:' || coalesce(nullif(array_to_string(ownerships, e'\x1fownership:', e'\x1e'), ''), e'\x1e')
        || e'\x1fexpiry:' || coalesce(to_char(nearest_expiry, 'YYYY-MM'), e'\x1e')
        || coalesce(e'\x1fgraded:' || nullif(array_to_string(graded, e'\x1fgraded:'), ''), '')
        || case when cardinality(graded) = 1 then e'\x1fsingle:graded' else '' end
        || case when cardinality(specialties) = 1 then e'\x1fsingle:specialty' else '' end
        || case when cardinality(positions) = 1 then e'\x1fsingle:position' else '' end
        || case when cardinality(organizations) = 1 then e'\x1fsingle:employer' else '' end;

create or replace function add_terms() returns trigger language plpgsql as $$
begin
    insert into term as kept
    select split_part(t.term, ':', 1), substr(t.term, strpos(t.term, ':') + 1), w.slot / 8192,
        bit_or(set_bit(0::bit(8192), w.slot % 8192, 1))
    from come w
    cross join string_to_table(terms(
        w.region_code, w.status, w.sex, w.allowed, w.category, w.specialties, w.positions, w.kinds, w.employer_regions, w.ownerships,
        w.nearest_expiry, w.organizations, w.graded
    ), e'\x1f') as t (term)
    group by 1, 2, 3
    on conflict (name, value, segment) do update set people = kept.people # excluded.people;
    return null;
end $$;

-- What an array says of its worker: that he has none is a value too.
create or replace function listed(given text[]) returns text[] language sql immutable parallel safe
    return case when given is null or given = '{}' then array[e'\x1e'] else given end;

-- The same terms as those of `terms`, looked at one by one, and turned where they differ.
-- Planned anew each time: a plan that was made while one worker changed compares each of thousands with all the others.
create or replace function turn_terms() returns trigger language plpgsql as $$
begin
    execute $turn$
        insert into term as kept
        select x.name, t.value, b.slot / 8192, bit_or(set_bit(0::bit(8192), b.slot % 8192, 1))
        from gone b
        join come a on a.slot = b.slot
        cross join lateral (values
            ('region', array[b.region_code], array[a.region_code]),
            ('status', array[b.status], array[a.status]),
            ('sex', array[b.sex], array[a.sex]),
            ('allowed', array[coalesce(b.allowed, false)::text], array[coalesce(a.allowed, false)::text]),
            (
                'category',
                array[coalesce((array['SECOND', 'FIRST', 'HIGHEST'])[b.category], e'\x1e')],
                array[coalesce((array['SECOND', 'FIRST', 'HIGHEST'])[a.category], e'\x1e')]
            ),
            ('graded', coalesce(b.graded, '{}'), coalesce(a.graded, '{}')),
            ('specialty', listed(b.specialties), listed(a.specialties)),
            ('position', listed(b.positions), listed(a.positions)),
            ('kind', listed(b.kinds), listed(a.kinds)),
            ('employer_region', listed(b.employer_regions), listed(a.employer_regions)),
            ('ownership', listed(b.ownerships), listed(a.ownerships)),
            (
                'expiry',
                array[coalesce(to_char(b.nearest_expiry, 'YYYY-MM'), e'\x1e')],
                array[coalesce(to_char(a.nearest_expiry, 'YYYY-MM'), e'\x1e')]
            ),
            (
                'single',
                array[
                    case when cardinality(b.graded) = 1 then 'graded' else '' end,
                    case when cardinality(b.specialties) = 1 then 'specialty' else '' end,
                    case when cardinality(b.positions) = 1 then 'position' else '' end,
                    case when cardinality(b.organizations) = 1 then 'employer' else '' end
                ],
                array[
                    case when cardinality(a.graded) = 1 then 'graded' else '' end,
                    case when cardinality(a.specialties) = 1 then 'specialty' else '' end,
                    case when cardinality(a.positions) = 1 then 'position' else '' end,
                    case when cardinality(a.organizations) = 1 then 'employer' else '' end
                ]
            )
        ) as x (name, before, after)
        cross join lateral (
            select v from unnest(x.before) as v where v <> all (x.after)
            union all
            select v from unnest(x.after) as v where v <> all (x.before)
        ) as t (value)
        where x.before <> x.after and t.value <> ''
        group by 1, 2, 3
        on conflict (name, value, segment) do update set people = kept.people # excluded.people
    $turn$;
    return null;
end $$;

create or replace trigger add_terms after insert on worker referencing new table as come
    for each statement execute function add_terms();
create or replace trigger turn_terms after update on worker referencing old table as gone new table as come
    for each statement execute function turn_terms();
