"""Row rules: extents, several grants, and that what is said before the rows holds for each of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auth.principal import PUBLIC, Grant, Principal, Purpose, Role
from auth.rights import Cell, Decision, FieldClass, Reason
from auth.rules import (
    OrganizationSubject,
    PersonSubject,
    Reach,
    RightsSet,
    Standing,
    Subject,
    decision,
    rights_of_row,
    rights_set,
    ruling,
    static_decision,
)
from tests.auth.test_rights import CLINIC, INSIDE, OTHER_CLINIC, OUTSIDE, PARENT, SNILS

EMPLOYER = Grant(Role.EMPLOYER, organizations=frozenset({CLINIC}))
INSURER = Grant(Role.INSURER)
REGULATOR = Grant(Role.REGULATOR, regions=frozenset({"77"}))

oids = st.sampled_from([CLINIC, OTHER_CLINIC, PARENT])
regions = st.sampled_from(["77", "78", "50"])
numbers = st.sampled_from([SNILS, "08765430300"])
grants = st.builds(Grant, st.sampled_from(Role), st.frozensets(oids), st.none() | st.frozensets(regions))
principals = st.builds(
    Principal,
    st.just("somebody"),
    st.frozensets(grants, max_size=4),
    st.none() | numbers,
    amr=st.frozensets(st.sampled_from(["pwd", "mfa"])),
)
subjects: st.SearchStrategy[Subject] = st.one_of(
    st.builds(PersonSubject, st.none() | numbers, st.none() | regions, st.frozensets(oids)),
    st.builds(OrganizationSubject, oids, st.none() | oids, st.none() | regions),
)
purposes = st.none() | st.sampled_from(Purpose)
classes = st.sampled_from(FieldClass)


@settings(deadline=None)
@given(principals, purposes, classes, subjects)
def test_what_holds_of_everyone_holds_of_each(
    principal: Principal, purpose: Purpose | None, field_class: FieldClass, subject: Subject
) -> None:
    before = ruling(rights_set(principal, purpose), field_class)
    of_row, reason = decision(principal, purpose, field_class, subject)
    assert of_row is not Decision.ROW
    assert of_row.rank <= before.best.rank
    assert before.decision in (of_row, Decision.ROW)
    assert (reason is None) == (of_row is Decision.VALUE)


@settings(deadline=None)
@given(principals, purposes, classes, subjects)
def test_several_grants_give_what_the_best_of_them_gives(
    principal: Principal, purpose: Purpose | None, field_class: FieldClass, subject: Subject
) -> None:
    alone = [
        Principal("somebody", frozenset({grant}), principal.snils, amr=principal.amr)
        for grant in principal.grants
    ]
    each = [decision(one, purpose, field_class, subject)[0] for one in [PUBLIC, *alone]]
    best = max(each, key=lambda one: one.rank)
    assert decision(principal, purpose, field_class, subject)[0] is best


@settings(deadline=None)
@given(principals, purposes, classes, subjects)
def test_a_purpose_never_takes_away(
    principal: Principal, purpose: Purpose | None, field_class: FieldClass, subject: Subject
) -> None:
    without = decision(principal, None, field_class, subject)[0]
    assert decision(principal, purpose, field_class, subject)[0].rank >= without.rank


@settings(deadline=None)
@given(principals, purposes, classes, subjects)
def test_a_type_without_a_mask_gives_values_or_nothing(
    principal: Principal, purpose: Purpose | None, field_class: FieldClass, subject: Subject
) -> None:
    rights = rights_of_row(principal, purpose, subject)
    maskable = ruling(rights, field_class).decision
    bare = ruling(rights, field_class, maskable=False).decision
    assert bare is (Decision.WITHHELD if maskable is Decision.MASK else maskable)


@pytest.mark.parametrize(
    ("subject", "seen"),
    [
        (OrganizationSubject(CLINIC, None, "78"), True),
        (OrganizationSubject(OTHER_CLINIC, CLINIC, "78"), True),
        (OrganizationSubject(PARENT, None, "77"), False),
        (PersonSubject("08765430300", "78", frozenset({OTHER_CLINIC, CLINIC})), True),
        (PersonSubject("08765430300", "78", frozenset()), False),
    ],
)
def test_employer_sees_own_organization_its_branches_and_current_staff(subject: Subject, seen: bool) -> None:
    employer = Principal("employer", frozenset({EMPLOYER}))
    expected = (Decision.VALUE, None) if seen else (Decision.WITHHELD, Reason.EXTENT)
    assert decision(employer, None, FieldClass.INTERNAL, subject) == expected


def test_worker_without_a_snils_is_nobody_in_particular() -> None:
    worker = Principal("worker", frozenset({Grant(Role.WORKER)}))
    unknown = PersonSubject(None, "77", frozenset())
    assert static_decision(worker, None, FieldClass.PERSONAL) is Decision.WITHHELD
    assert decision(worker, None, FieldClass.PERSONAL, unknown) == (Decision.WITHHELD, Reason.EXTENT)


def test_worker_is_no_organization() -> None:
    worker = Principal("worker", frozenset({Grant(Role.WORKER)}), snils=SNILS)
    assert decision(worker, None, FieldClass.INTERNAL, OrganizationSubject(CLINIC, None, "77")) == (
        Decision.WITHHELD,
        Reason.EXTENT,
    )


def test_regulator_without_regions_reaches_all_and_one_with_an_empty_set_none() -> None:
    everywhere = Principal("regulator", frozenset({Grant(Role.REGULATOR)}))
    nowhere = Principal("regulator", frozenset({Grant(Role.REGULATOR, regions=frozenset())}))
    assert static_decision(everywhere, Purpose.LICENSING, FieldClass.IDENTITY) is Decision.VALUE
    assert static_decision(nowhere, Purpose.LICENSING, FieldClass.IDENTITY) is Decision.WITHHELD


def test_subject_of_no_region_is_in_none() -> None:
    regulator = Principal("regulator", frozenset({REGULATOR}))
    assert decision(regulator, None, FieldClass.INTERNAL, PersonSubject(SNILS, None)) == (
        Decision.WITHHELD,
        Reason.EXTENT,
    )


def test_employer_and_insurer_in_one_token() -> None:
    both = Principal("both", frozenset({EMPLOYER, INSURER}))
    assert static_decision(both, None, FieldClass.PERSONAL) is Decision.ROW
    assert decision(both, None, FieldClass.PERSONAL, INSIDE) == (Decision.VALUE, None)
    assert decision(both, None, FieldClass.PERSONAL, OUTSIDE) == (Decision.MASK, Reason.EXTENT)
    assert decision(both, None, FieldClass.RESTRICTED, OUTSIDE) == (Decision.WITHHELD, Reason.EXTENT)


def test_a_purpose_does_not_widen_the_regulators_regions() -> None:
    both = Principal("both", frozenset({REGULATOR, INSURER}))
    assert decision(both, Purpose.INSPECTION, FieldClass.PERSONAL, OUTSIDE) == (
        Decision.MASK,
        Reason.EXTENT,
    )


def test_step_up_is_met_by_strong_methods_alone() -> None:
    weak = Principal("weak", amr=frozenset({"pwd", "otp"}))
    strong = Principal("strong", amr=frozenset({"pwd", "mfa"}))
    assert rights_set(weak, None).met == frozenset()
    assert rights_set(strong, Purpose.LICENSING).met == {Reason.STEP_UP, Reason.PURPOSE}
    cell = Cell(Decision.VALUE, needs=Reason.STEP_UP)
    assert cell.given(rights_set(weak, None).met) is Decision.WITHHELD
    assert cell.given(rights_set(strong, None).met) is Decision.VALUE


def test_rights_are_the_same_for_two_employers_before_rows_are_known() -> None:
    other = Principal("other", frozenset({Grant(Role.EMPLOYER, frozenset({OTHER_CLINIC}))}))
    mine = rights_set(Principal("mine", frozenset({EMPLOYER})), None)
    assert mine == rights_set(other, None)
    assert mine == RightsSet(frozenset({Standing(Role.EMPLOYER, Reach.SOME)}), frozenset())


def test_no_text_of_a_principal_or_subject_holds_a_snils() -> None:
    worker = Principal("worker", frozenset({Grant(Role.WORKER)}), snils=SNILS)
    assert SNILS not in f"{worker!r} {INSIDE!r}"
