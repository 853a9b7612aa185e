"""The generated code of a plan: one function that writes the whole answer in one pass over rows and columns.

The text holds whole numbers, response names and names of attributes and variables; all values are bound.
Whatever the function does not expect it raises, and the walker takes over from the same columns.
"""

from collections.abc import Callable
from math import isfinite
from typing import Any, Final

from graphql import (
    GraphQLEnumType,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    get_named_type,
)

from engine.kinds import Attribute, Computed, Constant, Derived
from engine.leaves import EnumNames, Surprise, coercion, unusual
from engine.plan import Field, Node, Plan
from engine.rights import Decision
from engine.source import Lines, Names, attribute
from engine.values import is_row

Assemble = Callable[[Any, list[Any], list[Any], Any], dict[str, Any]]
"""From the root's value, the columns, the columns of type names and the context to the answer."""

_DEEPEST: Final = 14
"""Python nests at most twenty loops; selections below this indentation become functions of their own."""


def as_list(value: Any) -> Any:
    """A tuple, which is as good as a list; anything else is for the walker."""
    if isinstance(value, tuple | list):
        return value
    raise Surprise


def assembler(plan: Plan, root: Node) -> Assemble:
    """The function that assembles the answer of one root node."""
    made = _Assembler(plan)
    body = Lines(2)
    result = made.selection(root, "root", body)
    text = "\n".join(
        [*made.head(), *made.functions, "    if True:", *body.lines, f"        return {result}", ""]
    )
    names = made.names.bound
    exec(compile(text, "<plan>", "exec"), names)  # noqa: S102  (the module's first lines say what is in the text)
    function: Assemble = names.pop("assemble")  # the function holds its names: not the other way round too
    return function


