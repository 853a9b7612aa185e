"""GraphQL's validation rules as one rule: what they say is unchanged, asking them takes half the time.

graphql-core looks up, for every document, which methods each rule has for each kind of node, then asks every
rule about every node. Here that is looked up once, and a node goes to the rules that can say something of it.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from graphql import BREAK, SKIP, Node, ValidationContext, specified_rules
from graphql.language.visitor import EnterLeaveVisitor
from graphql.pyutils import RefMap
from graphql.validation import ASTValidationRule, OverlappingFieldsCanBeMergedRule

Rules = Sequence[type[ASTValidationRule]]


class Interest(NamedTuple):
    """A rule, by its place in the list, that has something to say of a kind of node."""

    rule: int
    enter: str | None
    leave: str | None


def own_rules(comparisons: int) -> type[ASTValidationRule]:
    """GraphQL's rules, of which the one that takes quadratic time gets a budget of its own."""

    class BoundedOverlapRule(OverlappingFieldsCanBeMergedRule):
        def __init__(self, context: ValidationContext) -> None:
            super().__init__(context)
            self.rule_context.remaining_complexity_budget = comparisons

    return together(
        [BoundedOverlapRule if rule is OverlappingFieldsCanBeMergedRule else rule for rule in specified_rules]
    )


def together(rules: Rules) -> type[ASTValidationRule]:
    """One rule that says what all of these say, in the same order."""

    @cache
    def interested(kind: str) -> tuple[Interest, ...]:
        found = (
            Interest(at, _method(rule, "enter", kind), _method(rule, "leave", kind))
            for at, rule in enumerate(rules)
        )
        return tuple(each for each in found if each.enter or each.leave)

    class Together(ASTValidationRule):
        def __init__(self, context: ValidationContext) -> None:
            super().__init__(context)
            _by_identity(context)
            self._rules = [rule(context) for rule in rules]
            self._skipping: list[Any] = [None] * len(rules)

        def get_enter_leave_for_kind(self, kind: str) -> EnterLeaveVisitor:
            known = self.enter_leave_map.get(kind)
            if known is None:
                known = self.enter_leave_map[kind] = self._merged(interested(kind))
            return known

        def _merged(self, interests: tuple[Interest, ...]) -> EnterLeaveVisitor:
            if not interests:
                return EnterLeaveVisitor(None, None)
            enters = [(each.rule, self._bound(each.rule, each.enter)) for each in interests if each.enter]
            leaves = [(each.rule, self._bound(each.rule, each.leave)) for each in interests]
            return EnterLeaveVisitor(_entering(enters, self._skipping), _leaving(leaves, self._skipping))

        def _bound(self, rule: int, method: str | None) -> Any:
            return None if method is None else getattr(self._rules[rule], method)

    return Together


def _by_identity(context: ValidationContext) -> None:
    """Let a context remember nodes by what they are: their hash is one of all that is in them."""
    context._fragment_spreads = RefMap()  # type: ignore[assignment]  # noqa: SLF001
    context._variable_usages = RefMap()  # type: ignore[assignment]  # noqa: SLF001
    context._recursive_variable_usages = RefMap()  # type: ignore[assignment]  # noqa: SLF001


def _method(rule: type[ASTValidationRule], way: str, kind: str) -> str | None:
    """The name of a rule's method for a kind of node."""
    return next((name for name in (f"{way}_{kind}", way) if getattr(rule, name, None)), None)


def _entering(enters: Sequence[tuple[int, Any]], skipping: list[Any]) -> Callable[..., None]:
    def enter(node: Node, *more: Any) -> None:
        for rule, method in enters:
            if skipping[rule] is None:
                told = method(node, *more)
                if told is not None:
                    skipping[rule] = node if told in (SKIP, False) else BREAK

    return enter


def _leaving(leaves: Sequence[tuple[int, Any]], skipping: list[Any]) -> Callable[..., None]:
    def leave(node: Node, *more: Any) -> None:
        for rule, method in leaves:
            if skipping[rule] is None:
                told = None if method is None else method(node, *more)
                if told is not None and told not in (SKIP, False):
                    skipping[rule] = BREAK
            elif skipping[rule] is node:
                skipping[rule] = None

    return leave
