"""How the roots are answered over a redacted copy: by keys as people type them, filters, ids."""

import base64
import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from graphql import GraphQLError

from tests.proof.claims import verified
from tests.proof.law import About
from tests.proof.pages import page
from tests.proof.rows import Row
from tests.proof.world import TABLES, Thing, World

Arguments = Mapping[str, Any]


class Copy(Protocol):
    """What a root may know of the copy that it looks in."""

    @property
    def world(self) -> World: ...

    def explained(self, coordinate: str, about: About) -> Thing:
        """What the copy gives of a field of a record."""
        ...

    def claimable(self, fact: str, about: About) -> bool:
        """Whether a personal fact of a person may be claimed; told where not."""
        ...

    def found_by_snils(self, snils: str) -> Thing | None:
        """The worker whose SNILS the copy shows as this one."""
        ...


Root = Callable[[Copy, Arguments], Any]


def _key(text: str) -> str:
    return re.sub(r"[\s\u00a0-]", "", text)


def _worker(copy: Copy, arguments: Arguments) -> Any:
    if arguments.get("registryNumber") is not None:
        return copy.world.thing("Worker", copy.world.by_number.get(arguments["registryNumber"].strip()))
    return copy.found_by_snils(_key(arguments["snils"]))


def _organization(copy: Copy, arguments: Arguments) -> Any:
    world = copy.world
    if arguments.get("oid") is not None:
        return world.thing("Organization", world.organizations.get(arguments["oid"]))
    holder = (_organizations_inn(arguments["inn"]), arguments["ogrn"])
    found = world.sharing.get(holder, ())
    return world.thing(
        "Organization", next((row for row in found if len(found) == 1 or row.parent_oid is None), None)
    )


def _organizations_inn(inn: str) -> str:
    """An INN to ask by; a person's own, which no copy shows to anybody, is refused."""
    if re.fullmatch(r"\d{12}", inn):
        raise _error("BAD_USER_INPUT")
    return inn


def _by_number(type_name: str) -> Root:
    table = TABLES[type_name]
    return lambda copy, arguments: copy.world.thing(
        type_name, next((row for row in copy.world.rows[table] if row.number == arguments["number"]), None)
    )


def _node(copy: Copy, arguments: Arguments) -> Any:
    found = _record(copy.world, arguments["id"])
    if isinstance(found, GraphQLError):
        raise found
    return found


def _record(world: World, text: str, wanted: str | None = None) -> Thing | GraphQLError | None:
    """The record with a global id, or the error that it is none."""
    try:
        plain = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
    except ValueError:
        return _error("BAD_ID")
    noun, _, key = plain.partition(":")
    if noun not in TABLES or noun in ("Restriction", "Absence") or (wanted or noun) != noun:
        return _error("BAD_ID")
    if noun != "Organization" and not UUID.fullmatch(key):
        return _error("BAD_ID")
    return world.thing(noun, next((row for at, row in world.ids[noun].items() if str(at) == key), None))


UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _error(code: str) -> GraphQLError:
    return GraphQLError(code, extensions={"code": code})


NATURAL: Final = {
    "Worker": ("registryNumber", "registry_number"),
    "Organization": ("oid", "oid"),
    "License": ("number", "number"),
    "Credential": ("number", "number"),
}


def _entity(world: World, asked: Mapping[str, Any]) -> Any:
    """What a representation stands for: by its natural key, else by its id, and by nothing else."""
    name = asked.get("__typename")
    if not isinstance(name, str) or name not in TABLES or name in ("Restriction", "Absence"):
        return _error("BAD_USER_INPUT")
    field, column = NATURAL.get(name, ("id", "id"))
    key = asked.get(field)
    if field != "id" and key is not None:
        if not isinstance(key, str):
            return _error("BAD_USER_INPUT")
        return world.thing(
            name, next((row for row in world.rows[TABLES[name]] if getattr(row, column) == key), None)
        )
    return _error("BAD_USER_INPUT") if asked.get("id") is None else _record(world, asked["id"], name)


Test = Callable[[Copy, Row, Any], bool]


def _among(column: str) -> Test:
    return lambda _, row, wanted: getattr(row, column) in wanted


