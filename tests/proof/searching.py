"""Searches by what is not for everyone: each condition as GraphQL writes it, and of whom it holds in truth.

What a caller may find is worked out by the law, person by person: whoever is not his to ask of passes neither
a condition nor its opposite.
"""

import base64
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final

from tests.proof.law import VALUE, Caller, best, outcome
from tests.proof.links import LINKS
from tests.proof.rows import Row
from tests.proof.world import World

Holds = Callable[[Row], bool]

QUANTIFIERS: Final[dict[str, Callable[[Sequence[bool]], bool]]] = {
    "some": any,
    "none": lambda found: not any(found),
    "every": all,
}
REASONS: Final = ("RECORD_NOT_ACTIVE", "PRACTICE_BAN", "NO_VALID_CREDENTIAL", "NOT_EMPLOYED")


@dataclass(frozen=True)
class Guarded:
    """A condition on workers that is not for everyone: its class, what a refusal names, whom it holds of."""

    text: str
    field_class: str
    coordinate: str
    holds: Holds


@dataclass(frozen=True)
class Asked:
    """A whole filter: the condition, and how it stands among others that are for everyone."""

    text: str
    guarded: Guarded
    passes: Callable[[Row, bool], bool]
    """Whether a worker is found, who is the caller's to ask of or is not."""


def conditions(world: World, random: Random, focus: Row) -> Guarded:
    """One of the conditions that are not for everyone, more or less about one person."""
    kind = random.choice(("REPRIMAND", "PRACTICE_BAN"))
    rate = random.choice((0.25, 0.5, 1))
    reason = random.choice(REASONS)
    department = _department(world, random, focus)
    told = base64.urlsafe_b64encode(f"Department:{department}".encode()).decode().rstrip("=")
    day = focus.birth_date
    restricted = ("RESTRICTED", "WorkerWhere.restrictions", world.many("restriction", "worker_id"), "id")
    employed = world.many("employment", "worker_id")
    trained = ("INTERNAL", "TrainingWhere.hours", world.many("training", "worker_snils"), "snils")
    made: list[Callable[[], Guarded]] = [
        lambda: Guarded(
            f'bornOn: "{day}"', "PERSONAL", "WorkerWhere.bornOn", lambda row: row.birth_date == day
        ),
        lambda: Guarded(
            f'born: {{from: "{day}"}}', "PERSONAL", "WorkerWhere.born", lambda row: row.birth_date >= day
        ),
        lambda: Guarded(
            f"eligibility: {{reasons: [{reason}]}}",
            "RESTRICTED",
            "EligibilityWhere.reasons",
            lambda row: reason in LINKS["Worker"]["eligibility"](world, row, {}).values["reasons"],
        ),
        lambda: _related(random, "restrictions", "{}", *restricted, lambda _: True),
        lambda: _related(
            random, "restrictions", f"{{kinds: [{kind}]}}", *restricted, lambda each: each.kind == kind
        ),
        lambda: _related(
            random,
            "employments",
            f'{{rate: {{to: "{rate}"}}}}',
            "INTERNAL",
            "EmploymentWhere.rate",
            employed,
            "id",
            lambda each: float(each.rate) <= rate,
        ),
        lambda: _related(
            random,
            "employments",
            f'{{departments: ["{told}"]}}',
            "INTERNAL",
            "EmploymentWhere.departments",
            employed,
            "id",
            lambda each: each.department_id == department,
        ),
        lambda: _related(random, "trainings", "{hours: {from: 36}}", *trained, lambda each: each.hours >= 36),
    ]
    return random.choice(made)()


def _department(world: World, random: Random, focus: Row) -> Any:
    jobs = world.employments.get((focus.id,), ())
    known = [each.department_id for each in jobs if each.department_id is not None]
    return random.choice(known) if known else world.rows["department"][0].id


def _related(
    random: Random,
    relation: str,
    inner: str,
    field_class: str,
    coordinate: str,
    rows: Any,
    key: str,
    passes: Callable[[Row], bool],
) -> Guarded:
    name = random.choice(sorted(QUANTIFIERS))
    holds = QUANTIFIERS[name]
    return Guarded(
        f"{relation}: {{{name}: {inner}}}",
        field_class,
        coordinate,
        lambda row: holds([passes(each) for each in rows.get((getattr(row, key),), ())]),
    )


def asked(world: World, random: Random, focus: Row) -> Asked:
    """A filter with one guarded condition in it."""
    found, region = conditions(world, random, focus), focus.region_code
    return random.choice(
        (
            Asked(found.text, found, lambda row, seen: seen and found.holds(row)),
            Asked(f"not: {{{found.text}}}", found, lambda row, seen: seen and not found.holds(row)),
            Asked(
                f'or: [{{{found.text}}}, {{regions: ["{region}"]}}]',
                found,
                lambda row, seen: (seen and found.holds(row)) or row.region_code == region,
            ),
            Asked(
                f'not: {{or: [{{{found.text}}}, {{regions: ["{region}"]}}]}}',
                found,
                lambda row, seen: seen and not found.holds(row) and row.region_code != region,
            ),
            Asked(
                f"and: [{{{found.text}}}, {{not: {{not: {{{found.text}}}}}}}, {{sexes: [{focus.sex}]}}]",
                found,
                lambda row, seen: seen and found.holds(row) and row.sex == focus.sex,
            ),
        )
    )


def refused(guarded: Guarded, caller: Caller) -> bool:
    """Whether the caller may know it of nobody, so may not ask."""
    return best(caller, guarded.field_class, maskable=True)[0] != VALUE


def found(world: World, filter_: Asked, caller: Caller) -> list[str]:
    """The registry numbers of those whom the caller should find, in order."""
    reaching = replace(caller, organizations=tuple(world.reached(caller.organizations)))
    return sorted(
        row.registry_number
        for row in world.rows["worker"]
        if filter_.passes(row, _seen(world, reaching, filter_.guarded.field_class, row))
    )


def reasons(world: World, caller: Caller) -> Counter[str | None]:
    """How many of those whose reasons the caller may see have each reason."""
    reaching = replace(caller, organizations=tuple(world.reached(caller.organizations)))
    counted: Counter[str | None] = Counter()
    for row in world.rows["worker"]:
        if _seen(world, reaching, "RESTRICTED", row):
            told = LINKS["Worker"]["eligibility"](world, row, {}).values["reasons"]
            counted.update(told or [None])
    return counted


def _seen(world: World, caller: Caller, field_class: str, row: Row) -> bool:
    return outcome(caller, field_class, world.person(row), maskable=True) == VALUE
