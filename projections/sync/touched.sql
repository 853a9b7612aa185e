-- The people whose employer changed in something that they use.
insert into dirty_person
select e.person
from before_organization b
join organization o on o.organization = b.organization
join employment e on e.organization = o.organization
cross join about
where (b.name_key, b.lexemes) is distinct from (o.name_key, o.lexemes)
    and e.started_on <= about.day and e.ended_on >= about.day;
-- What its licences allow matters to whoever has a specialty that it covers, and whether they allow anything to all.
insert into dirty_person
select w.person
from (
    select o.organization, (b.works = '{}') is distinct from (o.works = '{}') as whole, array(
        select distinct v.specialty_code
        from (
            (select unnest(b.works) except select unnest(o.works)) union all (select unnest(o.works) except select unnest(b.works))
        ) as x (activity_code)
        join coverage v on v.activity_code = x.activity_code
    ) as specialties
    from before_organization b
    join organization o on o.organization = b.organization
    where b.works is distinct from o.works
) as changed
join worker w on w.organizations && array[changed.organization]
where changed.whole or w.specialties && changed.specialties;
