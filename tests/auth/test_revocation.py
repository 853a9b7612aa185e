"""What a revocation strikes, for how long, and what it does not."""

from dataclasses import replace
from datetime import UTC, datetime

from auth.principal import Principal
from auth.revocation import KEPT, Kind, Revocation, Revocations, mark, marks_of
from auth.tokens import LIFETIME, SKEW
from tests.auth.forge import NOW

ANNA = Principal("anna", session="s-1", token_id="t-1", issued_at=datetime.fromtimestamp(NOW, UTC))


def revoked(kind: Kind, name: str, at: float = NOW) -> Revocations:
    revocations = Revocations()
    revocations.add([Revocation(kind, mark(kind, name), name, at)])
    return revocations


def test_a_token_is_struck_by_its_own_name_its_session_and_its_holder() -> None:
    marks = marks_of(ANNA)
    assert revoked(Kind.TOKEN, "t-1").strike(marks)
    assert revoked(Kind.SESSION, "s-1").strike(marks)
    assert revoked(Kind.SUBJECT, "anna").strike(marks)


def test_a_name_of_another_kind_strikes_nobody() -> None:
    marks = marks_of(replace(ANNA, subject="t-1", session="anna", token_id="s-1"))
    for kind, name in ((Kind.TOKEN, "t-1"), (Kind.SESSION, "s-1"), (Kind.SUBJECT, "anna")):
        assert not revoked(kind, name).strike(marks)


def test_a_token_without_those_names() -> None:
    marks = marks_of(Principal("anna"))
    assert not revoked(Kind.TOKEN, "t-1").strike(marks)
    assert not revoked(Kind.TOKEN, "").strike(marks)
    assert revoked(Kind.SUBJECT, "anna").strike(marks)


def test_a_person_who_signs_in_again_is_let_in_once_the_clocks_cannot_lie() -> None:
    revocations = revoked(Kind.SUBJECT, "anna", at=NOW)
    for later, struck in ((0, True), (SKEW, True), (SKEW + 1, False)):
        issued = datetime.fromtimestamp(NOW + later, UTC)
        assert revocations.strike(marks_of(replace(ANNA, issued_at=issued))) is struck


def test_of_two_revocations_of_a_person_the_later_counts_in_any_order() -> None:
    both = [Revocation(Kind.SUBJECT, mark(Kind.SUBJECT, "anna"), "anna", at) for at in (NOW - 1_000, NOW)]
    for order in (both, both[::-1]):
        revocations = Revocations()
        revocations.add(order)
        assert revocations.strike(marks_of(ANNA))


def test_a_revocation_is_forgotten_when_no_token_of_then_can_live() -> None:
    assert KEPT >= LIFETIME + SKEW
    revocations = revoked(Kind.TOKEN, "t-1")
    revocations.forget(NOW + KEPT - 1)
    assert revocations.strike(marks_of(ANNA))
    revocations.forget(NOW + KEPT)
    assert not revocations.strike(marks_of(ANNA))
    assert len(revocations) == 0


def test_the_version_tells_of_new_ones_alone() -> None:
    revocations = revoked(Kind.TOKEN, "t-1")
    version = revocations.version
    revocations.add(revocations)
    assert revocations.version == version
    revocations.add(revoked(Kind.TOKEN, "t-2"))
    assert revocations.version > version
