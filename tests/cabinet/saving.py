"""Callers who keep searches, and how they ask."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from auth.principal import Grant, Principal, Role
from tests.asking import Asking

SUBJECTS = count()

SAVE = """mutation ($input: SavedSearchInput!) {
  createSavedSearch(input: $input) { id name root query where orderBy problem }
}"""
MINE = "{ savedSearches(first: 100) { totalCount nodes { id name problem } } }"
ONE = "query ($id: ID!) { savedSearch(id: $id) { %s } }"
RENAME = "mutation ($id: ID!, $name: String!) { renameSavedSearch(id: $id, name: $name) { name } }"
DELETE = "mutation ($id: ID!) { deleteSavedSearch(id: $id) }"

MOSCOW: Mapping[str, Any] = {"workers": {"where": {"regions": ["77"]}}}


def somebody(role: Role = Role.ANALYST, **extent: Any) -> Principal:
    """A caller whom no other test has."""
    return Principal(f"somebody-{next(SUBJECTS)}", frozenset({Grant(role, **extent)}))


def named(name: str, search: Mapping[str, Any] = MOSCOW) -> dict[str, Any]:
    """The variables that keep a search."""
    return {"input": {"name": name, **search}}


async def saved(asking: Asking, caller: Principal, name: str, search: Mapping[str, Any] = MOSCOW) -> Any:
    """A search that was kept."""
    answer = await asking.ask(SAVE, named(name, search), caller)
    assert not answer.errors, answer.errors
    return answer.data["createSavedSearch"]


def codes(answer: Any) -> list[str]:
    """The codes of an answer's errors."""
    return [each["extensions"]["code"] for each in answer.errors]


def messages(answer: Any) -> list[str]:
    """The messages of an answer's errors."""
    return [each["message"] for each in answer.errors]
