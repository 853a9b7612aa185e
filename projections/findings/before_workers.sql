-- Before rows of the worker registry are written: of whom something else may be found. Themselves, as they were and are.
insert into dirty_finding_person
select s.person from staged_worker s
union all select w.person from worker w join staged_worker s on s.id = w.id where w.person <> s.person
union all
select p.person
from staged_employment s
left join employment e on e.id = s.id
cross join lateral (select s.person union all select e.person) as p
where (e.worker_id, e.person, e.organization, e.position_code, e.kind, e.rate, e.started_on, e.ended_on)
    is distinct from (s.worker_id, s.person, s.organization, s.position_code, s.kind, s.rate, s.started_on, s.ended_on);
-- Where they are or were employed: how many that are is said of an organization without a licence, or closed.
insert into dirty_finding_organization
select s.organization from staged_employment s
union all select e.organization from employment e join staged_employment s on s.id = e.id
union all select e.organization from employment e join staged_worker s on s.id = e.worker_id where e.person <> s.person;
-- Namesakes, old and new ones.
insert into dirty_finding_person
select x.person
from staged_worker s
join worker w on w.id = s.id
join worker x on x.name_key = w.name_key and x.birth_date = w.birth_date and x.id <> w.id
where (w.last_name, w.first_name, w.middle_name, w.birth_date, w.registry_number, w.registered_on)
    is distinct from (s.last_name, s.first_name, s.middle_name, s.birth_date, s.registry_number, s.registered_on);
insert into dirty_finding_person
select x.person
from staged_worker s
left join worker w on w.id = s.id
join worker x on x.name_key = plain(concat_ws(' ', s.last_name, s.first_name, s.middle_name))
    and x.birth_date = s.birth_date and x.id <> s.id
where (w.last_name, w.first_name, w.middle_name, w.birth_date, w.registry_number, w.registered_on)
    is distinct from (s.last_name, s.first_name, s.middle_name, s.birth_date, s.registry_number, s.registered_on);
