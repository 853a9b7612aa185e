"""Rows that are wrong in every way, put into the demo data; `mod` of a revision stands for chance."""

from collections.abc import Mapping
from typing import Final

from sources.registry import Registry

EDGES: Final[Mapping[Registry, str]] = {
    Registry.WORKERS: """
        update worker set snils = overlay(snils placing '00' from 10)
            where mod(revision, 211) = 0 and snils !~ '00$';
        update worker set inn = '770000000157' where mod(revision, 199) = 0;
        update worker set inn = '7700000016' where mod(revision, 401) = 0;
        update worker set region_code = '85' where mod(revision, 223) = 0;
        update worker set birth_date = '1980-05-05', last_name='Ёлкин', first_name = 'Пётр', middle_name = ''
            where mod(revision, 239) = 0;
        update worker set birth_date = '1980-05-05', last_name='ЕЛКИН', first_name = 'Петр', middle_name = ''
            where mod(revision, 233) = 0;
        update worker set status = 'DECEASED' where mod(revision, 157) = 0;
        update employment set position_code = '99999' where mod(revision, 197) = 0;
        update employment set organization_oid = '1.2.643.5.1.13.13.12.2.77.1' where mod(revision, 151) = 0;
        update employment set ended_on = date '{0}' + mod(revision, 3)::int - 1 where mod(revision, 31) = 0;
        update employment set started_on = date '{0}' + mod(revision, 3)::int - 1
            where mod(revision, 37) = 0;
        update employment set ended_on = date '{0}', organization_oid = '1.2.643.5.1.13.13.12.2.77.1'
            where mod(revision, 307) = 0;
        update employment set rate = 1.50 where mod(revision, 29) = 0;
        update employment set rate = 1.51 where mod(revision, 61) = 0;
    """,
    Registry.ORGANIZATIONS: """
        update organization set status = 'ACTIVE', closed_on = null where closed_on < date '{0}';
        update organization set status = 'REORGANIZED' where mod(revision, 31) = 0;
        update organization set inn = '7700000017' where mod(revision, 19) = 0;
        update organization set ogrn = '1027700000018' where mod(revision, 17) = 0;
        update organization set parent_oid = null where mod(revision, 3) = 0;
        update organization set parent_oid = '1.2.643.5.1.13.13.12.2.77.1' where mod(revision, 23) = 0;
        update organization set region_code = '98' where mod(revision, 29) = 0;
        update organization set kind_code = 'NO_SUCH' where mod(revision, 13) = 0;
        update organization set status = 'LIQUIDATED' where mod(revision, 11) = 0;
        update organization set closed_on = date '{0}' + mod(revision, 3)::int - 1
            where mod(revision, 7) = 0;
    """,
    Registry.LICENSES: """
        update license set number = 'ЛО41-' || right(number, 8) where mod(revision, 41) = 0;
        update license set old_number = 'ЛО77-01-012345' where mod(revision, 43) = 0;
        update license set holder_inn = '7700000017' where mod(revision, 31) = 0;
        update license set holder_ogrn = '1027700000018', organization_oid = null
            where mod(revision, 37) = 0;
        update license set organization_oid = '1.2.643.5.1.13.13.12.2.77.1' where mod(revision, 29) = 0;
        update license set worker_snils = '00000000000' where mod(revision, 53) = 0;
        update license set region_code = '97' where mod(revision, 47) = 0;
        update license set valid_until = date '{0}' + mod(revision, 3)::int - 1 where mod(revision, 5) = 0;
        update license set status = 'SUSPENDED', suspended_on = date '{0}' - 5 where mod(revision, 19) = 0;
        update license_activity set activity_code = '98' where mod(revision, 67) = 0;
        update license_activity set care_kind = 'NONE' where mod(revision, 71) = 0;
    """,
    Registry.QUALIFICATIONS: """
        update credential set valid_until = date '{0}' + mod(revision, 3)::int - 1
            where mod(revision, 13) = 0;
        update credential set valid_until = date '{0}' - 59 - mod(revision, 3)::int, status = 'RENEWING'
            where mod(revision, 47) = 0;
        update credential set status = 'REVOKED' where mod(revision, 23) = 0;
        update credential set issued_on = date '{0}' + mod(revision, 3)::int - 1
            where mod(revision, 17) = 0;
        update credential set specialty_code = '99999' where mod(revision, 61) = 0;
        update credential set position_code = '99999' where mod(revision, 67) = 0;
        update credential set worker_snils = '00000000000' where mod(revision, 59) = 0;
        update category set worker_snils = '00000000000' where mod(revision, 59) = 0;
        update category set specialty_code = '99999' where mod(revision, 53) = 0;
        update education set worker_snils = '00000000000' where mod(revision, 59) = 0;
        update education set kind_code = 'NONE' where mod(revision, 73) = 0;
        update training set specialty_code = '99999' where mod(revision, 79) = 0;
    """,
}
