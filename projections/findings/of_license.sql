-- What is wrong with a licence's records; `{only …}` narrows it to some. A rule each, in the words of rules.py.
with today as materialized (select max(day) as day from about)
select
    'dangling_holder' as rule, 'License' as noun, l.id::text as record, l.organization, l.id as license_id, l.region_code,
    l.issued_on as since,
    jsonb_build_array(jsonb_build_array('LICENSES', 'License', l.id, 'organization', null)) as evidence
from license l
where l.stated is not null and not exists (select from organization o where o.organization = l.stated) {only l.id}
union all
select
    'holder_not_found', 'License', l.id::text, null, l.id, l.region_code, l.issued_on,
    jsonb_build_array(jsonb_build_array('LICENSES', 'License', l.id, 'holderInn', l.holder_inn))
from license l
where l.stated is null and l.organization is null and l.holder_kind = 'ORGANIZATION' {only l.id}
union all
select
    'expired_license', 'License', l.id::text, l.organization, l.id, l.region_code, l.valid_until + 1,
    jsonb_build_array(
        jsonb_build_array('LICENSES', 'License', l.id, 'status', l.status),
        jsonb_build_array('LICENSES', 'License', l.id, 'validUntil', l.valid_until)
    )
from today
join license l on l.status = 'ACTIVE' and l.valid_until < today.day {only l.id}
union all
select
    'license_of_closed', 'License', l.id::text, l.organization, l.id, l.region_code, o.closed_on,
    jsonb_build_array(
        jsonb_build_array('LICENSES', 'License', l.id, 'status', l.status),
        jsonb_build_array('ORGANIZATIONS', 'Organization', o.oid, 'status', o.status)
    )
from license l
join organization o on o.organization = l.organization and o.status = 'LIQUIDATED'
where l.status = 'ACTIVE' {only l.id}
union all
select
    wrong.rule, 'License', l.id::text, l.organization, l.id, l.region_code, null,
    jsonb_build_array(jsonb_build_array('LICENSES', 'License', l.id, wrong.field, case wrong.bit
        when 1 then l.number when 2 then l.old_number when 4 then l.holder_inn end))
from license l
join (values
    (1, 'wrong_license_number', 'number'), (2, 'wrong_old_number', 'oldNumber'),
    (4, 'wrong_holder_inn', 'holderInn'), (8, 'wrong_holder_ogrn', 'holderOgrn')
) as wrong (bit, rule, field) on l.faults & wrong.bit <> 0
where l.faults <> 0 {only l.id}
union all
select
    'unknown_license_region', 'License', l.id::text, l.organization, l.id, l.region_code, null,
    jsonb_build_array(jsonb_build_array('LICENSES', 'License', l.id, 'region', l.region_code))
from license l
where not exists (select from name n where n.dictionary = 'regions' and n.code = l.region_code) {only l.id}
union all
select
    'unknown_activity', 'LicenseActivity', a.id::text, l.organization, l.id, l.region_code, null,
    jsonb_build_array(jsonb_build_array('LICENSES', 'LicenseActivity', a.id, 'activity', a.activity_code))
from activity a
join license l on l.id = a.license_id
where not exists (select from name n where n.dictionary = 'license_activities' and n.code = a.activity_code) {only a.license_id}
union all
select
    'unknown_care', 'LicenseActivity', a.id::text, l.organization, l.id, l.region_code, null,
    jsonb_build_array(jsonb_build_array('LICENSES', 'LicenseActivity', a.id, 'care', a.care_kind))
from activity a
join license l on l.id = a.license_id
where not exists (select from name n where n.dictionary = 'care_kinds' and n.code = a.care_kind) {only a.license_id}
