"""Files that share costly data go to one process, others each by itself."""

from pathlib import Path

import pytest

from tests.sharing import TOGETHER, shared

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
