"""A sight reaches exactly those of whom the row rules give the value, whoever asks and for whatever class."""

from hypothesis import given, settings
from hypothesis import strategies as st

from auth.principal import PUBLIC, Grant, Principal, Purpose, Role
from auth.rights import Decision, FieldClass
from auth.rules import PersonSubject, decision
from auth.sight import EVERYONE, NOBODY, Sight, sight
from tests.auth.test_rights import CLINIC, OTHER_CLINIC, SNILS
from tests.auth.test_rules import numbers, oids, principals, purposes, regions

people = st.builds(PersonSubject, st.none() | numbers, st.none() | regions, st.frozensets(oids))
classes = st.sampled_from([each for each in FieldClass if each is not FieldClass.JOURNAL])


def reaches(seen: Sight, person: PersonSubject) -> bool:
    """What a search makes of a sight."""
    own = seen.snils is not None and seen.snils == person.snils
    employed = not seen.organizations.isdisjoint(person.organization_oids)
    return seen.everyone or own or employed or person.region_code in seen.regions


@settings(deadline=None, max_examples=500)
@given(principals, purposes, classes, people)
def test_it_reaches_those_of_whom_the_value_is_given(
    principal: Principal, purpose: Purpose | None, field_class: FieldClass, person: PersonSubject
) -> None:
    given, _ = decision(principal, purpose, field_class, person)
    assert reaches(sight(principal, purpose, field_class), person) == (given is Decision.VALUE)


def test_what_is_public_is_seen_of_everyone() -> None:
    assert sight(PUBLIC, None, FieldClass.PUBLIC) == EVERYONE
    assert sight(PUBLIC, None, FieldClass.INTERNAL) == NOBODY
    assert sight(PUBLIC, None, FieldClass.INTERNAL).nobody


def test_a_mask_does_not_let_ask() -> None:
    inspector = Principal("inspector", frozenset({Grant(Role.REGULATOR, regions=frozenset({"77"}))}))
    assert sight(inspector, None, FieldClass.PERSONAL) == NOBODY
    assert sight(inspector, Purpose.INSPECTION, FieldClass.PERSONAL) == Sight(regions=frozenset({"77"}))
    assert sight(inspector, None, FieldClass.RESTRICTED) == Sight(regions=frozenset({"77"}))


def test_several_grants_reach_together() -> None:
    grants = {
        Grant(Role.WORKER),
        Grant(Role.EMPLOYER, frozenset({CLINIC})),
        Grant(Role.EMPLOYER, frozenset({OTHER_CLINIC})),
    }
    both = Principal("both", frozenset(grants), SNILS)
    seen = sight(both, None, FieldClass.PERSONAL)
    assert seen == Sight(False, SNILS, frozenset({CLINIC, OTHER_CLINIC}))
    assert SNILS not in repr(seen)
