"""Searches by chance: text, filter, order, size of a page, facets; the same for the same seed and number."""

import datetime as dt
from random import Random
from typing import Any, Final

from tests.search.filters import Filters
from tests.search.oracle import Search
from tests.search.roots import ROOTS
from tests.search.rows import Row, Rows
from tests.search.texts import Texts

NAMES: Final = ("workers", "organizations", "licenses", "credentials")
OFTEN: Final = (5, 2, 2, 2)


def search(rows: Rows, today: dt.date, seed: int, number: int) -> Search:
    """The search of this number, by someone who may ask by everything."""
    random = Random(f"{seed}:{number}")
    name = random.choices(NAMES, OFTEN)[0]
    focus = _focus(rows, ROOTS[name].entity, random)
    return search_about(rows, today, random, name, focus, Filters(rows, random, today))


def search_about(
    rows: Rows, today: dt.date, random: Random, name: str, focus: Row, filters: Filters
) -> Search:
    """A search that may well find a certain record."""
    root = ROOTS[name]
    query = Texts(rows, random).text(root.entity, focus) if random.random() < 0.35 else None
    where = filters.where(root.entity, focus) if random.random() < (0.5 if query else 0.95) else None
    facets = random.sample(list(root.facets), random.randint(1, 3)) if random.random() < 0.35 else []
    return Search(
        name,
        where,
        query if query and any(sign.isalnum() for sign in query) else None,
        tuple(_orders(root.orders, query is not None, random)),
        random.choice((1, 2, 3, 5, 10, 20, 50, 100)),
        tuple(facets),
        random.choice((1, 3, 10, 100)),
    )


def _focus(rows: Rows, entity: str, random: Random) -> Row:
    """A record; a worker with much to ask by is chosen more often."""
    some = [rows.any(entity, random) for _ in range(2)]
    return max(some, key=lambda row: _richness(rows, entity, row)) if random.random() < 0.6 else some[0]


def _richness(rows: Rows, entity: str, row: Row) -> int:
    names = {
        "worker": ("employments", "categories", "restrictions", "ownLicenses"),
        "organization": ("employments", "licenses"),
        "license": ("organization",),
        "credential": ("worker",),
    }
    return sum(len(rows.related(entity, name, row)) for name in names[entity])


def _orders(known: Any, texted: bool, random: Random) -> list[dict[str, str]]:
    count = random.choices((0, 1, 2, 3), (6 if texted else 2, 4, 2, 2))[0]
    names = [*known, "MATCH"] if texted else list(known)
    chosen = [{"by": name} for name in random.sample(names, count)]
    for each in chosen:
        if random.random() < 0.6:
            each["direction"] = random.choice(("ASC", "DESC"))
        if random.random() < 0.5:
            each["nulls"] = random.choice(("FIRST", "LAST"))
    return chosen
