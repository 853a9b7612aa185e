-- The people whose employer changed in something that they use: in its names, or in what its licences allow, which matters
-- to whoever has a specialty that it covers, and to all where they come to allow anything or nothing.
-- The organizations first, and how many they are: of thousands that were looked at most stay as they were, and a plan for
-- thousands would read everybody's employments.
insert into touched_organization
select
    o.organization,
    (b.name_key, b.lexemes) is distinct from (o.name_key, o.lexemes) or (b.works = '{}') is distinct from (o.works = '{}'),
    array(
        select distinct v.specialty_code
        from (
            (select unnest(b.works) except select unnest(o.works)) union all (select unnest(o.works) except select unnest(b.works))
        ) as x (activity_code)
        join coverage v on v.activity_code = x.activity_code
    )
from before_organization b
join organization o on o.organization = b.organization
where (b.name_key, b.lexemes, b.works) is distinct from (o.name_key, o.lexemes, o.works);
analyze touched_organization;
insert into dirty_person
select w.person
from touched_organization t
join employment e on e.organization = t.organization
join worker w on w.id = e.worker_id
cross join about
where e.started_on <= about.day and e.ended_on >= about.day and (t.everyone or w.specialties && t.specialties);
-- The words of its names that nobody's employer had.
insert into word
select distinct string_to_table(substr(o.lexemes, 2), ' ')
from before_organization b join organization o on o.organization = b.organization
where o.lexemes is distinct from b.lexemes
on conflict do nothing;
