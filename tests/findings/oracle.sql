-- What is wrong in the registries, from docs/findings.md, in plain SQL over all of them. `today()`, `lasts`, `entry`,
-- `license_owner` and `of_worker` are those of the searches' oracle. Numbers are checked in Python, apart.
-- Each row: rule, key of the record, registry number of the worker, OID of whom it concerns, region, since, evidence.
drop view if exists wrong;
drop function if exists known(text, text);
create function known(list text, which text) returns boolean language sql stable
return exists (select from listed where dictionary = list and code = which);

create view wrong as
with person as (
    select w.*, (select f.organization_oid from of_worker f where f.id = w.id) as place from worker w
),
job as (select e.*, w.registry_number, w.region_code, w.place, w.status from employment e join person w on w.id = e.worker_id),
paper as (select c.*, w.registry_number, w.region_code, w.place, w.id as worker_id
    from credential c join person w on w.snils = c.worker_snils),
staffed as (
    select o.*, (select count(distinct e.worker_id) from employment e where e.organization_oid = o.oid and lasts(e)) as staff
    from organization o
),
held as (select l.*, w.oid as owner from license l join license_owner w on w.id = l.id),
said (rule, key, worker, place, region, since, evidence) as (
    select 'duplicate_worker', w.id::text, w.registry_number, w.place, w.region_code::text,
        greatest(w.registered_on, (select min(x.registered_on) from worker x where x.id <> w.id and x.birth_date = w.birth_date
            and plain(concat_ws(' ', x.last_name, x.first_name, x.middle_name)) = plain(concat_ws(' ', w.last_name, w.first_name, w.middle_name)))),
        array(select format('WORKERS Worker %s registryNumber %s', x.id, x.registry_number) from worker x where x.birth_date = w.birth_date
            and plain(concat_ws(' ', x.last_name, x.first_name, x.middle_name)) = plain(concat_ws(' ', w.last_name, w.first_name, w.middle_name)))
    from person w
    where 1 < (select count(*) from worker x where x.birth_date = w.birth_date
        and plain(concat_ws(' ', x.last_name, x.first_name, x.middle_name)) = plain(concat_ws(' ', w.last_name, w.first_name, w.middle_name)))
    union all
    select case when j.ended_on < today() then 'dangling_former_employer' else 'dangling_employer' end, j.id::text, j.registry_number,
        j.place, j.region_code, j.started_on, array[format('WORKERS Employment %s organizationOid ', j.id)]
    from job j where j.organization_oid not in (select oid from organization)
    union all
    select 'credential_of_nobody', c.id::text, null, null, null, c.issued_on,
        array[format('QUALIFICATIONS Credential %s number %s', c.id, c.number)]
    from credential c where c.worker_snils not in (select snils from worker)
    union all
    select 'category_of_nobody', c.id::text, null, null, null, c.assigned_on,
        array[format('QUALIFICATIONS QualificationCategory %s category %s', c.id, c.category)]
    from category c where c.worker_snils not in (select snils from worker)
    union all
    select 'education_of_nobody', c.id::text, null, null, null, c.issued_on,
        array[format('QUALIFICATIONS Education %s issuedOn %s', c.id, c.issued_on)]
    from education c where c.worker_snils not in (select snils from worker)
    union all
    select 'license_of_nobody', l.id::text, null, l.owner, null, l.issued_on,
        array[format('LICENSES License %s number %s', l.id, l.number)]
    from held l where l.worker_snils is not null and l.worker_snils not in (select snils from worker)
    union all
    select 'expired_credential', p.id::text, p.registry_number, p.place, p.region_code, p.valid_until + 1,
        array[format('QUALIFICATIONS Credential %s status ACTIVE', p.id), format('QUALIFICATIONS Credential %s validUntil %s', p.id, p.valid_until)]
    from paper p where p.status = 'ACTIVE' and p.valid_until < today()
    union all
    select 'renewing_too_long', p.id::text, p.registry_number, p.place, p.region_code, p.valid_until + 61,
        array[format('QUALIFICATIONS Credential %s status RENEWING', p.id), format('QUALIFICATIONS Credential %s validUntil %s', p.id, p.valid_until)]
    from paper p where p.status = 'RENEWING' and today() - p.valid_until > 60
    union all
    select 'no_credential', j.id::text, j.registry_number, j.organization_oid, j.region_code,
        greatest(j.started_on, (select max(p.valid_until) + 1 from paper p
            where p.worker_id = j.worker_id and p.valid_until < today() and p.status in ('ACTIVE', 'EXPIRED', 'RENEWING'))),
        array[format('WORKERS Employment %s position %s', j.id, j.position_code)]
            || array(select format('QUALIFICATIONS Credential %s status %s', p.id, p.status) from paper p where p.worker_id = j.worker_id)
            || array(select format('QUALIFICATIONS Credential %s validUntil %s', p.id, p.valid_until) from paper p where p.worker_id = j.worker_id)
    from job j
    where j.status = 'ACTIVE' and j.started_on <= today() and (j.ended_on is null or j.ended_on >= today())
        and j.position_code in (select code from practised)
        and not exists (select from credential c join worker w on w.snils = c.worker_snils where w.id = j.worker_id and lasts(c))
    union all
    select 'over_rate', w.id::text, w.registry_number, w.place, w.region_code, max(e.started_on),
        array_agg(format('WORKERS Employment %s rate %s', e.id, e.rate))
    from person w join employment e on e.worker_id = w.id and lasts(e)
    group by w.id, w.registry_number, w.place, w.region_code having sum(e.rate) > 1.5
    union all
    select 'unknown_worker_region', w.id::text, w.registry_number, w.place, w.region_code, null, array[format('WORKERS Worker %s region %s', w.id, w.region_code)]
    from person w where not known('regions', w.region_code)
    union all
    select 'unknown_position', j.id::text, j.registry_number, j.organization_oid, j.region_code, j.started_on,
        array[format('WORKERS Employment %s position %s', j.id, j.position_code)]
    from job j where not known('positions', j.position_code)
    union all
    select 'unknown_credential_specialty', p.id::text, p.registry_number, p.place, p.region_code, p.issued_on,
        array[format('QUALIFICATIONS Credential %s specialty %s', p.id, p.specialty_code)]
    from paper p where not known('specialties', p.specialty_code)
    union all
    select 'unknown_credential_position', p.id::text, p.registry_number, p.place, p.region_code, p.issued_on,
        array[format('QUALIFICATIONS Credential %s position %s', p.id, p.position_code)]
    from paper p where p.position_code is not null and not known('positions', p.position_code)
    union all
    select 'unknown_category_specialty', c.id::text, w.registry_number, w.place, w.region_code, c.assigned_on,
        array[format('QUALIFICATIONS QualificationCategory %s specialty %s', c.id, c.specialty_code)]
    from category c join person w on w.snils = c.worker_snils where not known('specialties', c.specialty_code)
    union all
    select 'unknown_education_specialty', c.id::text, w.registry_number, w.place, w.region_code, c.issued_on,
        array[format('QUALIFICATIONS Education %s specialty %s', c.id, c.specialty_code)]
    from education c join person w on w.snils = c.worker_snils where not known('specialties', c.specialty_code)
    union all
    select 'unknown_education_kind', c.id::text, w.registry_number, w.place, w.region_code, c.issued_on,
        array[format('QUALIFICATIONS Education %s kind %s', c.id, c.kind_code)]
    from education c join person w on w.snils = c.worker_snils where not known('education_kinds', c.kind_code)
    union all
    select 'unknown_training_specialty', c.id::text, w.registry_number, w.place, w.region_code, null,
        array[format('QUALIFICATIONS Training %s specialty %s', c.id, c.specialty_code)]
    from training c join person w on w.snils = c.worker_snils where not known('specialties', c.specialty_code)
    union all
    select 'employed_after_leaving', j.id::text, j.registry_number, j.organization_oid, j.region_code, null,
        array[format('WORKERS Worker %s status %s', j.worker_id, j.status), format('WORKERS Employment %s endedOn ', j.id)]
    from job j where j.status in ('INACTIVE', 'DECEASED') and j.started_on <= today() and (j.ended_on is null or j.ended_on >= today())
    union all
    select 'duplicate_organization', o.oid, null, o.oid, o.region_code, greatest(o.registered_on, (select min(x.registered_on)
            from organization x where x.oid <> o.oid and (x.inn, x.ogrn) = (o.inn, o.ogrn) and x.parent_oid is null and x.status = 'ACTIVE')),
        array(select format('ORGANIZATIONS Organization %s inn %s', x.oid, case when x.legal_form = 'ENTITY' then x.inn end)
            from organization x where (x.inn, x.ogrn) = (o.inn, o.ogrn) and x.parent_oid is null and x.status = 'ACTIVE')
    from organization o where o.parent_oid is null and o.status = 'ACTIVE' and 1 < (select count(*)
        from organization x where (x.inn, x.ogrn) = (o.inn, o.ogrn) and x.parent_oid is null and x.status = 'ACTIVE')
    union all
    select 'dangling_parent', o.oid, null, o.oid, o.region_code, o.registered_on, array[format('ORGANIZATIONS Organization %s parent ', o.oid)]
    from organization o where o.parent_oid is not null and o.parent_oid not in (select oid from organization)
    union all
    select 'no_license', s.oid, null, s.oid, s.region_code,
        coalesce((select max(coalesce(l.terminated_on, l.suspended_on, l.valid_until + 1)) from held l
            where l.owner = s.oid and coalesce(l.terminated_on, l.suspended_on, l.valid_until + 1) <= today()), s.registered_on),
        array[format('ORGANIZATIONS Organization %s status ACTIVE', s.oid), format('WORKERS Organization %s staff %s', s.oid, s.staff)]
            || array(select format('LICENSES License %s status %s', l.id, l.status) from held l where l.owner = s.oid)
    from staffed s where s.status = 'ACTIVE' and s.staff > 0
        and not exists (select from held h join license l on l.id = h.id where h.owner = s.oid and lasts(l))
    union all
    select 'staff_of_closed', s.oid, null, s.oid, s.region_code, s.closed_on,
        array[format('ORGANIZATIONS Organization %s status %s', s.oid, s.status), format('ORGANIZATIONS Organization %s closedOn %s', s.oid, s.closed_on),
            format('WORKERS Organization %s staff %s', s.oid, s.staff)]
    from staffed s where s.status in ('REORGANIZED', 'LIQUIDATED') and s.staff > 0
    union all
    select 'closed_but_active', o.oid, null, o.oid, o.region_code, o.closed_on,
        array[format('ORGANIZATIONS Organization %s status ACTIVE', o.oid), format('ORGANIZATIONS Organization %s closedOn %s', o.oid, o.closed_on)]
    from organization o where o.status = 'ACTIVE' and o.closed_on < today()
    union all
    select 'unknown_organization_region', o.oid, null, o.oid, o.region_code, null, array[format('ORGANIZATIONS Organization %s region %s', o.oid, o.region_code)]
    from organization o where not known('regions', o.region_code)
    union all
    select 'unknown_organization_kind', o.oid, null, o.oid, o.region_code, null, array[format('ORGANIZATIONS Organization %s kind %s', o.oid, o.kind_code)]
    from organization o where not known('organization_kinds', o.kind_code)
    union all
    select 'dangling_holder', l.id::text, null, null, l.region_code, l.issued_on, array[format('LICENSES License %s organization ', l.id)]
    from license l where l.organization_oid is not null and l.organization_oid not in (select oid from organization)
    union all
    select 'holder_not_found', l.id::text, null, null, l.region_code, l.issued_on,
        array[format('LICENSES License %s holderInn %s', l.id, case when length(l.holder_inn) = 10 then l.holder_inn end)]
    from held l where l.holder_kind = 'ORGANIZATION' and l.owner is null
    union all
    select 'expired_license', l.id::text, null, l.owner, l.region_code, l.valid_until + 1,
        array[format('LICENSES License %s status ACTIVE', l.id), format('LICENSES License %s validUntil %s', l.id, l.valid_until)]
    from held l where l.status = 'ACTIVE' and l.valid_until < today()
    union all
    select 'license_of_closed', l.id::text, null, l.owner, l.region_code, o.closed_on,
        array[format('LICENSES License %s status ACTIVE', l.id), format('ORGANIZATIONS Organization %s status LIQUIDATED', o.oid)]
    from held l join organization o on o.oid = l.owner where l.status = 'ACTIVE' and o.status = 'LIQUIDATED'
    union all
    select 'unknown_license_region', l.id::text, null, l.owner, l.region_code, null, array[format('LICENSES License %s region %s', l.id, l.region_code)]
    from held l where not known('regions', l.region_code)
    union all
    select 'unknown_activity', a.id::text, null, l.owner, l.region_code, null, array[format('LICENSES LicenseActivity %s activity %s', a.id, a.activity_code)]
    from license_activity a join held l on l.id = a.license_id where not known('license_activities', a.activity_code)
    union all
    select 'unknown_care', a.id::text, null, l.owner, l.region_code, null, array[format('LICENSES LicenseActivity %s care %s', a.id, a.care_kind)]
    from license_activity a join held l on l.id = a.license_id where not known('care_kinds', a.care_kind)
)
select s.rule, s.key, s.worker, (select o.oid from organization o where o.oid = s.place) as place, s.region::text, s.since,
    array(select each from unnest(s.evidence) each order by each collate "C") as evidence
from said s;
