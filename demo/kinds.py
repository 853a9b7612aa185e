"""What kinds of organizations there are: how large, how common, under which names."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from demo.profiles import (
    AMBULATORY,
    BIRTH,
    BLOOD,
    CHILD,
    DENTAL,
    DIAGNOSTIC,
    EMERGENCY,
    FAMILY,
    FORENSIC,
    GENERAL,
    HEART,
    INFECTION,
    LUNG,
    ONCO,
    OWN_PRACTICE,
    PALLIATIVE,
    PHARMACY,
    POST,
    PRIVATE,
    PSYCH,
    REHABILITATION,
    SKIN,
    Profile,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of organization: how large, how common, how it is called."""

    code: str
    smallest: int
    largest: int
    weight: float
    profile: Profile
    title: str
    """Its name; `#` stands for a number, `@` for a pretty name, `%` for the region."""
    private: float
    """Share of private ones."""


KINDS: tuple[Kind, ...] = (
    Kind("HOSPITAL", 80, 3000, 6, GENERAL, "Городская больница № #", 0.02),
    Kind("HOSPITAL_REG", 700, 6000, 7, GENERAL, "Областная клиническая больница № #", 0),
    Kind("HOSPITAL_ER", 300, 6000, 2, GENERAL, "Больница скорой медицинской помощи № #", 0),
    Kind("HOSPITAL_CRB", 100, 900, 6, GENERAL, "Районная больница № #", 0),
    Kind("HOSPITAL_LOCAL", 20, 80, 2, FAMILY, "Участковая больница № #", 0),
    Kind("HOSPITAL_CHILD", 150, 1500, 2, CHILD, "Детская городская больница № #", 0),
    Kind("HOSP_INFECT", 80, 500, 1, INFECTION, "Инфекционная больница № #", 0),
    Kind("HOSP_PSYCH", 120, 900, 1.5, PSYCH, "Психиатрическая больница № #", 0),
    Kind("HOSP_ONCO", 300, 1500, 1, ONCO, "Онкологическая больница № #", 0),
    Kind("HOSP_TB", 80, 400, 0.5, LUNG, "Туберкулёзная больница № #", 0),
    Kind("MATERNITY", 80, 500, 1.5, BIRTH, "Родильный дом № #", 0.05),
    Kind("CENTER_PERINAT", 200, 1200, 1, BIRTH, "Перинатальный центр № #", 0),
    Kind("DISP_ONCO", 100, 900, 1, ONCO, "Онкологический диспансер № #", 0),
    Kind("DISP_TB", 50, 400, 1, LUNG, "Противотуберкулёзный диспансер № #", 0),
    Kind("DISP_PSYCH", 50, 400, 1, PSYCH, "Психоневрологический диспансер № #", 0),
    Kind("DISP_NARCO", 30, 250, 1, PSYCH, "Наркологический диспансер № #", 0),
    Kind("DISP_DERM", 20, 150, 1, SKIN, "Кожно-венерологический диспансер № #", 0),
    Kind("DISP_CARDIO", 80, 400, 0.7, HEART, "Кардиологический диспансер № #", 0),
    Kind("POLYCLINIC", 40, 900, 10, AMBULATORY, "Городская поликлиника № #", 0),
    Kind("POLY_CHILD", 30, 300, 5, CHILD, "Детская поликлиника № #", 0.05),
    Kind("POLY_DENTAL", 3, 150, 9, DENTAL, "Стоматология «@»", 0.8),
    Kind("POLY_CONSULT", 30, 250, 1.5, AMBULATORY, "Консультативно-диагностическая поликлиника № #", 0.1),
    Kind("AMBULATORY", 3, 30, 6, FAMILY, "Врачебная амбулатория № #", 0),
    Kind("WOMEN_CONSULT", 10, 60, 2, BIRTH, "Женская консультация № #", 0),
    Kind("FAP", 2, 4, 4, POST, "Фельдшерско-акушерский пункт № #", 0),
    Kind("CENTER_MED", 2, 120, 16, PRIVATE, "Медицинский центр «@»", 0.97),
    Kind("CENTER_DIAG", 5, 200, 3, DIAGNOSTIC, "Диагностический центр «@»", 0.8),
    Kind("CENTER_REHAB", 20, 200, 1, REHABILITATION, "Центр медицинской реабилитации «@»", 0.4),
    Kind("CENTER_IVF", 10, 60, 0.5, BIRTH, "Центр репродукции «@»", 1),
    Kind("CENTER_GP", 2, 20, 3, FAMILY, "Центр общей врачебной практики № #", 0.1),
    Kind("EMS_STATION", 60, 1500, 3, EMERGENCY, "Станция скорой медицинской помощи № #", 0),
    Kind("BLOOD_STATION", 30, 200, 0.7, BLOOD, "Станция переливания крови № #", 0),
    Kind("SANATORIUM", 30, 250, 2, REHABILITATION, "Санаторий «@»", 0.6),
    Kind("LAB_CLINICAL", 3, 80, 2, DIAGNOSTIC, "Лаборатория «@»", 1),
    Kind("BUREAU_FORENSIC", 40, 250, 0.5, FORENSIC, "Бюро судебно-медицинской экспертизы № #", 0),
    Kind("HOSPICE", 20, 120, 0.5, PALLIATIVE, "Хоспис № #", 0.05),
    Kind(
        "RESEARCH_CENTER", 500, 6000, 1.5, GENERAL, "Национальный медицинский исследовательский центр № #", 0
    ),
    Kind("UNIVERSITY_CLIN", 200, 2000, 1, GENERAL, "Университетская клиника № #", 0),
    Kind("MED_UNIT", 50, 500, 1, GENERAL, "Медико-санитарная часть № #", 0),
    Kind("PHARMACY", 2, 12, 2, PHARMACY, "Аптека «@»", 0.9),
)
PRACTICE = Kind("PRIVATE_PRACT", 1, 1, 1, OWN_PRACTICE, "Кабинет частной практики", 1)
_PRETTY_NAMES = """
Здоровье Доктор Панацея Гармония Медлайн Альфа Вита Надежда Сибирь Авиценна Гиппократ Эскулап Семья
Улыбка Жемчуг Вектор Клиника-плюс Родник Берёзка Исток Лотос Меридиан Прогресс Радуга Парацельс Асклепий
Доверие Забота Оптима Эталон Ника Северное-сияние Волна Аметист Дента Кристалл Призма Сосновый-бор Тонус
Импульс
"""
PRETTY_NAMES = tuple(name.replace("-", " ") for name in _PRETTY_NAMES.split())


def _by_size() -> Mapping[int, tuple[tuple[Kind, ...], list[float]]]:
    """Kinds that an organization of about this size may be, with cumulative weights; by the "
    "size's power of two."""
    table = {}
    for power in range(14):
        size = 2**power
        fitting = [kind for kind in KINDS if kind.smallest < size * 2 and kind.largest >= size]
        table[power] = (tuple(fitting), list(accumulate(kind.weight for kind in fitting)))
    return table


BY_SIZE = _by_size()
