"""A few records at keys that never change, for the README, the examples and the tests: who they are.

They are in every demo data set, whatever its size and seed. Days are counted from the day of the data.
"""

from demo.stories.keys import (
    BRANCH,
    CITY_HOSPITAL,
    GONE_DEPARTMENT,
    GONE_ORGANIZATION,
    HEART_CLINIC,
    LIQUIDATED,
    PRACTICE,
    SUSPENDED_CLINIC,
)
from demo.stories.organizations import ORGANIZATIONS
from demo.stories.shapes import Credential, Job, License, Organization, Worker
from demo.stories.workers import (
    BANNED,
    CARDIOLOGIST,
    DANGLING,
    EXPIRED,
    ON_LEAVE,
    OTHER_TWIN,
    PROPRIETOR,
    RETIRED,
    TWIN,
    UNKNOWN_CODES,
    WITHOUT_EDUCATION,
)

__all__ = [
    "BANNED",
    "BRANCH",
    "CARDIOLOGIST",
    "CITY_HOSPITAL",
    "DANGLING",
    "EXPIRED",
    "GONE_DEPARTMENT",
    "GONE_ORGANIZATION",
    "HEART_CLINIC",
    "LIQUIDATED",
    "ON_LEAVE",
    "ORGANIZATIONS",
    "OTHER_TWIN",
    "PRACTICE",
    "PROPRIETOR",
    "RETIRED",
    "SUSPENDED_CLINIC",
    "TAKEN_SNILS",
    "TWIN",
    "UNKNOWN_CODES",
    "WITHOUT_EDUCATION",
    "WORKERS",
    "Credential",
    "Job",
    "License",
    "Organization",
    "Worker",
]

WORKERS = (
    CARDIOLOGIST,
    BANNED,
    DANGLING,
    PROPRIETOR,
    EXPIRED,
    WITHOUT_EDUCATION,
    TWIN,
    OTHER_TWIN,
    UNKNOWN_CODES,
    RETIRED,
    ON_LEAVE,
)
TAKEN_SNILS = frozenset(int(worker.snils[:9]) for worker in WORKERS)
"""The first nine digits of the SNILS that nobody else may have."""
