"""Python text that is written piece by piece. Values never stand in it: they are bound to names."""

import keyword
from typing import Any


class Lines:
    """Statements of one block."""

    def __init__(self, indent: int) -> None:
        self.indent = indent
        self.lines: list[str] = []

    def add(self, statement: str) -> None:
        """A statement of this block."""
        self.lines.append("    " * self.indent + statement)

    def inside(self, by: int = 1) -> "Lines":
        """An empty block in this one."""
        return Lines(self.indent + by)

    def take(self, block: "Lines") -> None:
        """All the statements of a block inside, behind those of this one."""
        self.lines += block.lines


class Names:
    """Names that the text uses: fresh variables, and values bound to names."""

    def __init__(self, **bound: Any) -> None:
        self.bound: dict[str, Any] = bound
        self._count = 0

    def fresh(self, letter: str = "v") -> str:
        """A name that nothing else has."""
        self._count += 1
        return f"{letter}{self._count}"

    def bind(self, value: Any) -> str:
        """A name under which the text finds this value."""
        name = self.fresh("k")
        self.bound[name] = value
        return name


def attribute(of: str, name: str | int) -> str:
    """The text that reads an attribute, or a position, of what a variable holds."""
    if isinstance(name, int):
        return f"{of}[{name}]"
    if name.isascii() and name.isidentifier() and not keyword.iskeyword(name):
        return f"{of}.{name}"
    return f"getattr({of}, {name!r})"
