"""Turns the projection to another day: what holds by a date is derived again where its day has come."""

import datetime as dt

from projections.findings import keeping as findings
from projections.sync.change import hold
from projections.sync.deriving import derive
from projections.sync.writing import Connection

# Of workers no index tells it: they change too often. So this reads them whole, once a day.
_DUE = "where next_change <= (select day from about)"


async def turn(connection: Connection, day: dt.date) -> bool:
    """Derive for this day, all at once; whether it was another one. An earlier day costs a whole pass."""
    async with connection.transaction():
        await hold(connection)
        before: dt.date = await connection.fetchval("select day from about")
        if before == day:
            return False
        await connection.execute("update about set day = $1", day)
        due = _DUE if day > before else ""
        await connection.execute(
            f"insert into dirty_organization select organization from organization {due}"
        )
        await connection.execute(f"insert into dirty_person select person from worker {due}")
        await connection.execute("insert into dirty_staff select person from dirty_person")
        await findings.note_turn(connection, before, day)
        await derive(connection)
    return True
