"""Every type that other subgraphs may refer to by its key."""

from typing import Final

from schema.credential import Credential
from schema.department import Department
from schema.education import Education
from schema.employment import Employment
from schema.license import License, LicenseActivity, LicenseEvent
from schema.organization import Organization
from schema.qualification_category import QualificationCategory
from schema.staffing_unit import StaffingUnit
from schema.training import Training
from schema.worker import Worker

ENTITIES: Final = (
    Credential,
    Department,
    Education,
    Employment,
    License,
    LicenseActivity,
    LicenseEvent,
    Organization,
    QualificationCategory,
    StaffingUnit,
    Training,
    Worker,
)
"""Named one by one: strawberry looks for keyed types, but not behind links that are read lazily."""
