-- Before rows of the worker registry are written: of whom something else may be found. Themselves, as they were and are.
-- A status matters where it is that of one who left, or where no specialty is in force; where none comes or goes, his derivation notes it.
insert into dirty_finding_person
select p.person
from staged_worker s
left join worker w on w.id = s.id
cross join lateral (values (s.person), (w.person)) as p (person)
where p.person is not null
    and (
        (w.person, w.last_name, w.first_name, w.middle_name, w.birth_date, w.registry_number, w.registered_on, w.region_code, w.faults)
            is distinct from
            (s.person, s.last_name, s.first_name, s.middle_name, s.birth_date, s.registry_number, s.registered_on, s.region_code, s.faults)
        or w.status <> s.status
            and (w.specialties = '{}' or w.status in ('INACTIVE', 'DECEASED') or s.status in ('INACTIVE', 'DECEASED'))
    );
insert into dirty_finding_person
select p.person
from staged_employment s
left join employment e on e.id = s.id
cross join lateral (values (s.person), (e.person)) as p (person)
where p.person is not null
    and (e.worker_id, e.person, e.organization, e.rate, e.started_on, e.ended_on)
        is distinct from (s.worker_id, s.person, s.organization, s.rate, s.started_on, s.ended_on);
-- Another position, where it is none of the list, or was, or is held without a specialty in force.
insert into dirty_finding_person
select s.person
from staged_employment s
join employment e on e.id = s.id and e.position_code <> s.position_code
left join worker w on w.id = s.worker_id
where w.specialties is null or w.specialties = '{}'
    or not exists (select from name n where n.dictionary = 'positions' and n.code = s.position_code)
    or not exists (select from name n where n.dictionary = 'positions' and n.code = e.position_code);
-- Where they are or were employed: how many that are is said of an organization without a licence, or closed.
insert into dirty_finding_organization
select x.organization
from staged_employment s
left join employment e on e.id = s.id
cross join lateral (values (s.organization), (e.organization)) as x (organization)
where x.organization is not null
    and (s.person, s.organization, s.started_on, s.ended_on)
        is distinct from (e.person, e.organization, e.started_on, e.ended_on)
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
