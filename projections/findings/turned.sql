-- From one day ($1) to a later one ($2): whose term has ended in between, beside those whose derived facts change.
insert into dirty_finding_person
select person from credential where status = 'RENEWING' and valid_until >= $1::date - 61 and valid_until < $2::date - 60
union select person from dirty_person
union select person from credential where status = 'EXPIRED' and valid_until >= $1::date - 1 and valid_until < $2::date;
insert into dirty_finding_license
select id from license where status = 'ACTIVE' and valid_until >= $1::date - 1 and valid_until < $2::date;
insert into dirty_finding_organization
select organization from organization where status = 'ACTIVE' and closed_on >= $1::date - 1 and closed_on < $2::date
union select organization from license
where organization is not null and coalesce(terminated_on, suspended_on, valid_until + 1) > $1::date
    and coalesce(terminated_on, suspended_on, valid_until + 1) <= $2::date;