def _name(column: str) -> Test:
    return lambda _, row, wanted: _folded(getattr(row, column) or "") == _folded(wanted)


def _folded(name: str) -> str:
    return name.casefold().replace("ё", "е")


def _day(column: str, *, least: bool) -> Test:
    def passes(copy: Copy, row: Row, wanted: str) -> bool:
        found: dt.date | None = getattr(row, column)
        day = dt.date.fromisoformat(wanted)
        return found is not None and (day <= found if least else found <= day)

    return passes


FILTERS: Final[Mapping[str, Mapping[str, Test]]] = {
    "Worker": {
        "lastName": _name("last_name"),
        "firstName": _name("first_name"),
        "middleName": _name("middle_name"),
        "regions": _among("region_code"),
        "statuses": _among("status"),
        "registeredFrom": _day("registered_on", least=True),
        "registeredTo": _day("registered_on", least=False),
    },
    "Organization": {
        "regions": _among("region_code"),
        "kinds": _among("kind_code"),
        "ownerships": _among("ownership"),
        "statuses": _among("status"),
        "inn": lambda _, row, wanted: bool(row.inn == wanted),
        "parentOid": lambda _, row, wanted: bool(row.parent_oid == wanted),
    },
    "License": {
        "regions": _among("region_code"),
        "statuses": _among("status"),
        "holderKind": lambda _, row, wanted: bool(row.holder_kind == wanted),
        "holderInn": lambda _, row, wanted: bool(row.holder_inn == wanted),
        "validUntilFrom": _day("valid_until", least=True),
        "validUntilTo": _day("valid_until", least=False),
    },
}


INNS: Final = frozenset({"inn", "holderInn"})


def _listing(type_name: str, key: str) -> Root:
    tests = FILTERS[type_name]

    def rows(copy: Copy, arguments: Arguments) -> Thing:
        where = {name: value for name, value in (arguments.get("where") or {}).items() if value is not None}
        for name in INNS.intersection(where):
            _organizations_inn(where[name])
        found = [
            row
            for row in copy.world.rows[TABLES[type_name]]
            if all(tests[name](copy, row, value) for name, value in where.items())
        ]
        return page(copy.world, type_name, found, lambda row: str(getattr(row, key)), arguments)

    return rows


REGISTRIES: Final = ("WORKERS", "ORGANIZATIONS", "LICENSES", "QUALIFICATIONS")


def _dictionaries(copy: Copy, arguments: Arguments) -> Sequence[Thing]:
    lists = copy.world.dictionaries
    names = arguments.get("names")
    wanted = (
        [each.dictionary for each in lists.listing()] if names is None else [name.lower() for name in names]
    )
    found = (lists.info(name) for name in wanted)
    return [
        Thing(
            "Dictionary",
            str(each.dictionary),
            values={"name": str(each.dictionary), "title": each.title, "oid": each.oid},
        )
        for each in found
    ]


def _explained(copy: Copy, arguments: Arguments) -> Any:
    """What the caller gets of a field of a record; of none that there is, what he gets of a stranger's."""
    found = _record(copy.world, arguments["id"])
    if isinstance(found, GraphQLError):
        raise found
    return copy.explained(arguments["coordinate"], None if found is None else found.about)


ROOTS: Final[Mapping[str, Root]] = {
    "explainAccess": _explained,
    "node": _node,
    "nodes": lambda copy, arguments: [_record(copy.world, each) for each in arguments["ids"]],
    "worker": _worker,
    "organization": _organization,
    "license": _by_number("License"),
    "credential": _by_number("Credential"),
    "verifyWorkers": verified,
    "workers": _listing("Worker", "registry_number"),
    "organizations": _listing("Organization", "oid"),
    "licenses": _listing("License", "number"),
    "registries": lambda *_: [
        Thing("RegistryStatus", None, values={"registry": each, "state": "OK"}) for each in REGISTRIES
    ],
    "dictionaries": _dictionaries,
    "_entities": lambda copy, arguments: [_entity(copy.world, each) for each in arguments["representations"]],
}
"""Every root that is asked."""
