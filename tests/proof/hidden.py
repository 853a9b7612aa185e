"""Another world that a caller must not be able to tell from this one: what he may not see is different."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from tests.proof.guarded import Sights
from tests.search.database import Connection

CHANGES: Final = (
    ("INTERNAL", "update employment t set rate = 4.5 - t.rate * 0.5 where {0}", "t.worker_id"),
    ("INTERNAL", "update employment t set department_id = gen_random_uuid() where {0}", "t.worker_id"),
    (
        "INTERNAL",
        "update training t set hours = t.hours + 7, credits = t.credits * 2 + 1 where {0}",
        "(select w.id from worker w where w.snils = t.worker_snils)",
    ),
    ("PERSONAL", "update worker t set birth_date = t.birth_date + 4000 where {0}", "t.id"),
    (
        "RESTRICTED",
        """update restriction t set
            kind = case t.kind when 'PRACTICE_BAN' then 'SUSPENSION' when 'SUSPENSION' then 'PRACTICE_BAN'
                when 'REPRIMAND' then 'PROCEDURE_LIMIT' else 'REPRIMAND' end,
            imposed_on = t.imposed_on - 40 where {0}""",
        "t.worker_id",
    ),
    (
        "RESTRICTED",
        """insert into restriction select gen_random_uuid(), t.id, 'REPRIMAND', 'Выговор', 'Никто', 'б/н',
            today() - 10, null, t.updated_at, t.revision + 900000000000
        from worker t where mod(t.revision, 2) = 0 and {0}""",
        "t.id",
    ),
    (
        "RESTRICTED",
        """update of_worker t set reasons = (
            select array(select r from unnest(array['RECORD_NOT_ACTIVE', 'PRACTICE_BAN',
                'NO_VALID_CREDENTIAL', 'NOT_EMPLOYED', 'EMPLOYER_NOT_LICENSED']) r
                where not r = any(t.reasons)))
        where t.reasons <> '{{}}' and cardinality(t.reasons) < 5 and {0}""",
        "t.id",
    ),
)
"""By class: what is changed of those out of sight. Whether somebody may practise is public, and stays."""


@asynccontextmanager
async def otherwise(line: Connection, sights: Sights) -> AsyncIterator[None]:
    """The oracle's database with other facts of everyone whom these sights do not reach, for a while."""
    transaction = line.transaction()
    await transaction.start()
    try:
        for field_class, change, person in CHANGES:
            if not sights[field_class].everyone:
                hidden = f"not coalesce({person} = any($1::uuid[]), false)"
                await line.execute(change.format(hidden), list(sights[field_class].workers))
        yield
    finally:
        await transaction.rollback()
