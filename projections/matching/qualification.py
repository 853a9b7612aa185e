"""What conditions ask of the qualification registry's records, all about one person each."""

import datetime as dt
from typing import Any

from projections.eligibility import credential_in_force
from projections.matching.noun import Noun, dated, held, own

PERSON = held("Subject", "subject_by_snils", "worker_snils", one=True)
WORKER = held("Worker", "worker_by_snils", "worker_snils", one=True)


def _category_in_force(category: Any, day: dt.date) -> bool:
    return bool(category.assigned_on <= day <= category.valid_until)


CREDENTIAL = Noun(
    {
        "number": own("number"),
        "kind": own("kind"),
        "specialty": own("specialty_code"),
        "position": own("position_code"),
        "status": own("status"),
        "issued_on": own("issued_on"),
        "valid_until": own("valid_until"),
        "in_force": dated(credential_in_force, "status", "issued_on", "valid_until"),
    },
    {"worker": WORKER},
    PERSON,
)

CATEGORY = Noun(
    {
        "category": own("category"),
        "specialty": own("specialty_code"),
        "assigned_on": own("assigned_on"),
        "valid_until": own("valid_until"),
        "in_force": dated(_category_in_force, "assigned_on", "valid_until"),
    },
    person=PERSON,
)

EDUCATION = Noun(
    {
        "kind": own("kind_code"),
        "specialty": own("specialty_code"),
        "finished_year": own("finished_year"),
        "foreign": own("is_foreign"),
        "verified": own("verified"),
        "issued_on": own("issued_on"),
    },
    person=PERSON,
)

TRAINING = Noun(
    {
        "specialty": own("specialty_code"),
        "planned_on": own("planned_on"),
        "completed_on": own("completed_on"),
        "hours": own("hours"),
        "credits": own("credits"),
    },
    person=PERSON,
)
