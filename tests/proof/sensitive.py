"""Which fields are not for everyone: written by hand from the design, apart from the schema's own words.

A test compares this list with schema.graphql, so that a class that is missing there is found here.
"""

from collections.abc import Mapping
from typing import Final

CLASSES: Final[Mapping[str, Mapping[str, str]]] = {
    "INTERNAL": {
        "Absence": "kind startedOn endedOn",
        "Credential": "protocolNumber",
        "Department": "employments",
        "Education": "documentSeries documentNumber",
        "Employment": "department rate personnelNumber absences",
        "PositionStaffing": "occupied vacant people",
        "QualificationCategory": "orderNumber",
        "Training": "hours credits",
        "Worker": "birthYear",
    },
    "RESTRICTED": {
        "Eligibility": "reasons",
        "Restriction": "kind reason authority documentNumber imposedOn liftedOn",
        "Verification": "reasons",
        "Worker": "restrictions",
    },
    "PERSONAL": {
        "Worker": "formerLastName birthDate birthPlace citizenship snils inn phone email",
    },
    "IDENTITY": {
        "Worker": "passportSeries passportNumber residenceAddress",
    },
}
"""Every field that is not public: by class and type."""

SENSITIVE: Final[Mapping[tuple[str, str], str]] = {
    (type_name, name): field_class
    for field_class, types in CLASSES.items()
    for type_name, names in types.items()
    for name in names.split()
}
"""The class of each field that is not public."""

_ENTRY: Final = (
    "number hash at request transport actor roles organizations regions session address purpose operation"
    " document released refused"
)
JOURNAL: Final[Mapping[str, tuple[str, str]]] = {
    "JournalEntry": ("JOURNAL", _ENTRY),
    "JournalRefusal": ("JOURNAL", "coordinate reason rows"),
    "JournalRelease": ("JOURNAL", "subjects values masks"),
    "Query": ("JOURNAL", "journal"),
    "RecordAccess": ("INTERNAL", "at roles organizations purpose values masks"),
    "Viewer": ("INTERNAL", "accesses"),
}
"""The journal's fields, by type with their class. It changes with each question, so is not proved."""

FINDINGS: Final[Mapping[tuple[str, str], str]] = {
    (type_name, name): field_class
    for field_class, types in {
        "RESTRICTED": {
            "Finding": "worker credential subject since evidence",
            "FindingEvidence": "registry field record value",
            "Worker": "findings",
        },
        "QUALITY": {
            "Finding": "id kind severity rule registry remedy foundAt organization license",
            "FindingCount": "value count organization",
            "FindingsChange": "opened openedCount closed asOf",
            "Organization": "findings",
            "Query": "findings",
            "Subscription": "findingsChanged",
        },
    }.items()
    for type_name, names in types.items()
    for name in names.split()
}
"""What is of findings: proved apart, by tests/findings."""

MASKED: Final[Mapping[tuple[str, str], str]] = {
    ("Worker", "snils"): "snils",
    ("Worker", "inn"): "inn",
    ("Worker", "phone"): "phone",
    ("Worker", "email"): "email",
}
"""The fields whose values can be masked, and how."""

ARGUMENTS: Final[Mapping[tuple[str, str, str], str]] = {("Query", "worker", "snils"): "PERSONAL"}
"""Arguments that ask by what is not public."""

CLAIMED: Final[Mapping[tuple[str, str], str]] = {
    ("WorkerClaim", "snils"): "PERSONAL",
    ("WorkerClaim", "birthDate"): "PERSONAL",
}
"""What may be claimed of those alone of whom the caller may know it."""

INPUTS: Final[Mapping[tuple[str, str], str]] = {
    **CLAIMED,
    ("EligibilityWhere", "reasons"): "RESTRICTED",
    ("EmploymentWhere", "departments"): "INTERNAL",
    ("FindingWhere", "worker"): "RESTRICTED",
    ("EmploymentWhere", "rate"): "INTERNAL",
    ("RestrictionWhere", "imposedOn"): "RESTRICTED",
    ("RestrictionWhere", "inForce"): "RESTRICTED",
    ("RestrictionWhere", "kinds"): "RESTRICTED",
    ("RestrictionWhere", "liftedOn"): "RESTRICTED",
    ("TrainingWhere", "credits"): "INTERNAL",
    ("TrainingWhere", "hours"): "INTERNAL",
    ("WorkerWhere", "born"): "PERSONAL",
    ("WorkerWhere", "bornOn"): "PERSONAL",
    ("WorkerWhere", "restrictions"): "RESTRICTED",
    ("WorkforceWhere", "departments"): "INTERNAL",
}
"""Fields of inputs that ask by what is not public; the journal's aside."""

_RECORD: Final = "id updatedAt"
OPEN: Final[Mapping[str, str]] = {
    "Absence": "",
    "Credential": f"{_RECORD} worker kind specialty position number issuedBy issuedOn validUntil status"
    " confirmationUrl",
    "Education": f"{_RECORD} worker kind institution specialty qualification startedYear finishedYear foreign"
    " issuedOn verified",
    "Eligibility": "on allowed specialties",
    "Employment": f"{_RECORD} worker organization organizationOid position positionLevel kind startedOn"
    " endedOn",
    "PositionStaffing": "position posts",
    "QualificationCategory": f"{_RECORD} worker category specialty assignedOn validUntil",
    "Restriction": "",
    "Training": f"{_RECORD} worker title provider specialty plannedOn completedOn",
    "Verification": "index on key number problem found worker identityMatches differences eligible"
    " specialties",
    "Worker": f"{_RECORD} registryNumber lastName firstName middleName fullName sex region status"
    " registeredOn employments credentials educations categories trainings licenses eligibility expiring",
}
"""What is public about people, whole: a field new to one of these types is to be thought about here."""
