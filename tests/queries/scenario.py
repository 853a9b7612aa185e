"""A scenario: a folder with a query, who asks it, the answer, and how often each source was called.

query.graphql    the operation
caller.json      optional: variables, role, organizations, regions, snils, amr, purpose, mode; or the scenario
                 whose query this caller asks (`asks`)
answer.json      the whole answer
calls.json       the source's methods that were called, and how often

`WRITE_ANSWERS=1` writes the last two anew: then read what changed.
"""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from auth.principal import PUBLIC, Grant, Principal, Role

FOLDER = Path(__file__).parent
WRITING = "WRITE_ANSWERS"


@dataclass(frozen=True)
class Scenario:
    """One folder."""

    folder: Path

    @property
    def query(self) -> str:
        """The operation's text."""
        asked = self.folder.parent / str(self.caller.get("asks", self.folder.name))
        return (asked / "query.graphql").read_text("utf-8")

    @cached_property
    def caller(self) -> dict[str, Any]:
        """Who asks, and with which variables."""
        found = self.folder / "caller.json"
        return dict(orjson.loads(found.read_bytes())) if found.exists() else {}

    @property
    def principal(self) -> Principal:
        """The principal whom the caller's file describes."""
        if "role" not in self.caller:
            return PUBLIC
        regions = self.caller.get("regions")
        grant = Grant(
            Role(self.caller["role"]),
            frozenset(self.caller.get("organizations", ())),
            None if regions is None else frozenset(regions),
        )
        amr = frozenset(self.caller.get("amr", ()))
        return Principal("scenario", frozenset({grant}), self.caller.get("snils"), amr=amr)

    def told(self, name: str, found: Any) -> Any:
        """What the scenario's file says; written first, where that is asked for."""
        path = self.folder / name
        if os.environ.get(WRITING):
            options = orjson.OPT_INDENT_2
            if name == "calls.json":
                options |= orjson.OPT_SORT_KEYS
            path.write_bytes(orjson.dumps(found, option=options) + b"\n")
        return orjson.loads(path.read_bytes())


def scenarios() -> list[Scenario]:
    """Every scenario, by name."""
    return [Scenario(each) for each in sorted(FOLDER.iterdir()) if (each / "answer.json").exists()]
