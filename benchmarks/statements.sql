-- What the three comparisons ask the registries: one text for Python and Node.js, each under a name.
-- name: worker_by_number
select id, snils, registry_number, last_name, first_name, middle_name, status, registered_on
from worker where registry_number = $1
-- name: names_by_number
select last_name, first_name, status from worker where registry_number = $1
-- name: workers_by_id
select id, snils, registry_number, last_name, first_name, middle_name, status, registered_on
from worker where id = any($1::uuid[])
-- name: employments_by_worker
select worker_id, position_code, kind, started_on, ended_on, organization_oid
from employment where worker_id = any($1::uuid[]) order by started_on, id
-- name: current_staff
select worker_id, position_code, kind, started_on, ended_on, organization_oid
from employment
where organization_oid = $1 and started_on <= $2::date and (ended_on is null or ended_on >= $2::date)
order by id limit 100
-- name: current_staff_with_workers
select w.snils, e.position_code, e.kind, e.started_on, w.registry_number, w.last_name, w.first_name, w.middle_name
from (
    select id, worker_id, position_code, kind, started_on
    from employment
    where organization_oid = $1 and started_on <= $2::date and (ended_on is null or ended_on >= $2::date)
    order by id limit 100
) e
join worker w on w.id = e.worker_id
order by e.id
-- name: organization_by_oid
select oid, short_name, full_name, address from organization where oid = $1
-- name: organizations_by_oid
select oid, short_name, full_name, address from organization where oid = any($1::text[])
-- name: staffing_units_by_organization
select organization_oid, position_code, posts::text as posts
from staffing_unit where organization_oid = any($1::text[]) order by position_code, id
-- name: licenses_by_worker
select worker_snils, holder_name, number, status, issued_on, valid_until
from license where worker_snils = any($1::bpchar[]) order by issued_on, id
-- name: licenses_by_id
select id, holder_name, number, status, issued_on, valid_until from license where id = any($1::uuid[])
-- name: credentials_by_worker
select worker_snils, kind, number, specialty_code, issued_on, valid_until, status
from credential where worker_snils = any($1::bpchar[]) order by issued_on, id
-- name: credentials_by_id
select id, kind, number, specialty_code, issued_on, valid_until, status
from credential where id = any($1::uuid[])
-- name: educations_by_worker
select worker_snils, kind_code, institution, specialty_code, finished_year
from education where worker_snils = any($1::bpchar[]) order by issued_on, id
-- name: categories_by_worker
select worker_snils, category, specialty_code, valid_until
from category where worker_snils = any($1::bpchar[]) order by assigned_on, id
