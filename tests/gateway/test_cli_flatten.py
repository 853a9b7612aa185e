"""How an answer becomes a table."""

from gateway.commands.flatten import about, beside, columns, rows


def test_an_object_is_one_row_in_the_order_of_the_query() -> None:
    [row] = rows({"fullName": "Иванова Анна", "region": {"code": "77", "name": "Москва"}, "status": "ACTIVE"})
    assert list(row.items()) == [
        ("fullName", "Иванова Анна"),
        ("region.code", "77"),
        ("region.name", "Москва"),
        ("status", "ACTIVE"),
    ]


def test_lists_stand_side_by_side_below_their_object() -> None:
    worker = {
        "fullName": "Иванова Анна",
        "employments": [
            {"rate": 1, "organization": {"shortName": "ГКБ 1"}},
            {"rate": 0.5, "organization": {"shortName": "ГКБ 2"}},
        ],
        "licenses": [{"status": "ACTIVE"}],
    }
    assert rows(worker) == [
        {
            "fullName": "Иванова Анна",
            "employments.rate": 1,
            "employments.organization.shortName": "ГКБ 1",
            "licenses.status": "ACTIVE",
        },
        {"employments.rate": 0.5, "employments.organization.shortName": "ГКБ 2"},
    ]


def test_a_list_inside_a_list_keeps_its_parent_on_its_first_row() -> None:
    assert rows([{"a": 1, "b": [{"c": 2, "d": [{"e": 3}, {"e": 4}]}, {"c": 5, "d": []}]}]) == [
        {"a": 1, "b.c": 2, "b.d.e": 3},
        {"b.d.e": 4},
        {"b.c": 5},
    ]


def test_a_connection_adds_no_words_of_its_own() -> None:
    connection = {
        "totalCount": 40,
        "pageInfo": {"hasNextPage": True, "endCursor": "x"},
        "edges": [{"node": {"oid": "1.2", "branches": {"nodes": [{"oid": "1.3"}]}}}, {"node": None}],
    }
    assert rows(connection) == [{"oid": "1.2", "branches.oid": "1.3"}, {"value": None}]
    assert about(connection) == {"totalCount": 40, "hasNextPage": True, "endCursor": "x"}


def test_what_a_connection_lists_beside_its_rows_has_rows_of_its_own() -> None:
    counted = {"by": "REGION", "buckets": [{"value": "77", "count": 2}, {"value": None, "count": 1}]}
    connection = {"nodes": [{"oid": "1.2"}], "facets": [counted], "freshness": None}
    assert rows(connection) == [{"oid": "1.2"}]
    assert beside(connection) == {
        "facets": [
            {"by": "REGION", "buckets.value": "77", "buckets.count": 2},
            {"buckets.value": None, "buckets.count": 1},
        ]
    }
    assert beside({"facets": [counted]}) == {}


def test_a_connection_that_was_asked_for_its_count_alone() -> None:
    assert rows({"totalCount": 40}) == [{"totalCount": 40}]
    assert about({"totalCount": 40}) == {}


def test_plain_values_share_a_cell() -> None:
    assert rows({"reasons": ["NO_CREDENTIAL", "PRACTICE_BAN"], "names": []}) == [
        {"reasons": "NO_CREDENTIAL, PRACTICE_BAN"}
    ]


def test_a_missing_object_leaves_no_column_of_its_own() -> None:
    found = rows([{"organization": None}, {"organization": {"oid": "1.2"}}])
    assert columns(found) == ["organization.oid"]


def test_nothing_at_all() -> None:
    assert rows([]) == []
    assert rows(None) == [{"value": None}]
