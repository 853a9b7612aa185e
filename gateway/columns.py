"""Which columns an operation reads of each noun, so that the registries are asked for those and no others."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from auth.decisions import Decisions
from auth.rights import Decision
from gateway.build import Built, Coordinate
from resolvers.link import OWN, Needs
from resolvers.subject import NEEDS as SUBJECT_NEEDS
from resolvers.subject import is_watched
from sources.license import LicenseActivityRecord, LicenseEventRecord, LicenseRecord
from sources.organization import DepartmentRecord, OrganizationRecord, StaffingUnitRecord
from sources.qualification import CategoryRecord, CredentialRecord, EducationRecord, TrainingRecord
from sources.rows import Columns, Record, columns_of
from sources.worker import AbsenceRecord, EmploymentRecord, RestrictionRecord, WorkerRecord

RECORDS: Mapping[str, type[Record]] = {
    record.noun: record
    for record in (
        WorkerRecord,
        EmploymentRecord,
        RestrictionRecord,
        AbsenceRecord,
        OrganizationRecord,
        DepartmentRecord,
        StaffingUnitRecord,
        LicenseRecord,
        LicenseActivityRecord,
        LicenseEventRecord,
        EducationRecord,
        CredentialRecord,
        CategoryRecord,
        TrainingRecord,
    )
}
"""The record of each noun."""

TABLES: Mapping[str, Columns] = {noun: columns_of(record) for noun, record in RECORDS.items()}
"""The columns of each noun, in the order of its table."""


class ColumnsOf:
    """The columns that the fields of an operation read, as their declarations say."""

    def __init__(self, built: Built) -> None:
        """Raises LookupError for a declaration that names a column which no table has."""
        self._needs = {coordinate: _needs(built, coordinate) for coordinate in built.declarations}
        for coordinate, needs in self._needs.items():
            _check(coordinate, needs)
        self._watched = {
            coordinate
            for coordinate, declared in built.declarations.items()
            if is_watched(coordinate[0], declared.field_class)
        }
        self.of = lru_cache(maxsize=2_000)(self._of)

    def _of(self, decisions: Decisions) -> Mapping[str, Columns]:
        asked: dict[str, set[str]] = {}
        for coordinate in decisions.fields:
            decided = decisions.of(*coordinate)
            if decided is Decision.WITHHELD:
                continue
            for noun, columns in self._needs.get(coordinate, {}).items():
                asked.setdefault(noun, set()).update(columns)
            if decided is Decision.ROW or coordinate in self._watched:
                for noun, columns in SUBJECT_NEEDS.get(coordinate[0], {}).items():
                    asked.setdefault(noun, set()).update(columns)
        return {noun: _in_order(noun, columns) for noun, columns in asked.items()}


def _needs(built: Built, coordinate: Coordinate) -> Needs:
    """What a field reads, each noun by its name; without a resolver, the column that bears its name."""
    owner = coordinate[0]
    needs = built.declarations[coordinate].needs
    if needs is None:
        needs = {OWN: (built.python_names[coordinate],)}
    return {noun or owner: columns for noun, columns in needs.items() if (noun or owner) in TABLES}


def _check(coordinate: Coordinate, needs: Needs) -> None:
    for noun, columns in needs.items():
        unknown = set(columns) - set(TABLES[noun])
        if unknown:
            message = f"{'.'.join(coordinate)} reads {', '.join(sorted(unknown))}, which {noun} does not have"
            raise LookupError(message)


def _in_order(noun: str, columns: Sequence[str] | set[str]) -> Columns:
    return tuple(column for column in TABLES[noun] if column in columns)
