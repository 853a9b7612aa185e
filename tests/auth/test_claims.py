"""Claims: what the design agrees on is read, every other shape is refused by the claim's name."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auth.claims import principal_of
from auth.errors import InvalidToken, TokenFault
from auth.principal import Grant, Role
from tests.auth.forge import claims

OID = "1.2.643.5.1.13.13.12.2.77.7809"

SHAPES: dict[str, list[object]] = {
    "sub": ["", None, 5, ["ivanova"], "x" * 201, "a\nb", "\ud800", ...],
    "roles": [
        "worker",
        None,
        [""],
        ["Worker"],
        ["root"],
        [None],
        [["worker"]],
        {"worker": True},
        ["worker", 1],
    ],
    "organizations": [
        OID,
        [7],
        [""],
        ["1"],
        ["1..2"],
        ["1.02"],
        ["3.1"],
        ["1.2\n"],
        ["1.2 "],
        ["1.٢"],
        ["1." + "2" * 70],
    ],
    "regions": ["77", 77, [], [77], [""], ["7"], ["777"], ["77 "], ["٧٧"], None],
    "snils": [
        11223344595,
        "1122334459",
        "112233445955",
        "11223344595 ",
        "112 233 445 95",
        "",
        None,
        ["11223344595"],
    ],
    "sid": ["", 5, None, ["s"], "x" * 201],
    "jti": ["", 5, None],
    "acr": ["", 3, None, ["2"]],
    "amr": ["mfa", [1], [""], None, {"mfa": 1}],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in SHAPES.items() for value in values]
)
def test_other_shapes_are_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(InvalidToken) as refused:
        principal_of(claims(**{"sub": "ivanova", name: value}))
    assert (refused.value.fault, refused.value.claim) == (TokenFault.CLAIM, name)
    assert str(refused.value) == f"the token has a claim of a wrong shape: {name}"


def test_all_claims_together() -> None:
    principal = principal_of(
        claims(
            roles=["worker", "employer", "regulator", "auditor", "worker"],
            organizations=[OID],
            regions=["77", "50"],
            snils="112-233-445 95",
            sid="s1",
            jti="t1",
            acr="2",
            amr=["pwd", "mfa"],
        )
    )
    assert principal.grants == {
        Grant(Role.WORKER),
        Grant(Role.EMPLOYER, organizations=frozenset({OID})),
        Grant(Role.REGULATOR, regions=frozenset({"77", "50"})),
        Grant(Role.AUDITOR),
    }
    assert principal.snils == "11223344595"
    assert (principal.session, principal.token_id, principal.acr) == ("s1", "t1", "2")
    assert principal.amr == {"pwd", "mfa"}
    assert "11223344595" not in repr(principal)


def test_roles_without_extents() -> None:
    principal = principal_of(claims(roles=["employer", "regulator"]))
    assert principal.grants == {Grant(Role.EMPLOYER), Grant(Role.REGULATOR, regions=None)}


def test_no_organization_is_an_empty_list_too() -> None:
    assert principal_of(claims(roles=["employer"], organizations=[])).grants == {Grant(Role.EMPLOYER)}


def test_claims_of_others_are_left_alone() -> None:
    assert principal_of(claims(email=5, scope=None)).subject == "ivanova"


values = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=12)
    | st.lists(st.text(max_size=3), max_size=2)
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(SHAPES)), values))
def test_no_shape_ends_in_another_error(changes: dict[str, object]) -> None:
    with suppress(InvalidToken):
        assert principal_of(claims(**changes)).expires_at is not None
