"""Masks: the forms of DESIGN 5, and no mask for what is not of its kind."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auth.masks import MASKS, mask


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("Snils", "11223344595", "***-***-*** 95"),
        ("Snils", "112-233-445 95", "***-***-*** 95"),
        ("Inn", "500100732259", "**********59"),
        ("Inn", "7707083893", "********93"),
        ("Phone", "+7 912 345-67-67", "+7 *** ***-**-67"),
        ("Phone", "+79123456767", "+7 *** ***-**-67"),
        ("Phone", "8 (912) 345 67 67", "+7 *** ***-**-67"),
        ("Email", "petrova@clinic.example.ru", "p***@***.ru"),
        ("Email", " Ёлка@почта.рф ", "Ё***@***.рф"),
        ("Email", "ab@x.xn--p1ai", "a***@***.xn--p1ai"),
    ],
)
def test_forms(kind: str, value: str, expected: str) -> None:
    assert mask(kind, value) == expected


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("Date", "1980-02-03"),
        ("String", "Иванова"),
        ("snils", "11223344595"),
        ("Snils", None),
        ("Snils", 11223344595),
        ("Snils", "1122334459"),
        ("Snils", "1122334459A5"),
        ("Snils", ""),
        ("Inn", "12345678901"),
        ("Phone", "112"),
        ("Phone", "+1 212 555-01-67 доб. 5"),
        ("Phone", "+4915123456789"),
        ("Email", "petrova"),
        ("Email", "p@x.ru"),
        ("Email", "petrova@localhost"),
        ("Email", "a b@x.ru"),
        ("Email", "ab@x.12"),
        ("Email", "ab@[10.0.0.1]"),
    ],
)
def test_what_carries_no_mask(kind: str, value: object) -> None:
    assert mask(kind, value) is None


@settings(deadline=None)
@given(st.sampled_from(sorted(MASKS)), st.text() | st.from_regex(r"[0-9 +()-]{9,20}", fullmatch=True))
def test_a_mask_tells_two_digits_or_a_letter_and_a_zone_at_most(kind: str, value: str) -> None:
    masked = mask(kind, value)
    assert masked is None or re.fullmatch(
        r"\*{3}-\*{3}-\*{3} \d\d|\*{8}(\*\*)?\d\d|\+7 \*{3} \*{3}-\*\*-\d\d|\S\*{3}@\*{3}\.[^@.]+", masked
    )
