-- Before rows of the qualification registry are written: whom the old and the new ones touch. `staged_…` hold the new rows.
-- Only what differs in something from which another fact follows: for a worker nothing does of what has ended, before and now.
insert into dirty_person
select x.person
from staged_credential s
left join credential c on c.id = s.id
cross join about
cross join lateral (values (s.person), (c.person)) as x (person)
where x.person is not null
    and (
        s.valid_until >= about.day and s.status in ('ACTIVE', 'RENEWING')
        or c.valid_until >= about.day and c.status in ('ACTIVE', 'RENEWING')
    )
    and (s.person, s.specialty_code, s.number, s.issued_on, s.valid_until, s.status)
        is distinct from (c.person, c.specialty_code, c.number, c.issued_on, c.valid_until, c.status);
insert into dirty_person
select x.person
from staged_category s
left join category c on c.id = s.id
cross join about
cross join lateral (values (s.person), (c.person)) as x (person)
where x.person is not null
    and (s.valid_until >= about.day or c.valid_until >= about.day)
    and (s.person, s.category, s.specialty_code, s.assigned_on, s.valid_until)
        is distinct from (c.person, c.category, c.specialty_code, c.assigned_on, c.valid_until);
-- People of whom aggregates count something else.
insert into dirty_staff
select x.person
from staged_credential s
left join credential c on c.id = s.id
cross join lateral (values (s.person), (c.person)) as x (person)
where x.person is not null
    and (s.person, s.specialty_code, s.issued_on, s.status) is distinct from (c.person, c.specialty_code, c.issued_on, c.status);
