-- The employments of today, with what aggregates count them by. `{only}` narrows them to some people.
with today as materialized (select max(day) as day from about),
held as (
    select
        c.person,
        count(*) filter (where c.status = 'ACTIVE') as active,
        count(*) filter (where c.status = 'RENEWING') as renewing,
        count(*) filter (where c.status = 'EXPIRED') as expired,
        count(*) filter (where c.status = 'REVOKED') as revoked,
        array_agg(c.specialty_code order by c.id) as specialties,
        array_agg(extract(year from c.issued_on)::smallint order by c.id) as years,
        array_agg(c.status order by c.id) as statuses
    from credential c
    where true {only_of_credential}
    group by c.person
),
present as materialized (
    select
        e.id, e.person, e.worker_id,
        count(*) over (partition by e.person) = 1 as alone,
        row_number() over (partition by e.person order by e.id) = 1 as head,
        e.organization, e.department_id, e.position_code, e.kind, (e.rate * 100)::integer as rate,
        o.kind_code as organization_kind, o.ownership, o.region_code as organization_region,
        place.part as organization_district, grouped.part as position_group
    from today
    join employment e on e.started_on <= today.day and e.ended_on >= today.day {only}
    left join organization o on o.organization = e.organization
    left join name place on place.dictionary = 'regions' and place.code = o.region_code
    left join name grouped on grouped.dictionary = 'positions' and grouped.code = e.position_code
),
-- Of each later employment of a person, the sets of dimensions in which an earlier one is like it.
again as (
    select s.id, bit_or({all}
        & case when f.organization_kind is distinct from s.organization_kind then {but_kind} else {all} end
        & case when f.ownership is distinct from s.ownership then {but_ownership} else {all} end
        & case when f.kind <> s.kind then {but_employment} else {all} end
        & case when f.position_group is distinct from s.position_group then {but_group} else {all} end
        & case when f.position_code <> s.position_code then {but_position} else {all} end
        & case when f.organization_region is distinct from s.organization_region then {but_region} else {all} end
        & case when f.organization_district is distinct from s.organization_district then {but_district} else {all} end
    ) as repeats
    from present s join present f on f.person = s.person and f.id < s.id
    where not s.alone and not f.alone
    group by s.id
)
select
    e.id, e.person, e.alone, e.head, e.organization, e.department_id, e.position_code, e.kind, e.rate,
    e.organization_kind, e.ownership, e.organization_region,
    w.region_code, district.part as federal_district, e.position_group, w.sex, w.birth_date, w.category, w.allowed,
    coalesce(again.repeats, 0) as repeats,
    case when w.specialties = '{}' then array[null]::text[] else w.specialties end as specialties,
    coalesce(held.active, 0)::smallint as active,
    coalesce(held.renewing, 0)::smallint as renewing,
    coalesce(held.expired, 0)::smallint as expired,
    coalesce(held.revoked, 0)::smallint as revoked,
    coalesce(held.specialties, '{}') as held_specialties,
    coalesce(held.years, '{}') as held_years,
    coalesce(held.statuses, '{}') as held_statuses
from present e
join worker w on w.id = e.worker_id
left join again on again.id = e.id
left join held on held.person = e.person
left join name district on district.dictionary = 'regions' and district.code = w.region_code
