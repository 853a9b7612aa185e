"""How far an organization reaches: itself and its branches, as far as they work."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import any_, or_, select

from sources.keys import Oid
from sources.sql.statement import Statement, compiled, values_of
from sources.tables.organization import organization

LIQUIDATED: Final = "LIQUIDATED"


def organizations_and_branches() -> Statement:
    """Each organization asked for, and each that is a branch of one."""
    own, parent = organization.c.oid, organization.c.parent_oid
    asked = or_(own == any_(values_of(own, "oid")), parent == any_(values_of(parent, "oid")))
    return compiled(select(own, parent, organization.c.status).where(asked))


def reached(keys: Sequence[Oid], rows: Sequence[Any]) -> Mapping[Oid, frozenset[Oid]]:
    """By each key that the registry knows; a liquidated one reaches nothing, itself included."""
    status_of = {oid: status for oid, _, status in rows}
    branches: dict[Oid, set[Oid]] = {}
    for oid, parent, status in rows:
        if status != LIQUIDATED:
            branches.setdefault(parent, set()).add(oid)
    return {
        key: frozenset() if status_of[key] == LIQUIDATED else frozenset({key} | branches.get(key, set()))
        for key in keys
        if key in status_of
    }
