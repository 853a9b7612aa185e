"""The qualification registry answers by every key; absence is absence; lists have their order."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from sources.keys import Snils
from sources.registry import Registry
from sources.sources import Sources
from tests.sources.behind import Behind

QUALIFICATIONS = Registry.QUALIFICATIONS
NOBODY = Snils("00000000000")

LISTS = [
    ("educations", "education", "issued_on"),
    ("credentials", "credential", "issued_on"),
    ("categories", "category", "assigned_on"),
    ("trainings", "training", "completed_on"),
]


@pytest.mark.parametrize(("read", "table", "order"), LISTS)
async def test_documents_of_workers(
    sources: Sources, behind: Behind, read: str, table: str, order: str
) -> None:
    rows = await behind.rows(
        QUALIFICATIONS,
        f"select worker_snils, array_agg(id order by {order}, id) from {table}"
        " group by 1 order by count(*) desc limit 3",
    )
    by_worker = getattr(sources.qualifications, f"{read}_by_worker")
    by_id = getattr(sources.qualifications, f"{read}_by_id")
    found = await by_worker([*(snils for snils, _ in rows), NOBODY], ("id",))
    assert {snils: ids_of(own) for snils, own in found.items()} == dict(rows)
    ids = rows[0][1]
    assert set(await by_id([*ids, uuid4()], ())) == set(ids)


async def test_credentials_by_number(sources: Sources, behind: Behind) -> None:
    [(key, number)] = await behind.rows(QUALIFICATIONS, "select id, number from credential limit 1")
    found = await sources.qualifications.credentials_by_number([number, "none"], ("id",))
    assert {number: row.id for number, row in found.items()} == {number: key}


async def test_credentials_that_end_between_two_days(sources: Sources, behind: Behind, today: date) -> None:
    until = today + timedelta(180)
    rows = await behind.rows(
        QUALIFICATIONS,
        "select worker_snils, array_agg(id order by valid_until, id) from credential"
        " where valid_until between $1 and $2 group by 1",
        today,
        until,
    )
    everybody = await behind.column(QUALIFICATIONS, "select distinct worker_snils from credential")
    found = await sources.qualifications.credentials_expiring_by_worker(everybody, today, until, ("id",))
    assert rows
    assert {snils: ids_of(own) for snils, own in found.items()} == dict(rows)


async def test_the_change_feed_has_every_noun(sources: Sources) -> None:
    changes = await sources.qualifications.changes(0, 10**6)
    assert {change.noun for change in changes} == {
        "Education",
        "Credential",
        "QualificationCategory",
        "Training",
    }
    assert changes[-1].revision == await sources.qualifications.revision_now()


def ids_of(rows: Sequence[Any]) -> list[Any]:
    return [row.id for row in rows]
