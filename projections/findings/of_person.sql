-- What is wrong with a person's records. A rule each, in the words of rules.py. `{worker}` …: the whole table, or what
-- looked.sql read of some people once for all rules. What few of them have is joined to the tables themselves: by their indexes.
-- Each gives: rule, noun and key of the record, person, his record, whom it concerns, region, since, evidence.
with {looked}today as materialized (select max(day) as day from about)
select
    'duplicate_worker' as rule, 'Worker' as noun, w.id::text as record, w.person, w.id as worker_id, w.organization,
    w.region_code, greatest(w.registered_on, min(x.registered_on)) as since,
    jsonb_build_array(jsonb_build_array('WORKERS', 'Worker', w.id, 'registryNumber', w.registry_number)) || jsonb_agg(
        jsonb_build_array('WORKERS', 'Worker', x.id, 'registryNumber', x.registry_number, x.id) order by x.id
    ) as evidence
from {worker} w
join worker x on x.name_key = w.name_key and x.birth_date = w.birth_date and x.id <> w.id
group by w.id, w.person, w.organization, w.region_code, w.registered_on, w.registry_number
union all
select
    case when e.ended_on >= today.day then 'dangling_employer' else 'dangling_former_employer' end, 'Employment', e.id::text,
    e.person, e.worker_id, w.organization, w.region_code, e.started_on,
    jsonb_build_array(jsonb_build_array('WORKERS', 'Employment', e.id, 'organizationOid', null))
from today
join {employment} e on true
join worker w on w.id = e.worker_id
where not exists (select from organization o where o.organization = e.organization)
union all
select
    'credential_of_nobody', 'Credential', c.id::text, c.person, null, null, null, c.issued_on,
    jsonb_build_array(jsonb_build_array('QUALIFICATIONS', 'Credential', c.id, 'number', c.number))
from {credential} c
where not exists (select from {worker} w where w.person = c.person)
union all
select
    'category_of_nobody', 'QualificationCategory', t.id::text, t.person, null, null, null, t.assigned_on,
    jsonb_build_array(jsonb_build_array('QUALIFICATIONS', 'QualificationCategory', t.id, 'category', t.category))
from {category} t
where not exists (select from {worker} w where w.person = t.person)
union all
select
    'education_of_nobody', 'Education', d.id::text, d.person, null, null, null, d.issued_on,
    jsonb_build_array(jsonb_build_array('QUALIFICATIONS', 'Education', d.id, 'issuedOn', d.issued_on))
from {education} d
where not exists (select from {worker} w where w.person = d.person)
union all
select
    'license_of_nobody', 'License', l.id::text, l.person, null, l.organization, null, l.issued_on,
    jsonb_build_array(jsonb_build_array('LICENSES', 'License', l.id, 'number', l.number))
from {license} l
where l.person is not null and not exists (select from {worker} w where w.person = l.person)
union all
select
    'expired_credential', 'Credential', c.id::text, c.person, w.id, w.organization, w.region_code, c.valid_until + 1,
    jsonb_build_array(
        jsonb_build_array('QUALIFICATIONS', 'Credential', c.id, 'status', c.status),
        jsonb_build_array('QUALIFICATIONS', 'Credential', c.id, 'validUntil', c.valid_until)
    )
from today
join {credential} c on c.status = 'ACTIVE' and c.valid_until < today.day
join worker w on w.person = c.person
union all
select
    'renewing_too_long', 'Credential', c.id::text, c.person, w.id, w.organization, w.region_code, c.valid_until + 61,
    jsonb_build_array(
        jsonb_build_array('QUALIFICATIONS', 'Credential', c.id, 'status', c.status),
        jsonb_build_array('QUALIFICATIONS', 'Credential', c.id, 'validUntil', c.valid_until)
    )
from today
join {credential} c on c.status = 'RENEWING' and c.valid_until < today.day - 60
join worker w on w.person = c.person
union all
select
    'no_credential', 'Employment', e.id::text, e.person, w.id, e.organization, w.region_code,
    greatest(e.started_on, held.until + 1),
    jsonb_build_array(jsonb_build_array('WORKERS', 'Employment', e.id, 'position', e.position_code))
        || coalesce(held.evidence, '[]')
from (select * from {worker} w where w.status = 'ACTIVE' and w.specialties = '{}' offset 0) as w
join today on true
join employment e on e.worker_id = w.id and e.started_on <= today.day and e.ended_on >= today.day
join practising p on p.position_code = e.position_code
cross join lateral (
    select
        max(c.valid_until) filter (where c.valid_until < today.day and c.status <> 'REVOKED') as until,
        jsonb_agg(jsonb_build_array('QUALIFICATIONS', 'Credential', c.id, 'status', c.status) order by c.id)
            || jsonb_agg(jsonb_build_array('QUALIFICATIONS', 'Credential', c.id, 'validUntil', c.valid_until) order by c.id)
            as evidence
    from credential c where c.person = w.person
) as held
union all
select
    'over_rate', 'Worker', w.id::text, w.person, w.id, w.organization, w.region_code, listed.since, listed.evidence
