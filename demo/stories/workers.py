"""The workers of the stories."""

from demo.stories.keys import (
    BRANCH,
    CITY_HOSPITAL,
    GONE_DEPARTMENT,
    GONE_ORGANIZATION,
    HEART_CLINIC,
    LIQUIDATED,
    PRACTICE,
    SUSPENDED_CLINIC,
)
from demo.stories.shapes import Credential, Job, Worker

CARDIOLOGIST = Worker(
    registry_number="77200000000001",
    snils="11223344595",
    last_name="Иванова",
    first_name="Анна",
    middle_name="Сергеевна",
    former_last_name="Соколова",
    sex="F",
    born="1979-04-12",
    region="77",
    inn="770000000156",
    jobs=(
        Job(CITY_HOSPITAL, "34", department="Кардиологическое отделение"),
        Job(HEART_CLINIC, "34", "EXTERNAL_PART", "0.25", -500, department="Консультативное отделение"),
        Job(LIQUIDATED, "109", started=-5000, ended=-2001),
    ),
    credentials=(
        Credential("118", "772200000001", 410),
        Credential("27", "772100000002", 20),
        Credential("118", "771700000003", -1416, "CERTIFICATE", "EXPIRED"),
    ),
    educations=(
        ("HIGHER_SPEC", "27", -8500),
        ("RESIDENCY", "118", -7770),
        ("RETRAINING", "27", -2300),
    ),
    categories=(("HIGHEST", "118", 700),),
    trainings=(("118", 144, -200), ("118", 36, -90), ("27", 18, None)),
)
"""A cardiologist with two employers; one of her two accreditations ends in twenty days."""

BANNED = Worker(
    registry_number="77200000000002",
    snils="20100000126",
    last_name="Петров",
    first_name="Олег",
    middle_name="Викторович",
    sex="M",
    born="1970-09-30",
    region="77",
    inn="770000000220",
    jobs=(Job(CITY_HOSPITAL, "122"),),
    credentials=(Credential("30", "772300000004", 900),),
    educations=(("HIGHER_SPEC", "30", -11500), ("INTERNSHIP", "30", -11100)),
    restrictions=(("PRACTICE_BAN", -120, None), ("REPRIMAND", -900, -535)),
)
"""A surgeon whom a court has forbidden to practise; everything else is in order."""

DANGLING = Worker(
    registry_number="77200000000003",
    snils="20200000234",
    last_name="Кузнецова",
    first_name="Мария",
    middle_name="Павловна",
    sex="F",
    born="1988-01-05",
    region="77",
    inn="770000000300",
    jobs=(
        Job(GONE_ORGANIZATION, "109", department=GONE_DEPARTMENT),
        Job(CITY_HOSPITAL, "109", "EXTERNAL_PART", "0.50", -700, department=GONE_DEPARTMENT),
    ),
    credentials=(Credential("27", "772200000005", 300),),
    educations=(("HIGHER_SPEC", "27", -5200),),
)
"""A therapist whose main employer is in no registry, and whose department at the other one is gone."""

PROPRIETOR = Worker(
    registry_number="23200000000004",
    snils="20400000450",
    last_name="Дроздов",
    first_name="Пётр",
    middle_name="Ильич",
    sex="M",
    born="1975-06-17",
    region="23",
    inn="230000000485",
    jobs=(Job(PRACTICE, "100"),),
    credentials=(Credential("171", "232300000006", 1000),),
    educations=(("HIGHER_SPEC", "171", -9900),),
)
"""A dentist who is his own employer and holds the licence himself."""

EXPIRED = Worker(
    registry_number="77200000000005",
    snils="20300000342",
    last_name="Смирнова",
    first_name="Ольга",
    middle_name="Николаевна",
    sex="F",
    born="1965-11-23",
    region="77",
    inn="770000000477",
    jobs=(Job(CITY_HOSPITAL, "X307", department="Кардиологическое отделение"),),
    credentials=(Credential("219", "771900000007", -45),),
    educations=(("SECONDARY_PROF", "219", -14500),),
)
"""A nurse whose accreditation ended 45 days ago and is still marked active."""

WITHOUT_EDUCATION = Worker(
    registry_number="50200000000006",
    snils="20500000558",
    last_name="Хасанов",
    first_name="Рустам",
    middle_name=None,
    sex="M",
    born="1992-03-08",
    region="50",
    inn="770000000540",
    citizenship="UZB",
    jobs=(Job(SUSPENDED_CLINIC, "34"),),
    credentials=(Credential("118", "502400000008", 1400, "PRIMARY_SPECIALIZED"),),
)
"""A cardiologist without patronymic and without education, at a clinic whose licence is suspended."""

TWIN = Worker(
    registry_number="78200000000007",
    snils="20600000666",
    last_name="Воробьёва",
    first_name="Екатерина",
    middle_name="Дмитриевна",
    sex="F",
    born="1990-02-14",
    region="78",
    inn="770000000614",
    jobs=(Job(CITY_HOSPITAL, "X147", department="Отделение функциональной диагностики"),),
    credentials=(Credential("131", "782200000009", 500),),
    educations=(("HIGHER_SPEC", "131", -4300),),
)
OTHER_TWIN = Worker(
    registry_number="78200000000008",
    snils="20700000774",
    last_name="Воробьёва",
    first_name="Екатерина",
    middle_name="Дмитриевна",
    sex="F",
    born="1990-02-14",
    region="78",
    inn="770000000798",
    jobs=(Job(LIQUIDATED, "109", started=-1800, ended=-299),),
)
"""Two records of one person: the same name and birth date, two SNILS."""

UNKNOWN_CODES = Worker(
    registry_number="77200000000009",
    snils="20800000882",
    last_name="Цой",
    first_name="Виктор",
    middle_name="Робертович",
    sex="M",
    born="1982-07-21",
    region="77",
    inn="770000000861",
    jobs=(Job(CITY_HOSPITAL, "9999"),),
    credentials=(Credential("8888", "772300000010", 600),),
    educations=(("HIGHER_SPEC", "8888", -7000),),
)
"""A worker whose position and specialty no dictionary knows."""

RETIRED = Worker(
    registry_number="77200000000010",
    snils="20900000990",
    last_name="Белова",
    first_name="Нина",
    middle_name="Фёдоровна",
    sex="F",
    born="1948-12-01",
    region="77",
    inn="770000000935",
    status="INACTIVE",
    jobs=(Job(CITY_HOSPITAL, "109", started=-12000, ended=-800),),
    credentials=(Credential("27", "771600000011", -900, "CERTIFICATE", "EXPIRED"),),
    educations=(("HIGHER_SPEC", "27", -19500),),
)
"""A therapist who works no more; her record is inactive."""

ON_LEAVE = Worker(
    registry_number="77200000000011",
    snils="21000001028",
    last_name="Морозова",
    first_name="Юлия",
    middle_name="Андреевна",
    sex="F",
    born="1994-05-19",
    region="77",
    inn="770000001030",
    jobs=(Job(BRANCH, "110", department="Терапевтическое отделение", started=-1200, absent_since=-150),),
    credentials=(Credential("27", "772000000012", 8, "PRIMARY"),),
    educations=(("HIGHER_SPEC", "27", -1400),),
)
"""A district therapist of the branch on parental leave, whose accreditation ends in eight days."""
