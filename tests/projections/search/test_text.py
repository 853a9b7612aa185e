"""What a free text finds, and in which order."""

import pytest

from projections.search.condition import Order, Root
from projections.search.errors import BadSearch
from projections.search.projected import ProjectionReader
from tests.projections.search.asking import TRUE, found, one_of, search, some
from tests.projections.search.conftest import DENTIST, HOSPITAL

WORKERS = {
    "maria": "6",
    "иванов": "12",
    "ИВАНОВ": "12",
    "иванова анна": "2",
    "анна иванова": "2",
    "ivanova anna": "2",
    "ivanov": "12",
    "ивнова": "2",
    "ивнов": "1",
    "Ивaнов": "1",  # one letter of it is Latin, which is a typo
    "щербаков": "3",
    "Shcherbakov": "3",
    "shcherbakof": "3",
    "петр": "32",
    "пётр": "32",
    "vasilev": "4",
    "vasil'ev": "4",
    "василев": "4",
    "седов": "5",
    "соловьёв седов": "5",
    "solovev": "5",
    "иван и и": "1",
    "и": "41",
    "и и": "41",
    "анненкова е": "7",
    "анн": "72",
    "3": "3",
    "кардиолог": "13",
    "врач-анестезиолог": "23",
    "анестезиология": "42",
    "больница": "13",
    "городская 1": "13",
    "улыбка стоматология": "23",
    "иванов улыбка": "2",
    "никого": "",
    "семен ильич": "4",
    "ильина": "6",
    "ильи": "64",
    "ilina": "6",
    "no": "",
}


@pytest.mark.parametrize("text", WORKERS)
async def test_workers(reader: ProjectionReader, text: str) -> None:
    assert await found(reader, search(text=text)) == list(WORKERS[text])


async def test_the_worst_match_first_and_other_orders(reader: ProjectionReader) -> None:
    assert await found(reader, search(TRUE, Order("MATCH", descending=True), text="анн")) == ["2", "7"]
    assert await found(reader, search(TRUE, Order("REGISTRY_NUMBER"), text="анн")) == ["2", "7"]
    by_score_then_number = search(TRUE, Order("NAME", descending=True), Order("MATCH"), text="и")
    assert await found(reader, by_score_then_number) == ["1", "4"]
    assert await found(reader, search(one_of("sex", "F"), text="иванов")) == ["2"]


async def test_match_needs_a_text(reader: ProjectionReader) -> None:
    with pytest.raises(BadSearch, match="query"):
        await found(reader, search(TRUE, Order("MATCH")))


OTHERS: dict[tuple[Root, str], list[str]] = {
    (Root.ORGANIZATION, "больница городская"): [HOSPITAL],
    (Root.ORGANIZATION, "стомат"): [DENTIST],
    (Root.ORGANIZATION, "stomatologiya"): [DENTIST],
    (Root.ORGANIZATION, "7701000001"): [HOSPITAL],
    (Root.ORGANIZATION, HOSPITAL): [HOSPITAL, DENTIST],  # every number of its OID is in the other too
    (Root.ORGANIZATION, "больнца"): [],
    (Root.ORGANIZATION, "г"): [],
    (Root.LICENSE, "Л041-01137-77/00000001"): ["Л041-01137-77/00000001"],
    (Root.LICENSE, "00000002"): ["Л041-01137-78/00000002"],
    (Root.LICENSE, "васильев"): ["Л041-01137-77/00000003"],
    (Root.LICENSE, "vasiliev"): [],
    (Root.LICENSE, "в"): [],
}


@pytest.mark.parametrize(("root", "text"), OTHERS)
async def test_others(reader: ProjectionReader, root: Root, text: str) -> None:
    assert await found(reader, search(text=text, root=root)) == OTHERS[root, text]


CREDENTIALS = {
    "иванов": ["1", "2"],
    "ivnov": ["1"],
    "васильев": ["4", "4"],
    "васильев акушерство": ["4"],
    "акушерство гинекология щербаков": ["3"],
    "анестез": ["2", "4"],
    "иванова и а": [],
    "иванова а п": ["2"],
    "петр щербаков акушерство и": [],
}


@pytest.mark.parametrize("text", CREDENTIALS)
async def test_credentials_are_found_by_their_worker_and_specialty(
    reader: ProjectionReader, text: str
) -> None:
    asked = search(TRUE, Order("WORKER"), text=text, root=Root.CREDENTIAL)
    hits = await found(reader, asked)
    of_workers = [search(some("credentials", one_of("number", str(hit)))) for hit in hits]
    assert [(await found(reader, each))[0] for each in of_workers] == sorted(
        CREDENTIALS[text], key=_BY_NAME.index
    )


_BY_NAME = "4123"
"""The workers with credentials in the order of their names."""
