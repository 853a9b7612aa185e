"""What kinds of organizations there are: who works there, in which departments, under which names."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from demo.codes import POSITIONS

_DEPARTMENT_KINDS = {
    "A": "AMBULATORY",
    "I": "INPATIENT",
    "L": "LABORATORY",
    "E": "EMERGENCY",
    "M": "ADMINISTRATIVE",
}


@dataclass(frozen=True, slots=True)
class DepartmentPattern:
    """A department that organizations of a profile have, and the positions that belong nowhere else."""

    name: str
    kind: str
    positions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """What kind of work is done: positions by how common they are, departments, kinds of care."""

    positions: tuple[str, ...]
    weights: tuple[float, ...]
    departments: tuple[DepartmentPattern, ...]
    cares: frozenset[str]
    specialties: tuple[str, ...]
    """Specialties of its physicians, for heads of departments."""


def _profile(positions: str, departments: str, cares: str) -> Profile:
    pairs = [entry.split(":") for entry in positions.split()]
    codes = tuple(code for code, _ in pairs)
    physicians = [POSITIONS[code] for code in codes if POSITIONS[code]["staff"] == "PHYSICIAN"]
    return Profile(
        codes,
        tuple(accumulate(float(weight) for _, weight in pairs)),
        tuple(_department(line) for line in departments.strip().splitlines()),
        frozenset(cares.split()),
        tuple(str(row["specialty"]) for row in physicians if row["specialty"]),
    )


def _department(line: str) -> DepartmentPattern:
    kind, name, positions = (line.strip() + "||").split("|")[:3]
    return DepartmentPattern(name, _DEPARTMENT_KINDS[kind], frozenset(positions.split()))


_WARD = "X307:26 X301:14 X305:4 X311:2 X315:1 X302:4 X501:3 X502:8 X503:2"
_CLINIC = "X301:16 X308:8 X305:3 X302:2 X310:1 X327:5 X326:1 X502:3"
_LABORATORY = "X104:2 X203:1 X323:2 X324:4 X325:1 17:0.3"
_IMAGING = "X130:2 194:4 X143:2 X147:1.5 X153:1"

_GENERAL = _profile(
    f"{_WARD} {_LABORATORY} {_IMAGING} X303:4 X304:5 7:3 109:3 122:3 34:2 45:2 16:4 X141:2 X144:1 "
    "13:2 53:1 54:1 "
    "X149:0.8 19:0.7 X126:0.7 48:0.5 46:0.6 X133:0.5 X106:0.4 33:0.6 X122:1 X142:0.5 X105:0.3 "
    "X121:0.4 X110:0.4 "
    "20:0.3 X129:0.3 X155:0.2 50:0.5 47:0.4 28:0.3 X148:0.2 X140:0.2 X145:0.3 X116:0.3 X312:1 "
    "X313:1 X328:0.5 "
    "X314:0.5 X201:0.3 X204:0.1 X326:0.7 X327:1 X135:0.2 X154:0.3 X402:0.2 X405:0.4 X111:0.1 X104:0.5 22:0.2",
    """M|Администрация|X101 X102 X103 X135 X326 X108
       I|Терапевтическое отделение|109 X126 48 X129 20 22
       I|Хирургическое отделение|122 X106 X140 X148 X111
       I|Кардиологическое отделение|34 X133 X121
       I|Неврологическое отделение|45 46
       I|Травматолого-ортопедическое отделение|X141
       I|Отделение анестезиологии-реанимации|16 X304
       E|Приёмное отделение|X122 X311
       L|Клинико-диагностическая лаборатория|X104 X203 X323 X324 X325 17
       A|Отделение лучевой диагностики|X130 194 X143 X204
       A|Отделение функциональной диагностики|X147 X153
       I|Урологическое отделение|X144
       I|Гинекологическое отделение|13
       I|Оперблок|X303
       I|Инфекционное отделение|33
       I|Эндокринологическое отделение|X149
       A|Консультативная поликлиника|53 54 50 X327
       A|Физиотерапевтическое отделение|X145 X116 X312 X313 X328
       L|Патологоанатомическое отделение|X110""",
    "PHC_SPEC SPEC EMERG",
)

_AMBULATORY = _profile(
    f"{_CLINIC} {_LABORATORY} {_IMAGING} 110:9 109:2 49:2 45:1.5 34:1.5 54:1.5 53:1.2 122:1.5 13:2 "
    "X149:1 50:0.7 "
    "24:0.5 X144:0.7 33:0.4 19:0.4 X126:0.3 X129:0.3 X124:0.3 7:2 195:2 X312:1 X313:1.5 X145:0.5 "
    "X116:0.3 X318:1 "
    "X141:0.7 X328:0.4 X309:1 100:0.7 X320:0.5",
    """M|Администрация|X101 X102 X103 X326
       A|Терапевтическое отделение № 1|110 109
       A|Терапевтическое отделение № 2|110 109
       A|Отделение общей врачебной практики|49 X309
       A|Хирургическое отделение|122 X141 X144
       A|Женская консультация|13 X318
       A|Кабинет кардиолога|34
       A|Отделение узких специалистов|45 54 53 X149 50 24 33 19 X126 X129 X124
       L|Клинико-диагностическая лаборатория|X104 X203 X323 X324 X325 17
       A|Рентгеновское отделение|X130 194
       A|Отделение функциональной и ультразвуковой диагностики|X147 X143 X153
       A|Дневной стационар
       A|Физиотерапевтическое отделение|X145 X116 X312 X313 X328""",
    "PHC_PRE PHC_DOC PHC_SPEC EXAM",
)

_FAMILY = _profile(
    "49:6 110:4 109:2 195:5 X301:5 X308:3 X309:5 X318:1 X323:1 X327:1 100:1 X320:1 X502:1 58:1",
    """A|Кабинет врача общей практики|49 110 109 X309
       A|Процедурный кабинет|X301
       A|Смотровой кабинет|X318""",
    "PHC_PRE PHC_DOC PHC_SPEC",
)

_CHILD = _profile(
    f"{_CLINIC} {_LABORATORY} {_IMAGING} 59:10 58:4 28:1.5 45:1.5 53:1.2 54:1.2 25:0.7 X150:0.5 "
    "47:1 X141:0.7 15:0.6 "
    "X151:0.4 101:0.7 83:0.3 7:2 X307:8 16:0.6 X304:0.6 X312:1.5 X313:1 X202:0.3 X328:0.5 195:1",
    """M|Администрация|X101 X102 X103 X326
       A|Педиатрическое отделение № 1|59 58
       A|Педиатрическое отделение № 2|59 58
       I|Педиатрический стационар|X307 16 X304 28
       A|Отделение детских специалистов|45 53 54 25 X150 X151 X141 15 83
       A|Отделение новорождённых|47
       L|Клинико-диагностическая лаборатория|X104 X203 X323 X324 X325 17
       A|Отделение лучевой и функциональной диагностики|X130 194 X143 X147 X153
       A|Отделение восстановительного лечения|X312 X313 X328 X202""",
    "PHC_PRE PHC_DOC PHC_SPEC SPEC EXAM",
)

_DENTAL = _profile(
    "100:7 103:6 104:4 102:5 51:2 101:2 X320:2 X321:5 X322:2 X301:8 X302:1 194:1 X327:3 X502:3",
    """M|Администрация|X101 X102 X103 X327
       A|Терапевтическое отделение|100 103 X320 X322
       A|Хирургическое отделение|104
       A|Ортопедическое отделение|102 X321
       A|Детское отделение|101 51""",
    "PHC_PRE PHC_SPEC",
)

_PRIVATE = _profile(
    f"{_IMAGING} 13:4 109:4 34:2.5 45:3 54:2 53:2 X149:2 X144:2 24:2 19:1.5 39:2 122:1.5 58:1.5 "
    "X141:1 X106:0.5 50:0.5 "
    "X125:0.7 X124:0.5 X107:0.5 X131:0.4 52:0.6 X301:9 X305:5 X312:1 X316:1 X327:4 X502:1 X143:3 "
    "100:1 X104:0.5 X323:1",
    """M|Администрация|X101 X102 X103 X327
       A|Консультативное отделение
       A|Кабинет ультразвуковой диагностики|X143
       A|Процедурный кабинет|X301 X305
       A|Отделение косметологии|39 X316""",
    "PHC_PRE PHC_DOC PHC_SPEC EXAM",
)

_BIRTH = _profile(
    f"{_WARD} {_LABORATORY} 13:12 47:4 16:3 X304:3 X318:14 X303:2 X143:2 X147:0.5 X201:0.4 7:2 21:0.4 "
    "109:0.5",
    """M|Администрация|X101 X102 X103
       I|Родовое отделение|13 X318
       I|Отделение патологии беременности|13 X318
       I|Отделение новорождённых|47
       I|Отделение анестезиологии-реанимации|16 X304
       L|Лаборатория|X104 X203 X323 X324 X325 17
       A|Консультативно-диагностическое отделение|X143 X147 21""",
    "PHC_PRE PHC_SPEC SPEC",
)

_PSYCH = _profile(
    f"{_WARD} X124:9 87:4 X125:2 83:1 X137:0.5 X201:3 45:1 109:1 X104:1 X324:1 7:2 X137:0.3",
    """M|Администрация|X101 X102 X103
       I|Общепсихиатрическое отделение № 1
       I|Общепсихиатрическое отделение № 2
       I|Наркологическое отделение|87
       A|Диспансерное отделение|X125 83
       L|Лаборатория|X104 X324""",
    "PHC_PRE PHC_SPEC SPEC EXPERT",
)

_ONCO = _profile(
    f"{_WARD} {_LABORATORY} {_IMAGING} 50:12 X128:3 X127:2 16:3 X304:3 X303:3 X110:2 X204:1 122:1 "
    "13:1 7:2 X120:1",
    """M|Администрация|X101 X102 X103
       I|Отделение абдоминальной онкологии|50 122
       I|Отделение онкогинекологии|13
       I|Отделение химиотерапии|50
       I|Радиотерапевтическое отделение|X128 X127 X204
       I|Отделение анестезиологии-реанимации|16 X304
       L|Патологоанатомическое отделение|X110
       A|Поликлиническое отделение""",
    "PHC_SPEC SPEC PALL",
)

_LUNG = _profile(
    f"{_WARD} {_LABORATORY} 119:8 120:3 X130:1.5 194:2 X126:1 X140:0.5 7:1 33:0.5 X308:3",
    """M|Администрация|X101 X102 X103
       I|Лёгочно-терапевтическое отделение|119
       A|Диспансерное отделение|120 X308
       L|Бактериологическая лаборатория|X104 X323 X324 17""",
    "PHC_PRE PHC_SPEC SPEC",
)

_INFECTION = _profile(
    f"{_WARD} {_LABORATORY} 33:10 58:2 16:1.5 X304:1.5 X154:0.5 7:1 X143:0.5 109:1",
    """M|Администрация|X101 X102 X103
       I|Инфекционное отделение № 1|33
       I|Инфекционное отделение № 2|33
       E|Приёмно-смотровое отделение|X311
       L|Лаборатория|X104 X203 X323 X324 X325 17""",
    "PHC_PRE PHC_SPEC SPEC",
)

_SKIN = _profile(
    "24:10 39:3 X301:10 X305:3 X104:2 X324:3 X316:2 X327:2 13:1 X144:1 X302:1 X502:2",
    """M|Администрация|X101 X102 X103
       A|Поликлиническое отделение|24
       I|Стационарное отделение
       L|Лаборатория|X104 X324
       A|Отделение косметологии|39 X316""",
    "PHC_PRE PHC_SPEC SPEC",
)

_HEART = _profile(
    f"{_WARD} {_LABORATORY} 34:12 X133:2 X121:2 16:3 X304:3 X147:4 X143:2 7:2 X303:2 109:1",
    """M|Администрация|X101 X102 X103
       I|Кардиологическое отделение № 1|34
       I|Кардиологическое отделение № 2|34
       I|Отделение рентгенохирургии|X133 X121 X303
       I|Отделение анестезиологии-реанимации|16 X304
       A|Отделение функциональной диагностики|X147 X143
       L|Лаборатория|X104 X203 X323 X324 X325 17""",
    "PHC_PRE PHC_SPEC SPEC",
)

_DIAGNOSTIC = _profile(
    f"{_LABORATORY} {_IMAGING} X143:5 X147:2 X301:5 X305:5 X327:4 X104:3 109:1 X502:1",
    """M|Администрация|X101 X102 X103 X327
       A|Отделение лучевой диагностики|X130 194
       A|Отделение ультразвуковой диагностики|X143 X147 X153
       L|Лаборатория|X104 X203 X323 X324 X325 17""",
    "PHC_PRE PHC_DOC PHC_SPEC",
)

_REHABILITATION = _profile(
    "X146:4 109:4 45:3 X145:3 X116:2 X131:0.5 X107:0.5 X301:10 X317:4 X312:6 X313:6 X328:5 X205:2 "
    "X201:1 X202:1 "
    "X314:1 X501:2 X502:3 34:1 58:1",
    """M|Администрация|X101 X102 X103
       I|Отделение медицинской реабилитации|X146 45 X317
       A|Физиотерапевтическое отделение|X145 X313 X312
       A|Отделение лечебной физкультуры|X116 X328 X205
       I|Терапевтическое отделение|109 34""",
    "PHC_PRE PHC_SPEC SPEC",
)

_EMERGENCY = _profile(
    "X134:14 X319:45 16:2 X304:2 X301:3 195:4 X327:1 X302:1 X502:1 7:1 45:0.3 34:0.5 X405:0.3",
    """M|Администрация|X101 X102 X103 X327
       E|Подстанция № 1
       E|Подстанция № 2
       E|Подстанция № 3
       E|Реанимационные бригады|16 X304
       E|Оперативный отдел|195""",
    "PHC_PRE EMERG",
)

_BLOOD = _profile(
    "X142:8 X301:10 X305:6 X104:3 X324:5 X323:2 X327:3 109:1 17:1 X502:2",
    """M|Администрация|X101 X102 X103 X327
       A|Отделение заготовки крови|X142 X305
       L|Лаборатория|X104 X324 X323 17""",
    "PHC_PRE PHC_SPEC SPEC BLOOD",
)

_FORENSIC = _profile(
    "X136:12 X324:4 X323:3 X110:3 X206:2 52:0.2 X327:3 X502:4 X301:1",
    """M|Администрация|X101 X102 X103 X327
       L|Танатологическое отделение|X136 X110
       L|Судебно-химическое отделение|X206 X324 X323""",
    "PHC_PRE PHC_SPEC EXPERT",
)

_PALLIATIVE = _profile(
    f"{_WARD} X120:5 50:2 109:2 X201:1 X310:3 7:0.5",
    """M|Администрация|X101 X102 X103
       I|Отделение паллиативной медицинской помощи
       A|Выездная патронажная служба|X310""",
    "PHC_PRE SPEC PALL",
)

_POST = _profile("X332:4 195:3 X318:2 X301:2 X502:1", "", "PHC_PRE")
_PHARMACY = _profile("X402:4 X405:8 X403:1 X404:0.5 X504:1", "M|Администрация|X401", "PHC_PRE")
_PRACTICE = _profile(
    "100:6 13:2 45:2 109:2 54:1.5 53:1.5 24:1.5 39:1.5 X125:2 X107:1 52:1.5 58:1 X312:2",
    "",
    "PHC_SPEC PHC_PRE",
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
    Kind("HOSPITAL", 80, 3000, 6, _GENERAL, "Городская больница № #", 0.02),
    Kind("HOSPITAL_REG", 700, 6000, 7, _GENERAL, "Областная клиническая больница № #", 0),
    Kind("HOSPITAL_ER", 300, 6000, 2, _GENERAL, "Больница скорой медицинской помощи № #", 0),
    Kind("HOSPITAL_CRB", 100, 900, 6, _GENERAL, "Районная больница № #", 0),
    Kind("HOSPITAL_LOCAL", 20, 80, 2, _FAMILY, "Участковая больница № #", 0),
    Kind("HOSPITAL_CHILD", 150, 1500, 2, _CHILD, "Детская городская больница № #", 0),
    Kind("HOSP_INFECT", 80, 500, 1, _INFECTION, "Инфекционная больница № #", 0),
    Kind("HOSP_PSYCH", 120, 900, 1.5, _PSYCH, "Психиатрическая больница № #", 0),
    Kind("HOSP_ONCO", 300, 1500, 1, _ONCO, "Онкологическая больница № #", 0),
    Kind("HOSP_TB", 80, 400, 0.5, _LUNG, "Туберкулёзная больница № #", 0),
    Kind("MATERNITY", 80, 500, 1.5, _BIRTH, "Родильный дом № #", 0.05),
    Kind("CENTER_PERINAT", 200, 1200, 1, _BIRTH, "Перинатальный центр № #", 0),
    Kind("DISP_ONCO", 100, 900, 1, _ONCO, "Онкологический диспансер № #", 0),
    Kind("DISP_TB", 50, 400, 1, _LUNG, "Противотуберкулёзный диспансер № #", 0),
    Kind("DISP_PSYCH", 50, 400, 1, _PSYCH, "Психоневрологический диспансер № #", 0),
    Kind("DISP_NARCO", 30, 250, 1, _PSYCH, "Наркологический диспансер № #", 0),
    Kind("DISP_DERM", 20, 150, 1, _SKIN, "Кожно-венерологический диспансер № #", 0),
    Kind("DISP_CARDIO", 80, 400, 0.7, _HEART, "Кардиологический диспансер № #", 0),
    Kind("POLYCLINIC", 40, 900, 10, _AMBULATORY, "Городская поликлиника № #", 0),
    Kind("POLY_CHILD", 30, 300, 5, _CHILD, "Детская поликлиника № #", 0.05),
    Kind("POLY_DENTAL", 3, 150, 9, _DENTAL, "Стоматология «@»", 0.8),
    Kind("POLY_CONSULT", 30, 250, 1.5, _AMBULATORY, "Консультативно-диагностическая поликлиника № #", 0.1),
    Kind("AMBULATORY", 3, 30, 6, _FAMILY, "Врачебная амбулатория № #", 0),
    Kind("WOMEN_CONSULT", 10, 60, 2, _BIRTH, "Женская консультация № #", 0),
    Kind("FAP", 2, 4, 4, _POST, "Фельдшерско-акушерский пункт № #", 0),
    Kind("CENTER_MED", 2, 120, 16, _PRIVATE, "Медицинский центр «@»", 0.97),
    Kind("CENTER_DIAG", 5, 200, 3, _DIAGNOSTIC, "Диагностический центр «@»", 0.8),
    Kind("CENTER_REHAB", 20, 200, 1, _REHABILITATION, "Центр медицинской реабилитации «@»", 0.4),
    Kind("CENTER_IVF", 10, 60, 0.5, _BIRTH, "Центр репродукции «@»", 1),
    Kind("CENTER_GP", 2, 20, 3, _FAMILY, "Центр общей врачебной практики № #", 0.1),
    Kind("EMS_STATION", 60, 1500, 3, _EMERGENCY, "Станция скорой медицинской помощи № #", 0),
    Kind("BLOOD_STATION", 30, 200, 0.7, _BLOOD, "Станция переливания крови № #", 0),
    Kind("SANATORIUM", 30, 250, 2, _REHABILITATION, "Санаторий «@»", 0.6),
    Kind("LAB_CLINICAL", 3, 80, 2, _DIAGNOSTIC, "Лаборатория «@»", 1),
    Kind("BUREAU_FORENSIC", 40, 250, 0.5, _FORENSIC, "Бюро судебно-медицинской экспертизы № #", 0),
    Kind("HOSPICE", 20, 120, 0.5, _PALLIATIVE, "Хоспис № #", 0.05),
    Kind(
        "RESEARCH_CENTER", 500, 6000, 1.5, _GENERAL, "Национальный медицинский исследовательский центр № #", 0
    ),
    Kind("UNIVERSITY_CLIN", 200, 2000, 1, _GENERAL, "Университетская клиника № #", 0),
    Kind("MED_UNIT", 50, 500, 1, _GENERAL, "Медико-санитарная часть № #", 0),
    Kind("PHARMACY", 2, 12, 2, _PHARMACY, "Аптека «@»", 0.9),
)
PRACTICE = Kind("PRIVATE_PRACT", 1, 1, 1, _PRACTICE, "Кабинет частной практики", 1)
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
