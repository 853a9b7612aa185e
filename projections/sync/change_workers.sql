-- Before rows of the worker registry are written: whom the old and the new ones touch. `staged_…` hold the new rows.
-- People by the number that they had and the one that they have; organizations where they are or were employed.
insert into dirty_person
select person from staged_worker
union all select w.person from worker w join staged_worker s on s.id = w.id
union all select person from staged_employment
union all select e.person from employment e join staged_employment s on s.id = e.id
union all select person from staged_restriction
union all select r.person from restriction r join staged_restriction s on s.id = r.id;
insert into dirty_organization
select organization from staged_employment
union all select e.organization from employment e join staged_employment s on s.id = e.id
union all select e.organization from employment e join staged_worker s on s.id = e.worker_id where e.person <> s.person;
-- People of whom aggregates count something else, and nothing else follows.
insert into dirty_staff
select s.person from staged_worker s join worker w on w.id = s.id
where (s.sex, s.birth_date) is distinct from (w.sex, w.birth_date)
union all select s.person from staged_employment s join employment e on e.id = s.id
where (s.department_id, s.rate) is distinct from (e.department_id, e.rate);
