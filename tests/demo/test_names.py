"""Names in both genders."""

import pytest

from demo.names import MEN, WOMEN, feminine, latin, patronymic_of_woman


@pytest.mark.parametrize(
    ("man", "woman"),
    [
        ("Иванов", "Иванова"),
        ("Киселёв", "Киселёва"),
        ("Ильин", "Ильина"),
        ("Вишневский", "Вишневская"),
        ("Толстой", "Толстая"),
        ("Донской", "Донская"),
        ("Шевченко", "Шевченко"),
        ("Ким", "Ким"),
        ("Чёрных", "Чёрных"),
        ("Саркисян", "Саркисян"),
        ("Соловьёв-Седов", "Соловьёва-Седова"),
    ],
)
def test_surnames_of_women(man: str, woman: str) -> None:
    assert feminine(man) == woman


def test_patronymics_of_women() -> None:
    assert patronymic_of_woman("Иванович") == "Ивановна"
    assert patronymic_of_woman("Ильич") == "Ильинична"


def test_there_are_hundreds_of_surnames_and_each_has_a_mailbox() -> None:
    assert len(set(MEN.last)) == len(MEN.last) > 300
    assert len(WOMEN.last) == len(MEN.last)
    assert latin("Щукин") == "shchukin"
    assert all(box.isascii() and box.replace("-", "").isalpha() for box in (*MEN.mailboxes, *WOMEN.mailboxes))
