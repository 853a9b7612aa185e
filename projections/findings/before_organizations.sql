-- Before rows of the organization registry are written: of whom something else may be found.
insert into dirty_finding_organization select organization from staged_organization;
-- Those with the INN and OGRN that an organization had, or has now; the branches of one that is new.
insert into dirty_finding_organization
select x.organization
from staged_organization s
left join organization o on o.organization = s.organization
join organization x on x.holder in (o.holder, s.holder)
where (o.holder, o.parent, o.status, o.inn, o.registered_on) is distinct from (s.holder, s.parent, s.status, s.inn, s.registered_on);
insert into dirty_finding_organization
select x.organization
from staged_organization s
join organization x on x.parent = s.organization
where not exists (select from organization o where o.organization = s.organization);
-- Whose licences name one that is new, closed or open again; and who is employed by one that is new.
insert into dirty_finding_license
select l.id
from staged_organization s
left join organization o on o.organization = s.organization
join license l on l.organization = s.organization
where (o.status, o.closed_on) is distinct from (s.status, s.closed_on);
insert into dirty_finding_person
select e.person
from staged_organization s
join employment e on e.organization = s.organization
where not exists (select from organization o where o.organization = s.organization);
