"""What a refused search says."""

from projections.search.errors import BadSearch, SearchTooCostly


def test_a_path_is_told_as_it_was_written() -> None:
    wrong = BadSearch(("where", "or", 1, "employments", "some"), "should be something else")
    assert str(wrong) == "where.or[1].employments.some: should be something else"


def test_a_costly_search_tells_both_numbers() -> None:
    assert "12" in str(SearchTooCostly(12, 7))
    assert "7" in str(SearchTooCostly(12, 7))
