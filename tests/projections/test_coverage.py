"""Which licensed activities cover which specialty, by the real code lists."""

from projections.coverage import ActivityCoverage, coverage
from sources.dictionary import Dictionaries

DICTIONARIES = Dictionaries.load()
COVERAGE = coverage(DICTIONARIES)


def specialty(name: str, level: str = "HIGHER") -> str:
    """The code of a specialty."""
    found = [
        entry.code
        for entry in DICTIONARIES.entries("specialties")
        if entry.name == name and entry.attributes["level"] == level
    ]
    assert len(found) == 1
    return found[0]


def covering(code: str) -> set[str]:
    """The names of the activities that cover a specialty each by itself."""
    entries = DICTIONARIES.entries("license_activities")
    return {str(entry.name) for entry in entries if COVERAGE.covers(code, {entry.code})}


def test_an_activity_of_the_same_name_covers_and_another_one_does_not() -> None:
    assert covering(specialty("Офтальмология")) == {"офтальмология"}


def test_what_stands_in_brackets_does_not_matter() -> None:
    assert covering(specialty("Оториноларингология")) == {
        "оториноларингология (за исключением кохлеарной имплантации)",
        "оториноларингология (кохлеарная имплантация)",
    }


def test_a_former_name_counts() -> None:
    assert covering(specialty("Анестезиология-реаниматология")) == {"анестезиология и реаниматология"}


def test_a_specialty_with_an_activity_of_its_own_is_not_covered_by_its_base() -> None:
    assert covering(specialty("Кардиология")) == {"кардиология"}
    assert covering(specialty("Терапия")) == {"терапия"}


def test_the_base_specialty_covers_one_that_no_activity_names() -> None:
    assert covering(specialty("Сексология")) == {"психиатрия"}


def test_hyphens_and_capitals_do_not_matter() -> None:
    assert "детская урология-андрология" in covering(specialty("Детская урология-андрология"))


def test_an_activity_that_lists_two_works_covers_both() -> None:
    both = "организация здравоохранения и общественное здоровье, эпидемиология"

    assert covering(specialty("Организация здравоохранения и общественное здоровье")) == {both}
    assert covering(specialty("Эпидемиология")) == {both, "эпидемиология"}


def test_a_specialty_that_no_activity_names_is_covered_by_any() -> None:
    pharmacist = specialty("Управление и экономика фармации")

    assert COVERAGE.covers(pharmacist, {"L001"})
    assert not COVERAGE.covers(pharmacist, ())


def test_a_code_that_no_dictionary_knows_is_covered_by_any_activity() -> None:
    assert COVERAGE.covers("999999", {"L001"})
    assert not COVERAGE.covers("999999", set())


def test_an_activity_that_no_dictionary_knows_covers_nothing_that_has_a_name() -> None:
    assert not COVERAGE.covers(specialty("Кардиология"), {"L999"})


def test_any_of_several_activities_is_enough() -> None:
    covered = ActivityCoverage({"8": frozenset({"L002", "L003"})})

    assert covered.covers("8", ("L100", "L003"))
    assert not covered.covers("8", ("L100", "L101"))


def test_only_these_are_named_by_no_activity() -> None:
    """A change of the code lists or of the matching shows here, for somebody to look at."""
    entries = DICTIONARIES.entries("specialties")
    unnamed = [str(entry.name) for entry in entries if entry.code not in COVERAGE.activities]

    assert len(entries) - len(unnamed) == 107
    assert unnamed == UNNAMED


def test_the_coverage_is_worked_out_once() -> None:
    assert coverage(DICTIONARIES) is coverage(DICTIONARIES)


UNNAMED = [
    "Общая гигиена",
    "Социальная гигиена и организация госсанэпидслужбы",
    "Гигиена детей и подростков",
    "Гигиена питания",
    "Гигиена труда",
    "Гигиеническое воспитание",
    "Коммунальная гигиена",
    "Радиационная гигиена",
    "Санитарно-гигиенические лабораторные исследования",
    "Управление и экономика фармации",
    "Фармацевтическая химия и фармакогнозия",
    "Управление сестринской деятельностью",
    "Фармацевтическая технология",
    "Медицинская кибернетика",
    "Гигиена и санитария",
    "Дезинфекционное дело",
    "Лабораторное дело",
    "Фармация",
    "Стоматология профилактическая",
    "Медицинская оптика",
    "Медико-социальная помощь",
    "Наркология",
    "Реабилитационное сестринское дело",
    "Скорая и неотложная помощь",
    "Детская онкология-гематология",
    "Физическая и реабилитационная медицина",
    "Медицинская микробиология",
    "Медицинская психология",
    "Медицинская логопедия",
    "Медицинская физика",
    "Кинезиореабилитация",
    "Эргореабилитация",
    "Нутрициология",
    "Аналитическая токсикология",
]
