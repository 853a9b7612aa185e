"""How findings are kept: made with the projection, changed with every change of it. Statements alone."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final

from projections.findings.rules import RULES, Owner
from projections.practising import practising
from sources.dictionary import Dictionaries
from sources.registry import Registry

DIRTY: Final = """
create temp table if not exists dirty_finding_person (person bigint) on commit delete rows;
create temp table if not exists dirty_finding_organization (organization bigint) on commit delete rows;
create temp table if not exists dirty_finding_license (id uuid) on commit delete rows;
"""
"""Tables of those of whom what is found has to be looked at anew."""

AFTER: Final = """
insert into dirty_finding_organization
select organization from dirty_organization where organization is not null
union all
select l.organization from license l join dirty_finding_license d on d.id = l.id
where l.organization is not null;
insert into dirty_finding_license select id from dirty_license;
"""
"""Whichever organization or licence is derived anew is looked at anew; people are noted one by one."""

EVERYONE: Final = """
insert into dirty_finding_person
select person from worker union select person from credential union select person from category
union select person from education union select person from finding where person is not null;
insert into dirty_finding_organization select organization from organization;
insert into dirty_finding_license select id from license;
"""

FORGET: Final = "delete from finding_event where at < now() - interval '3 days'"
"""What nobody who listens can still want."""

_COMMON: Final = ("rule", "severity", "owner", "person", "worker_id", "organization", "region_code")
_ABOUT: Final = ("organization", "region_code", "since", "evidence")


@dataclass(frozen=True, slots=True)
class Kept:
    """The findings of one owner: their statement, and how they are brought up to date."""

    owner: Owner
    dirty: str
    """The table of those to be looked at anew; its column bears the name of the statement's own."""
    key: str
    """The column of `finding` that holds the owner's key."""
    columns: Sequence[str]
    """Those of the statement after rule, noun and record."""

    def whole(self) -> str:
        """Every finding, as the records are now."""
        return self._found(self._text("", lambda _: "", lambda table: table))

    def fill(self, former: str | None) -> str:
        """The statement that fills the empty table; what was in `former` keeps its moment."""
        since = (
            f"left join {former} known on known.id = found.id"
            if former
            else "cross join (select now() as found_at) known"
        )
        listed = ", ".join(f"found.{each}" for each in self._columns())
        return (
            f"insert into finding ({', '.join(self._columns())}, found_at)"
            f" select {listed}, coalesce(known.found_at, now()) from ({self.whole()}) as found {since}"
        )

    def unlike(self) -> str:
        """The statement that says what is kept otherwise than it would be found: the fault, and of what."""
        changing = (*self.columns, "severity", "noun")
        new, old = (", ".join(f"{of}.{each}" for each in changing) for of in ("n", "f"))
        return (
            "select case when f.id is null then 'missing' when n.id is null then 'too many'"
            " else 'not as it is' end, coalesce(f.rule, n.rule) || ' ' || coalesce(f.record, n.record)"
            f" from (select * from finding where owner = '{self.owner.value}') f"
            f" full join ({self.whole()}) as n on n.id = f.id where ({old}) is distinct from ({new})"
        )

    def renew(self) -> str:
        """The statement that brings the dirty ones up to date, and tells what was opened and closed."""
        dirty = f"(select {self._dirty_column} from {self.dirty})"
        narrow = self._found(
            self._text(_LOOKED, lambda column: f"and {column} in {dirty}", lambda table: f"looked_{table}")
        )
        told = ", ".join(("id", *_COMMON))
        new, old = (", ".join(f"{of}.{each}" for each in self.columns) for of in ("n", "f"))
        listed = ", ".join(self._columns())
        return f"""
with found as materialized ({narrow}),
gone as (
    delete from finding f
    where f.owner = '{self.owner.value}' and f.{self.key} in {dirty}
        and not exists (select from found n where n.id = f.id)
    returning {", ".join(f"f.{each}" for each in ("id", *_COMMON))}
),
come as (
    insert into finding ({listed})
    select {listed} from found n where not exists (select from finding f where f.id = n.id)
    returning {told}
),
changed as (
    update finding f set ({", ".join(self.columns)}) = row({new})
    from found n where n.id = f.id and ({old}) is distinct from ({new})
)
insert into finding_event (opened, {told})
select false, {told} from gone union all select true, {told} from come"""

    @property
    def _dirty_column(self) -> str:
        return "id" if self.owner is Owner.LICENSE else self.key

    def _columns(self) -> tuple[str, ...]:
        return ("id", "rule", "severity", "owner", "noun", "record", *self.columns)

    def _text(self, looked: str, condition: Callable[[str], str], table: Callable[[str], str]) -> str:
        """The rules' own text: what is read before, how a column is narrowed, what a table is called."""
        text = statement(f"of_{self.owner.name.lower()}").replace("{looked}", looked)
        text = _ONLY.sub(lambda found: condition(found[1]), text)
        return _TABLE.sub(lambda found: table(found[1]), text)

    def _found(self, text: str) -> str:
        rules = ", ".join(
            f"('{name}', {rule.severity})" for name, rule in RULES.items() if rule.owner is self.owner
        )
        columns = ", ".join(f"found.{each}" for each in self.columns)
        return (
            "select md5((select seed::text from about) || '/' || found.rule || '/' || found.record)::uuid"
            " as id, found.rule, rules.severity::smallint as severity,"
            f" '{self.owner.value}'::\"char\" as owner, found.noun, found.record, {columns}"
            f" from ({text}) as found join (values {rules}) as rules (rule, severity)"
            " on rules.rule = found.rule"
        )


_ONLY: Final = re.compile(r"\{only ([a-z_.]+)\}")
_TABLE: Final = re.compile(r"\{([a-z]+)\}")


def statement(name: str) -> str:
    """The text of a file of SQL in this room."""
    return resources.files(__package__).joinpath(f"{name}.sql").read_text("utf-8")


_LOOKED: Final = statement("looked")

KEPT: Final = (
    Kept(Owner.PERSON, "dirty_finding_person", "person", ("person", "worker_id", *_ABOUT)),
    Kept(Owner.ORGANIZATION, "dirty_finding_organization", "organization", _ABOUT),
    Kept(Owner.LICENSE, "dirty_finding_license", "license_id", ("license_id", *_ABOUT)),
)


BEFORE: Final[Mapping[Registry, str]] = {each: statement(f"before_{each.lower()}") for each in Registry}
"""Before a registry's rows are written: of whom something else may be found."""


def version(dictionaries: Dictionaries) -> str:
    """What changes whenever findings of this version would be others."""
    texts = [statement("tables"), statement("indexes"), *(each.whole() for each in KEPT)]
    return hashlib.sha256(
        "\0".join([*texts, repr([(code,) for code in practising(dictionaries)])]).encode()
    ).hexdigest()
