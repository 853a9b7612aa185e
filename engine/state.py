"""What one run of a plan has brought together so far: columns of values, one for each row."""

from collections.abc import Sequence
from typing import Any

from graphql.execution.values import VariableValues

from engine.info import Infos
from engine.paths import Paths
from engine.plan import Field, Node, Plan
from engine.rights import Decisions
from engine.turns import Turns


class State:
    """The columns of one run, and what was noticed while they were made."""

    __slots__ = (
        "_infos",
        "_paths",
        "columns",
        "context",
        "decisions",
        "dirty",
        "failed",
        "fatal",
        "guards",
        "lost",
        "plan",
        "root",
        "rows",
        "turns",
        "types",
        "variables",
        "walked",
        "watched",
    )

    def __init__(self, plan: Plan, root: Any, context: Any, variables: VariableValues) -> None:
        self.plan, self.root, self.context, self.variables = plan, root, context, variables
        self.columns: list[Sequence[Any]] = [()] * plan.fields
        """By field: its value for each row of its owner."""
        self.types: list[Sequence[Any]] = [()] * plan.fields
        """By field of an abstract type: the name of each value's type, or the failure to tell it."""
        self.guards: dict[int, list[Any]] = {}
        """By node with a predicate: whether each value is of its type, or the failure to tell."""
        self.failed: dict[Field, list[Any]] = {}
        """Columns of nullable fields as they were before their failures became null."""
        self.decisions: dict[int, Decisions] = {}
        """By watched field that rows decide about: what each row decided."""
        self.watched: list[tuple[Node, Sequence[Any]]] = []
        """Selections with watched fields, and their rows."""
        self.dirty = False
        """Whether only the walker can tell the answer."""
        self.rows = 0
        """How many objects fetched fields have led to."""
        self.walked = False
        """Whether the walker has told some of the answer, so that nulls may have swallowed rows."""
        self.fatal = False
        """Whether the answer is null as a whole, whatever is still awaited."""
        self.lost: list[Field] = []
        """Fields with a null where none may be, so that what stands around it is null too."""
        self.turns = Turns()
        self._paths: Paths | None = None
        self._infos: Infos | None = None

    @property
    def paths(self) -> Paths:
        """Where the rows of this run stand."""
        if self._paths is None:
            self._paths = Paths(self.columns, self.types, self.guards)
        return self._paths

    @property
    def infos(self) -> Infos:
        """The infos of this run."""
        if self._infos is None:
            self._infos = Infos(self.plan, self.root, self.variables, self.context, self.paths)
        return self._infos
