"""Files that share costly data go to one process, others each by itself."""

from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import LONGEST, WAITING
from tests.sharing import TOGETHER, SharingProcesses, shared

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("folder", TOGETHER)
def test_a_folder_that_shares_is_there_and_has_a_fixture_for_all_of_it(folder: str) -> None:
    fixtures = (ROOT / folder / "conftest.py").read_text(encoding="utf-8")
    assert 'pytest.fixture(scope="session")' in fixtures


def test_a_folder_or_a_file_goes_as_a_whole() -> None:
    assert shared("tests/search/test_proof.py::test_one") == shared(
        "tests/search/test_words.py::test_two[a::b]"
    )
    assert shared("tests/gateway/test_http.py::test_one[a::b]") == "tests/gateway/test_http.py"


@pytest.mark.parametrize("place", [*LONGEST, *WAITING])
def test_what_has_a_place_of_its_own_in_the_order_is_there(place: str) -> None:
    assert (ROOT / place).exists()


@dataclass(eq=False)
class Node:
    """One of the processes, as the scheduler knows it."""

    name: str
    given: list[int] = field(default_factory=list)

    @property
    def gateway(self) -> Any:
        return SimpleNamespace(id=self.name)

    def send_runtest_some(self, tests: list[int]) -> None:
        self.given += tests


def test_a_third_process_begins_at_the_end() -> None:
    scheduler, nodes = SharingProcesses.__new__(SharingProcesses), [Node("gw0"), Node("gw2"), Node("gw1")]
    scheduler.workqueue = OrderedDict((test, {test: False}) for test in "abcd")
    scheduler.assigned_work = {}
    scheduler.registered_collections = {each: list("abcd") for each in nodes}
    for each in nodes:
        scheduler._assign_work_unit(each)
    assert [each.given for each in nodes] == [[0], [3], [1]]
