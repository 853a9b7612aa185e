"""Row rules: extents, several grants, and that what is said before the rows holds for each of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auth.principal import Grant, Principal, Purpose, Role
from auth.rights import Cell, Decision, FieldClass, Reason
from auth.rules import (
    OrganizationSubject,
    PersonSubject,
    Reach,
    RightsSet,
    Standing,
    Subject,
    decision,
    own_organizations,
    reaching,
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


@settings(deadline=None, max_examples=300)
@given(principals, purposes, classes, subjects, st.booleans())
def test_several_grants_give_what_the_best_of_them_gives_alone(
    principal: Principal, purpose: Purpose | None, field_class: FieldClass, subject: Subject, maskable: bool
) -> None:
    """Each grant judged by itself, in words of its own: the union of these, and no mixture of them."""
    each = [naive(grant, principal, purpose, field_class, subject) for grant in principal.grants]
    best = max(each, default=0) if field_class is not FieldClass.PUBLIC else 2
    expected = 0 if best == 1 and not maskable else best
    found = ruling(rights_of_row(principal, purpose, subject), field_class, maskable=maskable)
    assert found.decision.rank == expected


def naive(
    grant: Grant, principal: Principal, purpose: Purpose | None, field_class: FieldClass, subject: Subject
) -> int:
    """What one grant gives: 2 the value, 1 a mask, 0 nothing. Written without the table."""
    internal, restricted = field_class is FieldClass.INTERNAL, field_class is FieldClass.RESTRICTED
    personal, strong = field_class is FieldClass.PERSONAL, "mfa" in principal.amr
    quality = field_class is FieldClass.QUALITY
    if field_class is FieldClass.JOURNAL:
        return 2 if grant.role is Role.AUDITOR else 0
    if isinstance(subject, PersonSubject):
        employers, snils = set(subject.organization_oids), subject.snils
    else:
        employers, snils = {subject.oid}, None
    match grant.role:
        case Role.WORKER if snils is None or snils != principal.snils:
            return 0
        case Role.WORKER:
            return 2 if internal or restricted or personal or quality or strong else 0
        case Role.EMPLOYER:
            given = internal or restricted or personal or quality
            return 2 if grant.organizations & employers and given else 0
        case Role.REGULATOR if grant.regions is not None and subject.region_code not in grant.regions:
            return 0
        case Role.REGULATOR if internal or restricted or quality:
            return 2
        case Role.REGULATOR:
            return 2 if purpose and (personal or strong) else int(personal)
        case Role.INSURER:
            return 2 if internal else int(personal)
        case Role.AUDITOR:
            return 2 if internal or restricted or quality else int(personal)
        case Role.ADMIN if quality:
            return 2
        case Role.ADMIN | Role.SUPPORT:
            return int(personal)
        case Role.ANALYST:
            return 0


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
        (
            OrganizationSubject(OTHER_CLINIC, CLINIC, "78"),
            False,
        ),  # a branch is reached by `reaching`, if it works
        (OrganizationSubject(PARENT, None, "77"), False),
        (PersonSubject("08765430300", "78", frozenset({OTHER_CLINIC, CLINIC})), True),
        (PersonSubject("08765430300", "78", frozenset()), False),
    ],
)
def test_employer_sees_the_organizations_he_reaches_and_their_current_staff(
    subject: Subject, seen: bool
) -> None:
    employer = Principal("employer", frozenset({EMPLOYER}))
    expected = (Decision.VALUE, None) if seen else (Decision.WITHHELD, Reason.EXTENT)
    assert decision(employer, None, FieldClass.INTERNAL, subject) == expected


def test_branches_are_reached_as_far_as_the_registry_has_them() -> None:
    """The token names three: one with a branch, one that is liquidated, one that no registry knows."""
    token = frozenset({CLINIC, "1.2.643.3", "1.2.643.4"})
    caller = Principal("caller", frozenset({Grant(Role.EMPLOYER, token), REGULATOR, INSURER}))
    found = reaching(caller, {CLINIC: {CLINIC, OTHER_CLINIC}, "1.2.643.3": frozenset()})
    assert own_organizations(caller) == token
    assert own_organizations(found) == {CLINIC, OTHER_CLINIC, "1.2.643.4"}
    assert found.grants - {REGULATOR, INSURER} == {Grant(Role.EMPLOYER, own_organizations(found))}
    assert decision(found, None, FieldClass.RESTRICTED, OUTSIDE) == (Decision.VALUE, None)
    assert decision(caller, None, FieldClass.RESTRICTED, OUTSIDE) == (Decision.WITHHELD, Reason.EXTENT)


def test_only_an_employers_organizations_reach_staff() -> None:
    named = Grant(Role.AUDITOR, organizations=frozenset({CLINIC}))
    auditor = Principal("auditor", frozenset({named}))
    assert own_organizations(auditor) == frozenset()
    assert reaching(auditor, {CLINIC: {CLINIC, OTHER_CLINIC}}) == auditor


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
    strong = frozenset({"mfa"})
    everywhere = Principal("regulator", frozenset({Grant(Role.REGULATOR)}), amr=strong)
    nowhere = Principal("regulator", frozenset({Grant(Role.REGULATOR, regions=frozenset())}), amr=strong)
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


@pytest.mark.parametrize(
    ("signed_in", "counts"),
    [
        (Principal("weak", amr=frozenset({"pwd", "otp"})), False),
        (Principal("weak", acr="1"), False),
        (Principal("strong", amr=frozenset({"pwd", "mfa"})), True),
        (Principal("strong", amr=frozenset({"hwk"})), True),
        (Principal("strong", acr="phr"), True),
    ],
)
def test_step_up_is_met_by_strong_sign_in_alone(signed_in: Principal, counts: bool) -> None:
    assert rights_set(signed_in, None).met == (frozenset({Reason.STEP_UP}) if counts else frozenset())
    assert Reason.PURPOSE in rights_set(signed_in, Purpose.LICENSING).met


def test_a_cell_wants_all_its_conditions() -> None:
    cell = Cell(Decision.VALUE, (Reason.PURPOSE, Reason.STEP_UP), Decision.MASK)
    for met in ((), (Reason.PURPOSE,), (Reason.STEP_UP,)):
        assert cell.given(frozenset(met)) is Decision.MASK
    assert cell.given(frozenset({Reason.PURPOSE, Reason.STEP_UP})) is Decision.VALUE
    assert cell.lacking(frozenset({Reason.PURPOSE})) == (Reason.STEP_UP,)
    assert str(cell) == "value with purpose and step-up, else mask"
    assert str(cell.unmasked) == "value with purpose and step-up, else –"


def test_a_masks_absence_is_no_matter_of_extent() -> None:
    """A type that carries no mask is nothing to an insurer anywhere: another role is what he lacks."""
    rights = rights_set(Principal("insurer", frozenset({INSURER})), None)
    assert ruling(rights, FieldClass.PERSONAL, maskable=False).lacking is Reason.ROLE
    assert ruling(rights, FieldClass.PERSONAL).lacking is Reason.ROLE


def test_of_two_grants_the_nearest_condition_is_told() -> None:
    both = Principal("both", frozenset({Grant(Role.WORKER), Grant(Role.REGULATOR)}), snils=SNILS)
    assert decision(both, None, FieldClass.IDENTITY, INSIDE) == (Decision.WITHHELD, Reason.STEP_UP)
    assert decision(both, None, FieldClass.IDENTITY, OUTSIDE) == (Decision.WITHHELD, Reason.PURPOSE)


def test_rights_are_the_same_for_two_employers_before_rows_are_known() -> None:
    other = Principal("other", frozenset({Grant(Role.EMPLOYER, frozenset({OTHER_CLINIC}))}))
    mine = rights_set(Principal("mine", frozenset({EMPLOYER})), None)
    assert mine == rights_set(other, None)
    assert mine == RightsSet(frozenset({Standing(Role.EMPLOYER, Reach.SOME)}), frozenset())


def test_no_text_of_a_principal_or_subject_holds_a_snils() -> None:
    worker = Principal("worker", frozenset({Grant(Role.WORKER)}), snils=SNILS)
    assert SNILS not in f"{worker!r} {INSIDE!r}"
