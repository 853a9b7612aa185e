"""What a caller states in headers: a purpose and a mode, from short lists."""

import pytest

from auth.errors import UnknownWord
from auth.principal import PUBLIC, AccessMode, Grant, Principal, Purpose, Role


def test_stated_words() -> None:
    assert Purpose.stated(None) is None
    assert Purpose.stated(" Court-Order ") is Purpose.COURT_ORDER
    assert AccessMode.stated("reject") is AccessMode.REJECT
    assert AccessMode.stated(None) is None


@pytest.mark.parametrize("text", ["", "because", "inspection, licensing"])
def test_other_words_are_refused_with_the_list(text: str) -> None:
    with pytest.raises(UnknownWord) as refused:
        Purpose.stated(text)
    assert str(refused.value) == (
        "X-Access-Purpose should be one of:"
        " inspection, licensing, accreditation, complaint, correction, court-order"
    )


def test_modes_are_named_with_their_header() -> None:
    with pytest.raises(UnknownWord, match="X-Access-Mode should be one of: filter, reject"):
        AccessMode.stated("maybe")


def test_roles_are_those_of_all_grants() -> None:
    grants = frozenset({Grant(Role.WORKER), Grant(Role.EMPLOYER, frozenset({"1.2"})), Grant(Role.EMPLOYER)})
    assert Principal("both", grants).roles == {Role.WORKER, Role.EMPLOYER}
    assert PUBLIC.roles == frozenset()
