-- Before rows of the qualification registry are written: whom the old and the new ones touch. `staged_…` hold the new rows.
insert into dirty_person
select person from staged_credential
union all select c.person from credential c join staged_credential s on s.id = c.id
union all select person from staged_category
union all select c.person from category c join staged_category s on s.id = c.id;
