"""Compiled execution of the schema's operations: the engine, told of our fields, loaders and rights."""

import datetime as dt
from collections.abc import Awaitable, Mapping
from typing import Any, Final

from graphql import ExecutionResult, GraphQLError, default_field_resolver, default_type_resolver
from graphql.execution.values import VariableValues

from engine.execution import Engine
from engine.plan import Application
from engine.prepare import Prepared as Planned
from engine.prepare import Unsupported
from gateway.build import Built
from gateway.operation.prepare import Prepared
from gateway.plans.kinds import Kinds, loader, type_name
from gateway.plans.plan_rights import PlanRights
from resolvers.context import Context

KEYS = ("Snils", "Inn", "Ogrn", "Oid", "LicenseNumber", "RegistryNumber")
NATIVE = {"Date": dt.date, "DateTime": dt.datetime} | dict.fromkeys(KEYS, str)
"""Scalars whose values the encoder writes as they do themselves."""

_UNKNOWN: Final[Any] = object()

WALKED_ROWS = 50
"""An answer of so few objects is walked in less time than its plan's code takes to make."""


class CompiledSchema:
    """Runs operations by their plans; says of those that it does not run that they are another executor's."""

    def __init__(self, built: Built) -> None:
        self._declarations = built.declarations
        application = Application(
            describe=Kinds(built).kind,
            loader=loader,
            checked=lambda _type: False,
            type_name=type_name,
            native=dict(NATIVE),
            field_resolver=default_field_resolver,
            type_resolver=default_type_resolver,
            hide_suggestions=True,
        )
        self.engine = Engine(built.graphql, application, walked_rows=WALKED_ROWS)

    def runs(self, prepared: Prepared) -> bool:
        """Whether the engine runs this operation; the others are another executor's."""
        return self._of(prepared) is not None

    def variables(
        self, prepared: Prepared, values: Mapping[str, Any], most: int
    ) -> VariableValues | list[GraphQLError]:
        """The values of a request coerced, or what is wrong with them."""
        return self.engine.variables(self._planned_of(prepared), values, most)

    def run(
        self, prepared: Prepared, variables: VariableValues, root: Any, context: Context
    ) -> ExecutionResult | Awaitable[ExecutionResult] | None:
        """The result of an operation, or of one event of a subscription, whose value is the root.

        None, before anything has run, where these variables make it another executor's after all.
        """
        decisions = context.decisions
        planned = self._planned_of(prepared)
        rights = PlanRights(decisions, self._declarations)
        try:
            return self.engine.run(planned, variables, root, context, rights=rights, rights_key=decisions)
        except Unsupported:
            return None

    def _planned_of(self, prepared: Prepared) -> Planned:
        planned = self._of(prepared)
        if planned is None:
            raise LookupError("the engine does not run this operation")
        return planned

    def _of(self, prepared: Prepared) -> Planned | None:
        found: Planned | None = prepared.kept.get(self, _UNKNOWN)
        if found is _UNKNOWN:
            found = prepared.kept[self] = self._plan(prepared)
        return found

    def _plan(self, prepared: Prepared) -> Planned | None:
        try:
            return self.engine.prepared(prepared.operation, prepared.fragments)
        except Unsupported:
            return None
