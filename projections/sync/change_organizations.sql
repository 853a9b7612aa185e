-- Before rows of the organization registry are written: whom the old and the new ones touch. `staged_…` hold the new rows.
-- Licences without an OID may become another's when an organization of the same INN and OGRN comes or changes.
insert into dirty_license
select l.id from license l join staged_organization s on s.holder = l.holder where l.stated is null
union select l.id from license l join organization o on o.holder = l.holder
    join staged_organization s on s.organization = o.organization where l.stated is null;
insert into dirty_organization select organization from staged_organization;
insert into dirty_organization
select l.organization from license l join dirty_license d on d.id = l.id where l.organization is not null;
-- Where other posts are planned.
insert into dirty_post
select x.*
from staged_staffing_unit s
left join staffing_unit u on u.id = s.id
cross join lateral (values (s.organization, s.position_code), (u.organization, u.position_code)) as x (organization, position_code)
where x.organization is not null
    and (s.organization, s.position_code, s.posts) is distinct from (u.organization, u.position_code, u.posts);
-- People whose employer becomes of another kind, region or ownership.
insert into dirty_person
select e.person
from staged_organization s
join organization o on o.organization = s.organization
join employment e on e.organization = o.organization
cross join about
where (o.kind_code, o.region_code, o.ownership) is distinct from (s.kind_code, s.region_code, s.ownership)
    and e.started_on <= about.day and e.ended_on >= about.day;
-- Those are counted otherwise too, and those whose employer was not known.
insert into dirty_staff
select e.person
from staged_organization s
left join organization o on o.organization = s.organization
join employment e on e.organization = s.organization
cross join about
where (o.kind_code, o.region_code, o.ownership) is distinct from (s.kind_code, s.region_code, s.ownership)
    and e.started_on <= about.day and e.ended_on >= about.day;
