"""The rights of one plan: the gate's decisions in the engine's words, and the lines that tell of them."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any, Final

from auth.decisions import Decisions as Gated
from auth.lines import Outcome
from auth.rights import Decision as Gates
from auth.rights import Reason
from auth.rules import RightsSet, rights_of_rows
from engine.rights import Decision, Decisions, Question, Verdict
from gateway.build import Coordinate
from resolvers.context import Context
from resolvers.reach import REACHED
from resolvers.subject import NOBODY, WHOSE, about, is_watched
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
        decided = MEANING[self._decisions.of(type_name, field_name)]
        return Decision.VALUE if declared.narrowed and decided is Decision.ROW else decided

    def watched(self, type_name: str, field_name: str) -> bool:
        """Whether the field's release is kept on record."""
        declared = self._declarations.get((type_name, field_name))
        return declared is not None and is_watched(type_name, declared.field_class)

    def withheld(
        self, context: Context, type_name: str, field_name: str, rows: int, verdict: Verdict | None = None
    ) -> None:
        """A line for the rows of which a field was withheld."""
        reason = verdict.reason if verdict else self._decisions.reason(type_name, field_name)
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

    def questions(self, context: Context, type_name: str, rows: Sequence[Any]) -> list[Question]:
        """Whom each of the records is about, and how far the caller's own organizations reach."""
        whose, asked = WHOSE.get(type_name), []
        if whose is not None:
            asked.append(Question(whose.loader, list(map(attrgetter(whose.column), rows))))
        own = context.reach.unknown(context.principal)
        if own:
            asked.append(Question(REACHED, own))
        return asked

    def standings(
        self, context: Context, type_name: str, rows: Sequence[Any], answers: Sequence[Sequence[Any]]
    ) -> list[RightsSet | Exception]:
        """The caller's rights over each of the records."""
        if len(answers) > (type_name in WHOSE):
            context.reach.learn(context.principal, answers[-1])
        found = answers[0] if type_name in WHOSE else rows
        subjects = [NOBODY if isinstance(each, Exception) else about(each) for each in found]
        rights = rights_of_rows(context.reach.caller(context.principal), context.purpose, subjects)
        return [each if isinstance(each, Exception) else of for each, of in zip(found, rights, strict=True)]

    def verdict(self, context: Context, type_name: str, field_name: str, standing: RightsSet) -> Verdict:
        """What the caller gets of the field where he has these rights."""
        decided, reason = context.gate.over(type_name, field_name, standing)
        return Verdict(MEANING[decided], reason)

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
