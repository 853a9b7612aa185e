"""The types that a row must have."""

import datetime as dt
from types import NoneType

from sources.license import LicenseRecord
from sources.sql.contract import contract, keeps


def test_the_type_of_a_key_is_what_it_is_made_of() -> None:
    assert contract(LicenseRecord, ("number",)) == (frozenset({str}),)


def test_what_may_be_absent_has_two_types_a_key_too() -> None:
    assert contract(LicenseRecord, ("valid_until", "organization_oid")) == (
        frozenset({dt.date, NoneType}),
        frozenset({str, NoneType}),
    )


def test_a_row_keeps_its_contract_position_by_position() -> None:
    wanted = contract(LicenseRecord, ("number", "organization_oid"))

    assert keeps(("Л041-01137-77/00123456", None), wanted)
    assert not keeps((None, None), wanted)
    assert not keeps(("Л041-01137-77/00123456", 5), wanted)
    assert not keeps(("Л041-01137-77/00123456",), wanted)
