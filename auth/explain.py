"""Why a caller gets what he gets of a field: each rule of the table against his grants. Holds no value."""

from dataclasses import dataclass
from enum import StrEnum

from auth.principal import Principal, Purpose, Role
from auth.rights import TABLE, Cell, Decision, Extent, Reason
from auth.rules import Reach, Subject, covers, rights_set
from auth.table import Classed


class Given(StrEnum):
    """What a caller gets of one record's field."""

    VALUE = "VALUE"
    MASK = "MASK"
    WITHHELD = "WITHHELD"


@dataclass(frozen=True, slots=True)
class Rule:
    """What the table gives a role of a field, what of it the caller gets, and what he lacks for the rest."""

    role: Role
    extent: Extent
    gives: Given
    given: Given
    lacking: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The decision on one field of one record, the rule that made it, and those that would give more."""

    classed: Classed
    decision: Given
    decided_by: Rule | None
    missing: tuple[Rule, ...]


def needs_record(principal: Principal, purpose: Purpose | None, classed: Classed) -> bool:
    """Whether a rule gives the caller something of some records and not of others."""
    standings = rights_set(principal, purpose).standings
    return not classed.is_public and any(
        each.reach is Reach.SOME and _cell(each.role, classed).gives is not Decision.WITHHELD
        for each in standings
    )


def explanation(
    principal: Principal, purpose: Purpose | None, classed: Classed, subject: Subject
) -> Explanation:
    """Why the caller gets what he gets of this field of a record about this subject."""
    rules = [_rule(role, principal, purpose, classed, subject) for role in TABLE]
    rules = [rule for rule in rules if rule.gives is not Given.WITHHELD]
    best = max(rules, key=lambda rule: Decision(rule.given).rank, default=None)
    if classed.is_public or best is None or best.given is Given.WITHHELD:
        best = None
    decision = Given.VALUE if classed.is_public else best.given if best else Given.WITHHELD
    more = [rule for rule in rules if Decision(rule.gives).rank > Decision(decision).rank]
    return Explanation(classed, decision, best, tuple(more))


def _rule(
    role: Role, principal: Principal, purpose: Purpose | None, classed: Classed, subject: Subject
) -> Rule:
    cell, met = _cell(role, classed), rights_set(principal, purpose).met
    own = [grant for grant in principal.grants if grant.role is role]
    reached = any(covers(principal, grant, subject) for grant in own)
    where = () if reached else (Reason.EXTENT,) if own else (Reason.ROLE,)
    given = cell.given(met) if reached else Decision.WITHHELD
    return Rule(role, TABLE[role].extent, Given(cell.gives), Given(given), (*where, *cell.lacking(met)))


def _cell(role: Role, classed: Classed) -> Cell:
    cell = TABLE[role].cell(classed.field_class)
    return cell if classed.maskable else cell.unmasked
