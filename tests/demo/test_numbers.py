"""Official numbers: the known examples, and no two alike."""

import pytest

from demo import numbers


def test_known_examples() -> None:
    assert numbers.snils(112_233_445) == "11223344595"
    assert numbers.inn_10("770708389") == "7707083893"
    assert numbers.inn_12("5001007322") == "500100732259"
    assert numbers.ogrn("102770013219") == "1027700132195"
    assert numbers.ogrnip("30450011600015") == "304500116000157"


@pytest.mark.parametrize(
    ("base", "digits", "span"),
    [
        (numbers.snils_base, 9, 998_000_027),
        (numbers.registry_base, 10, 8_999_999_993),
        (numbers.holder_base, 7, 8_999_993),
        (numbers.license_base, 8, 89_999_999),
    ],
)
def test_every_ordinal_has_a_number_of_its_own(base: numbers.Base, digits: int, span: int) -> None:
    first = [base(ordinal) for ordinal in range(10_000)]
    assert len(set(first)) == len(first)
    assert {len(f"{number:0{digits}}") for number in first} == {digits}
    assert base(span) == base(0), "the numbers begin anew only after the whole span"
    assert all(span % factor for factor in range(2, int(span**0.5) + 1)), (
        "a span that is no prime repeats early"
    )


def test_an_oid_part_has_no_leading_zero() -> None:
    assert numbers.organization_oid("01", 12) == "1.2.643.5.1.13.13.12.2.1.12"
