"""Everything that is read from outside: four registries and the code lists."""

from dataclasses import dataclass

from sources.dictionary import Dictionaries
from sources.license import LicenseSource
from sources.organization import OrganizationSource
from sources.qualification import QualificationSource
from sources.worker import WorkerSource


@dataclass(frozen=True, slots=True)
class Sources:
    """The four registries and the code lists."""

    workers: WorkerSource
    organizations: OrganizationSource
    licenses: LicenseSource
    qualifications: QualificationSource
    dictionaries: Dictionaries
