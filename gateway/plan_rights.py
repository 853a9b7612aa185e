"""The rights of one plan: the gate's decisions in the engine's words, and the lines that tell of them."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final

from auth.decisions import Decisions as Gated
from auth.lines import Outcome
from auth.principal import Principal
from auth.rights import Decision as Gates
from auth.rights import Reason
from engine.rights import Decision, Decisions, Verdict
from gateway.build import Coordinate
from resolvers.context import Context
from resolvers.guard import NOBODY
from resolvers.subject import is_watched, subject
from schema.fields import Declaration

MEANING: Final = {
    Gates.VALUE: Decision.VALUE,
    Gates.MASK: Decision.MASK,
    Gates.WITHHELD: Decision.WITHHELD,
    Gates.ROW: Decision.ROW,
}


class PlanRights:
    """What the gate decided for one operation and one set of rights."""

    def __init__(self, decisions: Gated, declarations: Mapping[Coordinate, Declaration]) -> None:
        self._decisions = decisions
        self._declarations = declarations

    def decision(self, type_name: str, field_name: str) -> Decision:
        """What the plan gives of this field; introspection and a carried field have been decided before."""
        declared = self._declarations.get((type_name, field_name))
        if declared is None or declared.carried:
            return Decision.VALUE
        return MEANING[self._decisions.of(type_name, field_name)]

    def watched(self, type_name: str, field_name: str) -> bool:
        """Whether the field's release is kept on record."""
        declared = self._declarations.get((type_name, field_name))
        return declared is not None and is_watched(type_name, declared.field_class)

    def withheld(self, context: Context, type_name: str, field_name: str, rows: int) -> None:
        """A line for the rows of a field that was withheld from all."""
        reason = self._decisions.reason(type_name, field_name)
        context.access.note(f"{type_name}.{field_name}", Outcome.WITHHELD, reason or Reason.ROLE, rows)

    def masked(
        self, context: Context, type_name: str, field_name: str, values: list[Any], reasons: list[Any] | None
    ) -> list[Any]:
        """The masks of these values; one that cannot carry a mask is withheld."""
        at = (type_name, field_name)
        why = reasons or [self._decisions.reason(*at)] * len(values)
        masks = [None if value is None else context.gate.masked(*at, value) for value in values]
        for value, mask, reason in zip(values, masks, why, strict=True):
            if value is not None:
                outcome = Outcome.WITHHELD if mask is None else Outcome.MASKED
                context.access.note(".".join(at), outcome, reason or Reason.ROLE)
        return masks

    async def rows(
        self, context: Context, type_name: str, field_name: str, parents: Sequence[Any]
    ) -> list[Verdict]:
        """What each parent's subject lets the caller see."""
        abouts = asyncio.gather(*(subject(parent, context) for parent in parents))
        subjects, caller = await asyncio.gather(abouts, context.reach.principal(context))
        return [_verdict(context, caller, (type_name, field_name), about or NOBODY) for about in subjects]

    def released(
        self,
        context: Context,
        type_name: str,
        field_name: str,
        rows: Sequence[Any],
        values: Sequence[Any],
        decisions: Decisions,
    ) -> None:
        """Keep on record of which records something was given, as a value or as a mask."""
        at, note = (type_name, field_name), context.released.note
        if isinstance(decisions, Decision):
            given = [row for row, value in zip(rows, values, strict=True) if value is not None]
            note(*at, given, masked=decisions is Decision.MASK)
            return
        told = [each for each in zip(rows, values, decisions, strict=True) if each[1] is not None]
        for decision in (Decision.VALUE, Decision.MASK):
            note(*at, [row for row, _, each in told if each is decision], masked=decision is Decision.MASK)


def _verdict(context: Context, caller: Principal, at: Coordinate, about: Any) -> Verdict:
    decided, reason = context.gate.row(*at, caller, context.purpose, about)
    if decided is Gates.WITHHELD:
        context.access.note(".".join(at), Outcome.WITHHELD, reason or Reason.ROLE)
    return Verdict(MEANING[decided], reason)