from (
    select e.worker_id from today
    join {employment} e on e.started_on <= today.day and e.ended_on >= today.day
    group by e.worker_id having sum(e.rate) > 1.5
) as over
join worker w on w.id = over.worker_id
cross join today
cross join lateral (
    select
        max(e.started_on) as since,
        jsonb_agg(jsonb_build_array('WORKERS', 'Employment', e.id, 'rate', e.rate::text) order by e.id) as evidence
    from employment e
    where e.worker_id = w.id and e.started_on <= today.day and e.ended_on >= today.day
) as listed
union all
select
    wrong.rule, 'Worker', w.id::text, w.person, w.id, w.organization, w.region_code, null,
    jsonb_build_array(jsonb_build_array('WORKERS', 'Worker', w.id, wrong.field, null))
from {worker} w
join (values (1, 'wrong_snils', 'snils'), (2, 'wrong_worker_inn', 'inn')) as wrong (bit, rule, field)
    on w.faults & wrong.bit <> 0
where w.faults <> 0
union all
select
    'unknown_worker_region', 'Worker', w.id::text, w.person, w.id, w.organization, w.region_code, null,
    jsonb_build_array(jsonb_build_array('WORKERS', 'Worker', w.id, 'region', w.region_code))
from {worker} w
where not exists (select from name n where n.dictionary = 'regions' and n.code = w.region_code)
union all
select
    'unknown_position', 'Employment', e.id::text, e.person, e.worker_id, e.organization, w.region_code, e.started_on,
    jsonb_build_array(jsonb_build_array('WORKERS', 'Employment', e.id, 'position', e.position_code))
from {employment} e
join {worker} w on w.id = e.worker_id
where not exists (select from name n where n.dictionary = 'positions' and n.code = e.position_code)
union all
select
    'unknown_credential_specialty', 'Credential', c.id::text, c.person, w.id, w.organization, w.region_code, c.issued_on,
    jsonb_build_array(jsonb_build_array('QUALIFICATIONS', 'Credential', c.id, 'specialty', c.specialty_code))
from {credential} c
join {worker} w on w.person = c.person
where not exists (select from name n where n.dictionary = 'specialties' and n.code = c.specialty_code)
union all
select
    'unknown_credential_position', 'Credential', c.id::text, c.person, w.id, w.organization, w.region_code, c.issued_on,
    jsonb_build_array(jsonb_build_array('QUALIFICATIONS', 'Credential', c.id, 'position', c.position_code))
from {credential} c
join {worker} w on w.person = c.person
where c.position_code is not null
    and not exists (select from name n where n.dictionary = 'positions' and n.code = c.position_code)
union all
select
    'unknown_category_specialty', 'QualificationCategory', t.id::text, t.person, w.id, w.organization, w.region_code, t.assigned_on,
    jsonb_build_array(jsonb_build_array('QUALIFICATIONS', 'QualificationCategory', t.id, 'specialty', t.specialty_code))
from {category} t
join {worker} w on w.person = t.person
where not exists (select from name n where n.dictionary = 'specialties' and n.code = t.specialty_code)
union all
select
    'unknown_education_specialty', 'Education', d.id::text, d.person, w.id, w.organization, w.region_code, d.issued_on,
    jsonb_build_array(jsonb_build_array('QUALIFICATIONS', 'Education', d.id, 'specialty', d.specialty_code))
from {education} d
join {worker} w on w.person = d.person
where not exists (select from name n where n.dictionary = 'specialties' and n.code = d.specialty_code)
union all
select
    'unknown_education_kind', 'Education', d.id::text, d.person, w.id, w.organization, w.region_code, d.issued_on,
    jsonb_build_array(jsonb_build_array('QUALIFICATIONS', 'Education', d.id, 'kind', d.kind_code))
from {education} d
join {worker} w on w.person = d.person
where not exists (select from name n where n.dictionary = 'education_kinds' and n.code = d.kind_code)
union all
select
    'unknown_training_specialty', 'Training', g.id::text, g.person, w.id, w.organization, w.region_code, null,
    jsonb_build_array(jsonb_build_array('QUALIFICATIONS', 'Training', g.id, 'specialty', g.specialty_code))
from {training} g
join {worker} w on w.person = g.person
where not exists (select from name n where n.dictionary = 'specialties' and n.code = g.specialty_code)
union all
select
    'employed_after_leaving', 'Employment', e.id::text, e.person, w.id, e.organization, w.region_code, null,
    jsonb_build_array(
        jsonb_build_array('WORKERS', 'Worker', w.id, 'status', w.status),
        jsonb_build_array('WORKERS', 'Employment', e.id, 'endedOn', null)
    )
from (select * from {worker} w where w.status in ('INACTIVE', 'DECEASED') offset 0) as w
join today on true
join employment e on e.worker_id = w.id and e.started_on <= today.day and e.ended_on >= today.day
