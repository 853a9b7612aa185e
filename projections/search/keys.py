"""What each kind of record can be ordered by: columns of the projection, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from projections.search.condition import Order, Root, Search
from projections.search.errors import BadSearch

MATCH: Final = "MATCH"


@dataclass(frozen=True, slots=True)
class Key:
    """One column to order by. `join`: what it needs beside the record, which is `r`; `values`: all that it
    may have beside null, in their order, where they are few.
    """

    sql: str
    type: str = "text"
    nullable: bool = False
    join: str = ""
    descending: bool = False
    nulls_first: bool = False
    values: tuple[int, ...] = ()

    def directed(self, descending: bool, nulls_first: bool) -> "Key":
        """The same column, in a direction."""
        return replace(self, descending=descending, nulls_first=nulls_first)

    @property
    def turned(self) -> "Key":
        """The same the other way round."""
        return self.directed(not self.descending, not self.nulls_first)


_WORKER_OF: Final = "left join worker w on w.person = r.person"
_ORGANIZATION_OF: Final = "left join organization o on o.organization = r.organization"
_SPECIALTY_OF: Final = "left join name n on n.dictionary = 'specialties' and n.code = r.specialty_code"


def _text(name: str, *, nullable: bool = False) -> Key:
    return Key(f"r.{name}", "text", nullable)


def _date(name: str, *, nullable: bool = False) -> Key:
    return Key(f"r.{name}", "date", nullable)


def _rank(name: str) -> Key:
    return Key(f"r.{name}", "bigint", nullable=True)


KEYS: Final[Mapping[Root, Mapping[str, Key]]] = {
    Root.WORKER: {
        "NAME": _text("name_key"),
        "REGISTRY_NUMBER": _text("registry_number"),
        "REGION": _rank("region_rank"),
        "STATUS": _text("status"),
        "REGISTERED_ON": _date("registered_on"),
        "ORGANIZATION": _text("organization_name", nullable=True),
        "POSITION": _rank("position_rank"),
        "SPECIALTY": _rank("specialty_rank"),
        "NEAREST_EXPIRY": _date("nearest_expiry", nullable=True),
        "CATEGORY": Key("r.category", "bigint", nullable=True, values=(1, 2, 3)),
        "ELIGIBLE": Key("r.allowed", "boolean", nullable=True, values=(False, True)),
    },
    Root.ORGANIZATION: {
        "NAME": _text("name_key"),
        "OID": _text("oid"),
        "REGION": _rank("region_rank"),
        "KIND": _rank("kind_rank"),
        "OWNERSHIP": _text("ownership"),
        "STATUS": _text("status"),
        "REGISTERED_ON": _date("registered_on"),
        "STAFF": _rank("staff"),
        "LICENSE_UNTIL": _date("license_until", nullable=True),
    },
    Root.LICENSE: {
        "NUMBER": _text("number"),
        "HOLDER": _text("holder_key"),
        "REGION": _rank("region_rank"),
        "STATUS": _text("status"),
        "ISSUED_ON": _date("issued_on"),
        "VALID_UNTIL": _date("valid_until", nullable=True),
        "ORGANIZATION": Key("o.name_key", nullable=True, join=_ORGANIZATION_OF),
    },
    Root.CREDENTIAL: {
        "NUMBER": _text("number"),
        "WORKER": Key("w.name_key", nullable=True, join=_WORKER_OF),
        "SPECIALTY": Key("n.rank", "bigint", nullable=True, join=_SPECIALTY_OF),
        "STATUS": _text("status"),
        "ISSUED_ON": _date("issued_on"),
        "VALID_UNTIL": _date("valid_until"),
        "ORGANIZATION": Key("w.organization_name", nullable=True, join=_WORKER_OF),
    },
}

UNIQUE: Final[Mapping[Root, str]] = {
    Root.WORKER: "REGISTRY_NUMBER",
    Root.ORGANIZATION: "OID",
    Root.LICENSE: "NUMBER",
    Root.CREDENTIAL: "NUMBER",
}
NAMES: Final[Mapping[Root, str]] = {
    Root.WORKER: "NAME",
    Root.ORGANIZATION: "NAME",
    Root.LICENSE: "HOLDER",
    Root.CREDENTIAL: "WORKER",
}
"""By which name equal matches of a text are ordered."""


def is_by_match(search: Search) -> bool:
    """Whether the best matches of a text come first, or the worst."""
    return search.text is not None and (not search.orders or search.orders[0].by == MATCH)


def keys(search: Search, score: str | None) -> tuple[Key, ...]:
    """The whole order of a search, its last key unique. `score`: how well a record matches, in SQL."""
    known = KEYS[search.root]
    unique = known[UNIQUE[search.root]]
    asked = search.orders or (Order(MATCH if score is not None else UNIQUE[search.root]),)
    found: list[Key] = []
    for order in asked:
        if order.by != MATCH:
            found.append(known[order.by].directed(order.descending, order.nulls_first))
        elif score is None:
            raise BadSearch(("orderBy",), "MATCH orders what a text finds: should come with `query`")
        else:  # the best first, so that ascending is from the highest score
            found += [Key(score, "bigint", descending=not order.descending), known[NAMES[search.root]]]
    return tuple(_until_unique(found, unique))


def _until_unique(found: list[Key], unique: Key) -> list[Key]:
    """Each column once, nothing after the unique one, which stands at the end whoever asked for it."""
    kept: dict[str, Key] = {}
    for key in found:
        kept.setdefault(key.sql, key)
        if key.sql == unique.sql:
            return list(kept.values())
    return [*kept.values(), unique]
