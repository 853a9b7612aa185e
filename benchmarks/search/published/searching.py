"""One search of the published set."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Caller(StrEnum):
    """Who asks."""

    PUBLIC = "public"
    EMPLOYER = "employer"
    """Of the organization that the search names."""
    REGULATOR = "regulator"
    """Of one large region."""


@dataclass(frozen=True, slots=True)
class Search:
    """`document`: its file in queries/; `page`: which page is asked for, reached by cursors."""

    name: str
    title: str
    document: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    page: int = 1
    caller: Caller = Caller.PUBLIC


def ordered(*keys: str) -> list[dict[str, str]]:
    """An order: `NAME`, `-NAME` descending, `NAME?` with nulls first."""
    return [
        {
            "by": key.strip("-?"),
            "direction": "DESC" if key.startswith("-") else "ASC",
            "nulls": "FIRST" if key.endswith("?") else "LAST",
        }
        for key in keys
    ]
