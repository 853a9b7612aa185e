"""Documents without `@defer` and `@stream`: for an answer in one piece."""

from typing import Any, Final

from graphql import DirectiveNode, DocumentNode, visit
from graphql.language import REMOVE, Visitor

IN_PARTS: Final = ("@defer", "@stream")
"""What asks for an answer in parts."""


def in_one_piece(document: DocumentNode) -> DocumentNode:
    """The document without what asks for parts."""
    whole: DocumentNode = visit(document, _Whole())
    return whole


class _Whole(Visitor):
    def enter_directive(self, node: DirectiveNode, *_: Any) -> Any:
        """Remove it where it asks for parts."""
        return REMOVE if f"@{node.name.value}" in IN_PARTS else None
