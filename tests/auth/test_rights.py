"""The decision table, cell by cell: written out once more, so that a change is made on purpose."""

from dataclasses import replace

import pytest

from auth.principal import Grant, Principal, Purpose, Role
from auth.rights import TABLE, Decision, Extent, FieldClass, Reason
from auth.rules import OrganizationSubject, PersonSubject, Subject, decision, static_decision

SNILS, OTHER_SNILS = "11223344595", "08765430300"
CLINIC, OTHER_CLINIC, PARENT = "1.2.643.1", "1.2.643.2", "1.2.643.9"
INSIDE = PersonSubject(SNILS, "77", frozenset({CLINIC}))
OUTSIDE = PersonSubject(OTHER_SNILS, "78", frozenset({OTHER_CLINIC}))

V, M, W = Decision.VALUE, Decision.MASK, Decision.WITHHELD

# Inside the extent, with a purpose and step-up: internal, restricted, personal, identity.
EXPECTED = {
    None: (W, W, W, W),
    Role.WORKER: (V, V, V, V),
    Role.EMPLOYER: (V, V, V, W),
    Role.REGULATOR: (V, V, V, V),
    Role.INSURER: (V, W, M, W),
    Role.AUDITOR: (V, V, M, W),
    Role.ANALYST: (W, W, W, W),
    Role.ADMIN: (W, W, M, W),
    Role.SUPPORT: (W, W, M, W),
}
CLASSES = (FieldClass.INTERNAL, FieldClass.RESTRICTED, FieldClass.PERSONAL, FieldClass.IDENTITY)
CELLS = [
    (role, field_class, expected)
    for role, cells in EXPECTED.items()
    for field_class, expected in zip(CLASSES, cells, strict=True)
]
BOUNDED = (Role.WORKER, Role.EMPLOYER, Role.REGULATOR)


def somebody(role: Role | None) -> Principal:
    """A principal with one role, whose extent holds INSIDE and not OUTSIDE."""
    grant = role and Grant(
        role,
        organizations=frozenset({CLINIC} if role is Role.EMPLOYER else ()),
        regions=frozenset({"77"}) if role is Role.REGULATOR else None,
    )
    return Principal("somebody", frozenset({grant} if grant else ()), snils=SNILS, amr=frozenset({"mfa"}))


@pytest.mark.parametrize(("role", "field_class", "expected"), CELLS)
def test_cell_inside_the_extent(role: Role | None, field_class: FieldClass, expected: Decision) -> None:
    given, reason = decision(somebody(role), Purpose.INSPECTION, field_class, INSIDE)
    assert given is expected
    assert reason is (None if expected is V else Reason.ROLE)


@pytest.mark.parametrize(("role", "field_class", "expected"), CELLS)
def test_outside_its_extent_a_role_is_public(
    role: Role | None, field_class: FieldClass, expected: Decision
) -> None:
    given, reason = decision(somebody(role), Purpose.INSPECTION, field_class, OUTSIDE)
    if role in BOUNDED:
        assert given is W
        assert reason is (Reason.ROLE if expected is W else Reason.EXTENT)
    else:
        assert given is expected


@pytest.mark.parametrize("role", EXPECTED)
@pytest.mark.parametrize("subject", [INSIDE, OUTSIDE, OrganizationSubject(CLINIC, None, "77")])
def test_what_is_public_is_everyones(role: Role | None, subject: Subject) -> None:
    assert decision(somebody(role), None, FieldClass.PUBLIC, subject) == (V, None)
    assert static_decision(somebody(role), None, FieldClass.PUBLIC) is V


MASKED, NOTHING = (M, Reason.PURPOSE), (W, Reason.PURPOSE)


@pytest.mark.parametrize(
    ("role", "purpose", "amr", "personal", "identity"),
    [
        (Role.REGULATOR, None, "pwd", MASKED, NOTHING),
        (Role.REGULATOR, None, "mfa", MASKED, NOTHING),
        (Role.REGULATOR, Purpose.INSPECTION, "pwd", (V, None), (W, Reason.STEP_UP)),
        (Role.REGULATOR, Purpose.INSPECTION, "mfa", (V, None), (V, None)),
        (Role.WORKER, None, "pwd", (V, None), (W, Reason.STEP_UP)),
        (Role.WORKER, None, "mfa", (V, None), (V, None)),
        (Role.EMPLOYER, Purpose.INSPECTION, "mfa", (V, None), (W, Reason.ROLE)),
    ],
)
def test_conditions_inside_the_extent(
    role: Role,
    purpose: Purpose | None,
    amr: str,
    personal: tuple[Decision, Reason | None],
    identity: tuple[Decision, Reason | None],
) -> None:
    caller = replace(somebody(role), amr=frozenset({amr}))
    assert decision(caller, purpose, FieldClass.RESTRICTED, INSIDE) == (V, None)
    assert decision(caller, purpose, FieldClass.PERSONAL, INSIDE) == personal
    assert decision(caller, purpose, FieldClass.IDENTITY, INSIDE) == identity


@pytest.mark.parametrize(("role", "field_class", "expected"), CELLS)
def test_before_any_record_is_known(role: Role | None, field_class: FieldClass, expected: Decision) -> None:
    depends = role in BOUNDED and expected is not W
    found = static_decision(somebody(role), Purpose.COMPLAINT, field_class)
    assert found is (Decision.ROW if depends else expected)


def test_every_role_has_rights_and_an_extent() -> None:
    assert set(TABLE) == set(Role)
    assert {role: rights.extent for role, rights in TABLE.items()} == {
        Role.WORKER: Extent.SELF,
        Role.EMPLOYER: Extent.OWN_STAFF,
        Role.REGULATOR: Extent.REGIONS,
    } | dict.fromkeys(set(Role) - set(BOUNDED), Extent.ALL)
