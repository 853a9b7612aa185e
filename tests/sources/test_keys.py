"""Keys accept what people type and name the exact fault, without repeating the text."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sources import keys
from sources.keys import InvalidKey, Snils

SPACES = ["", " ", "\u00a0", "\u2009", "\u202f", "\t", "\u3000", "\u200b", "\ufeff"]
HYPHENS = ["-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212", "\u00ad"]

nine_digits = st.integers(min_value=keys.SNILS_WITHOUT_CHECK + 1, max_value=999_999_999).map("{:09}".format)


def digits(length: int) -> st.SearchStrategy[str]:
    return st.integers(min_value=0, max_value=10**length - 1).map(f"{{:0{length}}}".format)


@st.composite
def snils_numbers(draw: st.DrawFn) -> str:
    nine = draw(nine_digits)
    return nine + keys.snils_check(nine)


@pytest.mark.parametrize(
    ("parse", "typed", "key"),
    [
        (keys.snils, "112-233-445 95", "11223344595"),
        (keys.snils, "001-001-998 00", "00100199800"),
        (keys.inn, "7707083893", "7707083893"),
        (keys.inn, "5001 0073 2259", "500100732259"),
        (keys.ogrn, "1027700132195", "1027700132195"),
        (keys.ogrn, "304500116000157", "304500116000157"),
        (keys.oid, " 1.2.643.5.1.13.13.12.2.77.7809\u00a0", "1.2.643.5.1.13.13.12.2.77.7809"),
        (keys.registry_number, " 7700 1234 ", "77001234"),
    ],
)
def test_keys_as_people_type_them(parse: object, typed: str, key: str) -> None:
    assert callable(parse)
    assert parse(typed) == key


@pytest.mark.parametrize(
    "typed",
    [
        "Л041-01137-77/01838787",
        "л041-01137-77/01838787",
        "L041-01137-77/01838787",
        "Л041 01137 77 / 01838787",
        "Л041\u201301137\u201477/01838787",
        "ЛО41-01137-77/01838787",
        "LO41-01137-77/01838787",
        "Л0410113777/01838787",
        "\u00a0Л041-01137-77\\01838787\u200b",
    ],
)
def test_license_numbers_of_the_new_form(typed: str) -> None:
    assert keys.license_number(typed) == "Л041-01137-77/01838787"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("ЛО-77-01-018109", "ЛО-77-01-018109"),
        ("LO-77-01-018109", "ЛО-77-01-018109"),
        ("ЛO\u201177\u201101\u2011018109", "ЛО-77-01-018109"),
        ("Л0-77-01-018109", "ЛО-77-01-018109"),
        ("ло 77 01 018109", "ЛО-77-01-018109"),
        ("ФС-99-01-009612", "ФС-99-01-009612"),
        ("ФC-99-01-009612", "ФС-99-01-009612"),
        ("FS-99-01-009612", "ФС-99-01-009612"),
    ],
)
def test_license_numbers_of_the_old_form(typed: str, key: str) -> None:
    assert keys.license_number(typed) == key


@pytest.mark.parametrize(
    ("parse", "typed", "fault"),
    [
        (keys.snils, "112-233-445 96", "check digits should be 95"),
        (keys.snils, "112-233-445 9", "11 digits expected, got 10"),
        (keys.snils, "", "11 digits expected, got 0"),
        (keys.snils, "112-233-445 9x", "only digits, spaces and hyphens are allowed"),
        (keys.snils, "١١٢-233-445 95", "only digits, spaces and hyphens are allowed"),
        (keys.inn, "7707083890", "check digit should be 3"),
        (keys.inn, "500100732250", "check digits should be 59"),
        (keys.inn, "77070838931", "10 or 12 digits expected, got 11"),
        (keys.ogrn, "1027700132194", "check digit should be 5"),
        (keys.ogrn, "304500116000156", "check digit should be 7"),
        (keys.ogrn, "10277001321", "13 or 15 digits expected, got 11"),
        (keys.oid, "1.2.643.05", "numbers joined by dots expected, from 0, 1 or 2 on, without leading zeros"),
        (keys.oid, "1", "numbers joined by dots expected, from 0, 1 or 2 on, without leading zeros"),
        (keys.oid, "1." * 40 + "1", "at most 64 characters are allowed, got 81"),
        (keys.license_number, "77-01-018109", "it begins with Л041, ЛО or ФС"),
        (keys.license_number, "Л041-01137-77/0183878", "15 digits expected after Л041, got 14"),
        (keys.license_number, "ЛО-77-01-0181091", "10 digits expected after ЛО, got 11"),
        (keys.license_number, "ЛО-77-01-01810x", "only digits may follow ЛО"),
        (keys.registry_number, "", "1 to 14 characters expected, got 0"),
        (keys.registry_number, "1" * 15, "1 to 14 characters expected, got 15"),
        (keys.registry_number, "12%", "only letters, digits and hyphens are allowed"),
    ],
)
def test_the_fault_is_named(parse: object, typed: str, fault: str) -> None:
    assert callable(parse)
    with pytest.raises(InvalidKey) as caught:
        parse(typed)
    assert caught.value.fault == fault


@given(snils_numbers(), st.sampled_from(SPACES), st.sampled_from(HYPHENS))
def test_snils_survives_spaces_and_hyphens(number: str, space: str, hyphen: str) -> None:
    typed = hyphen.join((number[:3], number[3:6], number[6:9])) + space + number[9:] + space
    assert keys.snils(typed) == number


@given(snils_numbers(), st.integers(0, 8), st.integers(1, 9))
def test_snils_with_a_wrong_digit_is_refused_without_being_repeated(
    number: str, position: int, change: int
) -> None:
    wrong = str((int(number[position]) + change) % 10)
    typed = number[:position] + wrong + number[position + 1 :]
    right = keys.snils_check(typed[:9])
    assume(int(typed[:9]) > keys.SNILS_WITHOUT_CHECK)
    assume(right != typed[9:])
    with pytest.raises(InvalidKey) as caught:
        keys.snils(typed)
    assert str(caught.value) == f"SNILS: check digits should be {right}"


@given(digits(9))
def test_an_inn_of_a_legal_entity_has_one_check_digit(nine: str) -> None:
    right = keys.inn_check(nine)
    assert keys.inn(nine + right) == nine + right
    for wrong in set("0123456789") - {right}:
        with pytest.raises(InvalidKey):
            keys.inn(nine + wrong)


@given(digits(10))
def test_an_inn_of_a_person_has_two_check_digits(ten: str) -> None:
    right = keys.inn_check(ten)
    assert keys.inn(ten + right) == ten + right
    with pytest.raises(InvalidKey, match=f"should be {right}"):
        keys.inn(ten + f"{(int(right) + 1) % 100:02}")


@given(st.one_of(digits(12), digits(14)))
def test_an_ogrn_has_one_check_digit(stem: str) -> None:
    right = keys.ogrn_check(stem)
    assert keys.ogrn(stem + right) == stem + right
    with pytest.raises(InvalidKey, match=f"should be {right}"):
        keys.ogrn(stem + str((int(right) + 1) % 10))


@given(st.text())
def test_any_text_is_a_key_or_an_invalid_one(text: str) -> None:
    for parse in (keys.snils, keys.inn, keys.ogrn, keys.oid, keys.license_number, keys.registry_number):
        try:
            once = parse(text)
        except InvalidKey:
            continue
        assert parse(once) == once


def test_masked_forms() -> None:
    assert keys.masked_snils(Snils("11223344595")) == "***-***-*** 95"
    assert keys.masked_inn(keys.inn("500100732259")) == "**********59"