class _Assembler:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.names = Names(Surprise=Surprise, isfinite=isfinite, as_list=as_list, is_row=is_row)
        self.functions: list[str] = []
        self._variables: set[str] = set()
        self._columns: list[int] = []
        self._types: list[int] = []
        self._memories: list[str] = []

    def head(self) -> list[str]:
        """The first line, and an iterator over each column that is read."""
        return [
            "def assemble(root, columns, types, context):",
            *(f"    n{each} = iter(columns[{each}]).__next__" for each in self._columns),
            *(f"    t{each} = iter(types[{each}]).__next__" for each in self._types),
            *(f"    {each} = {{}}" for each in self._memories),
        ]

    def selection(self, node: Node, row: str, lines: Lines) -> str:
        """The text of a row's fields as a dictionary."""
        if lines.indent > _DEEPEST:
            return self._function(node, row)
        items = [f"{each.key!r}: {self._field(each, row, lines)}" for each in node.fields]
        return "{" + ", ".join(items) + "}"

    def _function(self, node: Node, row: str) -> str:
        name, body = self.names.fresh("f"), Lines(2)
        result = self.selection(node, "row", body)
        self.functions += [f"    def {name}(row):", *body.lines, f"        return {result}"]
        return f"{name}({row})"

    def _field(self, field: Field, row: str, lines: Lines) -> str:
        if field.name == "__typename":
            return repr(field.owner.type.name)
        if field.decision is Decision.WITHHELD:
            if field.fetched:
                lines.add("raise Surprise")  # null may not stand here
            return "None"
        if field.fetched:
            self._columns.append(field.id)
            value = self._variable(f"n{field.id}()", lines)  # at once: one step of the column for each row
            return self._value(field, field.type, value, lines)
        if isinstance(field.kind, Derived):
            return self._derived(field, field.kind, row, lines)
        return self._value(field, field.type, self._in_place(field, row), lines)

    def _derived(self, field: Field, kind: Derived, row: str, lines: Lines) -> str:
        """The text of a value that is worked out once for each value of an attribute."""
        key, value, memory = self.names.fresh(), self.names.fresh(), self.names.fresh("m")
        self._memories.append(memory)
        self._variables.add(value)
        lines.add(f"{key} = {attribute(row, kind.name)}")
        lines.add(f"{value} = {memory}.get({key}, {memory})")
        lines.add(f"if {value} is {memory}:")
        block = lines.inside()
        block.add(f"{value} = {self.names.bind(kind.answer)}({key}, context)")
        self._value(field, field.type, value, block)
        block.add(f"{memory}[{key}] = {value}")
        lines.take(block)
        return value

    def _in_place(self, field: Field, row: str) -> str:
        kind = field.kind
        if isinstance(kind, Attribute):
            return attribute(row, kind.name)
        if isinstance(kind, Computed):
            call = self.names.bind(kind.answer)
            return f"{call}({row}, context)" if kind.context else f"{call}({row})"
        assert isinstance(kind, Constant)  # noqa: S101  (the planner has every other kind fetched)
        return self.names.bind(kind.value)

    def _value(self, field: Field, type_: GraphQLOutputType, source: str, lines: Lines) -> str:
        non_null = isinstance(type_, GraphQLNonNull)
        if isinstance(type_, GraphQLNonNull):
            type_ = type_.of_type
        if field.leaf and not isinstance(type_, GraphQLList):
            return self._leaf(get_named_type(type_), non_null, source, lines)  # type: ignore[arg-type]
        value = self._variable(source, lines)
        if non_null:
            self._filled(field, type_, value, lines)
            return value
        block = lines.inside()
        self._filled(field, type_, value, block)
        lines.add(f"if {value} is not None:")
        lines.take(block)
        return value

    def _variable(self, source: str, lines: Lines) -> str:
        """A variable that holds the source; one that holds it already may be assigned to again."""
        if source in self._variables:
            return source
        value = self.names.fresh()
        self._variables.add(value)
        lines.add(f"{value} = {source}")
        return value

    def _filled(self, field: Field, type_: GraphQLOutputType, value: str, lines: Lines) -> None:
        """Statements that turn a value that should not be null into what is answered for it."""
        if isinstance(type_, GraphQLList):
            self._list(field, type_.of_type, value, lines)
        elif field.abstract:
            self._abstract(field, value, lines)
        else:
            self._object(field.only, value, lines)

    def _list(self, field: Field, item_type: GraphQLOutputType, value: str, lines: Lines) -> None:
        lines.add(f"if type({value}) is not list: {value} = as_list({value})")
        item, loop = self.names.fresh(), lines.inside()
        self._variables.add(item)
        result = self._value(field, item_type, item, loop)
        if not loop.lines:
            lines.add(f"{value} = [{result} for {item} in {value}]")
            return
        found = self.names.fresh()
        lines.add(f"{found} = []")
        lines.add(f"for {item} in {value}:")
        lines.take(loop)
        lines.add(f"    {found}.append({result})")
        lines.add(f"{value} = {found}")

    def _object(self, node: Node, value: str, lines: Lines) -> None:
        if not any(_touches(each) for each in node.fields):
            lines.add(f"if not is_row({value}): raise Surprise")
        elif node.parent is not None and not node.parent.fetched:
            lines.add(f"if isinstance({value}, Exception): raise Surprise")
        result = self.selection(node, value, lines)
        lines.add(f"{value} = {result}")

    def _abstract(self, field: Field, value: str, lines: Lines) -> None:
        if field.id not in self._types:
            self._types.append(field.id)
        lines.add(f"if {value} is None: raise Surprise")
        name = self.names.fresh()
        lines.add(f"{name} = t{field.id}()")
        for index, (type_name, node) in enumerate(field.below.items()):
            lines.add(f"{'elif' if index else 'if'} {name} == {type_name!r}:")
            block = lines.inside()
            block.add(f"{value} = {self.selection(node, value, block)}")
            lines.take(block)
        lines.add("else: raise Surprise" if field.below else "raise Surprise")

    def _leaf(self, type_: GraphQLLeafType, non_null: bool, source: str, lines: Lines) -> str:
        value = self._variable(source, lines)
        native = self._plan.application.native
        condition = unusual(type_, native)
        if condition is not None:
            coerced, own = self.names.bind(coercion(type_, non_null)), ""
            if type_.name in native:
                own = self.names.bind(native[type_.name])
            null = "" if non_null else f" and {value} is not None"
            lines.add(f"if {condition.format(value, own)}{null}: {value} = {coerced}({value})")
        elif isinstance(type_, GraphQLEnumType):
            enum = self.names.bind(EnumNames(type_))
            lines.add(f"{'' if non_null else f'if {value} is not None: '}{value} = {enum}[{value}]")
        else:
            lines.add(f"{value} = {self.names.bind(coercion(type_, non_null))}({value})")
        return value


def _touches(field: Field) -> bool:
    """Whether the field reads something of its row that only a real row has."""
    return not field.fetched and field.decision is Decision.VALUE and isinstance(field.kind, Attribute)
