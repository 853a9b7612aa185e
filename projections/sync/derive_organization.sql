-- What follows for an organization from its licences and employments. `{only}` narrows it to some organizations.
with today as materialized (select max(day) as day from about),
licences as (
    select
        l.organization,
        bool_or(l.issued_on <= today.day) as licensed,
        min(l.valid_until) filter (where l.issued_on <= today.day) as license_until,
        array_agg(distinct a.activity_code order by a.activity_code)
            filter (where l.issued_on <= today.day and a.id is not null) as works,
        min(least(case when l.issued_on > today.day then l.issued_on end, l.valid_until + 1)) as next_change
    from today
    join license l on l.status = 'ACTIVE' and (l.valid_until is null or l.valid_until >= today.day) {only_of_license}
    left join activity a on a.license_id = l.id and not a.suspended
    where l.organization is not null
    group by l.organization
),
people as (
    select
        e.organization,
        count(distinct e.person) filter (where e.started_on <= today.day) as staff,
        min(least(case when e.started_on > today.day then e.started_on end, nullif(e.ended_on, 'infinity') + 1)) as next_change
    from today
    join employment e on e.ended_on >= today.day {only_of_employment}
    group by e.organization
)
select
    o.organization, o.oid, o.parent, o.legal_form, o.inn, o.holder, o.kind_code, o.ownership, o.region_code, o.status,
    o.registered_on, o.closed_on, o.full_name, o.short_name, o.faults, o.revision,
    plain(o.short_name) as name_key,
    region.rank as region_rank,
    kind.rank as kind_rank,
    coalesce(people.staff, 0)::integer as staff,
    coalesce(licences.works, '{}') as works,
    coalesce(licences.licensed, false) as licensed,
    licences.license_until,
    searched(numbers(o.oid) || numbers(o.inn) || named.lexemes) as words,
    named.lexemes,
    least(licences.next_change, people.next_change) as next_change
from organization o
left join licences on licences.organization = o.organization
left join people on people.organization = o.organization
left join name region on region.dictionary = 'regions' and region.code = o.region_code
left join name kind on kind.dictionary = 'organization_kinds' and kind.code = o.kind_code
cross join lateral (select runs(o.full_name) as "full", runs(o.short_name) as short offset 0) as called
cross join lateral (select lexemes(called."full", 'w') || lexemes(called.short, 'w') as lexemes offset 0) as named
where true {only}
