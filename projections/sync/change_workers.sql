-- Before rows of the worker registry are written: whom the old and the new ones touch. `staged_…` hold the new rows.
-- Only what differs in something from which another fact follows.
-- People by the number that they had and the one that they have; organizations where they are or were employed.
insert into dirty_person
select x.person
from staged_worker s
left join worker w on w.id = s.id
cross join lateral (values (s.person), (w.person)) as x (person)
where x.person is not null
    and (s.person, s.last_name, s.first_name, s.middle_name, s.registry_number, s.region_code, s.status)
        is distinct from (w.person, w.last_name, w.first_name, w.middle_name, w.registry_number, w.region_code, w.status);
insert into dirty_person
select x.person
from staged_employment s
left join employment e on e.id = s.id
cross join lateral (values (s.person), (e.person)) as x (person)
where x.person is not null
    and (s.person, s.worker_id, s.organization, s.position_code, s.kind, s.started_on, s.ended_on)
        is distinct from (e.person, e.worker_id, e.organization, e.position_code, e.kind, e.started_on, e.ended_on);
insert into dirty_person
select x.person
from staged_restriction s
left join restriction r on r.id = s.id
cross join lateral (values (s.person), (r.person)) as x (person)
where x.person is not null
    and (s.person, s.worker_id, s.kind, s.imposed_on, s.lifted_on)
        is distinct from (r.person, r.worker_id, r.kind, r.imposed_on, r.lifted_on);
insert into dirty_organization
select x.organization
from staged_employment s
left join employment e on e.id = s.id
cross join lateral (values (s.organization), (e.organization)) as x (organization)
where x.organization is not null
    and (s.person, s.organization, s.started_on, s.ended_on)
        is distinct from (e.person, e.organization, e.started_on, e.ended_on);
insert into dirty_organization
select e.organization from employment e join staged_worker s on s.id = e.worker_id where e.person <> s.person;
-- People of whom aggregates count something else; those in whom it follows from what is derived are noted when that is known.
insert into dirty_staff
select x.person
from staged_worker s
left join worker w on w.id = s.id
cross join lateral (values (s.person), (w.person)) as x (person)
where x.person is not null
    and (s.person, s.region_code, s.sex, s.birth_date) is distinct from (w.person, w.region_code, w.sex, w.birth_date);
insert into dirty_staff
select x.person
from staged_employment s
left join employment e on e.id = s.id
cross join lateral (values (s.person), (e.person)) as x (person)
where x.person is not null
    and (s.person, s.worker_id, s.organization, s.department_id, s.position_code, s.kind, s.rate, s.started_on, s.ended_on)
        is distinct from
        (e.person, e.worker_id, e.organization, e.department_id, e.position_code, e.kind, e.rate, e.started_on, e.ended_on);
