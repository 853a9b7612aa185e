"""What remains of a build when every row is copied: steps, each done once, whoever was killed in between."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from projections.findings import keeping as findings
from projections.sync import posts, staff
from projections.sync.definition import DERIVED, SCHEMA, Derived, statements
from projections.sync.lanes import Work
from projections.sync.terms import fill
from projections.sync.writing import Connection
from sources.sql.raw import RAW_TABLES

SMALL: Final = ("about", "position", "name", "coverage")
"""Tables that are not copied."""

SURNAMES: Final = """
insert into surname
select word, array(
    select distinct v
    from unnest(array[word, translate(word, 'ьъ', '')]) as b, lateral (
        select b union all select left(b, i - 1) || substr(b, i + 1) from generate_series(1, length(b)) as i
    ) as x (v)
    order by v
)
from (select distinct regexp_split_to_table(runs(last_name), ' ') as word from {rows}) as found
where word <> '' on conflict do nothing"""

WORDS: Final = """
select distinct string_to_table(substr(lexemes(runs(called), kind), 2), ' ') as lexeme
from (
    select distinct called, kind
    from {rows}, lateral (values (last_name, 'l'), (first_name, 'f'), (middle_name, 'f')) as x (called, kind)
) as names
union
select distinct 'n:' || substring(word from '^[a-zа-я]+')
from {rows}, string_to_table(runs(registry_number), ' ') as word
where registry_number ~ '[^0-9 -]' and word ~ '^[a-zа-я]'"""
"""The lexemes of people's names, and the beginnings of those of their numbers."""

WORDS_OF_POSTS: Final = """
select distinct string_to_table(substr(lexemes, 2), ' ') as lexeme
from (select lexemes from organization union all select lexemes from name) as named"""
"""The lexemes of employers, positions and specialties."""

KEEP_WORDS: Final = "insert into word {words} on conflict do nothing"
KEEPING_WORDS: Final = [
    KEEP_WORDS.format(words=each) for each in (WORDS.format(rows="worker"), WORDS_OF_POSTS)
]
"""All words, as a build keeps them."""

# Who is looked for together lies together: a region's people in a few pages, a house's in fewer.
_ORDERS: Final = {"worker": "order by region_code, organization", "organization": "order by region_code"}

_EARLY: Final = ("organization_holder", "worker_slot", "set statistics", "create statistics")
"""What is done as soon as its table is whole, since other steps need it."""


@dataclass(frozen=True, slots=True)
class Step:
    """Statements that are done together or not at all."""

    name: str
    statements: Sequence[str]
    after: Sequence[str] = ()
    """The steps before it."""
    work: Callable[[Connection], Awaitable[None]] | None = None
    """What no statement can say."""

    async def do(self, connection: Connection) -> None:
        """Do it in a transaction, unless it was done; another process that does it is waited for."""
        async with connection.transaction():
            claim = "insert into step values ($1) on conflict do nothing"
            if await connection.execute(claim, self.name) == "INSERT 0 0":
                return
            for each in self.statements:
                await connection.execute(each)
            if self.work is not None:
                await self.work(connection)


@dataclass(frozen=True, slots=True)
class Vacuum:
    """So that searches answer from indexes alone; a vacuum is no part of a transaction."""

    table: str
    after: Sequence[str]

    @property
    def name(self) -> str:
        """What it is called."""
        return f"vacuum {self.table}"

    async def do(self, connection: Connection) -> None:
        """Do it, also where it was done. What planners have to know was counted when it became whole."""
        await connection.execute(f"vacuum {self.table}")


def works() -> Sequence[Work]:
    """All that remains, vacuums last: they take for seen by all only what nobody was still writing."""
    found = steps()
    names = tuple(each.name for each in found)
    tables = [*(each.name for each in RAW_TABLES), "staff"]
    return [*found, *(Vacuum(each, names) for each in tables)]


def steps() -> list[Step]:
    """The steps. Of those that may be begun the first is: what others wait for stands before them."""
    early = [each for each in statements("indexes") if any(name in each for name in _EARLY)]
    holders = [each for each in early if " on organization " in each]
    counted = [
        Step(f"statistics of {name}", [*(e for e in early if f" from {name}" in e), f"analyze {name}"])
        for name in (*SMALL, *(each.name for each in RAW_TABLES))
    ]
    first = tuple(each.name for each in counted)
    people = ("derived worker",)
    late = [each for each in statements("indexes") if each not in early]
    indexes = [_index(number, each, first) for number, each in enumerate(late, 1)]
    known = [each.name for each, made in zip(indexes, late, strict=True) if _table(made) != "worker"]
    return [
        *counted,
        Step("holders", holders, first),
        *_derivations(early),
        Step("staff", staff.FILL, people),
        Step("posts", posts.FILL, ("staff",)),
        Step("terms", (), people, fill),
        Step("surnames", [SURNAMES.format(rows="worker"), "analyze surname", "analyze name"], people),
        Step("words", [*KEEPING_WORDS, "analyze word"], people),
        Step("findings", (), (*people, *known), _find),
        *indexes,
    ]


def _derivations(early: Sequence[str]) -> list[Step]:
    """A step for each table with columns that follow, one after the other."""
    before = ("holders", *(f"derived {each.table}" for each in DERIVED))
    return [
        Step(f"derived {each.table}", derivation(each, early), (last,))
        for each, last in zip(DERIVED, before, strict=False)
    ]


def derivation(derived: Derived, early: Sequence[str]) -> list[str]:
    """Write a table anew with what follows for it: one pass, and no dead rows are left."""
    table = derived.table
    raw = next(each.columns for each in RAW_TABLES if each.name == table)
    columns, order = ", ".join((*raw, *derived.columns)), _ORDERS.get(table, "")
    return [
        # Room in its pages: what changes in a row without an index of its own stays there. Numbers that the
        # table gives are given anew, in the order of its rows.
        f"create table derived (like {table} including identity) with (fillfactor = 88)",
        f"insert into derived ({columns}) select {columns} from ({derived.whole()}) as found {order}",
        f"drop table {table}",
        f"alter table derived rename to {table}",
        *(each for each in early if f" on {table} " in each or f" table {table} " in each),
        f"analyze {table}",
    ]


def _index(number: int, made: str, first: Sequence[str]) -> Step:
    """The step of a key or an index, once its table is there as it stays."""
    return Step(f"index {number}", [made], _WAITED.get(_table(made), first))


def _table(made: str) -> str:
    """The table for which a statement makes something."""
    found = _MADE.search(made)
    if found is None:
        raise ValueError(made)
    return found[1]


_MADE: Final = re.compile(r"^(?:alter table|create (?:unique )?index \w+ on) (\w+)")


_WAITED: Final = {each.table: (f"derived {each.table}",) for each in DERIVED} | {
    "staff": ("staff",),
    "post": ("posts",),
    "surname": ("surnames",),
}


async def _find(connection: Connection) -> None:
    await findings.fill(connection, SCHEMA)
