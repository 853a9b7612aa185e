-- The people whose employer changed in something that they use.
insert into dirty_person
select e.person
from before_organization b
join organization o on o.organization = b.organization
join employment e on e.organization = o.organization
cross join about
where (b.works, b.name_key, b.lexemes) is distinct from (o.works, o.name_key, o.lexemes)
    and e.started_on <= about.day and e.ended_on >= about.day;
