-- What follows for a licence: whose it is. `{only}` narrows it to some licences.
-- One without an OID belongs to the organization with its INN and OGRN, and of several to the first without a parent.
select
    l.id, l.number, l.old_number, l.holder_kind, l.holder_inn, l.holder, l.holder_name, l.stated, l.person,
    l.region_code, l.issued_on, l.valid_until, l.suspended_on, l.terminated_on, l.status, l.faults, l.revision,
    coalesce(l.stated, (
        select case when count(*) = 1 then min(o.organization)
            else (array_agg(o.organization order by o.oid) filter (where o.parent is null))[1] end
        from organization o where o.holder = l.holder
    )) as organization,
    plain(l.holder_name) as holder_key,
    region.rank as region_rank,
    searched(numbers(l.number) || numbers(l.old_number) || lexemes(holder.runs, 'w')) as words
from license l
left join name region on region.dictionary = 'regions' and region.code = l.region_code
cross join lateral (select runs(l.holder_name) as runs offset 0) as holder
where true {only}
