-- Employments and restrictions go along with a worker whose SNILS became another one.
update employment e set person = s.person from staged_worker s where e.worker_id = s.id and e.person <> s.person;
update restriction r set person = s.person from staged_worker s where r.worker_id = s.id and r.person <> s.person;
