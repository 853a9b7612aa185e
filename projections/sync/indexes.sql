-- Keys and indexes of the projection, made after the first filling, each once; the sync itself needs those of the first part.
-- Keys are unique indexes: a primary key could not be made while other steps of a build read its table.
create unique index organization_key on organization (organization);
create unique index license_key on license (id);
create unique index activity_key on activity (id);
create unique index staffing_unit_key on staffing_unit (id);
create unique index staff_key on staff (id);
create unique index post_key on post (organization, position_code);
create unique index worker_key on worker (id);
create unique index employment_key on employment (id);
create unique index restriction_key on restriction (id);
create unique index education_key on education (id);
create unique index credential_key on credential (id);
create unique index category_key on category (id);
create unique index training_key on training (id);
create index organization_holder on organization (holder);
create index organization_next_change on organization (next_change) where next_change is not null;
create index license_organization on license (organization) include (id, status, issued_on, valid_until);
create index license_holder on license (holder) where stated is null;
create index license_person on license (person) where person is not null;
create index activity_license on activity (license_id);
create unique index worker_slot on worker (slot) include (person);
create index worker_person on worker (person) include (region_code, status, slot);
create index employment_worker on employment (worker_id);
create index employment_person on employment (person) include (organization, position_code, started_on, ended_on);
create index employment_organization on employment (organization, person) include (started_on, ended_on, position_code);
create index restriction_worker on restriction (worker_id);
create index restriction_person on restriction (person);
create index education_person on education (person);
create index credential_person on credential (person) include (specialty_code, status, issued_on, valid_until);
create index category_person on category (person);
create index training_person on training (person);
create index staff_person on staff (person);

-- For searches; what they include is all that is asked of many, so that counts do not look at the rows. None is unique: two rows may change places, one after the other.
create index organization_oid on organization (oid);
create index organization_name on organization (name_key, oid);
create index organization_region on organization (region_rank, oid);
create index organization_place on organization (region_code, kind_code, ownership) include (organization);
create index organization_words on organization using gin (words);
create index license_number on license (number);
create index license_valid_until on license (valid_until, number);
create index license_issued_on on license (issued_on, number);
create index license_holder_key on license (holder_key, number);
create index license_words on license using gin (words);
create index activity_code on activity (activity_code, license_id) where not suspended;
create index worker_registry_number on worker (registry_number);
create index worker_name_key on worker (name_key, registry_number) include (slot);
-- Surnames of several words, which stand among the names by their first word alone.
create index worker_compound on worker (name_key, registry_number) where last_name ~ '[^[:alnum:]]';
create index worker_compound_words on worker using gin (words) where last_name ~ '[^[:alnum:]]';
create index worker_region_rank on worker (region_rank, registry_number);
create index worker_region on worker (region_code, name_key, registry_number);
create index worker_status on worker (status, registry_number);
create index worker_registered_on on worker (registered_on, registry_number);
create index worker_organization_name on worker (organization_name, registry_number);
create index worker_position_rank on worker (position_rank, registry_number);
create index worker_specialty_rank on worker (specialty_rank, registry_number);
create index worker_nearest_expiry on worker (nearest_expiry, registry_number) include (slot);
create index worker_birth_date on worker (birth_date);
create index worker_category on worker (category, registry_number);
create index worker_allowed on worker (allowed, registry_number);
create index worker_words on worker using gin (words);
create index worker_organizations on worker using gin (organizations);
create index credential_number on credential (number);
create index credential_valid_until on credential (valid_until, number);
create index credential_issued_on on credential (issued_on, number);
create index credential_specialty on credential (specialty_code, valid_until, person) include (status, issued_on);
create index credential_words on credential using gin (words);
create index employment_position on employment (position_code, person) include (organization, started_on, ended_on);
create index education_foreign on education (person) include (verified) where is_foreign;
create index category_kind on category (category, specialty_code, person) include (assigned_on, valid_until);
create index surname_variants on surname using gin (variants);
-- That what is foreign is seldom verified cannot be told from either alone.
create statistics education_kept (mcv) on is_foreign, verified from education;
-- For aggregates: those of one house. Those of many read the whole table.
-- Posts are held against who occupies them by these two, from them alone.
create index staff_organization on staff (organization, position_code) include (rate);
create index staffing_unit_organization on staffing_unit (organization, position_code) include (posts);
-- How many bear a word has to be known of rare ones too: else names are walked from the first on for a word that nobody has.
alter table worker alter words set statistics 1000;
-- What an index says alone is only believed of pages that were vacuumed since they changed.
alter table worker set (autovacuum_vacuum_scale_factor = 0.005);
alter table employment set (autovacuum_vacuum_scale_factor = 0.005);
alter table credential set (autovacuum_vacuum_scale_factor = 0.005);
alter table category set (autovacuum_vacuum_scale_factor = 0.005);
alter table education set (autovacuum_vacuum_scale_factor = 0.005);
alter table training set (autovacuum_vacuum_scale_factor = 0.005);
alter table organization set (autovacuum_vacuum_scale_factor = 0.01);
alter table license set (autovacuum_vacuum_scale_factor = 0.01);
alter table activity set (autovacuum_vacuum_scale_factor = 0.01);
-- By ages people are grouped in few bands: so each process groups what it reads, and not one for all.
alter table staff alter birth_date set (n_distinct = 100);
alter table staff set (autovacuum_vacuum_scale_factor = 0.01);
