"""How large a document is, counted before validation, because validation itself can be made to run for ever.

Every fragment is counted once and then multiplied by its uses, so counting takes time linear in the text,
however much the fragments blow up.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from gateway.limits import Limits, within


@dataclass(slots=True)
class Size:
    """What a selection holds, with its fragments spread out. Fragments count among its fields."""

    depth: int = 0
    fields: int = 0
    root_fields: int = 0
    aliases: int = 0
    directives: int = 0

    def add(self, spread: "Spread", fragment: "Size") -> None:
        """Count a fragment at the place where it is spread."""
        self.depth = max(self.depth, spread.depth + fragment.depth)
        self.fields += fragment.fields
        self.aliases += fragment.aliases
        self.directives += fragment.directives
        if spread.depth == 0:
            self.root_fields += fragment.root_fields


@dataclass(frozen=True, slots=True)
class Spread:
    """A use of a fragment, below so many fields."""

    name: str
    depth: int


@dataclass(frozen=True, slots=True)
class Part:
    """One definition by itself: its own size and the fragments that it spreads."""

    size: Size = field(default_factory=Size)
    spreads: list[Spread] = field(default_factory=list)


def check_size(document: DocumentNode, limits: Limits) -> None:
    """Refuses a document that is over a limit. Looks at unused fragments too: the validation rules do."""
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    within(limits, "operations", len(operations))
    fragments = {
        node.name.value: _part(node)
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    sizes = _fragment_sizes(fragments)
    wholes = [_whole(_part(operation), sizes) for operation in operations]
    for whole in wholes:
        within(limits, "root_fields", whole.root_fields)
    for size in [*wholes, *sizes.values()]:
        for limit in ("depth", "aliases", "directives", "fields"):
            within(limits, limit, getattr(size, limit))


def _part(definition: OperationDefinitionNode | FragmentDefinitionNode) -> Part:
    part = Part()
    part.size.directives = len(definition.directives or ())
    stack: list[tuple[SelectionSetNode, int]] = [(definition.selection_set, 0)]
    while stack:
        selections, depth = stack.pop()
        for selection in selections.selections:
            below = _count(part, selection, depth)
            if below is not None:
                stack.append(below)
    return part


def _count(part: Part, selection: SelectionNode, depth: int) -> tuple[SelectionSetNode, int] | None:
    """Counts one selection; gives what is selected below it, with its depth."""
    size = part.size
    size.directives += len(selection.directives or ())
    match selection:
        case FragmentSpreadNode():
            size.fields += 1
            part.spreads.append(Spread(selection.name.value, depth))
        case InlineFragmentNode():
            size.fields += 1
            return selection.selection_set, depth
        case FieldNode():
            size.fields += 1
            size.depth = max(size.depth, depth + 1)
            size.root_fields += depth == 0
            size.aliases += selection.alias is not None
            return (selection.selection_set, depth + 1) if selection.selection_set else None
    return None


def _fragment_sizes(fragments: Mapping[str, Part]) -> dict[str, Size]:
    """Every fragment's size, innermost first. A cycle counts as nothing here: validation reports it."""
    sizes: dict[str, Size] = {}
    for root in fragments:
        path: dict[str, Iterator[Spread]] = {}
        waiting = [root]
        while waiting:
            name = waiting[-1]
            spreads = path.setdefault(name, iter(fragments[name].spreads))
            inner = next((each.name for each in spreads if each.name in fragments), None)
            if inner is not None and inner not in sizes and inner not in path:
                waiting.append(inner)
            elif inner is None:
                sizes.setdefault(name, _whole(fragments[name], sizes))
                del path[waiting.pop()]
    return sizes


def _whole(part: Part, sizes: Mapping[str, Size]) -> Size:
    whole = Size(**{name: getattr(part.size, name) for name in Size.__slots__})
    for spread in part.spreads:
        if spread.name in sizes:
            whole.add(spread, sizes[spread.name])
    return whole
