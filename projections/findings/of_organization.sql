-- What is wrong with an organization's record; `{only …}` narrows it to some. A rule each, in the words of rules.py.
with today as materialized (select max(day) as day from about)
select
    'duplicate_organization' as rule, 'Organization' as noun, o.oid as record, o.organization, o.region_code,
    greatest(o.registered_on, min(x.registered_on)) as since,
    jsonb_build_array(jsonb_build_array('ORGANIZATIONS', 'Organization', o.oid, 'inn', o.inn)) || jsonb_agg(
        jsonb_build_array('ORGANIZATIONS', 'Organization', x.oid, 'inn', x.inn) order by x.oid
    ) as evidence
from organization o
join organization x on x.holder = o.holder and x.organization <> o.organization and x.parent is null and x.status = 'ACTIVE'
where o.parent is null and o.status = 'ACTIVE' {only o.organization}
group by o.oid, o.organization, o.region_code, o.registered_on, o.inn
union all
select
    'dangling_parent', 'Organization', o.oid, o.organization, o.region_code, o.registered_on,
    jsonb_build_array(jsonb_build_array('ORGANIZATIONS', 'Organization', o.oid, 'parent', null))
from organization o
where o.parent is not null and not exists (select from organization p where p.organization = o.parent) {only o.organization}
union all
select
    'no_license', 'Organization', o.oid, o.organization, o.region_code, coalesce(held.until, o.registered_on),
    jsonb_build_array(
        jsonb_build_array('ORGANIZATIONS', 'Organization', o.oid, 'status', o.status),
        jsonb_build_array('WORKERS', 'Organization', o.oid, 'staff', o.staff::text)
    ) || coalesce(held.evidence, '[]')
from organization o
join today on true
cross join lateral (
    select
        max(coalesce(l.terminated_on, l.suspended_on, l.valid_until + 1))
            filter (where coalesce(l.terminated_on, l.suspended_on, l.valid_until + 1) <= today.day) as until,
        jsonb_agg(jsonb_build_array('LICENSES', 'License', l.id, 'status', l.status) order by l.id) as evidence
    from license l where l.organization = o.organization
) as held
where o.status = 'ACTIVE' and o.staff > 0 and not o.licensed {only o.organization}
union all
select
    'staff_of_closed', 'Organization', o.oid, o.organization, o.region_code, o.closed_on,
    jsonb_build_array(
        jsonb_build_array('ORGANIZATIONS', 'Organization', o.oid, 'status', o.status),
        jsonb_build_array('ORGANIZATIONS', 'Organization', o.oid, 'closedOn', o.closed_on),
        jsonb_build_array('WORKERS', 'Organization', o.oid, 'staff', o.staff::text)
    )
from organization o
where o.status <> 'ACTIVE' and o.staff > 0 {only o.organization}
union all
select
    'closed_but_active', 'Organization', o.oid, o.organization, o.region_code, o.closed_on,
    jsonb_build_array(
        jsonb_build_array('ORGANIZATIONS', 'Organization', o.oid, 'status', o.status),
        jsonb_build_array('ORGANIZATIONS', 'Organization', o.oid, 'closedOn', o.closed_on)
    )
from today
join organization o on o.status = 'ACTIVE' and o.closed_on < today.day {only o.organization}
union all
select
    wrong.rule, 'Organization', o.oid, o.organization, o.region_code, null,
    jsonb_build_array(jsonb_build_array('ORGANIZATIONS', 'Organization', o.oid, wrong.field, case wrong.bit when 1 then o.inn end))
from organization o
join (values (1, 'wrong_organization_inn', 'inn'), (2, 'wrong_organization_ogrn', 'ogrn')) as wrong (bit, rule, field)
    on o.faults & wrong.bit <> 0
where o.faults <> 0 {only o.organization}
union all
select
    'unknown_organization_region', 'Organization', o.oid, o.organization, o.region_code, null,
    jsonb_build_array(jsonb_build_array('ORGANIZATIONS', 'Organization', o.oid, 'region', o.region_code))
from organization o
where not exists (select from name n where n.dictionary = 'regions' and n.code = o.region_code) {only o.organization}
union all
select
    'unknown_organization_kind', 'Organization', o.oid, o.organization, o.region_code, null,
    jsonb_build_array(jsonb_build_array('ORGANIZATIONS', 'Organization', o.oid, 'kind', o.kind_code))
from organization o
where not exists (select from name n where n.dictionary = 'organization_kinds' and n.code = o.kind_code) {only o.organization}
