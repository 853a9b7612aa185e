"""Explanations say what the rules decide, whoever asks, and name what is lacking."""

from hypothesis import given, settings
from hypothesis import strategies as st

from auth.explain import Given, explanation, needs_record
from auth.principal import PUBLIC, Grant, Principal, Purpose, Role
from auth.rights import Decision, FieldClass, Reason
from auth.rules import PersonSubject, Subject, rights_of_row, rights_set, ruling
from auth.table import Classed
from tests.auth.test_rights import CLINIC, INSIDE, OUTSIDE, SNILS
from tests.auth.test_rules import classes, principals, purposes, subjects

PASSPORT = Classed("Worker.passportNumber", FieldClass.IDENTITY, maskable=False)
PHONE = Classed("Worker.phone", FieldClass.PERSONAL)
NOBODY = PersonSubject(None, None)
WORKER = Principal("worker", frozenset({Grant(Role.WORKER)}), SNILS)
EMPLOYER = Principal("employer", frozenset({Grant(Role.EMPLOYER, frozenset({CLINIC}))}))


@settings(deadline=None)
@given(principals, purposes, classes, subjects, st.booleans())
def test_the_explanation_is_the_decision(
    principal: Principal, purpose: Purpose | None, field_class: FieldClass, subject: Subject, maskable: bool
) -> None:
    classed = Classed("Worker.field", field_class, maskable)
    decided = ruling(rights_of_row(principal, purpose, subject), field_class, maskable=maskable)
    found = explanation(principal, purpose, classed, subject)
    assert found.decision.value == decided.decision.value
    assert (found.decided_by is None) == (found.decision is Given.WITHHELD or classed.is_public)
    if found.decision is not Given.VALUE:
        assert all(rule.lacking for rule in found.missing)
        assert decided.reason in {reason for rule in found.missing for reason in rule.lacking} | {Reason.ROLE}


@settings(deadline=None)
@given(principals, purposes, classes, subjects, st.booleans())
def test_the_record_is_asked_for_wherever_it_decides(
    principal: Principal, purpose: Purpose | None, field_class: FieldClass, subject: Subject, maskable: bool
) -> None:
    classed = Classed("Worker.field", field_class, maskable)
    if not needs_record(principal, purpose, classed):
        told = explanation(principal, purpose, classed, NOBODY)
        assert told == explanation(principal, purpose, classed, subject)
    before = ruling(rights_set(principal, purpose), field_class, maskable=maskable)
    assert before.decision is not Decision.ROW or needs_record(principal, purpose, classed)


def test_what_a_worker_lacks_of_his_own_passport_and_anothers() -> None:
    own = explanation(WORKER, None, PASSPORT, INSIDE)
    assert (own.decision, own.decided_by) == (Given.WITHHELD, None)
    assert {rule.role: rule.lacking for rule in own.missing} == {
        Role.WORKER: (Reason.STEP_UP,),
        Role.REGULATOR: (Reason.ROLE, Reason.PURPOSE, Reason.STEP_UP),
    }
    another = explanation(WORKER, None, PASSPORT, OUTSIDE)
    assert another.missing[0].lacking == (Reason.EXTENT, Reason.STEP_UP)


def test_which_rule_gives() -> None:
    found = explanation(EMPLOYER, None, PHONE, INSIDE)
    assert found.decided_by is not None
    assert (found.decided_by.role, found.decided_by.lacking) == (Role.EMPLOYER, ())
    assert (found.decision, found.missing) == (Given.VALUE, ())


def test_a_record_outside_is_explained_as_none() -> None:
    for principal in (EMPLOYER, WORKER, PUBLIC):
        assert explanation(principal, None, PHONE, OUTSIDE) == explanation(principal, None, PHONE, NOBODY)


def test_what_is_public_needs_no_rule() -> None:
    found = explanation(PUBLIC, None, Classed("Worker.lastName", FieldClass.PUBLIC), OUTSIDE)
    assert (found.decision, found.decided_by, found.missing) == (Given.VALUE, None, ())
